"""`ctk status`: on given days for the six regimes, from receipts typed by hand."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ctk.ledger.events import Event, EventKind
from ctk.ledger.ledger import Ledger
from ctk.ledger.texts import split_texts
from ctk.ledger.writing import write_whole
from workbooks import DAKRONG, book, consistent

JSON = ("--format", "json")
DAKRONG_6M = ("--unit", "467", "--regime", "dakrong-2022", "--period", "2022-6m")
FINDING = {
    "severity": "error", "sheet": "I.1 Chung", "cell": "D8", "message": "Số âm.", "rule": "V304",
}  # fmt: skip


@pytest.fixture
def archive(tmp_path):
    """The archive of the folder in which commands run."""
    ledger = Ledger(tmp_path / "home" / "ledger")
    with ledger.locked():  # makes the folder
        return ledger.archive


def receive(archive, unit, when, period="2022-6m", **changes):
    """Record a receipt; `when` is a moment in universal time."""
    value = changes.pop("value", 5.0)
    figures = {
        "element": ["I-0101"], "breakdown": ["T"], "value": [value], "absence": [0], "note": [0],
        "sheet": [0], "row": [1], "col": [2], "label_row": [1], "label_col": [0], "raw": [None],
    }  # fmt: skip
    data = {
        "sha256": "0" * 64, "file": f"{unit}.xlsx", "unit": unit, "period": period,
        "reporter": "commune", "form": "ctk-commune", "cut_off": "", "kind": "", "status": "",
        "accepted": True, "reason": "", "rules": "x", "errors": 0, "warnings": 0, "cells": 1,
        "sheets": ["A"], "findings": [], "figures": figures,
    }  # fmt: skip
    moment = datetime.fromisoformat(when).replace(tzinfo=UTC)
    parted, texts = split_texts(data | changes)
    if texts:
        write_whole({archive.texts_path(parted["sha256"], parted["texts"]): texts})
    return archive.add_event(Event(EventKind.RECEIVED, moment, parted))


def mark(archive, kind, target, when):
    """Record what happened to a receipt."""
    moment = datetime.fromisoformat(when).replace(tzinfo=UTC)
    archive.add_event(Event(kind, moment, {"target": target, "why": "x"}))


def status(ctk, *options):
    """The data of one run."""
    answer = ctk("status", *options, *JSON)
    assert answer.code == 0, answer.err
    return answer.json["data"]


def row_of(data, unit):
    """The row of one unit."""
    (row,) = [row for row in data["reporters"] if row["unit"] == unit]
    return row


# Unit, period, day; deadline as printed, last day, days left; number of communes of the unit.
REGIMES = [
    ("dakrong-2022", "467", "2022-6m", "2022-05-20", "trước ngày 25/5", "2022-05-24", 4, 13),
    ("dakrong-2022", "467", "2022-6m", "2022-05-25", "trước ngày 25/5", "2022-05-24", -1, 13),
    ("dakrong-2022", "467", "2022", "2022-11-19", "trước ngày 20/11", "2022-11-19", 0, 13),
    ("haugiang-2022", "93", "2022-6m", "2022-05-01", "trước ngày 15/5", "2022-05-14", 13, 75),
    ("haugiang-2022", "93", "2022", "2022-11-20", "trước ngày 15/11", "2022-11-14", -6, 75),
    ("langson-city-2024", "178", "2024", "2024-11-13", "trước ngày 15/11", "2024-11-14", 1, 8),
    ("kiengiang-2021", "91", "2021-6m", "2021-05-10", "trước ngày 20/5", "2021-05-19", 9, 144),
    ("kiengiang-2021", "91", "2021", "2021-11-30", "trước ngày 15/11", "2021-11-14", -16, 144),
    ("circular-02-2025", "12", "2025", "2026-01-10", "15/01 năm sau", "2026-01-15", 5, 38),
]


@pytest.mark.parametrize(("regime", "unit", "period", "at", "words", "last", "left", "n"), REGIMES)
def test_deadline_and_reporters_on_a_day(ctk, regime, unit, period, at, words, last, left, n):
    """The deadline as printed and counted, and the communes valid at the period's end."""
    options = ("--unit", unit, "--regime", regime, "--period", period, "--at", at)
    data = status(ctk, *options)
    limit = data["deadline"]
    assert (limit["words"], limit["last_day"], limit["days_left"]) == (words, last, left)
    assert (data["summary"]["expected"], len(data["reporters"])) == (n, n)
    late = -left if left < 0 else 0
    assert {row["days_late"] for row in data["reporters"]} == {late}
    assert data["summary"]["late"] == (n if late else 0)


def test_kon_tum_gives_no_date(ctk):
    """Every year, without a date: nobody is late, and on time is not claimed."""
    options = ("--unit", "608", "--regime", "kontum-city-2020", "--at", "2021-06-01")
    answer = ctk("status", *options, "--period", "2020", "--lang", "en")
    assert (answer.code, "no date is given" in answer.out) == (0, True)
    assert "gives no date" in answer.err
    assert "2021-11-01" in answer.err  # the list of units begins there
    data = status(ctk, *options, "--period", "2020")
    assert (data["deadline"], data["asked"], data["summary"]["on_time"]) == (None, True, None)
    assert (data["summary"]["late"], data["summary"]["expected"]) == (0, 21)


def test_a_regime_of_another_unit_is_told(ctk):
    """Deadlines differ between places: those of Hậu Giang are not claimed for Đakrông."""
    options = ("--unit", "467", "--regime", "haugiang-2022", "--period", "2022-6m", "--lang", "en")
    assert "that of UBND tỉnh Hậu Giang" in ctk("status", *options).err
    assert "that of UBND tỉnh Hậu Giang" in ctk("init", "w", *options[:4], "--lang", "en").err
    assert "is that of" not in ctk("status", *DAKRONG_6M, "--lang", "en").err


def test_a_period_that_is_not_asked(ctk):
    """Lạng Sơn asks for no six months: there is no deadline, and that is said."""
    options = ("--unit", "178", "--regime", "langson-city-2024", "--period", "2024-6m")
    assert (status(ctk, *options)["asked"], status(ctk, *options)["deadline"]) == (False, None)
    assert "2024-6m" in ctk("status", *options).err


def test_who_has_sent_in_and_how(ctk, archive):
    """In time by the clock of Vietnam, late, refused, empty, withdrawn, never."""
    receive(archive, "19588", "2022-05-24T16:59:00")
    receive(archive, "19591", "2022-05-24T17:00:00")  # the 25th in Vietnam
    wrong = {"accepted": False, "errors": 1, "findings": [FINDING]}
    receive(archive, "19594", "2022-05-20T02:00:00", **wrong)
    receive(archive, "19555", "2022-05-20T03:00:00", value=0.0)
    gone = receive(archive, "19558", "2022-05-20T03:00:00")
    mark(archive, EventKind.WITHDRAWN, gone, "2022-05-21T03:00:00")
    data = status(ctk, *DAKRONG_6M, "--at", "2022-05-27")
    seen = {
        unit: (row["state"], row["received_on"], row["on_time"], row["days_late"], row["empty"])
        for unit in ("19588", "19591", "19594", "19555", "19558", "19561")
        for row in [row_of(data, unit)]
    }
    assert seen == {
        "19588": ("accepted", "2022-05-24", True, 0, False),
        "19591": ("accepted", "2022-05-25", False, 1, False),
        "19594": ("refused", "2022-05-20", True, 0, False),
        "19555": ("accepted", "2022-05-20", True, 0, True),
        "19558": ("not_yet", None, None, 3, None),
        "19561": ("not_yet", None, None, 3, None),
    }
    assert row_of(data, "19594")["wrong"] == ["I.1 Chung!D8: Số âm."]
    assert data["summary"] == {
        "expected": 13, "received": 4, "on_time": 3, "rate": 4 / 13, "on_time_rate": 3 / 13,
        "non_empty": 3, "accepted": 3, "late": 10, "not_yet": 9,
    }  # fmt: skip


def test_looking_back(ctk, archive):
    """On a day only what had happened by its end counts: receipts, withdrawals, acceptances."""
    first = receive(archive, "19588", "2022-05-20T01:00:00", accepted=False, errors=1)
    mark(archive, EventKind.ACCEPTED, first, "2022-05-22T01:00:00")
    mark(archive, EventKind.WITHDRAWN, first, "2022-05-23T18:00:00")  # the 24th in Vietnam
    states = [
        row_of(status(ctk, *DAKRONG_6M, "--at", f"2022-05-{day}"), "19588")["state"]
        for day in (19, 20, 21, 22, 23, 24)
    ]
    assert states == ["not_yet", "refused", "refused", "accepted", "accepted", "not_yet"]


def test_a_period_of_which_nothing_was_received(ctk, archive):
    """A ledger that holds other periods only tells that everybody is missing."""
    receive(archive, "19588", "2022-05-20T01:00:00")
    data = status(ctk, "--unit", "467", "--regime", "dakrong-2022", "--period", "2021-6m")
    assert (data["summary"]["received"], data["summary"]["expected"]) == (0, 13)


def test_many_files_of_one_commune_are_one_reporter(ctk, archive):
    """Resubmissions, other units, periods and agencies never lift a rate."""
    for hour in range(5):
        receive(archive, "19588", f"2022-05-20T0{hour}:00:00")
    receive(archive, "03388", "2022-05-20T05:00:00")
    receive(archive, "467", "2022-05-20T05:00:00", reporter="front")
    receive(archive, "19591", "2022-05-20T05:00:00", period="2022-12m")
    data = status(ctk, *DAKRONG_6M, "--at", "2022-05-27")
    assert (data["summary"]["received"], data["summary"]["expected"]) == (1, 13)
    assert [row["unit"] for row in data["others"]] == ["03388"]
    assert (data["agencies_summary"]["received"], data["agencies_summary"]["expected"]) == (1, 1)


def test_a_workspace_needs_no_options(ctk, monkeypatch):
    """Unit, regime and year are the workspace's; the period is the next one that is due."""
    ctk("init", "w", "--unit", "467", "--regime", "dakrong-2022", "--year", "2022")
    monkeypatch.chdir("w")
    periods = [
        status(ctk, "--at", day)["period"]
        for day in ("2022-01-02", "2022-05-24", "2022-05-25", "2023-02-01")
    ]
    assert periods == ["2022-6m", "2022-6m", "2022-12m", "2022-12m"]
    assert not Path("ledger").exists()


def test_an_office_with_its_own_regime(ctk):
    """What it covers, how "before" counts and the deadline are the office's."""
    Path("ctk.toml").write_text(
        'unit = "467"\nyear = 2022\n[regime]\nbase = "dakrong-2022"\ncovers = "administrative"\n'
        'before = "same_day"\n',
        encoding="utf-8",
    )
    data = status(ctk, "--period", "6m", "--at", "2022-05-25")
    assert (data["deadline"]["last_day"], data["deadline"]["days_left"]) == ("2022-05-25", 0)
    assert data["covers"] == {"from": "2021-12-15", "to": "2022-06-14", "by": "administrative"}


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--period", "2022-6m"), "status_needs_unit"),
        (("--unit", "467"), "report_needs_period"),
        (("--unit", "467", "--period", "2022-6m", "--regime", "x"), "unknown_regime"),
        (("--unit", "467", "--period", "2022-6m", "--at", "25/5"), "bad_date"),
        (("--unit", "467", "--period", "2026-6m"), "unknown_unit"),
        (("--unit", "19588", "--period", "2022-6m", "--level", "district"), "unit_of_other_level"),
        (("--unit", "467", "--period", "2022-6m", "-o", "x.csv"), "not_xlsx"),
    ],
)
def test_what_cannot_be_told(ctk, options, code):
    """It is a usage error that says what is missing."""
    answer = ctk("status", *options, *JSON)
    assert (answer.code, answer.json["errors"][0]["code"]) == (2, code)


def test_without_a_regime_there_is_no_deadline(ctk, archive):
    """Who has sent in is still told."""
    receive(archive, "19588", "2022-05-24T16:59:00")
    answer = ctk("status", "--unit", "467", "--period", "2022-6m", *JSON)
    data = answer.json["data"]
    assert (data["deadline"], data["summary"]["received"]) == (None, 1)
    assert "ctk regimes list" in answer.err


def test_the_level_may_be_chosen(ctk):
    """The eight districts of Hậu Giang, to whom the document speaks."""
    options = ("--unit", "93", "--regime", "haugiang-2022", "--period", "2022-6m")
    data = status(ctk, *options, "--level", "district")
    assert data["summary"]["expected"] == 8
    assert "--level" in ctk("status", *options).err


def test_csv(ctk, archive):
    """One line a unit, with what is wrong."""
    receive(archive, "19588", "2022-05-24T16:59:00")
    text = ctk("status", *DAKRONG_6M, "--format", "csv").out.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["unit"] for row in rows] == sorted(DAKRONG)
    assert {row["state"] for row in rows} == {"accepted", "not_yet"}


def test_for_a_person(ctk, archive):
    """Those that need action come first, then those that are done."""
    receive(archive, "19555", "2022-05-24T16:59:00")
    lines = ctk("status", *DAKRONG_6M, "--at", "2022-05-27").out.splitlines()
    table = [line for line in lines if line.startswith("19")]
    assert "trước ngày 25/5" in "".join(lines)
    assert (len(table), table[-1][:5]) == (13, "19555")


def test_the_sheet(ctk, archive):
    """Excel: the numbers above, one row a unit, counts as numbers, ready to print."""
    receive(archive, "19591", "2022-05-26T01:00:00", accepted=False, errors=1, findings=[FINDING])
    answer = ctk("status", *DAKRONG_6M, "--at", "2022-05-27", "-o", "t.xlsx", *JSON)
    assert answer.json["data"]["files"] == [{"file": "t.xlsx"}]
    workbook = load_workbook("t.xlsx")
    assert workbook.sheetnames == ["Theo dõi nộp báo cáo"]
    rows = [list(row) for row in workbook.worksheets[0].iter_rows(values_only=True)]
    head = " ".join(str(row[0]) for row in rows[:6])
    for text in ("THEO DÕI NỘP BÁO CÁO", "trước ngày 25/5", "24/05/2022", "Phải nộp 13"):
        assert text in head
    (row,) = [row for row in rows if row[1] == "19591"]
    assert row[2:] == ["Xã A Bung", "có lỗi, chưa tính", "26/05/2022", "trễ", 2, 1, 1, 0,
                       "I.1 Chung!D8: Số âm."]  # fmt: skip
    assert len([row for row in rows if row[3] == "chưa nộp"]) == 13  # 12 communes, 1 agency
    assert workbook.worksheets[0].print_area
    assert ctk("status", *DAKRONG_6M, "-o", "t.xlsx").code == 2


def letters(ctk, at):
    """The letters of a day, by the unit that they are written to."""
    ctk("status", *DAKRONG_6M, "--at", at, "--reminders", "n.txt", "--force")
    text = Path("n.txt").read_text(encoding="utf-8-sig")
    blocks = text.split("-" * 72) if "Kính gửi" in text else []
    return {block.strip().splitlines()[0].removeprefix("Kính gửi: "): block for block in blocks}


def test_reminders(ctk, archive):
    """One letter for each unit that is missing, refused or empty, and none for the others."""
    receive(archive, "19588", "2022-05-24T16:59:00")
    wrong = {"accepted": False, "errors": 1, "findings": [FINDING]}
    receive(archive, "19591", "2022-05-20T01:00:00", **wrong)
    receive(archive, "19594", "2022-05-20T01:00:00", value=None)
    found = letters(ctk, "2022-05-27")
    assert len(found) == 12
    assert "Ủy ban nhân dân xã Tà Rụt" not in found
    missing = found["Ủy ban nhân dân thị trấn Krông Klang"]
    for text in ("trước ngày 25/5", "24/05/2022", "27/05/2022", "quá hạn 03 ngày", "Trân trọng"):
        assert text in missing
    faulty = found["Ủy ban nhân dân xã A Bung"]
    assert "19591.xlsx" in faulty
    assert "- I.1 Chung!D8: Số âm." in faulty
    assert "bằng 0" in found["Ủy ban nhân dân xã A Ngo"]


def test_reminders_before_the_deadline(ctk):
    """Nobody is told to be late; they are asked to keep the deadline."""
    found = letters(ctk, "2022-05-20")
    assert len(found) == 13
    assert not any("quá hạn" in block for block in found.values())
    assert all("đúng hạn" in block for block in found.values())


def test_no_reminder_is_needed(ctk, archive):
    """The file says so instead of being empty."""
    for unit in DAKRONG:
        receive(archive, unit, "2022-05-20T01:00:00")
    assert letters(ctk, "2022-05-27") == {}
    assert "Không có đơn vị" in Path("n.txt").read_text(encoding="utf-8-sig")


def test_the_units_are_those_at_the_end_of_what_the_period_covers(ctk):
    """A year that ends after July 2025 is reported by the new communes, its half by the old."""
    old = status(ctk, "--unit", "45", "--period", "2025-6m")["summary"]["expected"]
    new = status(ctk, "--unit", "44", "--period", "2025")["summary"]["expected"]
    assert (old, new) == (119, 78)  # Quảng Trị before, and joined with Quảng Bình


def test_regimes_are_shown_with_all_that_is_not_said(ctk):
    """JSON has every fact, null where the document is silent."""
    rows = ctk("regimes", "list", *JSON).json["data"]["regimes"]
    assert len(rows) == 6
    (kontum,) = ctk("regimes", "show", "kontum-city-2020", *JSON).json["data"]["regimes"]
    assert kontum["deadlines"] == [
        {"period": "12m", "words": None, "day": None, "month": None, "next_year": None}
    ]
    assert (kontum["last_year"], kontum["covers"]) == (None, None)
    assert kontum["answers"] == {
        "ethnic_affairs": ["I-0317"], "commune": ["II-0101", "II-0102", "II-0104"],
    }  # fmt: skip
    shown = ctk("regimes", "show", "dakrong-2022").out
    for text in ("trước ngày 25/5", "12 giờ", "không ghi"):
        assert text in shown
    assert ctk("regimes", "show", "hanoi").code == 2


def test_an_own_regime_is_listed(ctk):
    """The office's regime stands with the built-in ones and can be shown."""
    text = '[regime]\nbase = "dakrong-2022"\nid = "cua-toi"\n'
    Path("ctk.toml").write_text(text, encoding="utf-8")
    rows = ctk("regimes", "list", *JSON).json["data"]["regimes"]
    assert rows[-1]["id"] == "cua-toi"
    assert ctk("regimes", "show", "cua-toi", *JSON).json["data"]["regimes"][0]["id"] == "cua-toi"


def test_what_a_period_covers_is_printed(ctk, tmp_path):
    """The days of the office's regime stand on the blank form, the totals and the report."""
    Path("ctk.toml").write_text(
        'unit = "467"\n[regime]\nbase = "dakrong-2022"\ncovers = "administrative"\n',
        encoding="utf-8",
    )
    path = book(tmp_path / "a.xlsx", consistent(1).rows())
    ctk("template", "--unit", "19588", "--period", "2022-6m", "-o", "blank")
    ctk("aggregate", path, "--level", "district", "-o", "total.xlsx")
    ctk("report", path, "--period", "2022-6m", "-o", "report")
    files = [*Path("blank").iterdir(), Path("total.xlsx"), *Path("report").iterdir()]
    assert len(files) == 3
    for file in files:
        lines = printed(file)
        assert [line for line in lines if "15/12/2021" in line and "14/06/2022" in line], file
        assert not [line for line in lines if "30/06/2022" in line], file


def printed(file):
    """All texts of a workbook."""
    sheets = load_workbook(file).worksheets
    cells = (cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row)
    return [value for value in cells if isinstance(value, str)]
