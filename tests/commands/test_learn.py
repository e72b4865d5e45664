"""`ctk forms learn`: from filled files to a layout that ctk reads them with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ctk.cli.learning import Dialogue
from ctk.commands.learn import COLUMNS, LearnRequest, run
from ctk.errors import ExitCode, UsageError
from ctk.forms.loader import build_layout
from ctk.forms.table import Planner
from ctk.indicators import load_catalogue
from ctk.workbook.opening import read_bytes
from ctk.workbook.reading import read_book
from ctk.workbook.writing import new_workbook

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
ANNEX = SAMPLES / "467-2022-6m-annex"
CATALOGUE = load_catalogue()
DOUBTFUL = "Trẻ em khuyết tật nặng"
ROWS = [
    ["TT", "Nội dung", "Tổng số", "Nữ"],
    [1, "Trẻ em dưới 16 tuổi", 90, 40],
    [2, "Trẻ em khuyết tật", 5, 2],
    [3, DOUBTFUL, 1, 0],
    [4, "Số trẻ em được tặng quà Tết", 70, 30],
]


def workbook(path: Path, rows: list[list[object]]) -> Path:
    """Write rows to a sheet."""
    with new_workbook(path, "Biểu", "") as book:
        sheet = book.add_worksheet("Biểu")
        for r, row in enumerate(rows):
            sheet.write_row(r, 0, row)
    return path


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A small filled form with a row that is not sure."""
    return workbook(tmp_path / "xa.xlsx", ROWS)


def learned(tmp_path: Path, *paths: Path, **other: object) -> LearnRequest:
    """A request to learn from files."""
    return LearnRequest(paths, tmp_path / "bieu.toml", **other)  # type: ignore[arg-type]


def test_the_samples_are_learned_and_read_again(tmp_path: Path) -> None:
    """A layout learned from two communes reads the figures of a third one."""
    first, second, third = sorted(ANNEX.iterdir())[:3]
    result = run(learned(tmp_path, first, second, name="Biểu trẻ em"))
    layout = build_layout((tmp_path / "bieu.toml").read_text(encoding="utf-8"), CATALOGUE)
    plan = Planner((layout,), CATALOGUE).plan(read_book(read_bytes(third)).sheets[0].cells)

    assert (result.exit_code, layout.id, layout.title_vi) == (0, "bieu-tre-em", "Biểu trẻ em")
    assert all(tie["sure"] for tie in result.data["ties"])
    assert plan is not None
    assert {CATALOGUE.elements[e].id for e in plan.element.tolist()} == {
        tie["element"] for tie in result.data["ties"] if tie["element"]
    }


def test_ties_have_a_score_and_a_runner_up(example: Path, tmp_path: Path) -> None:
    """Each row says what it is tied to, how sure that is, and what it may be instead."""
    ties = {tie["label"]: tie for tie in run(learned(tmp_path, example)).data["ties"]}
    sure, doubtful, outside = (
        ties[label] for label in ("Trẻ em khuyết tật", DOUBTFUL, ROWS[-1][1])
    )

    assert set(sure) == set(COLUMNS)
    assert (sure["element"], sure["sure"], sure["cell"]) == ("602.04", True, "B3")
    assert not doubtful["sure"]
    assert doubtful["runner_up_score"] <= 1
    assert (outside["kind"], outside["sure"]) == ("outside", True)


def test_a_layout_that_is_there_stays(example: Path, tmp_path: Path) -> None:
    """An existing file is not written over without --force."""
    there = tmp_path / "bieu.toml"
    there.write_text("mine", encoding="utf-8")

    with pytest.raises(UsageError) as error:
        run(learned(tmp_path, example))
    assert error.value.code == "file_exists"
    assert there.read_text(encoding="utf-8") == "mine"
    assert run(learned(tmp_path, example, force=True)).data["layout"] == str(there)


def test_files_that_cannot_be_used_are_told(example: Path, tmp_path: Path) -> None:
    """A broken, an empty and a tableless file are errors; the others are learned from."""
    broken, empty = tmp_path / "broken.xlsx", tmp_path / "empty.xlsx"
    broken.write_bytes(example.read_bytes()[:900])
    empty.write_bytes(b"")
    letter = workbook(tmp_path / "letter.xlsx", [["Kính gửi phòng"], ["Xã xin báo cáo"]])
    result = run(learned(tmp_path, broken, empty, letter, example))

    assert [error.code for error in result.errors] == ["truncated", "empty_file", "no_table"]
    assert result.exit_code is ExitCode.UNREADABLE
    assert (tmp_path / "bieu.toml").is_file()


def test_nothing_to_learn_from_writes_nothing(tmp_path: Path) -> None:
    """Without any usable file there is no layout."""
    result = run(learned(tmp_path, tmp_path / "gone.xlsx"))

    assert (result.exit_code, result.data["layout"]) == (ExitCode.UNREADABLE, None)
    assert not (tmp_path / "bieu.toml").exists()


def test_examples_that_differ_are_told(example: Path, tmp_path: Path) -> None:
    """The notes say which file has which rows more."""
    more = workbook(tmp_path / "xa-2.xlsx", [*ROWS, [5, "Trẻ em có thẻ BHYT", 80, 30]])
    notes = run(learned(tmp_path, example, more)).notes

    assert len(notes) == 1
    assert "xa-2.xlsx" in notes[0]
    assert "Trẻ em có thẻ BHYT" in notes[0]


@pytest.mark.parametrize(
    ("answers", "kind", "element"),
    [
        (["1"], "element", None),
        (["0"], "outside", None),
        (["không rõ", "I-0306.6"], "element", "I-0306.6"),
        (["602.04", "0"], "outside", None),
        ([""], None, None),
        (["q"], None, None),
    ],
)
def test_the_dialogue(
    example: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answers: list[str],
    kind: str | None,
    element: str | None,
) -> None:
    """A number chooses, an id is taken unless it is used, 0 is outside, Enter leaves it open."""
    left = iter(answers)
    monkeypatch.setattr("builtins.input", lambda _prompt: next(left))
    result = run(learned(tmp_path, example), Dialogue("vi"))
    (tie,) = (tie for tie in result.data["ties"] if tie["label"] == DOUBTFUL)

    assert tie["sure"] is (kind is not None)
    assert kind in (None, tie["kind"])
    assert element in (None, tie["element"])
    assert list(left) == []


def test_an_unknown_column_may_be_given_a_breakdown(tmp_path, monkeypatch) -> None:
    """A column whose title says nothing is not read, unless the person says what it is."""
    odd = workbook(
        tmp_path / "la.xlsx", [[*row, "Cột lạ" if r == 0 else 1] for r, row in enumerate(ROWS)]
    )
    answers = iter(["Z", "u6", "q"])
    monkeypatch.setattr("builtins.input", lambda _prompt: next(answers))
    ties = run(learned(tmp_path, odd), Dialogue("vi")).data["ties"]

    assert [tie["age"] for tie in ties if tie["label"] == "Cột lạ"] == ["U6"]


def test_the_command_prints_json(ctk, example, tmp_path):
    """In a pipe nothing is asked; the document holds the ties."""
    out = tmp_path / "bieu.toml"
    answer = ctk("forms", "learn", example, "-o", out, "--format", "json")
    document = answer.json

    assert (answer.code, document["command"]) == (0, "forms learn")
    assert document["data"]["form"] == "bieu"
    assert len(document["data"]["ties"]) == 6


def test_the_command_prints_for_people(ctk, tmp_path):
    """A person sees each row with its element, and what to do next."""
    first = shutil.copy(sorted(ANNEX.iterdir())[0], tmp_path / "xa.xlsx")
    answer = ctk("forms", "learn", first, "-o", tmp_path / "bieu.toml", "--yes")

    assert "602.04" in answer.out
    assert "ctk forms check" in answer.out
    assert answer.code == 0


def test_a_folder_without_workbooks_is_told(ctk, tmp_path):
    """An empty folder is no error, but nobody has to wonder what happened."""
    (tmp_path / "empty").mkdir()
    layout = SAMPLES / "467-2022-6m-annex.toml"
    learned = ctk("forms", "learn", tmp_path / "empty", "-o", tmp_path / "x.toml", "--yes")
    checked = ctk("forms", "check", layout, tmp_path / "empty")
    assert [(a.code, "Không có bảng tính nào để đọc." in a.err) for a in (learned, checked)] == [
        (0, True), (0, True),
    ]  # fmt: skip
