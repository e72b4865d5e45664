"""Writes an annex of an office's own design as a commune fills it in: no codes, its own words."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from sample_population import Figures
from sample_workbooks import rewrite

from ctk.indicators import load_catalogue
from ctk.model import Unit
from ctk.workbook.writing import A4, Styles, Worksheet, new_workbook


class Row(NamedTuple):
    """A row: its number, its words, its unit, and the element that its figures are of.

    Without an element it is a heading, or with `extra` a row that no element covers.
    """

    number: str
    label: str
    unit: str = ""
    element: str = ""
    extra: int = 0


ROWS = (
    Row("A", "TÌNH HÌNH TRẺ EM"),
    Row("1", "Tổng số TE trên địa bàn (dưới 16 tuổi)", "Em", "I-0101"),
    Row("1.1", "TE dưới 1 tuổi", "Em", "I-0101.1"),
    Row("1.2", "TE dưới 5 tuổi", "Em", "I-0101.2"),
    Row("2", "TE thuộc hộ nghèo và cận nghèo", "Em", "I-0105"),
    Row("2.1", "Thuộc hộ nghèo", "Em", "I-0105.1"),
    Row("2.2", "Thuộc hộ cận nghèo", "Em", "I-0105.2"),
    Row("3", "TE tham gia sinh hoạt hè", "Em", extra=7),
    Row("B", "Y TẾ"),
    Row("4", "TE có thẻ BHYT", "Em", "I-0211"),
    Row("5", "TE dưới 5 tuổi được cân", "Em", "I-0204.1m"),
    Row("", "   Trong đó: SDD thể nhẹ cân", "Em", "I-0204.1"),
    Row("6", "TE dưới 5 tuổi được đo chiều cao", "Em", "I-0204.2m"),
    Row("", "   Trong đó: SDD thể thấp còi", "Em", "I-0204.2"),
    Row("7", "Số TE bị TNTT", "Em", "I-0208"),
    Row("8", "Số TE tử vong do TNTT", "Em", "I-0209"),
    Row("", "   Trong đó: do đuối nước", "Em", "I-0210"),
    Row("C", "TRẺ EM CÓ HOÀN CẢNH ĐẶC BIỆT"),
    Row("9", "Tổng số TECHCĐB", "Em", "I-0301"),
    Row("a", "Mồ côi cả cha lẫn mẹ", "Em", "602.01"),
    Row("b", "Bị bỏ rơi", "Em", "602.02"),
    Row("c", "Không nơi nương tựa", "Em", "602.03"),
    Row("d", "Khuyết tật", "Em", "602.04"),
    Row("đ", "Nhiễm HIV", "Em", "602.05"),
    Row("e", "Vi phạm pháp luật", "Em", "602.06"),
    Row("g", "Nghiện ma túy", "Em", "602.07"),
    Row("h", "Bỏ học kiếm sống, chưa phổ cập THCS", "Em", "602.08"),
    Row("i", "Bị tổn hại nghiêm trọng do bạo lực", "Em", "602.09"),
    Row("k", "Bị bóc lột", "Em", "602.10"),
    Row("l", "Bị XHTD", "Em", "602.11"),
    Row("m", "Bị mua bán", "Em", "602.12"),
    Row("n", "Mắc bệnh hiểm nghèo, bệnh điều trị dài ngày hộ nghèo, cận nghèo", "Em", "602.13"),
    Row("o", "Di cư, lánh nạn, tị nạn chưa xác định được cha mẹ", "Em", "602.14"),
    Row("10", "TECHCĐB được trợ giúp", "Em", "I-0302"),
    Row("11", "TE được chăm sóc thay thế tại cơ sở TGXH", "Em", "I-0319"),
    Row("12", "TE được cá nhân, gia đình nhận chăm sóc thay thế", "Em", "I-0320"),
    Row("13", "TE dưới 5 tuổi được ĐKKS", "Em", "I-0323"),
    Row("D", "XÂM HẠI TRẺ EM"),
    Row("14", "Số TE bị xâm hại", "Em", "II-0101"),
    Row("-", "Bạo lực", "Em", "II-0102"),
    Row("-", "Xâm hại tình dục", "Em", "II-0104"),
    Row("-", "Bỏ rơi, bỏ mặc", "Em", "II-0106"),
    Row("15", "TE bị xâm hại được hỗ trợ, can thiệp", "Em", "II-0112"),
    Row("16", "Số vụ xử lý VPHC về hành vi xâm hại TE", "Vụ", "II-0201"),
)
_COLUMNS = ("T", "M", "F", "U6", "6-15", "minority")
_NUMBER, _LABEL, _UNIT, _FIRST = range(4)
_GROUP_ROW, _TITLE_ROW, _BODY = 7, 8, 9
_NOTE = _FIRST + len(_COLUMNS)
_STYLES: dict[str, dict[str, Any]] = {
    "text": {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"},
    "bold": {"bold": True},
    "italic": {"italic": True},
    "center": {"align": "center", "text_wrap": True},
    "wrap": {"text_wrap": True},
    "border": {"border": 1},
}


def write_annex(path: Path, unit: Unit, parent: Unit, cut_off: date, figures: Figures) -> None:
    """Write a commune's annex.

    Args:
        path: The file; one that is there is replaced.
        unit: The commune.
        parent: The district whose office made the annex.
        cut_off: The day that the figures are of.
        figures: What the commune counted.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with new_workbook(path, "Biểu số liệu trẻ em", f"annex, {unit.code}, {cut_off}") as book:
        sheet = book.add_worksheet("Biểu trẻ em")
        style = Styles(book, _STYLES)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        _write_heading(sheet, style, unit, parent, cut_off)
        _write_titles(sheet, style)
        for row, line in enumerate(ROWS, _BODY):
            _write_row(sheet, style, row, line, figures)
        _write_foot(sheet, style, unit, cut_off)
    rewrite(path)


def _write_heading(
    sheet: Worksheet, style: Styles, unit: Unit, parent: Unit, cut_off: date
) -> None:
    half = f"6 THÁNG ĐẦU NĂM {cut_off.year}"
    for row, col, text, look in (
        (0, _NUMBER, f"ỦY BAN NHÂN DÂN {parent.full_name.upper()}", "bold"),
        (2, _LABEL, f"BIỂU SỐ LIỆU CÔNG TÁC TRẺ EM {half}", "bold"),
        (3, _LABEL, f"Đơn vị báo cáo: {unit.full_name}", "text"),
        (4, _LABEL, f"Số liệu tính đến ngày {cut_off:%d/%m/%Y}", "italic"),
    ):
        sheet.write_string(row, col, text, style("text", look))


def _write_titles(sheet: Worksheet, style: Styles) -> None:
    sheet.set_column(_NUMBER, _NUMBER, 6)
    sheet.set_column(_LABEL, _LABEL, 58)
    sheet.set_column(_UNIT, _NOTE, 10)
    title = style("text", "bold", "center", "border")
    for col, text in (
        (_NUMBER, "STT"),
        (_LABEL, "Nội dung"),
        (_UNIT, "ĐVT"),
        (_FIRST, "Tổng số"),
        (_FIRST + 5, "TE DTTS"),
        (_NOTE, "Ghi chú"),
    ):
        sheet.merge_range(_GROUP_ROW, col, _TITLE_ROW, col, text, title)
    for col, text in ((_FIRST + 1, "Giới tính"), (_FIRST + 3, "Nhóm tuổi")):
        sheet.merge_range(_GROUP_ROW, col, _GROUP_ROW, col + 1, text, title)
    for col, text in enumerate(("Nam", "Nữ", "0 - <6 tuổi", "6 - <16 tuổi"), _FIRST + 1):
        sheet.write_string(_TITLE_ROW, col, text, title)


def _write_row(sheet: Worksheet, style: Styles, row: int, line: Row, figures: Figures) -> None:
    heading = not line.element and not line.extra
    look = style("text", "border", "wrap", *(["bold"] if heading else []))
    sheet.write_string(row, _NUMBER, line.number, look)
    sheet.write_string(row, _LABEL, line.label, look)
    sheet.write_string(row, _UNIT, line.unit, look)
    counted = figures.get(line.element, {})
    if line.extra:
        counted = {"T": figures["I-0101"]["T"] // line.extra}
    asked = _asked(line.element) if line.element else {"T"}
    for col, name in enumerate(_COLUMNS, _FIRST):
        if heading:
            sheet.write_blank(row, col, None, look)
        elif name in asked:
            sheet.write_number(row, col, counted[name], look)
        else:
            sheet.write_string(row, col, "x", look)
    sheet.write_blank(row, _NOTE, None, look)


def _asked(element: str) -> set[str]:
    """The columns that an element is asked in; the others are crossed out."""
    catalogue = load_catalogue()
    one = catalogue.element(element)
    return {b.code for b in catalogue.breakdowns if one.has(b)}


def _write_foot(sheet: Worksheet, style: Styles, unit: Unit, cut_off: date) -> None:
    row = _BODY + len(ROWS) + 1
    signed = f"{unit.name}, ngày {cut_off.day} tháng {cut_off.month} năm {cut_off.year}"
    sheet.write_string(row, _FIRST + 2, signed, style("text", "italic"))
    sheet.write_string(row + 1, _LABEL, "Người lập biểu", style("text", "bold"))
    sheet.write_string(row + 1, _FIRST + 2, "CHỦ TỊCH", style("text", "bold"))
