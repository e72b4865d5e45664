"""Totals equal those worked out by hand from what was typed, whatever is missing."""

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregate.by_hand import totals
from ctk.aggregate.grouping import add_up
from ctk.aggregate.roll_up import ELEMENTS, VALUES
from ctk.indicators import load_catalogue
from ctk.periods import parse_period
from ctk.units.lookup import find_unit
from workbooks import DAKRONG, F, M, T, batch_of, book, columns_of, consistent

URBAN = {code: name.startswith(("Thị trấn", "Phường")) for code, name in DAKRONG.items()}
ODD = (None, "-", "…", "x", "không", "12 em", "1.234", -3, 2.5)


def rolled(paths, period="2022-6m", unit="467", side=None):
    """Ctk's totals of one unit, in the shape of `by_hand.totals`."""
    when = parse_period(period)
    found = add_up(batch_of(*paths), when, (find_unit(unit, when.end),), side)
    return as_table(found.values)


def as_table(frame):
    """Rows of the frame by their keys; None for what is missing."""
    assert tuple(frame) == VALUES
    table = {}
    for row in frame.itertuples(index=False):
        key = (row.measure, row.sex, row.age, row.ethnicity, row.area)
        assert key not in table
        figures = (row.value, row.partial, row.numerator, row.denominator)
        known = [None if value != value else value for value in figures]
        table[key] = (*known, row.reported, row.expected)
    return table


def equal(expected, actual):
    """Tell whether two tables of totals agree, figure by figure."""
    assert set(expected) == set(actual)
    wrong = {
        key: (expected[key], actual[key])
        for key in expected
        if not same(expected[key], actual[key])
    }
    assert wrong == {}


def same(first, second):
    """Tell whether two figures are the same but for the last binary digit."""
    pairs = zip(first, second, strict=True)
    return all(a == b or (a and b and math.isclose(a, b, rel_tol=1e-12)) for a, b in pairs)


def write(folder, communes, period="2022-6m"):
    """Write the workbooks of several communes."""
    return [
        book(folder / f"{code}.xlsx", figures.rows(), code=code, name=DAKRONG[code], period=period)
        for code, figures in communes.items()
    ]


def spoil(figures, rng, share):
    """Replace some cells by signs, blanks and rubbish, and leave out some rows."""
    for key in list(figures.cells):
        if rng.random() < share:
            figures.cells[key] = rng.choice(ODD)
    for id_ in {id_ for id_, _ in figures.cells}:
        if rng.random() < share / 4:
            for column in range(6):
                figures.cells.pop((id_, column), None)
    return figures


@given(
    seed=st.integers(0, 10**9),
    codes=st.lists(st.sampled_from(sorted(DAKRONG)), min_size=1, max_size=3, unique=True),
    period=st.sampled_from(["2022-6m", "2022"]),
    share=st.sampled_from([0, 0.02, 0.3]),
)
@settings(max_examples=8)
def test_district(tmp_path_factory, seed, codes, period, share):
    """Of some communes all counts, rates and coverage equal those worked out by hand."""
    rng = random.Random(seed)  # noqa: S311
    communes = {code: spoil(consistent(rng.random(), period), rng, share) for code in codes}
    paths = write(tmp_path_factory.mktemp("district"), communes, period)
    expected = totals({code: figures.cells for code, figures in communes.items()}, URBAN, period)
    equal(expected, rolled(paths, period))


@given(seed=st.integers(0, 10**9), share=st.sampled_from([0, 0.05, 0.5]))
@settings(max_examples=4)
def test_commune(tmp_path_factory, seed, share):
    """Added up to itself a commune is complete where it has a figure; all counts are its own."""
    rng = random.Random(seed)  # noqa: S311
    figures = spoil(consistent(rng.random()), rng, share)
    (path,) = write(tmp_path_factory.mktemp("commune"), {"19588": figures})
    equal(totals({"19588": figures.cells}, {"19588": False}), rolled([path], unit="19588"))


@given(seed=st.integers(0, 10**9))
@settings(max_examples=2)
def test_all_communes(tmp_path_factory, seed):
    """With all 13 communes every figure is complete and stands as a value."""
    communes = {code: consistent(f"{seed} {code}") for code in DAKRONG}
    found = rolled(write(tmp_path_factory.mktemp("all"), communes))
    equal(totals({code: f.cells for code, f in communes.items()}, URBAN), found)
    totals_ = [row for key, row in found.items() if key[4] == "T"]
    assert {(13, 13)} == {row[4:] for row in totals_}
    assert {None} == {row[1] for row in totals_}


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """Workbooks of the town and of two rural communes."""
    folder = tmp_path_factory.mktemp("three")
    communes = {code: consistent(code) for code in ("19555", "19588", "19591")}
    return write(folder, communes)


def test_order_of_files_is_irrelevant(three):
    """The same files in any order give the same totals."""
    assert rolled(three) == rolled(three[::-1]) == rolled([three[1], three[2], three[0]])


def test_the_same_file_twice_counts_once(three, tmp_path):
    """A copy of a file under another name changes nothing."""
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(three[0].read_bytes())
    assert rolled(three) == rolled([*three, copy])


def test_two_versions_count_as_none(three, tmp_path):
    """Of two different files of a commune none is added; the commune is missing like one unsent."""
    other = write(tmp_path, {"19588": consistent("another")})
    assert rolled([three[0], three[2]]) == rolled([*three, *other])


def test_another_period_does_not_mix_in(three, tmp_path):
    """Nine months of a commune never add to six months."""
    other = write(tmp_path, {"19594": consistent("nine", "2022-9m")}, "2022-9m")
    assert rolled(three) == rolled([*three, *other])
    assert rolled([*three, *other], "2022-9m")["I-0101.n", "T", "T", "T", "T"][4:] == (1, 13)


def test_other_districts_do_not_mix_in(three, tmp_path):
    """A commune of another district is not added to this one."""
    path = book(tmp_path / "h.xlsx", consistent("x").rows(), code="19435", name="Xã Hướng Lập")
    assert rolled(three) == rolled([*three, path])


def one_row(folder, id_, **cells):
    """Communes that fill one row: code to its cells."""
    return [
        book(folder / f"{code}.xlsx", {id_: row}, code=code[1:], name=DAKRONG[code[1:]])
        for code, row in cells.items()
    ]


def test_twelve_of_thirteen(tmp_path):
    """Twelve communes make a partial sum beside an empty value, with 12 of 13."""
    cells = {f"c{code}": [7] for code in list(DAKRONG)[:12]}
    found = rolled(one_row(tmp_path, "I-0101", **cells))
    assert found["I-0101.n", "T", "T", "T", "T"] == (None, 84, None, None, 12, 13)


def test_blank_is_missing_and_dash_is_zero(tmp_path):
    """A blank leaves a total incomplete; "-" is a reported zero."""
    cells = {f"c{code}": [7] for code in DAKRONG}
    key = "I-0101.n", "T", "T", "T", "T"
    (tmp_path / "a").mkdir()
    assert rolled(one_row(tmp_path, "I-0101", **cells | {"c19588": ["-"]}))[key][::4] == (84, 13)
    found = rolled(one_row(tmp_path / "a", "I-0101", **cells | {"c19588": [None]}))[key]
    assert (*found[:2], *found[4:]) == (None, 84, 12, 13)


def test_not_applicable_is_not_expected(tmp_path):
    """A commune that writes "x" is not expected: the others make a complete total."""
    cells = {f"c{code}": [7] for code in DAKRONG} | {"c19588": ["x"]}
    found = rolled(one_row(tmp_path, "I-0101", **cells))
    assert found["I-0101.n", "T", "T", "T", "T"] == (84, None, None, None, 12, 12)


def test_not_applicable_part_does_not_drop_the_others(tmp_path):
    """A commune without lower secondary school still counts its primary pupils who left."""
    grades = {f"I-0409.{n}": [3] for n in range(11, 16)}
    grades |= {f"I-0409.{n}m": [50] for n in range(11, 16)}
    upper = {f"I-0409.{n}{m}": ["x"] for n in range(26, 30) for m in ("", "m")}
    path = book(tmp_path / "a.xlsx", grades | upper, period="2022")
    found = rolled([path], "2022", "19588")
    assert found["I-0409.n1", "T", "T", "T", "T"] == (15, None, None, None, 1, 1)
    assert found["I-0409.r1", "T", "T", "T", "T"] == (6.0, None, 15, 250, 1, 1)


def test_zero_denominator(tmp_path):
    """A rate over nothing is undefined: no value, though it is complete."""
    path = book(tmp_path / "a.xlsx", {"I-0102.1": [0], "I-0102.2": [0]})
    assert rolled([path], unit="19588")["I-0102.r", "T", "T", "T", "T"] == (None, None, 0, 0, 1, 1)


def test_what_is_not_asked_has_no_row(three):
    """Six-month forms give no school-year measure and no column that an element lacks."""
    found = rolled(three)
    assert not any(key[0].startswith("I-04") for key in found)
    assert not any(key[0] == "I-0103.r" for key in found)
    assert ("II-0201.n", "T", "T", "T", "T") in found
    assert ("II-0201.n", "M", "T", "T", "T") not in found


def test_matched_set_of_a_rate(tmp_path):
    """A rate uses only communes with both terms: numerator and denominator are of that set."""
    files = [
        book(tmp_path / "1.xlsx", {"I-0101": [100], "I-0105": [10]}, code="19588", name="Tà Rụt"),
        book(tmp_path / "2.xlsx", {"I-0101": [900], "I-0105": [None]}, code="19591", name="A Bung"),
        book(tmp_path / "3.xlsx", {"I-0101": [None], "I-0105": [5]}, code="19594", name="A Ngo"),
    ]
    found = rolled(files)
    assert found["I-0105.r", "T", "T", "T", "T"] == (None, 10.0, 10, 100, 1, 13)
    assert found["I-0101.n", "T", "T", "T", "T"] == (None, 1000, None, None, 2, 13)


def test_rates_are_not_averaged(tmp_path):
    """1 of 10 and 90 of 90 make 91 %, not the mean of 10 % and 100 %."""
    files = [
        book(tmp_path / "1.xlsx", {"I-0101": [10], "I-0105": [1]}, code="19588", name="Tà Rụt"),
        book(tmp_path / "2.xlsx", {"I-0101": [90], "I-0105": [90]}, code="19591", name="A Bung"),
    ]
    assert rolled(files)["I-0105.r", "T", "T", "T", "T"][1] == 91.0


def test_urban_and_rural(three):
    """One of the three is the district's only town: urban is complete, rural lacks ten."""
    found = rolled(three)
    urban, rural, both = (
        found["I-0101.n", "T", "T", "T", area] for area in ("urban", "rural", "T")
    )
    assert (urban[4:], rural[4:]) == ((1, 1), (2, 12))
    assert both[1] == urban[0] + rural[1]
    assert ("I-0101.n", "M", "T", "T", "urban") not in found


def test_special_zone_without_a_setting(tmp_path):
    """Where a đặc khu's side is not set, its province has no urban and rural figures."""
    path = book(tmp_path / "a.xlsx", {"I-0101": [5]}, code="19742", name="", period="2026-6m")
    unit = find_unit("19742", parse_period("2026-6m").end)
    assert unit.type == "Đặc khu"
    areas = [
        {key[4] for key in rolled([path], "2026-6m", unit.parent, side)}
        for side in (None, "urban", "rural")
    ]
    assert [{"T"}, {"T", "urban", "rural"}, {"T", "urban", "rural"}] == areas
    side = rolled([path], "2026-6m", unit.parent, "urban")
    assert side["I-0101.n", "T", "T", "T", "urban"][1] == 5


def test_communes_of_the_tree_are_the_denominator(tmp_path):
    """Child-friendly communes divide by the communes that answered, one each."""
    answers = {"19588": 1, "19591": 0, "19594": None}
    files = [
        book(tmp_path / f"{c}.xlsx", {"I-0104": [v]}, code=c, name=DAKRONG[c], period="2022")
        for c, v in answers.items()
    ]
    assert rolled(files, "2022")["I-0104.r", "T", "T", "T", "T"] == (None, 50.0, 1, 2, 2, 13)


def test_an_answer_that_is_none_is_not_added(tmp_path):
    """A commune that types 5 for "recognised" does not make five recognised communes."""
    files = [
        book(tmp_path / f"{c}.xlsx", {"I-0104": [v]}, code=c, name=DAKRONG[c], period="2022")
        for c, v in {"19588": 5, "19591": 1}.items()
    ]
    assert rolled(files, "2022")["I-0104.n", "T", "T", "T", "T"] == (None, 1, None, None, 1, 13)


def test_slices_are_of_the_same_row_as_their_total(tmp_path):
    """Where a form asks sexually abused children itself, no age comes from the group's row."""
    rows = {"I-0313": [9, 4, 5], "602.11": [7, 3, 4, 2, 5]}
    found = rolled([book(tmp_path / "a.xlsx", rows)], unit="19588")
    assert found["I-0313.n", "T", "T", "T", "T"][0] == 9
    assert ("I-0313.n", "T", "U6", "T", "T") not in found


def test_group_stands_in_where_the_row_is_not_asked(tmp_path):
    """A six-month form has no row of its own for exploited children: their group gives them."""
    found = rolled([book(tmp_path / "a.xlsx", {"602.10": [7, 3, 4, 2, 5]})], unit="19588")
    slices = [("T", "T"), ("M", "T"), ("F", "T"), ("T", "U6"), ("T", "6-15")]
    assert [found["I-0312.n", sex, age, "T", "T"][0] for sex, age in slices] == [7, 3, 4, 2, 5]


def test_elements_beside_measures(three):
    """Everything typed is added too, so that parts of an indicator can be printed."""
    when = parse_period("2022-6m")
    frame = add_up(batch_of(*three), when, (find_unit("467", when.end),), None).elements
    assert tuple(frame) == ELEMENTS
    found = {
        (r.element, r.sex, r.age, r.ethnicity): r.partial
        for r in frame.itertuples()
        if r.area == "T"
    }
    elements = load_catalogue().asked(when)
    assert {e.id for e in elements} <= {key[0] for key in found}
    figures = [consistent(code) for code in ("19555", "19588", "19591")]
    part = load_catalogue().element("II-0201.4")
    assert columns_of(part) == (T,)
    assert sum(f.cells["II-0201.4", T] for f in figures) == found["II-0201.4", "T", "T", "T"]
    for sex, column in (("M", M), ("F", F)):
        expected = sum(f.cells["I-0101.1", column] for f in figures)
        assert expected == found["I-0101.1", sex, "T", "T"]


def test_a_deleted_row_has_no_stand_in(tmp_path):
    """Who deletes the row that the form asks has not answered: the group does not speak for it."""
    rows = {"602.11": [7, 3, 4, 2, 5], "I-0301": [9, 4, 5, 4, 5]}
    found = rolled([book(tmp_path / "a.xlsx", rows)], unit="19588")
    assert ("I-0313.n", "T", "T", "T", "T") not in found
    assert found["I-0301.n", "T", "T", "T", "T"][0] == 9


def test_a_figure_that_applies_nowhere(tmp_path):
    """Where all communes write "x" the figure stands without a value, expected of nobody."""
    found = rolled([book(tmp_path / "a.xlsx", {"I-0101": ["x"]})], unit="19588")
    assert found["I-0101.n", "T", "T", "T", "T"] == (None, None, None, None, 0, 0)


def test_a_missing_row_beside_a_level_that_does_not_apply(tmp_path):
    """A commune without the row of pupils enrolled has no drop-out rate, whatever is marked x."""
    figures = consistent(0.5, "2022")
    for column in range(6):
        figures.cells.pop(("I-0409.10m", column), None)
        if ("I-0409.10", column) in figures.cells:
            figures.cells["I-0409.10", column] = "x"
    communes = {"19570": figures, "19594": consistent(0.7, "2022")}
    expected = totals({code: each.cells for code, each in communes.items()}, URBAN, "2022")
    assert expected["I-0409.r2", "T", "T", "T", "T"][-2] == 1
    equal(expected, rolled(write(tmp_path, communes, "2022"), "2022"))
