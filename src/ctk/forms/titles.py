"""What stands above and below a table: whose report, of which period, signed on which day."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ctk.forms.said import Stated
from ctk.text.fold import fold, nfc

if TYPE_CHECKING:
    from ctk.forms.types import Cells

_CACHED = 1 << 13
_LONGEST = 200
_SIGNED_LONGEST = 60
_silent: set[object] = set()
"""Texts seen before that state nothing: most sheets repeat the same."""

_TYPES = r"xã|phường|thị trấn|đặc khu|xa|phuong|thi tran|dac khu"
_REPORTER = re.compile(
    r"(?:(?:tên )?đơn vị(?: báo cáo)?|(?:ten )?don vi(?: bao cao)?)\s*:\s*(.+)",
    re.IGNORECASE | re.DOTALL,
)
_OFFICE = re.compile(
    rf"(?:ubnd|[uủ][yỷ] ban nh[aâ]n d[aâ]n)\s+(?:{_TYPES})\b.+", re.IGNORECASE | re.DOTALL
)
_OFFICE_ALONE = frozenset(("uy ban nhan dan", "ubnd"))
_PLACE = re.compile(rf"(?:{_TYPES})\s[^:;,()\d–—]{{2,30}}", re.IGNORECASE)
_HEADING = re.compile(rf"((?:{_TYPES})\s[^–—()]{{2,40}}?)\s+[–—-]\s.+", re.IGNORECASE | re.DOTALL)
_PERIOD = re.compile(
    r"(?:\b(?P<months>[69]) thang (?:dau )?|\b(?P<all>ca) )?nam (?P<year>20\d\d)\b"
)
# Years of laws and plans, of what is compared, and of dates.
_OTHER_YEARS = re.compile(
    r"\b(?:thong tu|luat|nghi dinh|quyet dinh|cong van|ke hoach|chi thi|nghi quyet|giai doan"
    r"|so voi|cung ky|so sanh|ngay|nam truoc)\b"
)
_SIGNED = re.compile(r"\bngay (\d\d?)(?: thang | )(\d\d?)(?: nam | )(20\d\d)$")
_CUT_OFF = re.compile(
    r"\b(?:so lieu (?:duoc )?(?:tinh |chot |cap nhat |thu thap |tong hop |lay )?"
    r"(?:den|toi)(?: het)?"
    r"|(?:ngay )?chot so lieu(?: den)?|tinh den(?: het)?)(?: ngay)? "
    r"(\d\d?)(?: thang | )(\d\d?)(?: nam | )(20\d\d)\b"
)
_REPLACES = re.compile(
    r"\b(?:ban (?:sua|dieu chinh|dinh chinh|chinh sua|cap nhat|gui lai)"
    r"|(?:bieu|bao cao|so lieu|phu luc) (?:dieu chinh|dinh chinh|sua doi)"
    r"|thay the (?:cho )?(?:bieu|ban|bao cao|phu luc|so lieu|file|tep))\b"
)
_DOTS = re.compile(r"[.…_]{2,}|…")
_NO_NAME = re.compile(rf"(?:ubnd|uy ban nhan dan|{_TYPES}|\s)*")


class Title(NamedTuple):
    """A statement of a sheet and where it stands.

    Its kind is `unit`, `place` (a commune's name and nothing else), `period`, `cut_off`, `signed`,
    or `replaces` (another file of the unit).
    """

    kind: str
    said: Stated


def read_titles(cells: Cells, sheet: int, table: range, known: set[object]) -> list[Title]:
    """Read what is written above and below a table.

    Args:
        cells: The sheet's cells.
        sheet: Its place in the workbook.
        table: Rows of the table's figures.
        known: Texts of the workbook's other sheets, which state nothing new; this one's are added.
    """
    found: list[Title] = []
    head, foot = cells[: table.start], cells[table.stop :]
    fresh = set().union(*head, *foot) - _silent - known
    if not fresh:
        return found
    known |= fresh
    for rows, first in ((head, 0), (foot, table.stop)):
        for r, row in enumerate(rows, first):
            for c, value in enumerate(row):
                if value in fresh:
                    found += [Title(kind, Stated(what, sheet, r, c)) for kind, what in _said(value)]
                    if rows is head and (unit := _office_below(value, rows, r, c)):
                        found.append(Title("unit", Stated(unit, sheet, r + 1, c)))
    return found


def _office_below(value: object, rows: Cells, r: int, c: int) -> str:
    """The unit of a head of two lines: "ỦY BAN NHÂN DÂN" and below it "XÃ A BUNG"."""
    if not isinstance(value, str) or fold(value) not in _OFFICE_ALONE or r + 1 >= len(rows):
        return ""
    text = f"UBND {rows[r + 1][c]}".strip()
    return name_filled_in(text) if _OFFICE.fullmatch(text) else ""


def _said(value: object) -> tuple[tuple[str, str], ...]:
    """What a cell states; a text that states nothing is remembered."""
    if not isinstance(value, str):
        return ()
    said = _statements(value) if len(value) <= _LONGEST else ()
    if not said and fold(value) not in _OFFICE_ALONE:
        if len(_silent) > _CACHED:
            _silent.clear()
        _silent.add(value)
    return said


@lru_cache(maxsize=_CACHED)
def _statements(text: str) -> tuple[tuple[str, str], ...]:
    text = nfc(text)
    said = [("unit", unit)] if (unit := _unit(text.strip())) else []
    if not said and _PLACE.fullmatch(text.strip()):
        said.append(("place", text.strip()))
    folded = fold(text)
    if _REPLACES.search(folded):
        said.append(("replaces", text.strip()))
    if "20" not in text:
        return tuple(said)
    if (closed := _CUT_OFF.search(folded)) and (day := _day(closed)):
        return (*said, ("cut_off", day))
    signed = _SIGNED.search(folded) if len(folded) <= _SIGNED_LONGEST else None
    if signed and "gui" not in folded.split() and (day := _day(signed)):
        said.append(("signed", day))
    if period := period_in_words(folded):
        said.append(("period", period))
    return tuple(said)


def says_something_else(text: str) -> bool:
    """Whether a line below a label is a statement of its own: a period or a date, or labelled."""
    return ":" in text or any(kind not in ("unit", "place") for kind, _ in _statements(text))


def period_in_words(folded: str) -> str:
    """The one period that a text names ("6 tháng đầu năm 2022"); empty without exactly one.

    Args:
        folded: The text, folded.

    Returns:
        `2022-6m`, or the year alone where the text does not say how much of it.
    """
    periods = list(_PERIOD.finditer(folded))
    if len(periods) != 1 or _OTHER_YEARS.search(folded):
        return ""
    months = periods[0]["months"] or ("12" if periods[0]["all"] else "")
    return f"{periods[0]['year']}-{months}m" if months else periods[0]["year"]


def _unit(text: str) -> str:
    """The unit that a text names by its form: behind a label, as an office, before a dash."""
    for pattern in (_REPORTER, _HEADING):
        if found := pattern.fullmatch(text):
            return name_filled_in(found[1])
    return name_filled_in(text) if _OFFICE.fullmatch(text) else ""


def name_filled_in(text: str) -> str:
    """A name behind its label; empty where only dots or the word "xã" stand there."""
    bare = " ".join(_DOTS.sub(" ", text).split()).strip(" .,;:-–")
    return "" if _NO_NAME.fullmatch(bare.casefold()) else bare


def _day(found: re.Match[str]) -> str:
    day, month, year = map(int, found.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
