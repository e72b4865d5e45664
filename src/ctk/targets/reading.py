"""Makes a set of targets of the text of its CSV file; refuses what is incomplete or unknown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from ctk.indicators import load_catalogue
from ctk.targets.tables import Row, TableError, lines_of, require, rows_of
from ctk.targets.types import PREVIOUS, Match, Operator, Slice, Target, TargetSet
from ctk.units.table import EARLIEST, table

if TYPE_CHECKING:
    from pathlib import Path

    from ctk.indicators import Measure

VERSION = "1"
FIRST = "#ctk-targets"
COLUMNS = ("no", "group", "text", "text_en", "measure", "slice", "match", "operator", "value", "to",
           "unit", "year", "baseline", "why", "doubt", "why_en", "doubt_en")  # fmt: skip
_HEAD = ("title", "title_en", "source", "unit", "from", "note", "note_en")
_YEAR = re.compile(r"(20\d\d|2100)(?:\s*[-–]\s*(20\d\d|2100))?")
_SIGNS = {"≥": ">=", "≤": "<="}
_SLICES = ("sex", "age", "ethnicity", "area")
_SHORT_UNITS = {"%": "rate_percent", "‰": "rate_per_mille"}


@dataclass
class _Head:
    said: dict[str, str] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=lambda: {"note": [], "note_en": []})
    lines: dict[str, int] = field(default_factory=dict)


def read_targets(text: str, id_: str, file: Path | None = None) -> TargetSet:
    """Read the file of one set.

    Args:
        text: Its text.
        id_: Id of the set.
        file: Where an office keeps it.

    Raises:
        TableError: Something is missing, unknown or means nothing.
    """
    lines = lines_of(text, FIRST)
    heads = [(at, cells) for at, cells in lines if cells[0].startswith("#")]
    head = _head(heads)
    rows = rows_of([pair for pair in lines if not pair[1][0].startswith("#")], COLUMNS)
    require(rows, ("no", "text", "match", "operator", "unit", "year"))
    targets = tuple(_target(row) for row in rows)
    _check_once(rows, targets)
    first = min((target.first_year for target in targets), default=0)
    made = TargetSet(
        id=id_,
        title=head.said["title"],
        source=head.said.get("source", ""),
        unit=head.said["unit"],
        first_year=_from(head, first),
        targets=targets,
        title_en=head.said.get("title_en", ""),
        notes=tuple(head.notes["note"]),
        notes_en=tuple(head.notes["note_en"]),
        file=file,
    )
    _check_unit(made, head)
    return made


def _head(lines: list[tuple[int, list[str]]]) -> _Head:
    head = _Head()
    for at, (key, *cells) in lines:
        name, said = key.removeprefix("#").strip(), cells[0] if cells else ""
        if key == FIRST:
            _need(said == VERSION, at, name, said, f"{FIRST},{VERSION}")
            continue
        _need(name in _HEAD, at, name, said, ", ".join(f"#{each}" for each in _HEAD))
        _need(bool(said), at, name, said, f"#{name},…")
        head.lines[name] = at
        if name in head.notes:
            head.notes[name].append(said)
        else:
            head.said[name] = said
    for name in ("title", "unit"):
        _need(name in head.said, 1, f"#{name}", "", f"#{name},…")
    return head


def _from(head: _Head, first: int) -> int:
    """The year from which the set applies; the first that has a value, if the file does not say."""
    said = head.said.get("from")
    if said is None:
        return first
    ok = bool(_YEAR.fullmatch(said)) and said.isdigit() and int(said) <= first
    _need(ok, head.lines["from"], "#from", said, f"#from,{first}")
    return int(said)


def _target(row: Row) -> Target:
    first, last = _years(row)
    measure = _measure(row)
    slice_, element = _slice(row, measure)
    operator = _operator(row)
    value = None if operator is Operator.BELOW else row.number("value")
    row.need(operator is not Operator.BELOW or not row["value"], "value", "(…)")
    return Target(
        no=row["no"],
        text=row["text"],
        match=Match(row["match"]),
        operator=operator,
        unit=row["unit"],
        first_year=first,
        last_year=last,
        value=value,
        to=_upper(row, operator, value),
        text_en=row["text_en"],
        group=row["group"],
        measure=row["measure"],
        slice=slice_,
        element=element,
        baseline=_baseline(row, operator, first),
        why=row["why"],
        doubt=row["doubt"],
        why_en=row["why_en"],
        doubt_en=row["doubt_en"],
    )


def _years(row: Row) -> tuple[int, int]:
    found = _YEAR.fullmatch(row["year"])
    if not found:
        raise TableError(row.line, "year", row["year"], "2022 | 2021-2030")
    first = int(found[1])
    last = int(found[2] or first)
    row.need(first <= last, "year", "2022 | 2021-2030")
    return first, last


def _measure(row: Row) -> Measure | None:
    """The measure, which must fit the unit; without one the file says so."""
    row.need(row["match"] in [each.value for each in Match], "match", "exact | near | none")
    if row["match"] == Match.NONE:
        row.need(not row["measure"], "measure", "match = none: (…)")
        return None
    measure = next((m for m in load_catalogue().measures if m.id == row["measure"]), None)
    if measure is None:
        raise TableError(row.line, "measure", row["measure"], "I-0301.r (ctk indicators list)")
    if row["match"] == Match.NEAR:
        row.need(bool(row["why"]), "why", "match = near: why = …")
    fits = row["unit"] == measure.unit or _SHORT_UNITS.get(row["unit"]) == measure.kind
    short = next((u for u, kind in _SHORT_UNITS.items() if kind == measure.kind), measure.unit)
    row.need(fits, "unit", short)
    return measure


def _slice(row: Row, measure: Measure | None) -> tuple[Slice, str]:
    """The slice, "sex=F", or the part of the measure that is meant, "element=I-0409.10"."""
    whole: Slice = ("T", "T", "T", "T")
    if not row["slice"]:
        return whole, ""
    name, _, code = row["slice"].partition("=")
    if name == "element":
        known = measure.numerator if measure and len(measure.numerator) > 1 else ()
        row.need(code in known, "slice", " | ".join(f"element={id_}" for id_ in known) or "(…)")
        return whole, code
    codes = _codes(measure)
    example = " | ".join(f"{key}={each}" for key, each in codes) or "(…)"
    row.need((name, code) in codes, "slice", example)
    at = _SLICES.index(name)
    return tuple(code if i == at else "T" for i in range(len(_SLICES))), ""  # type: ignore[return-value]


def _codes(measure: Measure | None) -> list[tuple[str, str]]:
    """Slices in which the figures of a measure can come in."""
    if measure is None:
        return []
    catalogue = load_catalogue()
    asked = [(name, getattr(b, name)) for b in catalogue.breakdowns for name in _SLICES[:3]
             if getattr(b, name) != "T"]  # fmt: skip
    parts = [id_ for id_ in (*measure.numerator, *measure.denominator)
             if id_ in catalogue.element_index]  # fmt: skip
    dimensions = [set(catalogue.element(id_).breakdowns) for id_ in parts]
    fit = [each for each in asked if all(each[0] in known for known in dimensions)]
    return [*fit, ("area", "urban"), ("area", "rural")]


def _operator(row: Row) -> Operator:
    sign = _SIGNS.get(row["operator"], row["operator"])
    row.need(sign in [each.value for each in Operator], "operator", " | ".join(Operator))
    return Operator(sign)


def _upper(row: Row, operator: Operator, value: float | None) -> float | None:
    if not row["to"]:
        return None
    upper = row.number("to")
    row.need(operator is Operator.FALL and value is not None and upper > value, "to", "(…)")
    return upper


def _baseline(row: Row, operator: Operator, first: int) -> int | str | None:
    said = row["baseline"]
    if not operator.needs_baseline:
        row.need(not said, "baseline", "(…)")
        return None
    if said == PREVIOUS:
        return PREVIOUS
    ok = bool(_YEAR.fullmatch(said)) and said.isdigit() and int(said) < first
    row.need(ok, "baseline", f"{first - 1} | {PREVIOUS}")
    return int(said)


def _check_once(rows: list[Row], targets: tuple[Target, ...]) -> None:
    """No target twice in one year."""
    _need(bool(targets), 1, "no", "", ",".join(COLUMNS))
    seen: set[tuple[str, int]] = set()
    for row, target in zip(rows, targets, strict=True):
        years = {(target.no, year) for year in range(target.first_year, target.last_year + 1)}
        row.need(not years & seen, "no", "no + year ≠")
        seen |= years


def _check_unit(made: TargetSet, head: _Head) -> None:
    """The unit must be there at the end of each year that has a value."""
    versions = table().versions(made.unit)
    at = head.lines["unit"]
    _need(bool(versions), at, "#unit", made.unit, "#unit,93 (ctk units find)")
    for year in sorted({y for t in made.targets for y in (t.first_year, t.last_year)}):
        day = max(date(year, 12, 31), EARLIEST)
        there = any(unit.in_force(day) for unit in versions)
        _need(there, at, "#unit", made.unit, f"#unit,… ({year}-12-31)")


def _need(condition: bool, line: int, key: str, value: str, expected: str) -> None:
    if not condition:
        raise TableError(line, key, value, expected)
