"""The longest part of a sequence that is in order."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def longest_rise(numbers: Sequence[int]) -> list[int]:
    """Positions of the longest strictly rising part of a sequence, from left to right.

    `[5, 1, 2, 9, 3]` gives `[1, 2, 4]`: 1, 2 and 3.
    """
    ends: list[int] = []  # positions where the best part of each length ends
    before: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left([numbers[end] for end in ends], number)
        before.append(ends[length - 1] if length else -1)
        if length < len(ends) and numbers[ends[length]] == number:
            continue  # of equals the first
        ends[length:] = [place, *ends[length + 1 :]]
    found: list[int] = []
    place = ends[-1] if ends else -1
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]
