"""What titles above and below a table state."""

import pytest

from ctk.forms.titles import read_titles


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đơn vị báo cáo: Xã A Bung", [("unit", "Xã A Bung")]),
        ("Đơn vị báo cáo: ……", [("unit", "")]),
        ("ỦY BAN NHÂN DÂN XÃ TÀ RỤT", [("unit", "ỦY BAN NHÂN DÂN XÃ TÀ RỤT")]),
        ("Xã A Vao – 9 tháng năm 2022", [("unit", "Xã A Vao"), ("period", "2022-9m")]),
        ("SỐ LIỆU 6 THÁNG ĐẦU NĂM 2022", [("period", "2022-6m")]),
        ("Báo cáo năm 2022", [("period", "2022")]),
        ("Số liệu cả năm 2023", [("period", "2023-12m")]),
        ("A Ngo, ngày 28 tháng 02 năm 2025", [("signed", "2025-02-28")]),
        ("ngày 31 tháng 02 năm 2025", []),
        ("Theo Luật Trẻ em năm 2016", []),
        ("Kế hoạch năm 2025", []),
        ("So với cùng kỳ năm 2021", []),
        ("Từ năm 2021 đến năm 2022", []),
        ("Xã/phường phù hợp với trẻ em", []),
        ("Biểu 2022", []),
        ("XÃ SƠN HỒNG", [("place", "XÃ SƠN HỒNG")]),
        ("xa\u0303 Sơn Hô\u0300ng", [("place", "xã Sơn Hồng")]),
        ("Xã phù hợp với trẻ em: 1", []),
        (2022.0, []),
    ],
)
def test_statements(text, expected):
    """A title states a unit, a period or a day; laws, plans and comparisons state none."""
    expected = [pair for pair in expected if pair[1]]
    found = read_titles([["", text], ["", ""]], 3, range(1, 2), set())
    assert expected == [(kind, said.value) for kind, said in found]
    assert {(3, 0, 1)} >= {(said.sheet, said.row, said.col) for _, said in found}


def test_rows_of_the_table_are_left_out():
    """Only what stands above and below counts."""
    cells = [["Báo cáo năm 2022"], ["UBND xã A Vao"], ["A Vao, ngày 01 tháng 07 năm 2022"]]
    kinds = [kind for kind, _ in read_titles(cells, 0, range(1, 2), set())]
    assert kinds == ["period", "signed"]


def test_what_another_sheet_says_already_is_not_repeated():
    """A statement is read once in a workbook, from the first sheet that makes it."""
    known = set()
    cells = [["UBND xã A Vao"], [""]]
    counts = [len(read_titles(cells, sheet, range(1, 2), known)) for sheet in (0, 1)]
    assert counts == [1, 0]
