"""Names as people type them."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctk.model import Level, Unit
from ctk.text.fold import compact
from ctk.units.lookup import children, communes_under
from ctk.units.match import accepted, match_name

OCTOBER_2022 = date(2022, 10, 1)
JULY_2025 = date(2025, 7, 1)
SHORT = {"Xã": "X.", "Phường": "P", "Thị trấn": "TT ", "Đặc khu": "ĐK."}


def found(text: str, within: str | None, at: date = OCTOBER_2022) -> list[str]:
    """Give code and kind of each match among communes."""
    return [f"{match.unit.code} {match.how}" for match in match_name(text, within=within, at=at)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xã Tà Rụt", "19588 exact"),
        ("Tà Rụt", "19588 exact"),
        ("19588", "19588 code"),
        (unicodedata.normalize("NFD", "Xã Tà Rụt"), "19588 exact"),
        ("XÃ TÀ RỤT", "19588 folded"),
        ("xa ta rut", "19588 folded"),
        ("UBND xã Tà Rụt", "19588 folded"),
        ("UỶ BAN NHÂN DÂN XÃ TÀ RỤT", "19588 folded"),
        ("Ủy ban nhân dân xã Tà Rụt", "19588 folded"),
        ("XãTàRụt", "19588 folded"),
        ("X. ĐAKRÔNG", "19564 folded"),
        ("Đakrông", "19564 folded"),
        ("ðakrông", "19564 folded"),
        ("xã Đa-Krông", "19564 folded"),
        ("TT Krông Klang", "19555 folded"),
        ("TT.KRÔNG KLANG", "19555 folded"),
        ("T.T Krong Klang", "19555 folded"),
        ("xã ABUNG", "19591 folded"),
        ("Mo O", "19558 folded"),
    ],
)
def test_accepted_in_da_krong(text, expected):
    """Each accepted way of writing finds the one commune."""
    assert found(text, "467") == [expected]


@pytest.mark.parametrize(
    ("text", "within", "expected"),
    [
        ("P.1", "764", "26896"),
        ("P1", "764", "26896"),
        ("phường 1", "764", "26896"),
        ("Phường 01", "764", "26896"),
        ("Phường 5", "764", "26887"),
        ("Phường 05", "764", "26887"),
        ("P. 15", "764", "26872"),
    ],
)
def test_numbered_wards(text, within, expected):
    """Numbered wards match with or without leading zero, and only by the same number."""
    at = date(2025, 6, 30) if "15" in text else OCTOBER_2022
    unit = accepted(match_name(text, within=within, at=at))
    assert unit is not None
    assert unit.code == expected


def test_digits_must_agree():
    """A number that does not exist is not taken for a typo of another."""
    assert found("Phường 99", "764") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ba Lồng", "19570 proposal"),
        ("xã Húc Nghỳ", "19582 proposal"),
        ("xã Tà Rụtt", "19588 proposal"),
        ("phường Tà Rụt", "19588 proposal"),
    ],
)
def test_proposals(text, expected):
    """Other accents, other letters and another type word are proposed, best first, never taken."""
    matches = match_name(text, within="467", at=OCTOBER_2022)
    assert f"{matches[0].unit.code} {matches[0].how}" == expected
    assert all(0.7 <= match.score < 1 for match in matches)
    assert accepted(matches) is None


@pytest.mark.parametrize("text", ["", "xã", "UBND", "Quảng Ngãi", "12345"])
def test_nothing_found(text):
    """A text that resembles no name in the parent finds nothing."""
    assert found(text, "467") == []


def test_without_a_parent():
    """Without a parent sure matches are returned, all of them, and typos are not proposed."""
    assert found("Tà Rụt", None) == ["19588 exact"]
    assert found("Tà Rụtt", None) == []
    assert found("Tà Rụtt", "VN") == []
    many = match_name("xã Tân Thạnh", within=None, at=OCTOBER_2022)
    assert len(many) > 1
    assert accepted(many) is None


def test_type_word_decides():
    """Where a thị trấn and a xã bear one name, the type word tells them apart."""
    names = [unit.full_name for unit in children("018", OCTOBER_2022) if unit.name == "Yên Viên"]
    assert sorted(names) == ["Thị trấn Yên Viên", "Xã Yên Viên"]
    assert found("TT. YÊN VIÊN", "018") == ["00526 folded"]
    assert found("x. yên viên", "018") == ["00532 folded"]
    assert accepted(match_name("Yên Viên", within="018", at=OCTOBER_2022)) is None


def test_accents_decide():
    """Where names differ by accents alone, typed accents decide and missing ones leave it open."""
    assert found("PHƯỜNG SA PA", "088") == ["03001 folded"]
    assert found("Phường Sa Pả", "088") == ["03002 exact"]
    assert sorted(found("phuong sa pa", "088")) == ["03001 folded", "03002 folded"]


@pytest.mark.parametrize("text", ["Xã Yên Hoà", "Xã Yên Hòa", "xã YÊN HÒA"])
def test_tone_placement(text):
    """The place of the tone mark makes no difference."""
    expected = [u.code for u in communes_under("VN", JULY_2025) if u.full_name == "Xã Yên Hòa"]
    assert [match.unit.code for match in match_name(text, within=None, at=JULY_2025)] == expected


@pytest.mark.parametrize(
    ("text", "level", "expected"),
    [
        ("UBND huyện Đakrông", Level.DISTRICT, "467"),
        ("H. Đa Krông", Level.DISTRICT, "467"),
        ("TX. Quảng Trị", Level.DISTRICT, "462"),
        ("TP Đông Hà", None, "461"),
        ("tỉnh Quảng Trị", None, "45"),
        ("T. Quảng Trị", None, "45"),
    ],
)
def test_other_levels(text, level, expected):
    """Districts and provinces are found by their own type words."""
    unit = accepted(match_name(text, within="45", at=OCTOBER_2022, level=level))
    assert unit is not None
    assert unit.code == expected


def spellings(unit: Unit) -> list[str]:
    """Give ways of writing a unit's type and name that must be accepted."""
    full = unit.full_name
    return [
        full,
        unicodedata.normalize("NFD", full),
        full.upper(),
        full.lower(),
        f"UBND {full.lower()}",
        full.replace(" ", "-"),
        full.replace("đ", "ð"),
        f"  {full}  ",
    ]


@settings(deadline=None)  # the first example loads the table
@given(st.sampled_from([OCTOBER_2022, date(2025, 6, 30), JULY_2025]), st.data())
def test_accepted_spellings_lead_back(at, data):
    """Any accepted spelling of any commune finds exactly it within its parent."""
    unit = data.draw(st.sampled_from(communes_under("VN", at)))
    text = data.draw(st.sampled_from(spellings(unit)))
    assert accepted(match_name(text, within=unit.parent, at=at)) == unit


@settings(deadline=None)  # the first example loads the table
@given(st.sampled_from([OCTOBER_2022, date(2025, 6, 30), JULY_2025]), st.data())
def test_bare_spellings_never_mislead(at, data):
    """Without accents or type word a commune is found, or the text is ambiguous; never another."""
    unit = data.draw(st.sampled_from(communes_under("VN", at)))
    texts = [unit.name, compact(unit.name), SHORT[unit.type] + compact(unit.name)]
    matches = match_name(data.draw(st.sampled_from(texts)), within=unit.parent, at=at)
    assert unit in [match.unit for match in matches]
    assert accepted(matches) in (unit, None)
