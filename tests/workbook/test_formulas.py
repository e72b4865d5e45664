"""Which cells a formula adds up, and how cells share one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctk.workbook.addresses import a1
from ctk.workbook.formulas import added_cells, moved, of_other_book


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("SUM(E8:F8)", ["E8", "F8"]),
        ("sum(E8; F8)", ["E8", "F8"]),
        ("E8+F8", ["E8", "F8"]),
        ("+$E$8+F8", ["E8", "F8"]),
        ("(E8+F8)", ["E8", "F8"]),
        ("SUM(D9:D10,D9)", ["D9", "D10", "D9"]),
        ("SUM(E8+F8)", ["E8", "F8"]),
        ("SUM(E8)", ["E8"]),
        ("SUM('I.1 Chung'!D8,Nam!D9)", ["I.1 Chung!D8", "Nam!D9"]),
        ("E8", []),
        ("E8-F8", []),
        ("SUM(E8:F8)+1", []),
        ("SUM(E:E)", []),
        ("IF(E8>0,E8,F8)", []),
        ("SUM(A1:XFD1048576)", []),
        ("[1]A!B2+C3", []),
        ("", []),
    ],
)
def test_cells_of_a_sum(formula, expected):
    """A sum of cells gives them all, in order; any other formula gives none."""
    found = [f"{c.sheet}!{a1(c.row, c.col)}".lstrip("!") for c in added_cells(formula)]
    assert expected == found


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("[1]Tong!D8", True),
        ("'[so lieu.xlsx]Tong'!D8", True),
        ("'C:\\\\x\\\\[a.xls]B'!A1+1", True),
        ("Tong!D8", False),
        ("SUM(Bang[Nam])", False),
        ('"[1]A!"&B1', False),
    ],
)
def test_formulas_of_another_workbook(formula, expected):
    """A name in brackets before a sheet is that of another workbook."""
    assert expected == of_other_book(formula)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("SUM(E8:F8)", "SUM(F10:G10)"),
        ("$E8+E$8+$E$8", "$E10+F$8+$E$8"),
        ("'S1 A1'!B2+T!B2", "'S1 A1'!C4+T!C4"),
        ('LOG10(B2)&"B2"', 'LOG10(C4)&"B2"'),
    ],
)
def test_shared_formulas_move(formula, expected):
    """References move, fixed ones, names and texts do not."""
    assert expected == moved(formula, 2, 1)


@given(st.integers(0, 500), st.integers(0, 50), st.integers(0, 20), st.integers(0, 5))
def test_moving_there_and_back(row, col, down, right):
    """A formula moved there and back is itself."""
    formula = f"SUM({a1(row, col)}:{a1(row + 2, col + 1)})"
    assert formula == moved(moved(formula, down, right), -down, -right)


def test_moving_off_the_sheet():
    """What would stand outside the sheet is no reference any more."""
    assert moved("A1+B2", -1, 0) == "#REF!+B1"
