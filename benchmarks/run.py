"""Measures ctk against the raw reader in the same run and prints the ratios; no test, no limit.

Usage: python benchmarks/run.py [--files 300 1000] [--all]

`--all` also validates a workbook of every commune of 2022 (over 10,000 files).
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from workbooks import make_folder

RAW = """
import sys, python_calamine
for path in sys.argv[1:]:
    book = python_calamine.load_workbook(path)
    for i in range(len(book.sheet_names)):
        book.get_sheet_by_index(i).to_python(skip_empty_area=False)
"""
TWO_COMMANDS = """
import os
os.environ["TYPER_USE_RICH"] = "0"
import typer
app = typer.Typer(rich_markup_mode=None)
@app.command()
def one(): "First."
@app.command()
def two(): "Second."
app()
"""
IMPORTS = "import pandas, pandera.pandas"
CTK = [sys.executable, "-c", "from ctk.cli.main import main; main()"]


def cpu_and_wall(command: list[str]) -> tuple[float, float]:
    """Run a command; give the CPU seconds of it and its children, and the wall seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def median(command: list[str], times: int, what: int) -> float:
    """The median of several runs: CPU seconds (0) or wall seconds (1)."""
    return statistics.median(cpu_and_wall(command)[what] for _ in range(times))


def slope(folder: Path, few: int, many: int) -> None:
    """CPU of each further workbook: ctk validate against reading its cells."""
    paths = [str(path) for path in make_folder(folder, many)]
    validate, raw = [*CTK, "validate"], [sys.executable, "-c", RAW]
    costs = {}
    for name, command in (("raw read", raw), ("validate", validate)):
        low = median(command + paths[:few], 3, 0)
        high = median(command + paths[:many], 3, 0)
        costs[name] = (high - low) / (many - few) * 1000
        print(f"{name}: {low:.2f} s for {few}, {high:.2f} s for {many}: "
              f"{costs[name]:.2f} ms of CPU a workbook")  # fmt: skip
    print(f"validate / raw read: {costs['validate'] / costs['raw read']:.2f}")


def start() -> None:
    """The time before anything happens, against what cannot be avoided."""
    plain = median([sys.executable, "-c", TWO_COMMANDS, "--help"], 9, 1)
    own = median([*CTK, "--help"], 9, 1)
    print(f"--help: {own * 1000:.0f} ms, two-command typer app {plain * 1000:.0f} ms: "
          f"{own / plain:.2f}")  # fmt: skip


def one_file(folder: Path) -> None:
    """`ctk validate` of one file against importing pandas and pandera."""
    path = str(make_folder(folder, 1)[0])
    imports = median([sys.executable, "-c", IMPORTS], 5, 1)
    own = median([*CTK, "validate", path], 5, 1)
    print(f"validate one file: {own:.2f} s, importing pandas and pandera {imports:.2f} s: "
          f"{own / imports:.2f}")  # fmt: skip


def nation(folder: Path) -> None:
    """Every commune of 2022."""
    paths = make_folder(folder, 20_000)
    cpu, wall = cpu_and_wall([*CTK, "validate", str(folder), "--format", "csv"])
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    print(f"{len(paths)} workbooks: {wall:.1f} s wall, {cpu:.1f} s CPU, "
          f"largest process {peak:.2f} GiB")  # fmt: skip


def main() -> None:
    """Run the benchmarks."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", nargs=2, type=int, default=(300, 1000))
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch)
        start()
        one_file(folder / "one")
        slope(folder / "slope", *options.files)
        if options.all:
            nation(folder / "all")


if __name__ == "__main__":
    main()
