"""From what the user named to the files to read."""

import os
import unicodedata
from pathlib import Path

import pytest

from ctk.intake.paths import gather
from file_formats import archive, delimited
from workbooks import batch_of, cover, table


def make(folder, *names):
    """Make files of one byte."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def names(files, folder):
    """Paths as seen from a folder."""
    return [Path(file).relative_to(folder).as_posix() for file in files]


def test_folders_recursively_in_order(tmp_path):
    """Workbooks of a folder and its folders come in the order of their names."""
    make(tmp_path, "b.xlsx", "a.XLSX", "x/c.xls", "x/y/d.ods", "x/e.xlsm", "x/f.xlsb")
    assert names(gather([tmp_path]).files, tmp_path) == [
        "a.XLSX",
        "b.xlsx",
        "x/c.xls",
        "x/e.xlsm",
        "x/f.xlsb",
        "x/y/d.ods",
    ]


def test_other_files_of_a_folder_are_left_out_and_counted(tmp_path):
    """A letter or a picture in the folder is no workbook; hidden files are not even counted."""
    make(tmp_path, "a.xlsx", "thu.docx", "anh.jpg", ".DS_Store")
    found = gather([tmp_path])
    assert names(found.files, tmp_path) == ["a.xlsx"]
    assert names(found.others, tmp_path) == ["anh.jpg", "thu.docx"]


def test_a_file_named_outright_is_read_whatever_its_ending(tmp_path):
    """Who names a file wants it read; its content decides."""
    make(tmp_path, "bieu.dat")
    assert (str(tmp_path / "bieu.dat"),) == gather([tmp_path / "bieu.dat"]).files


def test_lock_files(tmp_path):
    """Excel's lock files are set apart, in a folder and named outright."""
    make(tmp_path, "~$a.xlsx", "a.xlsx")
    assert names(gather([tmp_path]).locks, tmp_path) == ["~$a.xlsx"]
    assert (str(tmp_path / "~$a.xlsx"),) == gather([tmp_path / "~$a.xlsx"]).locks
    assert gather([tmp_path / "~$a.xlsx"]).files == ()


def test_missing_path_stays(tmp_path):
    """A path that does not exist stays in the list, so that its absence is told."""
    assert (str(tmp_path / "khong"),) == gather([tmp_path / "khong"]).files


def test_impossible_path_stays(tmp_path):
    """A name too long for the system is a file that cannot be read, not the end of the run."""
    make(tmp_path, "a.xlsx")
    long = tmp_path / ("n" * 300)
    assert (str(long), str(tmp_path / "a.xlsx")) == gather([long, tmp_path / "a.xlsx"]).files


def test_each_file_once(tmp_path):
    """A file named twice, or inside a folder that is also named, is one file."""
    make(tmp_path, "a.xlsx")
    assert len(gather([tmp_path, tmp_path / "a.xlsx", tmp_path / "a.xlsx"]).files) == 1


def test_folder_that_may_not_be_read(tmp_path, monkeypatch):
    """A folder that may not be listed is told like a file that cannot be opened."""
    make(tmp_path, "a.xlsx", "kin/b.xlsx")
    real = os.scandir

    def scandir(path):
        if str(path).endswith("kin"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert [str(tmp_path / "a.xlsx"), str(tmp_path / "kin")] == sorted(gather([tmp_path]).files)


def test_vietnamese_names(tmp_path):
    """Names with accents and spaces are kept as they are."""
    make(tmp_path, "Xã Tà Rụt/Biểu 6 tháng.xlsx")
    assert names(gather([tmp_path]).files, tmp_path) == ["Xã Tà Rụt/Biểu 6 tháng.xlsx"]


def test_lock_files_of_libreoffice(tmp_path):
    """LibreOffice's lock files are set apart like Excel's."""
    make(tmp_path, ".~lock.a.xlsx#", "a.xlsx")
    assert names(gather([tmp_path]).locks, tmp_path) == [".~lock.a.xlsx#"]
    assert gather([tmp_path / ".~lock.a.xlsx#"]).files == ()


def test_files_that_may_be_meant(tmp_path):
    """Texts, pages and archives of a folder are tried; named outright they are surely meant."""
    make(tmp_path, "a.csv", "b.txt", "c.htm", "d.zip", "e.gsheet", "f.pdf")
    found = gather([tmp_path, tmp_path / "b.txt"])
    assert names(found.files, tmp_path) == ["a.csv", "b.txt", "c.htm", "d.zip", "e.gsheet"]
    assert names(sorted(found.doubtful), tmp_path) == ["a.csv", "c.htm", "d.zip"]
    assert names(found.others, tmp_path) == ["f.pdf"]


def test_only_what_is_meant_is_an_error(tmp_path):
    """In a folder a note or a picture archive is passed over, an archive of workbooks is not."""
    (tmp_path / "ghi-chu.txt").write_text("Nhớ gọi xã A Ngo; chưa nộp\n", "utf-8")
    (tmp_path / "anh.zip").write_bytes(archive({"1.jpg": "x"}))
    (tmp_path / "nop.zip").write_bytes(archive({"A Ngo.xlsx": "x"}))
    (tmp_path / "so.csv").write_text("a;b;c\n1;2;3\n4;5;6\n7;8;9\n", "utf-8")
    (tmp_path / "bieu.csv").write_text(
        delimited({"A": [*cover(), *table({"I-0103": [3]})]}), "utf-8"
    )
    batch = batch_of(tmp_path)
    assert [(Path(f).name, e.code) for f, e in batch.unreadable] == [
        ("nop.zip", "archive_with_workbooks")
    ]
    assert [Path(s.file).name for s in batch.submissions] == ["bieu.csv"]
    assert sorted(Path(f).name for f in batch.others) == ["anh.zip", "ghi-chu.txt", "so.csv"]


def test_folders_named_like_workbooks(tmp_path):
    """A folder so named is walked; empty, or an unpacked workbook, it is told as a folder."""
    make(tmp_path, "a.xlsx/b.xlsx", "c.xlsx/[Content_Types].xml", "c.xlsx/xl/workbook.xml")
    (tmp_path / "d.xlsx").mkdir()
    files = gather([tmp_path]).files
    assert [f for f in names(files, tmp_path) if f.endswith("x")] == [
        "a.xlsx/b.xlsx",
        "c.xlsx",
        "d.xlsx",
    ]
    assert [e.code for _, e in batch_of(tmp_path / "d.xlsx").unreadable] == ["is_folder"]


def test_links_that_lead_back(tmp_path):
    """A link to a folder above does not make the walk endless, nor a file come twice."""
    make(tmp_path, "x/a.xlsx")
    (tmp_path / "x" / "again").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    assert names(gather([tmp_path]).files, tmp_path) == ["x/a.xlsx"]
    real = os.walk

    def following(folder, **how):
        return real(folder, followlinks=True, **how)

    assert names(gather([tmp_path / "x" / "again"]).files, tmp_path) == ["x/again/x/a.xlsx"]
    with pytest.MonkeyPatch.context() as patch:  # as Windows walks junctions
        patch.setattr(os, "walk", following)
        assert names(gather([tmp_path]).files, tmp_path) == ["x/a.xlsx"]


def test_accents_stored_apart(tmp_path):
    """A name typed with joined accents is found where the disk keeps them apart, and back."""
    for typed, stored in (("NFC", "NFD"), ("NFD", "NFC")):
        name = unicodedata.normalize(stored, f"Xã Tà Rụt {stored}.xlsx")
        make(tmp_path, name)
        asked = tmp_path / unicodedata.normalize(typed, name)
        assert (str(tmp_path / name),) == gather([asked]).files
    assert (str(tmp_path / "Không có.xlsx"),) == gather([tmp_path / "Không có.xlsx"]).files
