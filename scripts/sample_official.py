"""Writes form 601-602/TE-Sở (Circular 02/2025/TT-BLĐTBXH) as a commune fills it in."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from sample_population import Figures
from sample_workbooks import rewrite

from ctk.model import Unit
from ctk.workbook.writing import A4, Styles, Worksheet, new_workbook

_TITLES = (
    "Tổng số trẻ em",
    "Tổng số trẻ em có hoàn cảnh đặc biệt",
    "Trẻ em mồ côi cả cha và mẹ",
    "Trẻ em bị bỏ rơi",
    "Trẻ em không nơi nương tựa",
    "Trẻ em khuyết tật",
    "Trẻ em bị nhiễm HIV/AIDS",
    "Trẻ em vi phạm pháp luật",
    "Trẻ em nghiện ma túy",
    "Trẻ em phải bỏ học kiếm sống chưa hoàn thành phổ cập giáo dục trung học cơ sở",
    "Trẻ em bị tổn hại nghiêm trọng về thể chất và tinh thần do bị bạo lực",
    "Trẻ em bị bóc lột",
    "Trẻ em bị xâm hại tình dục",
    "Trẻ em bị mua bán",
    "Trẻ em mắc bệnh hiểm nghèo hoặc bệnh phải điều trị dài ngày thuộc hộ nghèo hoặc hộ cận nghèo",
    "Trẻ em di cư, trẻ em lánh nạn, tị nạn chưa xác định được cha mẹ hoặc không có người chăm sóc",
)
_ELEMENTS = ("I-0101", "I-0301", *(f"602.{number:02}" for number in range(1, 15)))
# As printed in the Gazette: the number 8 is skipped, and the cell after 9 is empty.
_PRINTED = (*range(1, 8), 9, None, *range(10, 17))
_LINES = (
    ("Tổng số", 100, "T"),
    ("Chia theo giới tính", None, None),
    ("   - Nữ", 110, "F"),
    ("Chia theo nhóm tuổi", 120, None),
    ("0- 6 tuổi", 121, "U6"),
    ("6- 16 tuổi", 122, "6-15"),
)
_GROUP_ROW, _TITLE_ROW, _NUMBER_ROW = 5, 6, 7
_LABEL, _CODE, _FIRST = range(3)
_STYLES: dict[str, dict[str, Any]] = {
    "text": {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"},
    "bold": {"bold": True},
    "italic": {"italic": True},
    "center": {"align": "center", "text_wrap": True},
    "border": {"border": 1},
    "turned": {"rotation": 90},
    "small": {"font_size": 9},
}


class Extra(NamedTuple):
    """A column that the commune put among those of the form; `before` counts from 0."""

    before: int
    title: str


def write_official(
    path: Path, unit: Unit, parent: Unit, year: int, figures: Figures, extra: Extra | None = None
) -> None:
    """Write a commune's form.

    Args:
        path: The file; one that is there is replaced.
        unit: The commune.
        parent: The unit whose office receives the form.
        year: The year reported.
        figures: What the commune counted.
        extra: A column of the commune's own, if any.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with new_workbook(
        path, "Trẻ em có hoàn cảnh đặc biệt", f"601-602, {unit.code}, {year}"
    ) as book:
        sheet = book.add_worksheet("601-602")
        style = Styles(book, _STYLES)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 1)
        _write_heading(sheet, style, unit, parent, year)
        columns = [_FIRST + i + (extra is not None and i >= extra.before) for i in range(16)]
        _write_titles(sheet, style, columns)
        if extra is not None:
            _write_extra(sheet, style, extra)
        _write_lines(sheet, style, columns, figures)
        _write_foot(sheet, style, unit, columns[-1])
    rewrite(path)


def _write_heading(sheet: Worksheet, style: Styles, unit: Unit, parent: Unit, year: int) -> None:
    left, middle, right = _LABEL, 6, 13
    for row, col, text, look in (
        (0, left, "Biểu số 601-602/TE-Sở", "bold"),
        (0, middle, "TRẺ EM CÓ HOÀN CẢNH ĐẶC BIỆT", "bold"),
        (0, right, "Đơn vị báo cáo:", "bold"),
        (1, left, "Ban hành kèm theo TT số 02/2025/TT-BLĐTBXH", "italic"),
        (1, right, f"UBND {unit.full_name}", "text"),
        (2, left, "Ngày nhận báo cáo:", "bold"),
        (2, middle, f"Năm báo cáo: {year}", "text"),
        (2, right, "Đơn vị nhận báo cáo:", "bold"),
        (3, left, "- Báo cáo năm: 15/01 năm sau", "text"),
        (3, middle, "(Tính 01/01 đến 31/12)", "text"),
        (3, right, f"Phòng LĐ-TB&XH {parent.full_name}", "text"),
        (4, right + 2, "Đơn vị tính: người", "italic"),
    ):
        sheet.write_string(row, col, text, style("text", look))


def _write_titles(sheet: Worksheet, style: Styles, columns: list[int]) -> None:
    sheet.set_column(_LABEL, _LABEL, 22)
    sheet.set_column(_CODE, columns[-1], 7)
    sheet.set_row(_TITLE_ROW, 190)
    title = style("text", "bold", "center", "border")
    turned = style("text", "center", "border", "turned", "small")
    for col, text in ((_LABEL, "Chỉ tiêu"), (_CODE, "Mã số")):
        sheet.merge_range(_GROUP_ROW, col, _TITLE_ROW, col, text, title)
    for col, text in zip(columns[:2], _TITLES, strict=False):
        look = style("text", "bold", "center", "border", "turned", "small")
        sheet.merge_range(_GROUP_ROW, col, _TITLE_ROW, col, text, look)
    groups = "Chia theo loại đối tượng"
    sheet.merge_range(_GROUP_ROW, columns[2], _GROUP_ROW, columns[-1], groups, title)
    for col, text in zip(columns[2:], _TITLES[2:], strict=True):
        sheet.write_string(_TITLE_ROW, col, text, turned)
    numbers = zip([_LABEL, _CODE, *columns], ["A", "B", *_PRINTED], strict=True)
    for col, number in numbers:
        sheet.write(_NUMBER_ROW, col, number, style("text", "center", "border", "small"))


def _write_extra(sheet: Worksheet, style: Styles, extra: Extra) -> None:
    col = _FIRST + extra.before
    look = style("text", "center", "border", "turned", "small")
    sheet.write_string(_TITLE_ROW, col, extra.title, look)
    for row in range(_NUMBER_ROW, _NUMBER_ROW + len(_LINES) + 1):
        sheet.write_blank(row, col, None, style("text", "border"))


def _write_lines(sheet: Worksheet, style: Styles, columns: list[int], figures: Figures) -> None:
    for row, (label, code, name) in enumerate(_LINES, _NUMBER_ROW + 1):
        look = "italic" if name is None else "text"
        sheet.write_string(row, _LABEL, label, style("text", "border", look))
        sheet.write(row, _CODE, code, style("text", "center", "border"))
        for col, element in zip(columns, _ELEMENTS, strict=True):
            count = figures[element][name] if name else None
            sheet.write(row, col, count, style("text", "border"))


def _write_foot(sheet: Worksheet, style: Styles, unit: Unit, last: int) -> None:
    first = _NUMBER_ROW + len(_LINES) + 2
    place = f"{unit.name}, ngày 10 tháng 01 năm 2025"
    for row, col, text, look in (
        (first, last - 5, place, "italic"),
        (first + 1, _LABEL, "Người lập biểu", "bold"),
        (first + 1, last - 5, "Thủ trưởng đơn vị", "bold"),
        (first + 2, _LABEL, "(Ký, ghi rõ họ tên)", "italic"),
        (first + 2, last - 5, "(Ký, đóng dấu, họ tên)", "italic"),
    ):
        sheet.write_string(row, col, text, style("text", look))
