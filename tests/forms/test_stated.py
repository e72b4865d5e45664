"""What a form says about itself is read from the words beside it."""

import pytest

from ctk.forms.loader import load_layouts
from ctk.forms.stated import TICKS, box_mark, read_cover, read_header
from workbooks import cover, form_601, table

OWN, OFFICIAL = (
    next(layout for layout in load_layouts() if layout.id == id_)
    for id_ in ("ctk-commune", "601-602")
)


def padded(grid):
    """Cells as the reader gives them: empty texts, rows of equal length."""
    width = max(len(row) for row in grid)
    full = [list(row) + [None] * (width - len(row)) for row in grid]
    return [["" if cell is None else cell for cell in row] for row in full]


def said(found):
    """Statements without their places."""
    return {name: stated.value for name, stated in found.items()}


def test_cover():
    """Values stand right of their labels; the cell is remembered."""
    found = read_cover(padded(cover()), 3, OWN)
    assert said(found) == {
        "stamp": "ctk-commune 1",
        "unit_code": "19588",
        "unit_name": "Xã Tà Rụt",
        "period": "2022-6m",
    }
    assert (found["unit_code"].sheet, found["unit_code"].row, found["unit_code"].col) == (3, 2, 1)


def test_cover_labels_however_typed():
    """A colon, capitals and missing accents leave a label what it is."""
    grid = [["MÃ ĐƠN VỊ:", "19588"], ["Ten don vi :", "Tà Rụt"]]
    assert said(read_cover(grid, 0, OWN)) == {"unit_code": "19588", "unit_name": "Tà Rụt"}


def is_ticked(cells, layout, first_line):
    """Tell whether the mark in the box is one that ticks it."""
    return box_mark(cells, layout, first_line) in TICKS


@pytest.mark.parametrize("at", [0, 1])
def test_cover_with_an_inserted_column(at):
    """An empty column before the labels or between labels and values changes nothing."""
    grid = [[*row[:at], "", *row[at:]] for row in padded(cover())]
    assert said(read_cover(grid, 0, OWN))["unit_code"] == "19588"


def test_a_note_is_no_value():
    """An empty value stays empty though a note stands further right."""
    grid = padded([*cover(), ["Ngày chốt số liệu", None, "ghi ngày chốt"]])
    assert said(read_cover(grid, 0, OWN))["cut_off"] == ""


def test_header_of_the_official_form():
    """Reporter after its colon, receiver in the cell below its label, year out of its line."""
    found = said(read_header(padded(form_601({"100": [1] * 16})), 0, OFFICIAL))
    assert found == {"unit_name": "Xã Tà Rụt", "parent_name": "Huyện Đa Krông", "period": "2024"}


@pytest.mark.parametrize("mark", ["x", "X", "✓", "v", 1.0, True])
def test_ticked_box(mark):
    """What people tick with counts as a tick."""
    assert is_ticked(padded(table({"I-0101": [1]}, box=mark)), OWN, 5)


@pytest.mark.parametrize("mark", [None, " ", False, 0.0, "0", "không", "-", "có", "?"])
def test_box_not_ticked(mark):
    """An empty or false box is not ticked, nor is one with words: blanks stay blanks."""
    assert not is_ticked(padded(table({"I-0101": [1]}, box=mark)), OWN, 5)


def test_a_box_elsewhere_is_no_box():
    """The sign "không phát sinh" typed for a figure does not tick the section's box."""
    grid = table({"I-0101": ["Không phát sinh", 5, 5], "I-0105": [None, None]})
    grid[1] = []
    assert not is_ticked(padded(grid), OWN, 5)


def test_official_form_has_no_box():
    """A layout without a box is never ticked."""
    assert not is_ticked(padded([["Không phát sinh", "x"]]), OFFICIAL, 1)


def test_ticked_box_with_an_inserted_column():
    """An empty column between the box and its label does not untick it."""
    grid = [[row[0], "", *row[1:]] for row in padded(table({"I-0101": [1]}, box="x"))]
    assert is_ticked(grid, OWN, 5)
