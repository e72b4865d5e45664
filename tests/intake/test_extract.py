"""From a file to its figures: values, absences, notes, and what stops a file."""

import openpyxl
import pytest
import python_calamine

from ctk.intake.extract import extract
from ctk.model import Absence
from ctk.text.numbers import NOTES
from workbooks import Formula, book, cover, form_601, table, write_book, write_ods


def cells(path):
    """(value, absence, note, raw) of each figure of a one-table file, blanks left out."""
    (read,) = extract(str(path)).tables
    return [
        (v if v == v else None, Absence(a), NOTES[n], read.raw.get(i))
        for i, (v, a, n) in enumerate(zip(read.value, read.absence, read.note, strict=True))
        if a != Absence.BLANK
    ]


P, U = Absence.PRESENT, Absence.UNREADABLE


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (12, (12.0, P, "", None)),
        (0, (0.0, P, "", None)),
        (-3, (-3.0, P, "", None)),
        (12.5, (12.5, P, "", None)),
        ("-", (0.0, Absence.NOTHING_OCCURRED, "", "-")),
        ("không phát sinh", (0.0, Absence.NOTHING_OCCURRED, "", "không phát sinh")),
        ("…", (None, Absence.NOT_COLLECTED, "", "…")),
        ("...", (None, Absence.NOT_COLLECTED, "", "...")),
        ("x", (None, Absence.NOT_APPLICABLE, "", "x")),
        (" 125 ", (125.0, P, "text_number", " 125 ")),
        ("1.234.567", (1234567.0, P, "text_number", "1.234.567")),
        ("1.234", (None, U, "ambiguous_separator", "1.234")),
        ("12 em", (None, U, "word_beside", "12 em")),
        ("N/A", (None, U, "not_a_number", "N/A")),
        ("5%", (None, U, "percent_text", "5%")),
        (True, (None, U, "boolean_cell", "True")),
        (Formula("=2*3", 6), (6.0, P, "", None)),
        (Formula("=1/0", "#DIV/0!"), (None, U, "error_value", "#DIV/0!")),
    ],
)  # fmt: skip
def test_cell(tmp_path, typed, expected):
    """Each thing that a cell can hold keeps its own meaning; raw text stands beside."""
    assert [expected] == cells(book(tmp_path / "a.xlsx", {"I-0103": [typed]}))


def test_blank_is_not_zero(tmp_path):
    """An empty cell and one of spaces are blank: no value at all."""
    (read,) = extract(str(book(tmp_path / "a.xlsx", {"I-0103": ["  "], "I-0102.1": [None]}))).tables
    assert read.absence.tolist() == [Absence.BLANK] * 2
    assert all(v != v for v in read.value.tolist())


def test_ticked_box_fills_only_blanks(tmp_path):
    """A ticked box makes blanks zero; signs and figures stay what they are."""
    rows = {"I-0103": [None], "I-0102.1": ["…"], "I-0102.2": [4]}
    assert cells(book(tmp_path / "a.xlsx", rows, box="x")) == [
        (0.0, Absence.NOTHING_OCCURRED, "", None),
        (None, Absence.NOT_COLLECTED, "", "…"),
        (4.0, P, "", None),
    ]


def test_ticked_box_does_not_hide_errors(tmp_path):
    """An error value or an empty formula in a ticked section is no "nothing occurred"."""
    path = book(tmp_path / "a.xlsx", {"I-0103": [Formula("=#REF!", "#REF!")]}, box="x")
    assert cells(path) == [(None, U, "error_value", "#REF!")]
    edited = openpyxl.load_workbook(path)
    edited["Số liệu"]["D6"] = "=A1"
    edited.save(path)
    assert cells(path) == [(None, U, "formula_without_value", "")]


def test_formula_without_result(tmp_path):
    """A formula that was never computed has no figure, and is told from a blank."""
    path = book(tmp_path / "a.xlsx", {"I-0103": [1]})
    edited = openpyxl.load_workbook(path)
    edited["Số liệu"]["D6"] = "=1+1"
    edited.save(path)
    assert cells(path) == [(None, U, "formula_without_value", "")]


def test_error_in_a_cell_that_asks_nothing(tmp_path):
    """An error value beside the figures does not disturb them."""
    assert cells(
        book(tmp_path / "a.xlsx", {"I-0103": [3, *[None] * 5, Formula("=1/0", "#DIV/0!")]})
    ) == [(3.0, P, "", None)]


def test_places(tmp_path):
    """Each figure knows its own cell and that of its row's label."""
    (read,) = extract(str(book(tmp_path / "a.xlsx", {"I-0105": [9, 4, 5]}))).tables
    assert list(zip(read.plan.row, read.plan.col, strict=True)) == [(5, 3), (5, 4), (5, 5)]
    assert {(5, 0)} == set(zip(read.plan.label_row, read.plan.label_col, strict=True))


def test_several_sheets(tmp_path):
    """Tables of one form on several sheets belong to one submission; names do not matter."""
    sheets = {
        "Sheet1": table({"I-0103": [3]}),
        "x": cover(),
        "Sheet2": table({"I-0105": [9, 4, 5]}),
        "ghi chú": [["Ghi chú", "không có gì"]],
    }
    found = extract(str(write_book(tmp_path / "a.xlsx", sheets)))
    assert ([t.sheet for t in found.tables], found.unread_sheets) == ([0, 2], (3,))
    assert found.stated["unit_code"].value == "19588"


def test_recognised_by_content_not_by_name(tmp_path):
    """A form 601-602 in a file named like ctk's own is what it contains."""
    path = tmp_path / "19588 Tà Rụt 2022-6m.xlsx"
    write_book(path, {"Bìa": form_601({"100": range(16), "110": range(16), "121": range(16)})})
    assert extract(str(path)).form == "601-602"


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ({"A": [["Kính gửi", "Phòng LĐTBXH"]]}, "form_not_known"),
        ({"A": []}, "form_not_known"),
        ({"A": cover()}, "form_not_known"),
        (
            {
                "A": table({"I-0103": [1]}),
                "B": form_601({"100": range(16), "110": range(16), "121": range(16)}),
            },
            "several_forms",
        ),
    ],
    ids=["letter", "empty sheet", "cover only", "two forms"],
)
def test_no_form(tmp_path, sheets, code):
    """A workbook without a known form, or with two, is refused as a whole, clearly."""
    found = extract(str(write_book(tmp_path / "a.xlsx", sheets)))
    assert (code, []) == (found.error.code, found.tables)
    assert len(found.sha256) == 64


def test_a_panic_costs_one_file(tmp_path, monkeypatch):
    """When the reader panics at one file, that file has an error and the next one is read."""

    class Panic(BaseException):
        pass

    real = python_calamine.load_workbook
    files = [book(tmp_path / f"{n}.xlsx", {"I-0103": [n]}) for n in range(3)]
    bad = files[1].read_bytes()

    def load(stream):
        if stream.getvalue() == bad:
            raise Panic
        return real(stream)

    monkeypatch.setattr(python_calamine, "load_workbook", load)
    errors = [extract(str(file)).error for file in files]
    assert [error and error.code for error in errors] == [None, "damaged", None]


def test_memory_that_runs_out_costs_one_file(tmp_path, monkeypatch):
    """A file that does not fit into memory is too large, not the end of the run."""

    def load(*_, **__):
        raise MemoryError

    monkeypatch.setattr("ctk.intake.extract.read_book", load)
    assert extract(str(book(tmp_path / "a.xlsx", {"I-0103": [1]}))).error.code == "too_large"


def test_list_of_children_is_noticed(tmp_path):
    """A sheet of names and birth dates beside the form is noticed; the form is read."""
    sheets = {
        "A": table({"I-0103": [1]}),
        "DS": [[], ["TT", "Họ và tên", "Ngày sinh"], [1, "Nguyễn Văn A", "1/2/2015"]],
    }
    found = extract(str(write_book(tmp_path / "a.xlsx", sheets)))
    assert (found.identities, len(found.tables)) == ([(1, 1, 1)], 1)


def test_legacy_font(tmp_path):
    """A form typed in TCVN3 is read as Unicode, and that is said."""
    rows = [
        ["Céng hoµ x· héi chñ nghÜa ViÖt Nam"],
        ["ChØ tiªu", "M· sè", "Tæng sè", "Nam", "N÷"],
        ["D©n sè trÎ em", "I-0101", 60, 31, 29],
    ]
    found = extract(str(write_book(tmp_path / "a.xlsx", {"A": rows})))
    assert (found.encoding, found.error) == ("tcvn3", None)
    assert found.tables[0].value.tolist() == [60.0, 31.0, 29.0]


def test_other_version_of_the_form(tmp_path):
    """A workbook of another version is refused clearly, not read as if it were this one."""
    found = extract(str(book(tmp_path / "a.xlsx", {"I-0103": [1]}, stamp="ctk-commune 99")))
    assert found.error.code == "form_version"


def test_opendocument(tmp_path):
    """The same cells saved as .ods read the same."""
    sheets = {"Bìa": cover(), "A": table({"I-0105": [9, "…", None]})}
    for path in (write_ods(tmp_path / "a.ods", sheets), write_book(tmp_path / "a.xlsx", sheets)):
        assert cells(path) == [(9.0, P, "", None), (None, Absence.NOT_COLLECTED, "", "…")]


@pytest.mark.parametrize("typed", [1e300, 10**7, -(10**12), "912.345.678", "0912345678"])
def test_no_count_is_that_large(tmp_path, typed):
    """What no commune can count is no figure, and never enters a sum."""
    ((value, absence, note, _),) = cells(book(tmp_path / "a.xlsx", {"I-0103": [typed]}))
    assert (value, absence, note) == (None, U, "too_large")
