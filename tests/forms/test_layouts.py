"""Layouts are data: complete ones are taken, others refused with the name of the key."""

import pytest

from ctk.errors import CatalogueError
from ctk.forms.loader import build_layout, load_layouts
from ctk.indicators import load_catalogue

CATALOGUE = load_catalogue()
LAYOUT = """
format = 2
id = "office"
version = 1
title_vi = "Biểu"
periods = ["12m"]

[recognise]
titles = ["Biểu số liệu"]
sheets = "Biểu*"

[header]
unit = "Đơn vị báo cáo"
cut_off = ["Số liệu tính đến", "Chốt số liệu"]

[[table]]
row_titles = ["Nội dung"]

[[table.row]]
label = "I. CHUNG"
kind = "heading"

[[table.row]]
label = "Tổng số trẻ em"
variants = ["Số trẻ em"]
element = "I-0101"
not_asked = ["minority"]

[[table.row]]
label = "Sinh hoạt hè"
kind = "outside"

[[table.row]]
label = "Học sinh"
element = "I-0105"

[[table.row]]
label = "Nữ"
under = "Học sinh"
element = "I-0105"
sex = "F"

[[table.column]]
label = "Tổng số"

[[table.column]]
label = "Dưới 6 tuổi"
age = "U6"
"""

SPOILED = {
    "an older format": ("format = 2", "format = 1", "format"),
    "no format": ("format = 2\n", "", "format"),
    "no TOML": ("version = 1", "version = ", "line"),
    "unknown element": ('element = "I-0101"', 'element = "I-9999"', "no element"),
    "no label": ('label = "Tổng số trẻ em"\n', "", "row 2: label"),
    "label twice": ('label = "Sinh hoạt hè"', 'label = "Tổng số trẻ em"', "label stands twice"),
    "label twice but for accents": (
        'variants = ["Số trẻ em"]', 'variants = ["1. SINH HOAT HE"]', "label stands twice"
    ),
    "unknown key": ("version = 1", "version = 1\ncolour = 2", "colour"),
    "unknown key of a row": ('kind = "outside"', 'kind = "outside"\nfont = 2', "font"),
    "no version": ("version = 1\n", "", "version"),
    "version as text": ("version = 1", 'version = "1"', "version"),
    "no periods": ('periods = ["12m"]\n', "", "periods"),
    "unknown period": ('["12m"]', '["3m"]', "periods"),
    "bad id": ('id = "office"', 'id = "phụ lục"', "id"),
    "no table": ("[[table]]", "[[tables]]", "table"),
    "nothing said of a row": ('kind = "outside"', 'unit = "Người"', "element"),
    "unknown kind": ('kind = "outside"', 'kind = "extra"', "kind"),
    "unknown sex": ('sex = "F"', 'sex = "X"', "sex"),
    "two slices": ('sex = "F"', 'sex = "F"\nage = "U6"', "only one of"),
    "unknown age": ('age = "U6"', 'age = "U5"', "age"),
    "under nothing": ('under = "Học sinh"', 'under = "Học viên"', "under"),
    "not asked of nothing": ('not_asked = ["minority"]', 'not_asked = ["Kinh"]', "not_asked"),
    "elements on both sides": ('age = "U6"', 'element = "I-0101"', "element"),
    "unknown statement": ("cut_off = [", "deadline = [", "header.deadline"),
    "words that are none": ('unit = "Đơn vị báo cáo"', "unit = 7", "unit"),
    "codes without a code": ('row_titles = ["Nội dung"]', 'code_title = "Mã số"', "code_title"),
    "more rows than there are": ('row_titles = ["Nội dung"]', "min_rows = 9", "min_rows"),
}  # fmt: skip


def test_a_complete_layout_is_taken():
    """The pattern that the other tests spoil is itself accepted; variants mean the same."""
    layout = build_layout(LAYOUT, CATALOGUE)
    (table,) = layout.tables
    assert (layout.id, layout.periods, layout.title("en")) == ("office", ("12m",), "Biểu")
    assert table.elements_down
    assert {"tong so tre em", "so tre em"} <= set(table.rows.by_key)
    ids = {CATALOGUE.elements[index].id for index in layout.elements}
    assert {"I-0101", "I-0105"} == ids
    assert (table.min_rows, table.min_columns) == (1, 1)


def test_a_row_may_be_a_breakdown_of_the_row_above():
    """A row of girls below a row of all is of the same element, and belongs under it."""
    (table,) = build_layout(LAYOUT, CATALOGUE).tables
    (girls,) = table.rows.by_key["nu"]
    assert girls.breakdown == [b.sex for b in CATALOGUE.breakdowns].index("F")
    assert [parent.label for parent in girls.under] == ["Học sinh"]


@pytest.mark.parametrize(("old", "new", "told"), SPOILED.values(), ids=SPOILED)
def test_a_bad_layout_is_refused(old, new, told):
    """A layout that is incomplete or contradicts itself never reads a file; the key is named."""
    spoiled = LAYOUT.replace(old, new, 1)
    assert spoiled != LAYOUT
    with pytest.raises(CatalogueError, match=f"forms/a.toml: .*{told}"):
        build_layout(spoiled, CATALOGUE, "forms/a.toml")


def test_two_layouts_of_one_id():
    """An office's layout cannot take the name of another."""
    with pytest.raises(CatalogueError, match=r"b\.toml: id: 'office' stands twice"):
        load_layouts(None, (("a.toml", LAYOUT), ("b.toml", LAYOUT)))
    with pytest.raises(CatalogueError, match=r"a\.toml: id: '601-602' stands twice"):
        load_layouts(None, (("a.toml", LAYOUT.replace('"office"', '"601-602"')),))


def test_built_in_layouts():
    """Ctk reads its own commune workbook and the official forms, sheet by sheet."""
    layouts = {layout.id: layout for layout in load_layouts()}
    assert {"ctk-commune", "601-602", "604", "605"} <= set(layouts)
    own, official = layouts["ctk-commune"], layouts["601-602"]
    assert (own.tables[0].elements_down, official.tables[0].elements_down) == (True, False)
    assert len(CATALOGUE.elements) == len(own.tables[0].rows.entries)
    assert (own.whole, official.whole) == (True, False)


def test_official_form_has_total_children_and_fourteen_groups():
    """Form 601-602: children, those in special circumstances, groups 602.01 to 602.14."""
    (official,) = (layout for layout in load_layouts() if layout.id == "601-602")
    ids = {CATALOGUE.elements[index].id for index in official.elements}
    assert {"I-0101", "I-0301", *(f"602.{n:02}" for n in range(1, 15))} == ids
