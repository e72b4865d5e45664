"""What makes two labels of a form the same: their words, without numbers in front and accents."""

from __future__ import annotations

import re
from functools import lru_cache

from ctk.text.fold import fold, nfc

_CACHED = 1 << 15
_NUMBERING = re.compile(
    r"\s*(?:[-+*•–—▪○●►·]+"
    r"|\(?(?:\d{1,2}(?:\.\d{1,2})*|[IVXLC]{1,5}|[ivx]{1,4}|[A-Za-zĐđ])"
    r"(?:\s*[.)\]/:]|\s*[-–]\s+(?=[^\W\d]))"
    r"|\d{1,2}(?:\.\d{1,2})+(?=\s))\s*"
)
_FOOTNOTE = re.compile(r"(?<=\S)\s*(?:\(\*+\)|\*+|\(\d\))\s*$")
_LEAD = re.compile(r"(?:trong do|tr do|bao gom|gom co|gom)\s+(?=\S)")
_WITHIN = re.compile(r"(?:trong do|tr do|bao gom|gom co|gom|chia ra|chia theo|phan theo)\b")
_YEAR = re.compile(r"\b20\d\d\b")
YEAR = "{year}"
_ANY_YEAR = "<year>"


@lru_cache(maxsize=_CACHED)
def label_key(text: str) -> str:
    """Write a label so that it can be compared.

    Case, accents, composition, spaces and line breaks do not count, nor do numbers and dashes in
    front ("1.", "a)", "-"), a mark of a footnote behind, and "Trong đó" before other words.
    A label `Năm {year}` has the key of `anyear_key`.
    """
    plain = without_number(nfc(text).replace(YEAR, _ANY_YEAR))
    folded = fold(_FOOTNOTE.sub("", plain))
    return _LEAD.sub("", folded, count=1) if _LEAD.match(folded) else folded


def without_number(text: str) -> str:
    """A label without the number or the dash in front of it."""
    while (found := _NUMBERING.match(text)) and found.end() < len(text):
        text = text[found.end() :]
    return text


def begins_within(label: str) -> bool:
    """Tell whether a label says that what follows is within what stands before it."""
    return bool(_WITHIN.match(fold(label)))


def shown_label(value: object) -> str:
    """A label as a sentence may name it: on one line, without numbers and dashes in front."""
    plain = nfc(" ".join(str(value).split()))
    while (found := _NUMBERING.match(plain)) and found.end() < len(plain):
        plain = plain[found.end() :]
    return plain.strip(" :;")


def any_year_key(key: str) -> tuple[str, int] | None:
    """The key with "any year" in place of the year in it, and that year; None without a year."""
    years = _YEAR.findall(key)
    return (_YEAR.sub(_ANY_YEAR, key), max(map(int, years))) if years else None


def cell_text(value: object) -> str:
    """A cell as text: Excel keeps "100" as the number 100.0 where someone typed it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
