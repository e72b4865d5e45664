"""Adding up and reporting from the ledger: the same totals as from the files themselves."""

import json
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctk.aggregate.grouping import add_up
from ctk.commands import receive as module
from ctk.commands.aggregate import records
from ctk.commands.earlier import earlier_of
from ctk.commands.loading import Request
from ctk.commands.sources import FromLedger
from ctk.ledger.ledger import Ledger
from ctk.periods import parse_period
from ctk.units.lookup import find_unit
from workbooks import DAKRONG, batch_of, book, consistent

JSON = ("--format", "json")
SAMPLE = Path(__file__).resolve().parents[2] / "data" / "samples" / "467-2022-6m"
LEVEL = ("aggregate", "--level", "district", "--period", "2022-6m", *JSON)
TOTAL = {"measure": "I-0101.n", "sex": "T", "age": "T", "ethnicity": "T", "area": "T"}


def commune(folder, code, children, name="", **covered):
    """A commune's workbook with one row."""
    path = folder / f"{name or code}.xlsx"
    return book(path, {"I-0101": [children]}, code=code, name=DAKRONG[code], **covered)


def take(ctk, *paths):
    """Receive files although other rows of the form are not in them."""
    ctk("receive", *paths, "--accept-with-errors", "one row is enough here")


def total(answer):
    """The row of all children."""
    rows = answer.json["data"]["values"]
    (row,) = (row for row in rows if row.items() >= TOTAL.items())
    return row


def test_the_ledger_gives_the_totals_of_the_files(ctk):
    """All values, elements and units of the sample district, and the same report."""
    ctk("receive", SAMPLE)
    stored, read = ctk(*LEVEL), ctk(*LEVEL[:5], SAMPLE, *JSON)
    assert stored.code == read.code == 0
    assert stored.json["data"] == read.json["data"]
    ctk("report", "--period", "2022-6m", "-o", "stored")
    ctk("report", "--period", "2022-6m", "-o", "read", SAMPLE)
    stored, read = _cells("stored"), _cells("read")
    told, not_told = stored.pop("Theo dõi nộp báo cáo"), read.pop("Theo dõi nộp báo cáo")
    assert stored == read
    # Only the ledger knows when each report was received.
    days = [[row[4] for row in rows if row[1] in DAKRONG] for rows in (told, not_told)]
    assert (len(set(days[0])), days[1]) == (1, [None] * 13)
    assert None not in days[0]


def _cells(folder):
    (path,) = Path(folder).glob("*.xlsx")
    sheets = openpyxl.load_workbook(path).worksheets
    return {sheet.title: list(sheet.values) for sheet in sheets}


def test_nothing_received_says_what_to_do(ctk):
    """An empty ledger is no total: usage error, with both ways out."""
    answer = ctk(*LEVEL)
    (error,) = answer.json["errors"]
    assert (answer.code, error["code"]) == (2, "ledger_has_nothing")
    assert "ctk receive" in error["hint"]


def test_what_is_refused_never_counts(ctk, tmp_path):
    """A file with an error is no part of a total until a reason accepts it."""
    good = book(tmp_path / "good.xlsx", consistent(1).rows())
    bad = commune(tmp_path, "19591", -3)
    ctk("receive", good, bad)
    assert total(ctk(*LEVEL))["reported"] == 1


def test_a_replaced_submission_leaves_no_trace(ctk, tmp_path):
    """Only the later figures are in the total; the earlier file is still there to be read."""
    first, later = commune(tmp_path, "19588", 7), commune(tmp_path, "19588", 9, "later")
    take(ctk, first)
    take(ctk, later)
    assert total(ctk(*LEVEL))["partial"] == 9
    receipts = ctk("history", "19588", *JSON).json["data"]["receipts"]
    assert [row["state"] for row in receipts] == ["replaced", "accepted"]
    archive = Ledger(Path("ledger")).archive
    assert archive.read_file(receipts[0]["sha256"]) == first.read_bytes()


def test_periods_never_add(ctk, tmp_path):
    """Six and twelve months of a commune stand apart."""
    take(ctk, commune(tmp_path, "19588", 70))
    take(ctk, commune(tmp_path, "19588", 71, "year", period="2022-12m"))
    assert total(ctk(*LEVEL))["partial"] == 70
    rows = ctk("aggregate", "--level", "commune", *JSON).json["data"]["values"]
    sums = {(row["period"], row["value"]) for row in rows if row.items() >= TOTAL.items()}
    assert sums == {("2022-6m", 70), ("2022-12m", 71)}


def test_preliminary_and_official_are_kept_apart(ctk, tmp_path):
    """The official report goes before the preliminary one, whatever came later."""
    official = {"Tính chất số liệu": "Chính thức"}
    early = {"Tính chất số liệu": "Sơ bộ"}
    take(ctk, commune(tmp_path, "19588", 7, "b", **official))
    take(ctk, commune(tmp_path, "19588", 5, "a", **early))
    take(ctk, commune(tmp_path, "19591", 3, "c", **early))
    sums = [
        total(ctk(*LEVEL, *option))["partial"]
        for option in ([], ["--status", "official"], ["--status", "preliminary"])
    ]
    assert sums == [10, 7, 8]
    states = {row["state"] for row in ctk("history", "467", *JSON).json["data"]["receipts"]}
    assert states == {"accepted"}


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ({"Tính chất số liệu": "Sơ bộ"}, {"Tính chất số liệu": "Chính thức"}, "mixed_status"),
        ({"Loại số liệu": "Ước tính"}, {"Loại số liệu": "Thực tế"}, "mixed_kind"),
        (
            {"Ngày chốt số liệu": "15/05/2022"},
            {"Ngày chốt số liệu": "20/05/2022"},
            "mixed_cut_off",
        ),
    ],
)
def test_a_total_tells_what_it_mixes(ctk, tmp_path, one, other, code):
    """The warning stands in the JSON, in the Excel file of totals and in the report."""
    take(ctk, commune(tmp_path, "19588", 7, **one), commune(tmp_path, "19591", 3, **other))
    answer = ctk(*LEVEL, "-o", "sum.xlsx")
    (warning,) = answer.json["data"]["warnings"]
    assert (warning["unit"], warning["period"], warning["code"]) == ("467", "2022-6m", code)
    assert warning["message"] in _texts("sum.xlsx")
    report = ctk("report", "--period", "2022-6m", "-o", "out", *JSON)
    assert any(
        warning["message"] in text for text in _texts(report.json["data"]["files"][0]["file"])
    )


def test_nothing_is_said_where_nothing_is_mixed(ctk):
    """The sample district's communes state the same: no warning."""
    assert ctk(*LEVEL[:5], SAMPLE, *JSON).json["data"]["warnings"] == []


def _texts(path):
    sheets = openpyxl.load_workbook(path).worksheets
    return {str(value) for sheet in sheets for row in sheet.values for value in row if value}


def test_one_day_written_in_two_ways_is_one_day(ctk, tmp_path):
    """15/5/2022 and 2022-05-15 are the same cut-off."""
    days = ("15/5/2022", "2022-05-15")
    pairs = zip(("19588", "19591"), days, strict=True)
    paths = [commune(tmp_path, code, 7, **{"Ngày chốt số liệu": day}) for code, day in pairs]
    take(ctk, *paths)
    assert ctk(*LEVEL).json["data"]["warnings"] == []


def test_status_is_for_the_ledger(ctk):
    """Files are taken as given; asking for a status of them is refused."""
    answer = ctk(*LEVEL, "--status", "official", SAMPLE)
    assert (answer.code, answer.json["errors"][0]["code"]) == (2, "status_needs_ledger")


class _Given:
    """A reading whose files have been read already."""

    def __init__(self, paths):
        self.request = Request(paths, period="2022-6m")
        self.inputs = None
        self.expected = parse_period("2022-6m")


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """Three communes' files, and the totals of reading them."""
    folder = tmp_path_factory.mktemp("three")
    paths = [commune(folder, code, n) for code, n in (("19588", 7), ("19591", 3), ("19594", 5))]
    return paths, _sum(batch_of(*paths))


def _sum(batch):
    period = parse_period("2022-6m")
    totals = add_up(batch, period, (find_unit("467", period.end),), None)
    return json.dumps([records(totals.values), records(totals.elements)])


@settings(max_examples=12)
@given(order=st.lists(st.sampled_from(range(3)), max_size=6), last=st.permutations(range(3)))
def test_order_and_repetition_do_not_matter(three, tmp_path_factory, order, last):
    """However often and in whatever order files are received, the totals are those of the files."""
    paths, expected = three
    ledger = Ledger(tmp_path_factory.mktemp("ledger") / "ledger")
    load = module.load_batch
    try:
        module.load_batch = lambda reading: batch_of(*reading.request.paths)
        for i in (*order, *last):
            module.run(_Given([paths[i]]), ledger, reason="one row is enough here")
    finally:
        module.load_batch = load
    material = FromLedger(Request([], period="2022-6m"), ledger).material()
    assert earlier_of(ledger, material.batch) is None
    assert _sum(material.batch) == expected
