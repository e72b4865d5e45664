"""The printed layout of official forms as data, read by a loader that refuses a bad one."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from ctk.errors import CatalogueError
from ctk.indicators import COMMUNES, Catalogue, load_catalogue
from ctk.workbook.addresses import a1, parse_a1

FORMS = ("601-602", "603", "604", "605")
"""Ids of the forms, in their order."""
TOGETHER = "601-605"
"""All of them, a sheet each."""

PLACEHOLDERS = frozenset(
    (
        *("year", "period", "first", "last", "date"),
        *("reporter", "reporter_more", "receiver", "prepared_by", "signatory_name"),
    )
)
_DIMENSIONS = ("sex", "age", "ethnicity")


@dataclass(frozen=True, slots=True)
class Area:
    """A cell or a block of merged cells; rows and columns from 0."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def parse(cls, text: str) -> Area:
        """Read "B12" or "A1:F3".

        Raises:
            ValueError: It is neither.
        """
        first, _, last = text.partition(":")
        area = cls(*parse_a1(first), *parse_a1(last or first))
        if area.top > area.bottom or area.left > area.right:
            raise ValueError(f"{text} runs backwards")
        return area

    @property
    def cells(self) -> Iterator[tuple[int, int]]:
        """Its cells, row by row."""
        for row in range(self.top, self.bottom + 1):
            for col in range(self.left, self.right + 1):
                yield row, col

    def down(self, rows: int) -> Area:
        """The same block some rows further down."""
        return Area(self.top + rows, self.left, self.bottom + rows, self.right)


@dataclass(frozen=True, slots=True)
class Cell:
    """Something printed: a text with placeholders, or a number such as a code.

    Args:
        area: Where.
        text: What; after `bold`, which stands before it in bold type.
        number: What, if it is a number.
        look: Names of styles.
        bold: A bold beginning.
        part: What stands there instead in a period that is no full year.
    """

    area: Area
    text: str
    number: int | None
    look: tuple[str, ...]
    bold: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """A column of figures and the element or measure they are of."""

    left: int
    right: int
    id: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of figures and the slice they are of."""

    row: int
    slice: tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class OfficialForm:
    """One form as printed; `heights` reach from the first row on, `foot` starts the signatures.

    `figures` names one more style of the figures.
    """

    id: str
    title: str
    source: str
    unit: str
    widths: tuple[int, ...]
    heights: tuple[float, ...]
    table: Area
    foot: int
    cells: tuple[Cell, ...]
    columns: tuple[Bound, ...]
    lines: tuple[Line, ...]
    block: range = field(default=range(0))
    figures: str = ""

    def title_over(self, column: Bound) -> str:
        """The title of a column of figures; with those above it where several have the same."""
        own = self._own_title(column)
        if [self._own_title(each) for each in self.columns].count(own) == 1:
            return own
        return " – ".join(" ".join(cell.text.split()) for cell in self._titles(column))

    def _own_title(self, column: Bound) -> str:
        """The title that is as wide as the column; empty if there is none."""
        width = (column.left, column.right)
        texts = [c.text for c in self._titles(column) if (c.area.left, c.area.right) == width]
        return " ".join(texts[-1].split()) if texts else ""

    def _titles(self, column: Bound) -> list[Cell]:
        """Texts of the table above a column, from the top down."""
        over = (
            cell
            for cell in self.cells
            if cell.area.left <= column.left
            and column.right <= cell.area.right
            and self.table.top <= cell.area.top < self.lines[0].row
            and cell.number is None
        )
        return sorted(over, key=lambda cell: cell.area.top)


def build_form(text: str, catalogue: Catalogue) -> OfficialForm:
    """Make a form from the text of its TOML file.

    Raises:
        CatalogueError: A key is missing or unknown, cells overlap or lie outside, a placeholder,
            style, element or measure is not known, or a code is not the one printed.
    """
    raw = tomllib.loads(text)
    name = raw.get("id", "?")
    try:
        form = _form(raw)
        _check_cells(form)
        _check_binding(form, catalogue)
    except (KeyError, TypeError, ValueError) as error:
        raise CatalogueError(f"official form {name}: {error}") from error
    return form


def _form(raw: dict[str, Any]) -> OfficialForm:
    cells = tuple(_cell(**each) for each in raw.pop("cells"))
    first, last = raw.pop("block", (1, 0))
    lines = tuple(_line(dict(each), cells) for each in raw.pop("lines"))
    return OfficialForm(
        cells=cells,
        block=range(first - 1, last),
        table=Area.parse(raw.pop("table")),
        foot=raw.pop("foot") - 1,
        columns=tuple(_column(**each) for each in raw.pop("columns")),
        lines=lines,
        widths=tuple(raw.pop("widths")),
        heights=tuple(raw.pop("heights")),
        **raw,
    )


def _cell(at: str, text: str | int, look: str, bold: str = "", part: str = "") -> Cell:
    for words in (text, bold, part):
        unknown = _fields(words) - PLACEHOLDERS if isinstance(words, str) else set()
        _need(not unknown, f"{at}: unknown placeholder {', '.join(sorted(unknown))}")
    styles = looks()
    for style in look.split():
        _need(style in styles, f"{at}: unknown style {style}")
    number = None if isinstance(text, str) else text
    return Cell(Area.parse(at), str(text), number, tuple(look.split()), bold, part)


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _column(at: str, bind: str) -> Bound:
    first, _, last = at.partition(":")
    left, right = (parse_a1(f"{letters}1")[1] for letters in (first, last or first))
    return Bound(left, right, bind)


def _line(raw: dict[str, Any], cells: tuple[Cell, ...]) -> Line:
    row, code = raw.pop("at") - 1, raw.pop("code", None)
    numbers = (cell.number for cell in cells if cell.area.top == row)
    printed = [number for number in numbers if number is not None]
    _need(printed == ([] if code is None else [code]), f"row {row + 1} is printed {printed}")
    of = [str(raw.pop(name, "T")) for name in _DIMENSIONS]
    _need(not raw, f"row {row + 1}: unknown {', '.join(raw)}")
    return Line(row, (of[0], of[1], of[2], "T"))


def _check_cells(form: OfficialForm) -> None:
    """Refuse cells that overlap, or lie beyond the columns and rows whose sizes are given."""
    used = Counter(at for cell in form.cells for at in cell.area.cells)
    used += Counter(at for area in figure_areas(form) for at in area.cells)
    twice = [a1(*at) for at, count in used.items() if count > 1]
    _need(not twice, f"cells overlap: {', '.join(sorted(twice))}")
    for row, col in [*used, (form.table.bottom, form.table.right)]:
        inside = row < len(form.heights) and col < len(form.widths)
        _need(inside, f"{a1(row, col)} has no height or width")
    _need(set(form.figures.split()) <= set(looks()), f"unknown style {form.figures}")
    _need(form.foot > form.table.bottom, "the signatures begin inside the table")


def figure_areas(form: OfficialForm) -> Iterator[Area]:
    """Where figures stand."""
    for line in form.lines:
        for column in form.columns:
            yield Area(line.row, column.left, line.row, column.right)


def _check_binding(form: OfficialForm, catalogue: Catalogue) -> None:
    measures = (*catalogue.measures, *catalogue.form_measures)
    known = {COMMUNES, *catalogue.element_index, *(measure.id for measure in measures)}
    ids = [column.id for column in form.columns]
    _need(set(ids) <= known, f"unknown: {', '.join(sorted(set(ids) - known))}")
    _need(len(set(ids)) == len(ids), "two columns of one element")
    slices = [line.slice for line in form.lines]
    _need(len(set(slices)) == len(slices), "two lines of one slice")
    for column in form.columns:
        _need(bool(form.title_over(column)), f"{column.id} stands under no title")


def _need(condition: bool, problem: str) -> None:
    if not condition:
        raise ValueError(problem)


@cache
def looks() -> dict[str, dict[str, Any]]:
    """The styles of the forms, by name."""
    return tomllib.loads(source("looks"))


@cache
def load_form(id_: str) -> OfficialForm:
    """One of the built-in forms."""
    return build_form(source(id_), load_catalogue())


def source(name: str) -> str:
    """The text of a file of the forms' folder."""
    folder = files("ctk").joinpath("templates", "official")
    return folder.joinpath(f"{name}.toml").read_text(encoding="utf-8")
