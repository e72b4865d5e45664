"""Suggestions name the cell that was made wrong, and are never sure of another one."""

import random
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctk.indicators import load_catalogue
from ctk.validate.check import check
from ctk.validate.linear import Linear, Rows, System
from ctk.validate.localise import Limits
from ctk.validate.misread import settle
from ctk.validate.patterns import readings_in_text, slips, strong_slip, whole_readings
from ctk.validate.rearranged import Grid
from ctk.validate.verdicts import judge
from ctk.workbook.addresses import a1
from workbooks import F, Formula, M, T, batch_of, book, consistent, cover, table, write_book


def advice_of(path, lang="vi"):
    """Check a file and give the suggestions, and the findings of severity error."""
    checked = check(batch_of(path), lang)
    errors = [f for f in checked.findings if f.severity == "error" and f.rule != "V206"]
    return checked.advice.suggestions, errors


def only(path):
    """The one suggestion for a file: its kind, cells, values and whether it is sure."""
    ((suggestion,), _) = advice_of(path)
    return suggestion.kind, suggestion.cells, suggestion.values, suggestion.sure


@given(st.integers(0, 10**9), st.integers(-60, 60).filter(bool))
@settings(max_examples=25, deadline=None)
def test_a_sure_claim_is_the_planted_cell(tmp_path_factory, seed, by):
    """One wrong figure in a consistent form: a sure suggestion names it, others include it."""
    rows = consistent(seed).rows()
    rng = random.Random(seed)  # noqa: S311
    codes = list(rows)
    code = rng.choice(codes)
    column = rng.choice([i for i, value in enumerate(rows[code]) if value is not None])
    right = rows[code][column]
    rows[code][column] = max(0, right + by)
    path = book(tmp_path_factory.mktemp("planted") / "a.xlsx", rows)
    cell = a1(5 + codes.index(code), 3 + column)
    for suggestion in advice_of(path)[0]:
        assert cell in suggestion.cells
        if suggestion.sure:
            assert suggestion.cells == (cell,)
            assert suggestion.values[0] in (None, right)


@given(st.integers(0, 10**9))
@settings(max_examples=5, deadline=None)
def test_nothing_is_suggested_on_clean_files(tmp_path_factory, seed):
    """A form that contradicts nothing has no suggestion."""
    path = book(tmp_path_factory.mktemp("clean") / "a.xlsx", consistent(seed).rows())
    assert advice_of(path) == ((), [])


GOOD = {"I-0101": [3000, 1600, 1400, 1000, 2000, 300]}


def planted(tmp_path, column, value, rows=GOOD):
    """A small consistent form with one cell changed; its first row stands in row 6."""
    code, *_ = rows
    changed = {**rows, code: [*rows[code]]}
    changed[code][column] = value
    return book(tmp_path / "a.xlsx", changed)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        (300, "scale"),
        (30000, "scale"),
        (3001, "value"),
        (33000, "doubled_digit"),
        (0, "value"),
    ],
)
def test_a_total_that_two_sums_give(tmp_path, typed, kind):
    """A total that sexes and ages agree on is surely wrong, and its value is known."""
    assert only(planted(tmp_path, T, typed)) == (kind, ("D6",), (3000,), True)


def test_transposed_digits_tell_equal_cells_apart(tmp_path):
    """Of two cells that could be wrong, the one with two digits exchanged is named, not surely."""
    rows = {"I-0101": [2985, 1865, 1120, 985, 2000, 300]}
    (suggestion,), (error,) = advice_of(planted(tmp_path, M, 1685, rows))
    assert (suggestion.cells, suggestion.values, suggestion.sure) == (("E6",), (1865,), False)
    assert suggestion.kind == "transposed"
    assert "hai chữ số đổi chỗ: 1685 ↔ 1865" in error.suggestion


def test_equal_cells_are_listed_without_a_value(tmp_path):
    """Where one of two cells is wrong and nothing tells which, both are named."""
    (suggestion,), (error,) = advice_of(planted(tmp_path, M, 1601))
    assert set(suggestion.cells) == {"E6", "F6"}
    assert (suggestion.kind, suggestion.values, suggestion.sure) == ("one_of", (None, None), False)
    assert "Một trong các ô này sai: E6, F6" in error.suggestion


def test_a_lone_sum_says_nothing_new(tmp_path):
    """A broken sum whose three cells are equally suspect gets its remedy and no more."""
    ((suggestion,), (error,)) = advice_of(book(tmp_path / "a.xlsx", {"I-0105": [9, 4, 6]}))
    assert suggestion.kind == "one_of"
    assert "D6" not in error.suggestion


def test_a_range(tmp_path):
    """Where only limits speak, the limits are told and no value is."""
    rows = {"I-0101": [60, 31, 29], "I-0105": [61], "I-0106": [59]}
    path = book(tmp_path / "a.xlsx", {"I-0101": [60, 31, 29], "I-0105": [61, None, None]})
    (suggestion,), (error,) = advice_of(path)
    assert (suggestion.cells, suggestion.values) == (("D7",), (None,))
    assert "D7; số đúng không lớn hơn 60" in error.suggestion
    assert rows["I-0101"][T] == 60


@pytest.mark.parametrize(
    ("typed", "kind", "sure"),
    [
        (-1600, "sign", True),
        (1.6, "scale", True),
        ("1.600", "reading", True),
        ("1,600", "reading", True),
        ("1600 em", "in_text", True),
        ("có 1.600 em", "in_text", True),
        ("nhiều em", "implied", True),
        (True, "implied", True),
        (date(2022, 1, 2), "implied", True),
        (Formula("=1/0", "#DIV/0!"), "implied", True),
        ("12 em", "implied", False),
        (-5, "implied", False),
    ],
)
def test_a_cell_in_error_that_the_others_fix(tmp_path, typed, kind, sure):
    """A cell without a usable figure gets the value that the sums leave; sure if it looks so."""
    assert only(planted(tmp_path, M, typed)) == (kind, ("E6",), (1600,), sure)


def test_sentence_for_a_cell_in_error(tmp_path):
    """The sentence stands before the remedy, its figure without a sign between thousands."""
    _, (error,) = advice_of(planted(tmp_path, M, 1.6))
    assert error.suggestion.startswith("Theo các ô khác thì ô này là 1600. ")
    _, (error,) = advice_of(planted(tmp_path, M, 1.6), "en")
    assert error.suggestion.startswith("By the other cells this one is 1600. ")


def test_a_row_of_ambiguous_numbers(tmp_path):
    """Ambiguous numbers that only add up in one reading are settled together."""
    path = book(tmp_path / "a.xlsx", {"I-0105": ["3.000", "1.600", "1.400"]})
    found = {s.cells: (s.kind, s.values, s.sure) for s in advice_of(path)[0]}
    assert found == {
        ("D6",): ("reading", (3000,), True),
        ("E6",): ("reading", (1600,), True),
        ("F6",): ("reading", (1400,), True),
    }


def test_ambiguous_numbers_that_fit_no_reading(tmp_path):
    """Where no reading adds up, or nothing checks it, nothing is suggested."""
    path = book(tmp_path / "a.xlsx", {"I-0105": ["3.000", "1.600", "1.500"], "I-0103": ["1.234"]})
    assert advice_of(path)[0] == ()


def test_a_blank_cell_is_never_filled(tmp_path):
    """What is missing is not an error and gets no figure, though the sum would give it."""
    assert advice_of(planted(tmp_path, M, None))[0] == ()
    assert advice_of(planted(tmp_path, M, "…"))[0] == ()


def test_two_faults_are_two_suggestions(tmp_path):
    """Faults that have nothing to do with each other are told apart."""
    rows = {"I-0101": [3001, 1600, 1400, 1000, 2000, 300], "I-0211": [61, 31, 29, 20, 40]}
    found = [(s.cells, s.values) for s in advice_of(book(tmp_path / "a.xlsx", rows))[0]]
    assert found == [(("D6",), (3000,)), (("D7",), (60,))]


def test_the_sentence_is_said_once(tmp_path):
    """The second finding of the same fault points to the first."""
    _, errors = advice_of(planted(tmp_path, T, 3001))
    texts = [error.suggestion for error in errors]
    assert sum("D6; ghi 3000" in text for text in texts) == 1
    assert len(texts) == 2


def test_cells_of_other_sheets_are_named_with_them(tmp_path):
    """A suggestion for a cell on another sheet than the finding says which sheet."""
    grids = {
        "Bìa": cover(),
        "A": table({"I-0101": [6, 31, 29, 20, 40]}),
        "B": table({"I-0105": [60, 31, 29]}),
    }
    (suggestion,), errors = advice_of(write_book(tmp_path / "a.xlsx", grids))
    assert (suggestion.sheet, suggestion.cells, suggestion.values) == ("A", ("D6",), (60,))
    assert {error.sheet for error in errors} == {"A", "B"}


def sexes_off(rows, codes):
    """The same rows with boys and girls of some rows exchanged."""
    swap = {M: F, F: M}
    return {c: [r[swap.get(i, i)] for i in range(len(r))] if c in codes else r
            for c, r in rows.items()}  # fmt: skip


SEXES = {"I-0101": [900, 500, 400], "I-0105": [890, 495, 395], "I-0301": [850, 480, 370]}


def test_exchanged_sexes_of_a_row(tmp_path):
    """Boys and girls in each other's cells of one row."""
    path = book(tmp_path / "a.xlsx", sexes_off(SEXES, ["I-0105"]))
    assert only(path) == ("swapped_sexes", ("E7", "F7"), (495, 395), False)


def total(whole, *parts):
    """An exact sum of figures."""
    return Linear(((whole, 1), *((part, -1) for part in parts)), exact=True)


def judged(relations, values, places, sexes=()):
    """The verdicts about figures 0, 1, 2 … that stand at these places."""
    system = System(Rows(tuple(relations)), dict(enumerate(values)))
    broken = system.broken(range(len(relations)))
    grid = Grid({place: i for i, place in enumerate(places)}, sexes)
    return judge(system, broken, frozenset(), lambda: grid, Limits(seconds=60.0))


def test_exchanged_columns_of_a_sheet():
    """The columns of boys and girls of one sheet of three; another sheet tells which one it is."""
    right = [(900, 500, 400), (580, 480, 100), (795, 495, 300), (790, 490, 300), (740, 470, 270)]
    typed = [(t, m, f) if i < 2 else (t, f, m) for i, (t, m, f) in enumerate(right)]
    relations = [total(3 * i, 3 * i + 1, 3 * i + 2) for i in range(5)]
    for part in range(1, 5):
        relations += [Linear(((3 * part + i, 1), (i, -1)), exact=False) for i in range(3)]
    places = [((0, 2, 1, 1, 1)[i], i, column) for i in range(5) for column in range(3)]
    sexes = [(3 * i + 1, 3 * i + 2) for i in range(5)]
    values = [value for row in typed for value in row]
    (verdict,) = judged(relations, values, places, sexes)
    assert (verdict.kind, len(verdict.broken)) == ("swapped_sex_columns", 3)
    assert verdict.figures == (7, 8, 10, 11, 13, 14)


def test_neighbouring_rows_exchanged():
    """Two rows of three figures in each other's place, tied column by column to others."""
    relations = [total(i, 6 + 2 * i, 7 + 2 * i) for i in range(6)]
    right = [10, 20, 30, 41, 52, 63]
    parts = [x for whole in right for x in (whole - 4, 4)]
    places = [(0, i // 3, i % 3) for i in range(6)] + [(1, i, 0) for i in range(12)]
    (verdict,) = judged(relations, right[3:] + right[:3] + parts, places)
    assert (verdict.kind, len(verdict.broken)) == ("swapped_rows", 6)
    assert dict(zip(verdict.figures, verdict.values, strict=True)) == dict(enumerate(right))


def shifted_form(shift):
    """Five lines of two figures, each tied to the next by two relations; `shift` moves them."""
    count = 12
    relations = [total(i, i + count, i + 2 * count) for i in range(count)]
    right = [3, 90, 17, 64, 31, 8, 77, 45, 20, 58, 12, 39]
    others = [[x // 2 for x in right], [x - x // 2 for x in right]]
    places = [(0, i // 2, i % 2) for i in range(count)]
    places += [(1 + k, i, 0) for k in range(2) for i in range(count)]
    return relations, right, shift(right) + others[0] + others[1], places


def test_rows_shifted_by_one():
    """A run of rows each typed one row too low, so that its first row stands twice."""
    relations, right, typed, places = shifted_form(lambda r: r[:4] + r[2:8] + r[10:])
    (verdict,) = judged(relations, typed, places)
    assert verdict.kind == "shifted_rows"
    known = {f: v for f, v in zip(verdict.figures, verdict.values, strict=True) if v is not None}
    assert known
    assert all(right[figure] == value for figure, value in known.items())


@pytest.mark.parametrize(
    ("typed", "meant", "kind"),
    [
        (865, 685, "transposed"),
        (120, 12, "scale"),
        (12, 1200, "scale"),
        (1716000, 1716, "scale"),
        (1122, 122, "doubled_digit"),
        (12, 152, "missing_digit"),
        (50, 5, "scale"),
    ],
)
def test_slips_of_the_hand(typed, meant, kind):
    """A number mistyped in one of the known ways is recognised from what was meant."""
    assert slips(typed)[meant] == kind


def test_small_numbers_are_no_proof():
    """1 and 10 may differ by chance; only larger numbers tell equal cells apart."""
    assert strong_slip(1, 10) is None
    assert strong_slip(120, 12) == "scale"
    assert strong_slip(12, 152) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (-5.0, {5: "sign"}),
        (1.716, {1716: "scale"}),
        (1.7, {17: "scale", 170: "scale", 1700: "scale"}),
        (0.3333333, {}),
        (-1.5, {}),
    ],
)
def test_readings_of_a_number_that_is_no_count(value, expected):
    """A negative number is taken without its sign, a fraction without its decimal mark."""
    assert whole_readings(value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 em", {12: "in_text"}),
        ("khoảng 1.234 em", {1234: "in_text"}),
        ("12 nam, 5 nữ", {}),
        ("không rõ", {}),
        ("3,5 tuổi", {}),
    ],
)
def test_readings_of_a_text(text, expected):
    """Only a text with exactly one number has a reading."""
    assert readings_in_text(text) == expected


def test_settling_needs_a_sum():
    """A reading that is merely possible is not confirmed by a limit."""
    limit = Linear(((0, 1), (1, -1)), exact=False)
    assert settle(System(Rows((limit,)), {1: 500}), {0: {12: "in_text"}}) == {}
    decided = settle(System(Rows((limit,)), {1: 500}), {0: {1000: "reading", 1: "reading"}})
    assert decided[0].value == 1


def test_settling_together_needs_a_sum():
    """Texts that add up are settled; one that is only small enough is not."""
    limit = Linear(((3, 1), (0, -1)), exact=False)
    typed = {f: {v: "in_text"} for f, v in enumerate((30, 16, 14, 5))}
    settled = settle(System(Rows((total(0, 1, 2), limit)), {}), typed)
    assert {f: s.value for f, s in settled.items()} == {0: 30, 1: 16, 2: 14}


def test_every_cell_random(tmp_path):
    """A form of random figures is answered in bounded time, and says what is not decided."""
    rng = random.Random(1)  # noqa: S311
    rows = {
        code: [None if value is None else rng.randint(0, 999) for value in cells]
        for code, cells in consistent(1).rows().items()
    }
    suggestions, errors = advice_of(book(tmp_path / "a.xlsx", rows))
    assert len(errors) > 100
    assert any("chưa xác định được ô nào sai" in error.suggestion for error in errors)
    assert len(suggestions) < len(errors)


def test_no_time_left(tmp_path, monkeypatch):
    """Files for which no time is left are counted, and have their findings all the same."""
    monkeypatch.setattr("ctk.validate.suggest.RUN_SECONDS", -1.0)
    path = planted(tmp_path, T, 3001)
    checked = check(batch_of(path), "vi")
    assert (checked.advice.untried, checked.advice.suggestions) == (1, ())
    assert len([f for f in checked.findings if f.severity == "error" and f.rule != "V206"]) == 2


def test_warnings_constrain_nothing(tmp_path):
    """A rule that only warns neither asks for a repair nor limits one."""
    path = book(tmp_path / "a.xlsx", {"I-0206": [11], "I-0101.1": [10]})
    assert advice_of(path)[0] == ()
    assert "I-0206" in load_catalogue().element_index


_LOADED = """
import sys
from workbooks import batch_of
from ctk.validate.check import check
for path in sys.argv[1:]:
    check(batch_of(path), "vi")
    print("scipy" in sys.modules)
"""


def test_the_solver_is_loaded_only_where_it_is_needed(tmp_path):
    """Neither a clean file nor one wrong figure loads scipy; figures wrong together do."""
    rows = consistent(1).rows()
    clean = book(tmp_path / "clean.xlsx", rows)
    one = planted(tmp_path, T, 3001)
    two = {"I-0101": [3000, 1600, 1400, 1000, 2000], "I-0105": [3200, 1700, 1500, 1000, 2200]}
    several = book(tmp_path / "several.xlsx", two)
    command = [sys.executable, "-c", _LOADED, clean, one, several]
    run = subprocess.run(
        command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["False", "False", "True"]
