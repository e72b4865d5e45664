"""Numbered footnotes below a table."""

from __future__ import annotations

MOST = 60
"""So many footnotes a table may have; what would be more is told in general words."""


class Footnotes:
    """Gives numbers to what is said below a table; the same words get the same number."""

    def __init__(self) -> None:
        """Begin without footnotes."""
        self._numbers: dict[str, int] = {}

    def mark(self, text: str, instead: str = "") -> str:
        """Give the mark "(3)" of a footnote.

        Args:
            text: What it says.
            instead: What it says if there are too many footnotes already.
        """
        if instead and text not in self._numbers and len(self._numbers) >= MOST:
            text = instead
        return f"({self._numbers.setdefault(text, len(self._numbers) + 1)})"

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """The footnotes with their marks, in their order."""
        return tuple((f"({number})", text) for text, number in self._numbers.items())
