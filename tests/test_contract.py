"""What other programs rely on: exit codes, the JSON envelope, and the keys of its rows."""

import csv
import io

import pytest

from workbooks import DAKRONG, book, consistent

ENVELOPE = ["ctk", "command", "exit_code", "data", "findings", "errors"]
FINDING = [
    "file", "sheet", "cell", "unit", "period", "element", "dimension", "rule", "severity",
    "message", "value", "suggestion", "cells",
]  # fmt: skip
ERROR = ["file", "code", "title", "hint"]
FILE = [
    "file", "unit", "period", "form", "status", "errors", "warnings", "sha256", "cells",
]  # fmt: skip
FIGURE = [
    "file", "sheet", "cell", "unit", "period", "form", "element", "sex", "age", "ethnicity",
    "value", "raw", "absence",
]  # fmt: skip
VALUE = [
    "unit", "period", "measure", "sex", "age", "ethnicity", "area", "value", "partial",
    "numerator", "denominator", "reported", "expected",
]  # fmt: skip
UNIT = ["code", "name", "type", "level", "parent", "province", "valid_from", "valid_to"]
WRITTEN = ["file", "unit", "form"]
INDICATOR = [
    "id", "appendix", "code", "name_vi", "name_en", "group", "in_force_from", "period",
    "disaggregations", "lead_agency", "measures",
]  # fmt: skip
REPORTER = [
    "unit", "name", "reporter", "state", "received_on", "on_time", "days_late", "empty", "errors",
    "warnings", "file", "wrong",
]  # fmt: skip
REGIME = [
    "id", "authority", "unit", "level", "document", "number", "document_date", "first_year",
    "last_year", "periods", "deadlines", "before", "free_day", "covers", "reports_to",
    "reporters", "units", "agencies", "asked", "elements", "duties", "notes",
]  # fmt: skip
TARGET = [
    "set", "no", "text", "wanted", "operator", "value", "to", "unit", "year", "milestone",
    "measure", "slice", "match", "actual", "partial", "state", "gap", "reported", "expected",
    "baseline_year", "baseline", "typed", "doubt", "due", "shown", "result", "distance", "coverage",
    "note",
]  # fmt: skip
MEASURE = {"id", "kind", "unit", "multiplier", "numerator", "denominator"}

COMMANDS = {
    "template": ("template --unit 19588 --period 2022-6m -o OUT", "files", WRITTEN),
    "validate": ("validate CLEAN", "files", FILE),
    "read": ("read CLEAN", "figures", FIGURE),
    "aggregate": ("aggregate CLEAN --level district", "values", VALUE),
    "report": ("report CLEAN --unit 467 --period 2022-6m -o OUT", "files", WRITTEN),
    "dashboard": ("dashboard CLEAN --unit 467 -o OUT.html", "files", WRITTEN),
    "export": (
        "export CLEAN --level district --to csv -o OUT",
        "files",
        ["file", "table", "rows"],
    ),
    "targets": ("targets CLEAN --unit 467 --period 2022-6m", "targets", TARGET),
    "init": ("init OUT --unit 467 --year 2022", "files", WRITTEN),
    "status": ("status --unit 467 --period 2022-6m", "reporters", REPORTER),
    "regimes list": ("regimes list", "regimes", REGIME),
    "regimes show": ("regimes show dakrong-2022", "regimes", [*REGIME, "answers"]),
    "indicators list": ("indicators list", "indicators", INDICATOR),
    "units list": ("units list --at 2022-10-01 --level province", "units", UNIT),
    "units show": ("units show 467 --at 2022-10-01", "units", UNIT),
    "units find": (
        "units find Tà-Rụt --within 467 --at 2022-10-01",
        "units",
        [*UNIT, "how", "score"],
    ),
}


@pytest.fixture
def files(tmp_path):
    """A clean file, one with an error, one that is no workbook, and an empty output folder."""
    clean = book(tmp_path / "clean.xlsx", consistent("clean").rows())
    rows = consistent("wrong").rows()
    rows["I-0105"][0] += 1
    wrong = book(tmp_path / "wrong.xlsx", rows, code="19591", name=DAKRONG["19591"])
    (tmp_path / "rubbish.xlsx").write_bytes(b"rubbish")
    return {
        "CLEAN": clean, "WRONG": wrong, "RUBBISH": tmp_path / "rubbish.xlsx",
        "OUT": tmp_path / "out", "MISSING": tmp_path / "khong-co.xlsx",
    }  # fmt: skip


def line(text, files):
    """Split a command line and put the paths in."""
    return [files.get(word, word.replace("-Rụt", " Rụt")) for word in text.split()]


@pytest.mark.parametrize("command", COMMANDS)
def test_success(ctk, files, command):
    """Each command prints one document with the keys of the contract, in their order."""
    text, name, keys = COMMANDS[command]
    answer = ctk(*line(text, files), "--format", "json")
    document = answer.json
    assert (answer.code, list(document)) == (0, ENVELOPE)
    assert (1, command, 0, []) == tuple(
        document[k] for k in ("ctk", "command", "exit_code", "errors")
    )
    rows = document["data"][name]
    assert rows
    assert {tuple(keys)} == {tuple(row) for row in rows}


@pytest.mark.parametrize("command", [c for c in COMMANDS if c not in ("template", "report")])
def test_csv(ctk, files, command):
    """CSV has the same columns, and the mark by which Excel takes it for UTF-8."""
    text, _name, keys = COMMANDS[command]
    if command == "validate":
        text, keys = "validate WRONG", FINDING
    answer = ctk(*line(text, files), "--format", "csv")
    assert answer.out.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(answer.out.removeprefix("\ufeff"))))
    assert keys == rows[0]
    assert len(rows) > 1
    assert {len(keys)} == {len(row) for row in rows}


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("validate CLEAN", FINDING),
        ("read MISSING", FIGURE),
        ("aggregate MISSING --level country", VALUE),
        ("units find zzzz --within 467 --at 2022-10-01", [*UNIT, "how", "score"]),
    ],
)
def test_csv_of_nothing_still_has_its_header(ctk, files, text, columns):
    """A table without rows is a table: programs that read it find its columns."""
    answer = ctk(*line(text, files), "--format", "csv")
    assert "\ufeff" + ",".join(columns) + "\n" == answer.out


def test_indicators_and_measures(ctk):
    """84 indicators and 132 measures with the keys of the contract."""
    rows = ctk("indicators", "list", "--format", "json").json["data"]["indicators"]
    measures = [measure for row in rows for measure in row["measures"]]
    assert (len(rows), len(measures)) == (84, 132)
    assert all(set(measure) >= MEASURE for measure in measures)
    by_id = {measure["id"]: measure for measure in measures}
    assert {
        "kind": "rate_percent", "unit": "%", "multiplier": 100,
        "numerator": ["I-0104"], "denominator": ["units.communes"],
    }.items() <= by_id["I-0104.r"].items()  # fmt: skip
    assert (by_id["I-0101.n"]["denominator"], by_id["I-0101.n"]["multiplier"]) == ([], None)
    assert next(r["in_force_from"] for r in rows if r["id"] == "II-0201") == "2022-01-01"


class TestExitCodes:
    """0 done, 1 errors found, 2 wrong usage, 3 something unreadable, 4 a fault of ctk."""

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("validate CLEAN", 0),
            ("validate WRONG", 1),
            ("validate CLEAN WRONG", 1),
            ("validate RUBBISH", 3),
            ("validate MISSING CLEAN", 3),
            ("validate WRONG RUBBISH", 3),
            ("read WRONG", 0),
            ("read RUBBISH CLEAN", 3),
            ("aggregate WRONG --level district", 1),
            ("aggregate RUBBISH CLEAN --level province", 3),
            ("report WRONG --unit 467 --period 2022-6m -o OUT", 1),
            ("validate", 2),
            ("validate --nonsense CLEAN", 2),
            ("validate CLEAN --period never", 2),
            ("validate CLEAN --format xml", 2),
            ("aggregate CLEAN", 2),
            ("aggregate CLEAN --level village", 2),
            ("aggregate CLEAN --level district --period 2026-6m", 2),
            ("aggregate CLEAN --level province --unit 467", 2),
            ("template --unit 467 --period 2026-6m -o OUT", 2),
            ("report CLEAN -o OUT", 2),
            ("units show 99999", 2),
            ("units list --at yesterday", 2),
            ("indicators show I-9999", 2),
            ("rules show V999", 2),
            ("forms show nothing", 2),
            ("nonsense", 2),
            ("", 2),
            ("--help", 0),
            ("validate --help", 0),
            ("validate -h", 0),
            ("--version", 0),
        ],
    )
    def test_code(self, ctk, files, text, code):
        """Each way to end has its own code."""
        assert code == ctk(*line(text, files)).code

    @pytest.mark.parametrize(
        "text",
        [
            "validate WRONG", "validate RUBBISH WRONG", "validate MISSING", "read RUBBISH",
            "validate CLEAN --period never", "aggregate CLEAN --level village",
            "aggregate CLEAN --level district --period 2026-6m", "validate --nonsense",
            "units show 99999", "nonsense",
        ],
    )  # fmt: skip
    def test_document_says_the_same(self, ctk, files, text):
        """Whatever happens there is one document, and its exit code is that of the process."""
        answer = ctk(*line(text, files), "--format", "json")
        document = answer.json
        assert list(document) == ENVELOPE
        assert answer.code == document["exit_code"]
        assert text.split()[0] == document["command"].split()[0]
        assert {tuple(FINDING)} >= {tuple(found) for found in document["findings"]}
        assert {tuple(ERROR)} >= {tuple(error) for error in document["errors"]}
        assert bool(document["errors"]) == (answer.code >= 2)

    def test_fault(self, ctk, files, monkeypatch):
        """A fault of ctk is 4, with a traceback that quotes no cell."""
        cell = f"Nguyễn Văn A, {987000 + 654}"

        def fail(*_, **__):
            raise ZeroDivisionError(cell)

        monkeypatch.setattr("ctk.validate.check.Writer", fail)
        for arguments in ([], ["--format", "json"], ["--format", "csv"]):
            answer = ctk("validate", files["WRONG"], *arguments)
            assert answer.code == 4
            assert "check.py" in answer.err
            assert "ZeroDivisionError" in answer.err
            assert "987654" not in answer.out + answer.err
        document = ctk("validate", files["WRONG"], "--format", "json").json
        assert (document["exit_code"], document["errors"][0]["code"]) == (4, "fault")

    def test_fault_in_a_chain(self, ctk, files, monkeypatch):
        """The error behind an error is not quoted either."""
        cell = str(987000 + 654)

        def fail(*_, **__):
            try:
                raise ValueError(cell)
            except ValueError as error:
                raise RuntimeError(cell) from error

        monkeypatch.setattr("ctk.validate.check.Writer", fail)
        answer = ctk("validate", files["CLEAN"])
        assert answer.code == 4
        assert "987654" not in answer.err

    def test_interrupt(self, ctk, files, monkeypatch):
        """Ctrl+C is neither a finding nor a fault."""

        def stop(*_, **__):
            raise KeyboardInterrupt

        monkeypatch.setattr("ctk.validate.check.Writer", stop)
        assert ctk("validate", files["CLEAN"]).code == 130


class TestUnreadable:
    """One bad input is one error and one finding; the others go on."""

    def test_everywhere(self, ctk, files):
        """It stands in the errors, in the files and in the findings."""
        document = ctk("validate", files["RUBBISH"], files["CLEAN"], files["MISSING"],
                       "--format", "json").json  # fmt: skip
        bad = [str(files["RUBBISH"]), str(files["MISSING"])]
        assert bad == [error["file"] for error in document["errors"]]
        assert [e["code"] for e in document["errors"]] == ["not_a_workbook", "not_found"]
        rows = {row["file"]: row for row in document["data"]["files"]}
        assert {"unreadable"} == {rows[file]["status"] for file in bad}
        assert (rows[str(files["CLEAN"])]["status"], rows[str(files["CLEAN"])]["cells"]) == (
            "ok",
            418,
        )
        told = {f["file"]: f for f in document["findings"] if f["rule"] == "V101"}
        assert set(bad) == set(told)
        assert {(None, None, "error")} == {
            (f["cell"], f["sheet"], f["severity"]) for f in told.values()
        }
        assert all(error["title"] and error["hint"] for error in document["errors"])

    def test_lock_file(self, ctk, files, tmp_path):
        """Excel's lock file is skipped with a remark."""
        (tmp_path / "~$clean.xlsx").write_bytes(b"x")
        answer = ctk("validate", files["CLEAN"], tmp_path / "~$clean.xlsx", "--format", "json")
        assert answer.code == 0
        assert [(f["rule"], f["severity"]) for f in answer.json["findings"]] == [("V102", "info")]

    def test_aggregate_goes_on(self, ctk, files):
        """The readable files are added up all the same."""
        document = ctk("aggregate", files["RUBBISH"], files["CLEAN"], "--level", "district",
                       "--format", "json").json  # fmt: skip
        total = next(r for r in document["data"]["values"] if r["measure"] == "I-0101.n")
        assert (total["reported"], total["expected"]) == (1, 13)


def test_values_of_a_commune(ctk, files):
    """`read` gives the figures typed, `aggregate` their sums; whole numbers are whole."""
    figures = consistent("clean")
    document = ctk("read", files["CLEAN"], "--format", "json").json
    slices = {("T", "T", "T"): 0, ("M", "T", "T"): 1, ("F", "T", "T"): 2, ("T", "U6", "T"): 3,
              ("T", "6-15", "T"): 4, ("T", "T", "minority"): 5}  # fmt: skip
    found = {
        (row["element"], slices[row["sex"], row["age"], row["ethnicity"]]): row["value"]
        for row in document["data"]["figures"]
    }
    assert figures.cells == found
    assert all(type(value) is int for value in found.values())
    assert {"19588"} == {row["unit"] for row in document["data"]["figures"]}


def test_absences(ctk, tmp_path):
    """Each sign keeps its meaning in the answer, with the text as typed."""
    signs = {"I-0103": "-", "I-0102.1": "…", "I-0102.2": "x", "I-0205": None, "I-0206": "12 em"}
    path = book(
        tmp_path / "a.xlsx", {code: [sign] for code, sign in signs.items()} | {"I-0207": [4]}
    )
    rows = ctk("read", path, "--format", "json").json["data"]["figures"]
    assert [(row["value"], row["raw"], row["absence"]) for row in rows] == [
        (0, "-", "nothing_occurred"),
        (None, "…", "not_collected"),
        (None, "x", "not_applicable"),
        (None, "", "blank"),
        (None, "12 em", "unreadable"),
        (4, "4", None),
    ]


def test_streams(ctk, files):
    """Data goes to stdout, remarks and reasons to stderr."""
    answer = ctk("validate", files["RUBBISH"], files["CLEAN"], "--format", "json")
    assert answer.json
    assert "rubbish.xlsx" in answer.err
    answer = ctk("validate", "--format", "json")
    assert answer.out.count("\n") == 1
    assert answer.err
    answer = ctk("units", "show", "99999")
    assert (answer.out, "99999" in answer.err) == ("", True)


def test_json_is_plain_utf8(ctk):
    """Vietnamese stands as it is, on one line."""
    out = ctk("units", "show", "467", "--at", "2022-10-01", "--format", "json").out
    assert "Đa Krông" in out
    assert out.count("\n") == 1
