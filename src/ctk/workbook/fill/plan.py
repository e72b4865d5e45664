"""Where each row of a template comes to stand, and what becomes of ranges of rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from ctk.workbook.fill.types import Block, CannotShiftError, Path, Placed

LAST_ROW = 1_048_575


class Copy(NamedTuple):
    """A row of the filled sheet that a row of the template became."""

    row: int
    path: Path


class Plan:
    """How the rows of one sheet move.

    Args:
        blocks: Rows of the template that are repeated.
        rows: All rows of the filled sheet up to the end of the last block.

    Raises:
        CannotShiftError: `too_many_rows`.
    """

    def __init__(self, blocks: Sequence[Block] = (), rows: Sequence[Placed] = ()) -> None:
        self.blocks = tuple(blocks)
        self.rows = tuple(rows)
        self._end = max((placed.source for placed in rows), default=-1)
        self.shift = len(rows) - 1 - self._end
        self._copies: dict[int, list[Copy]] = defaultdict(list)
        for new, placed in enumerate(rows):
            self._copies[placed.source].append(Copy(new, placed.path))
        if len(rows) > LAST_ROW:
            raise CannotShiftError("too_many_rows", str(len(rows)))

    @property
    def moves(self) -> bool:
        """Whether any row is repeated."""
        return any(placed.source != new for new, placed in enumerate(self.rows))

    def copies(self, row: int) -> list[Copy]:
        """The rows that a row became; the last row of a sheet stays the last."""
        if row > self._end:
            return [Copy(min(row + self.shift, LAST_ROW), ())]
        return self._copies[row]

    def first(self, row: int) -> int:
        """The first row that a row became."""
        return self.copies(row)[0].row

    def path_at(self, new: int) -> Path:
        """The turns that a row of the filled sheet belongs to."""
        return self.rows[new].path if new < len(self.rows) else ()

    def single(self, row: int, at: Path, absolute: bool) -> int:
        """Where a reference to one row points.

        Args:
            row: The row in the template.
            at: The turns that the referring cell belongs to.
            absolute: Whether the row is written with a dollar: then it is the first copy.

        Raises:
            CannotShiftError: Seen from there it may be any of several rows.
        """
        copies = self.copies(row)
        if len(copies) == 1:
            return copies[0].row
        if not _meet(copies[0].path, at):
            raise CannotShiftError("formula_row", "")
        if absolute:
            return copies[0].row
        own = _own(copies, at)
        if len(own) > 1:
            raise CannotShiftError("formula_row", "")
        return own[0].row

    def span(
        self, first: int, last: int, at: Path = (), fixed: tuple[bool, bool] = (False, False)
    ) -> tuple[int, int]:
        """The rows that a range becomes; it grows with the repeated rows that it covers whole.

        Raises:
            CannotShiftError: It begins or ends within repeated rows.
        """
        ends = []
        for row, absolute, whole in ((first, fixed[0], min), (last, fixed[1], max)):
            copies = self.copies(row)
            shared = set() if absolute else _blocks(at)
            if not absolute:
                copies = _own(copies, at)
            if len(copies) > 1:
                self._check_edge(row, first, last, _blocks(copies[0].path) - shared)
            ends.append(whole(copy.row for copy in copies))
        return ends[0], ends[1]

    def _check_edge(self, row: int, first: int, last: int, numbers: set[int]) -> None:
        """Rows of a block that is not covered whole lie between rows that are not meant."""
        for number in numbers:
            block = self.blocks[number]
            if row in block and not (first <= block.first and block.last <= last):
                raise CannotShiftError("range_across", "")

    def runs(self, first: int, last: int) -> list[tuple[int, int]]:
        """All rows that the rows of a range became, as ranges without gaps."""
        found = {c.row for row in range(first, min(last, self._end) + 1) for c in self.copies(row)}
        runs = _runs(found)
        if last > self._end:
            tail = self.first(max(first, self._end + 1)), self.first(last)
            runs = _joined([*runs, tail])
        return runs

    def each(self, first: int, last: int) -> list[tuple[int, int]]:
        """What a range that must stay one piece becomes in every copy of the rows it lies in.

        Raises:
            CannotShiftError: It lies half inside repeated rows.
        """
        around = {i for i, block in enumerate(self.blocks) if first in block and last in block}
        starts, ends = self._by_turns(first, around), self._by_turns(last, around)
        for row in (first, last):
            for i, block in enumerate(self.blocks):
                covered = first <= block.first and block.last <= last
                if i not in around and row in block and not covered:
                    raise CannotShiftError("merge_across", "")
        return [(min(starts[turns]), max(ends[turns])) for turns in starts]

    def _by_turns(self, row: int, blocks: set[int]) -> dict[Path, list[int]]:
        found: dict[Path, list[int]] = defaultdict(list)
        for copy in self.copies(row):
            found[tuple(step for step in copy.path if step.block in blocks)].append(copy.row)
        return found


def _blocks(path: Path) -> set[int]:
    return {step.block for step in path}


def _meet(path: Path, at: Path) -> bool:
    """Whether two rows stand in the same block."""
    return bool(_blocks(path) & _blocks(at))


def _own(copies: Iterable[Copy], at: Path) -> list[Copy]:
    """The copies that belong to the same turns."""
    turns = dict(at)
    return [c for c in copies if all(turns.get(s.block, s.turn) == s.turn for s in c.path)]


def _runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    return _joined([(row, row) for row in sorted(rows)])


def _joined(runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined = runs[:1]
    for _, (first, last) in pairwise(runs):
        if first == joined[-1][1] + 1:
            joined[-1] = joined[-1][0], last
        else:
            joined.append((first, last))
    return joined
