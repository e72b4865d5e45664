"""Whether titles, dates and the file's name agree with the unit and period that a file states."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from ctk.forms.said import Stated
from ctk.intake.filenames import communes_named
from ctk.intake.tables import Place
from ctk.intake.unit_names import name_and_parent, sure_units
from ctk.periods import Period, parse_period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctk.intake.extract import Extract
    from ctk.model import Unit

_EARLIEST = timedelta(days=100)
"""How long before its end a period's figures may be closed: a year's report is often of autumn."""

_LATEST = timedelta(days=366)
_CLOSED = timedelta(days=62)
"""How long after its end a period's figures may be closed."""

_YEAR = 12
_DAY_FIRST = re.compile(r"(\d\d?)[/.-](\d\d?)[/.-](20\d\d)")


def unit_of_titles(extract: Extract, within: str | None, at: date) -> tuple[Unit, Stated] | None:
    """The one unit that the titles of a file surely name, else the one whose name stands bare.

    Bare names may also be those of columns or of a receiver: one counts only where it is alone.
    """
    for wanted in ("unit", "place"):
        named: dict[Unit, Stated] = {}
        for kind, said in extract.titles:
            own = name_and_parent(str(said.value))[0]
            sure = sure_units(own, within, at) if kind == wanted else frozenset()
            if len(sure) == 1:
                named.setdefault(next(iter(sure)), said)
        if named:
            return next(iter(named.items())) if len(named) == 1 else None
    return None


def unit_of_name(extract: Extract, within: str | None, at: date) -> Unit | None:
    """The one unit that the name of a file surely names, among those below a given unit."""
    named = communes_named(extract.path, within, at) if within else ()
    return named[0] if len(named) == 1 else None


def other_unit_in_titles(extract: Extract, unit: Unit, at: date) -> Stated | None:
    """A title that surely names a neighbour instead of the unit."""
    for kind, said in extract.titles:
        text = str(said.value)
        if kind == "unit" and text != unit.full_name:
            sure = sure_units(text, unit.parent, at)
            if sure and unit not in sure:
                return said
    return None


def other_unit_in_name(extract: Extract, unit: Unit, at: date) -> Unit | None:
    """A neighbour that the file's name surely names instead of the unit."""
    named = communes_named(extract.path, unit.parent, at) if unit.parent else ()
    return named[0] if len(named) == 1 and unit not in named else None


def period_of_titles(extract: Extract, expected: Period | None) -> tuple[Period, Stated] | None:
    """The one period that the titles of a file state.

    A year alone says it only on a form without a cover: it is the period that is expected, if of
    that year, else the whole year.
    """
    said = {said.value: said for kind, said in extract.titles if kind == "period"}
    exact = {text: at for text, at in said.items() if "-" in text}
    stated = exact or ({} if extract.has_cover else said)
    if len(stated) != 1:
        return None
    ((text, at),) = stated.items()
    period = parse_period(text)
    meant = expected is not None and "-" not in text and expected.year == period.year
    if not exact and not meant and _YEAR not in extract.months:
        return None
    return (expected if meant and expected is not None else period), at


def period_of_dates(extract: Extract, stated: Period, expected: Period | None) -> Period | None:
    """The period of another year that all dates of a file go with, and not with the stated one.

    Without a period that is expected two dates must say so: the day to which the figures run, and
    the day of signing.
    """
    days = [(kind, day) for kind, said in _kinds_of_days(extract) if (day := _day(said.value))]
    years = [expected.year] if expected else [stated.year - 1, stated.year + 1]
    if expected and expected.months != stated.months:
        return None
    if all(_goes_with(stated, kind, day) for kind, day in days):
        return None
    if expected is None and len({kind for kind, _ in days}) < len(("cut_off", "signed")):
        return None
    fitting = [
        period
        for period in (Period(year, stated.months) for year in years)
        if all(_goes_with(period, kind, day) for kind, day in days)
    ]
    return fitting[0] if len(fitting) == 1 else None


def told_days(extract: Extract) -> str:
    """The dates of a file as people read them."""
    days = (day for _, said in _kinds_of_days(extract) if (day := _day(said.value)))
    return ", ".join(dict.fromkeys(f"{day:%d/%m/%Y}" for day in days))


def _goes_with(period: Period, kind: str, day: date) -> bool:
    """Whether a date can be of a period: figures are closed about its end, signed within a year."""
    latest = _CLOSED if kind == "cut_off" else _LATEST
    return period.end - _EARLIEST <= day <= period.end + latest


def time_remarks(extract: Extract, period: Period) -> Iterator[Place]:
    """Titles of another period, and dates that do not go with it; each said once."""
    for kind, said in extract.titles:
        if kind == "period" and not _is_of(period, str(said.value)):
            yield _place("V225", said, text=said.value, period=str(period))
            break
    for kind, said in _kinds_of_days(extract):
        day = _day(said.value)
        if day and not _goes_with(period, kind, day):
            yield _place("V226", said, day=f"{day:%d/%m/%Y}", period=str(period))
            break


def _place(rule: str, at: Stated, **params: object) -> Place:
    return Place(rule, at.sheet, at.row, at.col, tuple(params.items()))


def _is_of(period: Period, text: str) -> bool:
    if "-" in text:
        return str(parse_period(text)) == str(period)
    return text == str(period.year)


def _kinds_of_days(extract: Extract) -> Iterator[tuple[str, Stated]]:
    if "cut_off" in extract.stated:
        yield "cut_off", extract.stated["cut_off"]
    yield from ((kind, said) for kind, said in extract.titles if kind == "signed")


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    try:
        if found := _DAY_FIRST.fullmatch(text):
            day, month, year = map(int, found.groups())
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        return None
