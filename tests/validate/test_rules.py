"""Every rule has a workbook that breaks it, at a known cell, and one that keeps it."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import openpyxl
import pytest

from ctk.model import Severity
from ctk.validate.rules import load_rules
from workbooks import (
    Formula,
    batch_of,
    book,
    consistent,
    cover,
    findings_of,
    form_601,
    table,
    write_book,
    write_ods,
)

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

CASES = {
    "V101": Case(ERROR, raw("a.xlsx", b"rubbish"), ONE),
    "V102": Case(INFO, raw("~$a.xlsx", b""), ONE),
    "V104": Case(INFO, files(a=ONE, b=ONE), files(a=ONE, b=rows(I_0103=[4]))),
    "V106": Case(INFO, sheets(A=TCVN3), ONE),
    "V107": Case(
        WARNING, sheets(Bìa=cover(), A=table({"I-0103": [1]}), DS=LIST), ONE, cell="B1"
    ),
    "V201": Case(ERROR, ONE | {"code": "99999"}, ONE, cell="B3"),
    "V202": Case(ERROR, ONE | {"code": "", "name": "Xã Tân Lập"}, ONE | {"code": ""}, cell="B4"),
    "V203": Case(ERROR, ONE | {"name": "Xã A Bung"}, ONE | {"name": "tà rụt"}, cell="B4"),
    "V204": Case(ERROR, ONE | {"period": "quý 2"}, ONE, cell="B5"),
    "V205": Case(
        ERROR, ONE | {"period": "2021"}, ONE, cell="B5", read={"period": "2022-6m"}
    ),
    "V206": Case(ERROR, SOME, {"rows": consistent(3).rows()}, count=6),
    "V207": Case(
        ERROR,
        sheets(Bìa=cover(), A=TWICE),
        SOME, cell="D6", cells=("D6", "D8"), element="I-0103",
    ),
    "V208": Case(WARNING, {"rows": {"I-0101": [1], "I-01O5": [1], "I-0103": [1]}}, SOME, cell="B7"),
    "V209": Case(ERROR, SOME | {"titles": ("Tổng số", "Nam")}, SOME),
    "V212": Case(INFO, sheets(Bìa=cover(), A=table({"I-0103": [1]}), Nháp=[["nháp"]]), ONE),
    "V213": Case(
        ERROR,
        sheets(A=[r for r in FILLED if "Năm báo cáo: 2024" not in r]),
        sheets(A=FILLED), read={"period": "2024-6m"},
    ),
    "V214": Case(
        WARNING,
        sheets(Bìa=cover("467", ""), A=table({"I-0103": [1]})),
        ONE,
    ),
    "V215": Case(
        ERROR, ONE | {"code": "00001", "name": "Phường Phúc Xá"}, ONE,
        cell="B3", read={"scope": "467"},
    ),
    "V217": Case(
        ERROR, sheets(A=cover("19588"), B=cover("19555"), C=table({"I-0103": [1]})), ONE,
        cell="B3",
    ),
    "V218": Case(ERROR, ONE | {"period": "2019-6m"}, ONE, cell="B5"),
    "V301": Case(
        WARNING, rows(I_0105=[9, None, None]), rows(I_0105=[9, "-", 9]), cell="E6",
        cells=("E6", "F6"), element="I-0105",
    ),
    "V302": Case(
        WARNING, rows(I_0105=[9, "…", "..."]), rows(I_0105=[9, 4, 5]), cell="E6",
        cells=("E6", "F6"), element="I-0105",
    ),
    "V303": Case(WARNING, rows(I_0103=["x"]), rows(I_0103=["-"]), cell="D6", element="I-0103"),
    "V304": Case(ERROR, rows(I_0103=[-1]), rows(I_0103=[0]), cell="D6", element="I-0103"),
    "V305": Case(ERROR, rows(I_0103=[2.5]), rows(I_0103=[2.0]), cell="D6", element="I-0103"),
    "V306": Case(
        ERROR, rows(I_0104=[2]) | {"period": "2022"},
        rows(I_0104=[1], I_0502=[0]) | {"period": "2022"},
        cell="D6", element="I-0104",
    ),
    "V307": Case(ERROR, rows(I_0103=["1.234"]), rows(I_0103=[1234]), cell="D6", element="I-0103"),
    "V308": Case(ERROR, rows(I_0103=["12 em"]), rows(I_0103=["12"]), cell="D6", element="I-0103"),
    "V309": Case(INFO, rows(I_0103=[" 12 "]), rows(I_0103=[12]), cell="D6", element="I-0103"),
    "V310": Case(
        ERROR, rows(I_0103=[Formula("=1/0", "#DIV/0!")]), rows(I_0103=[Formula("=1+1", 2)]),
        cell="D6", element="I-0103",
    ),
    "V311": Case(WARNING, uncomputed, rows(I_0103=[Formula("=1+1", 2)]), cell="D6"),
    "V312": Case(ERROR, rows(I_0103=[date(2022, 2, 1)]), rows(I_0103=[44593]), cell="D6"),
    "V313": Case(ERROR, rows(I_0103=["5%"]), rows(I_0103=[5]), cell="D6"),
    "V314": Case(ERROR, rows(I_0103=[True]), rows(I_0103=[1]), cell="D6"),
    "V315": Case(WARNING, rows(I_0103=[3, 2]), rows(I_0103=[3]), cell="E6"),
    "V316": Case(WARNING, rows(I_0103=[None], I_0105=[None]), rows(I_0103=[None]) | {"box": "x"}),
    "V401": Case(
        ERROR, rows(I_0105=[9, 4, 6]), rows(I_0105=[9, 4, 5]), cell="D6",
        cells=("D6", "E6", "F6"), element="I-0105",
    ),
    "V402": Case(
        ERROR, rows(I_0211=[60, 31, 29, 20, 41]), rows(I_0211=[60, 31, 29, 20, 40]), cell="D6",
        cells=("D6", "G6", "H6"), element="I-0211",
    ),
    "V403": Case(
        ERROR, rows(I_0101=[60, 31, 29, 20, 40, 61]), rows(I_0101=[60, 31, 29, 20, 40, 60]),
        cell="I6", cells=("I6", "D6"), element="I-0101",
    ),
    "V404": Case(
        ERROR, {"rows": {"I-0103": [9], "I-0102.1": [4], "I-0102.2": [6]}},
        {"rows": {"I-0103": [9], "I-0102.1": [4], "I-0102.2": [5]}},
        cell="D6", cells=("D6", "D7", "D8"), element="I-0103",
    ),
    "V501": Case(
        ERROR, rows(I_0101=[60], I_0105=[61]), rows(I_0101=[60], I_0105=[60]), cell="D7",
        cells=("D7", "D6"), element="I-0105",
    ),
    "V317": Case(
        WARNING, {"rows": {"I-0103": [None]}, "box": "chưa"},
        {"rows": {"I-0103": [None]}, "box": "x"},
    ),
    "V318": Case(
        WARNING, {"rows": {"I-0103": [3], "I-0205": [None]}, "box": "x"},
        {"rows": {"I-0103": [0], "I-0205": [None]}, "box": "x"},
    ),
    "V319": Case(
        WARNING, open_document(Bìa=cover(), A=table({"I-0103": [None]}, box="x")),
        sheets(Bìa=cover(), A=table({"I-0103": [None]}, box="x")),
    ),
    "V320": Case(
        ERROR, rows(I_0104=["x"]) | {"period": "2022"}, rows(I_0104=[1]) | {"period": "2022"},
        cell="D6", element="I-0104",
    ),
    "V502": Case(
        ERROR,
        {"rows": {"I-0301": [15], **{f"602.{n:02}": [1] for n in range(1, 15)}}},
        {"rows": {"I-0301": [10], **{f"602.{n:02}": [1] for n in range(1, 15)}}},
        cell="D6", cells=tuple(f"D{row}" for row in range(6, 21)), element="I-0301",
    ),
    "V503": Case(
        WARNING, {"rows": {"I-0206": [11], "I-0101.1": [10]}},
        {"rows": {"I-0206": [10], "I-0101.1": [10]}},
        cell="D6", cells=("D6", "D7"), element="I-0206",
    ),
    "V504": Case(
        ERROR, {"rows": {"II-0105": [1], "I-0314": [2]}}, {"rows": {"II-0105": [2], "I-0314": [2]}},
        cell="D6", cells=("D6", "D7"), element="II-0105",
    ),
    "V601": Case(ERROR, files(a=ONE, b=rows(I_0103=[4])), files(a=ONE, b=ONE), count=2),
}  # fmt: skip


def written(how, folder):
    """Write the files of a case."""
    if callable(how):
        how(folder)
    else:
        book(folder / "a.xlsx", **how)


def of(rule, folder, case):
    """Findings of one rule."""
    return [found for found in findings_of(folder, **case.read) if found.rule == rule]


def test_every_rule_has_its_cases():
    """No rule is without a workbook that breaks it, and no case without its rule."""
    assert set(load_rules()) == set(CASES)


@pytest.mark.parametrize("rule", CASES)
def test_broken(rule, tmp_path):
    """The rule fires as often as it should, with its severity, at its cell."""
    case = CASES[rule]
    written(case.bad, tmp_path)
    found = of(rule, tmp_path, case)
    assert case.count == len(found)
    assert {case.severity} == {each.severity for each in found}
    first = found[0]
    assert first.message
    assert "{" not in first.message + (first.suggestion or "")
    if case.cell:
        assert (case.cell, case.element or first.element) == (first.cell, first.element)
        assert first.sheet
    if case.cells:
        assert case.cells == first.cells


@pytest.mark.parametrize("rule", CASES)
def test_kept(rule, tmp_path):
    """The rule is silent where the figures only come near."""
    case = CASES[rule]
    written(case.good, tmp_path)
    assert of(rule, tmp_path, case) == []


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("rule", CASES)
def test_wording(rule, lang, tmp_path):
    """Each finding is a sentence with a remedy in the language asked for."""
    case = CASES[rule]
    written(case.bad, tmp_path)
    found = next(f for f in findings_of(tmp_path, lang=lang, **case.read) if f.rule == rule)
    assert found.message.endswith((".", "?", ")", "”"))
    assert found.suggestion


def test_wording_differs_by_language(tmp_path):
    """The two languages are not the same text."""
    path = book(tmp_path / "a.xlsx", {"I-0105": [1009, 4, 5]})
    said = {
        lang: next(f.message for f in findings_of(path, lang=lang) if f.rule == "V401")
        for lang in ("vi", "en")
    }
    assert "1.009" in said["vi"]
    assert "1,009" in said["en"]


def test_finding_names_unit_period_and_dimension(tmp_path):
    """A finding about a cell carries all that a person needs to find and mend it."""
    path = book(tmp_path / "a.xlsx", {"I-0105": [9, -4, 5]})
    (found,) = (f for f in findings_of(path) if f.rule == "V304")
    assert {
        "file": str(path), "sheet": "Số liệu", "cell": "E6", "unit": "19588",
        "period": "2022-6m", "element": "I-0105", "dimension": "sex=M", "rule": "V304",
        "severity": "error", "value": -4.0, "cells": ["E6"],
    }.items() <= found.as_dict().items()  # fmt: skip


def test_values_as_typed(tmp_path):
    """A finding about a text shows the text, not what was made of it."""
    path = book(tmp_path / "a.xlsx", {"I-0103": ["1.234"]})
    (found,) = (f for f in findings_of(path) if f.rule == "V307")
    assert found.value == "1.234"
    assert re.search(r"1\.?234 / 1,234", found.message)


def test_relation_over_two_sheets(tmp_path):
    """Cells of another sheet are named with it."""
    grids = {"Bìa": cover(), "A": table({"I-0101": [60]}), "B": table({"I-0105": [61]})}
    found = findings_of(write_book(tmp_path / "a.xlsx", grids))
    (broken,) = (f for f in found if f.rule == "V501")
    assert (broken.sheet, broken.cell, broken.cells) == ("B", "D6", ("D6", "A!D6"))


def test_three_versions_of_a_unit(tmp_path):
    """Each of several different files is named, an identical copy is only noted."""
    files(a=ONE, b=ONE, c=rows(I_0103=[4]), d=rows(I_0103=[5]))(tmp_path)
    found = [(f.rule, f.file.rpartition("/")[2]) for f in findings_of(tmp_path)]
    assert [("V601", f"{n}.xlsx") for n in "acd"] == [f for f in found if f[0] == "V601"]
    assert [f for f in found if f[0] == "V104"] == [("V104", "b.xlsx")]


def test_units_or_periods_apart_are_no_duplicates(tmp_path):
    """Files of two units, or of two periods, do not contradict each other."""
    files(
        a=ONE,
        b=rows(I_0103=[4]) | {"code": "19591", "name": "Xã A Bung"},
        c=rows(I_0103=[5]) | {"period": "2022-9m"},
    )(tmp_path)
    assert {"V206"} == {f.rule for f in findings_of(tmp_path)}


def test_untested_is_counted(tmp_path):
    """How often a relation could be tested, and how often not, is counted by rule."""
    from ctk.validate.check import check

    book(tmp_path / "a.xlsx", {"I-0105": [9, 4, 5], "I-0317": [9, None, 5]})
    checked = check(batch_of(tmp_path), "vi")
    assert (checked.tested["V401"], checked.untested["V401"]) == (1, 1)
