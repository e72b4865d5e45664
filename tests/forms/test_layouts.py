"""Layouts are data: complete ones are taken, others refused."""

import pytest

from ctk.errors import CatalogueError
from ctk.forms.loader import build_layout, load_layouts
from ctk.indicators import load_catalogue

LAYOUT = """
id = "office"
version = 1
title_vi = "Biểu"
title_en = "Form"
source = "office"
code_header = "Mã số"
periods = ["12m"]

[lines]
by = "code"
are = "breakdowns"

[[lines.entry]]
key = "100"

[[lines.entry]]
key = "110"
sex = "F"

[[lines.entry]]
key = "120"
heading = true

[heads]
by = "label"
are = "elements"

[[heads.entry]]
key = "Tổng số trẻ em"
variants = ["Số trẻ em"]
element = "I-0101"
"""

SPOILED = {
    "unknown element": ('element = "I-0101"', 'element = "I-9999"'),
    "no key": ('key = "100"\n', ""),
    "key twice": ('key = "110"', 'key = "100"'),
    "key twice but for accents": ('variants = ["Số trẻ em"]', 'variants = ["TONG SO TRE EM"]'),
    "unknown key": ("version = 1", "version = 1\ncolour = 2"),
    "no version": ("version = 1\n", ""),
    "no periods": ('periods = ["12m"]\n', ""),
    "no heads": ('[heads]\nby = "label"\nare = "elements"', '[heads]\nby = "label"'),
    "breakdowns on both sides": ('are = "elements"', 'are = "breakdowns"'),
}


def test_a_complete_layout_is_taken():
    """The pattern that the other tests spoil is itself accepted; variants mean the same."""
    layout = build_layout(LAYOUT, load_catalogue())
    assert (layout.id, layout.periods) == ("office", ("12m",))
    assert [entry.index for entry in layout.lines.entries.values()] == [0, 2, None]
    assert {0} == {entry.index for entry in layout.heads.entries.values()}
    assert len(layout.heads.entries) == 2


@pytest.mark.parametrize(("old", "new"), SPOILED.values(), ids=SPOILED)
def test_a_bad_layout_is_refused(old, new):
    """A layout that is incomplete or contradicts itself never reads a file."""
    spoiled = LAYOUT.replace(old, new, 1)
    assert spoiled != LAYOUT
    with pytest.raises(CatalogueError, match="office"):
        build_layout(spoiled, load_catalogue())


def test_built_in_layouts():
    """Ctk reads its own commune workbook and the official form 601-602."""
    layouts = {layout.id: layout for layout in load_layouts()}
    assert {"ctk-commune", "601-602"} == set(layouts)
    own, official = layouts["ctk-commune"], layouts["601-602"]
    assert (own.lines.are, own.heads.are) == ("elements", "breakdowns")
    assert (official.lines.are, official.heads.are) == ("breakdowns", "elements")
    assert len(load_catalogue().elements) == len(own.lines.entries)


def test_official_form_has_total_children_and_fourteen_groups():
    """Form 601-602: children, those in special circumstances, groups 602.01 to 602.14."""
    (official,) = (layout for layout in load_layouts() if layout.id == "601-602")
    elements = load_catalogue().elements
    ids = {elements[e.index].id for e in official.heads.entries.values() if e.index is not None}
    assert {"I-0101", "I-0301", *(f"602.{n:02}" for n in range(1, 15))} == ids
