"""A commune's form in the making: consistent figures, what is changed in them, what that breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sample_population import Figures, Place, invent, slice_name
from sample_workbooks import Cells, fill, write

from corpus.contents import Around, Typed
from corpus.key import Planted
from corpus.light import write_light
from ctk.indicators import load_catalogue
from ctk.model import Unit
from ctk.periods import Period
from ctk.units.lookup import find_unit, is_urban, path_to_root
from ctk.workbook.commune import plan_form

HALF, NINE, YEAR = Period(2022, 6), Period(2022, 9), Period(2022, 12)
NOW = Period(2026, 6)
RELATIONS = "V4* V5*"
"""What follows from a wrong figure: each relation that it is part of."""

RURAL = Place((620, 2150), (0.72, 0.99), 0.42)
TOWN = Place((1050, 1300), (0.25, 0.4), 0.13)
MERGED_RURAL = Place((2300, 6200), (0.8, 0.99), 0.34)
MERGED_WARD = Place((5200, 9800), (0.3, 0.5), 0.08)
FURTHER = Place((30, 60), (0.5, 0.9), 0.3)
"""What half a year adds to a commune: so few that nothing jumps."""

_COUNTED = {6: (5, 20), 9: (8, 20), 12: (12, 15)}
_REFORM = 2025
_FIRST_YEAR = 2021


@dataclass
class Form:
    """One commune's form of one period.

    Args:
        unit: The commune.
        cells: What is written into its cells.
        figures: The consistent figures it starts from.
    """

    unit: Unit
    cells: Cells
    figures: Figures
    around: Around = field(default_factory=Around)
    planted: list[tuple[str, str, str, str, str, str]] = field(default_factory=list)

    def put(self, element: str, column: str, content: Typed) -> None:
        """Write into the cell of a figure; nothing is said about it."""
        self.cells.figure(element, column, content)

    def row(self, element: str, *contents: Typed) -> None:
        """Write a row: total, male, female, then the other columns that the row has."""
        for column, content in zip(self.columns(element), contents, strict=False):
            self.put(element, column, content)

    def columns(self, element: str) -> list[str]:
        """The columns that a row has."""
        catalogue = self.cells.plan.catalogue
        found = catalogue.element(element)
        return [slice_name(b) for b in catalogue.breakdowns if found.has(b)]

    def count(self, element: str, column: str = "T") -> int:
        """The consistent figure."""
        return self.figures[element][column]

    def at(self, element: str, column: str = "T") -> tuple[str, str]:
        """Sheet and cell of a figure."""
        return self.cells.place(element, column)

    def plant(
        self,
        where: tuple[str, str],
        rules: str,
        severity: str,
        what: str,
        follows: str = "",
    ) -> None:
        """Note a defect: sheet and cells, the rules that find it, what it is."""
        self.planted.append((*where, rules, follows, severity, what))

    def wrong(
        self,
        element: str,
        column: str,
        content: Typed,
        rules: str,
        what: str,
        severity: str = "error",
        follows: str = RELATIONS,
    ) -> None:
        """Write something wrong into the cell of a figure, and note it."""
        self.put(element, column, content)
        self.plant(self.at(element, column), rules, severity, what, follows)

    def cover(self, line: int, content: Typed, rules: str = "", what: str = "") -> None:
        """Write on the cover (1 code, 2 name, 5 period); note it if it is wrong."""
        self.cells.put_on_cover(line, content)
        if rules:
            self.plant(("Bìa", f"B{4 + line}"), rules, "error", what)

    def save(self, path: Path, *, full: bool = False) -> None:
        """Write the workbook: ctk's own with all its looks, or the light one."""
        if full:
            path.parent.mkdir(parents=True, exist_ok=True)
            write(path, self.unit, self.cells)
        else:
            write_light(path, self.unit, self.cells, self.around)

    def key(self, file: str) -> Iterable[Planted]:
        """What is planted, as rows of the key."""
        return (Planted(file, *row) for row in self.planted)


def consistent_figures(code: str, period: Period, place: Place | None = None) -> Figures:
    """Invent what a commune counted; later periods of a year hold what the earlier ones do.

    Sums of consistent figures are consistent, so a later period is an earlier one and a little.
    """
    unit = find_unit(code, period.end)
    place = place or _place_of(unit, period)
    figures = invent(f"corpus {code}", place, 12 if period.months == YEAR.months else 6)
    steps = (period.year - _FIRST_YEAR) * 3 + {6: 0, 9: 1, 12: 2}[period.months]
    for step in range(1, steps + 1):
        more = invent(f"corpus {code} {step}", FURTHER, period.months)
        figures = _added(figures, more)
    return figures


def _place_of(unit: Unit, period: Period) -> Place:
    urban = is_urban(unit, "rural")
    if period.year > _REFORM:
        return MERGED_WARD if urban else MERGED_RURAL
    return TOWN if urban else RURAL


def _added(figures: Figures, more: Figures) -> Figures:
    found = {}
    for element, counts in figures.items():
        yes_no = load_catalogue().element(element).adds == "yes_no"
        extra = {} if yes_no else more.get(element, {})
        found[element] = {name: count + extra.get(name, 0) for name, count in counts.items()}
    return found


def form(
    code: str,
    period: Period = HALF,
    habit: str = "zero",
    change: Callable[[Figures], None] | None = None,
    place: Place | None = None,
) -> Form:
    """Start a commune's form with consistent figures.

    Args:
        code: Code of the commune.
        period: Its period.
        habit: How it writes that nothing occurred; see `sample_workbooks.fill`.
        change: Changes the figures before they are written.
        place: What kind of commune it is.
    """
    unit = find_unit(code, period.end)
    figures = consistent_figures(code, period, place)
    if change is not None:
        change(figures)
    cells = Cells(plan_form(load_catalogue(), period), path_to_root(code, period.end)[1:])
    fill(cells, figures, date(period.year, *_COUNTED[period.months]), habit)
    return Form(unit, cells, figures)
