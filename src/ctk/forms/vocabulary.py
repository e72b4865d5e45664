"""The words of officers' forms as data: abbreviations, words of one meaning, empty words."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ctk.errors import CatalogueError
from ctk.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    Words = tuple[str, ...]

SILENT = ""
"""Stands for words that do not tell figures apart."""

GRADE = "grade:"
"""What a concept begins with that is a grade of school."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the words of a label stand for, all without accents.

    Args:
        abbreviations: Their words written out, by the words of the abbreviation.
        concepts: What a run of words stands for; `SILENT` for words that say nothing.
        weights: How much a concept tells, where it is not 1.
        only_one: Groups of concepts of which a figure can have one only.
        longest: Number of words of the longest run.
        known: All words in use.
    """

    abbreviations: dict[Words, Words]
    concepts: dict[Words, str]
    weights: dict[str, float]
    only_one: tuple[frozenset[str], ...]
    longest: int
    known: frozenset[str]

    def qualifiers(self, said: frozenset[str]) -> frozenset[str]:
        """Those concepts that narrow a figure down: a sex, a level of school, a grade."""
        narrow = {word for word in said if word.startswith(GRADE)}
        return frozenset(narrow.union(*(said & group for group in self.only_one)))

    def contradict(
        self, one: frozenset[str], other: frozenset[str], around: frozenset[str] = frozenset()
    ) -> bool:
        """Tell whether two sets of concepts cannot both be said of one figure.

        Args:
            one: The first set.
            other: The second set.
            around: What is said around the first one, where it says nothing itself.
        """
        for group in self.only_one:
            mine, theirs = one & group or around & group, other & group
            if mine and theirs and mine != theirs and not (mine - one and len(mine) > 1):
                return True
        return False


def build_vocabulary(text: str) -> Vocabulary:
    """Make a vocabulary from the text of its TOML file.

    Raises:
        CatalogueError: Words stand for two things, or a group names an unknown concept.
    """
    raw = tomllib.loads(text)
    short = {_words(key): _words(value) for key, value in raw["abbreviations"].items()}
    concepts = {_words(word): SILENT for word in raw["silent"]["words"]}
    for words, name in _spoken(raw["concept"], short):
        if concepts.setdefault(words, name) not in (name, SILENT):
            raise CatalogueError(f"words {' '.join(words)!r} mean {concepts[words]} and {name}")
        concepts[words] = name
    for group in raw["only_one"].values():
        unknown = set(group) - set(raw["concept"])
        if unknown:
            raise CatalogueError(f"words: unknown concepts {', '.join(sorted(unknown))}")
    return Vocabulary(
        short,
        concepts,
        {name: float(each.get("weight", 1)) for name, each in raw["concept"].items()},
        tuple(frozenset(group) for group in raw["only_one"].values()),
        max(map(len, (*concepts, *short))),
        frozenset(word for words in (*concepts, *short.values()) for word in words),
    )


def _spoken(
    concepts: dict[str, dict[str, Any]], short: dict[Words, Words]
) -> Iterator[tuple[Words, str]]:
    for name, each in concepts.items():
        for word in each["words"]:
            yield written_out(_words(word), short), name


def written_out(words: Words, short: dict[Words, Words]) -> Words:
    """Replace abbreviations by the words that they stand for; longer ones first."""
    longest = max(map(len, short))
    out: list[str] = []
    i = 0
    while i < len(words):
        run = next(
            (words[i : i + n] for n in range(longest, 0, -1) if words[i : i + n] in short), None
        )
        out += short[run] if run else [words[i]]
        i += len(run) if run else 1
    return tuple(out)


def _words(text: str) -> Words:
    return tuple(fold(text).split())


@cache
def load_vocabulary() -> Vocabulary:
    """The vocabulary that comes with ctk."""
    text = files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    return build_vocabulary(text)
