"""Numbers as people type them into cells; nothing is guessed, and blank is not zero."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache, lru_cache
from importlib.resources import files

from ctk.errors import CatalogueError
from ctk.model import Absence
from ctk.text.fold import nfc
from ctk.text.mistyped import explain
from ctk.text.notes import NOTES, Note, Reading

__all__ = ["NOTES", "Note", "Reading", "format_vi", "read_number", "round_half_up"]


_CACHED = 1 << 14
_HEADER = "text,absence"
_SIGNS = (Absence.NOTHING_OCCURRED, Absence.NOT_COLLECTED, Absence.NOT_APPLICABLE)
_BLANK = Reading(None, Absence.BLANK)
_UNREADABLE = {note: Reading(None, Absence.UNREADABLE, note) for note in Note}

# NFKC would also read "5²" as 52 and "½" as "1⁄2".
_FULL_WIDTH = {code: code - 0xFEE0 for code in (0xFF05, *range(0xFF0B, 0xFF1A))}
_MINUSES = dict.fromkeys(map(ord, "‐‑–−"), ord("-"))
_AS_TYPED_PLAINLY = {**_FULL_WIDTH, **_MINUSES}
_INVISIBLE = dict.fromkeys((0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF))
# Excel's calendar counts a 29 February 1900 that never was; readers show it as the day before.
_DAY_ZERO = date(1899, 12, 30)
_FALSE_LEAP_DAY = date(1900, 2, 28)
_FIRST_TYPED_YEAR = 1990
_TRAILING_SEPARATOR = re.compile(r"(?<=[0-9])[.,]$")

# Telephone and identity numbers begin with a zero and are long.
_NO_IDENTITY = r"(?!0[0-9](?:[.,]?[0-9]){7})"
_GROUPED = "[1-9][0-9]{0,2}"
_WHOLE = re.compile(
    rf"{_NO_IDENTITY}[0-9]+"
    rf"|{_GROUPED}(?:(?:\.[0-9]{{3}}){{2,}}|(?:,[0-9]{{3}}){{2,}}|(?: [0-9]{{3}})+)"
)
_AMBIGUOUS = re.compile(rf"({_GROUPED})[.,]([0-9]{{3}})")
_DECIMAL = re.compile(
    rf"{_NO_IDENTITY}([0-9]+|{_GROUPED}(?: [0-9]{{3}})+)[.,]([0-9]+)"
    rf"|({_GROUPED}(?:\.[0-9]{{3}})+),([0-9]+)"
    rf"|({_GROUPED}(?:,[0-9]{{3}})+)\.([0-9]+)"
)
_SEPARATORS = str.maketrans("", "", "., ")

_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
_TO_VIETNAMESE = str.maketrans(",.", ".,")


def read_number(raw: object) -> Reading:
    """Read a cell: a number, a sign of statistical tables, a blank, or why it is none of them.

    Args:
        raw: The value of the cell as the workbook gives it.

    Raises:
        CatalogueError: The list of signs is broken.
    """
    match raw:
        case None:
            return _BLANK
        case str():
            return _read_text(raw)
        case bool():
            return _UNREADABLE[Note.BOOLEAN_CELL]
        case int() | float():
            return _present(raw, None)
        case date() | time() | timedelta():
            return _read_date(raw)
        case _:
            return _UNREADABLE[Note.NOT_A_NUMBER]


def round_half_up(value: float, decimals: int = 0) -> float:
    """Round the decimals that people see: 2.675 to two decimals gives 2.68.

    Raises:
        ValueError: NaN or infinite.
    """
    return float(_rounded(value, decimals))


def format_vi(value: float, decimals: int = 0) -> str:
    """Print a figure the Vietnamese way, rounded half up: "1.234,50"; never "-0".

    Raises:
        ValueError: NaN or infinite.
    """
    return f"{_rounded(value, decimals):,.{decimals}f}".translate(_TO_VIETNAMESE)


def _rounded(value: float, decimals: int) -> Decimal:
    # str() gives the shortest decimals of a float, also of a NumPy one, and whole numbers exactly.
    exact = Decimal(str(value))
    if not exact.is_finite():
        raise ValueError(f"no figure to print: {value}")
    # plus() takes the sign off a zero.
    return _EXACT.plus(exact.quantize(Decimal((0, (1,), -decimals)), context=_EXACT))


@lru_cache(maxsize=_CACHED)
def _read_text(raw: str) -> Reading:
    visible = raw.translate(_INVISIBLE)
    if not visible.strip():
        return _BLANK
    if (absence := _signs().get(_as_sign(visible))) is not None:
        return Reading(0.0 if absence is Absence.NOTHING_OCCURRED else None, absence)
    # A line break keeps figures apart, unlike a space.
    lines = visible.strip().translate(_AS_TYPED_PLAINLY).splitlines()
    return _read_figure("\n".join(" ".join(line.split()) for line in lines))


def _read_figure(text: str) -> Reading:
    digits, sign = _signed(text)
    if _WHOLE.fullmatch(digits):
        return _present(sign + digits.translate(_SEPARATORS), Note.TEXT_NUMBER)
    if _AMBIGUOUS.fullmatch(digits):
        return Reading(None, Absence.UNREADABLE, Note.AMBIGUOUS_SEPARATOR, _meanings(text))
    if _DECIMAL.fullmatch(digits):
        return _present(_meanings(text)[0], Note.DECIMAL_TEXT)
    return _no_figure(*explain(text, _meanings))


def _signed(text: str) -> tuple[str, str]:
    """A text without its sign and a separator at its end, and the minus."""
    sign = "-" if text.startswith("-") else ""
    return _TRAILING_SEPARATOR.sub("", text.removeprefix(sign or "+")), sign


def _meanings(text: str) -> tuple[str, ...]:
    """What a text means as a number, written as in Python; two if it is ambiguous, or none."""
    digits, sign = _signed(text)
    if _WHOLE.fullmatch(digits):
        return (sign + digits.translate(_SEPARATORS),)
    if found := _AMBIGUOUS.fullmatch(digits):
        return tuple(sign + separator.join(found.groups()) for separator in ("", "."))
    if found := _DECIMAL.fullmatch(digits):
        whole, decimals = (part for part in found.groups() if part is not None)
        return (f"{sign}{whole.translate(_SEPARATORS)}.{decimals}",)
    return ()


def _no_figure(note: Note, readings: tuple[str, ...]) -> Reading:
    return Reading(None, Absence.UNREADABLE, note, readings) if readings else _UNREADABLE[note]


def _present(number: float | str, note: Note | None) -> Reading:
    try:
        value = float(number)
    except OverflowError:
        return _UNREADABLE[Note.NOT_A_NUMBER]
    if not math.isfinite(value):
        return _UNREADABLE[Note.NOT_A_NUMBER]
    return Reading(value or 0.0, Absence.PRESENT, note)


def _read_date(raw: date | time | timedelta) -> Reading:
    """Tell what Excel may have turned into a date: a number by its format, or a fraction typed."""
    if raw == time():  # a zero in a cell with a format of dates
        return _no_figure(Note.NUMBER_AS_DATE, ("0",))
    midnight = not isinstance(raw, datetime) or raw.time() == time()
    if not isinstance(raw, date) or not midnight:
        return _UNREADABLE[Note.DATE_CELL]
    day = date(raw.year, raw.month, raw.day)
    if day.year < _FIRST_TYPED_YEAR:
        return _no_figure(Note.NUMBER_AS_DATE, _serials(day))
    typed = dict.fromkeys((f"{day.day}/{day.month}", f"{day.month}/{day.day}"))
    return _no_figure(Note.FRACTION_AS_DATE, tuple(typed))


def _serials(day: date) -> tuple[str, ...]:
    """The numbers that Excel shows as a day."""
    number = (day - _DAY_ZERO).days
    if day == _FALSE_LEAP_DAY:
        return str(number - 1), str(number)
    return (str(number - (day < _FALSE_LEAP_DAY)),)


@cache
def _signs() -> dict[str, Absence]:
    """Read signs.csv: signs as `_as_sign` writes them, and what they mean."""
    listed = files(__package__).joinpath("signs.csv").read_text(encoding="utf-8")
    header, *rows = listed.splitlines() or [""]
    if header != _HEADER:
        raise CatalogueError(f"signs.csv: the first line must be {_HEADER}")
    names = {absence.label: absence for absence in _SIGNS}
    signs: dict[str, Absence] = {}
    for row in rows:
        text, _, name = row.rpartition(",")
        if name not in names:
            raise CatalogueError(f"signs.csv: no such absence of a sign: {row}")
        if not text or text != _as_sign(text) or text in signs:
            raise CatalogueError(f"signs.csv: listed twice or not in lower case: {row}")
        signs[text] = names[name]
    return signs


def _as_sign(text: str) -> str:
    return " ".join(nfc(text).casefold().split())
