"""`ctk targets`: from files and the ledger to judged targets, in three forms."""

import csv
import io
from pathlib import Path

import pytest

from ctk.commands.targets import COLUMNS
from workbooks import DAKRONG, book

OWN = """#ctk-targets,1
#title,Kế hoạch của huyện
#unit,467
no,text,measure,match,operator,value,unit,year,baseline,why
1,Trẻ em có hoàn cảnh đặc biệt,I-0301.n,exact,below,,người,2023,2022,
2,Ngôi nhà an toàn,,none,>=,10,ngôi nhà,2023,,Thông tư không có
3,Trẻ em bị tai nạn,I-0208.r,exact,<=,550,trên 100.000 trẻ em,2022-2023,,
"""
TYPED = """set;no;unit;period;value;by;date;source
dakrong;2;467;2023;12;Phòng LĐTBXH;2024-01-05;Báo cáo 1
"""
JSON = ("--format", "json")
NEW = "03424", "Xã Bản Bo"
OLD = ("03424", "Xã Bản Bo"), ("03427", "Xã Nà Tăm")
"""A commune of Lai Châu since July 2025, and the two that it was made of."""


def communes(folder, year, special, skipped=()):
    """One workbook a commune: 1,000 children, so many in special circumstances, 5 injured."""
    folder.mkdir(parents=True)
    for code, name in DAKRONG.items():
        if code not in skipped:
            rows = {"I-0101": [1000], "I-0208": [5], "I-0301": [special]}
            book(folder / f"{code}.xlsx", rows, code=code, name=name, period=f"{year}-12m")
    return folder


@pytest.fixture
def office(ctk):
    """A district's workspace with targets of its own and a typed figure."""
    ctk("init", ".", "--unit", "467", "--year", "2023")
    Path("targets").mkdir(exist_ok=True)
    Path("targets/dakrong.csv").write_text(OWN, encoding="utf-8")
    Path("targets/figures.csv").write_text(TYPED, encoding="utf-8-sig")
    return ctk


def own(answer):
    """The rows of the office's own set, by number."""
    return {row["no"]: row for row in answer.json["data"]["targets"] if row["set"] == "dakrong"}


def test_a_ledger_also_has_the_baseline_year(office):
    """13 x 20 children against 13 x 22 of the year before: met by 26; the typed one is marked."""
    for year, special in ((2022, 22), (2023, 20)):
        folder = communes(Path(f"in-{year}"), year, special)
        office("receive", folder, "--accept-with-errors", "few rows are enough here")
    answer = office("targets", "--period", "2023", *JSON)
    rows = own(answer)
    assert answer.json["command"] == "targets"
    assert {no: (row["state"], row["actual"], row["gap"]) for no, row in rows.items()} == {
        "1": ("met", 260, -26),
        "2": ("met", 12, 2),
        "3": ("met", 500, -50),
    }
    assert (rows["1"]["baseline"], rows["1"]["baseline_year"]) == (286, 2022)
    assert (rows["3"]["reported"], rows["3"]["expected"]) == (13, 13)
    assert rows["2"]["typed"] == {
        "by": "Phòng LĐTBXH", "date": "2024-01-05", "source": "Báo cáo 1",
    }  # fmt: skip
    sets = [each["id"] for each in answer.json["data"]["sets"]]
    assert sets == ["dakrong", "quocgia-2021-2030"]


def test_files_alone_have_no_baseline(office):
    """Without the year before nothing is compared; a missing commune leaves figures open."""
    folder = communes(Path("in"), 2023, 20, skipped=("19594",))
    rows = own(office("targets", folder, "--period", "2023", *JSON))
    states = {no: (row["state"], row["actual"], row["reported"]) for no, row in rows.items()}
    assert states == {
        "1": ("unknown", None, 12),
        "2": ("met", 12, None),
        "3": ("incomplete", None, 12),
    }


def test_only_the_sets_asked_for(office):
    """`--set` chooses; an unknown one is refused with what there is."""
    folder = communes(Path("in"), 2023, 20)
    answer = office("targets", folder, "--period", "2023", "--set", "dakrong", *JSON)
    assert {row["set"] for row in answer.json["data"]["targets"]} == {"dakrong"}
    refused = office("targets", folder, "--period", "2023", "--set", "khong-co", *JSON)
    assert (refused.code, refused.json["errors"][0]["code"]) == (2, "unknown_targets")


def test_csv_and_the_screen_say_the_same(office):
    """The table of CSV has the agreed columns; the screen has the words."""
    folder = communes(Path("in"), 2023, 20)
    printed = office("targets", folder, "--period", "2023", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(printed.removeprefix("\ufeff"))))
    assert tuple(rows[0]) == COLUMNS
    screen = office("targets", folder, "--period", "2023").out
    assert "≤ 550 trên 100.000 trẻ em" in screen
    assert "thấp hơn 50,00" in screen
    assert "Số do cơ quan nhập: Phòng LĐTBXH, 05/01/2024" in screen


def test_a_bad_file_of_the_office_is_told_with_line_and_key(office):
    """Exit 2; the message names file, line, key and what could stand there."""
    Path("targets/dakrong.csv").write_text(OWN.replace("550", "5.500"), encoding="utf-8")
    folder = communes(Path("in"), 2023, 20)
    answer = office("targets", folder, "--period", "2023", *JSON)
    error = answer.json["errors"][0]
    assert (answer.code, error["code"]) == (2, "targets_value")
    assert "dakrong.csv, dòng 7, mục “value”: “5.500”" in error["title"]


def test_a_bad_file_of_targets_does_not_stop_other_reports(office):
    """The appendices show no targets, so that nothing reads them."""
    Path("targets/dakrong.csv").write_text("rubbish", encoding="utf-8")
    folder = communes(Path("in"), 2023, 20)
    assert office("report", folder, "--period", "2023", "-o", "out").code in (0, 1)
    assert list(Path("out").glob("*.xlsx"))


def test_hau_giang_is_part_of_can_tho_since_july_2025(ctk):
    """Its code and plan are of 2022; in 2026 only the national programme applies to Cần Thơ."""
    folder = Path("in")
    folder.mkdir()
    book(folder / "a.xlsx", {"I-0101": [10]}, code="31120", name="Phường Cái Khế", period="2026")
    answer = ctk("targets", folder, "--period", "2026", "--unit", "92", *JSON)
    assert [each["id"] for each in answer.json["data"]["sets"]] == ["quocgia-2021-2030"]
    gone = ctk("targets", folder, "--period", "2026", "--unit", "93", *JSON)
    assert (gone.code, gone.json["errors"][0]["code"]) == (2, "unknown_unit")


@pytest.mark.parametrize(("command", "key"), [("list", "sets"), ("show haugiang-2022", "targets")])
def test_the_lists(ctk, command, key):
    """Sets and targets can be looked up without any figure."""
    answer = ctk("targets", *command.split(), *JSON)
    assert answer.code == 0
    assert len(answer.json["data"][key]) == {"sets": 2, "targets": 32}[key]
    assert ctk("targets", *command.split()).out


def test_a_commune_of_two_old_ones_is_compared_with_both(ctk):
    """Across July 2025 the baseline is the sum of the old communes that went into it whole."""
    ctk("init", ".", "--unit", NEW[0], "--year", "2025")
    Path("targets").mkdir(exist_ok=True)
    rows = OWN.splitlines()[3:5]
    set_ = "\n".join(["#ctk-targets,1", "#title,Kế hoạch của xã", f"#unit,{NEW[0]}", *rows])
    text = set_.replace("2023,2022", "2025,2024")
    Path("targets/xa.csv").write_text(text, encoding="utf-8")
    for (code, name), special, year in ((OLD[0], 8, 2024), (OLD[1], 7, 2024), (NEW, 14, 2025)):
        path = Path(f"{code}.xlsx")
        figures = {"I-0101": [900], "I-0301": [special]}
        book(path, figures, code=code, name=name, period=f"{year}-12m")
        ctk("receive", path, "--accept-with-errors", "few rows are enough here")
    answer = ctk("targets", "--period", "2025", "--set", "xa", *JSON)
    (row,) = answer.json["data"]["targets"]
    assert (row["baseline"], row["actual"], row["state"], row["gap"]) == (15, 14, "met", -1)
