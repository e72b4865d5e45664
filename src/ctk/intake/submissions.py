"""A file that was read and identified, as a submission."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ctk.forms.editions import Edition
from ctk.forms.together import asked_elements, layouts_of
from ctk.frame import Submission

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ctk.forms.types import Layout
    from ctk.intake.extract import Extract
    from ctk.intake.resolve import Identity


def submission_of(
    extract: Extract, identity: Identity, layouts: Mapping[str, Layout]
) -> Submission:
    """A file as a submission of its unit and period.

    Args:
        extract: The file as read.
        identity: Its unit and period.
        layouts: The forms that are known.
    """
    names = ("cut_off", "kind", "status", "stamp")
    said = {name: extract.stated[name].value for name in names if name in extract.stated}
    cut_off = said.get("cut_off", "")
    day = cut_off.isoformat()[:10] if isinstance(cut_off, date) else str(cut_off)
    return Submission(
        extract.path,
        extract.sha256,
        extract.form,
        extract.sheets,
        identity.unit,
        identity.period,
        day,
        str(said.get("kind", "")),
        str(said.get("status", "")),
        str(said.get("stamp", "")).strip(),
        asks=asked_elements(layouts_of(extract.form, layouts)),
        edition=_edition(extract),
        tables=tuple(_table_names(extract, layouts)),
        cut_off_at=_cut_off_at(extract),
    )


def _edition(extract: Extract) -> Edition:
    signed = [str(said.value) for kind, said in extract.titles if kind == "signed"]
    replaces = any(kind == "replaces" for kind, _ in extract.titles)
    return Edition(extract.sha256, max(signed, default=""), replaces)


def _cut_off_at(extract: Extract) -> tuple[int, int, int] | None:
    at = extract.stated.get("cut_off")
    return (at.sheet, at.row, at.col) if at is not None and at.value != "" else None


def _table_names(extract: Extract, layouts: Mapping[str, Layout]) -> Iterator[str]:
    """The tables of a file, by the names that its forms give them."""
    for layout, number in dict.fromkeys(
        (table.plan.layout, number) for table in extract.tables for number in table.plan.tables
    ):
        of = layouts[layout]
        if not of.whole:
            yield of.tables[number].name or (
                of.id if len(of.tables) == 1 else f"{of.id} {number + 1}"
            )
