"""Ties the rows of one table to elements, all at once: no element is taken twice.

The wording of each row is compared with all names of all elements; then neighbours, the row above,
units and figures are looked at in the light of what was found, and the best whole is taken, a few
times over. A tie is sure only if it is far better than any other that is still free.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ctk.forms.learning.evidence import (
    RATE,
    agreement,
    belonging,
    company,
    kinship,
    unit_class,
    units,
)
from ctk.forms.learning.names import has_subject, named_elements
from ctk.forms.learning.outline import outline
from ctk.forms.learning.ties import Kind, Tie
from ctk.forms.likeness import Around, compare
from ctk.forms.wording import begins_within
from ctk.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ctk.forms.learning.names import Named
    from ctk.forms.learning.outline import Item, Node
    from ctk.forms.likeness import Likeness
    from ctk.forms.phrases import Phrase
    from ctk.indicators import Catalogue

    Floats = NDArray[np.float64]

TAKEN = 0.55
"""A score below this is no tie."""

SURE, MARGIN = 0.72, 0.07
_EXPLAINED, _TOLD = 0.85, 0.5
_RUN = 5
"""So many parts in the order of the Circular are its list; other lists share shorter runs."""
_OUTSIDE = 0.42
_WORDING = 0.68
_WEIGHTS = {"belonging": 3.0, "company": 4.0, "agreement": 2.0, "units": 2.0}
_SELF_SUFFICIENT = 2.0
_ROUNDS = 4
_EMPTY, _UNTOLD = 0.6, 0.85
_VOWEL = re.compile("[aeiouy]")
_IS_RATE = re.compile(r"(?:ty le|ti le|ty suat|ti suat|ty so|%)\b")


@dataclass(frozen=True, eq=False)
class Wording:
    """How well the words of rows and elements agree, before anything else is looked at.

    `best` holds the comparison with the name that fits best.
    """

    score: Floats
    best: list[list[Likeness]]


def match(
    items: Sequence[Item], figures: Sequence[Floats], catalogue: Catalogue
) -> tuple[list[Tie], list[Node]]:
    """Tie the rows of a table.

    Args:
        items: The rows.
        figures: For each example the figures, one row a row, one column a breakdown.
        catalogue: The catalogue.
    """
    named = named_elements(catalogue)
    nodes = outline(items)
    wording = _wording(nodes, named)
    empty = np.array([not item.has_figures for item in items])
    rates = np.array([is_rate(item) for item in items])
    never = rates | np.array([not i.has_figures and begins_within(i.label) for i in items])
    scores = wording.score * _WORDING + 0.5 * (1 - _WORDING)
    support: dict[str, Floats] = {"units": units(items, catalogue)}
    untold = np.array([[each.untold for each in row] for row in wording.best])
    damped = np.where(untold, _UNTOLD, 1) * np.where(empty, _EMPTY, 1)[:, None] * ~never[:, None]
    near = kinship(catalogue, named)
    placed: list[int | None] = []
    for _ in range(_ROUNDS):
        usable = scores * damped
        before, placed = placed, _assign(usable)
        if placed == before:
            break
        support["belonging"] = belonging(nodes, placed, named)
        support["company"] = company(usable, near)
        support["agreement"] = agreement(figures, placed, named, wording.score > 0.4)
        total = sum(_WEIGHTS.values())
        evidence = sum(weight * support[name] for name, weight in _WEIGHTS.items()) / total
        scores = wording.score * (_WORDING + (1 - _WORDING) * evidence)
    _place_bare_totals(nodes, items, placed, named)
    judge = _Judge(items, wording, scores, support, placed, rates, nodes, figures, catalogue)
    return [judge.tie(i) for i in range(len(items))], nodes


def is_rate(item: Item) -> bool:
    """Tell rates, which are computed and never read, from counts."""
    return unit_class(item.unit) == RATE or bool(_IS_RATE.match(fold(item.label)))


def is_puzzling(said: Phrase) -> bool:
    """Tell whether a label has an abbreviation that nobody knows: no syllable lacks a vowel."""
    return any(not _VOWEL.search(word) for word in said.said if not word.isdigit())


def _wording(nodes: Sequence[Node], named: Sequence[Named]) -> Wording:
    score = np.zeros((len(nodes), len(named)))
    best: list[list[Likeness]] = []
    for i, node in enumerate(nodes):
        row = [_likest(node, one) for one in named]
        best.append([found for _, found in row])
        score[i] = [value for value, _ in row]
    return Wording(score, best)


def _likest(node: Node, one: Named) -> tuple[float, Likeness]:
    alone = has_subject(node.said) or node.said.weight(node.said.said) >= _SELF_SUFFICIENT
    above = Around(node.around.said) if alone else node.around
    found = [compare(node.said, name, above, one.around) for name in one.names]
    best = max(found, key=lambda each: (each.score, not each.untold))
    return best.score * _context(node, one), best


def _context(node: Node, one: Named) -> float:
    """How far the row says, itself or above it, what the element is a part of."""
    around = one.around.said
    wanted = around.said - one.names[0].said
    if not wanted:
        return 1.0
    share = around.weight(wanted & (node.said.said | node.around.said.said)) / (
        around.weight(wanted) or 1
    )
    least = 0.6 if one.depends else 0.97
    return least + (1 - least) * share


def _assign(scores: Floats) -> list[int | None]:
    """The best element for each row, no element twice; none where nothing fits."""
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415  (slow to load)

    rows = len(scores)
    free = np.full((rows, rows), -1.0)
    np.fill_diagonal(free, TAKEN)
    usable = np.where(scores >= TAKEN, scores, -1.0)
    chosen = linear_sum_assignment(np.hstack([usable, free]), maximize=True)[1]
    return [int(e) if e < scores.shape[1] else None for e in chosen]


def _place_bare_totals(
    nodes: Sequence[Node], items: Sequence[Item], placed: list[int | None], named: Sequence[Named]
) -> None:
    """Tie a row that says only "Tổng số" to the whole that most other rows are parts of."""
    wholes = [named[e].whole[0] for e in placed if e is not None and named[e].whole]
    if not wholes:
        return
    common = max(set(wholes), key=wholes.count)
    bare = [
        i
        for i, node in enumerate(nodes)
        if not node.said.said and not node.said.ages and items[i].has_figures and placed[i] is None
    ]
    if len(bare) == 1 and wholes.count(common) > 1 and common not in placed:
        placed[bare[0]] = common


class _Judge:
    """Says how sure each tie is."""

    def __init__(
        self,
        items: Sequence[Item],
        wording: Wording,
        scores: Floats,
        support: dict[str, Floats],
        placed: list[int | None],
        rates: NDArray[np.bool_],
        nodes: Sequence[Node],
        figures: Sequence[Floats],
        catalogue: Catalogue,
    ) -> None:
        self.items = items
        self.wording = wording
        self.scores = scores
        self.support = support
        self.placed = placed
        self.rates = rates
        self.nodes = nodes
        self.figures = figures
        self.catalogue = catalogue
        self.owner = {e: i for i, e in enumerate(placed) if e is not None}

    def tie(self, i: int) -> Tie:
        """The tie of one row."""
        element = self.placed[i]
        if self.rates[i]:
            return Tie(Kind.OUTSIDE, None, 1.0, sure=True)
        if element is None:
            return self._untied(i)
        score = float(self.scores[i, element])
        runner_up, second = self._runner_up(i, element)
        reasons = self._doubts(i, element, score - second)
        return Tie(Kind.ELEMENT, element, score, not reasons, runner_up, second, tuple(reasons))

    def _untied(self, i: int) -> Tie:
        runner_up, second = self._runner_up(i, None)
        if not self.items[i].has_figures:
            return Tie(Kind.HEADING, None, 1 - second, sure=True)
        if runner_up is not None and self._is_told_in_parts(i, runner_up):
            return Tie(Kind.OUTSIDE, None, 1 - second, True, runner_up, second)
        said = self.nodes[i].said
        bare = not said.said
        likest = self.scores[i].max()
        sure = second < _OUTSIDE and likest < TAKEN + MARGIN and not bare and not is_puzzling(said)
        reasons = () if sure else ("total",) if bare else ("score",)
        return Tie(Kind.OUTSIDE, None, 1 - second, sure, runner_up, second, reasons)

    def _is_told_in_parts(self, i: int, element: int) -> bool:
        """Whether the catalogue has only parts of a row, and the rows below it are those."""
        if not self.wording.best[i][element].untold:
            return False
        below = [j for j, node in enumerate(self.nodes) if node.whole == i]
        return len(below) > 1 and all(
            self.placed[j] is not None and not self.wording.best[j][self.placed[j]].untold  # type: ignore[index]
            for j in below
        )

    def _runner_up(self, i: int, element: int | None) -> tuple[int | None, float]:
        """The next best element; one that another row has with better right counts for less."""
        free = self.scores[i].copy()
        for e, owner in self.owner.items():
            if owner != i and self.scores[owner, e] > free[e]:
                free[e] -= min(0.2, 2 * (self.scores[owner, e] - free[e]))
        if element is not None:
            free[element] = -1
        best = int(free.argmax())
        score = float(max(free[best], 0))
        return (best if score > 0.3 else None), score

    def _doubts(self, i: int, e: int, margin: float) -> list[str]:
        likeness = self.wording.best[i][e]
        if not self.nodes[i].said.said and not self.nodes[i].said.ages:
            return [] if self._adds_up(i, e) else ["total"]
        checks = {
            "empty": not self.items[i].has_figures,
            "score": self.scores[i, e] < SURE,
            "margin": margin < MARGIN and not self._in_a_run(i, e),
            "words": likeness.explained < _EXPLAINED or likeness.told < _TOLD,
            "age": likeness.untold or likeness.contradicts,
            "figures": self.support["agreement"][i, e] == 0,
            "unit": self.support["units"][i, e] == 0,
            "rival": self._has_rival(i, e),
        }
        return [reason for reason, holds in checks.items() if holds]

    def _in_a_run(self, i: int, e: int) -> bool:
        """Whether rows one below the other are tied to parts as the Circular lists them."""
        length = 1
        for step in (-1, 1):
            row, part = i + step, e + step
            while (
                0 <= row < len(self.placed)
                and self.placed[row] == part
                and self._family(part) == self._family(e)
            ):
                length, row, part = length + 1, row + step, part + step
        return length >= _RUN

    def _family(self, e: int) -> str:
        return self.catalogue.elements[e].id.partition(".")[0]

    def _adds_up(self, i: int, e: int) -> bool:
        """Whether the figures of a row are, in all examples, the sum of the element's parts."""
        for group in self.catalogue.elements[e].sum_of:
            rows = [self.owner.get(self.catalogue.element_index[part]) for part in group]
            if None in rows:
                continue
            parts = [t[[row for row in rows if row is not None]].sum(axis=0) for t in self.figures]
            sums, totals = np.concatenate(parts), np.concatenate([t[i] for t in self.figures])
            told = ~np.isnan(sums) & ~np.isnan(totals)
            return bool(sums[told].any() and (sums == totals)[told].all())
        return False

    def _has_rival(self, i: int, e: int) -> bool:
        """Whether another row without a better tie fits the element nearly as well."""
        for j, other in enumerate(self.placed):
            close = (
                j != i
                and self.items[j].has_figures
                and self.scores[j, e] > self.scores[i, e] - MARGIN
            )
            if close and (other is None or self.scores[j, other] < self.scores[j, e] + MARGIN / 2):
                return True
        return False
