"""The Excel file of an aggregation, read back."""

import math

import pytest
from openpyxl import load_workbook

from ctk.errors import UsageError
from ctk.report import long_table, write_aggregate
from ctk.report.aggregate_book import whole_of
from report.builder import Figures


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Frames of Huyện Đa Krông without one commune, and the file made of them."""
    figures = Figures(missing={"19594"})
    for commune in figures.communes[:3]:
        figures.known[commune.code, "I-0102.2", ("T", "T", "T", "T")] = 0
    path = tmp_path_factory.mktemp("aggregate") / "out" / "Đa Krông.xlsx"
    context = figures.context(values=few(figures.values()), elements=few(figures.elements()))
    units = (figures.unit, *figures.communes)
    write_aggregate(
        path,
        context.values,
        context.elements,
        units,
        period=figures.period,
        missing=figures.missing,
    )
    return context, load_workbook(path), path


def few(frame):
    """The first group of indicators is enough, and quick."""
    return frame[frame.iloc[:, 2].str.startswith("I-01")]


def own(frame):
    """Rows of the whole."""
    return frame[frame["unit"] == "467"]


def same(expected, actual):
    """Tell whether both are empty, or both are the number that 16 digits hold."""
    if expected is None or actual is None:
        return expected is actual
    return math.isclose(expected, actual, rel_tol=1e-15)


def test_all_rows_stand_in_one_table_to_filter(made):
    """One row for each figure of the whole, in an Excel table with filters."""
    context, book, _ = made
    sheet = book["Số liệu"]
    rows = len(own(context.values)) + len(own(context.elements))
    (table,) = sheet.tables.values()
    assert f"A1:R{rows + 1}" == table.ref == table.autoFilter.ref
    assert rows + 1 == sheet.max_row


def test_figures_are_numbers_with_names_beside_the_codes(made):
    """Values keep their full precision; units, measures and slices are named in Vietnamese."""
    context, book, _ = made
    rows = list(book["Số liệu"].iter_rows(min_row=2, values_only=True))
    for row, figure in zip(rows, own(context.values).to_dict("records"), strict=False):
        whole = figure["reported"] == figure["expected"]
        defined = figure["partial"] == figure["partial"]
        state = "Chưa đủ" if not whole else "Đủ" if defined else "Không xác định"
        value, partial = row[11:13]
        assert (figure["unit"], figure["measure"]) == (row[0], row[3])
        assert same(figure["value"] if whole and defined else None, value)
        assert same(figure["partial"] if defined else None, partial)
        assert (figure["reported"], figure["expected"]) == row[15:17]
        assert state == row[17]
    assert ("467", "Huyện Đa Krông", "2022-6m", "I-0101.n") in {row[:4] for row in rows}
    assert {"Tất cả", "Nam", "Nữ"} == {row[7] for row in rows}
    assert {"Tất cả", "Thành thị", "Nông thôn"} == {row[10] for row in rows}


def test_overview_and_coverage_follow(made):
    """The table by unit and the sheet on coverage tell the missing commune."""
    _, book, _ = made
    assert book.sheetnames == ["Số liệu", "Theo đơn vị", "Độ phủ"]
    status = [cell.value for cell in book["Theo đơn vị"][5]]
    assert (status[4], status[-1]) == ("Thiếu báo cáo của 1 xã", "Chưa có báo cáo dùng được")


def test_an_existing_file_is_not_overwritten(made):
    """The second aggregation needs `--force`."""
    context, _, path = made
    with pytest.raises(UsageError) as caught:
        write_aggregate(
            path, context.values, context.elements, (context.unit,), period=context.period
        )
    assert ("file_exists", path) == (caught.value.code, caught.value.params["path"])


def test_too_many_rows_are_refused_before_anything_is_written(tmp_path, monkeypatch):
    """More rows than a sheet can hold are not cut off: the user is sent to CSV."""
    monkeypatch.setattr(long_table, "_ROW_LIMIT", 100)
    figures = Figures()
    context = figures.context()
    with pytest.raises(UsageError) as caught:
        write_aggregate(
            tmp_path / "a.xlsx",
            context.values,
            context.elements,
            (figures.unit,),
            period=figures.period,
        )
    assert caught.value.code == "too_many_rows"
    assert list(tmp_path.iterdir()) == []


def test_units_beside_each_other_have_no_whole(tmp_path):
    """A list of units none of which holds the others gets no column of a total."""
    figures = Figures()
    assert figures.unit == whole_of((figures.unit, *figures.communes))
    assert whole_of(figures.communes) is None
    path = write_aggregate(
        tmp_path / "a.xlsx",
        few(figures.values()),
        few(figures.elements()),
        figures.communes,
        period=figures.period,
    )
    book = load_workbook(path)
    sheet = book["Theo đơn vị"]
    told = {row[0] for row in book["Số liệu"].iter_rows(min_row=2, values_only=True)}
    assert {u.code for u in figures.communes} == told
    assert [u.full_name for u in figures.communes] == [cell.value for cell in sheet[3]][4:]
