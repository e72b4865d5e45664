"""Kills, full disks, folders that may not be written, several processes: nothing is lost."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ctk.errors import LedgerError
from ctk.ledger import writing
from ctk.ledger.archive import Archive
from ctk.ledger.ledger import Ledger
from workbooks import DAKRONG, book, consistent

ROOT = Path(__file__).parents[2]
CTK = [sys.executable, "-c", "from ctk.cli.main import main; main()"]
posix = pytest.mark.skipif(os.name == "nt", reason="needs fork, SIGKILL and limits of POSIX")


@posix
def test_kills_lose_and_double_nothing():
    """Four kills by the script that does two hundred: each ledger opens and is completed."""
    script = [sys.executable, str(ROOT / "scripts" / "kill_receive.py"), "--times", "4"]
    done = subprocess.run(script, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 kills: 4 sound, 0 not" in done.stdout


def test_two_receive_and_a_third_reads(tmp_path):
    """All finish, what is read at any moment is whole, and in the end all submissions are there."""
    halves = list(DAKRONG.items())[:3], list(DAKRONG.items())[3:6]
    for name, half in zip("ab", halves, strict=True):
        (tmp_path / name).mkdir()
        for seed, (code, title) in enumerate(half):
            path = tmp_path / name / f"{code}.xlsx"
            book(path, consistent(seed).rows(), code=code, name=title)
    writers = [start(tmp_path, "receive", tmp_path / name) for name in "ab"]
    seen = []
    while any(writer.poll() is None for writer in writers):
        done = start(tmp_path, "history", "467")
        out, _ = done.communicate()
        seen.append(len(json.loads(out)["data"]["receipts"]))
    answers = [json.loads(writer.communicate()[0]) for writer in writers]
    outcomes = [file["outcome"] for answer in answers for file in answer["data"]["files"]]
    assert outcomes == ["accepted"] * 6
    assert set(seen) <= {0, 3, 6}
    with Ledger(tmp_path / "ledger").questions() as index:
        assert set(index.current()["unit"]) == {code for half in halves for code, _ in half}


def start(home, *arguments):
    """Start the program."""
    call = [*CTK, *map(str, arguments), "--format", "json"]
    return subprocess.Popen(call, cwd=home, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


@posix
def test_a_full_disk_is_told_and_loses_nothing(ctk, tmp_path):
    """Where no file may grow (a limit of the system) it is told; with room all is completed."""
    paths = [book(tmp_path / f"{n}.xlsx", consistent(n).rows(), code=c, name=t)
             for n, (c, t) in enumerate(list(DAKRONG.items())[:2])]  # fmt: skip
    assert ctk("receive", paths[0]).code == 0
    limited = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000));"
        "from ctk.cli.main import main; main()"
    )
    call = [sys.executable, "-c", limited, "receive", str(paths[1]), "--format", "json"]
    home = tmp_path / "home"
    done = subprocess.run(call, cwd=home, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 3, done.stdout + done.stderr
    (error,) = json.loads(done.stdout)["errors"]
    assert error["code"] in ("cannot_write", "index_unwritable")
    assert "Traceback" not in done.stderr
    ledger = Ledger(home / "ledger", wait=1)
    with ledger.questions() as index:
        assert len(index.current()) == 1
    assert not list(ledger.archive.parts())
    assert ctk("receive", paths[1]).code == 0
    with ledger.questions() as index:
        assert len(index.current()) == 2


def test_a_folder_that_may_not_be_written_is_told(ctk, tmp_path, monkeypatch):
    """The reason is told and nothing is changed.

    The refusal is simulated: whoever runs the tests as root may write everywhere.
    """
    path = book(tmp_path / "a.xlsx", consistent(1).rows())

    def refuse(self, *_, **__):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    answer = ctk("receive", path, "--format", "json")
    assert (answer.code, answer.json["errors"][0]["code"]) == (3, "cannot_write")
    assert list((tmp_path / "home").iterdir()) == []


@pytest.mark.parametrize(("times", "code"), [(2, None), (99, "cannot_write")])
def test_a_virus_scanner_may_hold_a_file_for_a_moment(tmp_path, monkeypatch, times, code):
    """Renaming is tried again a few times; what stays refused is told, and leaves nothing."""
    real, calls = Path.replace, iter(range(1000))

    def held(self, target):
        if next(calls) < times:
            raise PermissionError(errno.EACCES, "held", str(self))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(writing, "_PAUSE", 0)
    archive = Archive(tmp_path)
    if code is None:
        assert archive.read_file(archive.add_file(b"one")) == b"one"
        return
    with pytest.raises(LedgerError) as refused:
        archive.add_file(b"one")
    assert refused.value.code == code
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
