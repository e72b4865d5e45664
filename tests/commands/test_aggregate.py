"""`ctk aggregate`: what is added, what is refused, what is said beside the figures."""

import openpyxl
import pytest

from workbooks import DAKRONG, book


def total(document, measure="I-0101.n", **keys):
    """The one row of a measure that is not broken down."""
    wanted = {"measure": measure, "sex": "T", "age": "T", "ethnicity": "T", "area": "T"} | keys
    (row,) = (r for r in document["data"]["values"] if wanted.items() <= r.items())
    return row


@pytest.fixture
def folder(tmp_path):
    """All 13 communes of a district with seven children each."""
    (tmp_path / "in").mkdir()
    for code, name in DAKRONG.items():
        book(tmp_path / "in" / f"{code}.xlsx", {"I-0101": [7]}, code=code, name=name)
    return tmp_path / "in"


def run(ctk, *arguments):
    """Aggregate and give the document."""
    return ctk("aggregate", *arguments, "--format", "json").json


def test_complete_district(ctk, folder):
    """13 of 13 communes make a total."""
    row = total(run(ctk, folder, "--level", "district"))
    assert tuple(row[k] for k in ("value", "partial", "reported", "expected")) == (91, None, 13, 13)


def test_one_commune_left_out(ctk, folder):
    """12 of 13: the value is empty, the sum so far beside it, and the missing commune is named."""
    (folder / "19588.xlsx").unlink()
    document = run(ctk, folder, "--level", "district")
    row = total(document)
    assert tuple(row[k] for k in ("value", "partial", "reported", "expected")) == (None, 84, 12, 13)
    (standing,) = document["data"]["units"]
    assert [missing["code"] for missing in standing["missing"]] == ["19588"]


def test_several_levels(ctk, folder):
    """The same files add up to a commune, district, province and the country."""
    units = {
        level: {row["unit"] for row in run(ctk, folder, "--level", level)["data"]["values"]}
        for level in ("district", "province", "country")
    }
    assert {"district": {"467"}, "province": {"45"}, "country": {"VN"}} == units


def test_periods_are_never_mixed(ctk, tmp_path):
    """Six and nine months of a commune stand apart, and that is said."""
    book(tmp_path / "6.xlsx", {"I-0101": [7]})
    book(tmp_path / "9.xlsx", {"I-0101": [8]}, period="2022-9m")
    answer = ctk("aggregate", tmp_path, "--level", "commune", "--format", "json")
    sums = {(r["period"], r["value"]) for r in answer.json["data"]["values"]
            if r["measure"] == "I-0101.n" and r["area"] == "T" and r["value"]}  # fmt: skip
    assert {("2022-6m", 7), ("2022-9m", 8)} == sums
    assert "2022-6m" in answer.err
    one = run(ctk, tmp_path, "--level", "commune", "--period", "2022-9m")
    assert {"2022-9m"} == {row["period"] for row in one["data"]["values"]}


@pytest.mark.parametrize("period", ["2025-9m", "2026-6m"])
def test_no_district_after_june_2025(ctk, tmp_path, period):
    """A district total of such a period is wrong usage that says why, with and without --period."""
    path = book(tmp_path / "a.xlsx", {"I-0101": [7]}, code="19594", name="", period=period)
    for more in ([], ["--period", period]):
        answer = ctk("aggregate", path, "--level", "district", *more, "--format", "json")
        assert (answer.code, answer.json["errors"][0]["code"]) == (2, "no_districts")


def test_two_versions_are_said(ctk, folder):
    """Two different files of a commune: neither counts, an error says so."""
    book(folder / "lan2.xlsx", {"I-0101": [8]})
    answer = ctk("aggregate", folder, "--level", "district", "--format", "json")
    assert answer.code == 1
    assert (total(answer.json)["partial"], total(answer.json)["reported"]) == (84, 12)
    assert sum(found["rule"] == "V601" for found in answer.json["findings"]) == 2
    assert "19588" in answer.err


def test_excel_file(ctk, folder, tmp_path):
    """The Excel file holds numbers and the coverage; it is not replaced without --force."""
    out = tmp_path / "out.xlsx"
    words = ("aggregate", folder, "--level", "district", "-o", out)
    assert ctk(*words).code == 1  # the small workbooks lack rows
    book_ = openpyxl.load_workbook(out)
    values = [c.value for sheet in book_ for row in sheet.iter_rows() for c in row]
    assert 91 in values
    assert ctk(*words).code == 2
    assert ctk(*words, "--force").code == 1


def test_excel_file_needs_one_period(ctk, tmp_path):
    """An Excel file of several periods, or of none, is refused before it is written."""
    book(tmp_path / "6.xlsx", {"I-0101": [7]})
    book(tmp_path / "9.xlsx", {"I-0101": [8]}, period="2022-9m")
    out = tmp_path / "out" / "a.xlsx"
    assert ctk("aggregate", tmp_path, "--level", "commune", "-o", out).code == 2
    assert not out.exists()


def test_special_zone_setting(ctk, tmp_path):
    """The office's ctk.toml says on which side a đặc khu stands."""
    path = book(tmp_path / "a.xlsx", {"I-0101": [5]}, code="19742", name="", period="2026-6m")
    (tmp_path / "home" / "ctk.toml").write_text('special_zone_area = "urban"\n', encoding="utf-8")
    document = run(ctk, path, "--level", "commune")
    assert total(document, area="urban")["value"] == 5


def test_trace_of_nothing(ctk, tmp_path):
    """An empty folder adds up to nothing and is said to hold no file."""
    (tmp_path / "leer").mkdir()
    answer = ctk("aggregate", tmp_path / "leer", "--level", "country", "--format", "json")
    assert (answer.code, answer.json["data"]["values"]) == (0, [])
    assert answer.err
