"""The table that comes with ctk, and the loader that refuses a bad one."""

from collections import Counter
from datetime import date

import pytest

from ctk.errors import CatalogueError, UsageError
from ctk.model import Level
from ctk.units.table import EARLIEST, HEADER, Table, table

PHUONG_2026 = {
    "2026-04-30": "25270 25357 25363 26116 26170 26248 26326 26368 26425 26485",
    "2026-09-20": "07294 07375 07399 07444 07840 09193 09292 09313 09319 09454 09475 09496",
}
VN = "VN,Việt Nam,Quốc gia,country,,,,"
HUE = "46,Huế,Tỉnh,province,VN,46,,2024-12-31"


def counts(day: str) -> list[int]:
    """Count provinces, districts and communes."""
    units = table().at(date.fromisoformat(day)).units.values()
    by_level = Counter(unit.level for unit in units)
    return [by_level[level] for level in (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)]


def types(day: str, level: Level) -> dict[str, int]:
    """Count the units of a level by type."""
    units = table().at(date.fromisoformat(day)).units.values()
    return dict(Counter(unit.type for unit in units if unit.level is level))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2021-11-01", [63, 705, 10_599]),
        ("2022-10-01", [63, 705, 10_599]),
        ("2024-12-31", [63, 705, 10_599]),
        ("2025-01-01", [63, 696, 10_035]),
        ("2025-06-30", [63, 696, 10_035]),
        ("2025-07-01", [34, 0, 3_321]),
        ("2026-09-20", [34, 0, 3_321]),
        ("2030-01-01", [34, 0, 3_321]),
    ],
)
def test_counts(day, expected):
    """The list of 2022 holds until 2024, that of June 2025 from January; then the published."""
    assert counts(day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-06-30", {"Xã": 7_692, "Phường": 1_726, "Thị trấn": 617}),
        ("2025-07-01", {"Xã": 2_621, "Phường": 687, "Đặc khu": 13}),
        ("2026-04-30", {"Xã": 2_611, "Phường": 697, "Đặc khu": 13}),
        ("2026-09-20", {"Xã": 2_599, "Phường": 709, "Đặc khu": 13}),
    ],
)
def test_commune_types(day, expected):
    """The communes of a day have the published types."""
    assert types(day, Level.COMMUNE) == expected


@pytest.mark.parametrize("day", PHUONG_2026)
def test_communes_that_became_phuong(day):
    """The named communes and no others change their type with their province."""
    units = table().at(date.fromisoformat(day)).units
    changed = [u.code for u in units.values() if str(u.valid_from) == day and u.parent != "VN"]
    assert changed == PHUONG_2026[day].split()
    assert {units[code].type for code in changed} == {"Phường"}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2022-10-01", 5),
        ("2025-06-30", 6),
        ("2026-04-29", 6),
        ("2026-04-30", 7),
        ("2026-09-01", 8),
        ("2026-09-20", 9),
    ],
)
def test_cities(day, expected):
    """Huế became a centrally-run city in 2025; Đồng Nai, Quảng Ninh and Bắc Ninh in 2026."""
    assert types(day, Level.PROVINCE)["Thành phố"] == expected


def test_every_stretch_is_sound():
    """No stretch of time has two versions of a code or a unit without its parent."""
    for day in (EARLIEST, *table().changes):
        units = table().at(day).units
        for unit in units.values():
            assert unit.in_force(day)
            parents = {Level.DISTRICT: unit.province, Level.PROVINCE: "VN"}
            assert unit.parent == parents.get(unit.level, unit.parent)


def test_versions_tell_what_a_code_meant():
    """A re-used code has its versions oldest first."""
    found = [(unit.full_name, unit.valid_to) for unit in table().versions("26740")]
    assert found == [("Phường Bến Nghé", date(2025, 6, 30)), ("Phường Sài Gòn", None)]


def test_days_of_change():
    """Before July 2025 everything changes on one day; after, on the days of the resolutions."""
    days = ["2025-01-01", "2025-07-01", "2026-04-30", "2026-09-01", "2026-09-20"]
    assert [day.isoformat() for day in table().changes] == days


@pytest.mark.parametrize("code", ["467", "615", "870", "00970", "27046"])
def test_spelling_is_no_change(code):
    """A unit that two lists only spell differently has one version until June 2025."""
    found = [unit for unit in table().versions(code) if unit.valid_to == date(2025, 6, 30)]
    assert [unit.valid_from for unit in found] == [None]


def test_before_the_table():
    """A day that the table does not reach is refused, not answered with the first list."""
    with pytest.raises(UsageError) as caught:
        table().at(date(2021, 10, 31))
    assert caught.value.code == "date_before_units"


def test_changes_are_the_days_between_versions():
    """A version that ends and its successor make one change."""
    lines = [HEADER, VN, HUE, "46,Huế,Thành phố,province,VN,46,2025-01-01,"]
    assert Table(lines).changes == (date(2025, 1, 1),)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["code,name"], "columns"),
        ([HEADER, VN, "46,Huế,Tỉnh,kingdom,VN,46,,"], "bad level"),
        ([HEADER, VN, HUE, "46,Huế,Thành phố,province,VN,46,2024-12-31,"], "two versions"),
        ([HEADER, HUE], "unknown parent"),
    ],
)
def test_bad_table(lines, reason):
    """A table that contradicts itself is refused."""
    with pytest.raises(CatalogueError, match=reason):
        Table(lines).at(date(2024, 12, 31))
