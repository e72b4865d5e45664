"""Units side by side, and the sheet on coverage."""

from openpyxl import load_workbook

from ctk.model import Level, Unit
from ctk.report import write_appendices
from ctk.report.matrix import lying_in, unit_columns
from report.builder import Figures, half_up, header_row

MISSING = "FFF8CBAD"


def columns_by_code(sheet):
    """Column of each unit code of a matrix."""
    row = header_row(sheet, "Mã chỉ tiêu") + 1
    return {cell.value: cell.column for cell in sheet[row] if cell.value}


def lines_by_code(sheet):
    """Row of each code that stands once in a matrix."""
    return {sheet.cell(r, 2).value: r for r in range(1, sheet.max_row + 1)}


def test_every_unit_has_its_figures(complete):
    """The whole first, then each commune, each with its own value."""
    context, book, _ = complete
    sheet = book["Theo đơn vị I"]
    columns, lines = columns_by_code(sheet), lines_by_code(sheet)
    assert ["467", *(unit.code for unit in context.children)] == list(columns)
    frame = context.values
    whole = frame[(frame[["sex", "age", "ethnicity", "area"]] == "T").all(axis=1)]
    for row in whole[whole["measure"] == "I-0301.r"].to_dict("records"):
        cell = sheet.cell(lines["I-0301.r"], columns[row["unit"]])
        assert half_up(row["value"], 2) == cell.value


def test_a_missing_unit_is_shown_as_missing_not_as_zero(gaps):
    """Its column says so and is empty from top to bottom."""
    _, book, _ = gaps
    sheet = book["Theo đơn vị I"]
    column = columns_by_code(sheet)["19594"]
    top = header_row(sheet, "Mã chỉ tiêu")
    assert sheet.cell(top + 2, column).value == "Chưa có báo cáo dùng được"
    rows = [r for r in range(top + 4, sheet.max_row + 1) if sheet.cell(r, 2).value]
    assert len(rows) > 100
    assert {None} == {sheet.cell(row, column).value for row in rows}
    assert {MISSING} == {sheet.cell(row, column).fill.fgColor.rgb for row in rows}


def test_a_unit_with_a_blank_is_told_from_one_without_report(gaps):
    """It has reported, but the status says that figures lack, and only those cells are empty."""
    _, book, _ = gaps
    sheet = book["Theo đơn vị I"]
    column, lines = columns_by_code(sheet)["19585"], lines_by_code(sheet)
    top = header_row(sheet, "Mã chỉ tiêu")
    assert sheet.cell(top + 2, column).value == "Đã báo cáo, còn thiếu số liệu"
    assert sheet.cell(lines["I-0303.n"], column).value is None
    assert sheet.cell(lines["I-0304.n"], column).value is not None


def test_only_what_was_asked_is_in_the_matrix(complete):
    """School-year indicators have no line in a six-month table; their group has no heading."""
    _, book, _ = complete
    labels = {row[2] for row in book["Theo đơn vị I"].iter_rows(values_only=True)}
    assert "Số lượng, tỷ lệ học sinh bỏ học" not in labels
    assert "Văn hóa, vui chơi, giải trí cho trẻ em" not in labels
    assert "Bảo vệ trẻ em" in labels


def test_coverage_lists_the_units_and_what_each_lacks(gaps):
    """The commune without report, the one with a blank, and the sums so far stand on the sheet."""
    context, book, _ = gaps
    rows = list(book["Độ phủ"].iter_rows(values_only=True))
    assert any(
        row[1:3] == ("19594", "Xã A Ngo") and row[3] == "Chưa có báo cáo dùng được" for row in rows
    )
    line = next(row for row in rows if row[1] == "I-0303.n")
    frame = context.values
    own = frame[(frame["measure"] == "I-0303.n") & (frame["unit"] == "467")]
    total = own[(own[["sex", "age", "ethnicity", "area"]] == "T").all(axis=1)].iloc[0]
    assert ("11/13", total["partial"]) == (line[4], line[5])
    assert line[-1] == "Xã A Vao, Xã A Ngo"


def test_complete_data_leave_nothing_to_list(complete):
    """Of a complete district the sheet says so."""
    _, book, _ = complete
    texts = {v for row in book["Độ phủ"].iter_rows(values_only=True) for v in row if v}
    assert {"Không có.", "Mọi số liệu thu thập trong kỳ đều đủ."} <= texts


def test_a_district_counts_its_missing_communes():
    """A column that stands for several communes says how many of them have not reported."""
    commune = Figures().communes[0]
    district, province = "467", "45"
    whole = Unit(province, "Quảng Trị", "Tỉnh", Level.PROVINCE, "VN", province, None, None)
    part = Unit(district, "Đa Krông", "Huyện", Level.DISTRICT, province, province, None, None)
    other = Unit("464", "Vĩnh Linh", "Huyện", Level.DISTRICT, province, province, None, None)
    made = unit_columns(whole, (part, other), (commune,), {}, "vi")
    assert [column.state for column in made] == ["partly", "partly", "complete"]
    assert made[1].status == "Thiếu báo cáo của 1 xã"
    assert made[0].title == "Toàn tỉnh"


def test_the_country_holds_all_that_is_missing():
    """The country's code stands on no commune, yet all of them lie in it."""
    country = Unit("VN", "Việt Nam", "Quốc gia", Level.COUNTRY, None, None, None, None)
    missing = Figures().communes[:2]
    assert missing == lying_in(country, missing)


def test_nothing_at_all_is_no_sum_so_far(tmp_path):
    """A figure that no commune has is listed without a 0 where the sum so far would stand."""
    codes = {unit.code for unit in Figures().communes}
    figures = Figures(blank={(code, "I-0303") for code in codes})
    values = figures.values()
    values.loc[values["reported"] == 0, "partial"] = 0.0
    (made,) = write_appendices(figures.context(values=values), tmp_path)
    rows = load_workbook(made["file"])["Độ phủ"].iter_rows(values_only=True)
    line = next(row for row in rows if row[1] == "I-0303.n")
    assert line[4:7] == ("0/13", None, None)


def test_many_units_without_a_report_are_counted(tmp_path):
    """Six of them are listed once; the lines tell how many, and who else lacks the figure."""
    silent = {unit.code for unit in Figures().communes[:6]}
    other = Figures().communes[-1]
    figures = Figures(missing=silent, blank={(other.code, "I-0303")})
    (made,) = write_appendices(figures.context(), tmp_path)
    rows = list(load_workbook(made["file"])["Độ phủ"].iter_rows(values_only=True))
    told = {row[1]: row[-1] for row in rows if row[4] in ("6/13", "7/13")}
    assert told["I-0303.n"] == f"6 đơn vị chưa có báo cáo; {other.full_name}"
    assert told["I-0304.n"] == "6 đơn vị chưa có báo cáo"
