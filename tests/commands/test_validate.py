"""`ctk validate` and `ctk read`: what is said about files, and what they leave as it was."""

import hashlib
import re

import pytest

from workbooks import DAKRONG, book, consistent, form_601, write_book


def test_status_of_files(ctk, tmp_path):
    """A file is ok, has warnings or has errors, with their numbers."""
    first, second, third = (consistent(seed).rows() for seed in (1, 2, 3))
    book(tmp_path / "a.xlsx", first)
    book(tmp_path / "b.xlsx", second | {"I-0103": [None]}, code="19591", name=DAKRONG["19591"])
    book(tmp_path / "c.xlsx", third | {"I-0103": [-1]}, code="19594", name=DAKRONG["19594"])
    found = ctk("validate", tmp_path, "--format", "json").json["data"]["files"]
    assert [(row["status"], row["errors"], row["warnings"]) for row in found] == [
        ("ok", 0, 0),
        ("warnings", 0, 1),
        ("errors", 1, 0),
    ]
    assert [row["unit"] for row in found] == ["19588", "19591", "19594"]
    assert {("2022-6m", "ctk-commune", 418)} == {
        (r["period"], r["form"], r["cells"]) for r in found
    }


def test_hash_and_nothing_changed(ctk, tmp_path):
    """Checking changes no byte; the hash is that of the file as it lies there."""
    path = book(tmp_path / "a.xlsx", {"I-0103": [3]})
    before = path.read_bytes()
    (row,) = ctk("validate", path, "--format", "json").json["data"]["files"]
    assert before == path.read_bytes()
    assert hashlib.sha256(before).hexdigest() == row["sha256"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.xlsx", "home"]


def test_expected_period(ctk, tmp_path):
    """With --period a file of another one is an error; without it, it is not."""
    path = book(tmp_path / "a.xlsx", consistent(1).rows())
    assert ctk("validate", path).code == 0
    assert ctk("validate", path, "--period", "2022-6m").code == 0
    answer = ctk("validate", path, "--period", "2022", "--format", "json")
    assert (answer.code, [f["rule"] for f in answer.json["findings"]]) == (1, ["V205"])


def test_unit_narrows_names(ctk, tmp_path):
    """Told whose files these are, a name that many communes have is enough."""
    path = book(tmp_path / "a.xlsx", consistent(1).rows(), code="", name="Xã Tân Lập")
    assert ctk("validate", path).code == 1
    answer = ctk("validate", path, "--unit", "465", "--format", "json")
    assert (answer.code, "465") == (0, "465")
    assert answer.json["data"]["files"][0]["unit"]


@pytest.mark.parametrize(
    "options", [("--unit", "999"), ("--unit", "Đa Krông"), ("--unit", "467", "--period", "2026-6m")]
)
def test_a_unit_that_there_is_not(ctk, tmp_path, options):
    """A mistyped unit, or one that the period no longer has, is wrong usage, not passed over."""
    path = book(tmp_path / "a.xlsx", consistent(1).rows())
    answer = ctk("validate", path, *options)
    assert answer.code == 2
    assert f"“{options[1]}”" in answer.err


def test_a_unit_of_the_settings_that_there_is_not(ctk, tmp_path):
    """A mistyped unit in ctk.toml is wrong usage, not passed over; one that has ended is not."""
    path = book(tmp_path / "a.xlsx", consistent(1).rows())
    settings = tmp_path / "home" / "ctk.toml"
    settings.write_text('unit = "999"\n', encoding="utf-8")
    answer = ctk("validate", path)
    assert (answer.code, "999" in answer.err) == (2, True)
    settings.write_text('unit = "467"\n', encoding="utf-8")
    assert ctk("validate", path).code == 0


def test_official_form(ctk, tmp_path):
    """A filled form 601-602 is read cell by cell and checked like any other."""
    lines = {"100": [1600, 90, *[10] * 14], "110": [800, 45, *[5] * 14],
             "121": [600, 40, *[4] * 14], "122": [1000, 50, *[6] * 14]}  # fmt: skip
    path = write_book(tmp_path / "a.xlsx", {"601": form_601(lines)})
    answer = ctk("validate", path, "--format", "json")
    (row,) = answer.json["data"]["files"]
    assert tuple(row[k] for k in ("form", "unit", "period", "cells")) == (
        "601-602",
        "19588",
        "2024-12m",
        64,
    )
    assert (answer.code, [f["rule"] for f in answer.json["findings"]]) == (0, [])
    figures = ctk("read", path, "--format", "json").json["data"]["figures"]
    found = {(f["element"], f["sex"], f["age"]): (f["cell"], f["value"]) for f in figures}
    assert found["I-0101", "T", "T"] == ("C8", 1600)
    assert found["I-0301", "F", "T"] == ("D9", 45)
    assert found["602.14", "T", "6-15"] == ("R11", 6)


def test_official_form_with_a_fault(ctk, tmp_path):
    """A group above its total and ages that do not add up are found in that layout too."""
    lines = {"100": [1600, 90, 91, *[10] * 13], "110": [800, 45, *[5] * 14],
             "121": [600, 40, 4, 4, 9, *[4] * 11], "122": [1000, 50, *[6] * 14]}  # fmt: skip
    path = write_book(tmp_path / "a.xlsx", {"601": form_601(lines)})
    found = ctk("validate", path, "--format", "json").json["findings"]
    assert {("V505", "E8"), ("V402", "E8"), ("V402", "G8")} == {
        (f["rule"], f["cell"]) for f in found
    }


def test_untested_relations(ctk, tmp_path):
    """How often relations could not be tested stands in the data and in a remark."""
    path = book(tmp_path / "a.xlsx", {"I-0105": [9, None, 5]})
    answer = ctk("validate", path, "--format", "json")
    assert answer.json["data"]["untested"]["V401"] == 1
    assert answer.err


def test_office_age_groups(ctk, tmp_path):
    """With an office's own age groups the form is read and checked by those."""
    home = tmp_path / "home"
    rows = "U3,Dưới 3 tuổi,Under 3\n3-15,3 đến dưới 16 tuổi,3 to 15\n"
    (home / "age.csv").write_text(f"code,title_vi,title_en\n{rows}", encoding="utf-8")
    (home / "ctk.toml").write_text('age_groups = "age.csv"\n', encoding="utf-8")
    titles = ("Tổng số", "Nam", "Nữ", "Dưới 3 tuổi", "3 đến dưới 16 tuổi", "Dân tộc thiểu số")
    path = book(tmp_path / "a.xlsx", {"I-0101": [60, 31, 29, 20, 41, 7]}, titles=titles)
    found = ctk("validate", path, "--format", "json").json["findings"]
    assert [f["rule"] for f in found if f["rule"] != "V206"] == ["V402"]
    ages = {f["age"] for f in ctk("read", path, "--format", "json").json["data"]["figures"]}
    assert {"T", "U3", "3-15"} == ages


def test_bad_age_groups(ctk, tmp_path):
    """A bad list of age groups is wrong usage that names the file."""
    home = tmp_path / "home"
    (home / "age.csv").write_text("x\n", encoding="utf-8")
    (home / "ctk.toml").write_text('age_groups = "age.csv"\n', encoding="utf-8")
    answer = ctk("validate", book(tmp_path / "a.xlsx", {"I-0101": [1]}))
    assert (answer.code, "age.csv" in answer.err) == (2, True)


def test_official_form_without_a_line(ctk, tmp_path):
    """A form 601-602 that lost a line is an error, though no code of the Circular is missing."""
    lines = {"100": [1600, 90, *[10] * 14], "121": [600, 40, *[4] * 14],
             "122": [1000, 50, *[6] * 14]}  # fmt: skip
    path = write_book(tmp_path / "a.xlsx", {"601": form_601(lines)})
    (found,) = ctk("validate", path, "--format", "json").json["findings"]
    assert (found["rule"], found["sheet"], "110" in found["message"]) == ("V206", "601", True)


def test_large_counts_are_grouped(ctk, tmp_path):
    """How many relations were tested is written as the language writes numbers."""
    rows = consistent(1).rows()
    for code in ("19588", "19591", "19594"):
        book(tmp_path / f"{code}.xlsx", rows, code=code, name=DAKRONG[code])
    assert re.search(r"Đã kiểm tra \d\.\d{3} quan hệ", ctk("validate", tmp_path).err)
    assert re.search(r"\d,\d{3} relations", ctk("validate", tmp_path, "--lang", "en").err)


class TestPage:
    """`ctk validate --html FILE`."""

    def test_written_with_who_is_missing(self, ctk, tmp_path):
        """The page holds the findings of all files, and the communes that have sent nothing."""
        rows = consistent(1).rows()
        rows["I-0105"][0] += 1
        (tmp_path / "in").mkdir()
        book(tmp_path / "in" / "a.xlsx", rows)
        (tmp_path / "in" / "b.xlsx").write_bytes(b"rubbish")
        page = tmp_path / "out" / "page.html"
        answer = ctk("validate", tmp_path / "in", "--unit", "467", "--period", "2022-6m",
                     "--html", page, "--format", "json")  # fmt: skip
        text = page.read_text("utf-8")
        assert answer.code == 3
        for finding in answer.json["findings"]:
            assert finding["rule"] in text
        assert answer.json["data"]["files"][0]["sha256"][:12] in text
        standing = answer.json["data"]["standing"]
        assert (standing["unit"], standing["period"], standing["expected"]) == (
            "467", "2022-6m", 13,
        )  # fmt: skip
        assert {unit["code"] for unit in standing["missing"]} == set(DAKRONG) - {"19588"}
        assert all(unit["name"] in text for unit in standing["missing"])
        assert str(page) in answer.err

    def test_unit_of_the_settings(self, ctk, tmp_path):
        """The office's own unit counts where none is given; without both nothing is claimed."""
        path = book(tmp_path / "a.xlsx", consistent(1).rows())
        assert ctk("validate", path, "--format", "json").json["data"]["standing"] is None
        (tmp_path / "home" / "ctk.toml").write_text('unit = "467"', "utf-8")
        standing = ctk("validate", path, "--format", "json").json["data"]["standing"]
        assert (standing["name"], len(standing["missing"])) == ("Huyện Đa Krông", 12)

    def test_several_periods(self, ctk, tmp_path):
        """Who is missing cannot be told of two periods at once, unless one is asked for."""
        rows = consistent(1).rows()
        book(tmp_path / "a.xlsx", rows)
        book(tmp_path / "b.xlsx", rows, period="2022-9m", code="19591", name=DAKRONG["19591"])
        asked = ("validate", tmp_path, "--unit", "467", "--format", "json")
        assert ctk(*asked).json["data"]["standing"] is None
        standing = ctk(*asked, "--period", "2022-6m").json["data"]["standing"]
        assert len(standing["missing"]) == 12

    def test_never_over_a_file(self, ctk, tmp_path):
        """An existing file is refused before anything is read; --force replaces it."""
        path = book(tmp_path / "a.xlsx", consistent(1).rows())
        page = tmp_path / "page.html"
        page.write_text("mine", "utf-8")
        assert ctk("validate", path, "--html", page).code == 2
        assert page.read_text("utf-8") == "mine"
        assert ctk("validate", path, "--html", page, "--force").code == 0
        assert page.read_text("utf-8").startswith("<!DOCTYPE html>")

    def test_cannot_be_written(self, ctk, tmp_path):
        """A place that cannot be written to is wrong usage, not a fault."""
        path = book(tmp_path / "a.xlsx", consistent(1).rows())
        (tmp_path / "file").write_text("", "utf-8")
        answer = ctk("validate", path, "--html", tmp_path / "file" / "page.html")
        assert answer.code == 2
        assert "page.html" in answer.err

    def test_a_name_too_long(self, ctk, tmp_path):
        """No system takes a name of 300 letters: said of the page, and of a file beside it."""
        page, endless = tmp_path / "page.html", tmp_path / ("a" * 300)
        page.write_text("mine", "utf-8")
        answer = ctk("validate", tmp_path, "--html", f"{endless}.html")
        assert (answer.code, "Traceback" in answer.err) == (2, False)
        answer = ctk("validate", endless, "--html", page, "--force")
        assert (answer.code, "Traceback" in answer.err) == (3, False)
        assert page.read_text("utf-8").startswith("<!DOCTYPE html>")

    @pytest.mark.parametrize("name", ["page.xlsx", "page", "page.pdf"])
    def test_only_html(self, ctk, tmp_path, name):
        """A page is named .html, so that no workbook can be overwritten by a slip."""
        path = book(tmp_path / "a.xlsx", consistent(1).rows())
        before = path.read_bytes()
        assert ctk("validate", path, "--html", tmp_path / name, "--force").code == 2
        assert ctk("validate", path, "--html", path, "--force").code == 2
        assert path.read_bytes() == before

    def test_never_over_an_input(self, ctk, tmp_path):
        """A commune's file that is itself a web page is not overwritten, even with --force."""
        sent = tmp_path / "sent.html"
        sent.write_text("<table><tr><td>1</td></tr></table>", "utf-8")
        answer = ctk("validate", sent, "--html", sent, "--force")
        assert answer.code == 2
        assert sent.read_text("utf-8").startswith("<table>")


def test_an_earlier_period_is_compared_with(ctk, tmp_path):
    """`--previous` reads files to compare with; what cannot be read among them is told."""
    now = book(tmp_path / "now.xlsx", {"I-0208": [7]}, period="2022-9m")
    then = book(tmp_path / "then.xlsx", {"I-0208": [9]})
    command = ("validate", now, "--format", "json", "--previous")
    found = ctk(*command, then).json
    assert [f["rule"] for f in found["findings"] if f["rule"].startswith("V6")] == ["V604"]
    assert [str(now)] == [file["file"] for file in found["data"]["files"]]

    lost = ctk(*command, tmp_path / "lost.xlsx").json
    assert (lost["exit_code"], lost["errors"][0]["code"]) == (3, "not_found")


def test_suggestions(ctk, tmp_path):
    """The suggestion stands before the remedy, and in the data with its cell and its value."""
    path = book(tmp_path / "a.xlsx", {"I-0101": [61, 31, 29, 20, 40]})
    answer = ctk("validate", path, "--format", "json", "--lang", "en").json
    assert answer["data"]["suggestions"] == [
        {
            "file": str(path), "sheet": "Số liệu", "cells": ["D6"], "values": [60],
            "kind": "value", "sure": True,
        }
    ]  # fmt: skip
    said = [f["suggestion"] for f in answer["findings"] if f["rule"] == "V401"]
    assert said[0].startswith("Probably wrong: D6; 60 would make all figures agree. ")
    assert "D6; ghi 60" in ctk("validate", path).out
