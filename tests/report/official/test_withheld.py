"""Of a public copy nothing withheld is printed, nor what would give it away."""

from dataclasses import replace

import pytest
from openpyxl import load_workbook

from ctk.messages import message
from ctk.periods import Period
from ctk.report.official import write_official
from report.builder import Figures
from report.official.grid import notes
from report.official.test_figures import cells

HIDDEN = ("602.11", "F", "T")


@pytest.fixture(scope="module")
def context():
    """A public copy in which the girls of one group are withheld."""
    made = Figures(period=Period(2024, 12)).context(kinds=(), cut_offs=(), public=True)
    frame = made.elements
    keys = zip(frame["element"], frame["sex"], frame["age"], strict=True)
    hidden = frame.assign(withheld=[key == HIDDEN for key in keys])
    return replace(made, elements=hidden, notes=(message("public.footnote", "vi"),))


def values(context, folder, form):
    """What each cell of a form holds, and its remarks."""
    (row,) = write_official(context, folder, form)
    sheet = load_workbook(row["file"])[form]
    return {key: cell.value for key, cell in cells(sheet, form)}, notes(sheet), row["file"], sheet


def test_a_withheld_figure_is_marked(context, tmp_path):
    """The sign stands in its cell and nowhere else, and one note explains it."""
    found, said, _, _ = values(context, tmp_path, "601-602")
    assert [key for key, value in found.items() if value == "(c)"] == [HIDDEN]
    assert [text.startswith("(c)") for text in said].count(True) == 1


def test_a_rate_that_tells_it_is_withheld_too(context, tmp_path):
    """Helped girls are printed elsewhere: with the rate, the number of girls would be known."""
    found, said, _, _ = values(context, tmp_path, "603")
    assert [key for key, value in found.items() if value == "(c)"] == [("603.11.r", "F", "T")]
    assert [text.startswith("(c)") for text in said].count(True) == 1


def test_the_copy_says_what_it_is(context, tmp_path):
    """File name, header of the page and the remarks name the public copy."""
    _, said, file, sheet = values(context, tmp_path, "601-602")
    internal = values(replace(context, public=False), tmp_path, "601-602")
    assert file != internal[2]
    assert any("công khai" in text for text in said)
    assert "công khai" in sheet.oddHeader.center.text
    assert not any("công khai" in text for text in internal[1])
