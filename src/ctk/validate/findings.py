"""Turns what reading, schema and relations noticed into findings that a person can act on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from ctk.messages import message
from ctk.model import Finding
from ctk.text.numbers import format_vi, round_half_up
from ctk.workbook.addresses import a1

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ctk.frame import Batch, Observation
    from ctk.indicators import Breakdown, Element
    from ctk.validate.relations import Broken
    from ctk.validate.rulebook import Rulebook
    from ctk.validate.shares import OddShare
    from ctk.validate.told import Told

BOUNDS = ("low", "high")
_WORDS = re.compile(r"[^\W\d_]+")
_FEW_WORDS = 2
_QUOTING = ("V315", "V317", "V331")
_UNQUOTED = ("V326",)
"""What may be a telephone or identity number is not repeated at all."""

_SWAPPED = str.maketrans(".,", ",.")


def show_number(value: float, lang: str) -> str:
    """Print a figure as the language does: 1.234,5 or 1,234.5."""
    whole = float(value).is_integer()
    text = format_vi(value, 0) if whole else format_vi(value, 3).rstrip("0").rstrip(",")
    return text if lang == "vi" else text.translate(_SWAPPED)


def show_share(share: float, lang: str) -> str:
    """Print a share as a percentage with one decimal: 12,5 %."""
    return f"{show_number(round_half_up(share * 100, 1), lang)} %"


def quoted(text: str, lang: str) -> str:
    """A cell's text as a message may quote it: what may name a child is only counted."""
    words = _WORDS.findall(text)
    if len(words) <= _FEW_WORDS and not _is_name(words):
        return text
    return message("cli.hidden_text", lang, words=len(words))


def _is_name(words: Sequence[str]) -> bool:
    """Tell "Giàng Sử" and "Y Ban" from "chưa có" and from letters that stand for digits."""
    capitals = sum(word[0].isupper() for word in words)
    return capitals >= _FEW_WORDS and any(len(word) > 1 for word in words)


class Writer:
    """Writes findings about one batch in one language."""

    def __init__(self, batch: Batch, rulebook: Rulebook, lang: str) -> None:
        """Keep what every finding needs."""
        self.batch = batch
        self.rulebook = rulebook
        self.lang = lang
        frame = batch.frame
        self._place = {name: frame[name].to_numpy() for name in ("sheet", "row", "col")}
        self._of = {name: frame[name].to_numpy() for name in ("submission", "element", "breakdown")}
        self._value = frame["value"].to_numpy()

    def observed(self, seen: Observation) -> Finding:
        """A finding about a file, a sheet or a cell outside the figures."""
        submission = self.batch.submissions[seen.submission]
        sheet = submission.sheets[seen.sheet] if seen.sheet >= 0 else None
        cell = a1(seen.row, seen.col) if seen.row >= 0 else None
        row = self._row_at(seen) if seen.row >= 0 else None
        params = {"sheet": sheet or "", **dict(seen.params)}
        if seen.rule in _QUOTING:
            params["text"] = quoted(str(params["text"]), self.lang)
        place = {"sheet": sheet, "cell": cell, "value": params.get("text")}
        if row is not None:
            element, breakdown = self.element(row), self.breakdown(row)
            params = self._named(row) | params
            place |= {"element": element.id, "dimension": breakdown.dimension}
        return self._finding(seen.rule, seen.submission, params, **place)

    def _row_at(self, seen: Observation) -> int | None:
        """The row of the frame whose figure stands in a cell; rows are in the order of files."""
        of = self._of["submission"]
        first, end = np.searchsorted(of, (seen.submission, seen.submission + 1))
        at = slice(int(first), int(end))
        here = self._place["sheet"][at] == seen.sheet
        here &= (self._place["row"][at] == seen.row) & (self._place["col"][at] == seen.col)
        found = np.flatnonzero(here)
        return int(first + found[0]) if found.size else None

    def of_submission(self, rule: str, submission: int, **params: object) -> Finding:
        """A finding about a whole file."""
        return self._finding(rule, submission, params)

    def at_row(self, rule: str, row: int, **params: object) -> Finding:
        """A finding about the cell of one row of the frame."""
        element, breakdown = self.element(row), self.breakdown(row)
        typed = self.batch.raw.get(row)
        raw = None if typed is None or rule in _UNQUOTED else quoted(typed, self.lang)
        value = float(self._value[row])
        shown = show_number(value, self.lang) if value == value else ""
        named = self._named(row) | {"raw": raw or "", "value": shown}
        return self._finding(
            rule,
            int(self._of["submission"][row]),
            named | params,
            sheet=self.sheet(row),
            cell=self.address(row),
            element=element.id,
            dimension=breakdown.dimension,
            value=raw if raw is not None else (value if value == value else None),
        )

    def at_formula(self, rule: str, row: int, others: Sequence[int]) -> Finding:
        """A finding about the formula of one row of the frame and the cells that it concerns."""
        element, breakdown = self.element(row), self.breakdown(row)
        home = self.sheet(row)
        cells = [self.address(other, home) for other in others]
        return self._finding(
            rule,
            int(self._of["submission"][row]),
            self._named(row) | {"cells": ", ".join(cells)},
            sheet=home,
            cell=self.address(row),
            element=element.id,
            dimension=breakdown.dimension,
            cells=(self.address(row), *cells),
        )

    def at_rows(self, rule: str, rows: Sequence[int]) -> Finding:
        """One finding about several cells of one element."""
        first = rows[0]
        element = self.element(first)
        titles = ", ".join(self.breakdown(row).title(self.lang) for row in rows)
        params = self._named(first) | {"columns": titles}
        return self._finding(
            rule,
            int(self._of["submission"][first]),
            params | {"count": len(rows), "text": element.id},
            sheet=self.sheet(first),
            cell=self.address(first),
            element=element.id,
            dimension=self.breakdown(first).dimension if len(rows) == 1 else None,
            cells=tuple(self.address(row, self.sheet(first)) for row in rows),
        )

    def broken(self, broken: Broken) -> Finding:
        """A finding about a relation, with all the cells that it ties together."""
        of = self.batch.row_matrix[broken.submission]
        rows = [int(of[figure]) for figure in broken.relation.figures]
        size = len(broken.relation.left)
        left = rows[0]
        element, breakdown = self.element(left), self.breakdown(left)
        return self._finding(
            broken.relation.rule,
            broken.submission,
            self._named(left) | self._sides(broken, rows[:size], rows[size:]),
            sheet=self.sheet(left),
            cell=self.address(left),
            element=element.id,
            dimension=breakdown.dimension,
            value=broken.left,
            cells=tuple(self.address(row, self.sheet(left)) for row in rows),
        )

    def share(self, odd: OddShare) -> Finding:
        """A finding about a share outside its limits."""
        of = self.batch.row_matrix[odd.submission]
        rows = list(dict.fromkeys(int(of[figure]) for figure in odd.part + odd.of))
        first = rows[0]
        element, breakdown = self.element(first), self.breakdown(first)
        params = self._named(first) | {
            "name": self._names(of, odd.part),
            "left": show_number(odd.share * odd.size, self.lang),
            "right": show_number(odd.size, self.lang),
            "share": show_share(odd.share, self.lang),
            "usual": self._usual(odd),
            "other_name": self._names(of, odd.of),
        }
        return self._finding(
            odd.rule,
            odd.submission,
            params,
            sheet=self.sheet(first),
            cell=self.address(first),
            element=element.id,
            dimension=breakdown.dimension,
            value=odd.share * odd.size,
            cells=tuple(self.address(row, self.sheet(first)) for row in rows),
        )

    def _names(self, of: NDArray[np.intp], figures: Sequence[int]) -> str:
        return " + ".join(self.name(int(of[figure])) for figure in figures)

    def _usual(self, odd: OddShare) -> str:
        limits = self.rulebook.of(self.batch.submissions[odd.submission].period)[odd.rule].limits
        bounds = {name: show_share(limits[name], self.lang) for name in BOUNDS if name in limits}
        return message(f"cli.usual.{'_'.join(bounds)}", self.lang, **bounds)

    def told(self, told: Told) -> Finding:
        """A finding about a comparison across files."""
        params = {name: self._printed(value) for name, value in told.params.items()}
        if told.figure is None:
            return self._finding(told.rule, told.submission, params, **self._at(told))
        row = int(self.batch.row_matrix[told.submission, told.figure])
        return self.at_row(told.rule, row, **params)

    def _at(self, told: Told) -> dict[str, str]:
        """Where the date stands that a finding is about."""
        of = self.batch.submissions[told.submission]
        if told.rule != "V607" or of.cut_off_at is None:
            return {}
        sheet, row, col = of.cut_off_at
        return {"sheet": of.sheets[sheet], "cell": a1(row, col)}

    def _printed(self, value: str | float) -> str:
        return value if isinstance(value, str) else show_number(value, self.lang)

    def _sides(self, broken: Broken, left: Sequence[int], right: Sequence[int]) -> dict[str, str]:
        other = self.element(right[0])
        return {
            "left": show_number(broken.left, self.lang),
            "right": show_number(broken.right, self.lang),
            "left_terms": self._added(left),
            "terms": self._added(right),
            "parts": " + ".join(self.element(row).id for row in right),
            "other": other.id,
            "other_name": self.name(right[0]),
        }

    def _added(self, rows: Sequence[int]) -> str:
        return " + ".join(show_number(self._value[row], self.lang) for row in rows)

    def element(self, row: int) -> Element:
        """The element of a row of the frame."""
        return self.batch.catalogue.elements[int(self._of["element"][row])]

    def breakdown(self, row: int) -> Breakdown:
        """The breakdown of a row of the frame."""
        return self.batch.catalogue.breakdowns[int(self._of["breakdown"][row])]

    def address(self, row: int, home: str | None = None) -> str:
        """The cell of a row of the frame; with its sheet's name where that is not `home`."""
        cell = a1(int(self._place["row"][row]), int(self._place["col"][row]))
        sheet = self.sheet(row)
        return cell if home is None or sheet == home else f"{sheet}!{cell}"

    def line(self, row: int) -> int:
        """The number that the spreadsheet gives to the line of a row of the frame."""
        return int(self._place["row"][row]) + 1

    def sheet(self, row: int) -> str:
        """The name of the sheet of a row of the frame."""
        submission = self.batch.submissions[int(self._of["submission"][row])]
        return submission.sheets[int(self._place["sheet"][row])]

    def _named(self, row: int) -> dict[str, Any]:
        return {
            "name": self.name(row),
            "element": self.element(row).id,
            "column": self.breakdown(row).title(self.lang),
        }

    def name(self, row: int) -> str:
        """What the sender's form calls a figure; the catalogue's name where it has none."""
        return self.batch.label_of(row) or self.element(row).name(self.lang)

    def _finding(
        self,
        rule_id: str,
        submission: int,
        params: dict[str, Any],
        **place: Any,  # noqa: ANN401  (fields of Finding)
    ) -> Finding:
        of = self.batch.submissions[submission]
        rule = self.rulebook.of(of.period)[rule_id]
        return Finding(
            of.file,
            rule.id,
            rule.severity,
            rule.message(self.lang, **params),
            rule.remedy(self.lang, **params) or None,
            unit=of.unit.code if of.unit else None,
            period=str(of.period) if of.period else None,
            **place,
        )
