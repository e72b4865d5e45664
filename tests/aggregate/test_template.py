"""From the blank workbook, filled in by another program, to the totals."""

import random
import shutil

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregate.by_hand import totals
from aggregate.test_totals import URBAN, equal, rolled
from ctk.commands.template import run as make_templates
from workbooks import DAKRONG, TITLES, consistent, findings_of

PERIODS = ["2022-6m", "2022"]


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    """Blank workbooks by period and commune."""
    folder = tmp_path_factory.mktemp("blank")
    found = {}
    for period in PERIODS:
        for row in make_templates("467", period, folder / period).data["files"]:
            found[period, row["unit"]] = row["file"]
    return found


def fill(source, target, figures):
    """Type figures into a blank workbook, found by the words on its sheets alone."""
    edited = openpyxl.load_workbook(source)
    typed = set()
    for sheet in edited.worksheets:
        head = next(
            (cell for row in sheet.iter_rows() for cell in row if cell.value == "Mã số"), None
        )
        if head is None:
            continue
        columns = {cell.value: cell.column for cell in sheet[head.row]}
        for row in range(head.row + 1, sheet.max_row + 1):
            code = sheet.cell(row, head.column).value
            for i, title in enumerate(TITLES):
                if (code, i) in figures.cells:
                    sheet.cell(row, columns[title]).value = figures.cells[code, i]
                    typed.add((code, i))
    assert set(figures.cells) == typed
    edited.save(target)
    return target


@given(seed=st.integers(0, 10**9), period=st.sampled_from(PERIODS))
@settings(max_examples=3)
def test_filled_templates(tmp_path_factory, blank, seed, period):
    """Random consistent figures typed into blank workbooks: no finding, and totals as by hand."""
    rng = random.Random(seed)  # noqa: S311
    communes = {code: consistent(rng.random(), period) for code in rng.sample(sorted(DAKRONG), 2)}
    folder = tmp_path_factory.mktemp("filled")
    paths = [fill(blank[period, c], folder / f"{c}.xlsx", f) for c, f in communes.items()]
    assert [(f.rule, f.message) for f in findings_of(*paths)] == []
    expected = totals({c: f.cells for c, f in communes.items()}, URBAN, period)
    equal(expected, rolled(paths, period))


def data_sheets(book):
    """The sheets that hold tables."""
    return [sheet for sheet in book.worksheets if sheet.title != "Bìa"]


def insert_rows(book, rng):
    """Empty rows between the others."""
    for sheet in data_sheets(book):
        for _ in range(3):
            sheet.insert_rows(rng.randint(1, sheet.max_row))


def insert_columns(book, rng):
    """Empty columns between the others, on the cover too."""
    for sheet in book.worksheets:
        sheet.insert_cols(rng.randint(1, 5))


def move_tables(book, rng):
    """Everything on a sheet further down and to the right."""
    for sheet in book.worksheets:
        sheet.insert_rows(1, rng.randint(1, 12))
        sheet.insert_cols(1, rng.randint(1, 4))


def rename_sheets(book, rng):
    """Names of sheets that say nothing, in another order."""
    for i, sheet in enumerate(book.worksheets):
        sheet.title = f"Trang tính {i}"
    rng.shuffle(book._sheets)


def add_notes(book, rng):
    """Notes beside and below the tables, and a sheet of remarks."""
    for sheet in data_sheets(book):
        sheet.cell(rng.randint(1, 5), 20).value = "Ghi chú: số liệu sơ bộ"
        sheet.cell(sheet.max_row + 2, 1).value = "Người lập biểu"
        sheet.cell(sheet.max_row + 1, 5).value = "không có"
    book.create_sheet("Thuyết minh")["A1"] = "Tăng do mưa lũ; 12 em"


def shuffle_rows(book, rng):
    """The rows of each table in another order."""
    for sheet in data_sheets(book):
        head = next(c for row in sheet.iter_rows() for c in row if c.value == "Mã số")
        rows = [
            r for r in range(head.row + 2, sheet.max_row + 1) if sheet.cell(r, head.column).value
        ]
        for ranged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(ranged))
        contents = [[sheet.cell(r, c).value for c in range(1, 11)] for r in rows]
        rng.shuffle(contents)
        for r, content in zip(rows, contents, strict=True):
            for c, value in enumerate(content, 1):
                sheet.cell(r, c).value = value


CHANGES = [insert_rows, insert_columns, move_tables, rename_sheets, add_notes, shuffle_rows]


@pytest.fixture(scope="module")
def filled(tmp_path_factory, blank):
    """One filled workbook and the totals of its commune."""
    figures = consistent("filled")
    for key in list(figures.cells)[::17]:  # a few signs among the figures
        figures.cells[key] = "…"
    path = tmp_path_factory.mktemp("one") / "19588.xlsx"
    fill(blank["2022-6m", "19588"], path, figures)
    return path, figures


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_changed_workbook(tmp_path, filled, change):
    """What people do to a form's shape does not change a figure."""
    source, figures = filled
    path = tmp_path / "19588.xlsx"
    shutil.copy(source, path)
    edited = openpyxl.load_workbook(path)
    change(edited, random.Random(7))  # noqa: S311
    edited.save(path)
    equal(totals({"19588": figures.cells}, {"19588": False}), rolled([path], unit="19588"))
    allowed = {"V302", "V212"}  # the signs that were typed; the sheet of remarks
    assert {f.rule for f in findings_of(path)} <= allowed


def test_all_changes_at_once(tmp_path, filled):
    """All of these together still leave every figure in its place."""
    source, figures = filled
    edited = openpyxl.load_workbook(source)
    rng = random.Random(11)  # noqa: S311
    for change in (
        shuffle_rows,
        insert_rows,
        insert_columns,
        move_tables,
        add_notes,
        rename_sheets,
    ):
        if change is rename_sheets:
            edited["Bìa"]["Z1"] = "bìa"
        change(edited, rng)
    edited.save(tmp_path / "a.xlsx")
    equal(
        totals({"19588": figures.cells}, {"19588": False}),
        rolled([tmp_path / "a.xlsx"], unit="19588"),
    )


def test_blank_template(blank):
    """A blank workbook sent back as it was has only warnings, and adds nothing."""
    path = blank["2022-6m", "19588"]
    assert {"V316"} == {f.rule for f in findings_of(path)}
    found = rolled([path], unit="19588")
    assert {(0, 1)} == {row[4:] for row in found.values()}


def test_ticked_template(tmp_path, blank):
    """A section whose box is ticked reports zeros; the other sections stay blank."""
    edited = openpyxl.load_workbook(blank["2022-6m", "19588"])
    sheet = edited["II.2 Xử lý VPHC"]
    label = next(c for row in sheet.iter_rows() for c in row if c.value == "Không phát sinh")
    sheet.cell(label.row, label.column + 1).value = "x"
    edited.save(tmp_path / "a.xlsx")
    found = rolled([tmp_path / "a.xlsx"], unit="19588")
    assert found["II-0201.n", "T", "T", "T", "T"] == (0, None, None, None, 1, 1)
    assert found["II-0101.n", "T", "T", "T", "T"][4:] == (0, 1)
