"""What stands above the tables of a form: its title, and words in front of statements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ctk.forms.learning.columns import is_word
from ctk.forms.learning.headers import find_heads
from ctk.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctk.forms.learning.sheets import Sheet

_STATEMENTS = ("unit", "parent", "period", "cut_off")
_DATED = re.compile(
    r"\s*[,\-–]?\s*\b(?:(?:quý \w+|\d{1,2}\s*tháng(?:\s*(?:đầu|cuối))?)\s*)?"
    r"(?:năm\s*)?(?:20\d\d\S*|20\.{2,})\s*$"
    r"|\s*[,\-–]?\s*\b\d{1,2}\s*tháng(?:\s*(?:đầu|cuối))?(?:\s*năm)?\s*$",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:biểu(?: số| mẫu)?|mẫu(?: số)?|phụ lục|bảng)\b.{2,}", re.IGNORECASE)
_MIN_WORDS = 3
_MOST_ROWS = 40


def form_titles(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """The titles of a form, without the period: what is written large above the tables."""
    found: list[str] = []
    for sheet in sheets:
        for text in _above(sheet):
            title = _DATED.sub("", text).strip(" .,:;-–")
            if _is_title(title) and title not in found:
                found.append(title)
    return tuple(found)


def _is_title(text: str) -> bool:
    if len(text.split()) < _MIN_WORDS or len(text) > 150 or is_word("not_titles", fold(text)):
        return False
    if ":" in text:
        return False
    return text.isupper() or bool(_NAMED.fullmatch(text))


def statement_words(sheets: Sequence[Sheet]) -> dict[str, tuple[str, ...]]:
    """The words in front of unit, receiver, period and day, as this form has them."""
    found: dict[str, list[str]] = {}
    for sheet in sheets:
        for text in _above(sheet):
            label = text.partition(":")[0].strip() if ":" in text else _before_date(text)
            kind = next(
                (k for k in _STATEMENTS if label and is_word(f"said_{k}", fold(label))), None
            )
            if kind and label not in found.setdefault(kind, []):
                found[kind].append(label)
    return {kind: tuple(found[kind]) for kind in _STATEMENTS if kind in found}


def _before_date(text: str) -> str:
    """The words before a day that no colon parts from them: "Số liệu tính đến ngày 20/5/2022"."""
    found = re.match(r"\(?(\D+?)\s*\d{1,2}\s*[/.-]\s*\d{1,2}", text)
    return found[1].strip(" (") if found else ""


def _above(sheet: Sheet) -> Iterator[str]:
    """The texts above the first table of a sheet."""
    heads = find_heads(sheet)
    last = min(heads[0].first, _MOST_ROWS) if heads else 0
    for row in range(last):
        for col in range(sheet.width):
            if text := sheet.text(row, col):
                yield text
