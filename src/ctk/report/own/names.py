"""The things that a template can name besides figures: units, period, office, lists, targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ctk.report.comparison import comparison_notes
from ctk.report.copies import copy_status
from ctk.report.lines import unit_label
from ctk.report.own.figures import Absent
from ctk.report.own.things import (
    Listing,
    OwnIndicator,
    OwnMeasure,
    OwnOffice,
    OwnTarget,
    OwnTargetSet,
    own_period,
    own_unit,
)
from ctk.report.targets.judge import by_set, judge
from ctk.report.targets.wording import TargetLine, line_of, set_notes
from ctk.report.wording import coverage_line, cut_off_text, kinds_text, superior_line

if TYPE_CHECKING:
    from ctk.indicators import Indicator
    from ctk.report.context import ReportContext
    from ctk.report.own.lookup import Lookup
    from ctk.report.own.problems import Problems


class Names:
    """What the names of a template stand for in one report.

    Args:
        context: The report.
        lookup: Its figures.
        problems: Where faults of the template are told.
    """

    def __init__(self, context: ReportContext, lookup: Lookup, problems: Problems) -> None:
        self._context, self._lookup, self._problems = context, lookup, problems
        self._lang = context.lang

    def all(self) -> dict[str, Any]:
        """The things and lists by name."""
        context, previous, lang = self._context, self._context.previous, self._lang
        absent = Absent("no_previous", lang)
        before = own_period(previous.period, previous.coverage, lang) if previous else absent
        return {
            "unit": own_unit(context.unit),
            "units": Listing([own_unit(unit) for unit in context.children]),
            "missing": Listing([own_unit(unit) for unit in context.missing]),
            "period": own_period(context.period, context.coverage, lang),
            "previous_period": before,
            "office": self._office(),
            "notes": Listing(context.notes),
            "comparison": Listing(tuple(comparison_notes(context))),
            "submitted": coverage_line(context),
            "cut_off": cut_off_text(context),
            "kinds": kinds_text(context),
            "public": context.public,
            "copy": copy_status(context),
            "indicators": self.indicators,
            "measures": self.measures,
            "targets": self.targets,
        }

    def _office(self) -> OwnOffice:
        office = self._context.office
        return OwnOffice(
            superior_line(self._context),
            office.agency,
            office.place,
            office.receiver,
            office.prepared_by,
            office.checked_by,
            office.signatory_title,
            office.signatory_name,
        )

    def indicators(self, appendix: object = "") -> Listing[OwnIndicator]:
        """The indicators of appendix "I" or "II", or both."""
        chosen = [
            self._indicator(indicator)
            for indicator in self._context.catalogue.indicators
            if appendix in ("", indicator.appendix)
        ]
        if not chosen:
            self._problems.add("appendix", appendix, known="I, II")
        return Listing(chosen)

    def measures(self, appendix: object = "") -> Listing[OwnMeasure]:
        """The measures of appendix "I" or "II", or both."""
        return Listing([m for each in self.indicators(appendix) for m in each.measures])

    def _indicator(self, indicator: Indicator) -> OwnIndicator:
        name = indicator.name(self._lang)
        one = len(indicator.measures) == 1
        measures = [
            OwnMeasure(
                m.id,
                indicator.code if one else m.id,
                name if one else f"{name} - {self._lookup.lines[m.id].label}",
                unit_label(m.unit, self._lang),
                not m.is_count,
            )
            for m in indicator.measures
        ]
        sections = self._context.catalogue.sections
        group = next(s for s in sections if s.id == indicator.section).title(self._lang)
        return OwnIndicator(indicator.id, indicator.code, name, group, Listing(measures))

    def targets(self) -> Listing[OwnTargetSet]:
        """The documents with targets for the unit and year, judged by the figures."""
        return Listing([
            OwnTargetSet(
                set_.name(self._lang),
                set_.source,
                Listing(set_notes(set_, self._context)),
                Listing([_target(line_of(row, self._context)) for row in rows]),
            )
            for set_, rows in by_set(judge(self._context))
        ])  # fmt: skip


def _target(line: TargetLine) -> OwnTarget:
    shown = line.no, line.text, line.target, line.year, line.actual, line.standing
    return OwnTarget(*shown, line.gap, line.coverage, line.note)
