"""An office's own form for tests: its layout, and sheets of it filled in by hand."""

from __future__ import annotations

LAYOUT = """
format = 2
id = "annex"
version = 1
title_vi = "Biểu số liệu của phòng"
periods = ["6m", "12m"]

[header]
unit = "Đơn vị báo cáo"

[[table]]
row_titles = ["Chỉ tiêu"]

[[table.column]]
label = "Tổng số"

[[table.column]]
label = "Chia ra"
kind = "heading"

[[table.column]]
label = "Nữ"
under = "Chia ra"
sex = "F"

[[table.column]]
label = "Dưới 6 tuổi"
under = "Chia ra"
age = "U6"

[[table.column]]
label = "Dân tộc thiểu số"
under = "Chia ra"
ethnicity = "minority"

[[table.row]]
label = "I. CHUNG"
kind = "heading"

[[table.row]]
label = "Tổng số trẻ em dưới 16 tuổi"
number = "1"
element = "I-0101"

[[table.row]]
label = "Trẻ em dưới 5 tuổi"
number = "2"
element = "I-0101.2"
not_asked = ["U6"]

[[table.row]]
label = "Trẻ em sinh ra sống"
number = "3"
element = "I-0103"
not_asked = ["U6"]

[[table.row]]
label = "Bé trai"
under = "Trẻ em sinh ra sống"
element = "I-0102.1"
not_asked = ["F", "U6"]

[[table.row]]
label = "Bé gái"
under = "Trẻ em sinh ra sống"
element = "I-0102.2"
not_asked = ["F", "U6"]

[[table.row]]
label = "Trẻ em học bơi"
number = "4"
kind = "outside"

[[table.row]]
label = "II. BẢO VỆ"
kind = "heading"

[[table.row]]
label = "Trẻ em có hoàn cảnh đặc biệt"
number = "5"
element = "I-0301"

[[table.row]]
label = "Khuyết tật"
under = "Trẻ em có hoàn cảnh đặc biệt"
element = "602.04"

[[table.row]]
label = "Bị bóc lột"
under = "Trẻ em có hoàn cảnh đặc biệt"
element = "602.10"

[[table.row]]
label = "Trẻ em bị xâm hại"
number = "6"
element = "II-0101"

[[table.row]]
label = "Bị bạo lực"
under = "Trẻ em bị xâm hại"
element = "II-0102"
not_asked = ["U6"]

[[table.row]]
label = "Bị bóc lột"
under = "Trẻ em bị xâm hại"
element = "II-0103"
"""
OWN = (("forms/annex.toml", LAYOUT),)
ROWS = (
    ("I", "CHUNG"),
    (1, "Tổng số trẻ em dưới 16 tuổi", 600, 290, 200, 400),
    (2, "Trẻ em dưới 5 tuổi", 160, 80, "x", 110),
    (3, "Trẻ em sinh ra sống", 20, 9, "x", 12),
    ("-", "Bé trai", 11, "x", "x", 7),
    ("-", "Bé gái", 9, "x", "x", 5),
    (4, "Trẻ em học bơi", 44, 20, 3, 30),
    ("II", "BẢO VỆ"),
    (5, "Trẻ em có hoàn cảnh đặc biệt", 9, 4, 2, 6),
    ("-", "Khuyết tật", 7, 3, 2, 5),
    ("-", "Bị bóc lột", 2, 1, 0, 1),
    (6, "Trẻ em bị xâm hại", 3, 2, 1, 2),
    ("-", "Bị bạo lực", 1, 1, "x", 1),
    ("-", "Bị bóc lột", 2, 1, 1, 1),
)
FIRST = 9
"""The row of the sheet, from 1, that the first row of the table stands in."""


def annex(*changes, unit="Xã Tà Rụt", year=2022, day="20/5/2022", rows=ROWS, below=()):
    """A sheet of the form; each change is a cell (row of `ROWS`, column from 0) and its content."""
    body = [[*row, *[None] * (6 - len(row))] for row in rows]
    for row, col, value in changes:
        body[row][col] = value
    return [
        ["UBND HUYỆN ĐAKRÔNG", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        [],
        [f"BIỂU SỐ LIỆU TRẺ EM 6 THÁNG ĐẦU NĂM {year}"],
        [f"Đơn vị báo cáo: {unit}"],
        [f"Số liệu tính đến ngày {day}"],
        [],
        ["TT", "Chỉ tiêu", "Tổng số", "Chia ra"],
        [None, None, None, "Nữ", "Dưới 6 tuổi", "Dân tộc thiểu số", "Ghi chú"],
        *body,
        *below,
        ["Người lập biểu", None, None, "Thủ trưởng đơn vị"],
    ]
