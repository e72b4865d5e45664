"""Which communes the name of a file speaks of; never more than a hint."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from ctk.model import Level
from ctk.text.fold import compact, nfc
from ctk.units.lookup import communes_under, path_to_root
from ctk.units.spelling import letters, marks_left_out

if TYPE_CHECKING:
    from datetime import date

    from ctk.model import Unit
    from ctk.units.match import Word

_TYPE_WORDS = frozenset(("xa", "phuong", "p", "tt", "tran", "khu"))
_ABOVE_WORDS = frozenset(("huyen", "h", "quan", "q", "tinh", "tp", "pho"))
_GLUED_TYPE = re.compile(r"^(?:ubnd)?(?:xa|phuong|thitran)(?=[a-z]{3})")
# Words of file names that are also names of communes somewhere.
_COMMON = frozenset(("thuongbinh", "vanhoa", "giadinh", "ansinh", "hopnhat"))
_SEPARATORS = re.compile(r"[\W_]+")
_LONGEST_NAME = 5
_MOST_WORDS = 40


def communes_named(path: str, within: str, at: date) -> tuple[Unit, ...]:
    """Find the communes of a unit whose full name stands in the name of a file.

    A name of one syllable, a number, or one that a district or province above also bears counts
    only behind a word such as "xã".

    Args:
        path: Of the file.
        within: Code of a unit on that day.
        at: The day.
    """
    stem = nfc(PurePath(path.replace("\\", "/")).stem)
    typed = [word for word in _SEPARATORS.split(stem) if word][:_MOST_WORDS]
    words = [compact(word) for word in typed]
    names, shared = _names(within, at)
    found: dict[Unit, None] = {}
    start = 0
    while start < len(words):
        length, units = _longest(words, start, names, shared)
        run = letters("".join(typed[start : start + length]))
        found |= dict.fromkeys(unit for unit in units if _spells(run, letters(unit.name)))
        start += length
    return tuple(found)


def _spells(run: Word, name: Word) -> bool:
    """Whether the end of a run of letters is the name, with accents left out at most."""
    return marks_left_out(run[-len(name) :], name)


def _longest(
    words: list[str], start: int, names: dict[str, tuple[Unit, ...]], shared: frozenset[str]
) -> tuple[int, tuple[Unit, ...]]:
    """The longest name that begins at a word: how many words it takes, and who bears it."""
    before = words[start - 1] if start else ""
    for length in range(min(_LONGEST_NAME, len(words) - start), 0, -1):
        joined = "".join(words[start : start + length])
        name = _GLUED_TYPE.sub("", joined) if length == 1 else joined
        typed = before in _TYPE_WORDS or name != joined
        units = names.get(name, ())
        if units and before not in _ABOVE_WORDS and (typed or _is_telling(units[0], shared)):
            return length, units
    return 1, ()


def _is_telling(unit: Unit, shared: frozenset[str]) -> bool:
    """Whether a name means this unit without a word such as "xã" before it."""
    return " " in unit.name and compact(unit.name) not in shared | _COMMON


@lru_cache(maxsize=256)
def _names(within: str, at: date) -> tuple[dict[str, tuple[Unit, ...]], frozenset[str]]:
    """Communes by their name without accents and spaces, and the names of the units above."""
    names: dict[str, list[Unit]] = defaultdict(list)
    above = {compact(unit.name) for unit in path_to_root(within, at)}
    for unit in communes_under(within, at):
        names[compact(unit.name.lstrip("0"))].append(unit)
        above |= {compact(one.name) for one in _above(unit.parent, at)}
    return {name: tuple(units) for name, units in names.items()}, frozenset(above)


@lru_cache(maxsize=2048)
def _above(parent: str | None, at: date) -> tuple[Unit, ...]:
    units = path_to_root(parent, at) if parent else ()
    return tuple(unit for unit in units if unit.level is not Level.COUNTRY)
