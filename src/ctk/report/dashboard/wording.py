"""Words and numbers of the page in one language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ctk.indicators import Catalogue
from ctk.messages import message
from ctk.report.dashboard.charts import Mark
from ctk.report.dashboard.content import Item
from ctk.report.figures import Figure, State
from ctk.report.lines import Line, unit_label
from ctk.text.numbers import format_vi, round_half_up

_ENGLISH = str.maketrans(",.", ".,")


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as it is printed.

    Args:
        text: A number, or why there is none.
        state: What the figure is; `missing`: the unit has not reported.
        value: The number as rounded; None unless it is complete.
        so_far: The sum, or rate, of what has come in, where it is incomplete.
    """

    text: str
    state: str
    value: float | None = None
    so_far: float | None = None


def mark_of(cell: Cell) -> Mark:
    """The figure as a bar or a point."""
    if cell.so_far is not None:
        return Mark(cell.so_far, cell.text, so_far=True)
    return Mark(cell.value, cell.text)


@dataclass(frozen=True, slots=True)
class Wording:
    """Looks up what the page says."""

    lang: str

    def say(self, key: str, **params: object) -> str:
        """A sentence of the page; whole numbers are written as the language does."""
        shown = {k: self.number(v) if isinstance(v, int) else v for k, v in params.items()}
        return message(f"dashboard.{key}", self.lang, **shown)

    def number(self, value: float, decimals: int = 0) -> str:
        """A figure as the language writes it."""
        text = format_vi(value, decimals)
        return text if self.lang == "vi" else text.translate(_ENGLISH)

    def moment(self, moment: datetime) -> str:
        """A moment as it is written in the language."""
        return f"{moment:%H:%M, %d/%m/%Y}" if self.lang == "vi" else f"{moment:%Y-%m-%d %H:%M}"

    def line(self, item: Item, catalogue: Catalogue) -> Line:
        """What is known of a figure: its unit, and whether it has decimals."""
        measure = next((m for m in catalogue.measures if m.id == item.id), None)
        known = measure or next(e for e in catalogue.elements if e.id == item.id)
        rate = measure is not None and not measure.is_count
        unit = unit_label(known.unit, self.lang)
        return Line("measure", "", item.id, item.title(self.lang), unit, item.id, is_rate=rate)

    def cell(self, figure: Figure, line: Line, *, missing: bool = False) -> Cell:
        """A figure for a table or a chart; only a complete one is a number."""
        if figure.state is State.COMPLETE and figure.value is not None:
            value = round_half_up(figure.value, line.decimals)
            return Cell(self.number(figure.value, line.decimals), figure.state.value, value)
        if figure.state is not State.WITHHELD and missing:
            return Cell(self.say("cell.missing"), "missing")
        if figure.state is State.INCOMPLETE and not figure.reported:
            return Cell(self.say("cell.nothing"), figure.state.value)
        if figure.state is State.INCOMPLETE and figure.partial is not None:
            return self._so_far(figure, figure.partial, line)
        counts = {"reported": figure.reported, "expected": figure.expected}
        return Cell(self.say(f"cell.{figure.state}", **counts), figure.state.value)

    def _so_far(self, figure: Figure, partial: float, line: Line) -> Cell:
        """What has come in so far, in words that cannot be taken for a total."""
        text = self.say(
            "cell.so_far",
            reported=figure.reported,
            expected=figure.expected,
            partial=self.number(partial, line.decimals),
        )
        so_far = round_half_up(partial, line.decimals)
        return Cell(text, figure.state.value, so_far=so_far)
