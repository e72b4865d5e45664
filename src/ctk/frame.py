"""The one tidy shape: a row is one figure of one cell of one submission.

Columns (integers are positions in the batch's or the catalogue's lists):

| column | type | meaning |
|---|---|---|
| submission | int32 | position in `Batch.submissions` |
| element | int16 | position in `Catalogue.elements` |
| breakdown | int8 | position in `Catalogue.breakdowns` |
| value | float64 | the figure as read; NaN where there is none |
| absence | int8 | `ctk.model.Absence` |
| note | int8 | why the cell is odd (position in `ctk.text.numbers.NOTES`); 0 = plain |
| sheet | int16 | sheet of the workbook, from 0 |
| row, col | int32, int16 | cell of the value, from 0 |
| label_row, label_col | int32, int16 | cell of the label that names the figure, from 0 |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ctk.errors import UnreadableError
from ctk.forms.editions import NO_EDITION, Edition, latest
from ctk.forms.types import Layout
from ctk.indicators import Catalogue
from ctk.indicators.wide import widened
from ctk.model import Absence, Level, Unit
from ctk.periods import Period
from ctk.regimes.types import UNIT_REPORTER

COLUMNS: dict[str, Any] = {
    "submission": np.int32,
    "element": np.int16,
    "breakdown": np.int8,
    "value": np.float64,
    "absence": np.int8,
    "note": np.int8,
    "sheet": np.int16,
    "row": np.int32,
    "col": np.int16,
    "label_row": np.int32,
    "label_col": np.int16,
}


class Observation(NamedTuple):
    """Something that reading noticed about a submission: a rule id, a place, what was there.

    `row` and `col` count from 0 and are -1 where a whole sheet or file is meant.
    """

    rule: str
    submission: int
    sheet: int = -1
    row: int = -1
    col: int = -1
    params: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    """One file of one reporter for one period, as far as it could be identified.

    `receipt` is the id under which the ledger has it; empty for a file that is being read.
    `asks` are positions of the elements that its form asks; None where the period says it.
    `edition` tells which of several files of a unit is the later one, `tables` which tables of
    which forms it holds, and `cut_off_at` where its cut-off date stands (sheet, row, column).
    """

    file: str
    sha256: str
    form: str
    sheets: tuple[str, ...]
    unit: Unit | None
    period: Period | None
    cut_off: str = ""
    kind: str = ""
    status: str = ""
    stamp: str = ""
    reporter: str = UNIT_REPORTER
    receipt: str = ""
    asks: frozenset[int] | None = None
    edition: Edition = NO_EDITION
    tables: tuple[str, ...] = ()
    cut_off_at: tuple[int, int, int] | None = None


class OutsideFigure(NamedTuple):
    """A figure of a form that no element covers: kept with its label, never added or judged."""

    submission: int
    sheet: int
    row: int
    col: int
    label: str
    value: float
    absence: int
    raw: str


@dataclass(frozen=True)
class Batch:
    """All files of one run: what could be read as one frame, what could not as errors.

    `raw` holds the text of cells that were not plain numbers and `readings` the meanings of
    ambiguous ones, by row of the frame; `sums` the rows that the formula of a row adds up;
    `elsewhere` the file of rows that are from another reporter's than their submission's own;
    `layouts` the forms known when the files were read; `outside` figures that no element covers;
    `labels` the words of forms other than ctk's own, by submission, sheet, row and column.
    """

    catalogue: Catalogue
    submissions: tuple[Submission, ...]
    frame: pd.DataFrame
    raw: dict[int, str]
    readings: dict[int, tuple[str, ...]]
    observations: tuple[Observation, ...]
    unreadable: tuple[tuple[str, UnreadableError], ...] = ()
    locks: tuple[str, ...] = ()
    others: tuple[str, ...] = field(default=())
    sums: dict[int, tuple[int, ...]] = field(default_factory=dict)
    elsewhere: dict[int, Submission] = field(default_factory=dict)
    layouts: Mapping[str, Layout] = field(default_factory=dict)
    outside: tuple[OutsideFigure, ...] = ()
    labels: dict[tuple[int, int, int, int], str] = field(default_factory=dict)

    def file_of(self, place: int, row: int) -> Submission:
        """The submission whose file holds a row of the frame that counts for a submission."""
        return self.elsewhere.get(row, self.submissions[place])

    def label_of(self, row: int) -> str:
        """What the form calls the figure of a row of the frame; empty for ctk's own form."""
        if not self.labels:
            return ""
        submission, sheet, label_row, label_col = (
            int(self.frame[name].to_numpy()[row])
            for name in ("submission", "sheet", "label_row", "label_col")
        )
        return self.labels.get((submission, sheet, label_row, label_col), "")

    @cached_property
    def files_of(self) -> Mapping[int, tuple[Submission, ...]]:
        """The files behind each submission, its own first."""
        found = {place: {each: None} for place, each in enumerate(self.submissions)}
        of = self.frame["submission"].to_numpy()
        for row, other in self.elsewhere.items():
            found[int(of[row])][other] = None
        return {place: tuple(files) for place, files in found.items()}

    @cached_property
    def own_figures(self) -> frozenset[int]:
        """Submissions of a district or province that hold only what forms ask of it itself."""
        places = [
            place
            for place, each in enumerate(self.submissions)
            if each.unit is not None and each.unit.level is not Level.COMMUNE
        ]
        of, elements = (self.frame[name].to_numpy() for name in ("submission", "element"))
        return frozenset(
            place
            for place in places
            if all(self.catalogue.elements[e].place == "form" for e in set(elements[of == place]))
        )

    @cached_property
    def compared(self) -> Catalogue:
        """The catalogue by which figures are compared: a form may ask more breakdowns of them."""
        asked = np.array(
            [[e.has(b) for b in self.catalogue.breakdowns] for e in self.catalogue.elements]
        )
        elements, slices = (self.frame[name].to_numpy() for name in ("element", "breakdown"))
        return self.catalogue if asked[elements, slices].all() else widened(self.catalogue)

    @cached_property
    def superseded(self) -> Mapping[int, int]:
        """Submissions that another one of the same unit and period replaces, by its own words."""
        groups: dict[tuple[str, str, str], dict[int, Edition]] = {}
        for place, each in enumerate(self.submissions):
            if each.unit is not None and each.edition.content:
                key = each.unit.code, str(each.period), each.reporter
                groups.setdefault(key, {})[place] = each.edition
        found: dict[int, int] = {}
        for editions in groups.values():
            differ = len({edition.content for edition in editions.values()}) > 1
            newest = latest(editions) if differ else None
            if newest is not None:
                content = editions[newest].content
                found |= {p: newest for p, e in editions.items() if e.content != content}
        return found

    @cached_property
    def rows_of(self) -> Mapping[int, NDArray[np.int64]]:
        """Rows of the frame by the position of their submission."""
        of = self.frame["submission"].to_numpy()
        order = np.argsort(of, kind="stable")
        places, starts = np.unique(of[order], return_index=True)
        return dict(zip(places.tolist(), np.split(order, starts[1:]), strict=False))

    @cached_property
    def figures(self) -> NDArray[np.int64]:
        """Position of each row's figure in the submission x figure matrix, row by row."""
        width = len(self.catalogue.breakdowns)
        elements = self.frame["element"].to_numpy(np.int64)
        return np.asarray(elements * width + self.frame["breakdown"].to_numpy(), np.int64)

    @cached_property
    def row_matrix(self) -> NDArray[np.int32]:
        """Row of the frame for each submission and figure; -1 where the form does not ask."""
        shape = (len(self.submissions), self.catalogue.figure_count)
        rows = np.full(shape, -1, np.int32)
        rows[self.frame["submission"].to_numpy(), self.figures] = np.arange(len(self.frame))
        return rows

    @cached_property
    def repeated(self) -> NDArray[np.bool_]:
        """Rows whose figure stands in several cells of the same submission: none can be used."""
        rows = self.row_matrix[self.frame["submission"].to_numpy(), self.figures]
        double = rows != np.arange(len(self.frame))
        keys = self.frame["submission"].to_numpy(np.int64) * self.catalogue.figure_count
        keys += self.figures
        return np.isin(keys, keys[double]) if double.any() else double

    @cached_property
    def usable(self) -> NDArray[np.bool_]:
        """Rows whose value can be added up: a count (or 0 or 1) that stands in one cell only."""
        value = self.frame["value"].to_numpy()
        most = np.array([1.0 if e.adds == "yes_no" else np.inf for e in self.catalogue.elements])
        with np.errstate(invalid="ignore"):
            whole = (value >= 0) & (value == np.floor(value))
            whole &= value <= most[self.frame["element"].to_numpy()]
        return np.asarray(whole & ~self.repeated, np.bool_)

    @cached_property
    def matrix(self) -> NDArray[np.float64]:
        """Usable values by submission and figure; NaN where there is none."""
        shape = (len(self.submissions), self.catalogue.figure_count)
        values = np.full(shape, np.nan)
        usable = self.usable
        submission = self.frame["submission"].to_numpy()[usable]
        values[submission, self.figures[usable]] = self.frame["value"].to_numpy()[usable]
        return values

    @cached_property
    def absent(self) -> NDArray[np.int8]:
        """Why a figure of the matrix is missing (`Absence`), -1 where the form does not ask."""
        rows = self.row_matrix
        absence = np.append(self.frame["absence"].to_numpy(), np.int8(-1))[rows]
        unread = (rows >= 0) & np.isnan(self.matrix) & (absence <= Absence.NOTHING_OCCURRED)
        if self.repeated.any():  # whatever one of the cells says, which one counts is not known
            unread |= np.append(self.repeated, np.False_)[rows]
        # A yes or no applies to every commune: an "x" there is no answer.
        yes_no = [element.adds == "yes_no" for element in self.catalogue.elements]
        unread |= (absence == Absence.NOT_APPLICABLE) & np.repeat(
            yes_no, len(self.catalogue.breakdowns)
        )
        absence[unread] = Absence.UNREADABLE
        return absence


def empty_frame() -> pd.DataFrame:
    """A frame without rows, of the right types."""
    return pd.DataFrame({name: np.empty(0, kind) for name, kind in COLUMNS.items()})
