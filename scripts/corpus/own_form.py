"""A district's own form: its wording, order and layout, and how a commune fills it in."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
from sample_population import Figures
from sample_workbooks import rewrite

from corpus.forms import consistent_figures
from ctk.periods import Period
from ctk.units.lookup import find_unit

HALF_2023 = Period(2023, 6)
DISTRICT = "465"
SHEET = "Biểu TE"
FIRST_ROW = 12
COLUMNS = {"T": "D", "minority": "E", "F": "F", "U6": "G"}
TITLES = {"T": "Tổng cộng", "minority": "Người DTTS", "F": "Là nữ", "U6": "Từ 0 đến dưới 6 tuổi"}
_SLICES = {"minority": 'ethnicity = "minority"', "F": 'sex = "F"', "U6": 'age = "U6"'}


@dataclass(frozen=True)
class Row:
    """A row of the form: its number, its wording, what it counts and what it asks."""

    number: str
    label: str
    element: str = ""
    asks: str = "T"
    under: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it asks; `m` the minority, `f` girls, `u` children under 6."""
        named = {"T": "T", "m": "minority", "f": "F", "u": "U6"}
        return tuple(named[letter] for letter in self.asks)


SPECIAL = "Tổng số trẻ em HCĐB của xã"
ABUSED = "Trẻ em là nạn nhân bị xâm hại"
BIRTHS = "Số trẻ mới sinh còn sống trong kỳ"
ORPHANS = "Trẻ mồ côi các loại"
SWIMMING = "Số trẻ được học bơi trong hè"
ROWS = (
    Row("A", "TRẺ EM CẦN BẢO VỆ"),
    Row("1", SPECIAL, "I-0301", "Tfu"),
    Row("1.1", "Mất cả cha lẫn mẹ", "602.01", "Tfu", SPECIAL),
    Row("1.2", "Bị bỏ rơi", "602.02", "Tfu", SPECIAL),
    Row("1.3", "Không nơi nương tựa", "602.03", "Tfu", SPECIAL),
    Row("1.4", "Trẻ khuyết tật", "602.04", "Tmfu", SPECIAL),
    Row("1.5", "Nhiễm HIV/AIDS", "602.05", "Tfu", SPECIAL),
    Row("1.6", "Vi phạm pháp luật", "602.06", "Tfu", SPECIAL),
    Row("1.7", "Bị bóc lột", "602.10", "Tfu", SPECIAL),
    Row("1.8", "Bị xâm hại tình dục", "602.11", "Tfu", SPECIAL),
    Row("2", ORPHANS, "I-0303", "Tfu"),
    Row("-", "Mồ côi cả cha và mẹ", "I-0303.1", "Tfu", ORPHANS),
    Row("-", "Chỉ mồ côi cha hoặc mẹ", "I-0303.2", "Tfu", ORPHANS),
    Row("3", ABUSED, "II-0101", "Tfu"),
    Row("-", "Bị bạo lực", "II-0102", "Tf", ABUSED),
    Row("-", "Bị xâm hại tình dục", "II-0104", "Tf", ABUSED),
    Row("-", "Bị bỏ rơi, bỏ mặc", "II-0106", "Tf", ABUSED),
    Row("B", "SỨC KHỎE"),
    Row("4", "Trẻ bị tai nạn, thương tích", "I-0208", "Tfu"),
    Row("-", "Tử vong vì tai nạn, thương tích", "I-0209", "Tfu"),
    Row("-", "Riêng đuối nước", "I-0210", "Tfu"),
    Row("5", "Trẻ có thẻ bảo hiểm y tế", "I-0211", "Tfu"),
    Row("6", "Trẻ dưới 1 tuổi tiêm đủ vắc xin", "I-0206", "T"),
    Row("7", SWIMMING, "", "T"),
    Row("C", "SỐ LIỆU CHUNG"),
    Row("8", "Toàn bộ trẻ em dưới 16 tuổi", "I-0101", "Tmfu"),
    Row("9", "Trẻ em dưới 5 tuổi", "I-0101.2", "Tf"),
    Row("10", BIRTHS, "I-0103", "Tf"),
    Row("-", "Trẻ trai", "I-0102.1", "T", BIRTHS),
    Row("-", "Trẻ gái", "I-0102.2", "T", BIRTHS),
    Row("11", "Trẻ sống trong hộ nghèo và cận nghèo", "I-0105", "Tf"),
    Row("12", "Trẻ dưới 5 tuổi đã khai sinh", "I-0323", "Tf"),
    Row("D", "TIẾNG NÓI CỦA TRẺ EM"),
    Row("13", "Trẻ từ 7 tuổi được hỏi ý kiến", "I-0601", "Tf"),
    Row("14", "Lượt trẻ nêu ý kiến, nguyện vọng", "I-0604", "Tf"),
)
OLDER = tuple(row for row in ROWS if row.number not in ("7", "13"))
"""The form of an earlier year, with fewer rows."""


def layout(id_: str, version: int, rows: tuple[Row, ...]) -> str:
    """The layout of the form as TOML."""
    lines = [
        "format = 2",
        f'id = "{id_}"',
        f"version = {version}",
        'title_vi = "Biểu tổng hợp về trẻ em của huyện"',
        'periods = ["6m", "12m"]',
        "",
        "[recognise]",
        'titles = ["Biểu tổng hợp về trẻ em"]',
        "",
        "[header]",
        'unit = ["Tên xã, thị trấn"]',
        'cut_off = ["Số liệu chốt đến ngày"]',
        "",
        "[[table]]",
        'row_titles = ["Tên chỉ tiêu"]',
    ]
    lines += ["", "[[table.column]]", 'label = "Trong tổng số"', 'kind = "heading"']
    for column, title in TITLES.items():
        under = [] if column == "T" else ['under = "Trong tổng số"', _SLICES[column]]
        lines += ["", "[[table.column]]", f'label = "{title}"', *under]
    for row in rows:
        lines += ["", "[[table.row]]", f'label = "{row.label}"', *_of_row(row)]
    return "\n".join(lines) + "\n"


def _of_row(row: Row) -> list[str]:
    if not row.element:
        return [f'kind = "{"outside" if row.number.isdigit() else "heading"}"']
    missing = [name for name in COLUMNS if name not in row.columns]
    found = [f'element = "{row.element}"']
    found += [f'under = "{row.under}"'] if row.under else []
    found += [f'number = "{row.number}"'] if row.number != "-" else []
    return found + ([f"not_asked = {missing}".replace("'", '"')] if missing else [])


@dataclass
class OwnForm:
    """One commune's sheet in the making.

    Args:
        code: Code of the commune.
        rows: The rows of its form.
        title: The title above the table.
        day: The cut-off date.
    """

    code: str
    rows: tuple[Row, ...] = ROWS
    title: str = "BIỂU TỔNG HỢP VỀ TRẺ EM 6 THÁNG ĐẦU NĂM 2023"
    day: str = "31/5/2023"
    figures: Figures = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Fill the sheet in with consistent figures."""
        self.unit = find_unit(self.code, HALF_2023.end)
        self.figures = consistent_figures(self.code, HALF_2023)
        self.book = openpyxl.Workbook()
        self.sheet = self.book.active
        self.sheet.title = SHEET
        self._head()
        for at, row in enumerate(self.rows, FIRST_ROW):
            self._row(at, row)
        below = FIRST_ROW + len(self.rows) + 1
        self.sheet[f"D{below}"] = f"{self.unit.name}, ngày 02 tháng 6 năm 2023"
        self.sheet[f"B{below + 1}"] = "Người tổng hợp"
        self.sheet[f"D{below + 1}"] = "TM. ỦY BAN NHÂN DÂN"

    def _head(self) -> None:
        self.sheet["A1"] = f"UBND {self.unit.full_name}".upper()
        self.sheet["D1"] = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        self.sheet["A4"] = self.title
        self.sheet["A6"] = f"Tên xã, thị trấn: {self.unit.full_name}"
        self.sheet["A7"] = f"Số liệu chốt đến ngày {self.day}"
        titles = ("STT", "Tên chỉ tiêu", "Đơn vị", TITLES["T"], "Trong tổng số", None, None)
        for letter, title in zip("ABCDEFGH", (*titles, "Giải thích"), strict=True):
            self.sheet[f"{letter}9"] = title
        self.sheet.merge_cells("E9:G9")
        for column in ("minority", "F", "U6"):
            self.sheet[f"{COLUMNS[column]}10"] = TITLES[column]
        for number, letter in enumerate("DEFG", 1):
            self.sheet[f"{letter}11"] = f"({number})"

    def _row(self, at: int, row: Row) -> None:
        self.sheet[f"A{at}"], self.sheet[f"B{at}"] = row.number, row.label
        if row.number.isalpha():
            return
        self.sheet[f"C{at}"] = "Người"
        for column, letter in COLUMNS.items():
            asked = column in row.columns
            self.sheet[f"{letter}{at}"] = self._count(row, column) if asked else "x"

    def _count(self, row: Row, column: str) -> int:
        if not row.element:
            return self.figures["I-0101"]["T"] // 9
        if (row.element, column) == ("I-0103", "F"):
            return self.figures["I-0102.2"]["T"]
        return self.figures[row.element][column]

    def row(self, label: str, under: str = "") -> int:
        """The row of the sheet of a label."""
        rows = (at for at, row in enumerate(self.rows, FIRST_ROW) if row.label == label)
        of = {at: self.rows[at - FIRST_ROW].under for at in rows}
        return next(at for at, parent in of.items() if not under or parent == under)

    def cell(self, label: str, column: str = "T", under: str = "") -> str:
        """The cell of a figure."""
        return f"{COLUMNS[column]}{self.row(label, under)}"

    def put(self, where: str, content: object) -> None:
        """Write into a cell."""
        self.sheet[where] = content

    def save(self, target: Path) -> None:
        """Write the workbook."""
        target.parent.mkdir(parents=True, exist_ok=True)
        self.book.save(target)
        rewrite(target)
