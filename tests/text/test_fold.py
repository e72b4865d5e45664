"""Text without accents, and Vietnamese dictionary order."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctk.text.fold import compact, fold, nfc, sort_key

VIETNAMESE = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)
vietnamese = st.text(VIETNAMESE + VIETNAMESE.upper() + " -.,'()/0123456789")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xã  Đa-Krông.", "xa da krong"),
        ("Xã Tà Rụt", "xa ta rut"),
        ("XÃ TÀ RỤT", "xa ta rut"),
        ("Đắk Lắk", "dak lak"),
        ("Ðắk Lắk", "dak lak"),
        ("ðắk lắk", "dak lak"),
        ("Hòa Bình", "hoa binh"),
        ("Hoà Bình", "hoa binh"),
        ("Ea H'leo", "ea h leo"),
        ("Ea H’leo", "ea h leo"),
        ("Phan Rang - Tháp Chàm", "phan rang thap cham"),
        ("Phan Rang–Tháp Chàm", "phan rang thap cham"),
        ("P.1", "p 1"),
        ("UBND/xã", "ubnd xa"),
        ("BC_T10_Thôn.xlsx", "bc t10 thon xlsx"),
        ("Tổng số (1)", "tong so 1"),
        ("  Hướng \t\r\n Hiệp ", "huong hiep"),
        ("Hướng\u00a0Hiệp", "huong hiep"),
        ("Hướng\u200b Hi\u00adệp\ufeff", "huong hiep"),
        ("\uff38\uff21\u3000\uff11\uff12", "xa 12"),
        ("-", ""),
        ("…", ""),
        ("", ""),
    ],
)
def test_fold_keeps_lower_case_words_without_accents(text, expected):
    """Accents, case, punctuation and invisible characters go; one space parts words."""
    assert fold(text) == expected


@pytest.mark.parametrize("sign", list("%<>=+≤≥"))
def test_fold_keeps_signs_that_tell_labels_apart(sign):
    """A label "< 16" is not "> 16", and a rate in % is no number."""
    assert fold(f"Trẻ em {sign} 16") == f"tre em {sign} 16"


def test_fold_keeps_different_words_apart():
    """Punctuation between words leaves them two words."""
    assert [fold(text) for text in ("Ta-Rụt", "Ta_Rụt", "TaRụt")] == ["ta rut", "ta rut", "tarut"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đa Krông", "dakrong"),
        ("Đa-Krông", "dakrong"),
        ("ĐAKRÔNG", "dakrong"),
        ("Cư M'gar", "cumgar"),
        ("Phường 12", "phuong12"),
        ("Tỷ lệ (%)", "tyle"),
    ],
)
def test_compact_leaves_only_letters_and_digits(text, expected):
    """However words are joined, the letters in a row are the same."""
    assert compact(text) == expected


@given(vietnamese)
def test_folded_vietnamese_is_plain_ascii(text):
    """No accent of any Vietnamese letter survives."""
    assert fold(text).isascii()


@given(st.text())
def test_folding_is_idempotent(text):
    """Folding what is folded changes nothing."""
    assert fold(fold(text)) == fold(text)


@given(vietnamese)
def test_folding_ignores_case(text):
    """Capitals and small letters are the same."""
    assert fold(text.upper()) == fold(text.lower())


@given(vietnamese)
def test_composed_and_decomposed_text_fold_and_sort_equally(text):
    """How accents are stored does not matter."""
    decomposed = unicodedata.normalize("NFD", text)
    assert fold(decomposed) == fold(text)
    assert compact(decomposed) == compact(text)
    assert sort_key(decomposed) == sort_key(text)
    assert nfc(decomposed) == text


@pytest.mark.parametrize(
    "ordered",
    [
        ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g"],
        ["i", "o", "ô", "ơ", "p", "u", "ư", "v", "y"],
        ["ma", "mà", "mả", "mã", "má", "mạ", "mă", "mằ", "mâ", "mậ"],
        ["Ba Lòng", "Ba Lông", "Bà Lan", "Bá Lan"],
        ["Da Bắc", "Dã Bắc", "Dăk", "Đa Bắc", "Đakrông", "E"],
        ["Phường 2", "Phường 03", "Phường 10", "Phường An"],
        ["Tà", "Tà Long", "Tà Rụt", "Tả"],
        ["Hoà An", "Hòa Bình", "Hoà Cường", "Hóa An"],
        ["Toàn", "Toán", "Toạn", "Tô", "Tơ"],
    ],
)
def test_sorting_follows_the_vietnamese_dictionary(ordered):
    """Letters come first, then tones, syllable by syllable; numbers go by size."""
    places = [sort_key(text)[0] for text in ordered]
    assert all(place < following for place, following in pairwise(places))


def test_tone_placement_does_not_move_a_name():
    """The name "Hòa Bình" stands where "Hoà Bình" does."""
    assert sort_key("Hòa Bình")[0] == sort_key("Hoà Bình")[0]


def test_case_and_punctuation_only_break_ties():
    """Names that differ in nothing else are equal but for the last part of the key."""
    assert sort_key("ĐA-KRÔNG 05")[0] == sort_key("Ða Krông, 5")[0]
    assert sort_key("ĐA-KRÔNG") != sort_key("Đa Krông")


@given(st.lists(st.text()))
def test_any_texts_can_be_sorted(texts):
    """Keys of any texts compare, and the order does not depend on the order before."""
    turned = texts[::-1]
    assert sorted(map(sort_key, turned)) == sorted(map(sort_key, texts))
