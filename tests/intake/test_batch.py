"""All files of a run become one frame whose rows lead back to cells."""

import numpy as np
import pytest

from ctk.frame import COLUMNS
from ctk.model import Absence
from ctk.periods import Period
from workbooks import batch_of, book, cover, table, write_book


def rules(batch):
    """What was noticed, without the rows that small workbooks lack."""
    return [seen.rule for seen in batch.observations if seen.rule != "V206"]


def test_one_frame_of_all_files(tmp_path):
    """Figures of all files stand in one frame of fixed types, each with its submission."""
    files = [
        book(tmp_path / "a.xlsx", {"I-0103": [3]}),
        book(tmp_path / "b.xlsx", {"I-0105": [9, 4, 5]}, code="19591", name="Xã A Bung"),
    ]
    batch = batch_of(*files)
    assert {name: np.dtype(kind) for name, kind in COLUMNS.items()} == dict(batch.frame.dtypes)
    assert (
        batch.frame["submission"].tolist(),
        batch.frame["value"].tolist(),
    ) == ([0, 1, 1, 1], [3, 9, 4, 5])
    assert [s.unit.code for s in batch.submissions] == ["19588", "19591"]
    assert {Period(2022, 6)} == {s.period for s in batch.submissions}


def test_bad_files_stand_apart(tmp_path):
    """What cannot be read is no submission; the others keep their order."""
    (tmp_path / "b.xlsx").write_bytes(b"rubbish")
    book(tmp_path / "a.xlsx", {"I-0103": [3]})
    book(tmp_path / "c.xlsx", {"I-0103": [4]})
    (tmp_path / "~$a.xlsx").write_bytes(b"")
    (tmp_path / "thu.pdf").write_bytes(b"")
    batch = batch_of(tmp_path)
    assert [s.file.rpartition("/")[2] for s in batch.submissions] == ["a.xlsx", "c.xlsx"]
    assert [(f.rpartition("/")[2], e.code) for f, e in batch.unreadable] == [
        ("b.xlsx", "not_a_workbook")
    ]
    assert (len(batch.locks), len(batch.others)) == (1, 1)


def test_nothing_readable(tmp_path):
    """Without any readable file the frame is empty but whole."""
    batch = batch_of(tmp_path / "khong.xlsx")
    assert (list(COLUMNS), 0) == (list(batch.frame), len(batch.frame))
    assert (0, batch.catalogue.figure_count) == batch.matrix.shape


def test_raw_text_by_row_of_the_frame(tmp_path):
    """Raw texts and readings point at rows of the whole frame, not of their file."""
    files = [
        book(tmp_path / "a.xlsx", {"I-0105": [9, 4, 5]}),
        book(tmp_path / "b.xlsx", {"I-0105": [9, "1.234", "…"]}),
    ]
    batch = batch_of(*files)
    assert batch.raw == {4: "1.234", 5: "…"}
    assert batch.readings == {4: ("1234", "1.234")}


def test_rows_that_the_form_lacks(tmp_path):
    """Rows asked in the period that stand nowhere are told once a section, optional ones not."""
    batch = batch_of(book(tmp_path / "a.xlsx", {"I-0101": [1]}))
    told = {dict(s.params)["section"]: dict(s.params)["codes"] for s in batch.observations}
    assert {"I.1", "I.2", "I.3", "I.6", "II.1", "II.2"} == set(told)
    assert "I-0101," not in told["I.1"]
    assert "I-0105" in told["I.1"]
    assert "I-0107" not in told["I.1"]
    assert "I-0104" not in told["I.1"]  # asked once a year only


@pytest.mark.parametrize("period", ["2022-6m", "2022"])
def test_what_is_told_depends_on_the_period(tmp_path, period):
    """School-year rows are missed in a yearly form only."""
    batch = batch_of(book(tmp_path / "a.xlsx", {"I-0101": [1]}, period=period))
    sections = {dict(seen.params)["section"] for seen in batch.observations}
    assert ("I.4" in sections) == (period == "2022")


def test_oddities_of_shape(tmp_path):
    """Unknown codes, filled grey cells, missing columns and other sheets are told with a place."""
    rows = {"I-0103": [3, 2], "I-O105": [1], "I-0105": [9, 4, 5]}
    sheets = {
        "Bìa": cover(),
        "A": table(rows),
        "B": table({"I-0317": [1, 1]}, titles=("Tổng số", "Nam")),
        "Nháp": [["nháp"]],
    }
    batch = batch_of(write_book(tmp_path / "a.xlsx", sheets))
    assert rules(batch) == ["V208", "V315", "V209", "V212"]
    by_rule = {seen.rule: seen for seen in batch.observations}
    assert by_rule["V208"][2:5] == (1, 6, 1)
    assert by_rule["V315"][2:5] == (1, 5, 4)
    assert by_rule["V209"].sheet == 2
    assert "Nữ" in dict(by_rule["V209"].params)["titles"]
    assert by_rule["V212"].sheet == 3


def test_cut_off_and_kind(tmp_path):
    """The day and kind of the figures are kept as the cover says them."""
    from datetime import date

    more = {"Ngày chốt số liệu": date(2022, 6, 14), "Loại số liệu": "Ước tính"}
    sheets = {"Bìa": cover(**more), "A": table({"I-0103": [1]})}
    (submission,) = batch_of(write_book(tmp_path / "a.xlsx", sheets)).submissions
    assert (submission.cut_off, submission.kind) == ("2022-06-14", "Ước tính")


def test_repeated_figure_is_used_nowhere(tmp_path):
    """A code that stands twice gives two rows of the frame and no usable figure."""
    grid = [*table({"I-0103": [3], "I-0102.1": [1]}), ["Lặp", "I-0103", "ca", 3]]
    batch = batch_of(write_book(tmp_path / "a.xlsx", {"B": cover(), "A": grid}))
    assert batch.repeated.tolist() == [True, False, True]
    figure = batch.catalogue.figure(batch.catalogue.element_index["I-0103"], 0)
    assert np.isnan(batch.matrix[0, figure])


@pytest.mark.parametrize("typed", [-1, 2.5, "12 em", "1.234", "…", None])
def test_only_counts_are_usable(tmp_path, typed):
    """Negative, broken and unread figures never enter a sum."""
    batch = batch_of(book(tmp_path / "a.xlsx", {"I-0103": [typed]}))
    assert batch.usable.tolist() == [False]


def test_yes_no_rows_hold_only_zero_or_one(tmp_path):
    """A commune that answers 2 to a yes-or-no question gives nothing to add."""
    batch = batch_of(book(tmp_path / "a.xlsx", {"I-0104": [2], "I-0502": [1]}, period="2022"))
    assert batch.usable.tolist() == [False, True]


@pytest.mark.parametrize(("first", "second"), [(5, "x"), ("x", 5), ("x", "x")])
def test_a_repeated_figure_never_counts_as_not_applicable(tmp_path, first, second):
    """An "x" in one of two rows of the same code does not excuse the commune from the figure."""
    grid = [*table({"I-0103": [first]}), ["Lặp", "I-0103", "ca", second]]
    batch = batch_of(write_book(tmp_path / "a.xlsx", {"B": cover(), "A": grid}))
    figure = batch.catalogue.figure(batch.catalogue.element_index["I-0103"], 0)
    assert batch.absent[0, figure] == Absence.UNREADABLE
