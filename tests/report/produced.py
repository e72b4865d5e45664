"""Everything that ctk writes, made once for a small district whose figures are not all there."""

import contextlib
import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path

import docx
import openpyxl

from ctk.cli.main import run
from ctk.report.documents import BUILT_IN
from workbooks import book, consistent

PERIOD, BEFORE = "2022-12m", "2021-12m"
DISTRICT, COMMUNE = "462", "19705"
COMMUNES = {
    "19357": "Phường 1",
    "19358": "Phường An Đôn",
    "19360": "Phường 2",
    "19361": "Phường 3",
    "19705": "Xã Hải Lệ",
}
NOT_COLLECTED = {
    (PERIOD, "19358"): ("I-0303", "602.02", "II-0102"),
    (PERIOD, "19705"): ("I-0208", "603.05", "605.03", "I-0204.1m"),
    (BEFORE, "19360"): ("I-0319",),
}
"""Elements for which a commune typed "…": what happened was not collected."""

JUMPS = {(BEFORE, "19358"): ("II-0101", "I-0208")}
"""Elements that a commune typed ten times as large as they were."""

FORMULAS = ('=HYPERLINK("http://example.org","x")', "+cmd|' /C calc'!A0", "@SUM(1+1)", "-1+1")
MARKUP = "<script>alert(1)</script>"
"""With the formulas: texts that a spreadsheet or a browser could take for something to run."""

SETTINGS = {
    "superior": FORMULAS[0],
    "agency": FORMULAS[2],
    "receiver": MARKUP,
    "place": FORMULAS[1],
    "prepared_by": FORMULAS[3],
    "checked_by": FORMULAS[0],
    "signatory_title": FORMULAS[1],
    "signatory_name": FORMULAS[2],
}
OWN_IDS = ("I-0101.n", "I-0301.r", "II-0101.n", "I-0303", "I-0208.r", "603.05.r")
JSON = ("--format", "json")


@dataclass(frozen=True)
class Produced:
    """What was written, and what `ctk aggregate` says.

    Args:
        home: The workspace.
        now: Rows of `ctk aggregate`, see `figures_of`.
        before: The same of the year before.
        files: Files by document and unit; `separate`, `aggregate`, `export` and `dashboard` too.
    """

    home: Path
    now: dict
    before: dict
    files: dict


def command(*arguments):
    """Run a command line in this process and give its code and what it prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = run([str(argument) for argument in arguments])
    return code, out.getvalue()


def told(*arguments):
    """The data of a command that must do its work."""
    code, out = command(*arguments, *JSON)
    assert code in (0, 1), out
    return json.loads(out)["data"]


def figures_of(period):
    """Rows of `ctk aggregate` at both levels: {(unit, id, sex, age, ethnicity, area): row}."""
    found = {}
    for level in ("district", "commune"):
        data = told("aggregate", "--level", level, "--period", period)
        for table in ("values", "elements", "form_rates"):
            for row in data[table]:
                id_ = row.get("measure") or row["element"]
                slice_ = (row["sex"], row["age"], row["ethnicity"], row["area"])
                found[row["unit"], id_, *slice_] = row
    return found


def produce(home):
    """Make a workspace with two years in its ledger, and write everything that there is."""
    home.mkdir()
    with contextlib.chdir(home):
        _workspace(home)
        _receive()
        forms = [*(document.id for document in BUILT_IN), "sheet", "letter"]
        apart = _report(DISTRICT, ["TT13"], "separate", "--separate")
        files = {("separate", DISTRICT): [file for _, file in apart]}
        for unit in (DISTRICT, COMMUNE):
            for form, file in _report(unit, forms, f"out {unit}"):
                files.setdefault((form, unit), []).append(file)
            files["dashboard", unit] = _dashboard(unit)
        files["aggregate"], files["export"] = _tables()
        return Produced(home, figures_of(PERIOD), figures_of(BEFORE), files)


def _workspace(home):
    office = "\n".join(f"{key} = '''{text}'''" for key, text in SETTINGS.items())
    text = f'ctk = 1\nunit = "{DISTRICT}"\nyear = 2022\n[office]\n{office}\n'
    (home / "ctk.toml").write_text(text, "utf-8")
    (home / "templates").mkdir()
    _own_sheet(home / "templates" / "sheet.xlsx")
    _own_letter(home / "templates" / "letter.docx")


def _own_sheet(path):
    made = openpyxl.Workbook()
    made.active.append(["{{ unit.full_name }}", "{{ office.agency }}", "{{ office.receiver }}"])
    for id_ in OWN_IDS:
        made.active.append([id_, f'{{{{ value("{id_}") }}}}', f'{{{{ value("{id_}") }}}} (số)'])
    made.save(path)


def _own_letter(path):
    made = docx.Document()
    made.add_paragraph("{{ office.agency }} {{ office.receiver }}")
    for id_ in OWN_IDS:
        made.add_paragraph(f'{id_}: {{{{ value("{id_}") }}}}')
    made.save(path)


def _receive():
    Path("in").mkdir()
    for period in (BEFORE, PERIOD):
        for code, name in COMMUNES.items():
            rows = consistent(f"{code} {period}", period).rows()
            for element in NOT_COLLECTED.get((period, code), ()):
                rows[element] = ["…" if cell is not None else None for cell in rows[element]]
            for element in JUMPS.get((period, code), ()):
                rows[element] = [cell and 10 * cell for cell in rows[element]]
            covered = {"Ngày chốt số liệu": FORMULAS[1], "Tính chất số liệu": MARKUP}
            book(f"in/{code} {period}.xlsx", rows, code=code, name=name, period=period, **covered)
    told("receive", "in", "--accept-with-errors", FORMULAS[0])
    for code, rule, why in (("19705", "V302", FORMULAS[1]), ("19358", "V605", MARKUP)):
        told("confirm", code, rule, "--period", PERIOD, "--why", why, "--by", FORMULAS[2])


def _report(unit, forms, folder, *more):
    named = [part for form in forms for part in ("--form", form)]
    data = told("report", "--period", PERIOD, "--unit", unit, *named, "-o", folder, *more)
    return [(row["form"], Path(row["file"]).absolute()) for row in data["files"]]


def _dashboard(unit):
    data = told("dashboard", "--period", PERIOD, "--unit", unit, "-o", f"{unit}.html")
    return [Path(data["files"][0]["file"]).absolute()]


def _tables():
    levels = ("--level", "district", "--level", "commune", "--period", PERIOD)
    exported = {}
    for kind in ("csv", "parquet", "sdmx"):
        data = told("export", *levels, "--to", kind, "-o", kind)
        exported[kind] = [Path(row["file"]).absolute() for row in data["files"]]
    aggregated = []
    for name in ("all.xlsx", "all.csv", "all.parquet"):
        told("aggregate", "--level", "district", "--period", PERIOD, "-o", name)
        aggregated.append(Path(name).absolute())
    return aggregated, exported


def csv_rows(path):
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
