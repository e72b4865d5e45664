"""Rows of a sheet that are repeated: found by their tags, laid out over what they go through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ctk.report.own.tags import Loop, Tags, loop_head, read_tags, typed_plainly
from ctk.report.own.things import Thing
from ctk.workbook.addresses import a1
from ctk.workbook.fill import Block, CellText, Placed, Step

if TYPE_CHECKING:
    from ctk.report.own.cells import CellFiller

Scope = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Turn(Thing):
    """Where a loop over rows stands: `index` from 1, `first`, `last`, `length`."""

    index: int
    first: bool
    last: bool
    length: int


@dataclass
class Repeated:
    """A block of rows, the loop that repeats it, and the blocks inside it."""

    number: int
    first: int
    last: int
    loop: Loop
    cell: str
    inside: list[Repeated] = field(default_factory=list)


@dataclass(frozen=True)
class Layout:
    """The cells of a sheet without tags of rows, and its blocks."""

    cells: dict[tuple[int, int], CellText]
    blocks: list[Repeated]

    @cached_property
    def columns(self) -> dict[int, list[int]]:
        """The columns of the cells by their row."""
        found: dict[int, list[int]] = {}
        for row, col in self.cells:
            found.setdefault(row, []).append(col)
        return found

    @property
    def all_blocks(self) -> list[Repeated]:
        """All blocks by their number, with those inside others."""
        return sorted(_flat(self.blocks), key=lambda block: block.number)


def read_layout(cells: dict[tuple[int, int], CellText], filler: CellFiller) -> Layout:
    """Find the blocks of a sheet; what is wrong with its tags is told."""
    plain: dict[tuple[int, int], CellText] = {}
    top: list[Repeated] = []
    opened: list[Repeated] = []
    count = 0
    rows: dict[int, list[tuple[int, Tags]]] = {}
    for (row, col), cell in sorted(cells.items()):
        tags = read_tags(typed_plainly(cell.text))
        if tags.wrong:
            filler.tell(row, col, "row_tag", tags.wrong)
        kept = cell.runs if tags.text == cell.text else (tags.text,)
        plain[row, col] = CellText(kept, cell.percent, cell.general)
        rows.setdefault(row, []).append((col, tags))
    ends = _ends(rows)
    for row, found in rows.items():
        heads = [(col, head) for col, tags in found for head in tags.opens]
        for col, head in heads[1:]:
            filler.tell(row, col, "loop_twice", head)
        for col, head in heads[:1]:
            loop, last = loop_head(head), ends.get(row)
            if loop is None or last is None:
                filler.tell(row, col, "loop_head" if loop is None else "loop_open", head)
                continue
            opened = [block for block in opened if block.last >= row]
            block = Repeated(count, row, last, loop, a1(row, col))
            (opened[-1].inside if opened else top).append(block)
            opened.append(block)
            count += 1
    return Layout(plain, top)


def _ends(rows: dict[int, list[tuple[int, Tags]]]) -> dict[int, int | None]:
    """The last row of the block that begins in each row; None where it has no proper end.

    A block that nothing closes is its own row.
    """
    ends: dict[int, int | None] = {}
    still_open: list[int] = []
    for row, found in rows.items():
        if any(tags.opens for _, tags in found):
            ends[row] = row
            still_open.append(row)
        for _ in range(sum(tags.closes for _, tags in found)):
            if not still_open:
                return dict.fromkeys(ends)
            ends[still_open.pop()] = row
    return ends


def laid_out(layout: Layout, filler: CellFiller, sheet: str) -> tuple[list[Placed], list[Scope]]:
    """All rows up to the end of the last block, each with the names that hold in it."""
    rows: list[Placed] = []
    scopes: list[Scope] = []
    next_row = 0
    for block in layout.blocks:
        for row in range(next_row, block.first):
            rows.append(Placed(row))
            scopes.append({})
        for placed, scope in _turns(block, {}, (), filler, sheet):
            rows.append(placed)
            scopes.append(scope)
        next_row = block.last + 1
    return rows, scopes


def _turns(
    block: Repeated, around: Scope, path: tuple[Step, ...], filler: CellFiller, sheet: str
) -> Iterator[tuple[Placed, Scope]]:
    items = filler.items(block.loop.items, around, sheet, block.cell)
    # With nothing to go through one empty row stays: sums and the print area keep their place.
    turns: Sequence[Any] = items or (None,)
    for i, item in enumerate(turns):
        scope = around | {EMPTY: True} if not items else around | {
            block.loop.name: item,
            "loop": Turn(i + 1, i == 0, i == len(turns) - 1, len(turns)),
        }  # fmt: skip
        yield from _one_turn(block, scope, (*path, Step(block.number, i)), filler, sheet)


def _one_turn(
    block: Repeated, scope: Scope, path: tuple[Step, ...], filler: CellFiller, sheet: str
) -> Iterator[tuple[Placed, Scope]]:
    row = block.first
    for inner in block.inside:
        for each in range(row, inner.first):
            yield Placed(each, path), scope
        yield from _turns(inner, scope, path, filler, sheet)
        row = inner.last + 1
    for each in range(row, block.last + 1):
        yield Placed(each, path), scope


EMPTY = "_empty"
"""Marks the scope of a row that stands for a list with nothing in it."""


def _flat(blocks: Sequence[Repeated]) -> Iterator[Repeated]:
    for block in blocks:
        yield block
        yield from _flat(block.inside)


def as_blocks(layout: Layout) -> tuple[Block, ...]:
    """The blocks as the workbook needs them."""
    return tuple(Block(block.first, block.last) for block in layout.all_blocks)
