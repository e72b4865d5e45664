"""Formulas of totals: whether they add the parts that the catalogue says make up the figure."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ctk.validate.relations import relations_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctk.frame import Batch
    from ctk.indicators import Catalogue


@dataclass(frozen=True, slots=True)
class WrongSum:
    """A formula (by its row of the frame), and the rows that it leaves out or adds too much."""

    row: int
    left_out: tuple[int, ...]
    too_much: tuple[int, ...]


def wrong_sums(batch: Batch) -> Iterator[WrongSum]:
    """Find formulas that add up nearly the parts of their figure, but not quite.

    A formula that adds other cells altogether is the commune's own way to count and is left alone.
    """
    parts = _parts(batch.compared) if batch.sums else {}
    submission = batch.frame["submission"].to_numpy()
    for row, added in batch.sums.items():
        of = batch.row_matrix[submission[row]]
        options = [
            frozenset(int(of[figure]) for figure in one if of[figure] >= 0)
            for one in parts.get(int(batch.figures[row]), ())
        ]
        if (wrong := _compare(row, added, options)) is not None:
            yield wrong


def _compare(row: int, added: tuple[int, ...], options: list[frozenset[int]]) -> WrongSum | None:
    """Compare a sum with the option that it comes closest to."""
    cells = set(added)
    close = [option for option in options if _is_meant(cells, option)]
    if not close:
        return None
    meant = max(close, key=lambda option: (len(option & cells), -len(option ^ cells)))
    twice = {cell for cell, times in Counter(added).items() if times > 1}
    left_out, too_much = meant - cells, (cells - meant) | twice
    if not left_out and not too_much:
        return None
    return WrongSum(row, tuple(sorted(left_out)), tuple(sorted(too_much)))


def _is_meant(cells: set[int], option: frozenset[int]) -> bool:
    shared = len(cells & option)
    return shared > 0 and 2 * shared >= min(len(cells), len(option))


@cache
def _parts(catalogue: Catalogue) -> dict[int, tuple[tuple[int, ...], ...]]:
    """The figures that make up a figure, in each way that the catalogue gives."""
    found: dict[int, list[tuple[int, ...]]] = defaultdict(list)
    for relation in relations_of(catalogue):
        if len(relation.left) == 1 and len(relation.right) > 1:
            found[relation.left[0]].append(relation.right)
    return {figure: tuple(options) for figure, options in found.items()}
