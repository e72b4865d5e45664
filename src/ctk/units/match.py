"""Units by name as people type it; what is not sure is proposed, never taken."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal, NamedTuple

from ctk.model import Level, Unit
from ctk.text.fold import compact, nfc
from ctk.units.lookup import descendants
from ctk.units.spelling import Letter, bases, letters, marks_left_out, same_marks
from ctk.units.table import COUNTRY

How = Literal["exact", "folded", "code", "proposal"]

# Written-out words may stick to the name; abbreviations must stand as words or before a digit.
_TYPE_WORDS = {
    "Xã": "x",
    "Phường": "p",
    "Thị trấn": "tt",
    "Đặc khu": "đk",
    "Huyện": "h",
    "Quận": "q",
    "Thị xã": "tx",
    "Thành phố": "tp",
    "Tỉnh": "t",
}
_OFFICES = ("UBND", "Ủy ban nhân dân")
_DIGITS = re.compile(r"\d+")
_LEAST_SCORE = 0.7
_ALMOST_SURE = 0.99
_OTHER_TYPE = 0.85
_PROPOSALS = 5
_EXACT, _SAME_MARKS, _FEWER_MARKS = 3, 2, 1

Word = tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A unit that a text may mean.

    `exact`, `folded` and `code` are sure and score 1; a `proposal` (typo, other accents, other
    type word) scores less and must be confirmed by a person.
    """

    unit: Unit
    how: How
    score: float


class _Reading(NamedTuple):
    """One way to split a text into a type word and a name."""

    type: str | None
    name: Word


def match_name(
    text: str, *, within: str | None, at: date, level: Level | None = Level.COMMUNE
) -> list[Match]:
    """Find the units that a text may mean on a day.

    Sure matches bar all others; several of them mean that the text is ambiguous. Proposals are
    made only within a parent below the country, best first.

    Args:
        text: A name with or without type word and "UBND", or a code.
        within: Code of the unit to search in; None: the country.
        at: The day.
        level: Level of the units wanted; None: any.

    Raises:
        UsageError: `within` is no unit on that day.
    """
    pool = _pool(within or COUNTRY, level, at)
    if (code := text.strip()) in pool.by_code:
        return [Match(pool.by_code[code], "code", 1.0)]
    readings = list(_readings(text))
    if sure := _sure(text, readings, pool):
        return sure
    return _proposals(readings, pool) if within not in (None, COUNTRY) else []


def accepted(matches: Iterable[Match]) -> Unit | None:
    """Give the unit that needs no question: the only sure match; None if there is none or more."""
    sure = [match.unit for match in matches if match.how != "proposal"]
    return sure[0] if len(sure) == 1 else None


class _Pool:
    """The units that may be meant, by code and by name without accents."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.by_code = {unit.code: unit for unit in units}
        self.by_name: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.by_code.values():
            self.by_name[compact(unit.name.lstrip("0"))].append(unit)


@lru_cache(maxsize=256)
def _pool(within: str, level: Level | None, at: date) -> _Pool:
    wanted = tuple(Level) if level is None else (level,)
    return _Pool(unit for one in wanted for unit in descendants(within, at, one))


def _readings(text: str) -> Iterator[_Reading]:
    """Split a text in every way that its beginning allows, first of all not at all."""
    word = letters(text)
    for office in _OFFICES:
        word = _after(word, letters(office), attached=True) or word
    yield _Reading(None, word)
    for kind, short in _TYPE_WORDS.items():
        for spelled, attached in ((kind, True), (short, False)):
            if name := _after(word, letters(spelled), attached=attached):
                yield _Reading(kind, name)


def _after(word: Word, start: Word, *, attached: bool) -> Word:
    """Give what follows `start` in a word; empty if it does not begin so."""
    head, rest = word[: len(start)], word[len(start) :]
    if bases(head) != bases(start) or not marks_left_out(head, start):
        return ()
    apart = bool(rest) and (rest[0].starts_word or rest[0].base.isdigit())
    return rest if attached or apart else ()


def _sure(text: str, readings: list[_Reading], pool: _Pool) -> list[Match]:
    """Find the units whose name the text spells; only those that it spells best.

    A text without any accent may mean each of "Sa Pa" and "Sa Pả": both are kept.
    """
    graded = [
        (_grade(text, reading, unit), unit)
        for reading in readings
        for unit in pool.by_name.get(bases(reading.name), ())
        if reading.type in (None, unit.type)
    ]
    best = max((grade for grade, _ in graded), default=0)
    accented = any(letter.marks for letter in letters(text))
    least = best if accented else _FEWER_MARKS
    return [
        Match(unit, "exact" if grade == _EXACT else "folded", 1.0)
        for grade, unit in graded
        if grade >= max(least, _FEWER_MARKS)
    ]


def _grade(text: str, reading: _Reading, unit: Unit) -> int:
    """Rate a spelling of the right letters: as official, same accents, fewer, 0 for other ones."""
    official = letters(unit.name)
    if nfc(text).strip() in (unit.name, unit.full_name):
        return _EXACT
    if same_marks(reading.name, official):
        return _SAME_MARKS
    return _FEWER_MARKS if marks_left_out(reading.name, official) else 0


def _proposals(readings: list[_Reading], pool: _Pool) -> list[Match]:
    """Find the names that come closest, best first."""
    scored = (
        Match(unit, "proposal", max(_score(reading, name, unit) for reading in readings))
        for name, units in pool.by_name.items()
        for unit in units
    )
    close = [match for match in scored if match.score >= _LEAST_SCORE]
    return sorted(close, key=lambda match: (-match.score, match.unit.code))[:_PROPOSALS]


def _score(reading: _Reading, name: str, unit: Unit) -> float:
    """Compare letters; numbers must agree, another type word costs."""
    typed = bases(reading.name)
    if _DIGITS.findall(typed) != _DIGITS.findall(name):
        return 0.0
    weight = _ALMOST_SURE if reading.type in (None, unit.type) else _ALMOST_SURE * _OTHER_TYPE
    matcher = SequenceMatcher(None, typed, name, autojunk=False)
    if matcher.real_quick_ratio() < _LEAST_SCORE or matcher.quick_ratio() < _LEAST_SCORE:
        return 0.0
    return round(matcher.ratio() * weight, 3)
