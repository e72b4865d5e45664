"""`ctk init`: what it writes is read back, and nothing is ever replaced."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from ctk.periods import Coverage
from ctk.regimes.loader import chosen_regime
from ctk.settings import read_settings
from workbooks import book, consistent

FOLDERS = ["forms", "inbox", "reports", "templates"]


def made(ctk, *options):
    """Make the workspace `w` and read its settings back."""
    answer = ctk("init", "w", *options, "--format", "json")
    assert answer.code == 0, answer.err
    return read_settings(Path("w/ctk.toml"))


def test_a_district_of_2022(ctk):
    """Unit, regime, year and the names of the time; signatories are left empty."""
    settings = made(ctk, "--unit", "467", "--regime", "dakrong-2022", "--year", "2022")
    assert (settings.unit, settings.regime, settings.year) == ("467", "dakrong-2022", 2022)
    office = settings.office
    assert office.agency == "Phòng Lao động - Thương binh và Xã hội"
    assert office.receiver == "Sở Lao động - Thương binh và Xã hội"
    assert office.place == "Đa Krông"
    assert {office.prepared_by, office.checked_by, office.signatory_name} == {""}
    assert sorted(path.name for path in Path("w").iterdir() if path.is_dir()) == FOLDERS


@pytest.mark.parametrize(
    ("unit", "year", "agency", "receiver"),
    [
        ("45", 2022, "Sở Lao động - Thương binh và Xã hội", "Cục Trẻ em"),
        ("12", 2026, "Sở Y tế", "Cục Bà mẹ và Trẻ em"),
        ("03388", 2026, "Phòng Văn hóa - Xã hội", "Sở Y tế"),
        ("19588", 2022, "", "Phòng Lao động - Thương binh và Xã hội"),
        ("467", 2025, "", "Sở Y tế"),  # in its last months; who was in charge is not sure
        ("VN", 2026, "", ""),
    ],
)
def test_names_of_the_time(ctk, unit, year, agency, receiver):
    """Names changed on 1 March and 1 July 2025; what is not sure stays empty."""
    office = made(ctk, "--unit", unit, "--year", year).office
    assert (office.agency, office.receiver) == (agency, receiver)


def test_the_year_is_the_regimes_else_this_one(ctk):
    """A document of one year gives its year; without a regime it is the current one."""
    assert made(ctk, "--unit", "467", "--regime", "dakrong-2022").year == 2022
    answer = ctk("init", "w2", "--unit", "12", "--format", "json")
    assert answer.code == 0
    assert read_settings(Path("w2/ctk.toml")).regime == ""


def test_nothing_is_replaced(ctk):
    """A second time is refused, and the file stays as the office changed it."""
    made(ctk, "--unit", "467", "--year", "2022")
    file = Path("w/ctk.toml")
    file.write_text("year = 2023\n", encoding="utf-8")
    answer = ctk("init", "w", "--unit", "467", "--year", "2022", "--format", "json")
    assert (answer.code, answer.json["errors"][0]["code"]) == (2, "workspace_exists")
    assert file.read_text(encoding="utf-8") == "year = 2023\n"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--unit", "99999"), "unknown_unit"),
        (("--unit", "467", "--year", "2026"), "unknown_unit"),  # no districts any more
        (("--unit", "467", "--regime", "hanoi"), "unknown_regime"),
        (("--unit", "467", "--year", "1999"), "bad_year"),
    ],
)
def test_what_means_nothing_is_refused(ctk, options, code):
    """Nothing is written then."""
    answer = ctk("init", "w", *options, "--format", "json")
    assert (answer.code, answer.json["errors"][0]["code"]) == (2, code)
    assert not Path("w").exists()


def test_a_folder_in_use_keeps_its_files(ctk):
    """An existing folder becomes a workspace; what lies in it stays."""
    Path("w").mkdir()
    Path("w/a.txt").write_text("x", encoding="utf-8")
    made(ctk, "--unit", "467", "--year", "2022")
    assert Path("w/a.txt").read_text(encoding="utf-8") == "x"


def test_the_examples_in_the_file_are_right(ctk):
    """With its # removed, every example that the file offers is accepted."""
    made(ctk, "--unit", "467", "--year", "2022")
    file = Path("w/ctk.toml")
    text = file.read_text(encoding="utf-8")
    text = re.sub(r"^# (?=\[|\w+ = )(?!regime =)", "", text, flags=re.MULTILINE)
    top, _, tables = text.partition("[office]")
    file.write_text(f"{top}[office]{tables}", encoding="utf-8")
    settings = read_settings(file)
    assert set(tomllib.loads(text)) >= {
        "special_zone_area",
        "age_groups",
        "rules",
        "regime",
        "weights",
    }
    regime = chosen_regime(settings.regime)
    assert regime is not None
    assert (regime.coverage, regime.deadlines[0].day) == (Coverage.ADMINISTRATIVE, 20)


def test_notes_say_what_is_missing(ctk):
    """Without a regime there are no deadlines; one of another year is told."""
    assert "ctk regimes list" in ctk("init", "a", "--unit", "467", "--year", "2022").err
    other = ctk("init", "b", "--unit", "467", "--regime", "dakrong-2022", "--year", "2023")
    assert "2023" in other.err


def test_the_inbox_is_read_where_no_path_is_typed(ctk, monkeypatch):
    """The folder called like the period if there is one, else the whole inbox; also from below."""
    made(ctk, "--unit", "467", "--regime", "dakrong-2022", "--year", "2022")
    book(Path("w/inbox/a.xlsx"), consistent(1).rows())
    monkeypatch.chdir("w/reports")
    files = [row["file"] for row in ctk("validate", "--format", "json").json["data"]["files"]]
    assert [Path(file).name for file in files] == ["a.xlsx"]
    Path("../inbox/2022-6m").mkdir()
    book(Path("../inbox/2022-6m/b.xlsx"), consistent(2).rows())
    for period in ("6m", "2022-6m"):
        answer = ctk("validate", "--period", period, "--format", "json")
        assert [Path(row["file"]).name for row in answer.json["data"]["files"]] == ["b.xlsx"]
    whole = ctk("validate", "--period", "2022", "--format", "json").json["data"]["files"]
    assert sorted(Path(row["file"]).name for row in whole) == ["a.xlsx", "b.xlsx"]
    answer = ctk("receive", "--period", "6m", "--format", "json")
    assert [row["outcome"] for row in answer.json["data"]["files"]] == ["accepted"]


def test_without_a_workspace_a_path_is_needed(ctk):
    """It is said that none was given."""
    for command in ("validate", "receive"):
        assert json.loads(ctk(command, "--format", "json").out)["errors"][0]["code"] == "no_paths"


def test_a_period_that_means_nothing_is_told_in_a_workspace(ctk, monkeypatch):
    """The command itself says so; no folder is guessed."""
    made(ctk, "--unit", "467", "--year", "2022")
    monkeypatch.chdir("w")
    answer = ctk("validate", "--period", "q2", "--format", "json")
    assert (answer.code, answer.json["errors"][0]["code"]) == (2, "bad_period")
