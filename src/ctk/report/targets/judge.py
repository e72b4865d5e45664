"""Compares figures with targets; what cannot be judged says why, and nothing is worked out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from ctk.periods import Period
from ctk.report.context import ReportContext
from ctk.report.figures import NOT_ASKED, Figure, Figures, State, figures_of
from ctk.report.targets.plans import Plans
from ctk.targets.types import Due, Operator, Target, TargetSet, Typed


class Standing(StrEnum):
    """Where a figure stands against a target.

    `in_progress`: a target for a year beside a figure of a part of it; `milestone`: the year has
    no value of its own, the next one is shown; `unknown`: there is no figure to judge.
    """

    MET = "met"
    MISSED = "missed"
    IN_PROGRESS = "in_progress"
    MILESTONE = "milestone"
    INCOMPLETE = "incomplete"
    UNKNOWN = "unknown"
    WITHHELD = "withheld"


class Reason(StrEnum):
    """Why there is nothing to judge."""

    NO_MEASURE = "no_measure"
    NOT_ASKED = "not_asked"
    UNDEFINED = "undefined"
    NO_BASELINE = "no_baseline"
    BASELINE_ZERO = "baseline_zero"


@dataclass(frozen=True, slots=True)
class Judged:
    """One target beside the figure of the unit.

    Args:
        set: The document.
        due: The target, and the year whose value it is.
        figure: The unit's figure; of a typed one the value only.
        standing: Whether it is met.
        gap: Figure minus target, in the target's unit; only where it can be judged, and for a
            full year on the way to a milestone.
        baseline: The figure of the baseline year, where the target needs one.
        typed: The figure that the office typed, where that is used.
        baseline_typed: The same for the baseline year.
        reason: Why there is nothing to judge.
    """

    set: TargetSet
    due: Due
    figure: Figure
    standing: Standing
    gap: float | None = None
    baseline: Figure | None = None
    typed: Typed | None = None
    baseline_typed: Typed | None = None
    reason: Reason | None = None


def judge(context: ReportContext) -> tuple[Judged, ...]:
    """Judge all targets that apply to the context's unit in its period."""
    plans = context.plans()
    figures = figures_of(context.unit.code, context.values, context.elements)
    case = _Case(context, plans, figures)
    return tuple(
        case.judged(set_, due) for set_ in plans.sets for due in set_.due(context.period.year)
    )


def figure_of(target: Target, figures: Figures, denominators: dict[str, str]) -> Figure:
    """The figure that a target is about.

    Args:
        target: A target with a measure.
        figures: The unit's figures.
        denominators: For a measure of several pairs, the denominator of each numerator.
    """
    if not target.element:
        return figures.get((target.measure, target.slice), NOT_ASKED)
    above = figures.get((target.element, target.slice), NOT_ASKED)
    if target.element not in denominators:
        return above
    below = figures.get((denominators[target.element], target.slice), NOT_ASKED)
    return _ratio(above, below, 100)


class _Case:
    """The figures of one unit and period."""

    def __init__(self, context: ReportContext, plans: Plans, figures: Figures) -> None:
        self.context = context
        self.period = context.period
        self.plans = plans
        self.figures = figures
        self.typed = {
            (t.set, t.no, t.period): t for t in plans.typed if t.unit == context.unit.code
        }
        self.pairs = {
            measure.id: dict(zip(measure.numerator, measure.denominator, strict=False))
            for measure in context.catalogue.measures
        }

    def judged(self, set_: TargetSet, due: Due) -> Judged:
        """Judge one target."""
        target = due.target
        figure, typed = self._figure(set_, target)
        found = Judged(set_, due, figure, Standing.UNKNOWN, typed=typed)
        if not target.operator.needs_baseline:
            return self._standing(found, None, None)
        baseline, baseline_typed = self._baseline(set_, target)
        return self._standing(found, baseline, baseline_typed)

    def _figure(self, set_: TargetSet, target: Target) -> tuple[Figure, Typed | None]:
        """The computed figure, or a typed one where nothing was reported."""
        computed = self._computed(target, self.figures)
        typed = self.typed.get((set_.id, target.no, str(self.period)))
        if typed is None or computed.state is not State.NOT_ASKED:
            return computed, None
        return self._of_typed(typed), typed

    def _computed(self, target: Target, figures: Figures) -> Figure:
        if not target.measure:
            return NOT_ASKED
        return figure_of(target, figures, self.pairs[target.measure])

    def _of_typed(self, typed: Typed) -> Figure:
        """A typed figure stands in a public copy only if the office says so."""
        if self.context.public and not typed.public:
            return Figure(None, None, 1, 1, withheld=True)
        return Figure(typed.value, None, 1, 1)

    def _baseline(self, set_: TargetSet, target: Target) -> tuple[Figure | None, Typed | None]:
        """The figure of the baseline year.

        In a public copy only that of an earlier period which is itself prepared for it.
        """
        year = target.baseline_year(self.period.year)
        before = self.context.previous
        if year is None:
            return None, None
        known: Figures | None = self.plans.earlier.get(year)
        if self.context.public:
            fits = before is not None and before.public and before.period == Period(year, 12)
            known = None
            if before is not None and fits:
                known = figures_of(before.unit.code, before.values, before.elements)
        figure = self._computed(target, known) if known is not None else NOT_ASKED
        if figure.state is not State.NOT_ASKED:
            return figure, None
        typed = self.typed.get((set_.id, target.no, str(Period(year, 12))))
        if typed is not None:
            return self._of_typed(typed), typed
        unknown = Figure(None, None, 1, 1, withheld=True) if self.context.public else None
        return unknown, None

    def _standing(
        self, found: Judged, baseline: Figure | None, baseline_typed: Typed | None
    ) -> Judged:
        standing, reason = self._told(found, baseline)
        gap = None
        if standing is None:
            met, gap = _compare(found.due.target, found.figure, baseline)
            standing = Standing.MET if met else Standing.MISSED
            if found.due.milestone:
                standing = Standing.MILESTONE
        return replace(
            found,
            standing=standing,
            gap=gap,
            baseline=baseline,
            baseline_typed=baseline_typed,
            reason=reason,
        )

    def _told(
        self, found: Judged, baseline: Figure | None
    ) -> tuple[Standing | None, Reason | None]:
        """What can be said without comparing; nothing if the figures are there."""
        target, figures = found.due.target, [found.figure, *([baseline] if baseline else [])]
        states = {figure.state for figure in figures}
        if State.WITHHELD in states:
            return Standing.WITHHELD, None
        if not target.measure and found.typed is None:
            return Standing.UNKNOWN, Reason.NO_MEASURE
        if not self.period.is_annual:
            return Standing.IN_PROGRESS, None
        reason = _missing(found.figure, target, baseline)
        if reason is not None:
            return Standing.UNKNOWN, reason
        if State.INCOMPLETE in states:
            return Standing.INCOMPLETE, None
        return None, None


def _missing(figure: Figure, target: Target, baseline: Figure | None) -> Reason | None:
    """Why a comparison means nothing, whatever is still to come in."""
    if figure.state is State.NOT_ASKED:
        return Reason.NOT_ASKED
    if figure.state is State.UNDEFINED:
        return Reason.UNDEFINED
    if not target.operator.needs_baseline:
        return None
    if baseline is None or baseline.state in (State.NOT_ASKED, State.UNDEFINED):
        return Reason.NO_BASELINE
    if target.operator is Operator.FALL and baseline.value == 0:
        return Reason.BASELINE_ZERO
    return None


def _compare(target: Target, figure: Figure, baseline: Figure | None) -> tuple[bool, float]:
    """Whether unrounded figures meet a target, and the figure minus what is wanted.

    A rate is the float nearest to its fraction, as a value typed in decimals is to its decimals:
    700 / 1000 is 0.7, so that floats compare as the fractions themselves do.
    """
    now, wanted = figure.value or 0.0, target.value or 0.0
    before = (baseline.value if baseline else None) or 0.0
    if target.operator is Operator.BELOW:
        return now < before, _minus(now, before)
    if target.operator is Operator.FALL:
        fall = (Fraction(before) - Fraction(now)) * 100 / Fraction(before)
        return fall >= Fraction(str(wanted)), float(fall - Fraction(str(wanted)))
    met = {
        Operator.AT_LEAST: now >= wanted,
        Operator.AT_MOST: now <= wanted,
        Operator.LESS: now < wanted,
        Operator.MORE: now > wanted,
    }[target.operator]
    return met, _minus(now, wanted)


def _minus(one: float, other: float) -> float:
    """The difference of the decimals that people see."""
    return float(Decimal(str(one)) - Decimal(str(other)))


def _ratio(above: Figure, below: Figure, multiplier: int) -> Figure:
    """A rate of two sums; complete only if both are, over equally many units."""
    if not above.expected or not below.expected:
        return NOT_ASKED
    reported, expected = min(above.reported, below.reported), max(above.expected, below.expected)
    if above.withheld or below.withheld:
        return Figure(None, None, reported, expected, withheld=True)
    if State.COMPLETE is not above.state or State.COMPLETE is not below.state:
        return Figure(None, None, reported, expected)
    top, bottom = above.value or 0.0, below.value or 0.0
    return Figure(top * multiplier / bottom if bottom else None, None, reported, expected)


def by_set(rows: tuple[Judged, ...]) -> Iterator[tuple[TargetSet, tuple[Judged, ...]]]:
    """The rows of each document, in order."""
    for id_ in dict.fromkeys(row.set.id for row in rows):
        own = tuple(row for row in rows if row.set.id == id_)
        yield own[0].set, own
