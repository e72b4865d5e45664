"""What a label says, whatever its words: the concepts it names and the ages it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ctk.forms.ages import GAP, take_ages
from ctk.forms.vocabulary import GRADE, SILENT, load_vocabulary, written_out
from ctk.forms.wording import without_number
from ctk.text.fold import nfc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctk.forms.ages import Age

_CACHED = 1 << 14
_ASIDE = re.compile(r"\(([^()]*)\)")
_YEAR = re.compile(
    r"\b(?:(?:\d{1,2} thang )?(?:dau |cuoi )?nam )?20\d\d\b|\b\d{1,2} thang (?:dau|cuoi) nam\b"
)
_DAY = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}(?:/20\d\d)?(?![\d/])")
_GRADE = re.compile(r"\blop (\d{1,2})\b")
# Without accents "năm", a year, looks the same: a lone "nam" or one among accented words is meant.
_MALE = re.compile(
    r"(?<!việt)(?<!viet)\s(?:nam(?=\s+$)|nam(?=.*[^\x00-\x7f])|(?<=[^\x00-\x7f]\s)nam)\s"
)
_MIN_TYPO = 5

UNKNOWN = 0.5
"""What a word tells that is not in the vocabulary."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """The meaning of a label.

    Args:
        said: Concepts, and words that are not in the vocabulary.
        aside: Those of them that stand in brackets only.
        ages: The ages it is about; none where it is about all children.
    """

    said: frozenset[str]
    aside: frozenset[str] = frozenset()
    ages: frozenset[Age] = frozenset()

    def weight(self, words: frozenset[str]) -> float:
        """How much these of its words tell; half of it where they stand in brackets only."""
        return sum(weight_of(word) * (0.5 if word in self.aside else 1) for word in words)


SILENCE = Phrase(frozenset())
"""What an empty label says."""


@lru_cache(maxsize=_CACHED)
def weight_of(word: str) -> float:
    """How much a concept or word tells about which figure is meant."""
    vocabulary = load_vocabulary()
    if word in vocabulary.weights:
        return vocabulary.weights[word]
    return 1.0 if word.startswith(GRADE) else 0.2 if word.isdigit() else UNKNOWN


@lru_cache(maxsize=_CACHED)
def phrase(text: str) -> Phrase:
    """Tell what a label says."""
    plain = nfc(text)
    asides = " ".join(_ASIDE.findall(plain))
    main, ages = _said(_ASIDE.sub(" ", plain))
    aside, more = _said(asides) if asides else (frozenset(), frozenset())
    return Phrase(main | aside, aside - main, ages | more)


def _said(text: str) -> tuple[frozenset[str], frozenset[Age]]:
    rest, ages = take_ages(
        _MALE.sub(" nam giới ", f" {_DAY.sub(' ', without_number(text).lower())} ")
    )
    rest = _YEAR.sub(f" {GAP} ", rest)
    grades = {f"{GRADE}{number}" for number in _GRADE.findall(rest)}
    rest = _GRADE.sub(" ", rest)
    words = written_out(_spelt(tuple(rest.split())), load_vocabulary().abbreviations)
    own = frozenset(age for age in ages if not age.is_childhood)
    return frozenset(_concepts(words)) | grades, own


def _spelt(words: tuple[str, ...]) -> tuple[str, ...]:
    """Put right a word with one wrong letter, where only one word can be meant."""
    known = load_vocabulary().known
    return tuple(word if word in known or len(word) < _MIN_TYPO else _meant(word) for word in words)


@lru_cache(maxsize=_CACHED)
def _meant(word: str) -> str:
    near = {other for other in load_vocabulary().known if _one_letter_off(word, other)}
    return near.pop() if len(near) == 1 else word


def _one_letter_off(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1 or len(other) < _MIN_TYPO - 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rests = (one[start:], other[start:])
    return rests[0][1:] == rests[1][1:] or rests[0][1:] == rests[1] or rests[0] == rests[1][1:]


def _concepts(words: tuple[str, ...]) -> Iterator[str]:
    """The longest runs of words that mean something, from the left."""
    vocabulary = load_vocabulary()
    i = 0
    while i < len(words):
        for n in range(min(vocabulary.longest, len(words) - i), 0, -1):
            meaning = vocabulary.concepts.get(words[i : i + n])
            if meaning is not None:
                if meaning != SILENT:
                    yield meaning
                i += n
                break
        else:
            if words[i] != GAP:
                yield words[i]
            i += 1
