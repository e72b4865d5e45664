"""The loader of official forms takes the built-in ones and refuses a bad one."""

import pytest

from ctk.errors import CatalogueError
from ctk.indicators import load_catalogue
from ctk.report.documents import BUILT_IN
from ctk.report.official.layout import FORMS, build_form, load_form, source

CATALOGUE = load_catalogue()
BAD = {
    "unknown element": ('bind = "602.01"', 'bind = "602.99"', "602.99"),
    "element twice": ('bind = "602.01"', 'bind = "602.02"', "one element"),
    "unknown style": ('look = "title"', 'look = "glitter"', "glitter"),
    "unknown placeholder": ("{reporter_more}", "{colour}", "colour"),
    "no cell": ('at = "C9"', 'at = "9C"', "9C"),
    "backwards": ('at = "A2:F3"', 'at = "F3:A2"', "backwards"),
    "overlapping cells": ('at = "A11"', 'at = "A10"', "overlap: A10"),
    "cell in place of a figure": ('at = "A11"', 'at = "C12"', "overlap: C12"),
    "cell outside": ('at = "A11"', 'at = "Z11"', "Z11"),
    "another code than printed": ("at = 12, code = 110", "at = 12, code = 111", "row 12"),
    "a code where none is printed": ("at = 10, code = 100", "at = 10", "row 10"),
    "unknown dimension": ('sex = "F"', 'colour = "F"', "colour"),
    "slice twice": ('age = "6-15"', 'age = "U6"', "one slice"),
    "unknown key": ('unit = "người"', 'unit = "người"\nshade = 1', "shade"),
    "missing key": ('table = "A7:R16"\n', "", "table"),
    "signatures inside the table": ("foot = 17", "foot = 12", "signatures"),
    "column without a title": ('at = "E8", text = "Trẻ em mồ côi cả cha và mẹ"',
                               'at = "E17", text = "x"', "no title"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "named"), BAD.values(), ids=BAD)
def test_a_bad_layout_is_refused(old, new, named):
    """Each of these would print something wrong; the error names the place."""
    text = source("601-602")
    spoiled = text.replace(old, new, 1)
    assert spoiled != text
    with pytest.raises(CatalogueError, match=named):
        build_form(spoiled, CATALOGUE)


@pytest.mark.parametrize("form", FORMS)
def test_built_in_forms_are_taken(form):
    """Each is complete, and `ctk report --form` knows it."""
    assert load_form(form).id == form
    assert form in {document.id for document in BUILT_IN}


def test_columns_are_bound_by_what_stands_above_them():
    """The title over each group's column is the name of its element, whatever number is printed."""
    form = load_form("601-602")
    names = {e.id: e.name_vi.partition(" (")[0] for e in CATALOGUE.elements}
    names["602.05"] = "Trẻ em bị nhiễm HIV/AIDS"  # as the form words it
    for column in form.columns[1:]:
        assert form.title_over(column) == names[column.id]


def test_titles_that_repeat_are_told_apart():
    """On 605 each pair of columns has the same two titles: those above them are named too."""
    form = load_form("605")
    titles = [form.title_over(column) for column in form.columns]
    assert titles[0] == "Tổng số"
    assert titles[2] == "Công lập – Cơ sở chuyên biệt – Số trẻ em trong cơ sở"
    assert len(set(titles)) == 13
