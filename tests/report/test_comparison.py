"""Reports beside those of the year before: read back and compared with what adding up gives."""

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from ctk.aggregate.grouping import add_up
from ctk.commands.aggregate import records
from ctk.commands.loading import Request
from ctk.commands.particulars import tracked_files
from ctk.commands.previous import compared
from ctk.commands.report import make_context
from ctk.commands.sources import Material
from ctk.errors import UsageError
from ctk.indicators import load_catalogue
from ctk.periods import parse_period
from ctk.report.appendices import printed_figures, write_appendices, write_separately
from ctk.report.confirmations import Confirmations
from ctk.report.figures import columns
from ctk.report.particulars import Particulars
from ctk.report.parts import parts_of
from ctk.settings import Settings
from ctk.units.lookup import find_unit
from ctk.workbook.addresses import a1
from ooxml import faults
from report.builder import Figures, footnotes_of, half_up, header_row, ids_of, read_table
from workbooks import DAKRONG, batch_of, book, consistent

NOW, THEN = parse_period("2023-6m"), parse_period("2022-6m")
UNIT = find_unit("467", NOW.end)
COMPARED = ("Kỳ trước", "Tăng/giảm", "% thay đổi")
EXPLAINED = "Giải trình tăng, giảm đột xuất"
JUMP = ("19588", "I-0208")
CONFIRMED = {
    "unit": JUMP[0], "period": "2023-6m", "rule": "V605",
    "why": "Mới rà soát lại", "by": "=Bà Bưởi", "at": "2023-06-20T08:00:00",
    "sheet": "Số liệu", "cell": "D9", "element": JUMP[1],
    "dimension": None, "message": "",
}  # fmt: skip


def year(folder, period, seed, *, leave_out=(), change=None):
    """The files of all communes for a period; `change` sets single figures."""
    paths = []
    for i, (code, name) in enumerate(DAKRONG.items()):
        figures = consistent(seed + i, period)
        figures.cells |= {key[1:]: value for key, value in (change or {}).items() if key[0] == code}
        more = {"Loại số liệu": "Ước tính" if code == "19591" else "Thực tế"}
        if code not in leave_out:
            path = folder / f"{code} {period}.xlsx"
            paths.append(book(path, figures.rows(), code=code, name=name, period=period, **more))
    return batch_of(*paths)


def report(now, then, **changes):
    """A report with all that goes beside it."""
    material, request = Material(now, (), confirmed=(CONFIRMED,)), Request([])
    context = compared(make_context(material, request, UNIT, NOW), then, Settings())
    tracking = tracked_files(material, request, UNIT, NOW)
    particulars = replace(context.particulars, tracking=tracking)
    return replace(context, **({"particulars": particulars} | changes))


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Folders for the files of two years, the later one first."""
    return tmp_path_factory.mktemp("now"), tmp_path_factory.mktemp("then")


@pytest.fixture(scope="module")
def batches(folders):
    """Two years: of the first one commune is missing a figure, in the second one figure jumps."""
    jump = {(*JUMP, 0): 700}
    return (
        year(folders[0], "2023-6m", 40, change=jump),
        year(folders[1], "2022-6m", 10, change={("19594", "I-0303", 0): None}),
    )


@pytest.fixture(scope="module")
def made(batches, tmp_path_factory):
    """The report of the second year, and its workbook."""
    context = report(*batches)
    (row,) = write_appendices(context, tmp_path_factory.mktemp("report"))
    return context, load_workbook(row["file"]), row["file"]


def figures(batch, period):
    """The district's totals as `ctk aggregate` gives them, by id."""
    totals = add_up(batch, period, (UNIT,), None)
    rows = [*records(totals.values), *records(totals.elements)]
    whole = [r for r in rows if all(r[s] == "T" for s in ("sex", "age", "ethnicity", "area"))]
    return {row.get("measure") or row["element"]: row for row in whole}


def rounded(value, decimals):
    """Half up, by decimals alone."""
    return float(value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def test_each_line_stands_beside_its_figure_of_the_year_before(made, batches):
    """Both figures, difference and per cent are those of the two aggregates; else all is blank."""
    context, workbook, _ = made
    now, then = figures(batches[0], NOW), figures(batches[1], THEN)
    rates = {m.id for m in context.catalogue.measures if not m.is_count}
    seen = 0
    for appendix in ("I", "II"):
        table = read_table(workbook[f"Phụ lục {appendix}"])
        for id_, code in ids_of(appendix, context.catalogue).items():
            if id_ not in now or code not in table:
                continue
            printed = [table[code][title].value for title in COMPARED]
            places = 2 if id_ in rates else 0
            values = [side[id_]["value"] for side in (now, then)]
            earlier = None if values[1] is None else half_up(values[1], places)
            change = percent = None
            if None not in values:
                a, b = (Decimal(str(value)) for value in values)
                change = rounded(a - b, places)
                percent = rounded((a - b) * 100 / b, 2) if b else None
            assert printed == [earlier, change, percent], id_
            seen += 1
    assert seen > 190


@pytest.mark.usefixtures("batches")
def test_the_command_line_prints_what_it_adds_up(ctk, folders):
    """All totals and breakdowns of the report, and the year before, are those of ctk aggregate."""
    told = [
        ctk("aggregate", folder, "--level", "district", "--format", "json").json["data"]
        for folder in folders
    ]
    now, then = folders
    options = ("--period", "2023-6m", "--unit", "467", "-o", "out", "--format", "json")
    data = ctk("report", now, "--previous", then, *options).json["data"]
    assert data["previous"] == "2022-6m"
    workbook = load_workbook(data["files"][0]["file"])
    current, earlier = ({_place(row): row["value"] for row in _rows(each)} for each in told)
    catalogue = load_catalogue()
    rates = {m.id for m in catalogue.measures if not m.is_count}
    titles = {column.slice: column.title for column in columns(catalogue, "vi")}
    compared_figures = 0
    for appendix in ("I", "II"):
        table = read_table(workbook[f"Phụ lục {appendix}"])
        for id_, code in ids_of(appendix, catalogue).items():
            places = 2 if id_ in rates else 0
            for slice_, title in titles.items():
                value = current.get((id_, *slice_))
                if code in table:
                    expected = None if value is None else half_up(value, places)
                    assert table[code][title].value == expected, (id_, title)
                    compared_figures += expected is not None
            value = earlier.get((id_, "T", "T", "T", "T"))
            if code in table and (id_, "T", "T", "T", "T") in current:
                expected = None if value is None else half_up(value, places)
                assert table[code]["Kỳ trước"].value == expected, id_
    assert compared_figures > 900


def _rows(data):
    return [*data["values"], *data["elements"]]


def _place(row):
    id_ = row.get("measure") or row["element"]
    return id_, row["sex"], row["age"], row["ethnicity"], row["area"]


def test_the_figures_themselves_are_where_they_were(made):
    """The new columns move no figure of the report: what is printed is what trace says."""
    context, workbook, _ = made
    _, places = printed_figures(context)
    for each in places:
        assert workbook[each.sheet][a1(each.row, each.col)].value == each.value
    columns = {
        (sheet, cell.column_letter)
        for sheet in ("Phụ lục I", "Phụ lục II")
        for cell in workbook[sheet][header_row(workbook[sheet], "Mã chỉ tiêu")]
        if cell.value in COMPARED
    }
    assert len(columns) == 6
    taken = {(e.sheet, re.sub(r"\d", "", a1(e.row, e.col))) for e in places}
    assert not columns & taken


def test_a_figure_that_was_incomplete_says_so(made):
    """It has a footnote; its neighbours have none."""
    _, workbook, _ = made
    sheet = workbook["Phụ lục I"]
    table, footnotes = read_table(sheet), footnotes_of(sheet)
    text = "Kỳ trước chưa đủ số liệu (12/13 xã) nên không so sánh."
    (mark,) = [mark for mark, said in footnotes.items() if said == text]
    marked = {code for code, line in table.items() if mark in str(line["Ghi chú"].value)}
    # The count, the rate made of it, and nothing else.
    assert marked == {"I-0303.n", "I-0303.r"}


def test_estimates_are_marked_and_named(made):
    """The kind in the heading has a mark, and below stands whose figures are estimates."""
    _, workbook, _ = made
    for name in ("Phụ lục I", "Theo đơn vị I"):
        texts = [v for row in workbook[name].iter_rows(values_only=True) for v in row if v]
        assert any("ước tính (*)" in str(text) for text in texts)
        assert "(*) Có số ước tính, theo trang bìa báo cáo của: Xã A Bung." in texts
    titles = [v for row in workbook["Theo đơn vị I"].iter_rows(values_only=True) for v in row if v]
    assert "Xã A Bung (*)" in titles
    assert "Xã A Ngo" in titles


def test_a_confirmed_figure_has_a_footnote_on_its_line_only(made):
    """Who confirmed it, when and why."""
    _, workbook, _ = made
    sheet = workbook["Phụ lục I"]
    table, footnotes = read_table(sheet), footnotes_of(sheet)
    (mark,) = [mark for mark, said in footnotes.items() if "xác nhận" in said]
    for text in ("Xã Tà Rụt", "Bà Bưởi", "20/06/2023", "Mới rà soát lại", "V605"):
        assert text in footnotes[mark]
    marked = {code for code, line in table.items() if mark in str(line["Ghi chú"].value)}
    assert marked == {"I-0208"}
    assert "xác nhận" not in str(footnotes_of(workbook["Phụ lục II"]))


def test_no_footnote_is_without_its_mark(made):
    """Every number below a table is used above it, and the other way round."""
    _, workbook, _ = made
    for name in ("Phụ lục I", "Phụ lục II"):
        table, footnotes = read_table(workbook[name]), footnotes_of(workbook[name])
        notes = " ".join(str(line["Ghi chú"].value) for line in table.values())
        assert set(re.findall(r"\(\d+\)", notes)) == set(footnotes)


def expected_jumps(batches):
    """Counts of district and communes beyond the limits of rule V605, by another computation."""
    found = set()
    elements = {e.id: e for e in batches[0].catalogue.elements}
    for code in ("467", *DAKRONG):
        unit = find_unit(code, NOW.end)
        sides = []
        for batch, period in zip(batches, (NOW, THEN), strict=True):
            rows = records(add_up(batch, period, (unit,), None).elements)
            sides.append({
                row["element"]: row["value"]
                for row in rows
                if {row[s] for s in ("sex", "age", "ethnicity", "area")} == {"T"}
            })  # fmt: skip
        for id_ in sides[0].keys() & sides[1].keys():
            values = [side[id_] for side in sides]
            if None in values or elements[id_].adds in ("yes_no", "school_year"):
                continue
            low, high = sorted(values)
            if high >= 30 and high >= 2 * low and high - low > 5 * (high + low) ** 0.5:
                found.add((unit.full_name, *values))
    return found


def test_the_sheet_lists_what_has_to_be_explained(made, batches):
    """Every jump of the district and its communes stands there with both figures, nothing else."""
    _, workbook, _ = made
    sheet = workbook[EXPLAINED]
    top = header_row(sheet, "Lý do tăng, giảm")
    titles = [cell.value for cell in sheet[top]]
    rows = [
        dict(zip(titles, row, strict=True))
        for row in sheet.iter_rows(min_row=top + 2, values_only=True)
        if row[0] and str(row[0]).isdigit()
    ]
    told = {(row["Đơn vị"], row["Kỳ này"], row["Kỳ trước"]) for row in rows}
    assert told == expected_jumps(batches)
    assert any(name == "Xã Tà Rụt" and now == 700 for name, now, _ in told)
    for row in rows:
        now, then = Decimal(row["Kỳ này"]), Decimal(row["Kỳ trước"])
        assert row["Tăng/giảm"] == now - then
        expected = rounded((now - then) * 100 / then, 2) if then else None
        assert row["% thay đổi"] == expected
    reasons = {(row["Đơn vị"], row["Kỳ này"]): row["Lý do tăng, giảm"] for row in rows}
    assert reasons.pop(("Xã Tà Rụt", 700)) == "Mới rà soát lại"
    assert set(reasons.values()) <= {None}


def test_the_sheet_is_laid_out_as_the_decree_says(made):
    """Receipt left, reporter and receiver right, name and period centred, three to sign."""
    _, workbook, _ = made
    sheet = workbook[EXPLAINED]
    assert sheet["A1"].value.startswith("Ngày nhận báo cáo:")
    right = [row[8].value for row in sheet.iter_rows(max_row=2)]
    assert right[0] == "Đơn vị báo cáo: Huyện Đa Krông, Tỉnh Quảng Trị"
    assert right[1].startswith("Đơn vị nhận báo cáo:")
    assert sheet["A3"].value == "BÁO CÁO GIẢI TRÌNH SỐ LIỆU TĂNG, GIẢM ĐỘT XUẤT"
    assert sheet["A4"].value == "Kỳ báo cáo: 6 tháng đầu năm 2023 (từ 01/01/2023 đến 30/06/2023)"
    texts = {v for row in sheet.iter_rows(values_only=True) for v in row if v}
    assert {"Người lập biểu", "Người kiểm tra biểu", "Thủ trưởng đơn vị"} <= texts


def test_limits_of_the_office_count(batches):
    """With higher limits nothing has to be explained; switched off, there is no sheet."""
    context = report(*batches)
    high = {"ratio": 1000.0, "floor": 10**6, "chance": 5.0}
    for limits, there in ((high, True), (None, False)):
        particulars = replace(context.particulars, limits=limits)
        forms = [p.form for p in parts_of(replace(context, particulars=particulars), ("I", "II"))]
        assert ("TT13-changes" in forms) is there


def test_every_commune_is_tracked(made):
    """The sheet names all 13, with errors and warnings as numbers."""
    _, workbook, _ = made
    rows = list(workbook["Theo dõi nộp báo cáo"].iter_rows(values_only=True))
    assert [row[1] for row in rows if row[1] in DAKRONG] == sorted(DAKRONG)
    assert {row[7] for row in rows if row[1] in DAKRONG} == {1}


def test_a_public_copy_tells_neither_the_year_before_nor_the_office(batches, tmp_path):
    """No earlier figure, nothing confirmed, no tracking, nothing to explain."""
    (row,) = write_appendices(replace(report(*batches), public=True), tmp_path)
    workbook = load_workbook(row["file"])
    assert not {EXPLAINED, "Theo dõi nộp báo cáo"} & set(workbook.sheetnames)
    texts = [str(v) for s in workbook for r in s.iter_rows(values_only=True) for v in r if v]
    for text in ("Bà Bưởi", "Mới rà soát lại", *COMPARED):
        assert not [each for each in texts if text in each]


def test_no_number_is_wider_than_its_column(batches, tmp_path):
    """A rise to a thousandfold, and figures of a whole country: none would show as "####"."""
    context = report(*batches)
    values, elements = (
        frame.assign(value=frame["value"] * 12345.0) for frame in (context.values, context.elements)
    )
    (row,) = write_appendices(replace(context, values=values, elements=elements), tmp_path)
    for sheet in load_workbook(row["file"]).worksheets:
        for cell in (cell for line in sheet.iter_rows() for cell in line):
            if isinstance(cell.value, (int, float)):
                places, sign = (2 if "." in cell.number_format else 0), "+" in cell.number_format
                shown = f"{cell.value:{'+' if sign else ''},.{places}f}"
                assert len(shown) <= sheet.column_dimensions[cell.column_letter].width, shown


def test_without_an_earlier_period_there_are_no_columns(batches, tmp_path):
    """Neither columns nor the sheet to explain, and the notes say why."""
    context = report(*batches, previous=None)
    (row,) = write_appendices(context, tmp_path)
    workbook = load_workbook(row["file"])
    assert EXPLAINED not in workbook.sheetnames
    titles = {c.value for c in workbook["Phụ lục I"][header_row(workbook["Phụ lục I"], "STT")]}
    assert not titles & set(COMPARED)
    notes = {v for row in workbook["Ghi chú"].iter_rows(values_only=True) for v in row if v}
    assert any("Không có số liệu 6 tháng đầu năm 2022 để so sánh" in note for note in notes)


def test_months_of_a_year_are_not_compared_with_a_full_year(batches, tmp_path):
    """A full year before is no earlier period of six months."""
    twelve = year(tmp_path, "2022-12m", 10)
    context = make_context(Material(batches[0], ()), Request([]), UNIT, NOW)
    assert compared(context, twelve, Settings()).previous is None


def test_each_table_may_be_a_file_of_its_own(made, tmp_path):
    """The same sheets with the same cells; all are listed; nothing is written if one is there."""
    context, workbook, _ = made
    rows = write_separately(context, tmp_path, ("I", "II"))
    assert [row["form"] for row in rows] == [
        "TT13-I", "TT13-II", "TT13-I-units", "TT13-II-units", "TT13-coverage", "TT13-tracking",
        "TT13-changes",
    ]  # fmt: skip
    assert sorted(row["file"] for row in rows) == sorted(map(str, tmp_path.iterdir()))
    for row in rows:
        own = load_workbook(row["file"])
        first = own.worksheets[0]
        assert list(first.values) == list(workbook[first.title].values)
        assert not faults(row["file"])
    (tmp_path / "467 Đa Krông 2023-6m - Phụ lục I.xlsx").unlink()
    with pytest.raises(UsageError):
        write_separately(context, tmp_path, ("I", "II"))
    assert len(list(tmp_path.iterdir())) == 6


def test_the_workbook_is_sound(made):
    """Nothing in its parts that Excel or LibreOffice would repair."""
    _, workbook, path = made
    assert faults(path) == []
    for sheet in workbook:
        assert sheet.print_area
        assert sheet.page_setup.orientation == "landscape"
        assert "&P" in sheet.oddFooter.right.text
    for name in workbook.sheetnames:
        if name not in ("Độ phủ", "Ghi chú"):
            assert workbook[name].freeze_panes, name
            assert workbook[name].print_title_rows, name


def test_nobody_is_named_by_a_report_without_confirmations(batches):
    """What nobody confirmed leaves no footnote."""
    context = report(*batches, particulars=Particulars())
    assert list(Confirmations(context).of_line("I-0208.n")) == []


GAPS = st.tuples(st.sampled_from(sorted(DAKRONG)), st.sampled_from(("I-0101", "I-0303", "I-0208")))


@settings(max_examples=6)
@given(
    missing=st.sets(st.sampled_from(sorted(DAKRONG)), max_size=3),
    blank=st.sets(
        st.tuples(
            st.sampled_from(sorted(DAKRONG)), st.sampled_from(["I-0101", "I-0303", "I-0208"])
        ),
        max_size=6,
    ),
)
def test_footnotes_name_exactly_who_is_lacking(tmp_path_factory, missing, blank):
    """Of each count that one element makes: no footnote if all have it, else one with the rest."""
    made = Figures(missing=missing, blank=blank)
    (row,) = write_appendices(made.context(), tmp_path_factory.mktemp("gaps"))
    sheet = load_workbook(row["file"])["Phụ lục I"]
    table, footnotes = read_table(sheet), footnotes_of(sheet)
    for code, element in (("0101", "I-0101"), ("I-0303.n", "I-0303"), ("I-0208", "I-0208")):
        lacking = [
            unit.full_name
            for unit in sorted(made.communes, key=lambda unit: unit.code)
            if made.known[unit.code, element, ("T",) * 4] is None
        ]
        marks = re.findall(r"\(\d+\)", table[code]["Ghi chú"].value or "")
        said = [footnotes[mark] for mark in marks if "còn thiếu" in footnotes[mark]]
        if not lacking:
            assert said == []
        else:
            (text,) = said
            head, names = text.rstrip(".").split("; còn thiếu: ")
            assert head == f"Chưa đủ: {13 - len(lacking)}/13 xã có số liệu"
            assert sorted(names.split(", ")) == sorted(lacking)
