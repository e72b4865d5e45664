"""Vietnamese text made comparable: without accents, and in the order of the dictionary."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters with marks, tones left apart; a number has its length before its digits.
SyllableKey = tuple[int, tuple[int, ...], tuple[int, ...]]
SortKey = tuple[tuple[SyllableKey, ...], str]

_CACHED = 1 << 14
_D_WITH_STROKE = str.maketrans("đðɖ", "ddd")
_INVISIBLE = ("Cf", "Mn", "Me")
_NOT_WORD = re.compile(r"(?:[^\w%<>=+≤≥]|_)+")
_NOT_ALNUM = re.compile(r"[\W_]+")

_STROKE = "\u0335"
_D_AND_STROKE = str.maketrans(dict.fromkeys("đðɖ", f"d{_STROKE}"))
# In the order of the alphabet: a ă â, d đ, e ê, o ô ơ, u ư.
_LETTER_MARKS = {_STROKE: 1, "\u0306": 1, "\u0302": 2, "\u031b": 3}
_LETTER_STEP = 8
# Huyền, hỏi, ngã, sắc, nặng; the level tone has no mark.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_NUMBER_OR_WORD = re.compile(rf"\d+|(?:[^\W\d_]|[{''.join([*_LETTER_MARKS, *_TONES])}])+")
_NUMBER, _WORD = 0, 1


@lru_cache(maxsize=_CACHED)
def fold(text: str) -> str:
    """Write text in lower case without accents, words apart by one space: "xa da krong".

    Punctuation becomes a space, except the signs that tell labels apart: % < > = + ≤ ≥.
    """
    if text.isascii():  # codes, and labels typed without accents
        return _NOT_WORD.sub(" ", text.lower()).strip()
    plain = "".join(char for char in _decomposed(text) if not _is_invisible(char))
    return _NOT_WORD.sub(" ", plain.translate(_D_WITH_STROKE)).strip()


@lru_cache(maxsize=_CACHED)
def compact(text: str) -> str:
    """Leave only letters and digits, in lower case and without accents: "dakrong"."""
    return _NOT_ALNUM.sub("", fold(text))


@lru_cache(maxsize=_CACHED)
def sort_key(text: str) -> SortKey:
    """Give a key in the order of a Vietnamese dictionary, syllable by syllable.

    Letters come first (a ă â b c d đ …), then the tone, wherever its mark stands; numbers go by
    size and before letters. Case and punctuation only break ties.
    """
    plain = _decomposed(text).translate(_D_AND_STROKE)
    marked = "".join(char for char in plain if _is_mark(char) or not _is_invisible(char))
    return tuple(_syllable_key(token) for token in _NUMBER_OR_WORD.findall(marked)), nfc(text)


def nfc(text: str) -> str:
    """Compose letters and accents (Unicode NFC)."""
    return unicodedata.normalize("NFC", text)


def _decomposed(text: str) -> str:
    """Give lower-case letters with their accents behind them."""
    lowered = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKD", lowered)


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) in _INVISIBLE


def _is_mark(char: str) -> bool:
    return char in _LETTER_MARKS or char in _TONES


def _syllable_key(token: str) -> SyllableKey:
    if token[0].isdecimal():
        digits = token.lstrip("0")
        return _NUMBER, (len(digits), *map(ord, digits)), ()
    ranks: list[int] = []
    for char in token:
        if char in _LETTER_MARKS and ranks:
            ranks[-1] += _LETTER_MARKS[char]
        elif not _is_mark(char):
            ranks.append(ord(char) * _LETTER_STEP)
    return _WORD, tuple(ranks), tuple(_TONES[char] for char in token if char in _TONES)
