"""The appendices, read back by another program: what is printed and what must not be."""

import re
import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from ctk.errors import UsageError
from ctk.periods import Period
from ctk.report import write_appendices
from ctk.report.documents import write_documents
from ctk.report.figures import columns
from ctk.report.wording import superior_line
from report.builder import Figures, counted_twice, footnotes_of, half_up, ids_of, read_table

SHEETS = ["Phụ lục I", "Phụ lục II", "Theo đơn vị I", "Theo đơn vị II", "Độ phủ", "Ghi chú"]
SLICE = ["sex", "age", "ethnicity", "area"]


def own_rows(context):
    """Rows of both frames for the report's unit, as (id, is a rate, row)."""
    rates = {m.id for m in context.catalogue.measures if not m.is_count}
    hidden = counted_twice(context.catalogue)
    for frame, name in ((context.values, "measure"), (context.elements, "element")):
        for row in frame[frame["unit"] == context.unit.code].to_dict("records"):
            if row[name] not in hidden or name == "measure":
                yield row[name], row[name] in rates, row


def printed(context, book):
    """Every figure of the frames with the cell in which it stands."""
    titles = {column.slice: column.title for column in columns(context.catalogue, "vi")}
    for appendix in ("I", "II"):
        table = read_table(book[f"Phụ lục {appendix}"])
        codes = ids_of(appendix, context.catalogue)
        for id_, is_rate, row in own_rows(context):
            if id_ in codes:
                line = table[codes[id_]]
                yield line[titles[tuple(row[name] for name in SLICE)]], line, is_rate, row


def test_every_figure_is_printed_rounded_half_up(complete):
    """Of a complete district each value of the frames stands in its cell, as a number."""
    context, book, _ = complete
    cells = list(printed(context, book))
    assert len(list(own_rows(context))) == len(cells)
    for cell, _, is_rate, row in cells:
        assert half_up(row["value"], 2 if is_rate else 0) == cell.value
        assert ("#,##0.00" if is_rate else "#,##0") == cell.number_format


def test_an_incomplete_figure_is_never_printed_as_a_total(gaps):
    """Where a unit lacks, the cell is empty and marked; the sum so far is in the note only."""
    context, book, _ = gaps
    short = [each for each in printed(context, book) if each[3]["reported"] < each[3]["expected"]]
    assert len(short) > 800
    assert {None} == {cell.value for cell, *_ in short}
    assert {"FFFFE699"} == {cell.fill.fgColor.rgb for cell, *_ in short}


def test_the_note_of_an_incomplete_figure_tells_coverage_and_the_sum_so_far(gaps):
    """Beside the empty total: coverage 12/13 and the sum so far; below: who is lacking."""
    context, book, _ = gaps
    line = read_table(book["Phụ lục I"])["0101"]
    frame = context.values
    total = frame[(frame["measure"] == "I-0101.n") & (frame["unit"] == "467")]
    total = total[(total[SLICE] == "T").all(axis=1)].iloc[0]
    so_far = f"{total['partial']:,.0f}".replace(",", ".")
    assert line["Độ phủ"].value == "12/13"
    note, mark = line["Ghi chú"].value.rsplit(" ", 1)
    assert note == f"Mới có {so_far}"
    footnotes = footnotes_of(book["Phụ lục I"])
    assert footnotes[mark] == "Chưa đủ: 12/13 xã có số liệu; còn thiếu: Xã A Ngo."
    blank = footnotes[read_table(book["Phụ lục I"])["I-0303.n"]["Ghi chú"].value.split()[-1]]
    assert blank == "Chưa đủ: 11/13 xã có số liệu; còn thiếu: Xã A Ngo, Xã A Vao."


def test_coverage_is_told_figure_by_figure(gaps):
    """A blank cell of one more commune lowers the coverage of that figure alone."""
    _, book, _ = gaps
    table = read_table(book["Phụ lục I"])
    assert (
        table["I-0303.n"]["Độ phủ"].value,
        table["I-0304.n"]["Độ phủ"].value,
    ) == ("11/13", "12/13")


def test_a_complete_breakdown_of_an_incomplete_figure_is_printed(gaps):
    """The only town has reported, so its figure is complete though that of the district is not."""
    context, book, _ = gaps
    line = read_table(book["Phụ lục I"])["0101"]
    whole = ("T", "T", "T", "T")
    town = next(c.code for c in context.children if c.type == "Thị trấn")
    assert Figures(missing={"19594"}).known[town, "I-0101", whole] == line["Thành thị"].value
    assert line["Nông thôn"].value is None


def test_an_undefined_rate_is_blank_with_a_note(gaps):
    """A ratio to no girls at all is neither 0 nor "-", and says why; the count of 0 is printed."""
    _, book, _ = gaps
    table = read_table(book["Phụ lục I"])
    assert table["0102"]["Thành thị"].value is None
    footnotes = footnotes_of(book["Phụ lục I"])
    marks = re.findall(r"\(\d+\)", table["0102"]["Ghi chú"].value)
    expected = "Mẫu số bằng 0, không tính được: cột Thành thị."
    assert expected in [footnotes[mark] for mark in marks]
    assert table["I-0102.2"]["Thành thị"].value == 0


def test_what_was_not_asked_says_so(complete):
    """A school-year indicator in a six-month report is blank, muted, and told as not collected."""
    _, book, _ = complete
    line = read_table(book["Phụ lục I"])["I-0405.n1"]
    assert line["Ghi chú"].value == "Không thu thập kỳ này"
    assert (line["Tổng số"].value, line["Độ phủ"].value) == (None, None)
    assert line["Chỉ tiêu"].font.color.rgb == "FF7F7F7F"


def test_all_indicators_stand_in_the_appendices(complete):
    """60 and 24 indicators under their groups, in the Circular's order and with its names."""
    context, book, _ = complete
    for appendix, count in (("I", 60), ("II", 24)):
        rows = list(book[f"Phụ lục {appendix}"].iter_rows(values_only=True))
        found = [(row[1], row[2]) for row in rows if str(row[0] or "").isdigit()]
        expected = [
            (i.code, i.name_vi) for i in context.catalogue.indicators if i.appendix == appendix
        ]
        assert (count, expected) == (len(found), found)


def test_a_part_year_rate_says_so(complete, tmp_path):
    """Rates of 6 months carry a note, rates of a year do not."""
    _, book, _ = complete
    mark = read_table(book["Phụ lục I"])["0105"]["Ghi chú"].value
    half = footnotes_of(book["Phụ lục I"])[mark]
    (made,) = write_appendices(Figures(period=Period(2022, 12)).context(), tmp_path)
    year = read_table(load_workbook(made["file"])["Phụ lục I"])["0105"]["Ghi chú"].value
    assert (half, year) == ("Tỷ lệ tính trên số liệu 6 tháng.", None)


def test_the_heading_names_unit_period_coverage_and_cut_off(gaps):
    """Who reports, for when, how completely, and as of which day stand above the table."""
    _, book, _ = gaps
    head = " ".join(
        str(v) for row in book["Phụ lục I"].iter_rows(max_row=8, values_only=True) for v in row if v
    )
    for text in (
        "ỦY BAN NHÂN DÂN HUYỆN ĐA KRÔNG",
        "PHÒNG LAO ĐỘNG",
        "Huyện Đa Krông, Tỉnh Quảng Trị",
        "6 tháng đầu năm 2022 (từ 01/01/2022 đến 30/06/2022)",
        "12/13 đơn vị cấp xã có báo cáo dùng được; chưa có: Xã A Ngo.",
        "Ngày chốt số liệu: 15/05/2022.",
        "Tính chất số liệu: thực tế, ước tính, tạm.",
    ):
        assert text in head


def test_what_the_office_has_not_said_is_left_to_fill_in(complete):
    """Without settings no agency and no person is invented: dotted lines stand there."""
    _, book, _ = complete
    assert book["Phụ lục I"]["A2"].value == "…" * 8


def test_a_table_about_another_unit_names_the_committee_of_the_office(complete):
    """Above a district's office stands the district, also where it prints a commune's figures."""
    context, _, _ = complete
    commune = replace(context, unit=context.children[0], office_unit=context.unit)
    assert (
        superior_line(commune) == "ỦY BAN NHÂN DÂN HUYỆN\N{NO-BREAK SPACE}ĐA\N{NO-BREAK SPACE}KRÔNG"
    )


def test_no_cell_holds_a_formula_or_link(gaps):
    """Texts that begin with = + - @ are texts; the package has no formula, link or other file."""
    _, book, made = gaps
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    texts = {cell.value for cell in cells if isinstance(cell.value, str)}
    assert {"=1+1", "=HYPERLINK('http://example.org')", "+1", "-1", "@SUM(A1)"} <= texts
    with zipfile.ZipFile(made["file"]) as package:
        names = package.namelist()
        sheets = [n for n in names if n.startswith("xl/worksheets/sheet")]
        assert not any("externalLink" in name for name in names)
        assert not any(b"<f>" in package.read(name) for name in sheets)


def test_sheets_come_in_their_order(complete):
    """Both appendices, both tables by unit, coverage and remarks."""
    _, book, _ = complete
    assert book.sheetnames == SHEETS


def test_the_print_setup_fits_the_width_of_the_paper(complete):
    """Landscape, fitted to the page's width, header rows repeated, panes frozen, pages numbered."""
    _, book, _ = complete
    for name in SHEETS[:4]:
        sheet = book[name]
        paper = "8" if name.startswith("Theo") else "9"
        setup = sheet.page_setup
        assert ("landscape", paper) == (setup.orientation, str(setup.paperSize))
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (setup.fitToWidth or 1, setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows
        assert sheet.freeze_panes
        assert "&P" in sheet.oddFooter.right.text
        assert sheet.print_area
    assert book["Theo đơn vị I"].print_title_cols == "$A:$E"


def test_the_document_names_no_person(complete):
    """Title and subject are set, author and last editor are not."""
    _, book, _ = complete
    about = book.properties
    assert about.title == "Huyện Đa Krông - 6 tháng đầu năm 2022"
    assert "13/2021/TT-BLĐTBXH" in about.subject
    assert not about.creator
    assert not about.lastModifiedBy


def test_all_text_is_in_times_new_roman(complete):
    """Every written cell has the typeface of official papers."""
    _, book, _ = complete
    fonts = {c.font.name for s in book for row in s.iter_rows() for c in row if c.value is not None}
    assert {"Times New Roman"} == fonts


def test_three_signatures_stand_below(gaps):
    """Who drew it up, who checked it, and the head of the office."""
    _, book, _ = gaps
    texts = {v for row in book["Phụ lục II"].iter_rows(values_only=True) for v in row if v}
    assert {"Người lập biểu", "Người kiểm tra biểu", "Thủ trưởng đơn vị"} <= texts
    assert "Krông Klang, ngày …… tháng …… năm ……" in texts


def test_an_existing_file_is_not_overwritten(tmp_path):
    """A second run refuses and leaves the first file as it was, unless it is forced."""
    context = Figures().context()
    (made,) = write_appendices(context, tmp_path)
    path = tmp_path / "467 Đa Krông 2022-6m - Phụ lục TT13.xlsx"
    assert {"file": str(path), "unit": "467", "form": "TT13"} == made
    path.write_bytes(b"signed")
    with pytest.raises(UsageError) as caught:
        write_appendices(context, tmp_path)
    assert (caught.value.code, path.read_bytes()) == ("file_exists", b"signed")
    write_appendices(context, tmp_path, force=True)
    assert path.read_bytes() != b"signed"
    assert [path] == list(tmp_path.iterdir())


def test_one_appendix_can_be_asked_for(tmp_path):
    """`--form TT13-II` writes the second appendix and its table by unit only."""
    (made,) = write_documents(Figures().context(), tmp_path, ["TT13-II"])
    expected = ["Phụ lục II", "Theo đơn vị II", "Độ phủ", "Ghi chú"]
    assert ("TT13-II", expected) == (made["form"], load_workbook(made["file"]).sheetnames)


def test_an_unknown_form_is_refused(tmp_path):
    """A form that does not exist is a usage error that names those that do."""
    with pytest.raises(UsageError) as caught:
        write_documents(Figures().context(), tmp_path, ["602"])
    assert caught.value.code == "unknown_form"
    assert "TT13-I" in caught.value.hint("vi")
    assert list(tmp_path.iterdir()) == []


def test_a_commune_has_no_table_by_unit(tmp_path):
    """A unit with nothing below it gets its appendices, coverage and remarks."""
    figures = Figures()
    commune = figures.communes[0]
    context = figures.context(unit=commune, children=(), parents=(figures.unit,))
    (made,) = write_appendices(context, tmp_path)
    expected = ["Phụ lục I", "Phụ lục II", "Độ phủ", "Ghi chú"]
    assert expected == load_workbook(made["file"]).sheetnames


def test_a_report_can_be_in_english(tmp_path):
    """Everything but what the catalogue holds in Vietnamese only is translated."""
    (made,) = write_appendices(Figures().context(lang="en"), tmp_path)
    book = load_workbook(made["file"])
    rows = [row[1:4] for row in book["Appendix I"].iter_rows(values_only=True)]
    assert ("0101", "Child population", "persons") in rows
    assert "Coverage" in book.sheetnames


def test_a_withheld_figure_is_marked_and_told_nowhere(tmp_path):
    """A public copy says in name, head and properties what it is; no sheet holds the figure."""
    figures = Figures()
    context = figures.context()
    hidden = context.values.assign(withheld=context.values["measure"].eq("I-0101.n"))
    shown = Figures().context().values
    secret = {float(v) for v in shown.loc[shown["measure"] == "I-0101.n", "value"]}
    open_ = {float(v) for v in shown.loc[shown["measure"] != "I-0101.n", "value"].dropna()}
    secret -= open_ | {float(v) for v in context.elements["value"].dropna()}
    public = replace(context, values=hidden, public=True)
    (made,) = write_appendices(public, tmp_path)
    book = load_workbook(made["file"])
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert read_table(book["Phụ lục I"])["0101"]["Tổng số"].value == "(c)"
    assert not secret & {float(v) for v in cells if isinstance(v, int | float)}
    assert "(bản công khai)" in made["file"]
    assert "Bản công khai" in book.properties.category
    assert any(str(v).startswith("Bản công khai") for v in cells)
