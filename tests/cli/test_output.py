"""One place prints: JSON, CSV or a table for people."""

import csv
import io
import json

import pytest

from ctk.cli.output import show
from ctk.model import Result


def csv_of(rows, capsys):
    """Print rows as CSV and read them back."""
    show(Result("read", {"figures": rows}, "figures"), "csv", "vi")
    out = capsys.readouterr().out
    assert out.startswith("\ufeff")
    return list(csv.reader(io.StringIO(out[1:])))


@pytest.mark.parametrize(
    "text", ["=1+1", "+84", "-2+3", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")']
)
def test_formulas_are_disarmed(capsys, text):
    """Text that Excel would run as a formula comes with an apostrophe before it."""
    assert [["raw"], [f"'{text}".replace("\r", "\n")]] == csv_of([{"raw": text}], capsys)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (-5, "-5"),
        (2.5, "2.5"),
        (None, ""),
        ("Xã Tà Rụt", "Xã Tà Rụt"),
        ("1.234", "1.234"),
        (["D6", "E6"], '["D6", "E6"]'),
        ('"a", b\nc', '"a", b\nc'),
        ("a\r\nb\rc", "a\nb\nc"),
    ],
)
def test_other_values_stay(capsys, value, printed):
    """Numbers, also negative ones, and other text are written as they are."""
    assert [["raw"], [printed]] == csv_of([{"raw": value}], capsys)


def test_json_has_no_nan(capsys):
    """A NaN, which JSON does not know, is a fault and never printed."""
    with pytest.raises(ValueError, match="JSON"):
        show(Result("read", {"figures": [{"value": float("nan")}]}, "figures"), "json", "vi")
    assert capsys.readouterr().out == ""


def test_notes_go_to_stderr(capsys):
    """Remarks never mix with data."""
    show(Result("read", {"figures": []}, "figures", notes=("một tệp",)), "json", "vi")
    captured = capsys.readouterr()
    assert json.loads(captured.out)["data"]["figures"] == []
    assert captured.err == "một tệp\n"
