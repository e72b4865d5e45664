"""The things ctk talks about: units, findings, results."""

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from ctk.errors import ExitCode, UnreadableError, UsageError
from ctk.model import Absence, Finding, InputError, Level, Result, Severity, Unit


def unit(start=None, end=None):
    """A commune valid between two days."""
    return Unit("19588", "Tà Rụt", "Xã", Level.COMMUNE, "467", "45", start, end)


def test_full_name():
    """A unit's full name starts with its official type, where it has one."""
    assert unit().full_name == "Xã Tà Rụt"
    assert Unit("VN", "Việt Nam", "", Level.COUNTRY, None, None, None, None).full_name == "Việt Nam"


@pytest.mark.parametrize(
    ("start", "end", "day", "valid"),
    [
        (None, None, date(1990, 1, 1), True),
        (date(2025, 7, 1), None, date(2025, 6, 30), False),
        (date(2025, 7, 1), None, date(2025, 7, 1), True),
        (None, date(2025, 6, 30), date(2025, 6, 30), True),
        (None, date(2025, 6, 30), date(2025, 7, 1), False),
    ],
)
def test_validity_includes_both_days(start, end, day, valid):
    """A version is valid from its first to its last day; an empty date is no bound."""
    assert valid == unit(start, end).in_force(day)


@pytest.mark.parametrize(
    ("absence", "label"),
    [
        (Absence.PRESENT, None),
        (Absence.NOTHING_OCCURRED, "nothing_occurred"),
        (Absence.BLANK, "blank"),
        (Absence.NOT_COLLECTED, "not_collected"),
        (Absence.NOT_APPLICABLE, "not_applicable"),
        (Absence.UNREADABLE, "unreadable"),
    ],
)
def test_labels_of_absence(absence, label):
    """The vocabulary of absence is that of the contract."""
    assert label == absence.label


def finding(severity=Severity.ERROR, **more):
    """A finding that says little."""
    return Finding("a.xlsx", "V401", severity, "khác", **more)


def test_cells_of_a_finding():
    """A finding without a list of cells has its own cell as the list; a file has none."""
    assert finding(cell="F12").as_dict()["cells"] == ["F12"]
    assert finding().as_dict()["cells"] == []
    assert finding(cell="D6", cells=("D6", "E6")).as_dict()["cells"] == ["D6", "E6"]
    assert finding().as_dict()["severity"] == "error"


def test_frozen():
    """A finding is data that nobody changes later."""
    with pytest.raises(FrozenInstanceError):
        finding().message = "x"


BAD = InputError("b.xlsx", "damaged", "Hỏng", "Gửi lại")


@pytest.mark.parametrize(
    ("severities", "errors", "code"),
    [
        ([], (), ExitCode.OK),
        (["info", "warning"], (), ExitCode.OK),
        (["warning", "error"], (), ExitCode.FINDINGS),
        ([], (BAD,), ExitCode.UNREADABLE),
        (["error"], (BAD,), ExitCode.UNREADABLE),
    ],
)
def test_exit_code(severities, errors, code):
    """Unreadable input outranks errors found; warnings change nothing."""
    found = tuple(finding(Severity(s)) for s in severities)
    assert code == Result("validate", {}, findings=found, errors=errors).exit_code


def test_numbers_of_exit_codes():
    """The numbers are fixed: other programs test them."""
    assert [int(code) for code in ExitCode] == [0, 1, 2, 3, 4]


def test_errors_speak_both_languages():
    """An error says what is wrong and what to do, in the language asked for."""
    error = UsageError("bad_period", text="quý 2")
    assert "quý 2" in error.title("vi")
    assert "quý 2" in error.title("en")
    assert error.title("vi") != error.title("en")
    assert error.hint("vi") != error.hint("en")
    assert error.exit_code == ExitCode.USAGE
    assert UnreadableError("damaged").exit_code == ExitCode.UNREADABLE


def test_remedy_of_a_finding():
    """What the figures suggest stands in front of the remedy, and can be told from it."""
    found = Finding("a.xlsx", "V401", Severity.ERROR, "Wrong.", "D6 is 8. Look.", hint="D6 is 8.")
    assert (found.remedy, found.as_dict()["suggestion"]) == ("Look.", "D6 is 8. Look.")
    assert "hint" not in found.as_dict()
    assert Finding("a.xlsx", "V401", Severity.ERROR, "Wrong.").remedy == ""
