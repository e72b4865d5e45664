"""Ages as labels write them: "dưới 6 tuổi", "0-6 tuổi", "từ 3 tháng đến 36 tháng tuổi", "16t"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from ctk.text.fold import fold, nfc

_CACHED = 1 << 13
_DASH = re.compile(r"(?<=\d)(\s*(?:tháng|ngày|tuổi|t)*\s*)(?:[-–—−~÷]|->|→)\s*(?=[<≤]?\s*\d)")
_SHORT = re.compile(r"\b(\d{1,2}) ?t\b")
_UNIT = r"(?: (?:thang tuoi|ngay tuoi|tuoi|thang|ngay)\b)?"
_TO = rf"(?:tu )?(?:tren )?(?:du )?\b(\d{{1,2}}){_UNIT} (?:den|toi)"
_PATTERNS = (
    ("below_from", re.compile(rf"{_TO} (?:duoi |< ?|chua du |truoc )(\d{{1,2}})\b{_UNIT}")),
    ("closed", re.compile(rf"{_TO} (\d{{1,2}})\b{_UNIT}")),
    ("from", re.compile(rf"(?:\btu (?:du )?|\bdu |≥ ?|>= ?)(\d{{1,2}})\b{_UNIT}(?: tro len)?")),
    ("from", re.compile(rf"\b(\d{{1,2}}){_UNIT} tro len")),
    ("over", re.compile(rf"(?:\btren |> ?)(\d{{1,2}})\b{_UNIT}")),
    ("below", re.compile(rf"(?:\bduoi |\btruoc |\bchua du |< ?)(\d{{1,2}})\b{_UNIT}")),
    ("up_to", re.compile(rf"\b(?:den|toi) (\d{{1,2}})\b{_UNIT}")),
    ("exact", re.compile(rf"\b(\d{{1,2}})\b{_UNIT}")),
)
GAP = "|"
"""Stands where an age was taken out: what is before and behind it are no neighbours."""

_YEARS, _MONTHS, _DAYS = "y", "m", "d"
_CHILDHOOD = 16


@dataclass(frozen=True, slots=True, order=True)
class Age:
    """From one age to below another, in years (`y`), months (`m`) or days (`d`).

    `closed` tells that the upper bound was printed as reached: "0 - 6 tuổi", whose neighbour may
    well be "6 - 16 tuổi".
    """

    kind: str
    low: int
    high: int
    closed: bool = field(default=False, compare=False)

    @property
    def is_childhood(self) -> bool:
        """Whether these are simply all children."""
        return (self.kind, self.low, self.high) == (_YEARS, 0, _CHILDHOOD)

    def __str__(self) -> str:
        return f"{self.kind}{self.low}-{self.high}"


@lru_cache(maxsize=_CACHED)
def take_ages(text: str, *, bare: bool = False) -> tuple[str, tuple[Age, ...]]:
    """Take the ages out of a label.

    Args:
        text: The label.
        bare: Whether numbers may be ages without a unit behind them, as in the title of a column.

    Returns:
        The rest of the label, folded, with a gap where an age stood, and the ages.
    """
    dashed = _DASH.sub(r"\1 đến ", nfc(text).lower())
    rest = _SHORT.sub(r"\1 tuoi", fold(dashed).replace("<", " < ").replace(">", " > "))
    rest = re.sub(r"> +=", ">=", " ".join(rest.split()))
    ages: list[Age] = []
    for how, pattern in _PATTERNS:
        for found in list(pattern.finditer(rest)):
            if bare or any(word in found[0] for word in ("tuoi", "thang", "ngay")):
                ages.append(_age(how, found))
                rest = rest.replace(found[0], f" {GAP} ", 1)
    return " ".join(rest.split()), tuple(dict.fromkeys(ages))


def _age(how: str, found: re.Match[str]) -> Age:
    kind = _MONTHS if "thang" in found[0] else _DAYS if "ngay" in found[0] else _YEARS
    numbers = [int(number) for number in found.groups()]
    low = {"from": numbers[0], "over": numbers[0] + 1, "exact": numbers[0]}.get(how, 0)
    low = numbers[0] if len(numbers) > 1 else low
    high = numbers[-1]
    if kind == _YEARS:
        high += how in ("closed", "up_to", "exact") and not (low < _CHILDHOOD == high)
        high = _CHILDHOOD if how in ("from", "over") else high
    elif how in ("from", "over"):
        high = 12 * _CHILDHOOD
    if kind == _MONTHS and low == 0 and high % 12 == 0:
        kind, high = _YEARS, high // 12
    return Age(kind, low, high, how == "closed")
