"""Names and sentences that stand in the heads of the sheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ctk.forms.statements import ACTUAL, ESTIMATE, OFFICIAL, PRELIMINARY, statement
from ctk.messages import message
from ctk.model import Level, Unit
from ctk.periods import Coverage, Period
from ctk.report.context import ReportContext
from ctk.text.numbers import format_vi

_NAMES_SHOWN = 5
_NO_BREAK = "\N{NO-BREAK SPACE}"
_RANKS = {level: rank for rank, level in enumerate(Level)}
MARKS = {ESTIMATE: "(*)", PRELIMINARY: "(**)"}
"""The marks of what covers state; a footnote below each table explains them."""

_TO_ENGLISH = str.maketrans(".,", ",.")
_KINDS = {ACTUAL, ESTIMATE, PRELIMINARY, OFFICIAL}


def period_title(period: Period, lang: str) -> str:
    """The period in words, "6 tháng đầu năm 2022"."""
    return message(f"report.period.m{period.months}", lang, year=period.year)


def period_line(period: Period, coverage: Coverage, lang: str) -> str:
    """The period with the days that it covers: "6 tháng đầu năm 2022 (từ … đến …)"."""
    first, last = (said_day(day, lang) for day in period.days(coverage))
    title = period_title(period, lang)
    return message("report.period.line", lang, title=title, first=first, last=last)


def said_day(day: date, lang: str) -> str:
    """A day as the language writes it."""
    return f"{day:%d/%m/%Y}" if lang == "vi" else day.isoformat()


def said_number(value: float, decimals: int, lang: str) -> str:
    """A figure in a text, rounded half up: "1.234,50" in Vietnamese, "1,234.50" in English."""
    text = format_vi(value, decimals)
    return text if lang == "vi" else text.translate(_TO_ENGLISH)


def unit_path(context: ReportContext) -> str:
    """The unit and what it lies in, "Huyện Đa Krông, Tỉnh Quảng Trị"."""
    above = sorted(context.parents, key=lambda unit: _RANKS[unit.level])
    unnamed = (Level.COUNTRY, context.unit.level)
    return ", ".join(
        unit.full_name for unit in (context.unit, *(u for u in above if u.level not in unnamed))
    )


def superior_line(context: ReportContext) -> str:
    """The superior agency: as the office says, else the People's Committee of its unit."""
    unit = context.office_unit or context.unit
    if context.office.superior or unit.level is Level.COUNTRY:
        return context.office.superior
    name = unit.full_name.upper().replace(" ", _NO_BREAK)
    return message("report.committee.name", context.lang, unit=name)


def coverage_line(context: ReportContext) -> str:
    """How many reporters have sent in, and the first names of those that have not."""
    lang, expected = context.lang, context.expected
    if not context.missing:
        return message("report.coverage.all", lang, expected=expected)
    reported = expected - len(context.missing)
    names = some_names(context.missing, lang)
    return message("report.coverage.some", lang, reported=reported, expected=expected, names=names)


def some_names(units: Sequence[Unit], lang: str, shown: int = _NAMES_SHOWN) -> str:
    """List units by name, "A, B và 3 đơn vị khác"."""
    names = ", ".join(unit.full_name for unit in units[:shown])
    rest = len(units) - shown
    return message("report.coverage.more", lang, names=names, count=rest) if rest > 0 else names


def cut_off_text(context: ReportContext) -> str:
    """The cut-off dates of the covers as Vietnamese dates, each once; empty if none is known."""
    return "; ".join(dict.fromkeys(_as_date(text) for text in sorted(context.cut_offs)))


def kinds_text(context: ReportContext, *, marked: bool = False) -> str:
    """The kinds of data of the covers in words; what is no known kind stays as typed.

    Args:
        context: The report.
        marked: Whether those that a footnote tells more about get its mark.
    """
    words = []
    for kind in dict.fromkeys(context.kinds):
        stated = statement(kind)
        known = marked and stated in context.particulars.stated
        words.append(kind_text(kind, context.lang) + (f" {MARKS[stated]}" if known else ""))
    return ", ".join(words)


def stated_notes(context: ReportContext) -> list[str]:
    """Say which communes' figures are estimates or preliminary, by their covers."""
    lang = context.lang
    return [
        f"{MARKS[key]} "
        + message(f"appendices.footnote.{key}", lang, names=some_names(units, lang, shown=30))
        for key, units in sorted(context.particulars.stated.items())
    ]


def kind_text(kind: str, lang: str) -> str:
    """A statement of a cover in the language of the report."""
    meant = statement(kind)
    return message(f"report.kind.{meant}", lang) if meant in _KINDS else kind


def total_title(unit: Unit, lang: str) -> str:
    """Title of the column of the whole, "Toàn huyện"."""
    if unit.level is Level.COUNTRY:
        return message("report.total.country", lang)
    kind = unit.type.lower() if lang == "vi" else unit.level.value
    return message("report.total.other", lang, type=kind)


def _as_date(text: str) -> str:
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    except ValueError:
        return text
