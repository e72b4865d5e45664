"""Wording, codes, grid and print setup of the forms equal an independent copy of the pictures."""

import re
import zipfile

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from ctk.periods import Period
from ctk.report.official import FORMS, write_official
from report.builder import Figures
from report.official import printed
from report.official.grid import Table, notes, text


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """All forms of a district whose communes have all reported: nothing to remark."""
    folder = tmp_path_factory.mktemp("forms")
    context = Figures(period=Period(2024, 12)).context(kinds=(), cut_offs=())
    return {form: write_official(context, folder, form)[0]["file"] for form in FORMS}


@pytest.fixture(params=FORMS)
def form(request):
    """Each form."""
    return request.param


@pytest.fixture
def sheet(files, form):
    """The sheet of the form; runs of text keep their looks."""
    return load_workbook(files[form], rich_text=True)[form]


def looks(cell):
    """Bold and italic of a cell in words."""
    names = [name for name in ("bold", "italic") if getattr(cell.font, name)]
    return " ".join(names)


def above(sheet):
    """Texts above the table with their looks, by first column, from the top down."""
    top = Table(sheet).top
    found = {}
    for row in sheet.iter_rows(max_row=top - 1):
        for cell in row:
            if cell.value is not None:
                found.setdefault(cell.column, []).append((text(str(cell.value)), looks(cell)))
    return found


def test_heading(sheet, form):
    """Left, middle and right block hold what is printed, line by line, as bold and italic."""
    left, middle, right = printed.heading(form)
    found = above(sheet)
    columns = sorted(found)
    assert found[columns[0]] == left
    assert found[columns[1]] == middle
    unit = right[-1]
    assert [line for column in columns[2:] for line in found[column] if line != unit] == right[:-1]
    assert unit in [line for column in columns[1:] for line in found[column]]


@pytest.mark.parametrize("bold_year", ["603", "604"])
def test_two_forms_print_only_the_words_of_the_year_in_bold(files, bold_year):
    """603 and 604 print "Năm báo cáo:" bold and the year upright; the others neither."""
    sheet = load_workbook(files[bold_year], rich_text=True)[bold_year]
    (cell,) = [c for r in sheet.iter_rows() for c in r if "Năm báo cáo" in str(c.value)]
    first = cell.value[0]
    assert (first.text, bool(first.font.b)) == ("Năm báo cáo:", True)
    assert str(cell.value) == "Năm báo cáo: 2024"


def test_head_of_the_table(sheet, form):
    """Titles with their line breaks, merged and turned cells are those printed."""
    assert Table(sheet).head() == printed.HEADS[form]


def test_printed_numbers(sheet, form):
    """The numbers of the columns are as printed, with the gap of 601-602."""
    table = Table(sheet)
    assert tuple(c.value for c in table.row(table.number_row)) == printed.NUMBERS[form]


def test_labels_and_codes(sheet, form):
    """Every row has the label and the code printed, in this order, and headings no figure."""
    rows = [row for row in Table(sheet).lines() if row[0].value is not None]
    assert tuple((row[0].value, row[1].value) for row in rows) == printed.LINES[form]
    for row in rows:
        heading = row[1].value not in printed.SLICES or row[0].value.startswith("Chia theo")
        assert heading == all(cell.value is None for cell in row[2:])
        assert heading == (row[0].font.bold and row[0].font.italic)


def test_the_block_of_rows_has_no_lines_within(files):
    """Below the total of 601-602 and 603 only columns are ruled; the last row ends the table."""
    for form in ("601-602", "603"):
        *block, last = list(Table(load_workbook(files[form])[form]).lines())[1:]
        for row in block:
            for cell in row:
                assert (cell.border.left.style, cell.border.right.style) == ("thin", "thin")
                assert cell.border.bottom.style is None
        assert {"thin"} == {cell.border.bottom.style for cell in last}


def test_everything_else_is_ruled(sheet):
    """Titles, numbers and the row of the total have lines on all sides."""
    table = Table(sheet)
    rows = [table.row(table.number_row), next(iter(table.lines()))]
    for cell in [cell for row in rows for cell in row]:
        sides = (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom)
        assert {"thin"} == {side.style for side in sides}


def test_signatures(sheet):
    """Date, two signers and how they sign stand below the table; names are left out if unknown."""
    below = [c for r in sheet.iter_rows(min_row=Table(sheet).last_row + 1) for c in r if c.value]
    assert {cell.value for cell in below} == set(printed.SIGNATURES)
    assert {c.value for c in below if c.font.bold} == {"Người lập biểu", "Thủ trưởng đơn vị"}
    assert {c.value for c in below if c.font.italic} == {
        "(Ký, ghi rõ họ tên)", "(Ký, đóng dấu, họ tên)",
    }  # fmt: skip
    assert notes(sheet) == []


def test_print_setup(sheet):
    """A4 landscape on one page, in Times New Roman, all of it inside the print area."""
    setup = sheet.page_setup
    assert (setup.orientation, int(setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (setup.fitToWidth or 1, setup.fitToHeight or 1) == (1, 1)
    last = re.fullmatch(r".*\$A\$1:\$([A-Z]+)\$(\d+)", sheet.print_area)
    assert last[1] == get_column_letter(sheet.max_column)
    assert int(last[2]) >= sheet.max_row
    fonts = {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert {"Times New Roman"} == fonts


def widths(sheet):
    """Widths of the columns, in characters."""
    letters = map(get_column_letter, range(1, sheet.max_column + 1))
    return [sheet.column_dimensions[letter].width for letter in letters]


def test_width_fits_the_paper(sheet):
    """Unshrunk the columns take no more than the 256 mm that margins leave on A4 landscape."""
    assert 220 < sum(widths(sheet)) * 7 / 96 * 25.4 < 256


def test_relative_widths(files):
    """The columns of 601-602 stand to each other about as printed."""
    sheet = load_workbook(files["601-602"])["601-602"]
    law = [18, 5, 4, 5, 3.5, 3.5, 4, 4, 3.5, 3.5, 3.5, 8, 6.5, 4, 4, 4, 8, 10]
    ours = widths(sheet)
    for share, width in zip(law, ours, strict=True):
        assert abs(share / sum(law) - width / sum(ours)) < 0.02


def test_nothing_but_the_form_is_in_the_file(files, form):
    """One sheet; no macro, link, external reference, formula or person."""
    with zipfile.ZipFile(files[form]) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name).decode() for name in names if name.endswith(".xml")}
    assert [n for n in names if n.startswith("xl/worksheets/s")] == ["xl/worksheets/sheet1.xml"]
    assert not [n for n in names if "external" in n.lower() or "vba" in n.lower()]
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    core = parts["docProps/core.xml"]
    assert re.search(r"<dc:creator></dc:creator>|<dc:creator/>", core)
    assert not re.search(r"<cp:lastModifiedBy>[^<]", core)


def test_all_forms_in_one_workbook(files, tmp_path):
    """Asked for together they are sheets of one file, each as it is alone."""
    context = Figures(period=Period(2024, 12)).context(kinds=(), cut_offs=())
    (row,) = write_official(context, tmp_path, "601-605")
    book = load_workbook(row["file"])
    assert (tuple(book.sheetnames), row["form"]) == (FORMS, "601-605")
    for form in FORMS:
        assert list(book[form].values) == list(load_workbook(files[form])[form].values)
