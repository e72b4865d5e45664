"""What can be said about one cell, and what a cell says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ctk.model import Absence


class Note(StrEnum):
    """What to say about a cell; with the first two it has a value, with the others none."""

    TEXT_NUMBER = "text_number"
    DECIMAL_TEXT = "decimal_text"
    AMBIGUOUS_SEPARATOR = "ambiguous_separator"
    PERCENT_TEXT = "percent_text"
    NOT_A_NUMBER = "not_a_number"
    DATE_CELL = "date_cell"
    BOOLEAN_CELL = "boolean_cell"
    ERROR_VALUE = "error_value"
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    WORD_BESIDE = "word_beside"
    SEVERAL_NUMBERS = "several_numbers"
    FOOTNOTE_MARK = "footnote_mark"
    LETTER_FOR_DIGIT = "letter_for_digit"
    FORMULA_AS_TEXT = "formula_as_text"
    TOO_LARGE = "too_large"
    FRACTION_AS_DATE = "fraction_as_date"
    NUMBER_AS_DATE = "number_as_date"


NOTES: tuple[str, ...] = ("", *(note.value for note in Note))
"""Notes by position, for columns of small integers; position 0 is a plain cell."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says.

    Attributes:
        value: The figure; 0 if nothing occurred; None without a figure.
        absence: Why there is no figure.
        note: What to tell people about the cell.
        readings: What an unreadable cell may mean, only ever shown: figures written as in Python,
            for a date the fraction that Excel may have taken for it.
    """

    value: float | None
    absence: Absence
    note: Note | None = None
    readings: tuple[str, ...] = ()
