"""Passwords: from options and a file to the right workbook, and never into any output."""

import pickle

import pytest

from ctk.errors import UsageError
from ctk.intake.passwords import NO_PASSWORDS, Passwords, gather_passwords
from file_formats import agile
from workbooks import book

PASSWORD = "kín 7431"  # noqa: S105


def test_lines_of_a_password_file(tmp_path):
    """A line is a password for all files, or a name, a tab and the password of files so named."""
    file = tmp_path / "mat-khau.txt"
    file.write_text(
        "chung 1\r\n\r\nTà Rụt.xlsx\tTaRut 2022\r\nTa\u0300 Ru\u0323t.xlsx\tb\r\n", "utf-8"
    )
    found = gather_passwords(["gõ vào", "chung 1"], file)
    assert found.of("/x/TÀ RỤT.xlsx") == ("TaRut 2022", "b", "gõ vào", "chung 1")
    assert found.of("/x/A Ngo.xlsx") == ("gõ vào", "chung 1")


def test_mark_of_notepad(tmp_path):
    """The mark that Notepad puts before a text is no part of the first password."""
    file = tmp_path / "a.txt"
    file.write_text("mật khẩu\n", "utf-8-sig")
    assert gather_passwords([], file).of("a") == ("mật khẩu",)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00bad\xd8"])
def test_password_file_that_cannot_be_read(tmp_path, content):
    """A missing or binary password file is wrong usage, and is not quoted."""
    file = tmp_path / "a.txt"
    if content:
        file.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        gather_passwords([], file)
    assert (caught.value.code, caught.value.__cause__) == ("password_file", None)
    assert "bad" not in caught.value.title("vi")


def test_passwords_do_not_show():
    """No representation holds a password; workers get them whole."""
    secret = Passwords(("bí mật",), {"a": ("kín",)})
    assert "mật" not in repr(secret) + str(secret)
    assert "kín" not in repr(secret)
    assert pickle.loads(pickle.dumps(secret)) == secret  # noqa: S301
    assert NO_PASSWORDS.of("a") == ()


@pytest.fixture
def locked(tmp_path):
    """A form with a password."""
    path = book(tmp_path / "Tà Rụt.xlsx", {"I-0103": [12]})
    path.write_bytes(agile(path.read_bytes(), PASSWORD))
    return path


@pytest.mark.parametrize("command", [["validate"], ["read"], ["aggregate", "--level", "district"]])
def test_commands_open_it(ctk, locked, tmp_path, command):
    """Each command takes the password from an option or a file, and prints it nowhere."""
    file = tmp_path / "p.txt"
    file.write_text(f"Tà Rụt.xlsx\t{PASSWORD}\n", "utf-8")
    for options in (["--password", "sai", "--password", PASSWORD], ["--password-file", file]):
        answer = ctk(*command, locked, *options, "--format", "json")
        assert answer.json["errors"] == []
        assert PASSWORD not in answer.out + answer.err


@pytest.mark.parametrize(
    ("options", "code"), [([], "encrypted"), (["--password", "sai mật"], "wrong_password")]
)
def test_without_the_right_one(ctk, locked, options, code):
    """Without a password and with a wrong one the file cannot be read, for two reasons."""
    answer = ctk("validate", locked, *options, "--format", "json")
    assert (answer.code, answer.json["errors"][0]["code"]) == (3, code)
    assert "sai mật" not in answer.out + answer.err


def test_report_opens_it(ctk, locked, tmp_path):
    """A report is made from files with a password too."""
    made = ctk(
        "report",
        locked,
        "--password",
        PASSWORD,
        "-p",
        "2022-6m",
        "-u",
        "19588",
        "-o",
        tmp_path / "r",
    )
    assert made.code in (0, 1)
    assert list((tmp_path / "r").iterdir())


def test_missing_password_file(ctk, locked):
    """A password file that is not there is wrong usage: nothing is read."""
    assert ctk("validate", locked, "--password-file", "khong-co.txt").code == 2
