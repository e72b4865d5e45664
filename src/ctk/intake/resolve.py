"""Which unit and which period a file speaks for, from what it says about itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from ctk.errors import UsageError
from ctk.frame import Observation
from ctk.intake.cross_check import (
    other_unit_in_name,
    other_unit_in_titles,
    period_of_dates,
    period_of_titles,
    time_remarks,
    told_days,
    unit_of_name,
    unit_of_titles,
)
from ctk.intake.unit_names import (
    codes_above,
    matches,
    misspelt,
    name_and_parent,
    named_parent,
    sure_units,
    unit_or_none,
)
from ctk.model import Level, Unit
from ctk.periods import Period, parse_period
from ctk.text.fold import fold
from ctk.units.match import accepted
from ctk.units.table import EARLIEST

if TYPE_CHECKING:
    from ctk.forms.said import Stated
    from ctk.intake.extract import Extract

_PERIOD_WORDS = re.compile(r"(?:(?P<months>[69]) thang (?:dau )?)?nam (?P<year>20\d\d)")
_TYPES = r"huyện|quận|thị xã|thành phố|tp\.?|tx\.?|h\.?|tỉnh"
_PARENT = re.compile(rf"\b(?:{_TYPES})\s+\S.*$", re.IGNORECASE)
_NEXT_ABOVE = re.compile(r"\s*[,;]\s*|\s+[–-]\s+")


@dataclass(slots=True)
class Identity:
    """What was made of a file's statements, with the observations that it took."""

    unit: Unit | None = None
    period: Period | None = None
    observations: list[Observation] = field(default_factory=list)


def identify(
    extract: Extract, submission: int, expected: Period | None, scope: str | None, today: date
) -> Identity:
    """Find the unit and the period of one file.

    Args:
        extract: The file as read.
        submission: Its position in the batch.
        expected: The period that the user asked for, if any.
        scope: Code of the unit whose files these are, if known.
        today: Day at which units are looked up where no period is known.
    """
    found = Identity()
    resolver = _Resolver(extract, submission, found)
    resolver.period(expected)
    period = found.period or expected
    resolver.unit(period.end if period else today, scope)
    return found


class _Resolver:
    def __init__(self, extract: Extract, submission: int, found: Identity) -> None:
        self.extract = extract
        self.stated = extract.stated
        self.submission = submission
        self.found = found

    def observe(self, rule: str, at: Stated | None, **params: object) -> None:
        place = (at.sheet, at.row, at.col) if at else (-1, -1, -1)
        observation = Observation(rule, self.submission, *place, tuple(params.items()))
        self.found.observations.append(observation)

    def period(self, expected: Period | None) -> None:
        stated = self.stated.get("period")
        text = _plain(stated)
        if not text and (titled := self._titled(expected)):
            text, stated = titled
        try:
            self.found.period = parse_period(_in_words(text))
        except UsageError:
            self.observe("V204", stated, text=text)
            # What a file leaves open may be told on the command line; what it says otherwise not.
            self.found.period = None if text else expected
            return
        if meant := self._of_dates(self.found.period, expected):
            told = {"days": told_days(self.extract), "period": str(meant)}
            self.observe("V258", stated, text=str(stated.value) if stated else text, **told)
            self.found.period = meant
            return
        if self.found.period.end < EARLIEST:
            told = {"stated": str(self.found.period), "earliest": EARLIEST.strftime("%d/%m/%Y")}
            self.observe("V218", stated, **told)
            return
        if expected is not None and self.found.period != expected:
            self.observe("V205", stated, stated=str(self.found.period), expected=str(expected))
            return
        for place in time_remarks(self.extract, self.found.period):
            self.found.observations.append(Observation(place[0], self.submission, *place[1:]))

    def _titled(self, expected: Period | None) -> tuple[str, Stated] | None:
        """The period in a title; on a form without a cover that is where it belongs."""
        titled = period_of_titles(self.extract, expected)
        if titled is None or (expected is not None and self.extract.has_cover):
            return None
        period, at = titled
        if self.extract.has_cover:
            self.observe("V228", at, period=str(period), text=str(at.value))
        return str(period), at

    def _of_dates(self, stated: Period, expected: Period | None) -> Period | None:
        """Another year of the same period, if a form without a cover has its dates in that one."""
        if self.extract.has_cover or stated == expected:
            return None
        return period_of_dates(self.extract, stated, expected)

    def unit(self, at: date, scope: str | None) -> None:
        if at < EARLIEST:
            return  # told with the period: there is no list of units for it
        scope = scope if scope and unit_or_none(scope, at) else None
        self._identify(at, scope)
        self._compare(at)
        found = self.found.unit
        if found is not None and scope and scope not in codes_above(found.code, at):
            self.observe("V215", self.stated.get("unit_code"), unit=_named(found), scope=scope)

    def _identify(self, at: date, scope: str | None) -> None:
        code, name = self.stated.get("unit_code"), self.stated.get("unit_name")
        if _plain(code):
            self._by_code(code, name, at)
        elif _plain(name):
            self._by_name(name, at, scope)
        else:
            self._elsewhere(name or code, at, scope or self._parent(at))

    def _elsewhere(self, blank: Stated | None, at: date, within: str | None) -> None:
        """Take the unit from a title or from the file's name, where the cover says nothing."""
        if titled := unit_of_titles(self.extract, within, at):
            self.found.unit, said = titled
            if self.extract.has_cover:
                self.observe("V221", said, unit=_named(self.found.unit), text=str(said.value))
        elif unit := unit_of_name(self.extract, within, at):
            self.found.unit = unit
            self.observe("V222", blank, unit=_named(unit))
        else:
            self.observe("V201", blank, text="", proposals="")

    def _compare(self, at: date) -> None:
        """Compare the unit found with what titles and the file's name say."""
        unit = self.found.unit
        if unit is None or unit.level is not Level.COMMUNE:
            return
        if said := other_unit_in_titles(self.extract, unit, at):
            self.observe("V223", said, text=str(said.value), unit=_named(unit))
            self.found.unit = None  # the figures may be of either
        elif other := other_unit_in_name(self.extract, unit, at):
            self.observe("V224", None, other=_named(other), unit=_named(unit))

    def _by_code(self, code: Stated | None, name: Stated | None, at: date) -> None:
        text = _plain(code)
        number = text.zfill(5) if text.isdigit() else text
        unit = unit_or_none(number, at) or unit_or_none(text, at)
        if unit is None:
            self.observe("V201", code, text=text, proposals="")
            return
        self.found.unit = unit
        if unit.level is not Level.COMMUNE:
            return  # told as such, whatever its name
        own, above = name_and_parent(_plain(name))
        parent = _parent_named(above, at)
        fits = parent is None or parent in codes_above(unit.code, at)
        if fits and (own in ("", unit.full_name) or unit in sure_units(own, unit.parent, at)):
            return
        if fits and unit == misspelt(own, unit.parent, at):
            self.observe("V227", name, text=_plain(name), unit=_named(unit))
        else:
            self.observe("V203", name, text=_plain(name), unit=_named(unit))
            self.found.unit = None  # the figures may be of either

    def _by_name(self, name: Stated | None, at: date, scope: str | None) -> None:
        text, above = name_and_parent(_plain(name))
        parent = scope or _parent_named(above, at) or self._parent(at)
        found = matches(text, parent, at)
        self.found.unit = accepted(found)
        if self.found.unit is not None:
            return
        if unit := misspelt(text, parent, at):
            self.found.unit = unit
            self.observe("V227", name, text=text, unit=_named(unit))
            return
        if unit := self._spoken_for([match.unit for match in found], parent, at):
            self.found.unit = unit
            self.observe("V259", name, text=text, unit=_named(unit))
            return
        proposals = "; ".join(_named(match.unit) for match in found[: 3 if parent else 5])
        self.observe("V202" if proposals else "V201", name, text=text, proposals=proposals)

    def _spoken_for(self, near: list[Unit], parent: str | None, at: date) -> Unit | None:
        """The unit whose name is nearest, if a title or the file's name surely names it too."""
        titled = unit_of_titles(self.extract, parent, at)
        unit = titled[0] if titled else unit_of_name(self.extract, parent, at)
        return unit if near and unit == near[0] else None

    def _parent(self, at: date) -> str | None:
        """The district or province whose office receives the form, where the form says so."""
        return _parent_named(_plain(self.stated.get("parent_name")), at)


def _named(unit: Unit) -> str:
    return f"{unit.code} {unit.full_name}"


def _parent_named(text: str, at: date) -> str | None:
    """Code of the district or province that a text names."""
    match = _PARENT.search(text)
    if match is None:
        return None
    for level in (Level.DISTRICT, Level.PROVINCE):
        unit = named_parent(_NEXT_ABOVE.split(match[0])[0], at, level)
        if unit is not None:
            return unit.code
    return None


def _in_words(text: str) -> str:
    """A period as forms print it ("6 tháng đầu năm 2022", "Năm 2022"), else the text itself."""
    match = _PERIOD_WORDS.fullmatch(fold(text))
    return f"{match['year']}-{match['months'] or 12}m" if match else text


def _plain(stated: Stated | None) -> str:
    """A statement as text; a code that Excel keeps as a number loses its ".0"."""
    value = stated.value if stated else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
