"""How the corpus is scored: what counts as found, as missed and as a false alarm."""

import pytest
from corpus.checking import Answer
from corpus.key import Planted
from corpus.score import detects, explains, score

FILE = "should-fail/a.xlsx"


def planted(cell="D6", rules="V401 V4*", follows="V5*", severity="error", sheet="S"):
    """A defect in a cell of sheet S."""
    return Planted(FILE, sheet, cell, rules, follows, severity, "wrong")


def finding(rule="V401", cell="D6", cells=(), severity="error", sheet="S", file=FILE):
    """A finding as the JSON document gives it."""
    return {
        "file": file, "sheet": sheet, "cell": cell, "cells": list(cells), "rule": rule,
        "severity": severity, "message": "m",
    }  # fmt: skip


def answer(*findings, code=1, unanswered=()):
    """The answer about one file."""
    return Answer(FILE, code, findings, unanswered)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (planted(), finding()),
        (planted(), finding(cell="D9", cells=("D9", "D6"))),
        (planted(), finding("V404", cell="D9", cells=("D9", "S!D6"), sheet="S")),
        (planted(), finding(cell="A1", cells=("A1", "S!D6"), sheet="Other")),
        (planted("D4:F6"), finding(cell="E5")),
        (planted("*"), finding(cell="Z9")),
        (planted(""), finding(cell=None, sheet=None)),
        (planted("", sheet=""), finding(cell=None, sheet="S")),
        (planted(severity=""), finding(severity="info")),
    ],
)
def test_detected(row, found):
    """A finding detects a defect by its rule, its severity and any cell that it names."""
    assert detects(row, found)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (planted(), finding(cell="D7")),
        (planted(), finding(sheet="Other")),
        (planted(), finding(rule="V301")),
        (planted(), finding(severity="warning")),
        (planted(), finding(file="should-fail/b.xlsx")),
        (planted(""), finding()),
        (planted("D4:F6"), finding(cell="G5")),
    ],
)
def test_not_detected(row, found):
    """Another cell, sheet, rule, severity or file is another matter."""
    assert not detects(row, found)


def test_consequence_is_no_false_alarm_but_no_find_either():
    """What follows from a wrong cell is explained by it and does not count as having found it."""
    row, found = planted(), finding("V501", cell="D9", cells=("D9", "D6"))
    result = score([answer(found)], [row])

    assert explains(row, found)
    assert (result.missed, result.alarms) == ([row], [])


def test_two_findings_about_one_defect_count_once():
    """A defect is found once, however many rules see it."""
    row = planted()
    result = score([answer(finding(), finding("V402"))], [row])

    assert (result.found, result.missed, result.alarms) == ([row], [], [])


def test_false_alarm_in_a_faulty_file():
    """A finding away from what is planted is a false alarm, also beside right ones."""
    alarm = finding(cell="D99")
    result = score([answer(finding(), alarm)], [planted()])

    assert result.alarms == [alarm]
    assert not result.is_good


def test_crash_and_silence_are_faults():
    """A crash, or a file about which nothing is said, is never good."""
    result = score([answer(finding(), code=4, unanswered=(FILE,))], [planted()])

    assert len(result.faults) == 2
    assert not result.is_good
