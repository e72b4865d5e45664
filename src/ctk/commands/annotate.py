"""Copies of the files checked, marked for their senders: `ctk validate --annotate DIR`."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ctk.errors import CtkError, UsageError
from ctk.model import InputError
from ctk.report.handed_back import Case, make_marks, make_page
from ctk.text.legacy import guess
from ctk.workbook.annotate import annotate, can_mark, convert, has_macros
from ctk.workbook.front_page import earlier_marks
from ctk.workbook.opening import identity, read_bytes
from ctk.workbook.reading import read_book
from ctk.workbook.writing import atomic_path, refuse_existing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctk.commands.loading import Request
    from ctk.frame import Batch, Submission
    from ctk.model import Finding
    from ctk.workbook.book import Book, SheetCells

_WITH_MACROS, _WITHOUT_MACROS = (".xlsm", ".xltm"), (".xlsx", ".xltx")
_LOCKED = "V111"


@dataclass(frozen=True, slots=True)
class HandedBack:
    """What became of each file: `rows` of file, copy and number of marked cells, and errors."""

    rows: list[dict[str, Any]]
    errors: tuple[InputError, ...]


def hand_back(
    batch: Batch,
    findings: Sequence[Finding],
    request: Request,
    out_dir: Path,
    *,
    sources: Sequence[str],
    force: bool,
) -> HandedBack:
    """Write a marked copy of each file that has findings.

    One file's trouble is an error of that file only; the others are written.

    Args:
        batch: The files as read.
        findings: What is said about them.
        request: What was asked for.
        out_dir: Folder for the copies; it is made if it is missing.
        sources: Files that no copy may replace, whatever `force` says.
        force: Whether existing copies may be replaced.
    """
    by_file: dict[str | None, list[Finding]] = defaultdict(list)
    for found in findings:
        by_file[found.file].append(found)
    files = [submission.file for submission in batch.submissions]
    places = relative_places(files, request.paths)
    kept = {known for file in sources if (known := identity(Path(file)))}
    rows: list[dict[str, Any]] = []
    errors: list[InputError] = []
    for number, submission in enumerate(batch.submissions):
        said = tuple(by_file.get(submission.file, ()))
        row: dict[str, Any] = {"file": submission.file, "copy": None, "marked": 0}
        try:
            if said:
                case = _case(batch, number, said, request)
                target = out_dir / places[submission.file]
                passwords = request.passwords.of(submission.file)
                row |= _write(case, target, kept, passwords, force=force)
        except Exception as fault:  # noqa: BLE001  (a fault at one file leaves the others)
            unknown = UsageError("cannot_mark", reason=type(fault).__name__)
            error = fault if isinstance(fault, CtkError) else unknown
            title, hint = error.title(request.lang), error.hint(request.lang)
            errors.append(InputError(submission.file, error.code, title, hint))
        rows.append(row)
    return HandedBack(rows, tuple(errors))


def relative_places(files: Sequence[str], paths: Sequence[Path]) -> dict[str, Path]:
    """Where each file's copy goes below the folder: as it lies below the path that named it.

    Two files that would share a place get numbers, in the order in which they were given.
    """
    taken: set[str] = set()
    places: dict[str, Path] = {}
    for file in files:
        path = Path(file)
        wanted = next(filter(None, (_below(path, each) for each in paths)), Path(path.name))
        place, number = wanted, 1
        while _space(place) in taken:
            number += 1
            place = wanted.with_name(f"{wanted.stem} ({number}){wanted.suffix}")
        taken.add(_space(place))
        places[file] = place
    return places


def _below(path: Path, folder: Path) -> Path | None:
    """Where a path lies below a folder, with no step up; None where it does not."""
    if path == folder or not path.is_relative_to(folder):
        return None
    place = path.relative_to(folder)
    return None if ".." in place.parts else place


def _space(place: Path) -> str:
    """What two copies may not share: endings may change, and some systems ignore case."""
    return str(place.with_suffix("")).casefold()


def _case(batch: Batch, number: int, findings: tuple[Finding, ...], request: Request) -> Case:
    submission = batch.submissions[number]
    period = submission.period
    return Case(
        submission,
        findings,
        (),
        _labels(batch, number),
        request.rulebook.of(period),
        request.lang,
        request.today,
        request.settings.office.agency,
    )


def _labels(batch: Batch, number: int) -> dict[tuple[int, int, int], tuple[int, int]]:
    """The place of the label of each figure of one file."""
    frame = batch.frame
    # Rows of a file stand together, in the order of the files.
    first, last = np.searchsorted(frame["submission"].to_numpy(), [number, number + 1])
    own = frame.iloc[first:last]
    names = ("sheet", "row", "col", "label_row", "label_col")
    columns = (own[name].tolist() for name in names)
    return {(s, r, c): (lr, lc) for s, r, c, lr, lc in zip(*columns, strict=True)}


def _write(
    case: Case,
    target: Path,
    sources: set[tuple[int, int]],
    passwords: Sequence[str],
    *,
    force: bool,
) -> dict[str, Any]:
    """Write one copy and say where it is and how many cells are marked in it."""
    book, password = _unchanged_book(case.submission, passwords)
    case = replace(case, sheets=tuple(book.sheets), encoding=guess(_texts(book.sheets)))
    if can_mark(book.data):
        data, renamed = book.data, dict[str, str]()
    else:
        data, renamed = convert(book)
        case = replace(case, converted_from=book.kind)
    target = _with_ending(target, data)
    if identity(target) in sources:
        raise UsageError("copy_is_source", path=target)
    refuse_existing(target, force)
    marks, page = make_marks(case), make_page(case)
    if renamed:
        marks = [replace(mark, sheet=renamed.get(mark.sheet, mark.sheet)) for mark in marks]
        page = page.with_sheets(renamed)
    copy, marked = annotate(data, marks, page, earlier_marks(book.sheets))
    if password:
        from ctk.workbook.decrypt import encrypt  # noqa: PLC0415  (ciphers: rarely needed)

        copy = encrypt(copy, password)
    with atomic_path(target, force) as part:
        part.write_bytes(copy)
    return {"copy": str(target), "marked": marked}


def _unchanged_book(submission: Submission, passwords: Sequence[str]) -> tuple[Book, str | None]:
    """Read a file again, if it is still the one that was checked, and tell its password."""
    data = read_bytes(Path(submission.file))
    if hashlib.sha256(data).hexdigest() != submission.sha256:
        raise UsageError("source_changed", path=submission.file)
    book = read_book(data, passwords)
    if not any(remark.rule == _LOCKED for remark in book.remarks):
        return book, None
    from ctk.workbook.decrypt import password_of  # noqa: PLC0415  (ciphers: rarely needed)

    return book, password_of(data, passwords)


def _texts(sheets: Sequence[SheetCells]) -> list[str]:
    return [v for s in sheets for row in s.cells for v in row if isinstance(v, str) and v]


def _with_ending(target: Path, data: bytes) -> Path:
    """The ending without which Excel refuses this content; a right one is kept."""
    right = _WITH_MACROS if has_macros(data) else _WITHOUT_MACROS
    return target if target.suffix.lower() in right else target.with_suffix(right[0])
