"""The commune workbook as a file: its parts, its copies for each commune, its name."""

import re
import unicodedata
import zipfile
from pathlib import Path

import openpyxl
import pytest

from ctk.errors import UsageError
from ctk.indicators import load_catalogue
from ctk.model import Level, Unit
from ctk.periods import Period
from ctk.workbook.commune import CommuneWorkbooks, file_name, plan_form, write_commune_workbook

CATALOGUE = load_catalogue()
HALF = Period(2022, 6)
COMMUNE = Unit("19588", "Tà Rụt", "Xã", Level.COMMUNE, "467", "45", None, None)
PROVINCE = Unit("45", "Quảng Trị", "Tỉnh", Level.PROVINCE, "VN", "45", None, None)
DISTRICT = Unit("467", "Đa Krông", "Huyện", Level.DISTRICT, "45", "45", None, None)
PARENTS = (PROVINCE, DISTRICT)


@pytest.fixture(scope="module", params=[HALF, Period(2022, 12)], ids=str)
def path(request, tmp_path_factory):
    """A workbook of each length of period."""
    path = tmp_path_factory.mktemp("commune") / file_name(COMMUNE, request.param)
    write_commune_workbook(path, COMMUNE, PARENTS, request.param, CATALOGUE)
    return path


def parts(path, pattern):
    """The texts of the file's parts whose names match."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if re.fullmatch(pattern, name)]
        return [archive.read(name).decode() for name in names]


def row_of(sheet, text):
    """The number of the row that holds a text."""
    return next(c.row for r in sheet.iter_rows() for c in r if c.value == text)


def test_formulas_carry_an_empty_text_as_result(path):
    """No formula is without a cached value: inputs are blank, so the result is an empty text."""
    sheets = parts(path, r"xl/worksheets/sheet\d+\.xml")
    formulas = [f for xml in sheets for f in re.findall(r"<c [^>]*><f>.*?</c>", xml)]

    assert formulas
    assert all(re.search(r'^<c [^>]*t="str"><f>.*</f><v></v></c>$', f) for f in formulas)


def test_fonts_are_times_new_roman_not_the_themes(path):
    """A font tied to the theme's scheme would be shown in the theme's own typeface."""
    (styles,) = parts(path, r"xl/styles\.xml")
    assert {"Times New Roman"} == set(re.findall(r'<name val="([^"]*)"', styles))
    assert "<scheme" not in styles


def test_workbook_survives_being_filled_in_by_openpyxl(path, tmp_path):
    """A program can open the file, type a figure and save; the figure is read back."""
    book = openpyxl.load_workbook(path)
    sheet = book["I.1 Chung"]
    row = row_of(sheet, "I-0101")
    sheet.cell(row, 4).value = 1250
    book.save(tmp_path / "filled.xlsx")

    again = openpyxl.load_workbook(tmp_path / "filled.xlsx", data_only=True)
    assert again["I.1 Chung"].cell(row, 4).value == 1250


def test_english_changes_help_but_not_what_readers_look_for(tmp_path):
    """In English, notes and help differ; labels, titles, codes and sheet names do not."""
    books = {}
    for lang in ("vi", "en"):
        path = tmp_path / f"{lang}.xlsx"
        write_commune_workbook(path, COMMUNE, PARENTS, HALF, CATALOGUE, lang)
        books[lang] = openpyxl.load_workbook(path)
    vi, en = (books[lang]["I.3 Bảo vệ"] for lang in ("vi", "en"))
    row = row_of(vi, "602.02")

    assert books["vi"].sheetnames == books["en"].sheetnames
    assert [[c.value for c in r[:10]] for r in vi.iter_rows(min_row=6)] == [
        [c.value for c in r[:10]] for r in en.iter_rows(min_row=6)
    ]
    assert vi.cell(row, 11).value == "Không quá dòng I-0301. Chỉ tiêu I-0304."
    assert en.cell(row, 11).value == "Abandoned children.\nNot above row I-0301. Indicator I-0304."
    labels = [[c.value for c in book["Bìa"]["A"][3:15]] for book in books.values()]
    assert labels[0] == labels[1]


def test_no_mark_of_the_master_is_left(path):
    """Every part of the file names the commune itself."""
    texts = parts(path, r".*\.(xml|rels)")
    assert not any("⟦" in text or "⟧" in text for text in texts)
    assert any("19588 Xã Tà Rụt" in text for text in texts)


def test_names_are_escaped_in_the_copy(tmp_path):
    """A name with signs of XML is still the same name."""
    odd = Unit("00001", 'A & "B" <C>', "Xã", Level.COMMUNE, None, None, None, None)
    path = tmp_path / file_name(odd, HALF)
    CommuneWorkbooks(plan_form(CATALOGUE, HALF)).write(path, odd, ())

    cover = openpyxl.load_workbook(path)["Bìa"]
    assert cover.cell(row_of(cover, "Tên đơn vị"), 2).value == 'Xã A & "B" <C>'


def test_one_set_of_workbooks_serves_communes_of_several_trees(tmp_path):
    """Communes with and without a district above them each name their own receiver."""
    workbooks = CommuneWorkbooks(plan_form(CATALOGUE, HALF))
    receivers = []
    for i, parents in enumerate((PARENTS, (PROVINCE,))):
        path = tmp_path / f"{i}.xlsx"
        workbooks.write(path, COMMUNE, parents)
        receivers.append(openpyxl.load_workbook(path)["I.1 Chung"]["K2"].value)

    wanted = [f"Đơn vị nhận báo cáo: {name}" for name in ("Huyện Đa Krông", "Tỉnh Quảng Trị")]
    assert wanted == receivers


def test_existing_file_is_kept_unless_forced(tmp_path):
    """A file that is there is never replaced silently, and no half-written one is left."""
    path = tmp_path / "taken.xlsx"
    path.write_bytes(b"mine")

    with pytest.raises(UsageError) as caught:
        write_commune_workbook(path, COMMUNE, PARENTS, HALF, CATALOGUE)
    assert caught.value.code == "file_exists"
    assert path.read_bytes() == b"mine"
    assert [path] == list(tmp_path.iterdir())

    write_commune_workbook(path, COMMUNE, PARENTS, HALF, CATALOGUE, force=True)
    assert zipfile.is_zipfile(path)
    assert [path] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Tà Rụt", "19588 Tà Rụt 2022-6m.xlsx"),
        (unicodedata.normalize("NFD", "Tà Rụt"), "19588 Tà Rụt 2022-6m.xlsx"),
        ('A/B:C*?"<>|\\', "19588 A-B-C------- 2022-6m.xlsx"),
        ("  A\tB  ", "19588 A-B 2022-6m.xlsx"),
    ],
)
def test_file_name_is_safe_everywhere(name, wanted):
    """File names are composed Unicode without the characters that Windows reserves."""
    unit = Unit("19588", name, "Xã", Level.COMMUNE, None, None, None, None)
    found = file_name(unit, HALF)

    assert wanted == found
    assert Path(found).name == found
