"""What the notes say."""

import math

import pytest

from ctk.periods import Period
from ctk.report.figures import NOT_ASKED, Column, Figure, State, make_figure
from ctk.report.footnotes import MOST, Footnotes
from ctk.report.lines import Line
from ctk.report.remarks import Remarks, coverage_text
from report.builder import Figures

SLICES = (("T",) * 4, ("M", "T", "T", "T"), ("F", "T", "T", "T"))
HALF, YEAR = Period(2022, 6), Period(2022, 12)
COUNT = Line("measure", "", "n", "Số lượng", key="n")
RATE = Line("measure", "", "r", "Tỷ lệ", key="r", is_rate=True)


def told(line, *figures, period=YEAR, change=None, lang="vi"):
    """Note of a line with a total and perhaps the columns Nam, Nữ, and the footnotes below."""
    titles = ("Tổng số", "Nam", "Nữ")
    cells = [(Column(slice_, t), f) for slice_, t, f in zip(SLICES, titles, figures, strict=False)]
    remarks = Remarks(Figures(period=period).context(period=period, lang=lang))
    return remarks.of(line, cells, change), dict(remarks.footnotes.lines)


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
    assert told(COUNT, Figure(3.0, 3.0, 2, 2)) == ("", {})


def test_the_sum_so_far_is_told_in_the_digits_of_the_language():
    """Thousands by a dot in Vietnamese, by a comma in English; rounded half-up."""
    assert told(COUNT, Figure(None, 1234.0, 12, 13))[0] == "Mới có 1.234 (1)"
    assert told(RATE, Figure(None, 2.675, 12, 13))[0] == "Mới có 2,68 (1)"
    assert told(COUNT, Figure(None, 1234.0, 12, 13), lang="en")[0] == "So far 1,234 (1)"


def test_no_figure_at_all_is_told_apart_from_a_partial_sum():
    """0/13 has no sum so far."""
    expected = {"(1)": "Chưa đủ: 0/13 xã có số liệu."}
    assert told(COUNT, Figure(None, None, 0, 13)) == ("(1)", expected)


def test_breakdowns_are_named_where_they_lack_other_units_than_the_total():
    """The total's own gap is not repeated for each column."""
    total = Figure(None, 5.0, 12, 13)
    assert told(COUNT, total, Figure(None, 3.0, 12, 13))[0] == "Mới có 5 (1)"
    note = told(COUNT, Figure(5.0, 5.0, 13, 13), NOT_ASKED, Figure(None, 2.0, 11, 13))
    assert note == ("(1)", {"(1)": "Cột Nữ: Chưa đủ: 11/13 xã có số liệu."})


def test_an_undefined_rate_tells_its_denominator():
    """Denominator 0 is told once for the line, or for the columns it concerns."""
    undefined = Figure(None, None, 13, 13)
    expected = {"(1)": "Mẫu số bằng 0, không tính được tỷ lệ."}
    assert told(RATE, undefined, undefined) == ("(1)", expected)
    expected = {"(1)": "Mẫu số bằng 0, không tính được: cột Nam."}
    assert told(RATE, Figure(5.0, 5.0, 13, 13), undefined) == ("(1)", expected)


def test_a_rate_of_part_of_a_year_says_so_if_it_is_printed():
    """Counts and empty lines need no such note."""
    done, undefined = Figure(5.0, 5.0, 13, 13), Figure(None, None, 13, 13)
    expected = {"(1)": "Tỷ lệ tính trên số liệu 6 tháng."}
    assert told(RATE, done, period=HALF) == ("(1)", expected)
    assert told(COUNT, done, period=HALF) == ("", {})
    assert told(RATE, done, period=YEAR) == ("", {})
    assert "6 tháng" not in str(told(RATE, undefined, period=HALF))


def test_a_withheld_figure_gives_nothing_away():
    """Neither a sum so far nor a coverage of the line is told; the copy's own note explains (c)."""
    hidden = Figure(None, 5.0, 12, 13, withheld=True)
    assert told(COUNT, hidden, Figure(None, 7.0, 11, 13)) == ("", {})


def test_the_same_words_have_one_number():
    """Two lines that lack the same share a footnote; the second text gets the next number."""
    notes = Footnotes()
    assert [notes.mark("a"), notes.mark("b"), notes.mark("a")] == ["(1)", "(2)", "(1)"]
    assert notes.lines == (("(1)", "a"), ("(2)", "b"))


def test_footnotes_do_not_run_on_for_pages():
    """Beyond the limit what is new is told in general words, what is there keeps its number."""
    notes = Footnotes()
    marks = [notes.mark(f"text {i}", "see the sheet") for i in range(MOST + 5)]
    assert set(marks[MOST:]) == {f"({MOST + 1})"}
    assert notes.mark("text 3", "see the sheet") == "(4)"


def test_coverage_is_blank_for_what_was_not_asked():
    """0/0 is no coverage."""
    assert (coverage_text(NOT_ASKED), coverage_text(Figure(None, 1.0, 3, 4))) == ("", "3/4")
