"""`ctk read`: the figures as they are read, each with its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ctk.commands.loading import Reading, input_errors, load_batch
from ctk.model import Absence, Result
from ctk.workbook.addresses import a1

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctk.frame import Batch

COLUMNS = (
    "file", "sheet", "cell", "unit", "period", "form", "element", "sex", "age", "ethnicity",
    "value", "raw", "absence",
)  # fmt: skip
_OF_FRAME = ("submission", "element", "breakdown", "value", "absence", "sheet", "row", "col")


def run(reading: Reading) -> Result:
    """List all figures of the files of a request; nothing is checked."""
    batch = load_batch(reading)
    errors = input_errors(batch, reading.request.lang)
    listed = [*figures(batch), *outside_figures(batch)]
    data = {"figures": listed, "outside": list(outside_labels(batch))}
    return Result("read", data, "figures", errors=errors, columns=COLUMNS)


def figures(batch: Batch) -> Iterator[dict[str, Any]]:
    """One row a figure: where it stands, what it is, what was typed."""
    columns = (batch.frame[name].tolist() for name in _OF_FRAME)
    for i, row in enumerate(zip(*columns, strict=True)):
        submission, element, breakdown, value, absence, sheet, r, c = row
        of = batch.submissions[submission]
        slice_ = batch.catalogue.breakdowns[breakdown]
        yield {
            "file": of.file,
            "sheet": of.sheets[sheet],
            "cell": a1(r, c),
            "unit": of.unit.code if of.unit else None,
            "period": str(of.period) if of.period else None,
            "form": of.form,
            "element": batch.catalogue.elements[element].id,
            "sex": slice_.sex,
            "age": slice_.age,
            "ethnicity": slice_.ethnicity,
            "value": plain_number(value),
            "raw": batch.raw.get(i, "" if value != value or absence else str(plain_number(value))),
            "absence": Absence(absence).label,
        }


def outside_figures(batch: Batch) -> Iterator[dict[str, Any]]:
    """Figures that no element covers: they have no element; `outside_labels` names them."""
    for each in batch.outside:
        of = batch.submissions[each.submission]
        value = plain_number(each.value)
        yield {
            "file": of.file,
            "sheet": of.sheets[each.sheet],
            "cell": a1(each.row, each.col),
            "unit": of.unit.code if of.unit else None,
            "period": str(of.period) if of.period else None,
            "form": of.form,
            "element": None,
            "sex": None,
            "age": None,
            "ethnicity": None,
            "value": value,
            "raw": each.raw if value is None or each.absence else str(value),
            "absence": Absence(each.absence).label,
        }


def outside_labels(batch: Batch) -> Iterator[dict[str, str]]:
    """The words of the form for each figure that no element covers."""
    for each in batch.outside:
        of = batch.submissions[each.submission]
        cell = a1(each.row, each.col)
        yield {"file": of.file, "sheet": of.sheets[each.sheet], "cell": cell, "label": each.label}


def plain_number(value: float) -> float | int | None:
    """A whole number without ".0"; None for a missing one."""
    if value != value:
        return None
    return int(value) if float(value).is_integer() else value
