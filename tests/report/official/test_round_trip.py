"""A form that ctk wrote is read again by ctk's own reader, with the same figures."""

import pytest

from ctk.periods import parse_period
from ctk.units.lookup import children, find_unit
from report.official import printed
from workbooks import book, consistent

GROUPS = printed.BOUND["601-602"]


def figures(answer):
    """Value and sign of each figure read, by element, sex and age."""
    rows = [row for row in answer.json["data"]["figures"] if row["ethnicity"] == "T"]
    return {(r["element"], r["sex"], r["age"]): (r["value"], r["absence"]) for r in rows}


def there_and_back(ctk, folder, unit, period, spoil=(), written="601-602"):
    """Write a commune's own workbook, a form of it, and read both."""
    typed = consistent(unit.code, period)
    typed.cells |= dict(spoil)
    (folder / "in").mkdir()
    path = folder / "in" / "own.xlsx"
    book(path, typed.rows(), code=unit.code, name=unit.full_name, period=period)
    asked = ("-p", period, "-u", unit.code, "--form", written, "-o", folder / "out")
    (row,) = ctk("report", path, *asked, "--format", "json").json["data"]["files"]
    own, form = (ctk("read", file, "--format", "json") for file in (path, row["file"]))
    return figures(own), figures(form), ctk("validate", row["file"], "--format", "json").json


@pytest.mark.parametrize(("code", "period"), [("19588", "2024"), ("03388", "2025")])
def test_a_communes_form_reads_as_it_was_filled(ctk, tmp_path, code, period):
    """Unit, year and all 64 figures come back equal, before and since July 2025."""
    unit = find_unit(code, parse_period(period).end)
    own, form, checked = there_and_back(ctk, tmp_path, unit, period)
    assert len(form) == 4 * len(GROUPS)
    assert form == {key: own[key] for key in form}
    (file,) = checked["data"]["files"]
    told = (file["unit"], file["period"], file["form"], file["errors"])
    assert told == (code, f"{period}-12m", "601-602", 0)


def test_a_blank_stays_a_blank(ctk, tmp_path):
    """What the commune left out is not printed as 0, and read as missing again."""
    unit = find_unit("19588", parse_period("2024").end)
    _, form, _ = there_and_back(ctk, tmp_path, unit, "2024", {("602.03", 2): None})
    assert form["602.03", "F", "T"] == (None, "blank")
    assert [key for key, value in form.items() if value[0] is None] == [("602.03", "F", "T")]


def test_forms_of_communes_add_up_to_their_district(ctk, tmp_path):
    """The forms written for all communes of a district give its totals."""
    end = parse_period("2024").end
    (tmp_path / "in").mkdir()
    for unit in children("467", end):
        path = tmp_path / "in" / f"{unit.code}.xlsx"
        rows = consistent(unit.code, "2024").rows()
        book(path, rows, code=unit.code, name=unit.full_name, period="2024")
        asked = ("-p", "2024", "-u", unit.code, "--form", "601-602", "-o", tmp_path / "forms")
        ctk("report", path, *asked)
    level = ("--level", "district", "--format", "json")
    first, second = (ctk("aggregate", tmp_path / each, *level) for each in ("in", "forms"))
    kept = set(GROUPS)
    totals = [
        {
            (r["element"], r["sex"], r["age"], r["area"]): (r["value"], r["reported"])
            for r in answer.json["data"]["elements"]
            if r["element"] in kept and r["sex"] != "M" and r["ethnicity"] == "T"
        }
        for answer in (first, second)
    ]
    assert totals[0] == totals[1]
    assert len(totals[1]) == len(GROUPS) * (4 + 2)


@pytest.mark.parametrize("written", ["604", "605", "601-605"])
def test_the_other_forms_read_as_they_were_filled(ctk, tmp_path, written):
    """604 and 605 come back too, alone or as sheets of one workbook; rates are read nowhere."""
    unit = find_unit("19588", parse_period("2024").end)
    own, form, checked = there_and_back(ctk, tmp_path, unit, "2024", written=written)
    expected = {"604": 1, "605": 13, "601-605": 64 + 1 + 13}[written]
    assert len(form) == expected
    assert form == {key: own[key] for key in form}
    assert [file["errors"] for file in checked["data"]["files"]] == [0]


def test_rates_are_never_read_as_children(ctk, tmp_path):
    """603 has the lines and groups of 601-602: alone it is no form that is read."""
    unit = find_unit("19588", parse_period("2024").end)
    _, form, checked = there_and_back(ctk, tmp_path, unit, "2024", written="603")
    assert form == {}
    assert [error["code"] for error in checked["errors"]] == ["form_is_like"]
