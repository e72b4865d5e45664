"""From a path to bytes: whatever the disk or the network does has an error of its own."""

import errno
import os
import socket

import pytest

from ctk.errors import UnreadableError
from ctk.workbook import opening
from ctk.workbook.opening import MAX_BYTES, is_reserved, long_path, read_bytes


def code_of(path):
    """The code of the error that opening this path ends with."""
    with pytest.raises(UnreadableError) as caught:
        read_bytes(path)
    return caught.value.code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("missing.xlsx", "not_found"),
        ("nowhere/missing.xlsx", "not_found"),
        ("empty.xlsx/a.xlsx", "not_found"),
        ("folder.xlsx", "is_folder"),
        ("empty.xlsx", "empty_file"),
        ("n" * 300 + ".xlsx", "name_too_long"),
        ("null\0.xlsx", "cannot_open"),
        ("loop.xlsx", "link_loop"),
        ("dangling.xlsx", "not_found"),
    ],
)
def test_file_that_cannot_be_read(tmp_path, name, code):
    """A missing, empty, endless or impossible path has an error of its own."""
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "empty.xlsx").touch()
    (tmp_path / "loop.xlsx").symlink_to(tmp_path / "loop.xlsx")
    (tmp_path / "dangling.xlsx").symlink_to(tmp_path / "gone.xlsx")
    assert code == code_of(tmp_path / name)


def test_folder_that_may_not_be_listed(tmp_path, monkeypatch):
    """A folder without the right to list it is told as that, not as a wrong kind of file."""

    def refuse(_):
        raise PermissionError(errno.EACCES, "")

    monkeypatch.setattr(os, "scandir", refuse)
    assert code_of(tmp_path) == "no_permission"


def test_pipe_is_never_opened(tmp_path):
    """Opening a pipe that nobody writes to would wait for ever: it is refused unopened."""
    os.mkfifo(tmp_path / "a.xlsx")
    assert code_of(tmp_path / "a.xlsx") == "special_file"


def test_socket_and_device(tmp_path, monkeypatch):
    """A socket or a device is no file either."""
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("a.xlsx")
        assert code_of(tmp_path / "a.xlsx") == "special_file"
    assert code_of(tmp_path / "/dev/zero") == "special_file"


def test_far_too_large_file(tmp_path, monkeypatch):
    """A file beyond the limit is refused by its size alone, unread."""
    path = tmp_path / "big.xlsx"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    monkeypatch.setattr(type(path), "read_bytes", lambda _: pytest.fail("was read"))
    assert code_of(path) == "too_large"


def windows_error(code):
    """An error as Windows raises it."""
    error = PermissionError(13, "")
    error.winerror = code
    return error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (PermissionError(errno.EACCES, ""), "no_permission"),
        (OSError(errno.EIO, ""), "connection_lost"),
        (OSError(errno.ESTALE, ""), "connection_lost"),
        (OSError(errno.EHOSTDOWN, ""), "connection_lost"),
        (OSError(errno.EMFILE, ""), "cannot_open"),
        (windows_error(32), "open_elsewhere"),
        (windows_error(5), "no_permission"),
        (windows_error(64), "connection_lost"),
        (windows_error(362), "not_downloaded"),
    ],
)
def test_what_happens_while_reading(tmp_path, monkeypatch, error, code):
    """No right, open in Excel, a share that vanishes midway, OneDrive: each is told apart."""

    def fail(_):
        raise error

    (tmp_path / "a.xlsx").write_bytes(b"PK")
    monkeypatch.setattr(type(tmp_path), "read_bytes", fail)
    assert code == code_of(tmp_path / "a.xlsx")


@pytest.mark.parametrize("name", ["CON.xlsx", "nul", "com1.xls", "LPT9.2022.xlsx", "Aux .xlsx"])
def test_reserved_names(name, tmp_path, monkeypatch):
    """On Windows such a name is a device, and is never opened; elsewhere it is a file."""
    (tmp_path / name).write_bytes(b"PK")
    assert is_reserved(name)
    assert read_bytes(tmp_path / name) == b"PK"
    monkeypatch.setattr(opening, "WINDOWS", True)
    assert code_of(tmp_path / name) == "reserved_name"


@pytest.mark.parametrize("name", ["Con Cuông.xlsx", "COM10.xlsx", "Xã Nulo.xlsx", "A Ngo.xlsx"])
def test_names_that_only_look_reserved(name):
    """Names of communes that begin alike are no devices."""
    assert not is_reserved(name)


def test_long_paths_of_windows():
    """Paths beyond 260 characters are marked so that Windows takes them; short ones stay."""
    deep = "Báo cáo trẻ em\\" * 20 + "Ta Rut.xlsx"
    assert long_path("C:\\a.xlsx") == "C:\\a.xlsx"
    assert long_path("C:\\" + deep) == "\\\\?\\C:\\" + deep
    assert long_path("\\\\may-chu\\chung\\" + deep) == "\\\\?\\UNC\\may-chu\\chung\\" + deep
    assert long_path("\\\\?\\C:\\" + deep) == "\\\\?\\C:\\" + deep
