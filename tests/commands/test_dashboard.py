"""`ctk dashboard`: the page holds what `ctk aggregate` tells, from files and from the ledger."""

import csv
import re
from pathlib import Path

import pytest

from dashboards import Page, number
from workbooks import DAKRONG, book, consistent

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "samples" / "467-2022-6m"
JSON = ("--format", "json")
WHOLE = {"sex": "T", "age": "T", "ethnicity": "T", "area": "T"}


def page_of(path):
    """The page that was written."""
    return Page(Path(path).read_text("utf-8"))


def commune(folder, code, period="2022-6m", **rows):
    """A commune's consistent workbook, with some cells changed."""
    made = consistent(f"{code} {period}").rows()
    for key, value in rows.items():
        made[key.replace("_", "-")][0] = value
    return book(folder / f"{code} {period}.xlsx", made, code=code, name=DAKRONG[code],
                period=period)  # fmt: skip


def take(ctk, *paths):
    """Receive files whatever the checks say."""
    return ctk("receive", *paths, "--accept-with-errors", "test")


def test_equals_the_totals_of_the_files(ctk):
    """Every number of the page is the one of `ctk aggregate`, for the district and its communes."""
    answer = ctk("dashboard", SAMPLE, "--unit", "467", "-o", "page.html", *JSON)
    assert answer.code == 0
    assert answer.json["data"]["files"] == [
        {"file": "page.html", "unit": "467", "form": "dashboard"}
    ]
    known = {}
    for level in ("district", "commune"):
        data = ctk("aggregate", SAMPLE, "--level", level, *JSON).json["data"]
        for rows, name in ((data["values"], "measure"), (data["elements"], "element")):
            for row in rows:
                slice_ = ",".join(row[key] for key in WHOLE)
                known[row["unit"], row[name], slice_] = row["value"]
    page = page_of("page.html")
    told = {key[:3]: text for key, text in page.cells.items() if text != "không thu thập"}
    assert len(told) > 13 * 4 + 5 * 3 + 14 * 5
    for key, text in told.items():
        assert number(text) == pytest.approx(known[key], abs=0.005), key
    for id_, (_, figure, *_rest) in page.tiles.items():
        whole = known["467", id_, "T,T,T,T"]
        assert number(figure) == pytest.approx(whole, abs=0.005), id_


def test_from_the_ledger_over_time(ctk, tmp_path):
    """The latest period is shown with its change in a year, and when it was received."""
    old = [commune(tmp_path, code, "2022-6m", I_0101=500) for code in DAKRONG]
    new = [commune(tmp_path, code, "2023-6m", I_0101=600) for code in DAKRONG]
    take(ctk, *old, *new)
    answer = ctk("dashboard", "-o", "page.html", "--unit", "467", "--at", "2023-06-01", *JSON)
    assert answer.code == 1  # the ledger holds files with errors, and says so
    page = page_of("page.html")
    title, figure, unit, told, change = page.tiles["I-0101.n"]
    assert (figure, told, change) == (
        "7.800", "đủ 13/13 xã", "tăng 1.300 người (20,0 %)"
    )  # fmt: skip
    assert (title, unit) == ("Trẻ em dưới 16 tuổi", "người")
    assert {key[3] for key in page.cells if key[3]} == {"2022-6m", "2023-6m"}
    html = Path("page.html").read_text("utf-8")
    assert re.search(r"Số liệu nhận đến</dt><dd>\d\d:\d\d, \d\d/\d\d/\d{4}<", html)
    assert "đến 01/06/2023" in html
    ctk("dashboard", "-o", "again.html", "--unit", "467", "--at", "2023-06-01")
    assert Path("again.html").read_bytes() == Path("page.html").read_bytes()


def test_a_missing_commune_is_no_zero(ctk, tmp_path):
    """With twelve of thirteen communes there is no total, and the thirteenth is named."""
    codes = list(DAKRONG)
    ctk("init", ".", "--unit", "467", "--regime", "dakrong-2022", "--year", "2022")
    take(ctk, *(commune(tmp_path, code) for code in codes[:-1]))
    ctk("dashboard", "--period", "2022-6m", "-o", "page.html", "--unit", "467")
    page = page_of("page.html")
    assert page.tiles["I-0301.n"][1] == "Chưa đủ số liệu"
    assert page.cells[codes[-1], "I-0301.r", "T,T,T,T", None] == "chưa báo cáo"
    html = Path("page.html").read_text("utf-8")
    assert "Chưa nộp hoặc còn lỗi (1): Xã A Ngo." in html
    assert "trước ngày 25/5 (ngày cuối còn đúng hạn: 24/05/2022)" in html


def test_across_july_2025(ctk, tmp_path):
    """A province that was not merged: its old communes add up; a divided one is not compared."""
    from ctk.periods import Period
    from ctk.units.lookup import communes_under

    files = []
    for year, children in ((2025, 100), (2026, 300)):
        period = Period(year, 6)
        for unit in communes_under("12", period.end):
            path = tmp_path / f"{unit.code} {year}.xlsx"
            rows = {"I-0101": [children], "I-0301": [10]}
            files.append(book(path, rows, code=unit.code, name=unit.full_name, period=str(period)))
    take(ctk, *files)
    ctk("dashboard", "-o", "page.html", "--unit", "12", "--period", "2026-6m")
    page = page_of("page.html")
    old = len(communes_under("12", Period(2025, 6).end))
    assert page.cells["12", "I-0301.n", "T,T,T,T", "2025-6m"] == f"{old * 10:,}".replace(",", ".")
    assert page.charts["series-1-6m"]["labels"] == ["0", "2025", "7/2025", "2026"]
    assert "các đơn vị cũ đã nhập vào Tỉnh Lai Châu" in Path("page.html").read_text("utf-8")


def test_own_content(ctk, tmp_path):
    """The office's own file says what is shown, and a bad one is refused by name."""
    ctk("init", ".", "--unit", "467", "--year", "2022")
    own = Path("templates/dashboard.toml")
    item = '{ id = "I-0317.n", vi = "Tảo hôn <b>", en = "Child marriage" }'
    own.write_text(f"headline = [{item}]", "utf-8")
    files = [commune(tmp_path, code) for code in DAKRONG]
    ctk("dashboard", *files, "-o", "page.html")
    assert list(page_of("page.html").tiles) == ["I-0317.n"]
    assert "Tảo hôn &lt;b&gt;" in Path("page.html").read_text("utf-8")
    own.write_text('headline = [{ id = "nothing", vi = "a", en = "b" }]', "utf-8")
    answer = ctk("dashboard", *files, "-o", "other.html")
    assert answer.code == 2
    assert "nothing" in answer.err
    assert not Path("other.html").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("dashboard", "-o", "page.html"), "Sổ cái"),
        (("dashboard", "FILE", "-o", "page.pdf"), "page.pdf"),
        (("dashboard", "FILE", "-o", "page.html", "--period", "2021-6m", "--unit", "467"), "2021"),
        (("dashboard", "FILE", "OTHER", "-o", "page.html"), "--period"),
        (("dashboard", "FILE", "-o", "page.html", "--at", "hôm nay"), "hôm nay"),
    ],
)
def test_what_cannot_be_meant(ctk, tmp_path, arguments, said):
    """A wrong call ends with code 2 or 1, says why, and leaves no page."""
    file, other = commune(tmp_path, "19588"), commune(tmp_path, "19591", "2022-9m")
    given = [{"FILE": file, "OTHER": other}.get(each, each) for each in arguments]
    answer = ctk(*given)
    assert answer.code in (1, 2)
    assert said in answer.err
    assert not list(Path().glob("page.*"))


def test_never_over_another_file(ctk, tmp_path):
    """A page that is there stays unless it may be replaced; an input never is replaced."""
    file = commune(tmp_path, "19588")
    Path("page.html").write_text("mine", "utf-8")
    call = ("dashboard", file, "--unit", "467", "-o", "page.html")
    assert ctk(*call).code == 2
    assert Path("page.html").read_text("utf-8") == "mine"
    assert ctk(*call, "--force").code in (0, 1)
    assert "<!DOCTYPE html>" in Path("page.html").read_text("utf-8")


def test_a_public_page(ctk):
    """What `--withheld` lists stands on the page as withheld, all else as `ctk aggregate` says."""
    call = ("dashboard", SAMPLE, "--unit", "467", "--public", "--withheld", "office/list.csv")
    answer = ctk(*call, "-o", "page.html", *JSON)
    assert answer.code == 0
    (row,) = answer.json["data"]["files"]
    assert "công khai" in row["file"]
    with Path("office/list.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = list(csv.reader(file))[1:]
    withheld = {(r[2], r[3], ",".join(r[4:8])) for r in listed}
    page = page_of(row["file"])
    marked = {key for key, text in page.cells.items() if text == "không công bố"}
    shown = {(unit, id_.removesuffix(".n"), slice_) for unit, id_, slice_, _ in page.cells}
    assert len(withheld & shown) > 30
    assert {(u, i.removesuffix(".n"), s) for u, i, s, _ in marked} >= withheld & shown
    assert "Hạn nộp" not in Path(row["file"]).read_text("utf-8")
