"""Spoils real workbooks in many ways and checks that `ctk validate` survives every one.

Usage: python scripts/fuzz.py [FOLDER …] [--seed 1] [--count 500] [--seconds 0] [--keep DIR]
       [--marked]

Sources are data/samples, tests/specimens, the forms of tests/file_formats.py in every format, the
folders named, and workbooks found inside installed packages. The same seed and the same sources
give the same files (encrypted ones have a new salt each time).

Checked of each batch: the exit code (0, 1 or 3), no traceback, one answer for each file, no fault
of ctk's own (`reader_failed`), time and memory. Prints counts; exit 1 if any check failed, with the
files at fault in the folder of `--keep`.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from fuzz_mutations import mutate

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

ENDINGS = {".xlsx", ".xlsm", ".xltx", ".xls", ".xlsb", ".ods", ".xml", ".htm", ".html", ".mht"}
BATCH = 60
OF_FORMS = 12
"""How much more often a form of another format is taken than one of the many alike samples."""
MOST_SECONDS = 300
MOST_MEMORY = 2 * 2**30
CTK = [sys.executable, "-c", "from ctk.cli.main import main; main()"]


@dataclass
class Tally:
    """What happened so far."""

    files: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    ways: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0


def built(folder: Path) -> list[Path]:
    """A small form in every format that ctk can read, made by the tests' own writers."""
    import file_formats as formats
    from workbooks import cover, table, write_book, write_ods

    rows = {"I-0103": [12], "I-0105": [9, 4, 5, "1.234", "…", None]}
    sheets = {"Bìa": cover(), "Số liệu": table(rows)}
    stacked = {"A": [*cover(), [], *table(rows)]}
    plain = write_book(folder / "form.xlsx", sheets).read_bytes()
    write_ods(folder / "form.ods", sheets)
    contents = {
        "excel95.xls": formats.biff5(sheets),
        "xml2003.xls": formats.spreadsheetml(sheets).encode(),
        "page.xls": formats.html(stacked).encode(),
        "form.csv": formats.delimited(stacked).encode("utf-8-sig"),
        "form.tsv": formats.delimited(stacked, "\t").encode("utf-16"),
        "agile.xlsx": formats.agile(plain),
        "standard.xlsx": formats.standard(plain),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return sorted(folder.iterdir())


def found(folders: list[Path]) -> list[Path]:
    """Real workbooks: samples, specimens, folders named, data of installed packages."""
    places = [ROOT / "data" / "samples", ROOT / "tests" / "specimens", *folders]
    files = [p for place in places for p in sorted(place.rglob("*")) if _is_source(p)]
    packages = Path(sysconfig.get_paths()["purelib"])
    workbooks = ENDINGS - {".xml", ".htm", ".html"}
    files += [p for p in sorted(packages.rglob("*")) if p.suffix.lower() in workbooks]
    return files


def _is_source(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in ENDINGS and not path.name.startswith("~$")


def spoiled(sources: list[Path], count: int, rng: random.Random, folder: Path) -> list[Path]:
    """Write one batch of spoiled files."""
    made = []
    for i in range(count):
        source = rng.choice(sources)
        content, ways = mutate(source.read_bytes(), rng)
        ending = source.suffix if rng.random() < 0.8 else rng.choice(sorted(ENDINGS))
        path = folder / f"{i:03} {ways}{ending}"
        path.write_bytes(content)
        made.append(path)
    return made


def check(paths: list[Path], tally: Tally, keep: Path | None, *, marked: bool) -> None:
    """Validate one batch, with marked copies or without; note what is wrong with the answer."""
    command = [*CTK, "validate", *map(str, paths), "--password", "mật khẩu", "--format", "json"]
    if marked:
        out = paths[0].parent / "out"
        command += ["--annotate", str(out), "--html", str(out.with_suffix(".html"))]
    start = time.perf_counter()
    try:
        run = subprocess.run(command, capture_output=True, timeout=MOST_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        _fault(tally, "never came back", paths, keep)
        return
    tally.slowest = max(tally.slowest, time.perf_counter() - start)
    tally.files += len(paths)
    for path in paths:
        tally.ways.update(path.stem.partition(" ")[2].split("+"))
    if run.returncode not in (0, 1, 3) or b"Traceback" in run.stderr:
        said = run.stderr.decode("utf-8", "replace")[-2000:]
        _fault(tally, f"exit {run.returncode}\n{said}", paths, keep)
        return
    answer = json.loads(run.stdout)
    rows = {row["file"]: row["status"] for row in answer["data"]["files"]}
    tally.statuses.update(rows.values())
    tally.codes.update(error["code"] for error in answer["errors"])
    if lost := [path for path in paths if str(path) not in rows]:
        _fault(tally, f"{len(lost)} files without an answer", lost, keep)
    _keep_slow(answer["errors"], keep)
    own = [Path(e["file"]) for e in answer["errors"] if e["code"] == "reader_failed"]
    titles = {e["title"] for e in answer["errors"] if e["code"] == "reader_failed"}
    if own:
        _fault(tally, f"faults of ctk: {titles}", own, keep)


def _keep_slow(errors: list[dict[str, str]], keep: Path | None) -> None:
    """Keep what a worker did not survive: it is answered, but worth looking at."""
    for error in errors if keep is not None else ():
        if error["code"] in ("reader_too_slow", "reader_died"):
            (keep / error["code"]).mkdir(parents=True, exist_ok=True)
            shutil.copy(error["file"], keep / error["code"])


def _fault(tally: Tally, what: str, paths: list[Path], keep: Path | None) -> None:
    tally.faults.append(what)
    if keep is not None:
        place = keep / f"fault {len(tally.faults)}"
        place.mkdir(parents=True)
        for path in paths:
            shutil.copy(path, place)


def report(tally: Tally, seconds: float, sources: int) -> bool:
    """Print the counts; tell whether all went well."""
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    if peak > MOST_MEMORY:
        tally.faults.append(f"a process took {peak / 2**20:.0f} MiB")
    print(f"{tally.files} files from {sources} sources in {seconds:.0f} s")
    print(f"slowest batch: {tally.slowest:.1f} s; largest process: {peak / 2**20:.0f} MiB")
    for title, counts in (("status", tally.statuses), ("error", tally.codes), ("way", tally.ways)):
        print(f"{title}: " + ", ".join(f"{name} {n}" for name, n in counts.most_common()))
    print(f"faults: {len(tally.faults)}")
    for fault in tally.faults:
        print(f"- {fault}")
    return not tally.faults


def main() -> int:
    """Run until the count or the time is used up."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--marked", action="store_true", help="also write marked copies and a page")
    options = parser.parse_args()
    rng = random.Random(options.seed)  # noqa: S311
    tally, start = Tally(), time.perf_counter()
    with tempfile.TemporaryDirectory() as scratch:
        forms = Path(scratch) / "forms"
        forms.mkdir()
        sources = [*built(forms) * OF_FORMS, *found(options.folders)]
        while tally.files < options.count:
            if options.seconds and time.perf_counter() - start > options.seconds:
                break
            folder = Path(tempfile.mkdtemp(dir=scratch))
            size = min(BATCH, options.count - tally.files)
            made = spoiled(sources, size, rng, folder)
            check(made, tally, options.keep, marked=options.marked)
            shutil.rmtree(folder)
    return 0 if report(tally, time.perf_counter() - start, len(set(sources))) else 1


if __name__ == "__main__":
    sys.exit(main())
