"""Workers that hang or die take no other file along."""

import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor, CancelledError
from concurrent.futures import TimeoutError as FutureTimeoutError

import pytest
from pebble import ProcessExpired

from ctk.intake import pool
from ctk.intake.extract import Extract
from ctk.intake.passwords import Passwords
from ctk.intake.pool import FileReader
from file_formats import agile
from workbooks import book


class Future:
    """An answer that is ready, or a failure."""

    def __init__(self, outcome):
        self.outcome = outcome

    def result(self):
        """Give the answer or raise the failure."""
        if isinstance(self.outcome, BaseException):
            raise self.outcome
        return self.outcome


class Sender:
    """Answers lots; a lot with a bad file fails as that file does."""

    def __init__(self, **bad):
        self.bad = bad
        self.lots = []
        self.careful = []

    def __call__(self, lot, *, careful=False):
        """Take a lot."""
        self.lots.append(list(lot))
        self.careful.append(careful)
        failure = next((self.bad[path] for path in lot if path in self.bad), None)
        return Future(failure or [Extract(path, form="read") for path in lot])


def answers(sender, lot):
    """What is said of each file of a lot."""
    return [
        (e.path, e.error.code if e.error else e.form)
        for e in pool._answers(sender, lot, sender(lot))
    ]


def test_answered_lot():
    """A lot that is answered is not read twice."""
    sender = Sender()
    assert answers(sender, ["a", "b"]) == [("a", "read"), ("b", "read")]
    assert sender.lots == [["a", "b"]]


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (FutureTimeoutError(), "reader_too_slow"),
        (ProcessExpired("died", 139), "reader_died"),
        (MemoryError(), "reader_died"),
        (BrokenPipeError(), "reader_died"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_only_the_file_at_fault_is_lost(failure, code):
    """A lot that fails is read again file by file, in order; one file is lost, with its reason."""
    sender = Sender(c=failure)
    assert [("a", "read"), ("b", "read"), ("c", code), ("d", "read")] == answers(
        sender, list("abcd")
    )
    assert [list("abcd"), ["a"], ["b"], ["c"], ["d"]] == sender.lots
    assert sender.careful == [False, True, True, True, True]


def test_a_single_file_is_not_tried_again():
    """A file alone in its lot that hangs is given up at once: one time limit, not two."""
    sender = Sender(a=FutureTimeoutError())
    assert answers(sender, ["a"]) == [("a", "reader_too_slow")]
    assert len(sender.lots) == 1


def test_a_single_file_that_kills_is_read_again_with_care():
    """A file alone in its lot at which the worker died is tried once more, carefully."""
    sender = Sender(a=ProcessExpired("died", 134))
    assert answers(sender, ["a"]) == [("a", "reader_died")]
    assert sender.careful == [False, True]


def test_a_fault_of_ctk_is_no_bad_file():
    """An error in ctk's own code is raised, not taken for a bad file."""
    with pytest.raises(ZeroDivisionError):
        answers(Sender(a=ZeroDivisionError()), ["a", "b"])


def test_workers_read_in_order(tmp_path):
    """Real workers give all files in the order asked, the bad ones as errors."""
    good = [book(tmp_path / f"{i}.xlsx", {"I-0103": [i]}) for i in range(3)]
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"no workbook")
    paths = [str(good[0]), str(bad), str(tmp_path / "missing.xlsx"), str(good[1]), str(good[2])]
    done = []
    with FileReader(paths) as reader:
        found = list(reader.extracts(done.append))
    assert paths == [extract.path for extract in found]
    codes = [extract.error.code if extract.error else None for extract in found]
    assert codes == [None, "not_a_workbook", "not_found", None, None]
    assert [e.tables[0].value[0] for e in found if not e.error] == [0.0, 1.0, 2.0]
    assert sum(done) == len(paths)


def slow_file(path):
    """A workbook whose password takes a second to try; many passwords take a minute."""
    data = agile(book(path, {"I-0103": [1]}).read_bytes())
    spun = data.replace(b'spinCount="100000"', b'spinCount="999999"')
    assert data != spun
    path.write_bytes(spun)
    return str(path)


def test_a_reader_that_never_returns(tmp_path, monkeypatch):
    """A file that takes longer than it may is stopped, told as such, and the others are read."""
    monkeypatch.setattr(pool, "SECONDS", 4)
    good = str(book(tmp_path / "good.xlsx", {"I-0103": [7]}))
    slow = slow_file(tmp_path / "slow.xlsx")
    start = time.monotonic()
    secrets = Passwords(tuple(f"sai {i}" for i in range(500)))
    with FileReader([good, slow, good], passwords=secrets) as reader:
        found = list(reader.extracts(lambda _: None))
    assert [e.error.code if e.error else None for e in found] == [None, "reader_too_slow", None]
    assert time.monotonic() - start < 60


WORKER = """
from ctk.intake import worker
worker.start()
try:
    bytearray(2 * 2**30)
except MemoryError:
    raise SystemExit(42)
"""


@pytest.mark.skipif(
    sys.platform != "linux", reason="only there the system bounds a process's memory"
)
def test_memory_of_a_worker_is_bounded():
    """A worker that asks for gigabytes does not get them."""
    assert subprocess.run([sys.executable, "-c", WORKER], check=False).returncode == 42


def test_no_files():
    """Nothing to read is nothing read."""
    with FileReader([]) as reader:
        assert list(reader.extracts(lambda _: None)) == []


@pytest.mark.parametrize("failure", [BrokenExecutor(), CancelledError()])
def test_a_pool_that_broke_loses_no_file(failure):
    """What was waiting when the workers as a whole were lost is read again, one file at a time."""
    sender = Sender(b=failure)
    assert answers(sender, ["a", "b"]) == [("a", "read"), ("b", "reader_died")]
    assert sender.lots == [["a", "b"], ["a"], ["b"]]


def test_a_broken_pool_is_replaced(tmp_path):
    """After the pool itself has come to an end the files are read by another one."""
    path = str(book(tmp_path / "a.xlsx", {"I-0103": [3]}))
    with FileReader([path]) as reader:
        list(reader.extracts(lambda _done: None))
        reader._send.stop()
        (again,) = reader._send([path]).result()
    assert (again.path, again.error) == (path, None)
