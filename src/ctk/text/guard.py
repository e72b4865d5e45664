"""Text that spreadsheet programs would take for a formula."""

from __future__ import annotations

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """Put an apostrophe before a text of a CSV file that Excel would take for a formula.

    A lone carriage return is not quoted by the csv module, yet ends a line for its readers.
    """
    safe = f"'{text}" if text.startswith(_FORMULA_STARTS) else text
    return safe.replace("\r\n", "\n").replace("\r", "\n")
