"""Tables are found on unknown sheets, whatever stands around them."""

from __future__ import annotations

from ctk.forms.learning.columns import breakdown_index, ends_table, role, slice_of
from ctk.forms.learning.sheets import Sheet
from ctk.forms.learning.tables import Table, find_tables
from ctk.indicators import load_catalogue

CATALOGUE = load_catalogue()


def sheet(text: str, *merged: tuple[int, int, int, int]) -> Sheet:
    """A sheet from lines whose cells are parted by "|"."""
    rows = [[_cell(cell) for cell in line.split("|")] for line in text.strip("\n").split("\n")]
    width = max(map(len, rows))
    return Sheet("Sheet1", [[*row, *[""] * (width - len(row))] for row in rows], merged)


def _cell(text: str) -> object:
    return float(text) if text.strip().isdecimal() else text


def titles(table: Table) -> list[tuple[str, ...]]:
    """The titles of a table's columns."""
    return [column.titles for column in table.columns]


def labels(table: Table) -> list[str]:
    """The labels of a table's rows."""
    return [line.label.strip() for line in table.lines]


def test_title_signatures_and_notes_are_no_rows() -> None:
    """A table ends above the signatures; what is written above it is no part of it."""
    (table,) = find_tables(
        0,
        sheet("""
UBND XÃ A|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|
PHỤ LỤC SỐ LIỆU|
TT|Nội dung chỉ tiêu|Tổng số|Nữ|Ghi chú
1|Trẻ em|90|40|xã báo
2|Trẻ em khuyết tật|3|1|
||A, ngày 20 tháng 5 năm 2022
|Người lập biểu|CHỦ TỊCH
|Hồ Thị X|2
"""),
    )

    assert labels(table) == ["Trẻ em", "Trẻ em khuyết tật"]
    assert titles(table) == [("Tổng số",), ("Nữ",)]
    assert [line.number for line in table.lines] == ["1", "2"]


def test_titles_over_several_columns() -> None:
    """A title over several columns belongs to each of them, merged or not."""
    text = """
TT|Chỉ tiêu|Tổng số|Giới tính||Độ tuổi|
|||Nam|Nữ|0-<6|6-<16
A|B|1|2|3|4|5
1|Trẻ em|90|50|40|30|60
"""
    merged = (
        (0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 4), (0, 5, 0, 6),
    )  # fmt: skip
    wanted = [
        ("Tổng số",), ("Giới tính", "Nam"), ("Giới tính", "Nữ"), ("Độ tuổi", "0-<6"),
        ("Độ tuổi", "6-<16"),
    ]  # fmt: skip

    assert titles(find_tables(0, sheet(text, *merged))[0]) == wanted
    assert titles(find_tables(0, sheet(text))[0]) == wanted


def test_a_head_printed_again() -> None:
    """A head that is printed again on the next page neither ends the table nor is a row."""
    (table,) = find_tables(
        0,
        sheet("""
TT|Chỉ tiêu|Tổng số
1|Trẻ em|90
TT|Chỉ tiêu|Tổng số
2|Trẻ em khuyết tật|3
"""),
    )

    assert labels(table) == ["Trẻ em", "Trẻ em khuyết tật"]


def test_two_tables_on_a_sheet() -> None:
    """A second head with other columns begins a second table."""
    one, two = find_tables(
        0,
        sheet("""
TT|Chỉ tiêu|Tổng số|Nữ
1|Trẻ em|90|40

II. Xử lý
TT|Nội dung|Số vụ
1|Vụ vi phạm hành chính|2
"""),
    )

    assert (labels(one), labels(two)) == (["Trẻ em"], ["Vụ vi phạm hành chính"])


def test_no_table() -> None:
    """A letter is no table, nor is an empty sheet."""
    letter = sheet("Kính gửi: Phòng LĐ-TB&XH\nXã báo cáo như sau|đính kèm\nTổng số trẻ em: 90")

    assert find_tables(0, letter) == []
    assert find_tables(0, Sheet("Sheet1", [])) == []


def test_roles_of_columns() -> None:
    """Columns that are no figures of the report are known by their titles."""
    assert [role(t) for t in ("TT", "Mã số", "ĐVT", "Ghi chú", "Nội dung chỉ tiêu")] == [
        "order", "code", "unit", "note", "label",
    ]  # fmt: skip
    assert {role(t) for t in ("Cùng kỳ năm trước", "Tăng/giảm", "Tỷ lệ (%)", "Kế hoạch năm")} == {
        "other"
    }
    assert role("Tổng số") is None
    assert ends_table("Người lập biểu")


def test_slices_of_titles() -> None:
    """Sex, age and ethnicity are read from titles; other words make them unknown."""
    groups = [slice_of("0-6 tuổi"), slice_of("6-16 tuổi")]
    found = {}
    for title in (
        "Tổng số",
        "Nam",
        "Trong đó: Nữ",
        "0- 6 tuổi",
        "6-16 tuổi",
        "TE DTTS",
        "0-5 tuổi",
    ):
        slice_ = slice_of(title)
        assert slice_ is not None
        index = breakdown_index(slice_, CATALOGUE, [g for g in groups if g])
        found[title] = None if index is None else CATALOGUE.breakdowns[index].code

    assert found == {
        "Tổng số": "T", "Nam": "M", "Trong đó: Nữ": "F", "0- 6 tuổi": "U6", "6-16 tuổi": "6-15",
        "TE DTTS": "minority", "0-5 tuổi": "U6",
    }  # fmt: skip
    assert slice_of("Trẻ em khuyết tật") is None
    assert slice_of("x") is None


def test_a_closed_age_needs_its_neighbour() -> None:
    """The title "0-6" is under 6 only beside "6-16"; alone it may be under 7."""
    closed = slice_of("0-6 tuổi")
    assert closed is not None

    assert breakdown_index(closed, CATALOGUE, []) is None


def test_a_breakdown_by_two_dimensions_is_none_of_the_circular() -> None:
    """Girls of ethnic minorities are understood, and not read as girls."""
    both = slice_of("Nữ dân tộc thiểu số")
    assert both is not None

    assert both.dimensions == 2
    assert breakdown_index(both, CATALOGUE, []) is None
