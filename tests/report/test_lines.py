"""Lines of the tables."""

import pytest

from ctk.indicators import load_catalogue
from ctk.report.lines import Line, appendix_lines, only_asked, unit_label


@pytest.fixture(scope="module")
def catalogue():
    """The built-in catalogue."""
    return load_catalogue()


def test_every_measure_has_exactly_one_line(catalogue):
    """132 measures on both appendices, in the order of the Circular."""
    lines = [line for a in ("I", "II") for line in appendix_lines(catalogue, a, (), "vi")]
    assert [m.id for m in catalogue.measures] == [line.key for line in lines if line.key]


def test_an_indicator_with_one_measure_is_one_line(catalogue):
    """Its figures stand beside its name; one with several has a line for each."""
    lines = {line.code: line for line in appendix_lines(catalogue, "I", (), "vi")}
    assert (lines["0101"].key, lines["0101"].unit) == ("I-0101.n", "người")
    assert (lines["0301"].key, lines["0301"].unit) == (None, "")
    assert (lines["I-0301.n"].label, lines["I-0301.r"].label) == ("Số lượng", "Tỷ lệ")
    assert lines["I-0405.r2"].label.startswith("Tỷ lệ học sinh đi học đúng tuổi")


def test_several_rates_of_an_indicator_are_told_apart_in_english(catalogue):
    """Each of the three rates of malnutrition has its own English label."""
    lines = {line.code: line.label for line in appendix_lines(catalogue, "I", (), "en")}
    assert [lines[f"I-0204.r{n}"].split()[0] for n in (1, 2, 3)] == [
        "Underweight",
        "Stunted",
        "Wasted",
    ]


def test_elements_are_shown_once_and_if_asked(catalogue):
    """An element that a count repeats has no second line; parts are indented further."""
    asked = {element.id for element in catalogue.elements}
    lines = {line.code: line for line in appendix_lines(catalogue, "I", asked, "vi")}
    assert "I-0301" not in lines
    assert (lines["I-0105"].depth, lines["I-0105.1"].depth) == (1, 2)
    assert "I-0105.1" not in {line.code for line in appendix_lines(catalogue, "I", (), "vi")}


def test_every_unit_of_measurement_has_english_wording(catalogue):
    """No unit is left without a word."""
    for each in (*catalogue.measures, *catalogue.elements):
        assert unit_label(each.unit, "en")
        assert each.unit == unit_label(each.unit, "vi")


def test_headings_stay_only_above_something_asked():
    """A group or indicator without any asked line below it falls away, others stay."""
    section = Line("section", "I", "", "A")
    heading = Line("indicator", "1", "01", "B")
    asked = Line("measure", "", "x", "C", key="x")
    other = Line("measure", "", "y", "D", key="y")
    empty = (Line("section", "II", "", "E"), Line("indicator", "2", "02", "F"), other)
    unasked_rate = Line("indicator", "3", "03", "G", key="y")
    found = only_asked((section, heading, asked, other, unasked_rate, asked, *empty), {"x"})
    assert (section, heading, asked, unasked_rate, asked) == found
