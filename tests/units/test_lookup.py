"""Units by code and date, and the tree."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctk.errors import UsageError
from ctk.model import Level
from ctk.units.lookup import (
    children,
    communes_under,
    descendants,
    find_unit,
    has_districts,
    is_urban,
    path_to_root,
    units_at,
)
from ctk.units.table import EARLIEST

OCTOBER_2022 = date(2022, 10, 1)
JUNE_2025 = date(2025, 6, 30)
JULY_2025 = date(2025, 7, 1)
AUTUMN_2026 = date(2026, 10, 1)
days = st.dates(EARLIEST, date(2027, 12, 31))

DA_KRONG = [
    "19555 Thị trấn Krông Klang",
    "19558 Xã Mò Ó",
    "19561 Xã Hướng Hiệp",
    "19564 Xã Đa Krông",
    "19567 Xã Triệu Nguyên",
    "19570 Xã Ba Lòng",
    "19576 Xã Ba Nang",
    "19579 Xã Tà Long",
    "19582 Xã Húc Nghì",
    "19585 Xã A Vao",
    "19588 Xã Tà Rụt",
    "19591 Xã A Bung",
    "19594 Xã A Ngo",
]


def test_da_krong():
    """District 467 is Huyện Đa Krông with its 13 communes, until the districts end."""
    assert find_unit("467", JUNE_2025).full_name == "Huyện Đa Krông"
    for at in (OCTOBER_2022, JUNE_2025):
        found = [f"{unit.code} {unit.full_name}" for unit in communes_under("467", at)]
        assert found == DA_KRONG


@pytest.mark.parametrize(
    ("code", "at", "name", "communes"),
    [
        ("608", OCTOBER_2022, "Thành phố Kon Tum", 21),
        ("178", OCTOBER_2022, "Thành phố Lạng Sơn", 8),
        ("93", OCTOBER_2022, "Tỉnh Hậu Giang", 75),
        ("91", JUNE_2025, "Tỉnh Kiên Giang", 143),
        ("91", JULY_2025, "Tỉnh An Giang", 102),
        ("89", JUNE_2025, "Tỉnh An Giang", 155),
        ("44", JUNE_2025, "Tỉnh Quảng Bình", 145),
        ("44", JULY_2025, "Tỉnh Quảng Trị", 78),
        ("45", JUNE_2025, "Tỉnh Quảng Trị", 119),
        ("VN", OCTOBER_2022, "Quốc gia Việt Nam", 10_599),
        ("VN", AUTUMN_2026, "Quốc gia Việt Nam", 3_321),
        ("19588", OCTOBER_2022, "Xã Tà Rụt", 1),
        ("318", JUNE_2025, "Huyện Bạch Long Vĩ", 0),
    ],
)
def test_what_a_code_means(code, at, name, communes):
    """A code means the unit of that day, with the communes of that day."""
    assert find_unit(code, at).full_name == name
    assert len(communes_under(code, at)) == communes


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        ("75", "2026-04-29", "Tỉnh Đồng Nai"),
        ("75", "2026-04-30", "Thành phố Đồng Nai"),
        ("25270", "2026-04-29", "Xã"),
        ("25270", "2026-04-30", "Phường"),
        ("22", "2026-08-31", "Tỉnh Quảng Ninh"),
        ("22", "2026-09-01", "Thành phố Quảng Ninh"),
        ("24", "2026-09-19", "Tỉnh Bắc Ninh"),
        ("24", "2026-09-20", "Thành phố Bắc Ninh"),
        ("07840", "2026-09-19", "Xã Hiệp Hoà"),
        ("07840", "2026-09-20", "Phường Hiệp Hoà"),
        ("46", "2024-12-31", "Tỉnh Thừa Thiên Huế"),
        ("46", "2025-01-01", "Thành phố Huế"),
        ("00181", "2024-12-31", "Phường Văn Miếu"),
        ("00181", "2025-01-01", "Phường Văn Miếu - Quốc Tử Giám"),
        ("15061", "2025-06-30", "Thị trấn Ngọc Lặc"),
        ("26740", "2025-06-30", "Phường Bến Nghé"),
        ("26740", "2025-07-01", "Phường Sài Gòn"),
    ],
)
def test_changes_take_effect_on_their_day(code, day, expected):
    """The old name or type holds until the day before, the new one from its day on."""
    assert find_unit(code, date.fromisoformat(day)).full_name.startswith(expected)


def test_unknown_unit_tells_other_dates():
    """A code that is not in force is refused with what it meant at other times."""
    with pytest.raises(UsageError) as caught:
        find_unit("93", AUTUMN_2026)
    assert caught.value.code == "unknown_unit"
    assert caught.value.params == {
        "unit": "93",
        "at": "2026-10-01",
        "known": "Tỉnh Hậu Giang (… – 2025-06-30)",
    }


def test_unknown_unit_has_words():
    """The refusal names the code, the day and the other meaning in both languages."""
    with pytest.raises(UsageError) as caught:
        find_unit("93", AUTUMN_2026)
    for lang in ("vi", "en"):
        assert "2026-10-01" in caught.value.title(lang)
        assert "Tỉnh Hậu Giang" in caught.value.hint(lang)


def test_children():
    """Below a province are districts until June 2025, communes since; below a commune nothing."""
    assert {unit.level for unit in children("45", JUNE_2025)} == {Level.DISTRICT}
    assert {unit.level for unit in children("44", JULY_2025)} == {Level.COMMUNE}
    assert children("19588", JUNE_2025) == ()
    assert [unit.code for unit in children("318", JUNE_2025)] == []
    assert len(children("VN", AUTUMN_2026)) == 34


def test_descendants():
    """Descendants of a level are sorted by code; there are none of a level above."""
    found = [unit.code for unit in descendants("VN", JUNE_2025, Level.DISTRICT)]
    assert len(found) == 696
    assert found == sorted(found)
    assert descendants("467", JUNE_2025, Level.PROVINCE) == ()
    assert [unit.code for unit in descendants("467", JUNE_2025, Level.DISTRICT)] == ["467"]


def test_path_to_root():
    """The path goes from the unit to the country through the levels of its day."""
    old = [unit.code for unit in path_to_root("19588", JUNE_2025)]
    assert old == ["19588", "467", "45", "VN"]
    assert [unit.code for unit in path_to_root("19588", JULY_2025)] == ["19588", "44", "VN"]


def test_has_districts():
    """The district level ended with June 2025."""
    assert [has_districts(JUNE_2025), has_districts(JULY_2025)] == [True, False]


@pytest.mark.parametrize(
    ("code", "at", "setting", "expected"),
    [
        ("19555", JUNE_2025, None, True),
        ("19588", JUNE_2025, None, False),
        ("26740", JULY_2025, "rural", True),
        ("11948", JULY_2025, None, None),
        ("11948", JULY_2025, "urban", True),
        ("11948", JULY_2025, "rural", False),
        ("467", JUNE_2025, "urban", None),
    ],
)
def test_is_urban(code, at, setting, expected):
    """Type decides the side of a commune; a đặc khu follows the setting."""
    assert is_urban(find_unit(code, at), setting) is expected


@settings(deadline=None)  # the first example loads the table
@given(days, st.data())
def test_every_path_ends_at_the_country(at, data):
    """From any unit of any day the way up leads through rising levels to the country."""
    unit = data.draw(st.sampled_from(units_at(at)))
    path = path_to_root(unit.code, at)
    assert path[-1].code == "VN"
    assert len({step.level for step in path}) == len(path)
    provinces = [step.code for step in path if step.level is Level.PROVINCE]
    assert [unit.province] == (provinces or [None])


@settings(deadline=None)  # the first example loads the table
@given(days)
def test_nesting(at):
    """The communes of the provinces are together the communes of the country."""
    whole = [unit.code for unit in communes_under("VN", at)]
    parts = [unit.code for p in children("VN", at) for unit in communes_under(p.code, at)]
    assert sorted(parts) == whole
