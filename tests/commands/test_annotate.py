"""`ctk validate --annotate`: which files come back, where to, and what never happens to them."""

import hashlib
from pathlib import Path

import openpyxl
import pytest

from ctk.commands import annotate as command
from ctk.commands.annotate import relative_places
from packages import problems
from workbooks import DAKRONG, batch_of, book, consistent, findings_of

SAMPLES = Path(__file__).parents[2] / "data/samples/467-2022-6m-faulty"


@pytest.fixture
def rows():
    """Figures of a commune that contradict nothing."""
    return consistent("annotate").rows()


@pytest.fixture
def wrong(rows):
    """The same with one total that is one too high."""
    rows["I-0105"][0] += 1
    return rows


def hand_back(ctk, *arguments, code=None):
    """Run and give what is said about the copies."""
    answer = ctk("validate", *arguments, "--format", "json")
    if code is not None:
        assert answer.code == code
    return answer.json["data"]["annotated"]


def hashes(folder):
    """What lies below a folder."""
    return {p: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*.xls*")}


def test_only_files_with_findings(ctk, tmp_path, rows):
    """A clean file has no copy, and the answer says so; an unreadable one is not listed."""
    book(tmp_path / "clean.xlsx", rows)
    wrong = consistent("other figures").rows()
    wrong["I-0105"][0] += 1
    book(tmp_path / "wrong.xlsx", wrong, code="19591", name=DAKRONG["19591"])
    (tmp_path / "rubbish.xlsx").write_bytes(b"rubbish")
    found = hand_back(ctk, tmp_path, "--annotate", tmp_path / "out", code=3)
    copies = [(Path(row["file"]).name, row["copy"] is not None) for row in found]
    assert copies == [("clean.xlsx", False), ("wrong.xlsx", True)]
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["wrong.xlsx"]


def test_source_is_untouched(ctk, tmp_path, wrong):
    """The sender's file keeps every byte."""
    path = book(tmp_path / "a.xlsx", wrong)
    before = hashes(tmp_path)
    hand_back(ctk, path, "--annotate", tmp_path / "out")
    assert before[path] == hashes(tmp_path)[path]


def test_figures_of_the_copy(ctk, tmp_path, wrong):
    """A copy reads as the file itself: same figures at the same cells, same findings."""
    path = book(tmp_path / "a.xlsx", wrong)
    (row,) = hand_back(ctk, path, "--annotate", tmp_path / "out", code=1)
    before, after = batch_of(path), batch_of(row["copy"])
    names = ["element", "breakdown", "value", "absence", "note", "row", "col"]
    assert before.frame[names].equals(after.frame[names])
    assert before.raw == after.raw
    said = [(f.rule, f.sheet, f.cell, f.message) for f in findings_of(path)]
    assert [(f.rule, f.sheet, f.cell, f.message) for f in findings_of(row["copy"])] == said


def test_page_says_what_to_do(ctk, tmp_path, wrong):
    """Unit, period, the sender's words for the row, the sentence, what is there, and the rule."""
    path = book(tmp_path / "a.xlsx", wrong)
    (row,) = hand_back(ctk, path, "--annotate", tmp_path / "out")
    finding = next(f for f in findings_of(path) if f.rule == "V401")
    sheet = openpyxl.load_workbook(row["copy"]).worksheets[0]
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert lines[0][0] == "CẦN SỬA: Xã Tà Rụt – 6 tháng đầu năm 2022"
    line = next(line for line in lines if (line[8], line[4]) == ("V401", finding.message))
    assert line[1:4] == ["Xã Tà Rụt", f"Số liệu!{finding.cell}", "Dòng I-0105"]
    assert line[5:7] == [finding.value, finding.suggestion]
    assert (
        finding.message in openpyxl.load_workbook(row["copy"])["Số liệu"][finding.cell].comment.text
    )


def test_english(ctk, tmp_path, wrong):
    """With --lang en the page and the comments are English."""
    path = book(tmp_path / "a.xlsx", wrong)
    (row,) = hand_back(ctk, path, "--annotate", tmp_path / "out", "--lang", "en")
    names = openpyxl.load_workbook(row["copy"]).sheetnames
    assert names[0] == "To correct"


def test_warnings_have_room_for_an_answer(ctk, tmp_path, rows):
    """Warnings stand apart, with an empty cell for the commune's reason."""
    path = book(tmp_path / "a.xlsx", rows | {"I-0103": [None]})
    (row,) = hand_back(ctk, path, "--annotate", tmp_path / "out", code=0)
    sheet = openpyxl.load_workbook(row["copy"])["Cần sửa"]
    first = [line[0].value for line in sheet.iter_rows()]
    start = next(i for i, text in enumerate(first) if str(text).startswith("2. CẦN XÁC NHẬN: 1"))
    line = list(sheet.iter_rows())[start + 1]
    assert (line[8].value, line[5].value, line[7].value) == ("V301", "(trống)", None)


def test_file_level_finding_stands_on_the_list(ctk, tmp_path, rows):
    """A finding without a cell marks none and is listed; the copy is written all the same."""
    book(tmp_path / "a.xlsx", rows)
    book(tmp_path / "b.xlsx", consistent("another").rows())
    found = hand_back(ctk, tmp_path, "--annotate", tmp_path / "out", code=1)
    assert [row["marked"] for row in found] == [0, 0]
    sheet = openpyxl.load_workbook(found[0]["copy"])["Cần sửa"]
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert "(cả tệp)" in [line[2] for line in lines if line[8] == "V601"]


def test_existing_copy_needs_force(ctk, tmp_path, wrong):
    """A copy that is there is kept, said as this file's error; with --force it is replaced."""
    path = book(tmp_path / "a.xlsx", wrong)
    out = tmp_path / "out"
    out.mkdir()
    (out / "a.xlsx").write_bytes(b"mine")
    answer = ctk("validate", path, "--annotate", out, "--format", "json")
    assert (answer.code, answer.json["errors"][0]["code"]) == (3, "file_exists")
    assert answer.json["data"]["annotated"] == [{"file": str(path), "copy": None, "marked": 0}]
    assert (out / "a.xlsx").read_bytes() == b"mine"
    assert hand_back(ctk, path, "--annotate", out, "--force", code=1)[0]["marked"] > 0
    assert (out / "a.xlsx").read_bytes() != b"mine"


@pytest.mark.parametrize("way", ["same folder", "detour", "link to folder", "link to file"])
def test_never_over_a_source(ctk, tmp_path, wrong, way):
    """However the folder is spelled, and with --force too, no file of the sender is replaced."""
    home = tmp_path / "in"
    home.mkdir()
    path = book(home / "a.xlsx", wrong)
    before = path.read_bytes()
    out = {"same folder": home, "detour": home / ".." / "in"}.get(way, tmp_path / "out")
    if way == "link to folder":
        out.symlink_to(home, target_is_directory=True)
    elif way == "link to file":
        out.mkdir()
        (out / "a.xlsx").symlink_to(path)
    answer = ctk("validate", path, "--annotate", out, "--force", "--format", "json")
    assert answer.json["errors"][0]["code"] == "copy_is_source"
    assert path.read_bytes() == before
    assert not path.is_symlink()


def test_changed_since_it_was_checked(ctk, tmp_path, wrong, monkeypatch):
    """A file that is no longer the one that was checked is not marked."""
    path = book(tmp_path / "a.xlsx", wrong)
    read = command.read_bytes
    monkeypatch.setattr(command, "read_bytes", lambda each: read(each) + b" ")
    answer = ctk("validate", path, "--annotate", tmp_path / "out", "--format", "json")
    assert [error["code"] for error in answer.json["errors"]] == ["source_changed"]
    assert not (tmp_path / "out").exists()


def test_others_go_on(ctk, tmp_path, wrong):
    """A copy that cannot be written is the trouble of one file only."""
    for name, code in (("a", "19588"), ("b", "19591")):
        book(tmp_path / f"{name}.xlsx", wrong, code=code, name=DAKRONG[code])
    (tmp_path / "out" / "a.xlsx").mkdir(parents=True)
    found = hand_back(ctk, tmp_path, "--annotate", tmp_path / "out", "--force", code=3)
    assert [row["copy"] is not None for row in found] == [False, True]


def test_same_name_in_two_folders(ctk, tmp_path, wrong):
    """Below a folder that was named, copies lie as the files do; else they get numbers."""
    paths = []
    for folder, code in (("x", "19588"), ("y", "19591")):
        (tmp_path / "in" / folder).mkdir(parents=True)
        file = tmp_path / "in" / folder / "a.xlsx"
        paths.append(book(file, wrong, code=code, name=DAKRONG[code]))
    out = tmp_path / "out"
    found = hand_back(ctk, tmp_path / "in", "--annotate", out)
    assert [row["copy"] for row in found] == [str(out / "x/a.xlsx"), str(out / "y/a.xlsx")]
    found = hand_back(ctk, *paths, "--annotate", out)
    assert [row["copy"] for row in found] == [str(out / "a.xlsx"), str(out / "a (2).xlsx")]


def test_places_ignore_case_and_ending(tmp_path):
    """A.xls and a.xlsx would be one copy on some systems: the second gets a number."""
    files = [str(tmp_path / name) for name in ("x/a.xlsx", "y/A.xls", "z/a.xlsm")]
    places = relative_places(files, [tmp_path / name for name in ("x", "y", "z")])
    assert [str(place) for place in places.values()] == ["a.xlsx", "A (2).xls", "a (3).xlsm"]


def test_no_copy_leaves_its_folder(ctk, tmp_path, wrong, monkeypatch):
    """A file beside the folder "." that is checked too is copied into the folder for copies."""
    for name in ("b", "here"):
        (tmp_path / name).mkdir()
    book(tmp_path / "b" / "a.xlsx", wrong)
    monkeypatch.chdir(tmp_path / "here")
    (row,) = hand_back(ctk, ".", "../b/a.xlsx", "--annotate", "copies")
    assert row["copy"] == str(Path("copies", "a.xlsx"))
    assert {f.name for f in (tmp_path / "here").iterdir()} == {"copies"}


def test_without_the_option_nothing_is_written(ctk, tmp_path, wrong):
    """Checking alone writes no file and has no such key."""
    path = book(tmp_path / "a.xlsx", wrong)
    answer = ctk("validate", path, "--format", "json")
    assert "annotated" not in answer.json["data"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.xlsx", "home"]


def test_a_person_is_told(ctk, tmp_path, wrong):
    """Without --format the number of copies and their folder stand at the end."""
    path = book(tmp_path / "a.xlsx", wrong)
    out = tmp_path / "out"
    said = ctk("validate", path, "--annotate", out).out
    assert f"Đã ghi 1 bản đánh dấu vào {out}" in said
    assert "Tệp đã có" in ctk("validate", path, "--annotate", out).out
    listed = ctk("validate", path, "--annotate", out, "--details", "--force").out
    assert f"Bản đánh dấu: {out / 'a.xlsx'}" in listed


def test_comparisons_tint_the_other_cells(ctk, tmp_path, rows):
    """The cell of a broken sum has the full colour, those that it is compared with a pale one."""
    rows["II-0104"][0] += 1
    path = book(tmp_path / "a.xlsx", rows)
    finding = next(f for f in findings_of(path) if f.rule == "V401")
    (row,) = hand_back(ctk, path, "--annotate", tmp_path / "out")
    sheet = openpyxl.load_workbook(row["copy"])["Số liệu"]
    fills = {cell: sheet[cell].fill.fgColor.rgb for cell in finding.cells}
    assert len(set(fills.values())) == 2
    assert list(fills.values()).count(fills[finding.cell]) == 1


def test_all_samples(ctk, tmp_path):
    """Each faulty sample comes back sound and reads as before."""
    found = hand_back(ctk, SAMPLES, "--annotate", tmp_path / "out", code=3)
    copies = [row for row in found if row["copy"]]
    assert len(copies) >= 11
    for row in copies:
        assert problems(Path(row["copy"]).read_bytes()) == []
        before, after = batch_of(row["file"]), batch_of(row["copy"])
        assert before.frame.drop(columns="sheet").equals(after.frame.drop(columns="sheet"))


def test_sheet_of_ours_is_no_data(tmp_path, rows):
    """A page that ctk put in front is not told as a sheet that belongs to no form."""
    grid = [["CẦN SỬA", "ctk-annotation 1"], ["", ""], ["Mã số", "Tổng số"], ["I-0101", 5]]
    path = book(tmp_path / "a.xlsx", rows)
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.create_sheet("Cần sửa", 0)
    for line in grid:
        sheet.append(line)
    workbook.save(path)
    assert [f.rule for f in findings_of(path)] == []


def test_copies_below_the_input_are_not_read(ctk, tmp_path, wrong):
    """Copies that lie below the folder that is checked are no second submissions."""
    path = book(tmp_path / "a.xlsx", wrong)
    out = tmp_path / "out"
    for _ in range(2):
        found = hand_back(ctk, tmp_path, "--annotate", out, "--force", code=1)
        assert [row["file"] for row in found] == [str(path)]
    again = ctk("validate", out, "--annotate", tmp_path / "more", "--format", "json")
    assert [row["file"] for row in again.json["data"]["files"]] == [str(out / "a.xlsx")]


def test_copy_of_a_copy(ctk, tmp_path, wrong):
    """A copy sent back and checked again gets a page in front of the earlier one."""
    path = book(tmp_path / "a.xlsx", wrong)
    (first,) = hand_back(ctk, path, "--annotate", tmp_path / "one")
    (second,) = hand_back(ctk, first["copy"], "--annotate", tmp_path / "two", code=1)
    names = openpyxl.load_workbook(second["copy"]).sheetnames
    assert names == ["Cần sửa (2)", "Cần sửa", "Bìa", "Số liệu"]
    assert problems(Path(second["copy"]).read_bytes()) == []


def test_fault_of_our_own_stops_no_other_file(ctk, tmp_path, wrong, monkeypatch):
    """A fault at one file is that file's error, told by its kind and without a cell's content."""

    def fail(*_):
        raise AssertionError("Nguyễn Thị A")

    monkeypatch.setattr(command, "make_page", fail)
    path = book(tmp_path / "a.xlsx", wrong)
    answer = ctk("validate", path, "--annotate", tmp_path / "out", "--format", "json")
    assert (answer.code, answer.json["errors"][0]["code"]) == (3, "cannot_mark")
    assert "Nguyễn" not in answer.out + answer.err


def test_hidden_sheet(ctk, tmp_path, wrong):
    """A cell of a hidden sheet is listed without a link, which would lead nowhere."""
    path = book(tmp_path / "a.xlsx", wrong)
    workbook = openpyxl.load_workbook(path)
    workbook["Số liệu"].sheet_state = "hidden"
    workbook.save(path)
    (row,) = hand_back(ctk, path, "--annotate", tmp_path / "out")
    sheet = openpyxl.load_workbook(row["copy"])["Cần sửa"]
    places = [line[2] for line in sheet.iter_rows() if str(line[2].value).startswith("Số liệu!")]
    assert {str(place.value)[-10:] for place in places} == {"(trang ẩn)"}
    assert [place.hyperlink for place in places] == [None] * len(places)
