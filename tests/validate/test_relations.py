"""Relations have three values, and no finding hides another."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctk.indicators import load_catalogue
from ctk.validate.relations import Relation, compare, relations_of
from ctk.validate.rules import load_rules
from ctk.workbook.addresses import a1
from workbooks import SIX, TITLES, F, M, T, book, columns_of, consistent, findings_of, rules_of

CATALOGUE = load_catalogue()
NAN = float("nan")


def outcome(relation, *values, asked=None):
    """Compare one submission that holds these figures."""
    matrix = np.array([values], float)
    present = np.ones_like(matrix, bool) if asked is None else np.array([asked])
    found = compare(matrix, present, (relation,))
    return len(found.broken), found.tested.get("R", 0), found.untested.get("R", 0)


SUM = Relation("R", (0,), (1, 2), exact=True)
AT_MOST = Relation("R", (0,), (1,), exact=False)
ALONE = Relation("R", (0,), (1,), exact=False, unless=(2,))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((9, 4, 5), (0, 1, 0)),
        ((9, 4, 6), (1, 1, 0)),
        ((9, 4, NAN), (0, 0, 1)),
        ((NAN, 4, 5), (0, 0, 1)),
        ((9, NAN, NAN), (0, 0, 1)),
        ((0, 0, 0), (0, 1, 0)),
        ((3, 4, NAN), (0, 0, 1)),
    ],
)
def test_a_sum_holds_is_broken_or_cannot_be_tested(values, expected):
    """A missing term neither breaks nor keeps a sum; it is counted as untested."""
    assert expected == outcome(SUM, *values)


@pytest.mark.parametrize(
    ("values", "expected"),
    [((5, 5), (0, 1, 0)), ((6, 5), (1, 1, 0)), ((NAN, 5), (0, 0, 1)), ((6, NAN), (0, 0, 1))],
)
def test_at_most(values, expected):
    """A part may equal its whole but not exceed it."""
    assert expected == outcome(AT_MOST, *values)


def test_what_a_form_does_not_ask_is_no_concern():
    """A relation with a figure that the form does not have is neither tested nor untested."""
    assert outcome(SUM, 9, 4, NAN, asked=(True, True, False)) == (0, 0, 0)


@pytest.mark.parametrize(
    ("values", "expected"),
    [((6, 5, NAN), (1, 1, 0)), ((6, 5, 3), (0, 0, 0)), ((4, 5, NAN), (0, 1, 0))],
)
def test_a_weaker_relation_gives_way(values, expected):
    """One slice against the total is tested only where the other slices are missing."""
    assert expected == outcome(ALONE, *values)


@given(st.integers(1, 700), st.integers(0, 2**32 - 1))
@settings(max_examples=15)
def test_all_submissions_are_compared(count, seed):
    """Each of any number of submissions is tested by itself, as by a plain loop."""
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 3, (count, 3)).astype(float)
    values[rng.random((count, 3)) < 0.2] = NAN
    found = compare(values, np.ones_like(values, bool), (SUM, AT_MOST))
    expected = []
    for i, (a, b, c) in enumerate(values.tolist()):
        if not (a != a or b != b or c != c) and a != b + c:
            expected.append((i, True))
        if not (a != a or b != b) and a > b:
            expected.append((i, False))
    assert expected == [(b.submission, b.relation.exact) for b in found.broken]


def test_relations_compare_equal_columns():
    """Both sides of a relation between rows are of the same sex, age or ethnicity.

    Only rules that write columns out compare others.
    """
    width = len(CATALOGUE.breakdowns)
    rules = load_rules()
    of_rows = {"V401", "V402", "V403"}
    plain = [r for r in relations_of(CATALOGUE) if r.rule not in of_rows and not r.unless]
    odd = {r.rule for r in plain if len({figure % width for figure in r.figures}) != 1}
    written = {id_ for id_, r in rules.items() if any(e.terms[0].column for e in r.expressions)}
    assert odd <= written
    assert odd


def test_a_blank_in_the_middle_hides_nothing():
    """Where A <= B <= C and B is missing, A is compared with C; where B is there it is not."""
    under_1, under_5, children = (
        CATALOGUE.figure(CATALOGUE.element_index[id_], 0)
        for id_ in ("I-0101.1", "I-0101.2", "I-0101")
    )
    values = np.full((2, CATALOGUE.figure_count), NAN)
    values[:, [under_1, children]] = 70, 60
    values[1, under_5] = 65
    asked = np.zeros_like(values, bool)
    asked[:, [under_1, under_5, children]] = True
    found = compare(values, asked, relations_of(CATALOGUE))
    told = [(b.submission, b.relation.figures) for b in found.broken]
    expected = {(0, (under_1, children)), (1, (under_1, under_5)), (1, (under_5, children))}
    assert expected == set(told)


def test_what_follows_from_a_warning_is_a_warning(tmp_path):
    """More may be weighed than live here, so with the total left blank a part may be more too."""
    path = book(tmp_path / "a.xlsx", {"I-0204.1m": [None], "I-0204.1": [300], "I-0101.2": [262]})
    found = {each.rule: each.severity for each in findings_of(path)}
    assert "V525" not in found
    assert found["V527"] == "warning"


def test_no_relation_stands_twice():
    """A broken relation is told once."""
    pairs = [(r.left, frozenset(r.right), r.exact) for r in relations_of(CATALOGUE)]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize(
    "measure",
    [m for m in CATALOGUE.measures if not (m.is_count or m.subset or len(m.numerator) > 1)],
    ids=lambda m: m.id,
)
def test_rates_that_may_pass_100_percent_are_never_compared(measure):
    """Without a declared subset no relation sets the numerator against the denominator."""
    above, below = (CATALOGUE.element_index[x[0]] for x in (measure.numerator, measure.denominator))
    width = len(CATALOGUE.breakdowns)
    single = (r for r in relations_of(CATALOGUE) if len(r.right) == 1)
    assert (above, below) not in {(r.left[0] // width, r.right[0] // width) for r in single}


class TestSilence:
    """No finding keeps another from being found."""

    def test_text_beside_a_negative(self, tmp_path):
        """A text cell in a column does not hide the negative figure below it."""
        rows = {"I-0105": [9, "đủ", 5], "I-0601": [9, -5, 7], "I-0604": [9, 7, 2]}
        assert sorted(rules_of(book(tmp_path / "a.xlsx", rows))) == ["V304", "V308"]

    def test_one_blank_among_65_sums(self, tmp_path):
        """One blank cell makes one of 65 sums untestable; the other 64 wrong sums are all found."""
        ids = [e.id for e in CATALOGUE.elements if "sex" in e.breakdowns][:65]
        rows = {id_: [9, 4, 6] for id_ in ids}
        rows[ids[7]] = [9, None, 6]
        found = findings_of(book(tmp_path / "a.xlsx", rows, period="2022"))
        broken = [f.element for f in found if f.rule == "V401"]
        assert [id_ for id_ in ids if id_ != ids[7]] == broken
        assert [ids[7]] == [f.element for f in found if f.rule == "V301" and "E" in f.cells[0]][:1]

    def test_one_file_does_not_hide_another(self, tmp_path):
        """Blank cells and text in one file leave the wrong sums of the next one to be found."""
        book(tmp_path / "a.xlsx", {"I-0105": [None, "x y", None]})
        book(tmp_path / "b.xlsx", {"I-0105": [9, 4, 6]}, code="19591", name="Xã A Bung")
        found = [(f.file[-6:], f.rule) for f in findings_of(tmp_path) if f.rule != "V206"]
        assert ("b.xlsx", "V401") in found
        assert ("a.xlsx", "V308") in found

    def test_a_bad_cell_is_told_once(self, tmp_path):
        """Text in a sum is told as text only: no broken sum comes on top of it."""
        for typed in ("12 em", "1.234", -4, 4.5, "5%", "…"):
            path = book(tmp_path / "a.xlsx", {"I-0105": [9, typed, 6]})
            assert len(rules_of(path)) == 1, typed
            path.unlink()

    def test_every_kind_of_fault_at_once(self, tmp_path):
        """A row of each fault gives each of its findings, in one run."""
        rows = {
            "I-0105": [9, 4, 6], "I-0317": [-1, None, "…"], "I-0604": ["1.234", "đủ", 2.5],
            "I-0211": [60, 31, 29, 20, 41], "I-0602": [True, "5%", "x"],
        }  # fmt: skip
        assert {
            "V301", "V302", "V303", "V304", "V305", "V307", "V308", "V313", "V314", "V401", "V402",
        } == set(rules_of(book(tmp_path / "a.xlsx", rows)))  # fmt: skip

    def test_messages_are_not_capped(self, tmp_path):
        """All of many findings are given."""
        ids = [e.id for e in CATALOGUE.elements if "sex" in e.breakdowns]
        found = findings_of(
            book(tmp_path / "a.xlsx", {id_: [9, 4, 6] for id_ in ids}, period="2022")
        )
        assert len(ids) == sum(f.rule == "V401" for f in found)


periods = st.sampled_from(["2022-6m", "2022-9m", "2022"])


@given(st.integers(0, 10**9), periods)
@settings(max_examples=6)
def test_consistent_figures_have_no_finding(tmp_path_factory, seed, period):
    """Random figures that keep all relations are never accused of anything."""
    path = tmp_path_factory.mktemp("clean") / "a.xlsx"
    book(path, consistent(seed, period).rows(), period=period)
    assert [(f.rule, f.message) for f in findings_of(path)] == []


@given(st.integers(0, 10**9), periods, st.integers(1, 50))
@settings(max_examples=15)
def test_a_changed_cell_of_a_sum_is_found(tmp_path_factory, seed, period, by):
    """One figure of a row with sexes changed by any amount breaks its sum, which names the cell."""
    figures = consistent(seed, period)
    rows = figures.rows()
    rng = random.Random(seed)  # noqa: S311
    codes = list(rows)
    code = rng.choice([c for c in codes if rows[c][M] is not None])
    column = rng.choice((T, M, F))
    rows[code][column] += by
    path = book(tmp_path_factory.mktemp("changed") / "a.xlsx", rows, period=period)
    cell = a1(5 + codes.index(code), 3 + column)
    broken = [f for f in findings_of(path) if f.rule == "V401"]
    assert [code] == [f.element for f in broken]
    assert cell in broken[0].cells


@given(st.integers(0, 10**9), st.integers(1, 50))
@settings(max_examples=8)
def test_a_changed_age_group_is_found(tmp_path_factory, seed, by):
    """One age group raised or lowered breaks the sum of the ages, which names the cell."""
    rows = consistent(seed).rows()
    rng = random.Random(seed)  # noqa: S311
    codes = list(rows)
    code = rng.choice([c for c in codes if rows[c][SIX] is not None])
    rows[code][SIX] += by
    path = book(tmp_path_factory.mktemp("changed") / "a.xlsx", rows)
    cell = a1(5 + codes.index(code), 3 + SIX)
    assert [(code, True)] == [
        (f.element, cell in f.cells) for f in findings_of(path) if f.rule == "V402"
    ]


@given(st.integers(0, 10**9), st.data())
@settings(max_examples=15)
def test_a_cell_taken_away_only_makes_it_untestable(tmp_path_factory, seed, data):
    """Any cell of a clean form replaced by a sign is told as that; no relation is called broken."""
    figures = consistent(seed)
    key = data.draw(st.sampled_from(sorted(figures.cells)))
    sign, rule = data.draw(st.sampled_from([(None, "V301"), ("…", "V302"), ("x", "V303")]))
    figures.cells[key] = sign
    path = book(tmp_path_factory.mktemp("gap") / "a.xlsx", figures.rows())
    place = CATALOGUE.element(key[0]).place
    assert ([rule] if place == "main" else []) == [f.rule for f in findings_of(path)]


def test_the_generator_gives_every_asked_cell():
    """The random figures above cover each cell that the form asks, and not only zeros."""
    figures = consistent(1, "2022")
    expected = {(e.id, c) for e in CATALOGUE.elements for c in columns_of(e)}
    assert expected == set(figures.cells)
    assert len(TITLES) == 6
    assert sum(value > 0 for value in figures.cells.values()) > len(expected) / 2
