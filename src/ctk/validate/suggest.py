"""Suggestions for a batch: which cells are probably wrong and what they should be; never applied.

Files without a broken relation or a cell in error cost nothing here, and no solver is loaded.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ctk.model import Severity
from ctk.text.numbers import NOTES, Note
from ctk.validate.hints import Hints
from ctk.validate.linear import Linear, Rows, System
from ctk.validate.misread import settle
from ctk.validate.patterns import readings_in_text, whole_readings
from ctk.validate.rearranged import Grid
from ctk.validate.relations import relations_of
from ctk.validate.verdicts import judge

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ctk.frame import Batch
    from ctk.model import Finding
    from ctk.validate.findings import Writer
    from ctk.validate.misread import Readings
    from ctk.validate.relations import Broken, Relation
    from ctk.validate.rulebook import Rulebook
    from ctk.validate.verdicts import Verdict

RUN_SECONDS = 20.0
"""Of the processor, for all files of a run together; how many files are left then is said."""

_NO_FIGURE = [
    NOTES.index(note) for note in Note if note not in (Note.TEXT_NUMBER, Note.DECIMAL_TEXT)
]
_Key = tuple[str | None, str | None, str | None, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggestion as other programs get it: `values` are null where only the cells are known."""

    file: str
    sheet: str
    cells: tuple[str, ...]
    values: tuple[int | None, ...]
    kind: str
    sure: bool

    def as_dict(self) -> dict[str, Any]:
        """Give the keys of the JSON contract."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "cells": list(self.cells),
            "values": list(self.values),
            "kind": self.kind,
            "sure": self.sure,
        }


@dataclass(frozen=True)
class Advice:
    """All suggestions of a run, and how many files were left without for want of time."""

    suggestions: tuple[Suggestion, ...] = ()
    untried: int = 0
    texts: dict[_Key, str] = field(default_factory=dict)

    def on(self, finding: Finding) -> Finding:
        """The finding with the suggestion about it in front of its remedy."""
        text = self.texts.get(_key(finding))
        if text is None or finding.severity is Severity.INFO:
            return finding
        said = f"{text} {finding.suggestion or ''}".strip()
        return replace(finding, suggestion=said, hint=text)


def advise(
    writer: Writer, broken: Sequence[Broken], told: Sequence[Finding], rulebook: Rulebook
) -> Advice:
    """Find suggestions for the broken relations and the cells in error of a batch.

    Args:
        writer: Writes about the batch.
        broken: The broken relations.
        told: The finding about each of them.
        rulebook: The rules of this office.
    """
    adviser = _Adviser(writer, rulebook)
    faults: dict[int, list[tuple[Relation, Finding]]] = {}
    for each, finding in zip(broken, told, strict=True):
        if finding.severity is Severity.ERROR:
            faults.setdefault(each.submission, []).append((each.relation, finding))
    cells = _cells_in_error(writer.batch)
    places = sorted(faults.keys() | cells.keys())
    deadline = time.process_time() + RUN_SECONDS
    untried = 0
    for place in places:
        if time.process_time() > deadline:
            untried += 1
        else:
            adviser.submission(place, faults.get(place, ()), cells.get(place, ()))
    return Advice(tuple(adviser.found), untried, adviser.texts)


def _key(finding: Finding) -> _Key:
    return finding.file, finding.sheet, finding.cell, finding.cells


def _cells_in_error(batch: Batch) -> dict[int, list[int]]:
    """Rows of the frame, by submission, that hold something but no figure that can be used."""
    value, note = batch.frame["value"].to_numpy(), batch.frame["note"].to_numpy()
    bad = np.isin(note, _NO_FIGURE) | ~(np.isnan(value) | batch.usable)
    found: dict[int, list[int]] = {}
    submission = batch.frame["submission"].to_numpy()
    for row in np.flatnonzero(bad & ~batch.repeated).tolist():
        found.setdefault(int(submission[row]), []).append(row)
    return found


class _Adviser:
    def __init__(self, writer: Writer, rulebook: Rulebook) -> None:
        self.writer = writer
        self.batch = writer.batch
        self.rulebook = rulebook
        self.found: list[Suggestion] = []
        self.texts: dict[_Key, str] = {}
        self._rows: dict[str, tuple[Rows, dict[Relation, int]]] = {}

    def submission(
        self, place: int, faults: Sequence[tuple[Relation, Finding]], cells: Sequence[int]
    ) -> None:
        rows, positions = self._relations(place)
        matrix = self.batch.matrix[place]
        known = np.flatnonzero(~np.isnan(matrix))
        values = dict(zip(known.tolist(), map(int, matrix[known]), strict=True))
        system = System(rows, values)
        hints = Hints(self.writer, place)
        told = {positions[relation]: finding for relation, finding in faults}
        for verdict in self._verdicts(place, system, told):
            self._tell(hints, verdict, [told[r] for r in verdict.broken if r in told], rows)
        self._settle(system, hints, cells)

    def _relations(self, place: int) -> tuple[Rows, dict[Relation, int]]:
        """The relations whose breaking is an error, by the rules in force for the submission."""
        rules = self.rulebook.of(self.batch.submissions[place].period)
        if rules.version not in self._rows:
            relations = [
                relation
                for relation in relations_of(self.batch.compared, frozenset(rules.rules))
                if rules[relation.rule].severity is Severity.ERROR
            ]
            positions = {relation: i for i, relation in enumerate(relations)}
            self._rows[rules.version] = Rows(tuple(map(_linear, relations))), positions
        return self._rows[rules.version]

    def _verdicts(self, place: int, system: System, told: Iterable[int]) -> list[Verdict]:
        broken = sorted(told)
        if not broken:
            return []
        of = self.batch.row_matrix[place]
        noted = self.batch.frame["note"].to_numpy()[of] != 0
        doubtful = frozenset(np.flatnonzero(noted & (of >= 0)).tolist())
        return judge(system, broken, doubtful, lambda: self._grid(place))

    def _grid(self, place: int) -> Grid:
        of = self.batch.row_matrix[place]
        figures = np.flatnonzero(of >= 0)
        frame = self.batch.frame
        where = [frame[name].to_numpy()[of[figures]].tolist() for name in ("sheet", "row", "col")]
        places = dict(zip(zip(*where, strict=True), figures.tolist(), strict=True))
        codes = [breakdown.dimension for breakdown in self.batch.catalogue.breakdowns]
        if not {"sex=M", "sex=F"}.issubset(codes):
            return Grid(places, ())
        apart = codes.index("sex=F") - codes.index("sex=M")
        male = [f for f in figures.tolist() if f % len(codes) == codes.index("sex=M")]
        return Grid(places, [(f, f + apart) for f in male if of[f + apart] >= 0])

    def _tell(
        self, hints: Hints, verdict: Verdict, findings: Sequence[Finding], rows: Rows
    ) -> None:
        first, *others = findings
        if verdict.kind != "undecided":
            frame_rows = hints.rows(verdict.figures)
            self._record(verdict.kind, frame_rows, verdict.values, sure=verdict.sure)
        if verdict.kind == "one_of" and _says_nothing(verdict, rows):
            return
        self.texts[_key(first)] = hints.verdict(verdict, first.sheet or "")
        if verdict.kind == "undecided":
            return
        for other in others:
            cell = first.cell or ""
            where = cell if other.sheet == first.sheet else f"{first.sheet}!{cell}"
            if where != other.cell:
                self.texts.setdefault(_key(other), hints.elsewhere(where))

    def _settle(self, system: System, hints: Hints, cells: Sequence[int]) -> None:
        figures = {int(self.batch.figures[row]): row for row in cells}
        typed = {figure: self._readings(row) for figure, row in figures.items()}
        for figure, settled in settle(system, typed).items():
            row = figures[figure]
            self._record(settled.kind, [row], (settled.value,), sure=settled.sure)
            key = self._file(row), self.writer.sheet(row), self.writer.address(row), ()
            self.texts[key] = hints.settled(settled.value, sure=settled.sure)

    def _readings(self, row: int) -> Readings:
        """The counts that a cell in error may mean."""
        note = NOTES[int(self.batch.frame["note"].to_numpy()[row])]
        if row in self.batch.readings:
            options = (one for one in self.batch.readings[row] if "/" not in one)  # a date's
            kind = "reading" if note == Note.AMBIGUOUS_SEPARATOR else "in_text"
            return {int(v): kind for v in map(float, options) if v >= 0 and v.is_integer()}
        value = float(self.batch.frame["value"].to_numpy()[row])
        if value == value:
            return whole_readings(value)
        text = self.batch.raw.get(row, "") if note == Note.NOT_A_NUMBER else ""
        return readings_in_text(text)

    def _record(
        self, kind: str, rows: Sequence[int], values: tuple[int | None, ...], *, sure: bool
    ) -> None:
        sheet = self.writer.sheet(rows[0])
        cells = tuple(self.writer.address(row, sheet) for row in rows)
        self.found.append(Suggestion(self._file(rows[0]), sheet, cells, values, kind, sure))

    def _file(self, row: int) -> str:
        return self.batch.submissions[int(self.batch.frame["submission"].to_numpy()[row])].file


def _linear(relation: Relation) -> Linear:
    """A relation as left - right (<)= 0; a figure on both sides counts once."""
    terms: dict[int, int] = dict.fromkeys(relation.figures, 0)
    for figure in relation.left:
        terms[figure] += 1
    for figure in relation.right:
        terms[figure] -= 1
    kept = tuple((figure, coefficient) for figure, coefficient in terms.items() if coefficient)
    return Linear(kept, relation.exact, unless=relation.unless)


def _says_nothing(verdict: Verdict, rows: Rows) -> bool:
    """Tell whether the only broken relation already names just these cells."""
    if len(verdict.broken) > 1:
        return False
    return rows.relations[verdict.broken[0]].figures == frozenset(verdict.figures)
