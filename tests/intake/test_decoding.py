"""Text of fonts of before Unicode, by the cell's font or by the column."""

import unicodedata

import openpyxl
import pytest
from openpyxl.styles import Font

from ctk.intake.extract import extract
from ctk.model import Absence
from ctk.text.legacy import decodings, of_font
from workbooks import FORM_601_TITLES, book, cover, form_601, table, write_book

TITLES = ["ChØ tiªu", "M· sè", "§¬n vÞ tÝnh", "Tæng sè", "Nam", "N÷"]
ROWS = [["TrÎ em sinh ra sèng", "I-0105", "ng­êi", 9, 4, 5]]


def of(path):
    """What was read: the encodings, the form, values, and what is said of the unit."""
    found = extract(str(path))
    assert found.error is None, found.error
    (read,) = found.tables
    return found.encoding, found.form, [v for v in read.value.tolist() if v == v]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (".VnTime", "tcvn3"),
        (".VnTimeH", "tcvn3"),
        (".vnArial", "tcvn3"),
        ("VNI-Times", "vni"),
        ("Times New Roman", "unicode"),
        ("VnTimes", "unicode"),
        ("", "unicode"),
    ],
)
def test_encodings_of_fonts(name, expected):
    """A font's name says for which encoding it was made."""
    assert expected == of_font(name)


def test_sheet_of_an_old_font_beside_one_of_unicode(tmp_path):
    """A cover in Unicode does not keep a table in TCVN3 from being read."""
    grids = {"Bìa": cover(), "A": [["BIÓU Sè LIÖU TRÎ EM"], [], [], TITLES, *ROWS]}
    assert of(write_book(tmp_path / "a.xlsx", grids)) == ("tcvn3", "ctk-commune", [9.0, 4.0, 5.0])


def test_cover_of_an_old_font_beside_a_table_of_unicode(tmp_path):
    """A table in Unicode does not keep a cover in TCVN3 from being read."""
    old = [["BiÓu thu thËp sè liÖu"], ["M· ®¬n vÞ", "19588"], ["Kú b¸o c¸o", "2022-6m"]]
    found = extract(str(write_book(tmp_path / "a.xlsx", {"B": old, "A": table({"I-0103": [3]})})))
    assert tuple(found.stated[n].value for n in ("unit_code", "period")) == ("19588", "2022-6m")


def test_columns_are_judged_apart(tmp_path):
    """A column in Unicode is left as it is beside one of an old font."""
    rows = [["Trẻ em sinh ra sống", *ROWS[0][1:]], ["Trẻ em bị xâm hại", "I-0103", "vô", 3]]
    grids = {"Bìa": cover(), "A": [[], TITLES, *rows]}
    found = extract(str(write_book(tmp_path / "a.xlsx", grids)))
    assert (found.encoding, len({*found.tables[0].plan.element.tolist()})) == ("tcvn3", 2)


def test_few_words_are_known_by_their_font(tmp_path):
    """Where the text proves too little, the font decides."""
    path = write_book(
        tmp_path / "a.xlsx", {"B": [["M· ®¬n vÞ", "19588"]], "A": table({"I-0103": [3]})}
    )
    edited = openpyxl.load_workbook(path)
    edited["B"]["A1"].font = Font(name=".VnTime")
    edited.save(path)
    assert extract(str(path)).stated["unit_code"].value == "19588"


def test_font_that_lies(tmp_path):
    """Unicode typed into a cell that kept an old font stays Unicode."""
    path = book(tmp_path / "a.xlsx", {"I-0103": [3]})
    edited = openpyxl.load_workbook(path)
    for sheet in edited:
        for row in sheet.iter_rows():
            for cell in row:
                cell.font = Font(name=".VnTime")
    edited.save(path)
    found = extract(str(path))
    assert (found.encoding, found.stated["unit_name"].value) == ("unicode", "Xã Tà Rụt")


def test_sign_of_an_old_font(tmp_path):
    """“Không” in TCVN3 is the sign; what is no sign when decoded is none."""
    (read,) = extract(
        str(book(tmp_path / "a.xlsx", {"I-0105": ["Kh«ng", "®ñ", "kh«ng ph¸t sinh"]}))
    ).tables
    nothing = Absence.NOTHING_OCCURRED
    assert read.absence.tolist()[:3] == [nothing, Absence.UNREADABLE, nothing]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x· §akr«ng", ()),
        ("X· Tµ Rôt", ("Xã Tà Rụt",)),
        ("Kh«ng", ("Không",)),
        ("Xã Tà Rụt", ()),
        ("Mò Ó", ()),
        ("Nam", ()),
    ],
)
def test_what_a_few_words_may_say(text, expected):
    """Only what becomes words, and is none as it stands, is another reading."""
    assert expected == decodings(text)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_forms_of_unicode(tmp_path, form):
    """Labels, signs and marks read the same however their accents are stored."""

    def turn(cell):
        return unicodedata.normalize(form, cell) if isinstance(cell, str) else cell

    grids = {
        turn(key): [[turn(cell) for cell in row] for row in grid]
        for key, grid in {"Bìa": cover(), "A": table({"I-0105": [9, "không", 5]}, box="x")}.items()
    }
    found = extract(str(write_book(tmp_path / "a.xlsx", grids)))
    assert found.tables[0].value.tolist()[:3] == [9.0, 0.0, 5.0]
    assert found.tables[0].nothing_occurred
    assert found.stated["unit_code"].value == "19588"


@pytest.mark.parametrize("placed", ["Trẻ em nghiện ma túy", "Trẻ em nghiện ma tuý"])
def test_places_of_tones(tmp_path, placed):
    """A title means the same with its tone on either vowel."""
    lines = {"100": [9] * 16, "110": [4] * 16, "121": [4] * 16, "122": [5] * 16}
    titles = [placed if title == "Trẻ em nghiện ma túy" else title for title in FORM_601_TITLES]
    found = extract(str(write_book(tmp_path / "a.xlsx", {"A": form_601(lines, titles=titles)})))
    assert found.tables[0].plan.missing_heads == ()
