"""Unusual figures that somebody confirmed: in words, and by the line on which they are printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ctk.messages import message
from ctk.report.context import ReportContext
from ctk.report.wording import said_day
from ctk.units.lookup import find_unit


class Confirmations:
    """The confirmed warnings of a report."""

    def __init__(self, context: ReportContext) -> None:
        """Sort them by the lines that show their figure: its own, and that of a count."""
        self._context = context
        shown: dict[str, list[str]] = defaultdict(list)
        for measure in context.catalogue.measures:
            for element in measure.numerator if measure.is_count else ():
                shown[element].append(measure.id)
        self._by_line: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for each in context.particulars.confirmed:
            for key in (each["element"], *shown[each["element"]]):
                self._by_line[key].append(each)

    def of_line(self, key: str) -> Iterator[str]:
        """Say what was confirmed about the figures of a measure or element."""
        return (self._said(each) for each in self._by_line.get(key, ()))

    def of_total(self, unit: str, key: str, rule: str) -> Mapping[str, Any] | None:
        """What was last confirmed about the total of one unit under a rule."""
        found = [
            each
            for each in self._by_line.get(key, ())
            if (each["unit"], each["rule"]) == (unit, rule) and not each["dimension"]
        ]
        return found[-1] if found else None

    def _said(self, each: Mapping[str, Any]) -> str:
        context, lang = self._context, self._context.lang
        key = "confirmed_by" if each["by"] else "confirmed"
        return message(
            f"appendices.footnote.{key}",
            lang,
            unit=find_unit(each["unit"], context.period.end).full_name,
            name=context.catalogue.element(each["element"]).name(lang),
            column=self._column(each["dimension"]),
            rule=each["rule"],
            by=each["by"],
            day=said_day(date.fromisoformat(each["at"][:10]), lang),
            why=each["why"].rstrip("."),
        )

    def _column(self, dimension: str | None) -> str:
        """Title of the column that a warning is about; an office may have changed its ages."""
        for breakdown in self._context.catalogue.breakdowns:
            if breakdown.dimension == dimension:
                return breakdown.title(self._context.lang)
        return dimension or ""
