"""Judged targets in words, as tables, the covering report and the dashboard print them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ctk.messages import message
from ctk.report.context import ReportContext
from ctk.report.figures import Figure, State
from ctk.report.lines import unit_label
from ctk.report.targets.judge import Judged, Standing, judge
from ctk.targets.types import PREVIOUS, Operator, Target, TargetSet, Typed
from ctk.text.numbers import format_vi, round_half_up
from ctk.units.lookup import has_districts
from ctk.units.table import COUNTRY

RATE_DECIMALS = 2
_SIGNS = ("%", "‰")
_DOUBT = " (?)"
_SWAPPED = str.maketrans(".,", ",.")


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target as it is printed; texts only, empty where there is nothing to say.

    Args:
        no: Number in the document.
        text: What is wanted.
        target: The operator and the value with its unit, "≥ 40%"; with "(?)" if it is doubted.
        year: The year whose value it is; "2030 (mốc)" for a milestone.
        actual: The figure; with "(*)" if the office typed it.
        standing: "đạt", "chưa đạt", "đang thực hiện", …
        gap: How far it is, "thấp hơn 2,10 điểm %".
        coverage: "12/13"; empty for a typed or withheld figure.
        note: What has to be said about it, sentences joined.
        judged: What the texts are of.
    """

    no: str
    text: str
    target: str
    year: str
    actual: str
    standing: str
    gap: str
    coverage: str
    note: str
    judged: Judged


def target_lines(context: ReportContext) -> tuple[TargetLine, ...]:
    """All targets that apply to the context's unit and period, judged, in words."""
    return tuple(line_of(row, context) for row in judge(context))


def line_of(row: Judged, context: ReportContext) -> TargetLine:
    """One judged target in words."""
    lang, due = context.lang, row.due
    year = message("targets.milestone", lang, year=due.year) if due.milestone else str(due.year)
    told = row.figure.state is not State.WITHHELD and row.typed is None and row.figure.expected
    return TargetLine(
        no=due.target.no,
        text=due.target.title(lang),
        target=wanted_text(due.target, context.period.year, lang)
        + (_DOUBT if due.target.doubt else ""),
        year=year,
        actual=actual_text(row, lang),
        standing=message(f"targets.standing.{row.standing.value}", lang),
        gap=gap_text(row, lang),
        coverage=f"{row.figure.reported}/{row.figure.expected}" if told else "",
        note=" ".join(notes_of(row, context)),
        judged=row,
    )


def wanted_text(target: Target, year: int, lang: str) -> str:
    """What a target wants in figures, "≥ 40%", "ít hơn năm 2021", "giảm 2–3% so với năm trước"."""
    key = target.operator.value
    if target.operator is Operator.BELOW:
        return message(f"targets.operator.{key}", lang, year=_baseline(target, year, lang))
    value = _plain(target.value or 0.0, lang)
    if target.operator is Operator.FALL:
        upper = "" if target.to is None else f"–{_plain(target.to, lang)}"
        against = _baseline(target, year, lang)
        return message(f"targets.operator.{key}", lang, value=value + upper, year=against)
    return message(f"targets.operator.{key}", lang, value=with_unit(value, _unit(target, lang)))


def actual_text(row: Judged, lang: str) -> str:
    """The figure as it is printed; one that the office typed is marked, a withheld one says so."""
    if row.figure.state is State.WITHHELD:
        return message("report.sign.withheld", lang)
    text = figure_text(row.figure, row.due.target, lang)
    return f"{text} (*)" if text and row.typed is not None else text


def figure_text(figure: Figure, target: Target, lang: str) -> str:
    """A complete figure with its unit; nothing for any other."""
    if figure.state is not State.COMPLETE or figure.value is None:
        return ""
    return with_unit(_number(figure.value, decimals_of(target), lang), target.unit, short=True)


def gap_text(row: Judged, lang: str) -> str:
    """How far the figure is from the target; nothing if that cannot be told."""
    if row.gap is None:
        return ""
    target = row.due.target
    fall = target.operator is Operator.FALL
    decimals = RATE_DECIMALS if fall else decimals_of(target)
    size = abs(row.gap)
    key = "equal" if not size else "above" if row.gap > 0 else "below"
    shown = _number(size, decimals, lang)
    if size and not round_half_up(size, decimals):
        shown = message("targets.gap.under", lang, value=_number(10.0**-decimals, decimals, lang))
    unit = "%" if fall else target.unit
    points = message("targets.gap.points", lang, value=shown, unit=unit)
    return message(f"targets.gap.{key}", lang, value=points if unit in _SIGNS else shown)


def notes_of(row: Judged, context: ReportContext) -> Iterator[str]:
    """Sentences about one row: why the measure fits nearly, doubts, typed figures, baselines."""
    lang, target = context.lang, row.due.target
    if row.reason is not None:
        yield message(f"targets.reason.{row.reason.value}", lang)
    yield from remarks(target, lang)
    if row.baseline is not None and row.standing is not Standing.WITHHELD:
        text = figure_text(row.baseline, target, lang)
        if text:
            year = target.baseline_year(context.period.year)
            yield message("targets.note.baseline", lang, year=year, value=text)
    if row.standing is not Standing.WITHHELD:
        for key, typed in (("typed", row.typed), ("typed_baseline", row.baseline_typed)):
            if typed is not None:
                yield _typed(key, typed, lang)


def remarks(target: Target, lang: str) -> Iterator[str]:
    """Why the measure fits only nearly, or why there is none, and why the value is doubted."""
    for key, text in zip(("why", "doubt"), target.remarks(lang), strict=True):
        if text:
            yield message(f"targets.note.{key}", lang, text=text)


def set_notes(set_: TargetSet, context: ReportContext) -> tuple[str, ...]:
    """Sentences about a document beside the figures of this unit."""
    lang, said = context.lang, list(set_.remarks(context.lang))
    above = {unit.code: unit for unit in context.parents}
    if set_.unit in above:
        whole = message("targets.country", lang)
        name = whole if set_.unit == COUNTRY else above[set_.unit].full_name
        names = {"above": name, "unit": context.unit.full_name}
        said.insert(0, message("targets.note.above", lang, **names))
    now_two_levels = not has_districts(context.period.end)
    if set_.unit != COUNTRY and now_two_levels and set_.first_year <= _LAST_OLD_YEAR:
        said.append(message("targets.note.boundaries", lang))
    return tuple(said)


def with_unit(number: str, unit: str, *, short: bool = False) -> str:
    """A number with its unit: "40%", "550 trên 100.000 trẻ em"; short: only a sign."""
    if unit in _SIGNS:
        return f"{number}{unit}"
    return number if short or not unit else f"{number} {unit}"


def _typed(key: str, typed: Typed, lang: str) -> str:
    day = "/".join(reversed(typed.day.split("-"))) if lang == "vi" else typed.day
    return message(f"targets.note.{key}", lang, by=typed.by, day=day, source=typed.source)


def _unit(target: Target, lang: str) -> str:
    """The unit of measurement; that of a figure which the office counts is as typed."""
    return unit_label(target.unit, lang) if target.measure else target.unit


def _baseline(target: Target, year: int, lang: str) -> str:
    if target.baseline == PREVIOUS:
        return message("targets.previous", lang)
    return message("targets.year", lang, year=target.baseline_year(year))


def decimals_of(target: Target) -> int:
    """Rates have two; counts, and what the office counts, as many as are typed."""
    if target.measure:
        return 0 if ".n" in target.measure else RATE_DECIMALS
    return RATE_DECIMALS if target.unit in _SIGNS else 0


def _plain(value: float, lang: str) -> str:
    """A value with the decimals that the document gives."""
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    return _number(value, max(0, -int(exponent)), lang)


def _number(value: float, decimals: int, lang: str) -> str:
    text = format_vi(value, decimals)
    return text if lang == "vi" else text.translate(_SWAPPED)


_LAST_OLD_YEAR = 2024
