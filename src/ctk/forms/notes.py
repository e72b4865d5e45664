"""What notes on a sheet say that a blank cell or a sign means."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from ctk.model import Absence

if TYPE_CHECKING:
    from ctk.forms.types import Cells

_CACHED = 1 << 12
_NOT_COLLECTED = re.compile(
    r"\b(?:chua (?:thu thap|co so lieu|thong ke|tong hop|ra soat|cap nhat|nam duoc|xac dinh|bao cao"
    r"|co bao cao|dieu tra|co ket qua)|khong (?:co so lieu|thu thap|thong ke|nam duoc|theo doi)"
    r"|bo sung sau|dang (?:ra soat|cap nhat|thong ke|thu thap|tong hop|xac minh))\b"
)
_NOT_APPLICABLE = re.compile(
    r"\bkhong (?:ap dung|phai bao cao|phai ghi|thu thap o cap|thuoc|yeu cau)\b"
)
_NOTHING = re.compile(
    r"\bkhong (?:co|phat sinh|xay ra|truong hop)\b|\bbang (?:khong\b|0)|= ?0\b|^ ?(?:so )?0\b"
    r"|\bchua phat sinh\b|\bla khong\b|^ ?khong\.?$"
)
_BLANK = (
    r"(?:(?:cac )?(?:o|cot|dong|muc|cho|chi tieu|phan)\b[^;.:]{0,20}?)?\b(?:de trong|bo trong|trong"
    r"|khong ghi(?: so(?: lieu)?)?|khong dien(?: so(?: lieu)?)?|khong co so)\b"
)
_SIGN = r"[\"'“”‘’(\[]*\s*(?P<sign>-|\.{2,4}|…|x|0)\s*[\"'“”‘’)\]]*"
_MEANS = r"\s*(?:co nghia la|nghia la|tuc la|duoc hieu la|the hien|bieu thi|la|:|=)\s*"
_OF_BLANK = re.compile(rf"{_BLANK}{_MEANS}(?P<meaning>[^;.]+)")
_OF_SIGN = re.compile(rf"(?:dau|ky hieu|ghi|o ghi)\s*{_SIGN}{_MEANS}(?P<meaning>[^;.]+)")
_LONGEST = 400
_ELLIPSIS = "…"


@dataclass(frozen=True)
class Meanings:
    """What blank cells and signs mean by the notes of a sheet; where they say nothing, nothing.

    Args:
        blank: What a blank cell means.
        signs: What signs mean, by the sign; `…` for dots.
        at: The cell of the note on blanks (from 0).
        text: The note on blanks.
    """

    blank: Absence | None = None
    signs: dict[str, Absence] = field(default_factory=dict)
    at: tuple[int, int] = (-1, -1)
    text: str = ""


def read_notes(cells: Cells, first_row: int) -> Meanings:
    """Read the notes in and below a table.

    Args:
        cells: The sheet.
        first_row: The first row of the table; titles above it are no notes.
    """
    found = Meanings()
    for r, row in enumerate(cells[first_row:], first_row):
        for c, value in enumerate(row):
            if isinstance(value, str) and 8 < len(value) <= _LONGEST:
                blank, signs = _said(value)
                found.signs.update(signs)
                if blank is not None and found.blank is None:
                    found = Meanings(blank, found.signs, (r, c), value.strip())
    return found


@lru_cache(maxsize=_CACHED)
def _said(text: str) -> tuple[Absence | None, tuple[tuple[str, Absence], ...]]:
    plain = _plain(text)
    signs = (
        (_ELLIPSIS if found["sign"].startswith((".", "…")) else found["sign"], meant)
        for found in _OF_SIGN.finditer(plain.replace("...", "…").replace("…", _ELLIPSIS))
        if (meant := meaning(found["meaning"])) is not None
    )
    blank = _OF_BLANK.search(plain)
    return (meaning(blank["meaning"]) if blank else None), tuple(signs)


@lru_cache(maxsize=_CACHED)
def meaning(words: str) -> Absence | None:
    """What words say of a missing figure: not collected, not applicable, or that there is none."""
    plain = _plain(words)
    if _NOT_COLLECTED.search(plain):
        return Absence.NOT_COLLECTED
    if _NOT_APPLICABLE.search(plain):
        return Absence.NOT_APPLICABLE
    return Absence.NOTHING_OCCURRED if _NOTHING.search(plain) else None


@lru_cache(maxsize=_CACHED)
def _plain(text: str) -> str:
    """Lower case without accents; punctuation stays, dashes are one."""
    lowered = unicodedata.normalize("NFKD", text.replace("…", "\x00").casefold())
    bare = "".join(char for char in lowered if not unicodedata.combining(char))
    bare = bare.replace("\x00", "…").replace("đ", "d")
    return " ".join(re.sub(r"[‐‑–—−]", "-", bare).split())
