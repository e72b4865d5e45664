"""The help text of a row: the catalogue's own words, completed from its relations."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ctk.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctk.indicators import Catalogue, Element

_SPELLED_OUT = 3


class Guidance:
    """Writes help texts; relations to rows that the form does not ask are left out."""

    def __init__(self, catalogue: Catalogue, asked: Sequence[Element], lang: str) -> None:
        self._lang = lang
        self._order = [element.id for element in asked]
        self._shown = set(self._order)
        self._serves = _indicators_served(catalogue)
        self._twins = _twins(catalogue)

    def text(self, element: Element, head: Element | None) -> str:
        """Say how a row is filled in.

        Args:
            element: The row's element.
            head: The row that it is a part of, or the row above; what is said there (how it is
                counted, who has the figure) is not repeated for a part.
        """
        own = element.help_vi if self._lang == "vi" else f"{element.name_en}. {element.help_en}"
        said = [own.strip()] if own.strip() else []
        for sentence in self._counting(element, head if element.part else None):
            if not _contains(said, sentence):
                said.append(sentence)
        related = [*self._relations(element), *self._uses(element)]
        return "\n".join(" ".join(line) for line in (said, related) if line)

    def _counting(self, element: Element, head: Element | None) -> Iterator[str]:
        # The label of a yes/no row and its drop-down say how it is filled in.
        if element.adds != "yes_no" and (head is None or head.adds != element.adds):
            yield self._say(f"adds.{element.adds}")
        if element.reporter != "commune" and (head is None or head.reporter != element.reporter):
            yield self._say(f"source.{element.reporter}")

    def _uses(self, element: Element) -> Iterator[str]:
        others = [i for i in self._serves[element.id] if i != element.indicator]
        if others:
            yield self._say("serves", indicators=", ".join(others))

    def _relations(self, element: Element) -> Iterator[str]:
        for parts in element.sum_of:
            if self._shown.issuperset(parts):
                yield self._sum(parts)
        wholes = [id_ for id_ in element.within if id_ in self._shown]
        if wholes:
            yield self._say("within", rows=", ".join(wholes))
        for parts in element.at_most_sum_of:
            if self._shown.issuperset(parts):
                yield self._say("at_most_sum", first=parts[0], last=parts[-1])
        twins = [id_ for id_ in self._twins[element.id] if id_ in self._shown]
        if twins:
            yield self._say("equals", rows=", ".join(twins))

    def _sum(self, parts: tuple[str, ...]) -> str:
        start = self._order.index(parts[0])
        if len(parts) > _SPELLED_OUT and list(parts) == self._order[start : start + len(parts)]:
            return self._say("sum_many", first=parts[0], last=parts[-1])
        return self._say("sum", rows=" + ".join(parts))

    def _say(self, key: str, **params: object) -> str:
        return message(f"workbook.help.{key}", self._lang, **params)


def _contains(said: list[str], sentence: str) -> bool:
    """Tell whether the same words stand in what is said already."""
    return sentence.rstrip(".").casefold() in " ".join(said).casefold()


def _indicators_served(catalogue: Catalogue) -> defaultdict[str, list[str]]:
    served: defaultdict[str, list[str]] = defaultdict(list)
    for measure in catalogue.measures:
        for id_ in measure.numerator:
            if measure.indicator not in served[id_]:
                served[id_].append(measure.indicator)
    return served


def _twins(catalogue: Catalogue) -> defaultdict[str, list[str]]:
    """Map each element to those that count the same thing elsewhere, in both directions."""
    twins: defaultdict[str, list[str]] = defaultdict(list)
    for element in catalogue.elements:
        for other in element.equals:
            twins[element.id].append(other)
            twins[other].append(element.id)
    return twins
