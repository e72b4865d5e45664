"""What the notes say."""

import math

import pytest

from ctk.periods import Period
from ctk.report.figures import NOT_ASKED, Column, Figure, State, make_figure
from ctk.report.lines import Line
from ctk.report.remarks import coverage_text, remark

HALF, YEAR = Period(2022, 6), Period(2022, 12)
COUNT = Line("measure", "", "n", "Số lượng", key="n")
RATE = Line("measure", "", "r", "Tỷ lệ", key="r", is_rate=True)


def note(line, *figures, period=YEAR):
    """Note of a line with a total and perhaps the columns Nam, Nữ."""
    titles = ("Tổng số", "Nam", "Nữ")
    cells = [(Column(("T",) * 4, t), f) for t, f in zip(titles, figures, strict=False)]
    return remark(line, cells, period, "vi")


@pytest.mark.parametrize(
    ("figure", "state"),
    [
        (make_figure(5.0, 5.0, 13, 13), State.COMPLETE),
        (make_figure(0.0, 0.0, 13, 13), State.COMPLETE),
        (make_figure(math.nan, 4.0, 12, 13), State.INCOMPLETE),
        (make_figure(4.0, 4.0, 12, 13), State.INCOMPLETE),
        (make_figure(math.nan, math.nan, 13, 13), State.UNDEFINED),
        (make_figure(math.nan, math.nan, 0, 0), State.NOT_ASKED),
    ],
)
def test_the_state_follows_from_coverage_first(figure, state):
    """A value without full coverage is incomplete, whatever the frame says; 0 is a value."""
    assert state == figure.state


def test_a_complete_line_needs_no_note():
    """Nothing is said where nothing is odd."""
    assert note(COUNT, Figure(3.0, 3.0, 2, 2)) == ""


def test_the_sum_so_far_is_told_in_vietnamese_digits():
    """Thousands by a dot, decimals by a comma, rounded half-up."""
    assert note(COUNT, Figure(None, 1234.0, 12, 13)) == "Chưa đủ: 12/13 xã, cộng được 1.234"
    expected = "Chưa đủ: 12/13 xã, tính trên 12 xã được 2,68"
    assert expected == note(RATE, Figure(None, 2.675, 12, 13))


def test_no_figure_at_all_is_told_apart_from_a_partial_sum():
    """0/13 has no sum so far."""
    assert note(COUNT, Figure(None, None, 0, 13)) == "Chưa có số liệu: 0/13 xã"
    assert note(RATE, Figure(None, None, 2, 13)) == "Chưa đủ: 2/13 xã"


def test_breakdowns_are_named_where_they_lack_other_units_than_the_total():
    """The total's own gap is not repeated for each column."""
    total = Figure(None, 5.0, 12, 13)
    assert note(COUNT, total, Figure(None, 3.0, 12, 13)).split(", ")[-1] == "cộng được 5"
    expected = "Chưa đủ theo phân tổ: Nữ 11/13"
    assert expected == note(COUNT, Figure(5.0, 5.0, 13, 13), NOT_ASKED, Figure(None, 2.0, 11, 13))


def test_an_undefined_rate_tells_its_denominator():
    """Denominator 0 is told once for the line, or for the columns it concerns."""
    undefined = Figure(None, None, 13, 13)
    assert note(RATE, undefined, undefined) == "Mẫu số bằng 0, không tính được"
    assert note(RATE, Figure(5.0, 5.0, 13, 13), undefined) == "Mẫu số bằng 0: Nam"


def test_a_rate_of_part_of_a_year_says_so_if_it_is_printed():
    """Counts and empty lines need no such note."""
    done = Figure(5.0, 5.0, 13, 13)
    assert note(RATE, done, period=HALF) == "Tính trên 6 tháng"
    assert note(COUNT, done, period=HALF) == ""
    assert note(RATE, done, period=YEAR) == ""
    assert "6 tháng" not in note(RATE, Figure(None, None, 13, 13), period=HALF)


def test_coverage_is_blank_for_what_was_not_asked():
    """0/0 is no coverage."""
    assert (coverage_text(NOT_ASKED), coverage_text(Figure(None, 1.0, 3, 4))) == ("", "3/4")
