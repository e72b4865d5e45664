"""Labels of one meaning are alike, whatever their words; labels of another meaning are not."""

from __future__ import annotations

import pytest

from ctk.errors import CatalogueError
from ctk.forms.ages import take_ages
from ctk.forms.likeness import likeness
from ctk.forms.phrases import phrase
from ctk.forms.vocabulary import build_vocabulary


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TS trẻ em dưới 16t", "Tổng số trẻ em (dưới 16 tuổi)"),
        ("HS TH", "Học sinh tiểu học"),
        ("TECHCĐB được trợ giúp", "13. Trẻ em có hoàn cảnh đặc biệt được trợ giúp"),
        ("TE bị XHTD", "Trẻ em bị xâm hại tình dục"),
        ("TE dưới 5t SDD thể thấp còi", "Trẻ em dưới 5 tuổi suy dinh dưỡng chiều cao theo tuổi"),
        ("TRE EM CO THE BHYT", "Trẻ em có bảo hiểm y tế"),
        ("Trẻ mồ côi cả bố và mẹ", "Trẻ em mồ côi cả cha lẫn mẹ"),
        ("Trẻ từ 3-5 tuổi đi học mẫu giáo", "TE từ 3 đến dưới 6 tuổi học mẫu giáo"),
        ("Trẻ em khuyêtt tật", "Trẻ em khuyết tật"),
    ],
)
def test_other_words_of_one_meaning(one: str, other: str) -> None:
    """Abbreviations, synonyms, missing accents and a slip of the pen do not matter."""
    assert likeness(one, other) > 0.95


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Trẻ em dưới 5 tuổi", "Trẻ em dưới 1 tuổi"),
        ("Trẻ em dưới 5 tuổi", "Trẻ em"),
        ("Mồ côi cả cha và mẹ", "Mồ côi cha hoặc mẹ"),
        ("Học sinh tiểu học", "Học sinh trung học cơ sở"),
        ("Trẻ em thuộc hộ nghèo", "Trẻ em thuộc hộ cận nghèo"),
        ("Bé trai", "Bé gái"),
        ("Trẻ em bị bỏ rơi", "Trẻ em bị bỏ mặc"),
        ("TECHCĐB", "TECHCĐB được trợ giúp"),
        ("TECHCĐB", "Trẻ em có nguy cơ rơi vào HCĐB"),
        ("SDD thể nhẹ cân", "SDD thể thấp còi"),
        ("Trẻ em béo phì", "Trẻ em thừa cân, béo phì"),
    ],
)
def test_another_meaning(one: str, other: str) -> None:
    """One word can make it another figure."""
    assert likeness(one, other) < 0.8


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("Dưới 6 tuổi", ["y0-6"]),
        ("6 đến dưới 16 tuổi", ["y6-16"]),
        ("từ 6-<16 tuổi", ["y6-16"]),
        ("6- 16 tuổi", ["y6-16"]),
        ("từ 3 tháng tuổi đến 36 tháng tuổi", ["m3-36"]),
        ("dưới 12 tháng tuổi", ["y0-1"]),
        ("trước 28 ngày tuổi", ["d0-28"]),
        ("từ 5 - 17 tuổi", ["y5-18"]),
        ("từ 7 tuổi trở lên", ["y7-16"]),
        ("trẻ 5t", ["y5-6"]),
        ("đến 8 tuổi", ["y0-9"]),
        ("05 bệnh bẩm sinh, năm 2022", []),
    ],
)
def test_ages(text: str, ages: list[str]) -> None:
    """Ages are read as intervals, the upper bound not included."""
    assert [str(age) for age in take_ages(text)[1]] == ages


def test_childhood_says_nothing() -> None:
    """Under 16 is what a child is."""
    assert phrase("Trẻ em từ 0 đến dưới 16 tuổi") == phrase("Trẻ em")


def test_words_of_two_meanings_are_refused() -> None:
    """A vocabulary in which the same words mean two things is refused."""
    text = """
        only_one = {}
        [abbreviations]
        te = "trẻ em"
        [silent]
        words = ["số"]
        [concept.one]
        words = ["bạo lực"]
        [concept.other]
        words = ["Bạo lực"]
    """

    with pytest.raises(CatalogueError, match="bao luc"):
        build_vocabulary(text)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Trẻ em ở nhà tạm", "Trẻ em sống trong nhà tạm"),
        ("Số trẻ sinh sống trong năm", "Tổng số trẻ sinh ra sống"),
    ],
)
def test_days_and_everyday_words_change_nothing(typed, printed):
    """A day in a label, or the words people use at home, leave it the same figure."""
    assert likeness(typed, printed) >= 0.8
    assert phrase(f"{typed} có đến 31/12/2023") == phrase(typed)
