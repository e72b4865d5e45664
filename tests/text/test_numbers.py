"""Numbers as people type them."""

import math
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctk.model import Absence
from ctk.text.numbers import NOTES, Note, Reading, format_vi, read_number, round_half_up


@pytest.mark.parametrize("raw", [0, 125, -3, 0.0, 12.5, 1.716])
def test_number_cells_are_read_as_they_are(raw):
    """A number in a cell needs no note."""
    assert read_number(raw) == Reading(float(raw), Absence.PRESENT)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("125", 125),
        (" 125 ", 125),
        ("578\u00a0", 578),
        ("\u00a06", 6),
        ("0", 0),
        ("00", 0),
        ("05", 5),
        ("+5", 5),
        ("-5", -5),
        ("‐5", -5),
        ("‑5", -5),
        ("–5", -5),
        ("−5", -5),
        ("\uff0d\uff15", -5),
        ("\uff11\uff12\uff15", 125),
        ("125.", 125),
        ("125,", 125),
        ("1234567", 1234567),
        ("1 234", 1234),
        ("12 345", 12345),
        ("1\u00a0234\u202f567", 1234567),
        ("1.234.567", 1234567),
        ("1,234,567", 1234567),
        ("1.234.567.", 1234567),
        ("-1.234.567", -1234567),
        ("12.345.678.901", 12345678901),
        ("1\u200b25\ufeff", 125),
        ("01234567", 1234567),
    ],
)
def test_whole_numbers_typed_as_text_are_read(raw, expected):
    """What has one meaning only is used, and noted."""
    assert read_number(raw) == Reading(float(expected), Absence.PRESENT, Note.TEXT_NUMBER)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("1,5", 1.5),
        ("12,5 ", 12.5),
        ("-2,5", -2.5),
        ("12,50", 12.5),
        ("12.75", 12.75),
        ("1.23", 1.23),
        ("0,125", 0.125),
        ("0.125", 0.125),
        ("0,333333333", 0.333333333),
        ("05,5", 5.5),
        ("1.2345", 1.2345),
        ("1234.567", 1234.567),
        ("1234,567", 1234.567),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234,567", 1234.567),
        ("1 234,567", 1234.567),
        ("1,234,567.891", 1234567.891),
    ],
)
def test_decimals_typed_as_text_are_read(raw, expected):
    """A separator that cannot part thousands parts decimals."""
    assert read_number(raw) == Reading(expected, Absence.PRESENT, Note.DECIMAL_TEXT)


@pytest.mark.parametrize(
    ("raw", "readings"),
    [
        ("1.234", ("1234", "1.234")),
        ("1,234", ("1234", "1.234")),
        ("12.000", ("12000", "12.000")),
        ("123,456", ("123456", "123.456")),
        (" 1.819 ", ("1819", "1.819")),
        ("-1.234", ("-1234", "-1.234")),
        ("+1.234", ("1234", "1.234")),
        ("1.234.", ("1234", "1.234")),
        ("\uff11\uff0e\uff12\uff13\uff14", ("1234", "1.234")),
    ],
)
def test_one_separator_before_three_digits_is_not_guessed(raw, readings):
    """Thousands or decimals: both readings are shown, none is taken."""
    expected = Reading(None, Absence.UNREADABLE, Note.AMBIGUOUS_SEPARATOR, readings)
    assert read_number(raw) == expected


@pytest.mark.parametrize("raw", [None, "", " ", "\u00a0 \t\n", "\u200b\ufeff"])
def test_empty_cells_are_blank(raw):
    """Blank is not zero."""
    assert read_number(raw) == Reading(None, Absence.BLANK)


@pytest.mark.parametrize(
    ("raw", "note"),
    [
        ("abc", Note.NOT_A_NUMBER),
        ("½", Note.NOT_A_NUMBER),
        ("(5)", Note.NOT_A_NUMBER),
        ("- 5", Note.NOT_A_NUMBER),
        ("--", Note.NOT_A_NUMBER),
        ("--5", Note.NOT_A_NUMBER),
        ("+-5", Note.NOT_A_NUMBER),
        ("+", Note.NOT_A_NUMBER),
        ("-.", Note.NOT_A_NUMBER),
        (".", Note.NOT_A_NUMBER),
        ("..", Note.NOT_A_NUMBER),
        ("......", Note.NOT_A_NUMBER),
        (",5", Note.NOT_A_NUMBER),
        ("125.,", Note.NOT_A_NUMBER),
        ("1E3", Note.NOT_A_NUMBER),
        ("0x10", Note.NOT_A_NUMBER),
        ("1_000", Note.NOT_A_NUMBER),
        ("١٢", Note.NOT_A_NUMBER),
        ("0.123.456", Note.NOT_A_NUMBER),
        ("1.23.456", Note.NOT_A_NUMBER),
        ("1.234,567,890", Note.NOT_A_NUMBER),
        ("1.234,567.890", Note.NOT_A_NUMBER),
        ("20.5.2022", Note.NOT_A_NUMBER),
        ("012345678", Note.TOO_LARGE),
        ("0987654321", Note.TOO_LARGE),
        ("0987.654321", Note.TOO_LARGE),
        ("001201012345", Note.TOO_LARGE),
        ("#####", Note.NOT_A_NUMBER),
        ("nan", Note.NOT_A_NUMBER),
        ("inf", Note.NOT_A_NUMBER),
        pytest.param("1" + "0" * 400, Note.NOT_A_NUMBER, id="huge text"),
        (math.nan, Note.NOT_A_NUMBER),
        (math.inf, Note.NOT_A_NUMBER),
        pytest.param(10**400, Note.NOT_A_NUMBER, id="huge number"),
        (object, Note.NOT_A_NUMBER),
        ("12%", Note.PERCENT_TEXT),
        ("12,5 %", Note.PERCENT_TEXT),
        ("\uff11\uff12\uff05", Note.PERCENT_TEXT),
        ("#REF!", Note.ERROR_VALUE),
        ("#N/A", Note.ERROR_VALUE),
        ("#NAME?", Note.ERROR_VALUE),
        ("#DIV/0!", Note.ERROR_VALUE),
        (" #value! ", Note.ERROR_VALUE),
        ("Err:502", Note.ERROR_VALUE),
        (True, Note.BOOLEAN_CELL),
        (False, Note.BOOLEAN_CELL),
        (datetime(2022, 5, 20, 7, tzinfo=UTC), Note.DATE_CELL),
        (time(1, 2), Note.DATE_CELL),
        (timedelta(hours=30), Note.DATE_CELL),
    ],
)
def test_what_is_no_figure_is_unreadable_and_says_why(raw, note):
    """No value is taken out of anything else."""
    assert read_number(raw) == Reading(None, Absence.UNREADABLE, note)


cells = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.text("0123456789.,+-–x… %")
    | st.dates()
)


@given(cells)
def test_every_reading_is_consistent(raw):
    """A value stands where a figure or nothing occurred; only what has none has readings."""
    reading = read_number(raw)
    has_value = reading.absence in (Absence.PRESENT, Absence.NOTHING_OCCURRED)
    assert (reading.value is not None) == has_value
    assert reading.value is None or math.isfinite(reading.value)
    assert reading.value is None or not reading.readings
    assert not reading.readings or reading.note is not Note.NOT_A_NUMBER
    assert (reading.absence is Absence.UNREADABLE) == (
        reading.note not in (None, Note.TEXT_NUMBER, Note.DECIMAL_TEXT)
    )


MISTYPED = {
    "12 em": (Note.WORD_BESIDE, "12"),
    "12 trẻ": (Note.WORD_BESIDE, "12"),
    "12em": (Note.WORD_BESIDE, "12"),
    "khoảng 12": (Note.WORD_BESIDE, "12"),
    "~12": (Note.WORD_BESIDE, "12"),
    ">12": (Note.WORD_BESIDE, "12"),
    "12?": (Note.WORD_BESIDE, "12"),
    "-12 em": (Note.WORD_BESIDE, "-12"),
    "12,5 em": (Note.WORD_BESIDE, "12.5"),
    "1.234 em": (Note.WORD_BESIDE, "1234", "1.234"),
    "12 em Nguyễn Văn A": (Note.WORD_BESIDE, "12"),
    "12 + 3": (Note.SEVERAL_NUMBERS, "12", "3"),
    "12/15": (Note.SEVERAL_NUMBERS, "12", "15"),
    "1/2": (Note.SEVERAL_NUMBERS, "1", "2"),
    "12-15": (Note.SEVERAL_NUMBERS, "12", "15"),
    "12; 13": (Note.SEVERAL_NUMBERS, "12", "13"),
    "5 (2 nữ)": (Note.SEVERAL_NUMBERS, "5", "2"),
    "12 (1)": (Note.SEVERAL_NUMBERS, "12", "1"),
    "1 2": (Note.SEVERAL_NUMBERS, "1", "2"),
    "1 23": (Note.SEVERAL_NUMBERS, "1", "23"),
    "1\n234": (Note.SEVERAL_NUMBERS, "1", "234"),
    "1234 567": (Note.SEVERAL_NUMBERS, "1234", "567"),
    "0 125": (Note.SEVERAL_NUMBERS, "0", "125"),
    "12*": (Note.FOOTNOTE_MARK, "12"),
    "12 **": (Note.FOOTNOTE_MARK, "12"),
    "12(1)": (Note.FOOTNOTE_MARK, "12"),
    "12(a)": (Note.FOOTNOTE_MARK, "12"),
    "12[1]": (Note.FOOTNOTE_MARK, "12"),
    "5²": (Note.FOOTNOTE_MARK, "5"),
    "O": (Note.LETTER_FOR_DIGIT, "0"),
    "o": (Note.LETTER_FOR_DIGIT, "0"),
    "1O": (Note.LETTER_FOR_DIGIT, "10"),
    "l2": (Note.LETTER_FOR_DIGIT, "12"),
    "1I": (Note.LETTER_FOR_DIGIT, "11"),
    "=12": (Note.FORMULA_AS_TEXT,),
    "=SUM(E8:F8)": (Note.FORMULA_AS_TEXT,),
    "@SUM(E8)": (Note.FORMULA_AS_TEXT,),
    "+E8+F8": (Note.FORMULA_AS_TEXT,),
    "0912 345 678": (Note.TOO_LARGE,),
}


@pytest.mark.parametrize("raw", MISTYPED)
def test_what_a_person_may_have_meant_is_shown(raw):
    """The cell has no value; what it may mean stands beside the reason."""
    note, *readings = MISTYPED[raw]
    assert read_number(raw) == Reading(None, Absence.UNREADABLE, note, tuple(readings))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (date(2022, 2, 1), (Note.FRACTION_AS_DATE, "1/2", "2/1")),
        (date(2022, 5, 20), (Note.FRACTION_AS_DATE, "20/5", "5/20")),
        (datetime(2022, 5, 5, tzinfo=UTC), (Note.FRACTION_AS_DATE, "5/5")),
        (date(1900, 1, 1), (Note.NUMBER_AS_DATE, "1")),
        (date(1900, 1, 12), (Note.NUMBER_AS_DATE, "12")),
        (date(1900, 2, 28), (Note.NUMBER_AS_DATE, "59", "60")),
        (date(1900, 3, 1), (Note.NUMBER_AS_DATE, "61")),
        (date(1903, 9, 27), (Note.NUMBER_AS_DATE, "1366")),
        (time(), (Note.NUMBER_AS_DATE, "0")),
    ],
)
def test_what_excel_may_have_turned_into_a_date_is_shown(raw, expected):
    """A day of this time was a fraction; one of a hundred years ago is a number with a format."""
    note, *readings = expected
    assert read_number(raw) == Reading(None, Absence.UNREADABLE, note, tuple(readings))


def test_birth_dates_beside_a_name_are_not_repeated():
    """A long text may speak of a child: its figures are not shown."""
    raw = "Nguyễn Văn A 12/3/2015"
    assert read_number(raw) == Reading(None, Absence.UNREADABLE, Note.NOT_A_NUMBER)


WORDS = st.sampled_from(("em", "trẻ", "cháu", "vụ", "người", "học sinh"))


@given(st.integers(0, 9_999_999), WORDS, st.sampled_from(("{0} {1}", "{0}{1}", "{1} {0}")))
def test_a_number_beside_a_word_is_shown_and_never_taken(number, word, pattern):
    """Wherever the word stands, the number is a reading and no value."""
    reading = read_number(pattern.format(number, word))
    assert (reading.value, reading.readings) == (None, (str(number),))


@given(st.lists(st.integers(0, 99_999), min_size=2, max_size=4), st.sampled_from("+/;&"))
def test_several_numbers_are_all_shown(numbers, between):
    """No number of several is preferred."""
    reading = read_number(f" {between} ".join(map(str, numbers)))
    assert (reading.value, reading.readings) == (None, tuple(map(str, numbers)))


@given(st.integers(0, 9_999_999), st.data())
def test_letters_for_digits_are_read_back_but_not_taken(number, data):
    """Each 0 and 1 may have been typed as a letter."""
    digits = str(number)
    typed = "".join(data.draw(st.sampled_from({"0": "0Oo", "1": "1lI"}.get(d, d))) for d in digits)
    reading = read_number(typed)
    if typed == digits:
        assert reading.value == number
    elif any(map(str.isdigit, typed)) or typed in "Oo":
        assert (reading.value, reading.readings) == (None, (digits,))
    else:
        assert reading.value is None


@given(st.text("0123456789.,  -", max_size=12))
def test_no_number_can_be_read_in_two_ways(raw):
    """A text that is taken as a number means the same with "." and "," as decimal mark."""
    reading = read_number(raw)
    if reading.absence is Absence.PRESENT:
        bare = "".join(raw.split()).rstrip(".,")
        plain = {_with(bare, mark) for mark in ".,"} - {None}
        assert plain <= {reading.value}


def _with(text, mark):
    """A text's value where only this is the decimal mark and the other one parts thousands."""
    other = ",."[mark == ","]
    whole, *decimals = text.lstrip("-").split(mark)
    groups = whole.split(other)
    parted = len(groups) > 1
    if len(decimals) > 1 or not all(map(str.isdigit, (*groups, *decimals))):
        return None
    if parted and (not 1 <= len(groups[0]) <= 3 or groups[0].startswith("0")):
        return None
    if parted and any(len(group) != 3 for group in groups[1:]):
        return None
    if decimals and not whole.strip():
        return None
    return float(("-" if text.startswith("-") else "") + "".join(groups) + "." + "".join(decimals))


@given(st.integers(-(2**53), 2**53))
def test_integers_written_plainly_read_back(number):
    """Digits alone are the number."""
    assert read_number(str(number)).value == number


@given(st.integers(10**6, 2**53), st.sampled_from("., "), st.sampled_from(["", "-", "–"]))
def test_integers_with_two_groups_or_more_read_back(number, separator, minus):
    """Groups leave no doubt when there are two separators."""
    value = read_number(minus + f"{number:,}".replace(",", separator)).value
    assert value == (-number if minus else number)


@given(st.integers(1000, 999_999), st.sampled_from(".,"))
def test_integers_with_one_group_are_ambiguous(number, separator):
    """One separator may part thousands or decimals."""
    reading = read_number(f"{number:,}".replace(",", separator))
    assert reading.note is Note.AMBIGUOUS_SEPARATOR
    assert [float(text) for text in reading.readings] == [number, number / 1000]


@given(st.integers(-(10**12), 10**12))
def test_two_decimals_read_back(hundredths):
    """What is printed with two decimals is read as the same figure."""
    figure = Decimal(hundredths).scaleb(-2)
    assert read_number(f"{figure:.2f}".replace(".", ",")).value == float(figure)


@given(st.floats(-1e9, 1e9))
def test_printed_figures_with_one_decimal_read_back(figure):
    """What ctk prints, ctk reads."""
    assert read_number(format_vi(figure, 1)).value == round_half_up(figure, 1)


def test_positions_of_notes_start_after_the_plain_cell():
    """Position 0 is a cell without a note, and each note has one position."""
    assert [NOTES[0], *map(Note, NOTES[1:])] == ["", *Note]
    assert len(set(NOTES)) == len(NOTES)
