"""What the elements of the catalogue may be called, and what each is a part of."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ctk.errors import CatalogueError
from ctk.forms.likeness import Around
from ctk.forms.phrases import SILENCE, Phrase, phrase
from ctk.forms.wording import begins_within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctk.indicators import Catalogue
    from ctk.indicators.types import Element

_BEFORE = re.compile(
    r"^(?:Số lượng, tỷ lệ|Tỷ lệ huy động|Tỷ lệ|Số lượng|Số)\s+(?:huy động\s+)?", re.IGNORECASE
)
_BEHIND = re.compile(
    r"\s*(?:trên tổng số .*|\(%\)|năm học t|trong năm học t|năm học trước|, năm học t)\s*",
    re.IGNORECASE,
)
_EXPLAINED = re.compile(r"\([^()]*=[^()]*\)")
_SUBJECTS = frozenset(
    (
        "child",
        "student",
        "people",
        "minor",
        "offender",
        "case",
        "newborn",
        "villages",
        "communes",
        "women",
        "turns",
        "child_labour",
        "facility",
    )
)


@dataclass(frozen=True, slots=True)
class Named:
    """An element with all it may be called.

    Args:
        index: Its position in the catalogue.
        names: What each of its names says.
        whole: The elements it is a part of, the nearest first.
        around: What those say.
        depends: Whether its name means nothing without what it is a part of ("Tại gia đình").
    """

    index: int
    names: tuple[Phrase, ...]
    whole: tuple[int, ...]
    around: Around
    depends: bool


@lru_cache(maxsize=4)
def named_elements(catalogue: Catalogue) -> tuple[Named, ...]:
    """All elements of a catalogue with their names.

    Raises:
        CatalogueError: The list of other names has an element that the catalogue lacks.
    """
    other = tomllib.loads(files(__package__).joinpath("names.toml").read_text(encoding="utf-8"))
    extra: dict[str, list[str]] = other["names"]
    unknown = set(extra) - set(catalogue.element_index)
    if unknown:
        raise CatalogueError(f"names of unknown elements: {', '.join(sorted(unknown))}")
    official = _official(catalogue)
    wholes = _wholes(catalogue)
    texts = {
        e.id: (e.name_vi, *official.get(e.id, ()), *extra.get(e.id, ())) for e in catalogue.elements
    }
    return tuple(
        _named(i, element, texts, wholes[element.id], catalogue)
        for i, element in enumerate(catalogue.elements)
    )


def _named(
    index: int,
    element: Element,
    texts: dict[str, tuple[str, ...]],
    whole: tuple[str, ...],
    catalogue: Catalogue,
) -> Named:
    names = tuple(dict.fromkeys(phrase(_EXPLAINED.sub("", text)) for text in texts[element.id]))
    above = [phrase(_EXPLAINED.sub("", texts[id_][0])) for id_ in whole[:1]]
    ages = above[0].ages if above else frozenset()
    said = Phrase(frozenset().union(*(one.said for one in above)), frozenset(), ages)
    indices = tuple(catalogue.element_index[id_] for id_ in whole)
    within = begins_within(element.name_vi)
    depends = bool(whole) and (within or not has_subject(names[0]))
    return Named(index, names, indices, Around(said, said if depends else SILENCE), depends)


def has_subject(said: Phrase) -> bool:
    """Tell whether a label says what is counted: children, pupils, offenders, cases."""
    return bool(said.said & _SUBJECTS)


def _official(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """The Circular's names of counts and percentages that are of one element."""
    found: dict[str, list[str]] = {}
    for indicator in catalogue.indicators:
        single = {m.numerator for m in indicator.measures if len(m.numerator) == 1}
        for measure in indicator.measures:
            if len(measure.numerator) > 1 or measure.kind not in ("count", "rate_percent"):
                continue
            names = found.setdefault(measure.numerator[0], [])
            names.append(_bare(measure.label_vi))
            if len(single) == 1:
                names += [_bare(n) for n in (indicator.name_vi, indicator.name_vi_content) if n]
    return {id_: tuple(names) for id_, names in found.items()}


def _bare(name: str) -> str:
    return _BEHIND.sub(" ", _BEFORE.sub("", name)).strip()


def _wholes(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """For each element those it is a part of: what it helps to make up first."""
    found: dict[str, list[str]] = {element.id: [] for element in catalogue.elements}
    for element in catalogue.elements:
        for group in (*element.sum_of, *element.at_most_sum_of):
            for part in group:
                found[part].append(element.id)
    for element in catalogue.elements:
        # What an id ends in "m" is a base figure of an indicator, no part of anything.
        owner = "" if element.id.endswith("m") else element.id.rpartition(".")[0]
        found[element.id] += [id_ for id_ in _ids(owner, found) if id_ != element.id]
        found[element.id] += element.within
    return {id_: tuple(dict.fromkeys(wholes)) for id_, wholes in found.items()}


def _ids(owner: str, known: dict[str, list[str]]) -> Iterator[str]:
    if owner in known:
        yield owner
