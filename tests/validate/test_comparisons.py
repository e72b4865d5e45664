"""What is unusual is told of shares, communes and periods; what chance explains is not."""

import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctk.indicators import load_catalogue
from ctk.periods import parse_period
from ctk.validate.across import _far
from ctk.validate.check import check
from ctk.validate.rules import load_rules
from ctk.validate.shares import odd_shares
from rule_cases.across import CASES, MOSTLY_ZERO, communes
from workbooks import batch_of, book, consistent, findings_of

CATALOGUE = load_catalogue()
RULES = load_rules()


def figure(element):
    """The figure in the column of totals."""
    return CATALOGUE.figure(CATALOGUE.element_index[element], 0)


@pytest.mark.parametrize("rule", [r for r in RULES.values() if r.expressions], ids=lambda r: r.id)
def test_a_comparison_can_be_tested_on_some_form(rule):
    """All terms of each comparison stand together on the form of at least one period."""
    forms = [
        {element.id for element in CATALOGUE.asked(parse_period(f"2022-{months}m"))}
        for months in (6, 9, 12)
    ]
    for expression in rule.expressions:
        terms = {term.element for term in expression.terms}
        assert any(terms <= form for form in forms), expression.text


@given(st.integers(0, 400), st.integers(1, 2000))
@settings(max_examples=300)
def test_a_share_is_odd_only_beyond_chance(count, size):
    """The limit of a share is widened by three standard errors and by a floor, as by hand."""
    rule = RULES["V567"]
    values = np.full((1, CATALOGUE.figure_count), np.nan)
    values[0, [figure("I-0301"), figure("I-0101")]] = count, size
    found, tested, untested = odd_shares(values, ~np.isnan(values), CATALOGUE, rule)
    allowed = 0.2 * size + 3 * math.sqrt(size * 0.2 * 0.8)
    assert (size >= 50 and count > allowed) == bool(found)
    assert (tested, untested) == (1, 0)


def test_a_share_without_its_figure_is_counted_as_untested():
    """A missing term is no odd share; it is counted."""
    asked = np.ones((1, CATALOGUE.figure_count), bool)
    values = np.full((1, CATALOGUE.figure_count), np.nan)
    assert odd_shares(values, asked, CATALOGUE, RULES["V567"]) == ([], 0, 1)


def test_communes_in_which_little_occurred_are_no_copies(tmp_path):
    """Thirteen communes that are zero nearly everywhere are normal."""
    MOSTLY_ZERO(tmp_path)
    assert {"V206", "V301"} == {found.rule for found in findings_of(tmp_path)}


def test_outliers_do_not_depend_on_the_order(tmp_path):
    """The same files in any order give the same findings."""
    CASES["V606"].bad(tmp_path)
    paths = sorted(tmp_path.iterdir())
    expected = {(f.file, f.cell) for f in findings_of(*paths) if f.rule == "V606"}
    random.Random(1).shuffle(paths)  # noqa: S311
    assert expected == {(f.file, f.cell) for f in findings_of(*paths) if f.rule == "V606"}
    assert len(expected) == 1


def test_a_wrong_number_of_children_is_told_once(tmp_path):
    """Where every rate of a commune is off, its number of children is what is odd."""

    def rows(i):
        codes = ("I-0105.1", "I-0105.2", "I-0211", "I-0323", "I-0301", "I-0103")
        children = 1200 if i != 4 else 120
        return {"I-0101": [children], **{code: [45 + 10 * n + i] for n, code in enumerate(codes)}}

    communes(rows)(tmp_path)
    found = [f for f in findings_of(tmp_path) if f.rule == "V606"]
    assert [f.element for f in found] == ["I-0101"]


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=60)
def test_chance_alone_is_no_outlier(seed):
    """Counts drawn at one common rate in communes of any size are never called outliers."""
    rng = np.random.default_rng(seed)
    children = rng.integers(150, 6000, 30).astype(float)
    counts = rng.poisson(children[:, None] * rng.uniform(0.001, 0.5, 40)).astype(float)
    odd, _ = _far(counts, children, RULES["V606"].limits)
    assert not odd.any()


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=60)
def test_a_zero_too_many_is_an_outlier(seed):
    """A count ten times too large is found among communes at one rate, and only it."""
    rng = np.random.default_rng(seed)
    children = rng.integers(500, 6000, 13).astype(float)
    counts = rng.poisson(children[:, None] * 0.1).astype(float)
    place = int(rng.integers(13))
    counts[place, 0] *= 10
    odd, _ = _far(counts, children, RULES["V606"].limits)
    assert [[place, 0]] == np.argwhere(odd).tolist()


def test_the_previous_period_is_compared_but_not_checked(tmp_path):
    """Files of an earlier period serve to compare with and get no findings of their own."""
    now = book(tmp_path / "now.xlsx", {"I-0208": [7]}, period="2022-9m")
    then = book(tmp_path / "then.xlsx", {"I-0208": [9], "I-0105": [9, 4, 6]})
    found = check(batch_of(now), "en", previous=batch_of(then)).findings
    assert {str(now)} == {each.file for each in found}
    (fallen,) = (each for each in found if each.rule == "V604")
    assert str(then) in fallen.message
    assert list(fallen.cells or [fallen.cell]) == ["D6"]


def test_cases_that_are_settled_are_no_fall(tmp_path):
    """Cases still open at six months and settled at nine are right: the total holds them all."""
    cases = {"II-0201": ([3], [4]), "II-0201.1": ([1], [4]), "II-0201.5": ([2], [0])}
    paths = [
        book(tmp_path / f"{name}.xlsx", {c: each[i] for c, each in cases.items()}, period=period)
        for i, (name, period) in enumerate((("then", "2022-6m"), ("now", "2022-9m")))
    ]
    assert "V604" not in {each.rule for each in check(batch_of(*paths), "vi").findings}


def test_a_share_of_two_rows_names_both(tmp_path):
    """Drop-outs of both school levels are said to be so, not of the first one."""
    rows = {"I-0409.10": [100], "I-0409.20": [100], "I-0409.10m": [300], "I-0409.20m": [300]}
    path = book(tmp_path / "a.xlsx", rows)
    (odd,) = (each for each in check(batch_of(path), "vi").findings if each.rule == "V578")
    assert "200 là 33,3 % của 600" in odd.message
    for level in ("tiểu học", "trung học cơ sở"):
        assert f"Học sinh bỏ học cấp {level}" in odd.message
        assert f"Học sinh nhập học cấp {level} đầu năm học" in odd.message


def test_a_cumulative_count_that_leaps_within_a_year(tmp_path):
    """From 6 to 9 months 40 may become 60 or stay, but not 400."""
    then = batch_of(book(tmp_path / "then.xlsx", {"I-0208": [40]}))
    told = {}
    for count in (40, 60, 400):
        path = book(tmp_path / f"{count}.xlsx", {"I-0208": [count]}, period="2022-9m")
        found = check(batch_of(path), "vi", previous=then).findings
        told[count] = "V605" in {each.rule for each in found}
    assert told == {40: False, 60: False, 400: True}


def test_contradicting_earlier_files_are_not_compared_with(tmp_path):
    """Where an earlier period has two versions it is not known which one to compare with."""
    now = book(tmp_path / "now.xlsx", {"I-0208": [7]}, period="2022-9m")
    old = [book(tmp_path / f"{n}.xlsx", {"I-0208": [n]}) for n in (8, 9)]
    found = check(batch_of(now), "vi", previous=batch_of(*old)).findings
    assert "V604" not in {each.rule for each in found}


def test_a_year_that_holds_its_half_is_clean(tmp_path):
    """Figures of six months and larger ones of nine months contradict nothing."""
    half = consistent(5)
    book(tmp_path / "a.xlsx", half.rows())
    grown = consistent(5)
    grown.cells = {key: value * 2 for key, value in grown.cells.items()}
    book(tmp_path / "b.xlsx", grown.rows(), period="2022-9m")
    assert {f.rule for f in findings_of(tmp_path)} <= {"V605"}
