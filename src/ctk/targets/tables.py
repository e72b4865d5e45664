"""CSV files that an office keeps in Excel: their separator, rows by line and key, what is wrong."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ctk.model import Absence
from ctk.text.numbers import read_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SEPARATORS = ",;\t"


class TableError(Exception):
    """Something in a table that means nothing; told with line, key, what stands there, and how.

    Args:
        line: Line of the file, from 1.
        key: Column or head line.
        value: What stands there.
        expected: An example of what could stand there, which reads alike in both languages.
    """

    def __init__(self, line: int, key: str, value: str, expected: str) -> None:
        super().__init__(f"line {line}, {key}: {value!r}; expected: {expected}")
        self.line = line
        self.key = key
        self.value = value
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its cells by the name of the column, without spaces around them."""

    line: int
    cells: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> str:
        return self.cells.get(key, "")

    def need(self, condition: bool, key: str, expected: str) -> None:
        """Refuse a cell unless it is as it should be."""
        if not condition:
            raise TableError(self.line, key, self[key], expected)

    def number(self, key: str) -> float:
        """A figure; one that can be read in two ways is refused, not guessed."""
        reading = read_number(self[key])
        if reading.absence is not Absence.PRESENT or reading.value is None:
            raise TableError(self.line, key, self[key], "1000 | 10,69 | 10.69")
        return reading.value


def lines_of(text: str, first: str) -> list[tuple[int, list[str]]]:
    """Split a text into numbered lines of cells; Excel writes `;` where the comma is decimal.

    Args:
        text: The file's text.
        first: What its first cell must be; the sign behind it separates the cells.

    Raises:
        TableError: It begins with something else.
    """
    text = text.removeprefix("\ufeff")
    head = text.split("\n", 1)[0].strip()
    after = head.removeprefix(first)[:1]
    if not head.startswith(first) or after not in _SEPARATORS or not after:
        raise TableError(1, first, head[:40], f"{first},…")
    return list(_filled(text, after))


def rows_of(lines: Iterable[tuple[int, list[str]]], known: Sequence[str]) -> list[Row]:
    """Make rows of numbered lines, of which the first names the columns.

    Raises:
        TableError: A column is not known or named twice, one is missing, or a line is too long.
    """
    numbered = iter(lines)
    at, names = next(numbered, (1, []))
    for name in names:
        if name not in known or names.count(name) > 1:
            raise TableError(at, name, name, ",".join(known))
    return [_row(line, names, cells) for line, cells in numbered]


def require(rows: Sequence[Row], columns: Sequence[str]) -> None:
    """Refuse rows that leave one of these columns empty."""
    for row in rows:
        for name in columns:
            row.need(bool(row[name]), name, f"{name} = …")


def _row(line: int, names: list[str], cells: list[str]) -> Row:
    if len(cells) > len(names):
        raise TableError(line, "…", cells[len(names)], ",".join(names))
    return Row(line, dict(zip(names, cells, strict=False)))


def _filled(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Lines that hold something, without the empty cells that Excel adds at their ends."""
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        for cells in reader:
            stripped = [" ".join(cell.split()) for cell in cells]
            while stripped and not stripped[-1]:
                stripped.pop()
            if stripped:
                yield reader.line_num, stripped
    except csv.Error as error:
        raise TableError(reader.line_num, "CSV", str(error), "CSV UTF-8") from error
