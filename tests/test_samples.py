"""The samples: clean ones are clean, faulty ones fail as named, totals are sums of their cells."""

import csv
import json
import shutil
import subprocess
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from builders import COLUMNS, typed
from ctk.indicators import COMMUNES, load_catalogue
from workbooks import FORM_601_TITLES

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "data" / "samples"
CLEAN = SAMPLES / "467-2022-6m"
FAULTY = SAMPLES / "467-2022-6m-faulty"
PRESENT_DAY = SAMPLES / "12-2026-6m"
OFFICIAL = SAMPLES / "601-602-2024"
TOWN = "19555"
PROGRAM = shutil.which("ctk", path=Path(sys.executable).parent)
CATALOGUE = load_catalogue()
OFFICIAL_ELEMENTS = ("I-0101", "I-0301", *(f"602.{number:02}" for number in range(1, 15)))
OFFICIAL_LINES = {
    100: ("T", "T", "T"),
    110: ("F", "T", "T"),
    121: ("T", "U6", "T"),
    122: ("T", "6-15", "T"),
}

FAULTS = {
    "ambiguous_number.xlsx": [("V307", "I.1 Chung", "D8")],
    "appendices_disagree.xlsx": [("V504", "II.1 Xâm hại", "D10"), ("V504", "II.1 Xâm hại", "E10")],
    "blank_cells.xlsx": [("V301", "I.6 Tham gia", "D11")],
    "excel_error_value.xlsx": [("V310", "I.3 Bảo vệ", "D47")],
    "missing_row.xlsx": [("V206", None, None)],
    "not_a_workbook.xlsx": [("V101", None, None)],
    "not_collected.xlsx": [("V302", "I.1 Chung", "D19")],
    "part_exceeds_whole.xlsx": [("V537", "I.6 Tham gia", "D12")],
    "renamed_sheets_moved_table.xlsx": [],
    "sex_sum_wrong.xlsx": [("V401", "I.2 Sức khỏe", "D21")],
    "truncated.xlsx": [("V101", None, None)],
    "two_versions_a.xlsx": [("V601", None, None)],
    "two_versions_b.xlsx": [("V601", None, None)],
    "unit_name_of_another.xlsx": [("V203", "Bìa", "B6")],
    "wrong_period.xlsx": [("V205", "Bìa", "B9")],
}


@cache
def ctk(*args):
    """The JSON document that a command prints."""
    command = [PROGRAM, *map(str, args), "--format", "json"]
    ran = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    said = json.loads(ran.stdout)
    assert said["exit_code"] == ran.returncode
    return said


def workbooks(folder):
    """The workbooks of a folder, in the order of their names."""
    return sorted(folder.glob("*.xlsx"))


def rows_of(result, key, **wanted):
    """Rows of a result, those with certain values, by what they are about."""
    kept = [row for row in result["data"][key] if all(row[k] == v for k, v in wanted.items())]
    about = "measure" if key == "values" else "element"
    slices = [(row[about], row["sex"], row["age"], row["ethnicity"]) for row in kept]
    assert len(set(slices)) == len(slices)
    return dict(zip(slices, kept, strict=True))


def summed(paths):
    """Sums of what plain openpyxl finds in files, by element and slice."""
    totals = defaultdict(int)
    for path in paths:
        for (code, title), count in typed(path).items():
            totals[code, *COLUMNS[title]] += count
    return dict(totals)


def with_twins(totals):
    """Add the rows that the form does not ask because another one counts the same."""
    asked = {code for code, *_ in totals}
    twins = {
        (element.id, *part): totals[element.same_as[0], *part]
        for element in CATALOGUE.elements
        for part in COLUMNS.values()
        if element.same_as and element.id not in asked
        if (element.same_as[0], *part) in totals
    }
    return totals | twins


def rates(totals):
    """Every rate whose terms are all asked, from sums of its numerator and denominator."""
    found = {}
    for measure in CATALOGUE.measures:
        if measure.is_count or COMMUNES in measure.denominator:
            continue
        for part in COLUMNS.values():
            top = [totals.get((code, *part)) for code in measure.numerator]
            below = [totals.get((code, *part)) for code in measure.denominator]
            if None not in (*top, *below) and sum(below):
                found[measure.id, *part] = sum(top) / sum(below) * measure.multiplier
    return found


@pytest.mark.parametrize("folder", [CLEAN, PRESENT_DAY, OFFICIAL], ids=lambda path: path.name)
def test_clean_samples_give_no_finding_at_all(folder):
    """Not even an info is said about them, and no relation lacks a figure."""
    result = ctk("validate", folder)

    assert result["findings"] == []
    assert {"ok"} == {row["status"] for row in result["data"]["files"]}
    assert not any(result["data"]["untested"].values())


@pytest.mark.parametrize(
    ("folder", "units", "period"),
    [(CLEAN, 13, "2022-6m"), (PRESENT_DAY, 38, "2026-6m"), (OFFICIAL, 4, "2024-12m")],
)
def test_samples_are_of_different_communes_and_one_period(folder, units, period):
    """Every file is recognised by its content as another commune's."""
    files = ctk("validate", folder)["data"]["files"]

    assert units == len({row["unit"] for row in files}) == len(files)
    assert {period} == {row["period"] for row in files}


@pytest.fixture(scope="module")
def faulty():
    """The findings on the folder of faulty files, checked as a district office would."""
    return ctk("validate", FAULTY, "--period", "2022-6m")


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_faulty_sample_gives_its_fault_and_nothing_else(faulty, name):
    """The rule and the cell are those that the name of the file promises."""
    found = [f for f in faulty["findings"] if Path(f["file"]).name == name]
    assert FAULTS[name] == [(f["rule"], f["sheet"], f["cell"]) for f in found]


def test_all_faulty_samples_are_known_here(faulty):
    """No faulty file is without its expectation."""
    assert set(FAULTS) == {Path(row["file"]).name for row in faulty["data"]["files"]}
    assert faulty["exit_code"] == 3


def test_moved_table_holds_the_same_figures_as_the_clean_file():
    """Renamed sheets and moved tables change no figure that is read."""
    columns = ("element", "sex", "age", "ethnicity", "value")
    (clean,) = [path for path in workbooks(CLEAN) if path.name.startswith("19558")]
    moved = FAULTY / "renamed_sheets_moved_table.xlsx"
    figures = [
        {tuple(row[c] for c in columns) for row in ctk("read", path)["data"]["figures"]}
        for path in (clean, moved)
    ]
    assert figures[0] == figures[1]


@pytest.mark.parametrize(
    ("folder", "level", "unit", "expected"),
    [(CLEAN, "district", "467", 13), (PRESENT_DAY, "province", "12", 38)],
    ids=["467-2022-6m", "12-2026-6m"],
)
def test_totals_equal_an_independent_sum(folder, level, unit, expected):
    """Sums by code and column, and rates of sums, are what plain openpyxl and + give."""
    totals = summed(workbooks(folder))
    result = ctk("aggregate", folder, "--level", level)
    elements = rows_of(result, "elements", unit=unit, area="T")
    values = rows_of(result, "values", unit=unit, area="T")

    assert with_twins(totals) == {key: row["value"] for key, row in elements.items()}
    for key, rate in rates(totals).items():
        assert rate == pytest.approx(values[key]["value"])
    rows = [*elements.values(), *values.values()]
    assert {(expected, expected)} == {(row["reported"], row["expected"]) for row in rows}


def test_urban_and_rural_come_from_the_types_of_units():
    """The one town is urban, the twelve communes are rural; nobody types that in."""
    result = ctk("aggregate", CLEAN, "--level", "district")
    town = [path for path in workbooks(CLEAN) if path.name.startswith(TOWN)]
    others = [path for path in workbooks(CLEAN) if path not in town]

    for area, paths in (("urban", town), ("rural", others)):
        totals = with_twins(summed(paths))
        rows = rows_of(result, "elements", unit="467", area=area)
        assert rows
        assert {key: totals[key] for key in rows} == {k: row["value"] for k, row in rows.items()}
        assert {len(paths)} == {row["expected"] for row in rows.values()}


def test_a_commune_left_out_leaves_no_total():
    """With 12 of 13 files no figure passes as a total; the sum so far stands beside it."""
    *sent, _ = workbooks(CLEAN)
    result = ctk("aggregate", *sent, "--level", "district")
    elements = rows_of(result, "elements", unit="467", area="T")
    values = rows_of(result, "values", unit="467", area="T")

    assert with_twins(summed(sent)) == {key: row["partial"] for key, row in elements.items()}
    rows = [*elements.values(), *values.values()]
    assert {None} == {row["value"] for row in rows}
    assert {(12, 13)} == {(row["reported"], row["expected"]) for row in rows}
    (standing,) = result["data"]["units"]
    assert [missing["code"] for missing in standing["missing"]] == ["19594"]


def official_figures(path):
    """Figures of form 601-602 by column title and line code, as plain openpyxl finds them."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    titles = {
        cell.column: cell.value
        for row in sheet.iter_rows(min_row=6, max_row=7, min_col=3)
        for cell in row
        if cell.value and cell.value not in ("Chia theo loại đối tượng", "Ghi chú")
    }
    return {
        (title, sheet.cell(row, 2).value): sheet.cell(row, column).value
        for row in range(9, 15)
        for column, title in titles.items()
        if sheet.cell(row, 2).value in OFFICIAL_LINES
    }


def test_official_forms_are_read_by_their_titles_also_beside_an_inserted_column():
    """The sums over four forms are those by column title, though one has a column more."""
    elements = dict(zip(FORM_601_TITLES, OFFICIAL_ELEMENTS, strict=True))
    totals = defaultdict(int)
    for path in workbooks(OFFICIAL):
        for (title, line), count in official_figures(path).items():
            totals[elements[title], *OFFICIAL_LINES[line]] += count
    result = ctk("aggregate", OFFICIAL, "--level", "district")
    rows = rows_of(result, "elements", unit="467", area="T")

    assert len(totals) == 16 * 4
    assert dict(totals) == {key: rows[key]["partial"] for key in totals}
    assert {(4, 13)} == {(rows[key]["reported"], rows[key]["expected"]) for key in totals}


def test_one_official_form_has_its_columns_moved():
    """The column that the commune put in between moves the later ones to the right."""
    places = [_column_of(path, "Trẻ em bị mua bán") for path in workbooks(OFFICIAL)]
    assert places == ["P", "P", "P", "Q"]


def _column_of(path, title):
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return next(c.column_letter for c in sheet[7] if c.value == title)


@pytest.mark.parametrize("path", workbooks(CLEAN)[:3], ids=lambda path: path.name)
def test_rates_in_the_workbooks_carry_their_results(path):
    """A viewer that does not compute shows the rate, and it is the right one."""
    shown = openpyxl.load_workbook(path, data_only=True)["I.1 Chung"]
    written = openpyxl.load_workbook(path)["I.1 Chung"]
    rows = {row[1].value: row for row in shown.iter_rows(min_row=8)}
    poor, all_children = rows["I-0105"], rows["I-0101"]

    assert written[poor[9].coordinate].data_type == "f"
    assert poor[3].value / all_children[3].value * 100 == pytest.approx(poor[9].value)


def test_no_person_is_named_in_the_samples():
    """The lines for the clerk's name and telephone stay empty on every cover."""
    for path in [*workbooks(CLEAN), *workbooks(PRESENT_DAY)]:
        cover = openpyxl.load_workbook(path, read_only=True)["Bìa"]
        lines = {row[0]: row[1] for row in cover.iter_rows(max_col=2, values_only=True)}
        assert (lines["Người lập biểu"], lines["Điện thoại"]) == (None, None)


def test_every_sample_is_listed():
    """README.csv has a line for each file, or for its folder."""
    with (SAMPLES / "README.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = [row["path"] for row in csv.DictReader(file)]
    files = [path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*.xlsx")]
    covered = {path: path in listed or f"{path.partition('/')[0]}/" in listed for path in files}

    assert [path for path, known in covered.items() if not known] == []
    assert [path for path in listed if not (SAMPLES / path).exists()] == []
    assert len(set(listed)) == len(listed)


def test_samples_stay_small():
    """All samples together take less than 4 MB."""
    assert sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file()) < 4_000_000


def test_samples_are_what_the_script_makes():
    """The script, run again, gives the same figures."""
    command = [sys.executable, "scripts/make_samples.py", "--check"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout
