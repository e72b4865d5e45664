"""Names of units as files state them, matched once for all files that state the same."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ctk.errors import UsageError
from ctk.text.legacy import decodings
from ctk.units.lookup import find_unit, path_to_root
from ctk.units.match import Match, accepted, match_name

if TYPE_CHECKING:
    from datetime import date

    from ctk.model import Level, Unit

_ABOVE = r"huyện|quận|thị xã|thành phố|tp\.?|tx\.?|h\.?|tỉnh"
_OWN_AND_PARENT = re.compile(
    rf"(?P<own>.*?\S)\s*[,;(–-]\s*(?P<above>(?:{_ABOVE})\s+[^)]*[^)\s])\)?", re.IGNORECASE
)
_SAME_LETTERS = 0.99
"""The score of a name with the right letters and other accents."""


@lru_cache(maxsize=1 << 14)
def matches(text: str, within: str | None, at: date) -> tuple[Match, ...]:
    """Units that a name may mean; read as typed for an old font only if it means none as it is."""
    found = tuple(match_name(text, within=within, at=at))
    if not any(match.how != "proposal" for match in found):
        for decoded in decodings(text):
            sure = tuple(match_name(decoded, within=within, at=at))
            if accepted(sure):
                return sure
    return found


def sure_units(text: str, within: str | None, at: date) -> frozenset[Unit]:
    """Units that a name surely means."""
    return frozenset(match.unit for match in matches(text, within, at) if match.how != "proposal")


def misspelt(text: str, within: str | None, at: date) -> Unit | None:
    """The only unit of an area that has the letters of a name, with other accents."""
    close = [match.unit for match in matches(text, within, at) if match.score >= _SAME_LETTERS]
    return close[0] if within and len(close) == 1 else None


@lru_cache(maxsize=1 << 10)
def named_parent(text: str, at: date, level: Level) -> Unit | None:
    """The only district or province of that name."""
    return accepted(match_name(text, within=None, at=at, level=level))


@lru_cache(maxsize=1 << 14)
def codes_above(code: str, at: date) -> frozenset[str]:
    """Codes of a unit and of all units that it belongs to."""
    return frozenset(unit.code for unit in path_to_root(code, at))


@lru_cache(maxsize=1 << 14)
def unit_or_none(code: str, at: date) -> Unit | None:
    """The unit of a code on a day, if there is one."""
    try:
        return find_unit(code, at)
    except UsageError:
        return None


def name_and_parent(text: str) -> tuple[str, str]:
    """A commune's name and what it belongs to: "Xã A Vao, huyện Đa Krông"."""
    found = _OWN_AND_PARENT.fullmatch(text)
    return (found["own"], found["above"]) if found else (text, "")
