"""An office's own workbook comes out as it was, with figures in it."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ctk.errors import UsageError
from ctk.report.own.spreadsheet import fill_spreadsheet
from report.builder import TOTAL, Figures
from report.own.office import (
    MAIN,
    NOTES,
    canonical,
    office_template,
    parts,
    png,
    sheet_xml,
    without_cells,
)

GIRLS = ("F", "T", "T", "T")
FILE = Path("mau.xlsx")
UNITS = 13


@pytest.fixture(scope="module")
def figures():
    """Huyện Đa Krông; Xã A Ngo has sent nothing."""
    return Figures(missing={"19594"})


@pytest.fixture(scope="module")
def context(figures):
    """The report of the district."""
    return figures.context()


@pytest.fixture(scope="module")
def filled(context):
    """The template with its row repeated over the communes."""
    return fill_spreadsheet(office_template(), FILE, context)


@pytest.fixture(scope="module")
def sheet(filled):
    """The main sheet as openpyxl reads it."""
    return load_workbook(BytesIO(filled))[MAIN]


def test_without_repeated_rows_only_the_filled_cells_change(context):
    """Other parts are the same bytes; so is the rest of the sheet, element by element."""
    template = office_template(repeated=False)
    made = fill_spreadsheet(template, FILE, context)

    before, after = parts(template), parts(made)
    changed = {name for name in before if before[name] != after.get(name)}
    sheets = {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"}
    assert changed == sheets | {"xl/workbook.xml", "docProps/core.xml", "xl/charts/chart1.xml"}
    cells = {"A1", "B6", "C6", "D6", "E6", "G6", "B8"}
    for number in (1, 2):
        old, new = (without_cells(sheet_xml(data, number), cells) for data in (template, made))
        assert new == old


def test_parts_that_no_figure_touches_are_the_same_bytes(filled):
    """Picture, styles, shared texts and theme stay, also where rows are repeated."""
    before, after = parts(office_template()), parts(filled)

    for name in (
        "xl/media/image1.png",
        "xl/styles.xml",
        "xl/sharedStrings.xml",
        "xl/theme/theme1.xml",
    ):
        assert after[name] == before[name]


def test_each_unit_has_a_row_with_its_own_figures(sheet, figures):
    """Numbers are numbers in the cell's own format; a unit without figures has empty cells."""
    rows = list(sheet.iter_rows(min_row=6, max_row=5 + UNITS))

    assert [row[0].value for row in rows] == list(range(1, UNITS + 1))
    assert [row[1].value for row in rows] == [unit.full_name for unit in figures.communes]
    for row, unit in zip(rows, figures.communes, strict=True):
        whole, girls = (figures.known[unit.code, "I-0101", part] for part in (TOTAL, GIRLS))
        assert (row[2].value, row[3].value) == (whole, girls)
        assert row[2].number_format == "#,##0"
        assert row[6].value == ("0/1" if unit.code == "19594" else "1/1")
        share = None if whole is None else pytest.approx(girls / whole)
        assert (row[4].value, row[4].number_format) == (share, "0.0%")


def test_repeated_rows_keep_their_height_and_formulas(sheet):
    """A formula in the row looks at its own row."""
    for number in range(6, 6 + UNITS):
        assert sheet.row_dimensions[number].height == 27
        assert sheet.cell(number, 6).value == f"=C{number}-D{number}"


def test_what_stands_below_and_around_follows(sheet, filled):
    """Sums, merges, rules, validation, filter, breaks, print area, names and comments move down."""
    last, below = 5 + UNITS, UNITS - 1

    assert sheet.cell(7 + below, 3).value == f"=SUM(C6:C{last})"
    assert sheet.cell(7 + below, 4).value == f"=SUM(D$6:D${last})"
    assert {str(each) for each in sheet.merged_cells.ranges} == {
        "A1:G1",
        f"B{10 + below}:D{11 + below}",
    }
    rules = {str(each.sqref): each.rules[0].formula for each in sheet.conditional_formatting}
    assert rules == {
        f"C6:C{last}": [f"$C${7 + below}"],
        f"C{8 + below}": [f"C{8 + below}=C{7 + below}"],
    }
    assert [str(each.sqref) for each in sheet.data_validations.dataValidation] == [f"G6:G{last}"]
    assert sheet.auto_filter.ref == f"A5:G{last}"
    assert sheet.print_area == f"'{MAIN}'!$A$1:$G${30 + below}"
    assert sheet.print_title_rows == "$5:$5"
    assert [each.id for each in sheet.row_breaks.brk] == [9 + below]
    assert sheet.cell(7 + below, 2).comment.text == "Không sửa dòng này"
    book = load_workbook(BytesIO(filled))
    assert book.defined_names["TongSo"].value == f"'{MAIN}'!$C${7 + below}"
    assert book[NOTES]["A2"].value == f"='{MAIN}'!C{7 + below}"


def test_box_of_a_comment_follows_its_cell(filled):
    """The old drawing that shows a comment says the row anew."""
    drawing = parts(filled)["xl/drawings/vmlDrawing1.vml"].decode()

    assert re.findall(r"<x:Row>(\d+)</x:Row>", drawing) == [str(6 + UNITS - 1)]


def test_logo_stays_and_chart_moves_with_all_rows_in_it(filled):
    """A picture above the rows keeps its place; a chart below goes down and shows every unit."""
    before, after = (
        parts(data)["xl/drawings/drawing1.xml"] for data in (office_template(), filled)
    )
    rows = [
        [int(row) for row in re.findall(rb"<xdr:row>(\d+)</xdr:row>", part)]
        for part in (before, after)
    ]
    moved = UNITS - 1

    assert [new - old for old, new in zip(*rows, strict=True)] == [0, 0, moved, moved]
    chart = parts(filled)["xl/charts/chart1.xml"].decode()
    assert f"$C$6:$C${5 + UNITS}</c:f>" in chart
    assert f"$B$6:$B${5 + UNITS}</c:f>" in chart
    assert "Cache" not in chart


def test_print_setup_and_frozen_rows_stay(filled):
    """Paper, margins, footer, scaling and frozen rows read as before."""
    old, new = (load_workbook(BytesIO(data))[MAIN] for data in (office_template(), filled))

    assert new.page_setup.__dict__ == old.page_setup.__dict__
    assert new.page_margins.__dict__ == old.page_margins.__dict__
    assert new.oddFooter.center.text == "Trang &P"
    assert new.freeze_panes == old.freeze_panes == "C6"


def test_results_are_computed_when_the_file_is_opened(filled):
    """No old result stays in a formula's cell."""
    root = sheet_xml(filled)
    cells = root.iterfind(".//{*}c[{*}f]")

    assert all(cell.find("{*}v") is None for cell in cells)
    assert b'fullCalcOnLoad="1"' in parts(filled)["xl/workbook.xml"]
    assert "xl/calcChain.xml" not in parts(filled)


def test_an_incomplete_total_is_a_sign_in_a_text_and_never_a_number(sheet):
    """Twelve of thirteen communes make no total; text has Vietnamese separators elsewhere."""
    assert sheet.cell(8 + UNITS - 1, 2).value == "Toàn đơn vị: … trẻ em (12/13)"


def test_nobody_is_named_in_the_file(filled):
    """The properties name no author; the title stays."""
    properties = load_workbook(BytesIO(filled)).properties

    assert properties.creator in (None, "")
    assert properties.lastModifiedBy in (None, "")
    assert properties.title == "Mẫu của phòng"
    assert properties.category == "Bản nội bộ - không công bố"


def test_a_commune_has_no_units_to_repeat_over(figures):
    """One empty row stays, so that sums and the print area keep their place."""
    commune = figures.communes[0]
    made = fill_spreadsheet(office_template(), FILE, figures.context(unit=commune, children=()))
    sheet = load_workbook(BytesIO(made))[MAIN]

    assert [cell.value for cell in sheet[6]][:5] == [None] * 5
    assert sheet["C7"].value == "=SUM(C6:C6)"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://a")', "<b>&amp;"]
)
def test_text_that_looks_like_a_formula_stays_text(figures, text):
    """A note that begins with an equals sign is a text in the cell."""
    template = office_template(False, lambda _book, sheet: sheet.write_string("A20", "{{ notes }}"))
    made = fill_spreadsheet(template, FILE, figures.context(notes=(text,)))
    cell = load_workbook(BytesIO(made))[MAIN]["A20"]

    assert (cell.value, cell.data_type) == (text, "s")
    assert sheet_xml(made).find(".//{*}c[@r='A20']/{*}f") is None


def test_runs_of_a_text_keep_their_formats(context):
    """A word in bold stays bold beside the figure."""

    def change(book, sheet):
        bold = book.add_format({"bold": True})
        sheet.write_rich_string("A21", "Huyện ", bold, "{{ unit.name }}", " năm {{ period.year }}")

    made = fill_spreadsheet(office_template(False, change), FILE, context)
    runs = sheet_xml(made).findall(".//{*}c[@r='A21']/{*}is/{*}r")

    assert [run.findtext("{*}t") for run in runs] == ["Huyện ", "Đa Krông", " năm 2022"]
    assert [run.find("{*}rPr/{*}b") is not None for run in runs] == [False, True, False]


WRONG = {
    "A30": ('{{ value("I-0101.m") }}', "I-0101.m", "I-0101.n"),
    "B31": ("{{ vlue(1) }}", "vlue", "value"),
    "C32": ("{{ unit.nmae }}", "nmae", "name"),
    "D33": ('{{ value("I-0101.n", sex="X") }}', "sex=", "sex="),
    "E34": ("{{ 1 + }}", "end of print statement", ""),
    "F35": ('{% if complete("I-0101.n") %}{{ value("I-9999.n") }}{% endif %}', "I-9999.n", ""),
    "G36": ('{{ value("I-0101.n", unit="00001") }}', "00001", ""),
    "A37": ("{{ open('/etc/passwd') }}", "open", ""),
    "A38": ("{{ ''.__class__.__mro__ }}", "__class__", ""),
    "A39": ("{% include 'x' %}", "Include", ""),
    "A40": ("{{ 'a' * 1000000000 }}", "a", ""),
    "A41": ("{{ 9 ** 999999999 }}", "Pow", ""),
    "A42": ("{% for a in units.items() %}x{% endfor %}", "items", ""),
    "A43": ("{% if 1 %}", "if", ""),
    "A44": ('{{ value("I-0101.n", gioi="F") }}', "value", "sex"),
    "A45": ("{{ value }}", "printed", ""),
    "A46": ("{{ 1 / 'a' }}", "a", ""),
    "A47": ("{% for x of units %}", "x of units", ""),
}


def test_every_fault_is_told_at_once_with_its_cell(figures):
    """One run names file, sheet, cell, what was found and what comes near; nothing is written."""

    def change(_book, sheet):
        for cell, (text, *_) in WRONG.items():
            sheet.write_string(cell, text)

    with pytest.raises(UsageError) as caught:
        fill_spreadsheet(office_template(False, change), FILE, figures.context(lang="en"))

    first, *told = caught.value.title("en").splitlines()
    assert FILE.name in first
    for cell, (_, found, nearest) in WRONG.items():
        of_cell = [line for line in told if f"cell {cell}:" in line]
        assert of_cell, cell
        assert any(found in line and nearest in line for line in of_cell), (cell, of_cell)
    assert {re.search(r"cell (\w+):", line)[1] for line in told} == set(WRONG)


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in units %}" * 9 + "x" + "{% endfor %}" * 9,
        "{% for a in '"
        + "x" * 9000
        + "' %}{% for b in '"
        + "x" * 9000
        + "' %}{% endfor %}{% endfor %}",
    ],
)
def test_a_hostile_template_is_stopped(context, text):
    """Loops within loops end in a message, not in an endless run."""
    template = office_template(False, lambda _book, sheet: sheet.write_string("A20", text))

    with pytest.raises(UsageError) as caught:
        fill_spreadsheet(template, FILE, context)

    assert caught.value.code == "template_too_long"


def _picture_in_row(_book, sheet):
    sheet.insert_image("A6", "x.png", {"image_data": BytesIO(png())})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda _b, s: s.write_formula("A25", "=C6*2"), "formula C6"),
        (lambda _b, s: s.write_formula("A25", '=INDIRECT("C6")'), "INDIRECT"),
        (_picture_in_row, "picture"),
        (lambda _b, s: s.set_footer("{{ unit }}"), "only cells"),
        (lambda _b, s: s.write_formula("A25", '="{{ unit }}"'), "placeholder"),
    ],
)
def test_what_cannot_follow_rows_is_told_before_anything_is_written(figures, change, code):
    """A formula or picture that would end up at a wrong place is a fault of the template."""
    with pytest.raises(UsageError) as caught:
        fill_spreadsheet(office_template(True, change), FILE, figures.context(lang="en"))

    assert code in caught.value.title("en")


def test_the_comparison_of_sheets_sees_a_changed_merge():
    """So the test above can fail."""
    template = office_template(False)
    other = office_template(False, lambda _book, sheet: sheet.merge_range("A25:B25", "x"))

    sheets = [canonical(parts(data)["xl/worksheets/sheet1.xml"]) for data in (template, other)]

    assert sheets[0] != sheets[1]


def test_links_within_the_file_follow_and_links_out_of_it_are_refused(context):
    """A link to a cell below the repeated rows still leads there."""

    def inside(_book, sheet):
        sheet.write_url("G8", f"internal:'{MAIN}'!B10", string="ký")

    made = fill_spreadsheet(office_template(True, inside), FILE, context)
    (link,) = sheet_xml(made).iterfind(".//{*}hyperlink")
    below = UNITS - 1
    assert (link.get("ref"), link.get("location")) == (f"G{8 + below}", f"'{MAIN}'!B{10 + below}")
    outside = office_template(
        True, lambda _book, sheet: sheet.write_url("G8", "http://example.org")
    )
    with pytest.raises(UsageError) as caught:
        fill_spreadsheet(outside, FILE, context)
    assert caught.value.code == "template_links"
    assert "http://example.org" in caught.value.title("vi")


def test_rows_within_rows_are_repeated(figures):
    """For each unit its name, a row for each measure, and their sum over these rows alone."""

    def change(_book, sheet):
        sheet.write_string("A40", "{% for unit in units %}{{ unit.name }}")
        sheet.write_string("A41", '{% for m in measures("II") %}{{ m.id }}')
        sheet.write_string("C41", "{{ value(m) }}{% endfor %}")
        sheet.write_string("A42", "{{ loop.index }}{% endfor %}")
        sheet.write_formula("B42", "=SUM(C41:C41)")

    made = fill_spreadsheet(office_template(False, change), FILE, figures.context())
    rows = list(load_workbook(BytesIO(made))[MAIN].iter_rows(min_row=40, values_only=True))
    ids = [m.id for m in figures.catalogue.measures if m.id.startswith("II")]
    size = len(ids) + 2

    assert len(rows) == size * UNITS
    for turn, unit in enumerate(figures.communes):
        own, top = rows[turn * size : (turn + 1) * size], 40 + turn * size
        assert [row[0] for row in own] == [unit.name, *ids, turn + 1]
        assert own[-1][1] == f"=SUM(C{top + 1}:C{top + size - 2})"
        known = figures.known[unit.code, "II-0101", TOTAL]
        assert own[1 + ids.index("II-0101.n")][2] == known


def test_a_withheld_figure_is_its_sign_and_nothing_else(figures):
    """Neither the value, its coverage, its parts nor what is computed with it is told."""
    values, elements = figures.values(), figures.elements()
    values["withheld"] = values["measure"].eq("II-0101.n")
    elements["withheld"] = elements["element"].eq("II-0101")
    cells = (
        '{{ value("II-0101.n") }}',
        '{{ partial("II-0101.n") }}',
        '{{ coverage("II-0101.n") }}',
        '{{ value("II-0101.n") + 1 }}',
        '{{ percent(value("II-0101.n"), value("I-0101.n")) }}',
        '{{ value("II-0101.n") | if_absent("x") }}',
        '{{ said("II-0101.n") }}',
        'Số: {{ value("II-0101.n") }}',
    )

    def change(_book, sheet):
        for row, text in enumerate(cells, 40):
            sheet.write_string(row, 0, text)

    context = figures.context(values=values, elements=elements, public=True)
    made = fill_spreadsheet(office_template(False, change), FILE, context)
    sheet = load_workbook(BytesIO(made))[MAIN]

    shown = [sheet.cell(row + 1, 1).value for row in range(40, 40 + len(cells))]
    assert shown == ["(c)"] * 7 + ["Số: (c)"]
    assert "Bản công khai" in load_workbook(BytesIO(made)).properties.category
