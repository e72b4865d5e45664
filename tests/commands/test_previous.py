"""`ctk report` beside the year before: from the ledger, from files, across July 2025."""

from pathlib import Path

from openpyxl import load_workbook

from report.builder import footnotes_of, header_row, read_table
from workbooks import DAKRONG, book

JSON = ("--format", "json")
OLD = {
    "19429": "Thị trấn Khe Sanh",
    "19450": "Xã Tân Hợp",
    "19453": "Xã Hướng Tân",
    "19468": "Xã Húc",
}
NEW = {"code": "19429", "name": "Xã Khe Sanh"}  # all four went into it whole in July 2025
PARTS = {"00700": "Xã Ngọc Đường", "00988": "Xã Yên Định"}  # a part of the second went into 00700


def half(folder, period, rows, code="19588", name=None):
    """A commune's file of half a year."""
    path = folder / f"{code} {period}.xlsx"
    return book(path, rows, code=code, name=name or DAKRONG[code], period=period)


def take(ctk, *paths):
    """Receive files although other rows of the form are not in them."""
    ctk("receive", *paths, "--accept-with-errors", "few rows are enough here")


def report(ctk, *options, unit="19588", period="2023-6m"):
    """Write a report and open it."""
    answer = ctk(
        "report", "--period", period, "--unit", unit, "-o", "out", "--force", *options, *JSON
    )
    (row,) = answer.json["data"]["files"]
    return load_workbook(row["file"]), answer


def beside(workbook, code, sheet="Phụ lục I"):
    """Earlier figure, change and per cent of a line."""
    line = read_table(workbook[sheet])[code]
    return tuple(line[title].value for title in ("Kỳ trước", "Tăng/giảm", "% thay đổi"))


def test_the_ledger_knows_the_year_before(ctk, tmp_path):
    """Without being asked the report has the columns; a trace leads to the figure, not to them."""
    take(ctk, half(tmp_path, "2022-6m", {"I-0208": [8]}))
    take(ctk, half(tmp_path, "2023-6m", {"I-0208": [9]}))
    workbook, _ = report(ctk)
    assert beside(workbook, "I-0208") == (8, 1, 12.5)
    traced = ctk("trace", "19588", "I-0208", "--period", "2023-6m", *JSON).json["data"]
    own = [each for each in traced["printed"] if each["report_of"] == "19588"]
    assert own
    for each in own:
        assert workbook[each["sheet"]][each["cell"]].value == 9


def test_files_of_the_year_before_may_be_named(ctk, tmp_path):
    """The same from files alone; files of other periods among them do no harm."""
    now = half(tmp_path, "2023-6m", {"I-0208": [9]})
    before = tmp_path / "before"
    before.mkdir()
    half(before, "2022-6m", {"I-0208": [8]})
    half(before, "2022-12m", {"I-0208": [20]})
    workbook, answer = report(ctk, now, "--previous", before)
    assert beside(workbook, "I-0208") == (8, 1, 12.5)
    assert answer.json["errors"] == []


def test_files_of_no_use_are_told(ctk, tmp_path):
    """Files of another period give no columns, and a note says so."""
    now = half(tmp_path, "2023-6m", {"I-0208": [9]})
    other = half(tmp_path, "2022-12m", {"I-0208": [8]})
    workbook, answer = report(ctk, now, "--previous", other)
    assert "Kỳ trước" not in _texts(workbook["Phụ lục I"])
    assert "không có báo cáo kỳ 2022-6m của Xã Tà Rụt" in answer.err
    assert answer.json["data"]["previous"] is None


def test_an_earlier_file_that_cannot_be_read_is_told(ctk, tmp_path):
    """The report is written, the exit code is that of unreadable input."""
    now = half(tmp_path, "2023-6m", {"I-0208": [9]})
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK no workbook")
    workbook, answer = report(ctk, now, "--previous", broken)
    assert (answer.code, answer.json["errors"][0]["file"]) == (3, str(broken))
    titles = {c.value for c in workbook["Phụ lục I"][header_row(workbook["Phụ lục I"], "STT")]}
    assert "Kỳ trước" not in titles


def test_nothing_is_the_start_of_no_per_cent(ctk, tmp_path):
    """From 0 to 3 is a rise of 3 and no per cent."""
    take(
        ctk, half(tmp_path, "2022-6m", {"I-0208": [0]}), half(tmp_path, "2023-6m", {"I-0208": [3]})
    )
    workbook, _ = report(ctk)
    assert beside(workbook, "I-0208") == (0, 3, None)


def test_merged_communes_are_added_up(ctk, tmp_path):
    """A commune of after July 2025 stands beside the sum of the four that it was made of."""
    for i, (code, name) in enumerate(OLD.items()):
        take(ctk, half(tmp_path, "2025-6m", {"I-0208": [10 + i]}, code, name))
    take(ctk, half(tmp_path, "2026-6m", {"I-0208": [40]}, **NEW))
    workbook, _ = report(ctk, unit="19429", period="2026-6m")
    assert beside(workbook, "I-0208") == (46, -6, -13.04)
    texts = _texts(workbook["Phụ lục I"])
    assert any("trước ngày 01/7/2025" in text for text in texts)


def test_one_of_the_merged_communes_is_missing(ctk, tmp_path):
    """Three of four are no figure, and the line says so."""
    for code, name in list(OLD.items())[:3]:
        take(ctk, half(tmp_path, "2025-6m", {"I-0208": [10]}, code, name))
    take(ctk, half(tmp_path, "2026-6m", {"I-0208": [40]}, **NEW))
    workbook, _ = report(ctk, unit="19429", period="2026-6m")
    assert beside(workbook, "I-0208") == (None, None, None)
    expected = "Kỳ trước chưa đủ số liệu (3/4 xã) nên không so sánh."
    assert any(text.endswith(expected) for text in _texts(workbook["Phụ lục I"]))


def test_a_part_of_a_divided_commune_is_not_compared(ctk, tmp_path):
    """No columns; the reason names the commune that was divided."""
    for code, name in PARTS.items():
        take(ctk, half(tmp_path, "2025-6m", {"I-0208": [10]}, code, name))
    take(ctk, half(tmp_path, "2026-6m", {"I-0208": [4]}, "00700", "Xã Ngọc Đường"))
    workbook, _ = report(ctk, unit="00700", period="2026-6m")
    texts = _texts(workbook["Phụ lục I"])
    assert "Kỳ trước" not in texts
    assert any("Không so sánh được" in text and "Xã Yên Định" in text for text in texts)


def test_shares_of_the_office_divide_populations(ctk, tmp_path):
    """1,000 children and 40 % of 1,000 more stand beside 1,500; cases beside nothing."""
    Path("ctk.toml").write_text("[weights.00988]\n00700 = 0.4\n", encoding="utf-8")
    rows = {"I-0101": [1000], "I-0208": [10]}
    for code, name in PARTS.items():
        take(ctk, half(tmp_path, "2025-6m", rows, code, name))
    rows = {"I-0101": [1500], "I-0208": [4]}
    take(ctk, half(tmp_path, "2026-6m", rows, "00700", "Xã Ngọc Đường"))
    workbook, _ = report(ctk, unit="00700", period="2026-6m")
    assert beside(workbook, "0101") == (1400, 100, 7.14)
    assert beside(workbook, "I-0208") == (None, None, None)
    assert any("[weights]" in text for text in _texts(workbook["Phụ lục I"]))


def test_a_share_of_a_missing_report_is_no_figure(ctk, tmp_path):
    """Where one of the old communes did not report, its share is not taken for nothing."""
    Path("ctk.toml").write_text("[weights.00988]\n00700 = 0.4\n", encoding="utf-8")
    rows = {"I-0101": [1000], "I-0208": [10]}
    take(ctk, half(tmp_path, "2025-6m", rows, "00700", PARTS["00700"]))
    take(ctk, half(tmp_path, "2026-6m", rows, "00700", "Xã Ngọc Đường"))
    workbook, _ = report(ctk, unit="00700", period="2026-6m")
    assert beside(workbook, "0101") == (None, None, None)


def test_each_table_as_a_file(ctk, tmp_path):
    """All files stand in the answer; the ledger's tracking knows the day of receipt."""
    take(
        ctk, half(tmp_path, "2022-6m", {"I-0208": [8]}), half(tmp_path, "2023-6m", {"I-0208": [9]})
    )
    options = ("--period", "2023-6m", "--unit", "467", "-o", "out", "--separate", *JSON)
    files = ctk("report", *options).json["data"]["files"]
    assert sorted(each["file"] for each in files) == sorted(map(str, Path("out").iterdir()))
    (tracking,) = [each["file"] for each in files if each["form"] == "TT13-tracking"]
    rows = list(load_workbook(tracking).worksheets[0].values)
    (own,) = [row for row in rows if row[1] == "19588"]
    assert own[3] == "đã nhận"
    assert own[4]
    assert own[7] == 1
    assert len([row for row in rows if row[3] == "chưa nộp"]) == 12


def test_a_damaged_ledger_does_not_keep_files_from_being_reported(ctk, tmp_path):
    """The report of the files is written, and that nothing could be compared is an error."""
    now = half(tmp_path, "2023-6m", {"I-0208": [9]})
    take(ctk, half(tmp_path, "2022-6m", {"I-0208": [8]}))
    (event,) = Path("ledger/events").iterdir()
    event.write_bytes(b"{}")
    for index in Path("ledger").glob("index*"):
        index.unlink()
    workbook, answer = report(ctk, now)
    assert (answer.code, [e["code"] for e in answer.json["errors"]]) == (3, ["ledger_damaged"])
    assert "Kỳ trước" not in _texts(workbook["Phụ lục I"])


def test_a_province_names_its_districts_and_communes_that_lack(ctk, tmp_path):
    """Of a province with districts the footnote names communes, the first thirty of them."""
    now = half(tmp_path, "2023-6m", {"I-0208": [9]})
    workbook, _ = report(ctk, now, unit="45")
    footnotes = footnotes_of(workbook["Phụ lục I"])
    (text,) = [said for said in footnotes.values() if said.startswith("Chưa đủ: 1/125 xã")]
    assert text.endswith("và 94 đơn vị khác.")
    assert text.count(",") == 29


def _texts(sheet):
    return [str(v) for row in sheet.values for v in row if v is not None]
