"""Every rule has a workbook that breaks it, at a known cell, and one that keeps it."""

import re

import pytest

from ctk.validate.findings import quoted
from ctk.validate.rules import load_rules
from rule_cases import CASES
from rule_cases.base import ONE, files, rows
from workbooks import batch_of, book, cover, findings_of, table, write_book


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


@pytest.mark.parametrize(
    ("text", "shown"),
    [("chưa có", True), ("12 Em", True), ("1O5 O", True), ("Giàng Sử", False), ("Y Ban", False),
     ("Lò A Sử", False), ("nguyễn văn an", False)],
)  # fmt: skip
def test_what_may_name_a_child_is_not_quoted(text, shown):
    """A message repeats a word or two, but no full name, however short its syllables are."""
    assert shown == (quoted(text, "vi") == text)


def test_relation_over_two_sheets(tmp_path):
    """Cells of another sheet are named with it."""
    grids = {"Bìa": cover(), "A": table({"I-0101": [60]}), "B": table({"I-0105": [61]})}
    found = findings_of(write_book(tmp_path / "a.xlsx", grids))
    (broken,) = (f for f in found if f.rule == "V538")
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


def test_a_negative_text_is_told_once(tmp_path):
    """A minus typed as text is an error; that nothing need be done is not said beside it."""
    path = book(tmp_path / "a.xlsx", {"I-0103": ["-5"]})
    assert [f.rule for f in findings_of(path) if f.rule.startswith("V3")] == ["V304"]
