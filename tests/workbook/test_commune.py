"""The commune workbook, read back with openpyxl and as XML."""

import re
from itertools import chain

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from ctk.indicators import COMMUNES, load_catalogue
from ctk.model import Level, Unit
from ctk.periods import Period
from ctk.workbook.commune import file_name, plan_form, write_commune_workbook

CATALOGUE = load_catalogue()
HALF, YEAR = Period(2022, 6), Period(2022, 12)
COMMUNE = Unit("19588", "Tà Rụt", "Xã", Level.COMMUNE, "467", "45", None, None)
PARENTS = (
    Unit("VN", "Việt Nam", "Quốc gia", Level.COUNTRY, None, None, None, None),
    Unit("45", "Quảng Trị", "Tỉnh", Level.PROVINCE, "VN", "45", None, None),
    Unit("467", "Đa Krông", "Huyện", Level.DISTRICT, "45", "45", None, None),
)
INPUT_LABELS = (
    "Ngày chốt số liệu",
    "Loại số liệu",
    "Tính chất số liệu",
    "Người lập biểu",
    "Điện thoại",
)
TITLES = (
    "Chỉ tiêu",
    "Mã số",
    "Đơn vị tính",
    "Tổng số",
    "Nam",
    "Nữ",
    "Dưới 6 tuổi",
    "6 đến dưới 16 tuổi",
    "Dân tộc thiểu số",
    "Tỷ lệ",
    "Hướng dẫn",
)


@pytest.fixture(scope="module", params=[HALF, YEAR], ids=str)
def period(request):
    """Each of the two lengths of form."""
    return request.param


@pytest.fixture(scope="module")
def path(period, tmp_path_factory):
    """A workbook of the period."""
    path = tmp_path_factory.mktemp("commune") / file_name(COMMUNE, period)
    write_commune_workbook(path, COMMUNE, PARENTS, period, CATALOGUE)
    return path


@pytest.fixture(scope="module")
def book(path):
    """The workbook as openpyxl reads it."""
    return openpyxl.load_workbook(path)


def find(sheet, text):
    """The first cell that holds a text."""
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == text)


def coded_rows(sheet):
    """Map each element id below `Mã số` to its row number."""
    head = find(sheet, "Mã số")
    below = (sheet.cell(r, head.column) for r in range(head.row + 2, sheet.max_row + 1))
    return {cell.value: cell.row for cell in below if cell.value}


def value_columns(sheet):
    """Map each breakdown to its column number."""
    head = find(sheet, "Mã số").row
    return {b: find_in_row(sheet, head, b.title_vi) for b in CATALOGUE.breakdowns}


def find_in_row(sheet, row, text):
    """The column of a text in a row."""
    return next(cell.column for cell in sheet[row] if cell.value == text)


def input_cells(sheet):
    """Row and column of each figure that the sheet asks."""
    columns = value_columns(sheet)
    return {
        (row, column)
        for code, row in coded_rows(sheet).items()
        for breakdown, column in columns.items()
        if CATALOGUE.element(code).has(breakdown)
    }


def unlocked(sheet):
    """Row and column of each cell that can be typed in."""
    return {(c.row, c.column) for r in sheet.iter_rows() for c in r if not c.protection.locked}


def test_codes_are_those_asked_main_sections_first(book, period):
    """The rows are exactly the elements of the period: section by section, optional ones last."""
    asked = CATALOGUE.asked(period)
    codes = list(chain.from_iterable(coded_rows(sheet) for sheet in book.worksheets[1:]))

    main = [e.id for e in asked if e.place in ("main", "form")]
    optional = [e.id for e in asked if e.place == "optional"]
    assert main + optional == codes


def test_sheets_are_named_for_their_sections(book, period):
    """Cover, then one sheet for each section asked; the optional sheet only where it has rows."""
    asked = CATALOGUE.asked(period)
    main = [s.sheet for s in CATALOGUE.sections if any(e.section == s.id for e in asked)]
    optional = ["Tùy chọn"] if any(e.place == "optional" for e in asked) else []

    assert ["Bìa", *main, *optional] == book.sheetnames


def test_half_year_form_leaves_out_school_and_optional_sheets(book, period):
    """Only the yearly form asks school-year figures and figures known from surveys."""
    assert (period == YEAR) == ("I.4 Giáo dục" in book.sheetnames)
    assert (period == YEAR) == ("Tùy chọn" in book.sheetnames)


def test_header_row_holds_all_titles(book):
    """`Mã số` and every column title stand in one row, above the column numbers."""
    for sheet in book.worksheets[1:]:
        head = find(sheet, "Mã số").row
        assert tuple(cell.value for cell in sheet[head]) == TITLES
        assert sheet.cell(head + 1, 4).value == "(1)=(2)+(3)\n=(4)+(5)"


def test_data_sheets_unlock_exactly_the_input_cells(book):
    """Figures asked and the box right of "Không phát sinh" can be typed in, nothing else."""
    for sheet in book.worksheets[1:]:
        label = find(sheet, "Không phát sinh")
        assert input_cells(sheet) | {(label.row, label.column + 1)} == unlocked(sheet)
        assert sheet.protection.sheet
        assert sheet.protection.password is None


def test_cover_unlocks_exactly_its_inputs(book):
    """On the cover only the cells right of the five questions are unlocked."""
    cover = book["Bìa"]
    assert {(find(cover, label).row, 2) for label in INPUT_LABELS} == unlocked(cover)


def test_cells_that_do_not_apply_are_grey_and_empty(book):
    """A column that an element is not asked in is grey; one that it is asked in is not."""
    for sheet in book.worksheets[1:]:
        asked = input_cells(sheet)
        columns = value_columns(sheet).values()
        for row in coded_rows(sheet).values():
            for column in columns:
                cell = sheet.cell(row, column)
                grey = cell.fill.fgColor.rgb == "FFD9D9D9"
                assert ((row, column) not in asked) == grey
                assert cell.value is None


def test_cover_states_form_unit_and_period(book, period):
    """A reader finds form, unit and period right of their labels; the code keeps its text."""
    cover = book["Bìa"]
    stated = {row[0].value: row[1].value for row in cover.iter_rows(max_col=2)}

    assert stated["Mẫu biểu"] == "ctk-commune 1"
    assert stated["Mã đơn vị"] == "19588"
    assert stated["Tên đơn vị"] == "Xã Tà Rụt"
    assert stated["Cấp huyện"] == "Huyện Đa Krông"
    assert stated["Cấp tỉnh"] == "Tỉnh Quảng Trị"
    assert str(period) == stated["Kỳ báo cáo"]


def test_period_is_said_in_words_with_its_days(book, period):
    """Beside the period's short form stand its name and its first and last day."""
    words = {
        HALF: "6 tháng đầu năm 2022 (01/01/2022 – 30/06/2022)",
        YEAR: "Cả năm 2022 (01/01/2022 – 31/12/2022)",
    }
    label = find(book["Bìa"], "Kỳ báo cáo")
    assert words[period] == book["Bìa"].cell(label.row, 3).value


def test_every_input_cell_has_one_validation(book):
    """Each cell to fill in is covered by one rule, no cell by two."""
    for sheet in book.worksheets[1:]:
        covered = list(chain.from_iterable(map(cells_of, sheet.data_validations.dataValidation)))
        assert len(set(covered)) == len(covered)
        assert unlocked(sheet) == set(covered)


def cells_of(rule):
    """Row and column of each cell under a validation rule."""
    for area in str(rule.sqref).split():
        left, top, right, bottom = range_boundaries(area)
        yield from ((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1))


def test_count_rule_starts_at_the_top_left_of_its_cells(book):
    """The rule's formula names the cell that both ways of anchoring a formula agree on."""
    for sheet in book.worksheets[1:]:
        for rule in sheet.data_validations.dataValidation:
            if rule.type != "custom":
                continue
            top, left = (min(axis) for axis in zip(*cells_of(rule), strict=True))
            anchor = sheet.cell(top, left).coordinate
            assert {anchor} == set(re.findall(r"\b[A-Z]+\d+\b", rule.formula1))
            assert (rule.errorStyle or "stop") == "stop"
            assert "|-|…|...|x|không|" in rule.formula1


def test_yes_no_rows_offer_a_list(book, period):
    """A yes/no row is chosen from a list that starts with 1 and 0."""
    for element in CATALOGUE.asked(period):
        if element.adds != "yes_no":
            continue
        sheet = next(s for s in book.worksheets[1:] if element.id in coded_rows(s))
        cell = (coded_rows(sheet)[element.id], 4)
        rules = [r for r in sheet.data_validations.dataValidation if cell in cells_of(r)]
        assert [rule.formula1 for rule in rules] == ['"1,0,-,…"']


def test_rates_divide_by_the_cell_of_their_denominator(book):
    """A rate on another sheet than its denominator refers to it by the sheet's quoted name."""
    population = coded_rows(book["I.1 Chung"])["I-0101"]
    sheet = book["I.3 Bảo vệ"]
    row = coded_rows(sheet)["I-0301"]
    formula = sheet.cell(row, 10).value

    assert f"N(D{row})/'I.1 Chung'!D{population}*100" in formula


def test_only_rates_with_a_typed_denominator_are_formulas(book, period):
    """Each rate whose two elements are asked has a formula; nothing else has one."""
    asked = {element.id for element in CATALOGUE.asked(period)}
    wanted = {
        m.numerator[0]
        for m in CATALOGUE.measures
        if len(m.numerator) == len(m.denominator) == 1 and {*m.numerator, *m.denominator} <= asked
    }
    found = {
        code
        for sheet in book.worksheets[1:]
        for code, row in coded_rows(sheet).items()
        if any(cell.data_type == "f" for cell in sheet[row])
    }
    assert wanted == found
    assert not any(
        COMMUNES in m.denominator and m.numerator[0] in found for m in CATALOGUE.measures
    )


def test_sheets_print_on_a4_landscape_one_page_wide(book):
    """Every sheet is A4 landscape, one page wide; data sheets repeat their header rows."""
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert "&P/&N" in sheet.oddFooter.right.text.replace("&[Page]", "&P").replace(
            "&[Pages]", "&N"
        )
    for sheet in book.worksheets[1:]:
        head = find(sheet, "Mã số").row
        assert f"${head - 1}:${head + 1}" == sheet.print_title_rows
        assert f"C{head + 2}" == sheet.freeze_panes


def test_headings_stand_over_indicators_without_a_row_of_their_own(book):
    """An indicator whose rows all have other codes is named above them, without a code."""
    sheet = book["I.1 Chung"]
    row = coded_rows(sheet)["I-0102.1"] - 1
    heading = sheet.cell(row, 1)

    assert CATALOGUE.indicator("I-0102").name_vi == heading.value
    assert (heading.font.bold, heading.font.italic) == (True, True)


def test_parts_are_indented_below_their_whole(book):
    """Rows that are parts of the row above begin with a dash and are indented."""
    sheet = book["I.3 Bảo vệ"]
    label = sheet.cell(coded_rows(sheet)["602.02"], 1)

    assert label.value == "- Trẻ em bị bỏ rơi"
    assert label.alignment.indent == 1


def test_signatures_stand_on_the_last_main_sheet(book):
    """The signature block is on one sheet only: the last of the sections."""
    signed = [
        sheet.title
        for sheet in book.worksheets
        if any(c.value == "THỦ TRƯỞNG ĐƠN VỊ" for row in sheet.iter_rows() for c in row)
    ]
    assert signed == ["II.2 Xử lý VPHC"]


def test_help_says_how_rows_add_up(book):
    """Help is completed from the catalogue: sums, wholes, twins and who has the figure."""
    sheet = book["I.3 Bảo vệ"]
    rows = coded_rows(sheet)

    assert "= I-0303.1 + I-0303.2. Không quá dòng I-0101." in sheet.cell(rows["I-0303"], 11).value
    assert sheet.cell(rows["I-0303.1"], 11).value == "Bằng dòng 602.01."
    births = book["I.1 Chung"]
    said = births.cell(coded_rows(births)["I-0103"], 11).value
    assert said == "Phát sinh từ đầu năm đến hết kỳ. Nguồn: trạm y tế.\n= I-0102.1 + I-0102.2."


def test_generated_help_names_only_rows_of_the_form(period):
    """No help text sends the clerk to a row that the period's form does not have."""
    plan = plan_form(CATALOGUE, period)
    known = {e.id for e in CATALOGUE.asked(period)} | {i.id for i in CATALOGUE.indicators}
    for sheet in plan.sheets:
        for row in sheet.rows:
            if row.element:
                own = row.element.help_vi
                generated = row.help.replace(own, "") if own else row.help
                named = re.findall(r"\b(?:I{1,2}-\d{4}|60[23])(?:\.\d+m?|\.m)?", generated)
                assert set(named) <= known


def test_rows_are_high_enough_for_their_labels(book):
    """A label of several lines has a row of several lines' height."""
    sheet = book["I.3 Bảo vệ"]
    rows = coded_rows(sheet)
    one, many = (sheet.row_dimensions[rows[code]].height for code in ("602.02", "602.14"))
    assert many >= 2 * one
