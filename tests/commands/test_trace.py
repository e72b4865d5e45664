"""Tracing: the terms and cells of a figure add up to it; it is printed where the trace says."""

from pathlib import Path

import openpyxl
import pytest

from ctk.aggregate.grouping import add_up
from ctk.aggregate.tracing import Tracer
from ctk.commands.aggregate import records
from ctk.commands.loading import Request
from ctk.commands.report import make_context
from ctk.commands.sources import Material
from ctk.commands.trace import Wanted, cell_rows
from ctk.periods import parse_period
from ctk.report.appendices import printed_figures, write_appendices
from ctk.text.numbers import round_half_up
from ctk.units.lookup import find_unit
from ctk.workbook.addresses import a1
from workbooks import DAKRONG, batch_of, book

JSON = ("--format", "json")
SAMPLE = Path(__file__).resolve().parents[2] / "data" / "samples" / "467-2022-6m"
PERIOD = parse_period("2022-6m")
DISTRICT = find_unit("467", PERIOD.end)


def trace(ctk, *arguments):
    """Trace a figure of files and give the data."""
    answer = ctk("trace", *arguments, "--period", "2022-6m", *JSON)
    assert answer.code == 0, answer.err
    return answer.json["data"]


def commune(folder, code, rows):
    """A commune's workbook."""
    return book(folder / f"{code}.xlsx", rows, code=code, name=DAKRONG[code])


def test_every_printed_figure_of_the_sample_report_adds_up(tmp_path):
    """Each number in the workbook is found, and the cells of its trace make that number."""
    material = Material(batch_of(*sorted(SAMPLE.glob("*.xlsx"))), ())
    context = make_context(material, Request([]), DISTRICT, PERIOD)
    (written,) = write_appendices(context, tmp_path)
    _, printed = printed_figures(context)
    book_ = openpyxl.load_workbook(written["file"])
    numbers = {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book_.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, (int, float))
    }
    places = {(each.sheet, a1(each.row, each.col)): each for each in printed}
    # The sheet on coverage counts, besides, how many figures each commune has given.
    others = {sheet for sheet, _ in set(numbers) - set(places)}
    assert others <= {"Độ phủ"}
    assert len(places) > 3500
    tracers = {}
    for place, each in places.items():
        unit = find_unit(each.unit, PERIOD.end)
        if unit.code not in tracers:
            tracers[unit.code] = Tracer(material.batch, PERIOD, unit, None)
        assert numbers[place] == _by_its_cells(material, tracers[unit.code], each), place


def _by_its_cells(material, tracer, printed):
    """Compute a figure from the values of its cells alone, as it is printed."""
    sex, age, ethnicity, area = printed.slice
    slices = [(b.sex, b.age, b.ethnicity) for b in material.batch.catalogue.breakdowns]
    traced = tracer.trace(printed.key, slices.index((sex, age, ethnicity)), area)
    wanted = Wanted(printed.key, sex, age, ethnicity, area)
    rows = [row for row in cell_rows(material, traced, wanted) if row["counted"]]
    top, bottom = (
        sum(row["value"] for row in rows if row["side"] == side)
        for side in ("numerator", "denominator")
    )
    if not traced.is_rate:
        return round_half_up(top, 0)
    return round_half_up(top * traced.multiplier / bottom, 2)


@pytest.mark.parametrize("area", ["T", "urban", "rural"])
def test_trace_and_aggregate_agree(area):
    """Every measure and element of the district has the value and coverage that adding up gives."""
    batch = batch_of(*sorted(SAMPLE.glob("*.xlsx")))
    totals = add_up(batch, PERIOD, (DISTRICT,), None)
    tracer = Tracer(batch, PERIOD, DISTRICT, None)
    slices = [(b.sex, b.age, b.ethnicity) for b in batch.catalogue.breakdowns]
    rows = [*records(totals.values), *records(totals.elements)]
    mine = [row for row in rows if row["area"] == area]
    assert len(mine) > 200
    for row in mine:
        id_ = row.get("measure") or row["element"]
        place = slices.index((row["sex"], row["age"], row["ethnicity"]))
        traced = tracer.trace(id_, place, area)
        assert (traced.reported, traced.expected) == (row["reported"], row["expected"]), id_
        assert traced.value == row["value"], id_
        if traced.is_rate:
            assert traced.numerator == row["numerator"], id_
            assert traced.denominator == row["denominator"], id_


def test_a_cell_leads_to_file_sheet_and_hash(ctk, tmp_path):
    """The one cell of a count is where it was typed, with its text and the file's SHA-256."""
    import hashlib

    path = commune(tmp_path, "19588", {"I-0101": [" 125 "]})
    data = trace(ctk, "19588", "I-0101.n", path)
    (cell,) = data["cells"]
    assert (cell["sheet"], cell["cell"], cell["value"]) == ("Số liệu", "D6", 125)
    assert cell["raw"].strip() == "125"
    assert cell["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_what_is_missing_is_told_with_its_reason(ctk, tmp_path):
    """A commune without a file, one with a blank and one whose row was deleted."""
    paths = [
        commune(tmp_path, "19588", {"I-0101": [7], "I-0103": [1]}),
        commune(tmp_path, "19591", {"I-0101": [None]}),
        commune(tmp_path, "19594", {"I-0103": [5]}),
    ]
    data = trace(ctk, "467", "I-0101.n", *paths)
    states = {term["unit"]: term["state"] for term in data["terms"]}
    assert (states["19588"], states["19591"], states["19585"]) == (
        "counted",
        "missing",
        "not_received",
    )
    assert states["19594"] in ("missing", "not_asked")
    figure = data["figure"]
    assert (figure["value"], figure["partial"]) == (None, 7)
    assert (figure["reported"], figure["expected"]) == (1, 13)
    lacking = {term["unit"]: term["lacking"] for term in data["terms"]}
    assert lacking["19591"] == [{"element": "I-0101", "absence": "blank"}]
    assert lacking["19594"] == [{"element": "I-0101", "absence": "no_cell"}]


def test_the_trace_of_the_ledger_names_the_receipt(ctk, tmp_path):
    """Cells lead to the receipt, whose id withdraw and diff take."""
    path = commune(tmp_path, "19588", {"I-0101": [7]})
    ctk("receive", path, "--accept-with-errors", "one row is enough here")
    (receipt,) = ctk("history", "19588", *JSON).json["data"]["receipts"]
    (cell,) = trace(ctk, "19588", "I-0101.n")["cells"]
    assert cell["receipt"] == receipt["id"]


def test_the_printed_place_holds_the_figure(ctk):
    """The cell named by the trace holds the number in the report that ctk writes."""
    data = trace(ctk, "467", "I-0301.r", SAMPLE)
    ctk("report", "--period", "2022-6m", "-o", "out", SAMPLE)
    mine = [row for row in data["printed"] if row["report_of"] == "467"]
    book_ = openpyxl.load_workbook(Path("out") / mine[0]["file"])
    assert len(mine) == 2  # the appendix, and the district's column beside its communes
    for row in mine:
        assert book_[row["sheet"]][row["cell"]].value == row["value"] == 2.4


def test_csv_has_one_row_a_cell(ctk):
    """A rate of 13 communes has 26 cells."""
    answer = ctk("trace", "467", "I-0301.r", SAMPLE, "--period", "2022-6m", "--format", "csv")
    assert len(answer.out.strip().splitlines()) == 1 + 26


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("467", "I-0301.x"), "unknown_measure"),
        (("467", "I-0301.n", "--sex", "X"), "unknown_slice"),
        (("467", "I-0401.r"), "figure_not_asked"),
        (("99999", "I-0301.n"), "unknown_unit"),
    ],
)
def test_what_cannot_be_traced_is_explained(ctk, arguments, code):
    """Exit code 2, and a hint."""
    answer = ctk("trace", *arguments, SAMPLE, "--period", "2022-6m", *JSON)
    assert (answer.code, answer.json["errors"][0]["code"]) == (2, code)
