"""Slips of the hand in one number: what else a typed number may have been meant to be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ctk.text.numbers import read_number

if TYPE_CHECKING:
    from collections.abc import Iterator

STRONG = ("transposed", "scale")
"""Slips so particular that one of them tells equally likely cells apart."""

_POWERS = (10, 100, 1000)
_DECIMALS = 3
_LEAST_STRONG = 100
_NUMBER = re.compile(r"[+-]?[0-9](?:[0-9.,]*[0-9])?")


def slips(typed: int) -> dict[int, str]:
    """What a whole number may have been meant to be, with the name of the slip."""
    found: dict[int, str] = {}
    for kind, values in (
        ("transposed", _transposed(str(typed))),
        ("scale", _scaled(typed)),
        ("doubled_digit", _without_double(str(typed))),
        ("missing_digit", _with_one_more(str(typed))),
    ):
        for value in values:
            if value != typed:
                found.setdefault(value, kind)
    return found


def strong_slip(typed: int, meant: int) -> str | None:
    """The slip that leads from one to the other, if it is too particular for small chance."""
    kind = slips(typed).get(meant)
    return kind if kind in STRONG and max(typed, meant) >= _LEAST_STRONG else None


def whole_readings(value: float) -> dict[int, str]:
    """Counts that a negative or fractional number may have been meant to be."""
    if value < 0:
        return {int(-value): "sign"} if value.is_integer() else {}
    decimals = len(repr(value).partition(".")[2])
    if "e" in repr(value) or not 0 < decimals <= _DECIMALS:
        return {}
    powers = range(decimals, _DECIMALS + 1)
    return {round(value * 10**power): "scale" for power in powers}


def readings_in_text(text: str) -> dict[int, str]:
    """Counts that the only number in a text may mean."""
    numbers = _NUMBER.findall(text)
    if len(numbers) != 1:
        return {}
    reading = read_number(numbers[0])
    options = reading.readings if reading.value is None else (repr(reading.value),)
    values = (float(option) for option in options)
    return {int(value): "in_text" for value in values if value >= 0 and value.is_integer()}


def _transposed(digits: str) -> Iterator[int]:
    for i in range(len(digits) - 1):
        swapped = digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
        if not swapped.startswith("0"):
            yield int(swapped)


def _scaled(typed: int) -> Iterator[int]:
    for power in _POWERS:
        yield typed * power
        if typed % power == 0:
            yield typed // power


def _without_double(digits: str) -> Iterator[int]:
    for i in range(len(digits) - 1):
        if digits[i] == digits[i + 1]:
            yield int(digits[:i] + digits[i + 1 :])


def _with_one_more(digits: str) -> Iterator[int]:
    for i in range(len(digits) + 1):
        for digit in "0123456789":
            yield int(digits[:i] + digit + digits[i:])
