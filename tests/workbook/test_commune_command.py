"""The command `ctk template`: one workbook for each commune under a unit."""

import openpyxl
import pytest

from ctk.commands.template import run
from ctk.errors import ExitCode, UsageError


def test_district_gets_a_workbook_for_each_commune(tmp_path):
    """Huyện Đa Krông had 13 communes in 2022; each has a file that is named for it."""
    result = run("467", "2022-6m", tmp_path / "out")
    files = result.data["files"]

    assert len(files) == 13
    assert {"file", "unit", "form"} == set(files[0])
    assert {"ctk-commune"} == {file["form"] for file in files}
    assert {file["file"] for file in files} == {str(p) for p in (tmp_path / "out").iterdir()}
    assert "19588 Tà Rụt 2022-6m.xlsx" in {p.name for p in (tmp_path / "out").iterdir()}
    assert (result.command, result.table, result.exit_code) == ("template", "files", ExitCode.OK)


def test_commune_gets_its_own_workbook(tmp_path):
    """A commune's code gives the one workbook of that commune."""
    files = run("19588", "2022", tmp_path).data["files"]
    assert [(str(tmp_path / "19588 Tà Rụt 2022-12m.xlsx"), "19588")] == [
        (file["file"], file["unit"]) for file in files
    ]


def test_units_are_those_of_the_periods_end(tmp_path):
    """A district of 2022 means nothing in 2026, when districts had ended."""
    with pytest.raises(UsageError) as caught:
        run("467", "2026-6m", tmp_path)
    assert caught.value.code == "unknown_unit"


def test_period_without_year_takes_the_default_year(tmp_path):
    """The period "6m" is the first half of the year that the caller stands in."""
    (file,) = run("19588", "6m", tmp_path, default_year=2023).data["files"]
    assert file["file"].endswith("19588 Tà Rụt 2023-6m.xlsx")


def test_nothing_is_written_when_one_file_exists(tmp_path):
    """One file in the way stops the whole set before its first file; force replaces it."""
    last = tmp_path / "19594 A Ngo 2022-6m.xlsx"
    last.write_bytes(b"mine")

    with pytest.raises(UsageError) as caught:
        run("467", "2022-6m", tmp_path)
    assert caught.value.code == "file_exists"
    assert [last] == list(tmp_path.iterdir())

    run("467", "2022-6m", tmp_path, force=True)
    assert len(list(tmp_path.iterdir())) == 13
    assert last.read_bytes() != b"mine"


def test_period_before_the_unit_table_is_refused(tmp_path):
    """Before November 2021 neither the Circular nor the table of units was in force."""
    with pytest.raises(UsageError) as caught:
        run("19588", "2021-9m", tmp_path)
    assert caught.value.code == "date_before_units"
    assert list(tmp_path.iterdir()) == []


def test_unit_without_communes_is_refused(tmp_path):
    """An island district had no communes: there is nobody to send a workbook to."""
    with pytest.raises(UsageError) as caught:
        run("498", "2022-6m", tmp_path)
    assert caught.value.code == "no_communes"
    assert "Hoàng Sa" in caught.value.title("vi")


def test_note_counts_the_files_in_the_callers_language(tmp_path):
    """The remark for the screen says how many workbooks were written, and where."""
    result = run("467", "2022-6m", tmp_path, lang="en")
    assert (f"13 blank workbooks written to {tmp_path}.",) == result.notes


def test_office_gets_a_workbook_for_its_own_unit(tmp_path):
    """With `own` a province gets one workbook that asks the facilities of form 605 and no more."""
    (file,) = run("44", "2025", tmp_path, own=True).data["files"]
    assert (file["unit"], file["form"]) == ("44", "ctk-commune")
    book = openpyxl.load_workbook(file["file"])
    assert book.sheetnames == ["Bìa", "605 Cơ sở"]
    codes = [row[1].value for row in book["605 Cơ sở"].iter_rows() if row[1].value]
    assert [f"605.{n:02}" for n in range(1, 14)] == [c for c in codes if c.startswith("605.")]


@pytest.mark.parametrize(
    ("unit", "period"), [("467", "2022-6m"), ("19588", "2022"), ("VN", "2022")]
)
def test_no_own_workbook_where_nothing_is_asked(tmp_path, unit, period):
    """Half a year asks nothing of an office; a commune has its usual workbook."""
    with pytest.raises(UsageError) as caught:
        run(unit, period, tmp_path, own=True)
    assert caught.value.code == "no_own_form"


def test_form_605_stands_on_the_yearly_workbook_only(tmp_path):
    """The section has a box, the codes 605.01 to 605.13 and one figure each: the total."""
    (half,) = run("19588", "2022-6m", tmp_path).data["files"]
    (year,) = run("19588", "2022", tmp_path).data["files"]
    assert "605 Cơ sở" not in openpyxl.load_workbook(half["file"]).sheetnames
    sheet = openpyxl.load_workbook(year["file"])["605 Cơ sở"]
    (box,) = [c for row in sheet.iter_rows() for c in row if c.value == "Không phát sinh"]
    open_ = {c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked}
    rows = [c.row for c in sheet["B"] if str(c.value).startswith("605.")]
    assert {f"D{row}" for row in rows} | {f"B{box.row}"} == open_
