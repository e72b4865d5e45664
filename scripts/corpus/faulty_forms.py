"""Workbooks whose form, unit or period is not what it should be."""

from __future__ import annotations

from corpus.collection import file
from corpus.forms import NINE, Form
from corpus.key import FAIL, REMARKS
from corpus.legacy import tcvn3, vni

LISTED = [
    ["TT", "Họ và tên", "Ngày sinh", "Địa chỉ"],
    [1, "Trẻ thứ nhất", "01/02/2015", "Thôn 1"],
    [2, "Trẻ thứ hai", "03/04/2016", "Thôn 2"],
]


@file(FAIL, "unknown_unit_code", "19588", "The code 99999 does not exist")
def _code(made: Form) -> None:
    made.cover(1, "99999", "V201 V203", "no such code")
    made.cover(2, "Xã Không Có Tên")


@file(FAIL, "name_that_many_communes_have", "19561", "No code, and a name that many communes have")
def _name(made: Form) -> None:
    made.cover(1, None)
    for line in (3, 4):
        made.cells.put_on_cover(line, None)
    made.cover(2, "Xã Tân Lập", "V202", "several communes have that name")


@file(FAIL, "unit_name_of_another", "19591", "The code is that of A Bung, the name that of Tà Rụt")
def _other(made: Form) -> None:
    made.cover(2, "Xã Tà Rụt", "V203", "the name of another commune")


@file(FAIL, "period_says_second_quarter", "19564", "“quý 2” is no period")
def _quarter(made: Form) -> None:
    made.cover(5, "quý 2", "V204", "not a period")


@file(
    FAIL,
    "wrong_period",
    "19555",
    "A form of nine months where six are expected",
    period=NINE,
    options="--period 2022-6m",
)
def _period(made: Form) -> None:
    made.plant(("Bìa", "B9"), "V205", "error", "nine months for six")


@file(FAIL, "period_before_the_circular", "19567", "The cover says 2019-6m")
def _early(made: Form) -> None:
    made.cover(5, "2019-6m", "V218", "before the Circular")


@file(FAIL, "missing_row", "19579", "The last row of section II.2 was cleared")
def _row(made: Form) -> None:
    made.cells.clear_row("II-0212")
    made.plant(("", ""), "V206", "error", "a row is missing")


@file(FAIL, "row_stands_twice", "19570", "The code of a row was typed over that of the next")
def _twice(made: Form) -> None:
    sheet, cell = made.at("I-0602")
    _, other = made.at("I-0603")
    made.cells.put(sheet, f"B{other[1:]}", "I-0602")
    made.plant((sheet, f"{cell} {other}"), "V207", "error", "a code stands twice")
    made.plant(("", ""), "V206", "error", "and another is missing")


@file(FAIL, "code_with_letter_o", "19576", "I-01O5 with the letter O for zero")
def _letter(made: Form) -> None:
    sheet, cell = made.at("I-0105")
    place = f"B{cell[1:]}"
    made.cells.put(sheet, place, "I-01O5")
    made.plant((sheet, place), "V208", "warning", "unknown code")
    made.plant(("", ""), "V206", "error", "and the row is missing")


@file(FAIL, "column_title_overwritten", "19582", "The title of the column of girls was typed over")
def _title(made: Form) -> None:
    sheet = "I.2 Sức khỏe"
    made.cells.put(sheet, "F6", "Ghi chú")
    made.plant((sheet, ""), "V209", "error", "no column of girls")


@file(FAIL, "code_of_the_district", "19585", "The code and name are those of the district")
def _district(made: Form) -> None:
    made.cover(1, "467")
    made.cover(2, "Huyện Đa Krông")
    made.plant(("", ""), "V214", "warning", "no commune")


@file(
    FAIL,
    "commune_of_another_district",
    "19594",
    "Checked for a district that it is not in",
    options="--unit 468",
)
def _scope(made: Form) -> None:
    made.plant(("Bìa", "B5"), "V215", "error", "not of that district")


@file(FAIL, "list_of_children_in_the_file", "19558", "A sheet lists children with birth dates")
def _list(made: Form) -> None:
    made.around.further["Danh sách"] = LISTED
    made.plant(("Danh sách", "*"), "V107", "warning", "a list of children", "V212")


@file(
    FAIL, "two_covers_disagree", "19588", "A second cover of another commune was left in the file"
)
def _covers(made: Form) -> None:
    made.around.further["Bìa cũ"] = [
        ["BIỂU THU THẬP"],
        ["Mẫu biểu", "ctk-commune 1"],
        ["Mã đơn vị", "19555"],
        ["Tên đơn vị", "Thị trấn Krông Klang"],
        ["Kỳ báo cáo", "2022-6m"],
    ]
    made.plant(("Bìa cũ", "*"), "V217", "error", "another cover")


@file(REMARKS, "sheet_of_the_communes_own", "19591", "A sheet with the commune's own notes")
def _own(made: Form) -> None:
    made.around.further["Nháp"] = [["Ghi chú của xã"], ["Đã đối chiếu", 12]]
    made.plant(("Nháp", ""), "V212", "info", "not part of the form")


@file(REMARKS, "typed_for_vntime", "19564", "All Vietnamese is TCVN3, in the font .VnTime")
def _vntime(made: Form) -> None:
    made.around.font, made.around.encode = ".VnTime", tcvn3
    made.plant(("", "*"), "V106", "info", "a font of before Unicode")


@file(REMARKS, "typed_for_vni_times", "19567", "All Vietnamese is VNI, in the font VNI-Times")
def _vni(made: Form) -> None:
    made.around.font, made.around.encode = "VNI-Times", vni
    made.plant(("", "*"), "V106", "info", "a font of before Unicode")
