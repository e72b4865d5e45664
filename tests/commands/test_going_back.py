"""History, diff and what people decide: withdrawing, closing, confirming."""

from pathlib import Path

import pytest

from workbooks import DAKRONG, book, consistent

JSON = ("--format", "json")
PERIOD = ("--period", "2022-6m")
SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
BLANK = SAMPLES / "467-2022-6m-faulty" / "blank_cells.xlsx"  # warnings V301 only


def fit(path, code="19588", seed=1, **more):
    """A commune's workbook without any finding."""
    return book(path, consistent(seed).rows() | more, code=code, name=DAKRONG[code])


def receipts(ctk, unit="467"):
    """All receipts of a unit."""
    return ctk("history", unit, *JSON).json["data"]["receipts"]


def code_of(answer):
    """Exit code and code of the error."""
    return answer.code, answer.json["errors"][0]["code"]


def test_history_tells_what_became_of_each_file(ctk, tmp_path):
    """Replaced, accepted, refused and withdrawn, in the order of arrival, with hash and reason."""
    import hashlib

    paths = [
        fit(tmp_path / "a.xlsx", seed=1),
        fit(tmp_path / "b.xlsx", seed=2),
        fit(tmp_path / "c.xlsx", **{"I-0103": [-1]}),
        fit(tmp_path / "d.xlsx", "19591"),
    ]
    for path in paths:
        ctk("receive", path)
    assert ctk("withdraw", receipts(ctk)[3]["id"], "--why", "gửi nhầm").code == 0
    rows = receipts(ctk)
    assert [row["state"] for row in rows] == ["replaced", "accepted", "refused", "withdrawn"]
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]
    assert [row["sha256"] for row in rows] == hashes
    assert [row["file"] for row in rows] == ["a.xlsx", "b.xlsx", "c.xlsx", "d.xlsx"]
    assert (rows[2]["errors"] > 0, rows[3]["reason"]) == (True, "gửi nhầm")
    assert [row["time"] for row in rows] == sorted(row["time"] for row in rows)
    assert receipts(ctk, "19591") == rows[3:]
    assert ctk("history", "45", "--period", "2022-12m", *JSON).json["data"]["receipts"] == []


def test_history_of_nothing_and_of_no_unit(ctk):
    """An empty ledger has an empty history; a code that never was is a mistake."""
    answer = ctk("history", "467", *JSON)
    assert (answer.code, answer.json["data"]["receipts"]) == (0, [])
    assert code_of(ctk("history", "99999", *JSON)) == (2, "code_never_used")


def test_diff_of_files_and_receipts_is_the_same(ctk, tmp_path):
    """Filled, removed, changed and still missing, each with both cells."""
    rows = {"I-0101": [7, 3, 4], "I-0103": [None], "I-0205": [None], "I-0206": [2]}
    later = {"I-0101": [8, 3, 5], "I-0103": [1], "I-0205": [None], "I-0206": ["…"]}
    a = book(tmp_path / "a.xlsx", rows)
    b = book(tmp_path / "b.xlsx", later)
    data = ctk("diff", a, b, *JSON).json["data"]
    told = {(r["element"], r["sex"]): r for r in data["changes"] if _is_whole(r)}
    kinds = {key: row["kind"] for key, row in told.items() if row["a_cell"] or row["b_cell"]}
    assert kinds["I-0101", "T"] == kinds["I-0101", "F"] == "changed"
    assert ("I-0101", "M") not in kinds
    assert (kinds["I-0103", "T"], kinds["I-0205", "T"]) == ("filled", "still_missing")
    assert kinds["I-0206", "T"] == "removed"
    row = told["I-0101", "T"]
    assert (row["a_sheet"], row["a_cell"], row["a_value"], row["b_value"]) == (
        "Số liệu",
        "D6",
        7,
        8,
    )
    assert told["I-0206", "T"]["b_absence"] == "not_collected"
    for path in (a, b):
        ctk("receive", path, "--accept-with-errors", "few rows are enough here")
    first, second = receipts(ctk)
    stored = ctk("diff", first["sha256"][:12], second["id"], *JSON).json["data"]
    assert stored["changes"] == data["changes"]
    assert stored["counts"] == data["counts"]
    assert ctk("diff", a, second["id"], *JSON).json["data"]["changes"] == data["changes"]
    assert ctk("diff", a, a, *JSON).json["data"]["counts"]["changed"] == 0


def _is_whole(row):
    return row["age"] == row["ethnicity"] == "T"


def test_diff_says_when_the_reports_differ_in_kind(ctk, tmp_path):
    """Two communes can be compared, but that they are two is said."""
    answer = ctk("diff", fit(tmp_path / "a.xlsx"), fit(tmp_path / "b.xlsx", "19591"))
    assert answer.code == 0
    assert "19591" in answer.err


def test_names_of_receipts(ctk, tmp_path):
    """A prefix that fits several lists them; one that fits none, or is too short, says so."""
    for code in ("19588", "19591"):
        ctk("receive", fit(tmp_path / f"{code}.xlsx", code))
    ids = [row["id"] for row in receipts(ctk)]
    year = ids[0][:4]
    answer = ctk("withdraw", year, "--why", "x", *JSON)
    assert code_of(answer) == (2, "ambiguous_receipt")
    assert all(id_[-16:][:8] in answer.json["errors"][0]["hint"] for id_ in ids)
    assert code_of(ctk("withdraw", "zzzz", "--why", "x", *JSON)) == (2, "unknown_receipt")
    assert code_of(ctk("withdraw", ids[0][:2], "--why", "x", *JSON)) == (2, "unknown_receipt")
    assert code_of(ctk("diff", "no such file", ids[0], *JSON)) == (2, "unknown_receipt")


def test_withdrawing_brings_the_earlier_one_back(ctk, tmp_path):
    """What is withdrawn counts no more; the one before it does again, unless it comes again."""
    paths = [fit(tmp_path / "a.xlsx", seed=1), fit(tmp_path / "b.xlsx", seed=2)]
    for path in paths:
        ctk("receive", path)
    last = receipts(ctk)[1]["sha256"]
    assert ctk("withdraw", last, "--why", "sai kỳ").code == 0
    assert [row["state"] for row in receipts(ctk)] == ["accepted", "withdrawn"]
    assert code_of(ctk("withdraw", last, "--why", "x", *JSON)) == (2, "withdrawn_already")
    assert code_of(ctk("withdraw", receipts(ctk)[0]["id"], *JSON)) == (2, "why_needed")
    ctk("receive", paths[1])
    assert [row["state"] for row in receipts(ctk)] == ["replaced", "withdrawn", "accepted"]


def test_a_closed_period_takes_nothing(ctk, tmp_path):
    """Neither a receipt nor a withdrawal, until it is opened again; both are in the history."""
    ctk("receive", fit(tmp_path / "a.xlsx"))
    (row,) = ctk("close", "2022-6m", "--why", "đã ký", *JSON).json["data"]["periods"]
    assert (row["state"], row["changed"]) == ("closed", True)
    (row,) = ctk("close", "2022-6m", *JSON).json["data"]["periods"]
    assert row["changed"] is False
    answer = ctk("receive", fit(tmp_path / "b.xlsx", "19591"), *JSON)
    assert (answer.code, answer.json["data"]["files"][0]["outcome"]) == (1, "closed")
    answer = ctk("receive", tmp_path / "a.xlsx", *JSON)
    assert (answer.code, answer.json["data"]["files"][0]["outcome"]) == (0, "unchanged")
    id_ = receipts(ctk)[0]["id"]
    assert code_of(ctk("withdraw", id_, "--why", "x", *JSON)) == (2, "period_closed")
    assert code_of(ctk("reopen", "2022-6m", *JSON)) == (2, "why_needed")
    assert ctk("reopen", "2022-6m", "--why", "xã gửi bổ sung").code == 0
    answer = ctk("receive", tmp_path / "b.xlsx", *JSON)
    assert answer.json["data"]["files"][0]["outcome"] == "accepted"
    events = ctk("history", "467", *JSON).json["data"]["events"]
    assert [(event["kind"], event["why"]) for event in events] == [
        ("closed", "đã ký"),
        ("reopened", "xã gửi bổ sung"),
    ]


@pytest.fixture
def warned(ctk):
    """A commune whose only finding is a warning on three blank cells, received."""
    ctk("receive", BLANK)
    (row,) = receipts(ctk)
    assert (row["state"], row["warnings"]) == ("accepted", 1)
    return row


def test_a_confirmed_warning_is_printed_with_the_figures(ctk, warned):
    """Who, when and why stand in the report, in the trace and in the history."""
    assert warned["unit"] == "19567"
    why = ("--why", "chưa thống kê", "--by", "Văn phòng")
    (row,) = ctk("confirm", "19567", "v301", *PERIOD, *why, *JSON).json["data"]["confirmed"]
    assert (row["cell"], row["element"], row["why"]) == ("D11", "I-0604", "chưa thống kê")
    (event,) = (p for p in Path("ledger").rglob("*.json") if b'"confirmed"' in p.read_bytes())
    assert row["message"] not in event.read_text(encoding="utf-8")  # it may quote a cell
    (file,) = ctk("report", *PERIOD, "-o", "out", *JSON).json["data"]["files"]
    assert any("chưa thống kê" in text and "Văn phòng" in text for text in _texts(file["file"]))
    trace = ctk("trace", "467", "I-0604.n", *PERIOD, *JSON).json["data"]
    assert [each["why"] for each in trace["confirmed"]] == ["chưa thống kê"]
    standing = ctk("status", "--unit", "467", *PERIOD, *JSON).json["data"]["reporters"]
    (wrong,) = next(row["wrong"] for row in standing if row["unit"] == "19567")
    assert wrong.endswith("[đã xác nhận: chưa thống kê]")
    (event,) = ctk("history", "19567", *JSON).json["data"]["events"]
    assert (event["kind"], event["rule"], event["by"]) == ("confirmed", "V301", "Văn phòng")


def test_a_confirmation_ends_when_the_figure_changes(ctk, warned, tmp_path):
    """A new submission with another figure there is not confirmed; the same figure still is."""
    import openpyxl

    ctk("confirm", warned["unit"], "V301", *PERIOD, "--why", "chưa thống kê")
    for cell, still in (("A1", 1), ("D11", 0)):
        changed = openpyxl.load_workbook(BLANK)
        changed["I.6 Tham gia"][cell].value = 212 if still == 0 else "Ghi chú"
        path = tmp_path / f"{cell}.xlsx"
        changed.save(path)
        ctk("receive", path, "--accept-with-errors", "thử")
        trace = ctk("trace", "19567", "I-0604.n", *PERIOD, *JSON).json["data"]
        assert len(trace["confirmed"]) == still


def test_only_warnings_that_are_there_can_be_confirmed(ctk, warned, tmp_path):
    """Errors, other rules and other cells are refused, with the warnings that there are."""
    why = ("--why", "x", *JSON)
    answer = ctk("confirm", warned["unit"], "V605", *PERIOD, *why)
    assert code_of(answer) == (2, "no_such_warning")
    assert "V301 I.6 Tham gia!D11" in answer.json["errors"][0]["hint"]
    place = ("--sheet", "I.6 Tham gia", "--cell", "d12")
    assert code_of(ctk("confirm", "19567", "V301", *PERIOD, *place, *why))[1] == "no_such_warning"
    assert code_of(ctk("confirm", "19588", "V301", *PERIOD, *why)) == (2, "nothing_received")
    bad = fit(tmp_path / "bad.xlsx", **{"I-0103": [-1]})
    findings = ctk("receive", bad, "--accept-with-errors", "thử", *JSON).json["findings"]
    rule = next(found["rule"] for found in findings if found["severity"] == "error")
    assert code_of(ctk("confirm", "19588", rule, *PERIOD, *why)) == (2, "only_warnings")


def _texts(path):
    import openpyxl

    sheets = openpyxl.load_workbook(path).worksheets
    return {str(value) for sheet in sheets for row in sheet.values for value in row if value}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_all_of_it_can_be_read_by_a_person(ctk, warned, lang):
    """The commands print plain lines in both languages, and no key of the data."""
    lines = [
        ctk("history", "467", "--lang", lang).out,
        ctk("diff", BLANK, warned["id"], "--lang", lang).out,
        ctk("trace", "467", "I-0604.n", *PERIOD, "--lang", lang).out,
        ctk("confirm", "19567", "V301", *PERIOD, "--why", "x", "--lang", lang).out,
        ctk("close", "2022-6m", "--lang", lang).out,
        ctk("reopen", "2022-6m", "--why", "x", "--lang", lang).out,
    ]
    assert all(lines)
    assert not any(key in line for line in lines for key in ("not_received", "still_missing"))
