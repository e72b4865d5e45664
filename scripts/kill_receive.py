"""Kills `ctk receive` at random moments and shows that nothing is lost or doubled.

Usage: python scripts/kill_receive.py [--times 200] [--seed 1]      (not on Windows: it forks)

Each time, in a new folder: receive the 13 samples in a process of its own, kill it with SIGKILL at
a random moment, then: the ledger opens, `ledger check` finds nothing wrong, what was recorded is
among the samples, once; the same command again completes it: every sample counts, once.
Processes are forked with all libraries loaded, so that kills fall into the work and not into its
preparation; every other clock starts when the ledger's folder appears. One in twenty is a program
started afresh, killed together with its workers.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "467-2022-6m"
RECEIVE = ["receive", str(SAMPLES)]
FRESH = [sys.executable, "-c", "from ctk.cli.main import main; main()", *RECEIVE]
HASHES = {hashlib.sha256(path.read_bytes()).hexdigest() for path in SAMPLES.glob("*.xlsx")}
AFRESH = 20


def main() -> int:
    """Kill many times; exit code 1 if anything was lost or doubled."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311
    load()
    whole, recording = times()
    stages: Counter[str] = Counter()
    bad = number = 0
    while stages.total() < options.times:  # those that had ended do not count as kills
        number += 1
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            if number % AFRESH == 0:
                stopped = kill_afresh(home, chance.random() * 3 * whole)
            else:
                late = number % 2 == 0
                delay = chance.random() * (recording if late else whole)
                stopped = kill(home, delay, recording=late)
            if not stopped:
                continue
            stages[stage(home)] += 1
            said = complaints(home)
        bad += bool(said)
        for line in said:
            print(f"kill {stages.total()}: {line}")
        if stages.total() % AFRESH == 0:
            print(f"{stages.total()} of {options.times}", file=sys.stderr)
    shown = ", ".join(f"{count} {name}" for name, count in sorted(stages.items()))
    print(f"{options.times} kills: {options.times - bad} sound, {bad} not ({shown})")
    return int(bad > 0)


def load() -> None:
    """Import everything once, and read files in the process itself."""
    import ctk.commands.moving
    import ctk.commands.receive  # noqa: F401
    from ctk.commands import ledger_check, loading
    from ctk.intake.extract import extract

    class Reader:
        def __init__(self, paths, *_):  # noqa: ANN001, ANN002, ANN204
            self.paths = paths

        def __enter__(self):  # noqa: ANN204
            return self

        def __exit__(self, *_):  # noqa: ANN002, ANN204
            return None

        def extracts(self, progress):  # noqa: ANN001, ANN202
            for path in self.paths:
                yield extract(path)
                progress(1)

    loading.FileReader = ledger_check.FileReader = Reader  # type: ignore[misc, assignment]


def start(home: Path, work: Callable[[], int]) -> int:
    """Do something in a process of its own; give its id."""
    child = os.fork()
    if child:
        return child
    code = 9
    try:
        os.chdir(home)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        code = work()
    finally:
        os._exit(code)


def receive() -> int:
    """`ctk receive` of the samples."""
    from ctk.cli.main import run

    return run(list(RECEIVE))


def ended(child: int) -> bool:
    """Tell whether a process has ended by itself."""
    return os.waitpid(child, os.WNOHANG)[0] != 0


def times() -> tuple[float, float]:
    """How long receiving takes undisturbed, in all and from the ledger's folder on."""
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        child = start(Path(folder), receive)
        while not (Path(folder) / "ledger").exists():
            time.sleep(0.001)
        recording = time.perf_counter()
        os.waitpid(child, 0)
        end = time.perf_counter()
    print(f"undisturbed: {end - begin:.2f} s, of which {end - recording:.2f} s recording")
    return end - begin, end - recording


def kill(home: Path, delay: float, *, recording: bool) -> bool:
    """Start receiving, kill it after a time; tell whether it was still at work."""
    child = start(home, receive)
    while recording and not (home / "ledger").exists():
        time.sleep(0.001)
    time.sleep(delay)
    if ended(child):
        return False
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def kill_afresh(home: Path, delay: float) -> bool:
    """Start the program, kill it with its workers after a time."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(  # noqa: S603
        FRESH, cwd=home, stdout=quiet, stderr=quiet, start_new_session=True
    )
    time.sleep(delay)
    if process.poll() is not None:
        return False
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return True


def stage(home: Path) -> str:
    """How far the killed process had come."""
    ledger = home / "ledger"
    if not ledger.exists():
        return "before recording"
    events = len(list((ledger / "events").glob("*.json")))
    files = any((ledger / "files").rglob("*"))
    if events == len(HASHES):
        return "while indexing"
    return "among the events" if events else "among the files" if files else "at the beginning"


def complaints(home: Path) -> list[str]:
    """What is wrong after a kill, and after the command was repeated."""
    said = [f"after the kill: {line}" for line in looked_at(home)]
    os.waitpid(start(home, receive), 0)
    return said + [f"completed: {line}" for line in looked_at(home, complete=True)]


def looked_at(home: Path, *, complete: bool = False) -> list[str]:
    """Check a ledger in a process of its own."""
    answer = home / "answer.json"
    answer.unlink(missing_ok=True)

    def look() -> int:
        answer.write_text(json.dumps(wrong(home, complete=complete)), encoding="utf-8")
        return 0

    os.waitpid(start(home, look), 0)
    return list(json.loads(answer.read_text())) if answer.exists() else ["the check has crashed"]


def wrong(home: Path, *, complete: bool) -> list[str]:
    """What is damaged, doubled, unknown or lost."""
    from ctk.commands.ledger_check import check
    from ctk.commands.loading import Request
    from ctk.ledger.ledger import Ledger

    ledger = Ledger(home / "ledger", wait=5)
    problems = check(Request([], lang="en"), ledger).data["problems"]
    said = [f"{p['kind']} {p['what']}" for p in problems if p["severity"] == "error"]
    with ledger.questions() as index:
        rows = index.submissions()["sha256"].tolist() if index else []
        current = index.current()["sha256"].tolist() if index else []
    said += [f"doubled {sha256}" for sha256, count in Counter(rows).items() if count > 1]
    said += [f"unknown {sha256}" for sha256 in set(rows) - HASHES]
    said += [f"does not count {sha256}" for sha256 in set(rows) - set(current)]
    return said + [f"lost {sha256}" for sha256 in HASHES - set(rows) if complete]


if __name__ == "__main__":
    sys.exit(main())
