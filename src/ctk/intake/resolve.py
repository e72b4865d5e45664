"""Which unit and which period a file speaks for, from what it says about itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from ctk.errors import UsageError
from ctk.frame import Observation
from ctk.model import Level, Unit
from ctk.periods import Period, parse_period
from ctk.text.fold import fold
from ctk.units.lookup import find_unit, path_to_root
from ctk.units.match import Match, accepted, match_name
from ctk.units.table import EARLIEST

if TYPE_CHECKING:
    from ctk.forms.stated import Stated
    from ctk.intake.extract import Extract

_PERIOD_WORDS = re.compile(r"(?:(?P<months>[69]) thang (?:dau )?)?nam (?P<year>20\d\d)")
_TYPES = r"huyện|quận|thị xã|thành phố|tp\.?|tx\.?|h\.?|tỉnh"
_PARENT = re.compile(rf"\b(?:{_TYPES})\s+\S.*$", re.IGNORECASE)


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
        try:
            self.found.period = parse_period(_in_words(text))
        except UsageError:
            self.observe("V204", stated, text=text)
            # What a file leaves open may be told on the command line; what it says otherwise not.
            self.found.period = None if text else expected
            return
        if self.found.period.end < EARLIEST:
            self.observe("V218", stated, stated=str(self.found.period), earliest=str(EARLIEST.year))
        if expected is not None and self.found.period != expected:
            self.observe("V205", stated, stated=str(self.found.period), expected=str(expected))

    def unit(self, at: date, scope: str | None) -> None:
        if at < EARLIEST:
            return  # told with the period: there is no list of units for it
        scope = scope if scope and _unit_or_none(scope, at) else None
        self._identify(at, scope)
        found = self.found.unit
        if found is not None and scope and scope not in _above(found.code, at):
            named = f"{found.code} {found.full_name}"
            self.observe("V215", self.stated.get("unit_code"), unit=named, scope=scope)

    def _identify(self, at: date, scope: str | None) -> None:
        code, name = self.stated.get("unit_code"), self.stated.get("unit_name")
        if _plain(code):
            self._by_code(code, name, at)
        elif _plain(name):
            self._by_name(name, at, scope)
        else:
            self.observe("V201", name or code, text="", proposals="")

    def _by_code(self, code: Stated | None, name: Stated | None, at: date) -> None:
        text = _plain(code)
        number = text.zfill(5) if text.isdigit() else text
        unit = _unit_or_none(number, at) or _unit_or_none(text, at)
        if unit is None:
            self.observe("V201", code, text=text, proposals="")
            return
        self.found.unit = unit
        if unit.level is not Level.COMMUNE:
            return  # told as such, whatever its name
        if _plain(name) in ("", unit.full_name):
            return
        if unit not in _sure(_plain(name), unit.parent, at):
            self.observe("V203", name, text=_plain(name), unit=f"{unit.code} {unit.full_name}")
            self.found.unit = None  # the figures may be of either

    def _by_name(self, name: Stated | None, at: date, scope: str | None) -> None:
        text = _plain(name)
        parent = scope or self._parent(at)
        matches = _matches(text, parent, at)
        self.found.unit = accepted(matches)
        if self.found.unit is None:
            listed = matches[:3] if parent else matches[:5]
            proposals = "; ".join(f"{m.unit.code} {m.unit.full_name}" for m in listed)
            self.observe("V202" if proposals else "V201", name, text=text, proposals=proposals)

    def _parent(self, at: date) -> str | None:
        """The district or province whose office receives the form, where the form says so."""
        match = _PARENT.search(_plain(self.stated.get("parent_name")))
        if match is None:
            return None
        for level in (Level.DISTRICT, Level.PROVINCE):
            unit = _named_parent(match[0], at, level)
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


@lru_cache(maxsize=1 << 14)
def _matches(text: str, within: str | None, at: date) -> tuple[Match, ...]:
    return tuple(match_name(text, within=within, at=at))


def _sure(text: str, within: str | None, at: date) -> set[Unit]:
    return {match.unit for match in _matches(text, within, at) if match.how != "proposal"}


@lru_cache(maxsize=1 << 10)
def _named_parent(text: str, at: date, level: Level) -> Unit | None:
    return accepted(match_name(text, within=None, at=at, level=level))


@lru_cache(maxsize=1 << 14)
def _above(code: str, at: date) -> frozenset[str]:
    return frozenset(unit.code for unit in path_to_root(code, at))


@lru_cache(maxsize=1 << 14)
def _unit_or_none(code: str, at: date) -> Unit | None:
    try:
        return find_unit(code, at)
    except UsageError:
        return None
