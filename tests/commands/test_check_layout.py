"""`ctk forms check`, `show` and `list`: what a layout reads, how it is drawn, which there are."""

import shutil
from pathlib import Path

import openpyxl
import pytest

from ctk.commands.check_layout import CheckRequest, run
from ctk.commands.learn import LearnRequest
from ctk.commands.learn import run as learn
from ctk.errors import ExitCode, UsageError

ANNEX = Path(__file__).parents[2] / "data" / "samples" / "467-2022-6m-annex"


@pytest.fixture(scope="module")
def layout(tmp_path_factory):
    """A layout learned from two of the samples."""
    out = tmp_path_factory.mktemp("layout") / "bieu-tre-em.toml"
    learn(LearnRequest(sorted(ANNEX.iterdir())[:2], out, "Biểu trẻ em"))
    return out


@pytest.fixture
def filled(tmp_path):
    """A copy of a sample, to be changed."""
    return Path(shutil.copy(sorted(ANNEX.iterdir())[2], tmp_path / "xa.xlsx"))


def changed(path, change):
    """Change a workbook's first sheet."""
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0])
    book.save(path)


def test_each_figure_has_its_cell_and_label(layout, filled):
    """A figure stands with its cell, the words of its row, and what it is."""
    sheet = openpyxl.load_workbook(filled).worksheets[0]
    result = run(CheckRequest(layout, [filled]))
    figures = {row["cell"]: row for row in result.data["figures"]}

    assert result.exit_code is ExitCode.OK
    assert figures["F32"]["label"] == sheet["B32"].value == "Khuyết tật"
    assert (figures["F32"]["element"], figures["F32"]["sex"]) == ("602.04", "F")
    assert figures["F32"]["value"] == sheet["F32"].value
    assert [row["label"] for row in result.data["outside"]] == ["TE tham gia sinh hoạt hè"]
    assert result.data["missing"] == []


def test_what_the_layout_expects_and_is_not_there(layout, filled):
    """A row and a column that the file lacks are told, with exit code 1."""

    def without(sheet):
        sheet.delete_rows(19)
        sheet["I8"] = "Trẻ mồ côi"

    changed(filled, without)
    result = run(CheckRequest(layout, [filled]))

    assert {(row["what"], row["label"]) for row in result.data["missing"]} == {
        ("row", "TE có thẻ BHYT"), ("column", "TE DTTS"),
    }  # fmt: skip
    assert result.exit_code is ExitCode.FINDINGS


def test_files_that_do_not_fit_or_cannot_be_read(layout, filled, tmp_path):
    """Another form and a broken file are errors; the others are still read."""
    broken = tmp_path / "hong.xlsx"
    broken.write_bytes(filled.read_bytes()[:2000])
    other = sorted((ANNEX.parent / "601-602-2024").iterdir())[0]
    result = run(CheckRequest(layout, [broken, other, filled]))

    assert [error.code for error in result.errors] == ["truncated", "layout_does_not_fit"]
    assert result.exit_code is ExitCode.UNREADABLE
    assert [file["file"] for file in result.data["files"]] == [str(filled)]


def test_a_wrong_layout_is_refused(filled, tmp_path):
    """A layout with an unknown element is refused by name and key; so is one that is not there."""
    wrong = tmp_path / "sai.toml"
    wrong.write_text(
        'format = 2\nid = "a"\nversion = 1\ntitle_vi = "A"\nperiods = ["6m"]\n'
        '[[table]]\n[[table.column]]\nlabel = "Tổng số"\n'
        '[[table.row]]\nlabel = "Trẻ em"\nelement = "I-9999"\n',
        encoding="utf-8",
    )

    with pytest.raises(UsageError, match="I-9999"):
        run(CheckRequest(wrong, [filled]))
    with pytest.raises(UsageError):
        run(CheckRequest(tmp_path / "khong-co.toml", [filled]))


def test_the_command_prints_cells_side_by_side(ctk, layout, filled):
    """A person sees a row's figures with their cells on one line."""
    out = ctk("forms", "check", layout, filled).out
    line = next(line for line in out.splitlines() if "602.04" in line)
    sheet = openpyxl.load_workbook(filled).worksheets[0]

    assert f"F32: {sheet['F32'].value}" in line
    assert "Ngoài danh mục" in out


def test_a_layout_is_drawn(ctk, layout):
    """A layout is drawn with its elements and a mark for each breakdown that it asks."""
    answer = ctk("forms", "show", layout)
    line = next(line for line in answer.out.splitlines() if "602.04" in line)

    assert line.split()[:3] == ["Khuyết", "tật", "602.04"]
    assert line.count("+") == 6
    assert ctk("forms", "show", layout, "--format", "json").json["data"]["forms"][0]["tables"]


def test_a_matrix_is_drawn_turned(ctk):
    """Where elements are columns they are drawn as rows, and said to be."""
    out = ctk("forms", "show", "601-602").out

    assert "vẽ xoay lại" in out
    assert "602.14" in out


def test_own_layouts_are_listed(ctk, layout, tmp_path, monkeypatch):
    """The layouts of the workspace stand in the list beside those of ctk, with their file."""
    ctk("init", tmp_path / "office", "--unit", "467", "--year", "2022")
    own = Path(shutil.copy(layout, tmp_path / "office" / "forms"))
    monkeypatch.chdir(tmp_path / "office")
    forms = {
        row["id"]: row for row in ctk("forms", "list", "--format", "json").json["data"]["forms"]
    }

    assert Path(forms["bieu-tre-em"]["source"]).name == own.name
    assert "601-602" in forms
    assert ctk("forms", "show", "bieu-tre-em").code == 0
