"""Conversion across July 2025."""

from collections import Counter
from datetime import date

import pytest

from ctk.errors import CatalogueError, UsageError
from ctk.units.convert import Links, convert, links
from ctk.units.lookup import communes_under, descendants, find_unit
from ctk.units.table import TWO_LEVELS_SINCE, Level, table

JUNE_2025 = date(2025, 6, 30)
JULY_2025 = TWO_LEVELS_SINCE
HEADER = "old_code,new_code,part"


def short(code: str, at: date) -> list[str]:
    """Give code, name and part of each conversion."""
    return [f"{c.unit.code} {c.unit.full_name} {c.part}" for c in convert(code, at)]


def test_counts():
    """There are 10,570 links from 10,040 old units, 9,600 of them whole, to 3,321 new ones."""
    parts = Counter(part for targets in links().new.values() for part in targets.values())
    whole_communes = sum(len(code) == 5 for code, to in links().new.items() if len(to) == 1)
    assert (parts.total(), len(links().new), len(links().old)) == (10_570, 10_040, 3_321)
    assert (parts["whole"], whole_communes) == (9_600, 9_595)


def test_links_fit_the_lists():
    """Every commune of both lists is linked."""
    old = {unit.code for unit in communes_under("VN", JUNE_2025)}
    new = {unit.code for unit in communes_under("VN", JULY_2025)}
    assert set(links().new) == old | {"318", "471", "498", "536", "755"}
    assert set(links().old) == new


def test_old_communes_stay_in_their_province():
    """All communes of an old province went to one new province."""
    june, july = table().at(JUNE_2025).units, table().at(JULY_2025).units
    went = {
        (june[old].province, july[new].province)
        for old, targets in links().new.items()
        for new in targets
    }
    assert len(went) == 63


@pytest.mark.parametrize(
    ("code", "at", "expected"),
    [
        ("26740", JUNE_2025, ["26740 Phường Sài Gòn whole"]),
        ("93", date(2022, 10, 1), ["92 Thành phố Cần Thơ whole"]),
        ("91", JUNE_2025, ["91 Tỉnh An Giang whole"]),
        ("91", JULY_2025, ["89 Tỉnh An Giang whole", "91 Tỉnh Kiên Giang whole"]),
        ("318", JUNE_2025, ["11948 Đặc khu Bạch Long Vĩ whole"]),
        ("11948", JULY_2025, ["318 Huyện Bạch Long Vĩ whole"]),
        ("VN", JUNE_2025, ["VN Quốc gia Việt Nam whole"]),
        (
            "26740",
            date(2026, 10, 1),
            [
                "26737 Phường Đa Kao part",
                "26740 Phường Bến Nghé whole",
                "26746 Phường Nguyễn Thái Bình part",
            ],
        ),
        (
            "467",
            JUNE_2025,
            [
                "19555 Xã Hướng Hiệp part",
                "19564 Xã Đakrông part",
                "19567 Xã Ba Lòng part",
                "19588 Xã Tà Rụt part",
                "19594 Xã La Lay part",
            ],
        ),
    ],
)
def test_convert(code, at, expected):
    """A unit converts to those on the other side of July 2025, with the part of the old one."""
    assert short(code, at) == expected


def test_every_province_nests():
    """Every old province becomes one new one, and going back finds it again."""
    for province in descendants("VN", JUNE_2025, Level.PROVINCE):
        (there,) = convert(province.code, JUNE_2025)
        back = [c.unit.code for c in convert(there.unit.code, JULY_2025)]
        assert province.code in back


def test_ended_before_the_change():
    """A commune merged away earlier is not linked, and that is said."""
    assert find_unit("05764", date(2022, 10, 1)).name == "Quân Chu"
    with pytest.raises(UsageError) as caught:
        convert("05764", date(2022, 10, 1))
    assert caught.value.code == "unit_not_linked"


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["a,b"], "columns"),
        ([HEADER, "1,2,half"], "bad part"),
        ([HEADER, "1,2,part"], "do not fit"),
        ([HEADER, "1,2,whole", "1,3,whole"], "do not fit"),
    ],
)
def test_bad_links(lines, reason):
    """Links that contradict themselves are refused."""
    with pytest.raises(CatalogueError, match=reason):
        Links(lines)
