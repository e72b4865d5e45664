"""Which communes a file's name speaks of."""

from datetime import date

import pytest

from ctk.intake.filenames import communes_named

AT = date(2022, 6, 30)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("A Ngo (1).xlsx", ["A Ngo"]),
        ("BC 6T dau nam 2022 - Huong Hiep.xlsx", ["Hướng Hiệp"]),
        ("abung.xls", ["A Bung"]),
        ("Bieu 601-602 xa Dakrong.xlsx", ["Đa Krông"]),
        ("Mo O_bao cao TE.xlsx", ["Mò Ó"]),
        ("TrieuNguyen_6T2022.xls", ["Triệu Nguyên"]),
        ("TT Krong Klang - PL so lieu TE 6T2022.xlsx", ["Krông Klang"]),
        ("UBNDxaDakrong.xlsx", ["Đa Krông"]),
        ("/inbox/Xã Tà Rụt/A Vao.xlsx", ["A Vao"]),
        ("C:\\bao cao\\A Vao.xlsx", ["A Vao"]),
        ("A Ngo gui A Vao.xlsx", ["A Ngo", "A Vao"]),
        ("Book1.xlsx", []),
        ("bao cao tong hop.xlsx", []),
        ("Dakrong 2024.xlsx", []),
        ("BC huyen Dakrong - tong hop.xlsx", []),
        ("Ba Lồng_601 nam 2024.xlsx", []),
        ("vào sổ - a văo.xlsx", []),
        ("", []),
    ],
)
def test_names_of_files(name, expected):
    """A whole name counts, with accents left out at most; a district's needs a word before it."""
    assert expected == [unit.name for unit in communes_named(name, "467", AT)]


def test_numbers_and_single_syllables_need_a_word():
    """“bieu 1” names no phường 1, “phuong 1” does; so do names of one syllable."""
    here = {unit.name.lstrip("0") for unit in communes_named("bieu 1 - phuong 3.xlsx", "770", AT)}
    assert here == {"3"}


def test_common_words_name_no_commune():
    """Words that people write on files name a commune only behind “xã”."""
    province, at = "42", date(2026, 1, 1)
    assert communes_named("so van hoa.xlsx", province, at) == ()
