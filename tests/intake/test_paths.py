"""From what the user named to the files to read."""

import os
from pathlib import Path

from ctk.intake.paths import gather


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
