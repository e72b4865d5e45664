"""Levels are those of the unit tree at the end of the period."""

import pytest

from ctk.aggregate.grouping import add_up, check_level, choose, periods_of, targets_above
from ctk.errors import UsageError
from ctk.model import Level
from ctk.periods import Period, parse_period
from ctk.units.lookup import find_unit, units_at
from workbooks import batch_of, book, consistent

# Communes of two districts of Quảng Trị and one of Hà Nội.
PLACES = {
    "19588": ("Xã Tà Rụt", "467", "45"),
    "19591": ("Xã A Bung", "467", "45"),
    "19435": ("Xã Hướng Lập", "465", "45"),
    "00070": ("Phường Hàng Trống", "002", "01"),
}


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """One file of each place."""
    folder = tmp_path_factory.mktemp("levels")
    files = [
        book(folder / f"{code}.xlsx", consistent(code).rows(), code=code, name=name)
        for code, (name, _, _) in PLACES.items()
    ]
    return batch_of(*files)


def added(batch, level, period="2022-6m"):
    """Partial or whole totals by unit: (measure or element, slice, area) to the sum."""
    when = parse_period(period)
    targets = targets_above(choose(batch, when).by_commune, level, when)
    values = add_up(batch, when, targets, None).values
    found = {}
    for row in values.itertuples(index=False):
        key = (row.measure, row.sex, row.age, row.ethnicity, row.area)
        known = row.partial if row.value != row.value else row.value
        figures = (known, row.numerator, row.denominator, row.reported, row.expected)
        found.setdefault(row.unit, {})[key] = figures
    return found


def test_targets_are_the_units_above(batch):
    """Only units in which a commune of the batch lies are added up, by code."""
    when = Period(2022, 6)
    codes = choose(batch, when).by_commune
    assert set(PLACES) == set(codes)
    assert [u.code for u in targets_above(codes, Level.DISTRICT, when)] == ["002", "465", "467"]
    assert [u.code for u in targets_above(codes, Level.PROVINCE, when)] == ["01", "45"]
    assert [u.code for u in targets_above(codes, Level.COUNTRY, when)] == ["VN"]


@pytest.mark.parametrize(
    ("level", "above"), [(Level.DISTRICT, Level.PROVINCE), (Level.PROVINCE, Level.COUNTRY)]
)
def test_a_level_is_the_sum_of_the_level_below(batch, level, above):
    """Sums, and the communes that stand behind them, are the same on the way up."""
    below, top = added(batch, level), added(batch, above)
    parent = {code: find_unit(code, Period(2022, 6).end).parent for code in below}
    for unit, figures in top.items():
        for key, (known, above_, denominator, reported, _) in figures.items():
            parts = [below[c][key] for c in below if parent[c] == unit and key in below[c]]
            parts = [part for part in parts if part[3]]  # who has nothing adds nothing
            assert reported == sum(part[3] for part in parts)
            if not reported:
                assert known != known
            elif key[0].split(".")[1].startswith("n"):
                assert known == sum(part[0] for part in parts)
            else:
                assert (above_, denominator) == tuple(sum(p[i] for p in parts) for i in (1, 2))


def test_country_expects_every_commune(batch):
    """The national figure stands beside all 10,599 communes of the day."""
    figures = added(batch, Level.COUNTRY)["VN"]
    communes = sum(u.level is Level.COMMUNE for u in units_at(Period(2022, 6).end))
    assert figures["I-0101.n", "T", "T", "T", "T"][3:] == (4, 10_599)
    assert communes == 10_599


def test_provinces_together_expect_every_commune():
    """Each commune is expected in one province and once in the country."""
    when = Period(2026, 6)
    provinces = [u for u in units_at(when.end) if u.level is Level.PROVINCE]
    communes = [u for u in units_at(when.end) if u.level is Level.COMMUNE]
    assert (len(provinces), len(communes)) == (34, 3321)
    assert {u.code for u in provinces} == {u.parent for u in communes}


@pytest.mark.parametrize("period", ["2025-9m", "2025", "2026-6m"])
def test_no_districts_since_july_2025(period):
    """A period that ends after 1 July 2025 has no district level, also one that straddles it."""
    with pytest.raises(UsageError) as caught:
        check_level(Level.DISTRICT, parse_period(period))
    assert caught.value.code == "no_districts"


@pytest.mark.parametrize("period", ["2021", "2024", "2025-6m"])
def test_districts_until_june_2025(period):
    """The last period with districts is the first half of 2025."""
    check_level(Level.DISTRICT, parse_period(period))
    check_level(Level.PROVINCE, Period(2026, 6))


def test_periods_apart(tmp_path):
    """The periods of a batch are listed, earliest first, and chosen apart."""
    for period in ("2022", "2022-6m", "2021"):
        book(tmp_path / f"{period}.xlsx", {"I-0101": [7]}, period=period)
    batch = batch_of(tmp_path)
    assert [str(p) for p in periods_of(batch)] == ["2021-12m", "2022-6m", "2022-12m"]
    assert len(choose(batch, Period(2022, 6)).by_commune) == 1
    assert choose(batch, Period(2022, 9)).by_commune == {}


def test_contradicting_versions_are_named(tmp_path):
    """A commune with two different files is named, and none of its files is chosen."""
    book(tmp_path / "a.xlsx", {"I-0101": [7]})
    book(tmp_path / "b.xlsx", {"I-0101": [8]})
    chosen = choose(batch_of(tmp_path), Period(2022, 6))
    assert (chosen.by_commune, chosen.contradicting) == ({}, ("19588",))


def test_missing_communes_are_listed(batch):
    """Who has not sent a usable file is listed by unit."""
    when = Period(2022, 6)
    totals = add_up(batch, when, (find_unit("467", when.end),), None)
    assert len(totals.missing["467"]) == 11
    assert {"19588", "19591"}.isdisjoint(unit.code for unit in totals.missing["467"])
