"""Whether a name as typed is the official one with accents left out, not one with other accents."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_D_WITH_STROKE = str.maketrans({"đ": "d\u0335", "ð": "d\u0335", "ɖ": "d\u0335"})
_TONES = "\u0300\u0301\u0303\u0309\u0323"
# "hòa", "thúy": the tone stands on the first vowel; in "uyê" it never does.
_ON_FIRST_VOWEL = re.compile(rf"(o(?=[{_TONES}][ae])|u(?=[{_TONES}]y(?!e)))([{_TONES}])([aey])")
_LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


class Letter(NamedTuple):
    """A letter or digit without accents, its accents, and whether a word begins with it."""

    base: str
    marks: frozenset[str]
    starts_word: bool


@lru_cache(maxsize=1 << 14)
def letters(text: str) -> tuple[Letter, ...]:
    """Take a text apart; case, tone placement (hoà, hòa), punctuation and leading zeros are lost.

    The bases in a row are what `ctk.text.fold.compact` gives, but for leading zeros.
    """
    lowered = unicodedata.normalize("NFKC", text).casefold().translate(_D_WITH_STROKE)
    plain = _LEADING_ZEROS.sub("", unicodedata.normalize("NFKD", lowered))
    found: list[Letter] = []
    starts = True
    for char in _ON_FIRST_VOWEL.sub(r"\1\3\2", plain):
        if unicodedata.combining(char) and found:
            found[-1] = found[-1]._replace(marks=found[-1].marks | {char})
        elif char.isalnum():
            found.append(Letter(char, frozenset(), starts))
            starts = False
        else:
            starts = True
    return tuple(found)


def bases(word: tuple[Letter, ...]) -> str:
    """Give the letters and digits without accents."""
    return "".join(letter.base for letter in word)


def same_marks(typed: tuple[Letter, ...], official: tuple[Letter, ...]) -> bool:
    """Tell whether two words of equal bases bear the same accents."""
    return all(ours.marks == theirs.marks for ours, theirs in zip(typed, official, strict=True))


def marks_left_out(typed: tuple[Letter, ...], official: tuple[Letter, ...]) -> bool:
    """Tell whether a word of equal bases lacks accents at most, and has none of its own."""
    return all(ours.marks <= theirs.marks for ours, theirs in zip(typed, official, strict=True))
