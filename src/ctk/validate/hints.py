"""The sentences of suggestions, in the words of the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctk.messages import message
from ctk.validate.findings import show_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctk.validate.findings import Writer
    from ctk.validate.verdicts import Verdict

SLIPS = ("transposed", "scale", "doubled_digit", "missing_digit")
_MOVED = ("swapped_sexes", "swapped_rows", "shifted_columns", "shifted_rows", "swapped_sex_columns")


class Hints:
    """Puts verdicts about one submission into words."""

    def __init__(self, writer: Writer, submission: int) -> None:
        """Keep what every sentence needs."""
        self._writer = writer
        self._rows = writer.batch.row_matrix[submission]
        self._values = writer.batch.matrix[submission]

    def rows(self, figures: Sequence[int]) -> list[int]:
        """Rows of the frame of some figures."""
        return [int(self._rows[figure]) for figure in figures]

    def verdict(self, verdict: Verdict, home: str) -> str:
        """What the broken relations tell; cells of other sheets than `home` are named with it."""
        if verdict.kind in SLIPS:
            return self._slip(verdict, home)
        if verdict.kind in _MOVED:
            return self._moved(verdict, home)
        if verdict.kind == "range":
            return self._range(verdict, home)
        cells = self._cells(verdict.figures, home)
        shown = [self._typed(value) for value in verdict.values if value is not None]
        pairs = [f"{cell} = {new}" for cell, new in zip(cells, shown, strict=False)]
        told = {"cells": ", ".join(cells), "count": verdict.count, "pairs": ", ".join(pairs)}
        return self._say(verdict.kind, new="".join(shown[:1]), **told)

    def settled(self, value: int, *, sure: bool) -> str:
        """What a cell must be if those around it are right."""
        return self._say("settled" if sure else "settled_if", new=self._typed(value))

    def elsewhere(self, cell: str) -> str:
        """That the suggestion stands with another finding."""
        return self._say("elsewhere", cell=cell)

    def _slip(self, verdict: Verdict, home: str) -> str:
        (figure,), (new,) = verdict.figures, verdict.values
        (cell,) = self._cells([figure], home)
        return self._say(
            "slip" if verdict.sure else "slip_maybe",
            cell=cell,
            why=self._say(f"why.{verdict.kind}"),
            old=self._typed(self._values[figure]),
            new=self._typed(new or 0),
        )

    def _range(self, verdict: Verdict, home: str) -> str:
        low, high = verdict.bounds or (0, None)
        kind = "at_least" if high is None else "range" if low else "at_most"
        (cell,) = self._cells(verdict.figures, home)
        return self._say(kind, cell=cell, low=self._number(low), high=self._number(high or 0))

    def _moved(self, verdict: Verdict, home: str) -> str:
        rows = self.rows(verdict.figures)
        places = sorted((self._writer.line(row), row) for row in rows)
        return self._say(
            verdict.kind,
            cells=", ".join(self._writer.address(row, home) for _, row in places),
            sheet=self._writer.sheet(rows[0]),
            first=places[0][0],
            last=places[-1][0],
        )

    def _cells(self, figures: Sequence[int], home: str) -> list[str]:
        return [self._writer.address(row, home) for row in self.rows(figures)]

    def _typed(self, value: float) -> str:
        """A figure as it has to be typed: "1.804" would be put in doubt again (V307)."""
        return str(int(value)) if float(value).is_integer() else self._number(value)

    def _number(self, value: float) -> str:
        return show_number(float(value), self._writer.lang)

    def _say(self, key: str, **params: object) -> str:
        return message(f"suggest.{key}", self._writer.lang, **params)
