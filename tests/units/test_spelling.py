"""Letters and accents of names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctk.text.fold import compact
from ctk.units.spelling import bases, letters, marks_left_out, same_marks

names = st.text("aăâàảbcdđðeêệghiklmnoôơòỏpqrstuưùủvxyỳý -'’.AĐÔ")


@given(names)
def test_bases_are_the_compact_form(text):
    """Letters without accents are what folding gives."""
    assert bases(letters(text)) == compact(text)


@pytest.mark.parametrize(
    ("typed", "official"),
    [("hoà", "Hòa"), ("THUỶ", "Thủy"), ("Hoè", "hòe"), ("quý", "qúy"), ("Hòan", "Hoàn")],
)
def test_tone_placement_is_lost(typed, official):
    """A tone on the first or second vowel is the same tone."""
    assert same_marks(letters(typed), letters(official))


@pytest.mark.parametrize(
    ("typed", "official", "expected"),
    [
        ("Ta Rut", "Tà Rụt", True),
        ("Tà Rut", "Tà Rụt", True),
        ("Dakrong", "Đakrông", True),
        ("Ba Lông", "Ba Lồng", True),
        ("Ba Lồng", "Ba Lòng", False),
        ("Đa", "Da", False),
    ],
)
def test_marks_left_out(typed, official, expected):
    """Accents may be missing; an accent that the official name lacks is another spelling."""
    assert marks_left_out(letters(typed), letters(official)) is expected


def test_leading_zeros_are_lost():
    """Phường 05 is Phường 5, and Phường 10 stays 10."""
    assert [bases(letters(text)) for text in ("P.05", "P5", "P.10")] == ["p5", "p5", "p10"]
