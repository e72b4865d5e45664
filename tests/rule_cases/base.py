"""What the cases of rules are made of: a workbook that breaks a rule, and one that nearly does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import openpyxl

from ctk.model import Severity
from workbooks import book, consistent, cover, form_601, table, write_book, write_ods

__all__ = ["consistent"]

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
CHILDREN = "I-0101"  # sex, age and minority


@dataclass(frozen=True)
class Case:
    """What breaks a rule and what nearly does; each a keyword set for `book` or a writer."""

    severity: Severity
    bad: Any
    good: Any
    cell: str | None = None
    cells: tuple[str, ...] | None = None
    element: str | None = None
    read: dict[str, Any] = field(default_factory=dict)
    count: int = 1


def rows(**cells):
    """One row a keyword: `I_0101=[...]` is the row of code I-0101."""
    return {"rows": {code.replace("_", "-"): list(row) for code, row in cells.items()}}


def raw(name, content):
    """Writes a file of plain bytes."""

    def write(folder):
        (folder / name).write_bytes(content)

    return write


def files(**books):
    """Writes several workbooks."""

    def write(folder):
        for name, how in books.items():
            book(folder / f"{name}.xlsx", **how)

    return write


def sheets(**grids):
    """Writes one workbook of whole sheets."""
    return lambda folder: write_book(folder / "a.xlsx", grids)


def open_document(**grids):
    """Writes one .ods file of whole sheets."""
    return lambda folder: write_ods(folder / "a.ods", grids)


def edited(change, **how):
    """Writes a workbook and changes its data sheet with another program."""

    def write(folder):
        path = book(folder / "a.xlsx", **how)
        workbook = openpyxl.load_workbook(path)
        change(workbook["Số liệu"])
        workbook.save(path)

    return write


def hidden(name, **grids):
    """Writes one workbook of whole sheets, one of them hidden."""

    def write(folder):
        path = write_book(folder / "a.xlsx", grids)
        workbook = openpyxl.load_workbook(path)
        workbook[name].sheet_state = "hidden"
        workbook.save(path)

    return write


def named(name, grids):
    """Writes one workbook of whole sheets under a name of its own."""
    return lambda folder: write_book(folder / name, grids)


def titled(title, rows, **covered):
    """A cover and a data sheet with a title of its own."""
    return {"Bìa": cover(**covered), "A": [[title], *table(rows)[1:]]}


def uncomputed(folder):
    """A formula saved by a program that does not compute."""
    path = book(folder / "a.xlsx", {"I-0103": [1]})
    edited = openpyxl.load_workbook(path)
    edited["Số liệu"]["D6"] = "=1+1"
    edited.save(path)


ONE = rows(I_0103=[3])
SOME = rows(I_0101=[60, 31, 29, 20, 40, 7])
LINES = {code: [9] * 16 for code in ("100", "110")} | {"121": [4] * 16, "122": [5] * 16}
TWICE = [*table({"I-0103": [3], "I-0105": [9, 4, 5]}), ["", "I-0103", "", 3]]
FILLED = form_601(LINES | {"110": [4] * 16})
LIST = [["TT", "Họ và tên", "Ngày sinh"], [1, "Trẻ A", "01/02/2015"]]
TCVN3 = [
    ["Céng hoµ x· héi chñ nghÜa ViÖt Nam"],
    ["ChØ tiªu", "M· sè", "Tæng sè", "Nam", "N÷", "D−íi 6 tuæi"],
    ["D©n sè trÎ em", "I-0101", 60, 31, 29],
]


def pair(severity, bad, good, *, period="2022", first="D6", count=1):
    """A case of figures in the column of totals: codes and counts, in the order of the rows."""

    def of(figures):
        cells = {c: list(v) if isinstance(v, (list, tuple)) else [v] for c, v in figures.items()}
        return {"rows": cells, "period": period}

    element = next(iter(bad))
    return Case(severity, of(bad), of(good), cell=first, element=element, count=count)


def parts(whole, codes, good, bad):
    """A total and its parts of one each but the first: `bad` breaks the sum, `good` keeps it."""
    ones = dict.fromkeys(codes, 1)
    return {whole: bad, **ones}, {whole: good, **ones}
