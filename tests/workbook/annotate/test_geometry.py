"""Where the boxes of comments lie."""

import pytest
from lxml import etree

from ctk.workbook.annotate.geometry import Grid, box_size

WIDE = 322


def grid(columns="", rows=""):
    """A sheet with these columns and rows."""
    return Grid(
        etree.fromstring(
            f"<worksheet><cols>{columns}</cols><sheetData>{rows}</sheetData></worksheet>"
        )
    )


def numbers(anchor):
    """Column and offset of the left edge, row and offset of the upper, then right and lower."""
    return [int(number) for number in anchor.split(",")]


def test_box_lies_right_of_its_cell():
    """Columns of 64 pixels, rows of 20: 322 pixels from 15 on end 17 pixels into the sixth."""
    assert numbers(grid().anchor(5, 3, WIDE, 38)) == [4, 15, 4, 2, 9, 17, 6, 0]


def test_wide_and_hidden_columns_count():
    """A wide column holds the box alone, a hidden one counts nothing."""
    wide = grid('<col min="5" max="5" width="100"/>')
    assert numbers(wide.anchor(0, 3, WIDE, 20))[4] == 4
    hidden = grid('<col min="6" max="9" width="9" hidden="1"/>')
    assert numbers(hidden.anchor(0, 3, WIDE, 20))[4] == 13


def test_no_room_to_the_right():
    """Where all columns to the right are hidden, the box goes to the left of the cell."""
    narrow = grid('<col min="8" max="16384" width="9" hidden="1"/>')
    left, _, _, _, right, *_ = numbers(narrow.anchor(0, 6, WIDE, 20))
    assert left < right <= 6


@pytest.mark.parametrize("place", [(0, 0), (1_048_575, 16_383)])
def test_corners_of_the_sheet(place):
    """The box stays on the sheet."""
    left, _, top, _, right, _, bottom, _ = numbers(grid().anchor(*place, WIDE, 500))
    assert 0 <= left <= right <= 16_383
    assert 0 <= top <= bottom <= 1_048_575


def test_size_grows_with_the_text():
    """A long text gets a higher box, a very long one also a wider one."""
    short, long, longest = (box_size(["câu " * n]) for n in (5, 100, 1000))
    assert short[1] < long[1]
    assert short[0] == long[0] < longest[0]
