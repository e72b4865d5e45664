"""By what ctk knows its own page in a workbook that it gave back: no data stands there.

A hidden column of the page keeps what was marked and how it was before, so that a copy that comes
back corrected can be freed of old marks before it gets new ones.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ctk.workbook.book import SheetCells

STAMP = "ctk-annotation 1"
"""Stands in the first row of the page; the number is the page's version."""

_RECORD = "ctk-marks "
_ROOM = 30_000
"""Characters of the record in one cell; Excel holds some more."""


class Marked(NamedTuple):
    """A cell that was marked: its fill before (XML, empty: none) and a digest of our comment."""

    sheet: str
    cell: str
    fill: str
    digest: str


def is_front_page(sheet: SheetCells) -> bool:
    """Tell whether a sheet is a page of ours, of any version."""
    kind = STAMP.partition(" ")[0]
    first = sheet.cells[0] if sheet.cells else []
    return any(isinstance(content, str) and content.startswith(kind) for content in first)


def write_record(marks: Sequence[Marked]) -> list[str]:
    """The record of marks, as texts for cells one below the other."""
    text = _RECORD + json.dumps(marks, ensure_ascii=False, separators=(",", ":"))
    return [text[i : i + _ROOM] for i in range(0, len(text), _ROOM)]


def earlier_marks(sheets: Iterable[SheetCells]) -> list[Marked]:
    """What earlier pages of a workbook say was marked; a page that was changed may say nothing."""
    found: list[Marked] = []
    for sheet in sheets:
        if is_front_page(sheet):
            found += _read_record(_record_text(sheet))
    return found


def _record_text(sheet: SheetCells) -> str:
    for col, content in enumerate(sheet.cells[0]):
        if isinstance(content, str) and content.startswith(_RECORD):
            texts = []
            for row in sheet.cells:
                if not isinstance(row[col], str) or not row[col]:
                    break
                texts.append(row[col])
            return "".join(texts).removeprefix(_RECORD)
    return ""


def _read_record(text: str) -> list[Marked]:
    try:
        raw = json.loads(text)
    except ValueError:
        return []
    if not isinstance(raw, list):
        return []
    return [Marked(*each) for each in raw if _is_mark(each)]


def _is_mark(raw: object) -> bool:
    fields = len(Marked._fields)
    return isinstance(raw, list) and len(raw) == fields and all(isinstance(v, str) for v in raw)
