"""Where no file gives a figure, no document is made, and the reason is told."""

from pathlib import Path

import pytest

from workbooks import book, consistent

JSON = ("--format", "json")
COMMANDS = {
    "report": ("report", "in", "--period", "2022-6m", "-o", "out"),
    "dashboard": ("dashboard", "in", "--period", "2022-6m", "-o", "page.html"),
}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_figures_of_another_unit_are_a_finding(ctk, name):
    """A file that is all right, but of another district: the finding says so, nothing is made."""
    Path("in").mkdir()
    book("in/one.xlsx", consistent(1).rows())
    answer = ctk(*COMMANDS[name], "--unit", "462", *JSON)
    assert (answer.code, answer.json["data"]["files"]) == (1, [])
    assert [found["unit"] for found in answer.json["findings"]] == ["19588"]
    assert "Thị xã Quảng Trị" in answer.err
    assert [path.name for path in Path().iterdir()] == ["in"]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_file_that_cannot_be_read_is_the_reason(ctk, name):
    """The only file is damaged: no document, and the exit code for what cannot be read."""
    Path("in").mkdir()
    Path("in/one.xlsx").write_bytes(b"PK\x03\x04 damaged")
    answer = ctk(*COMMANDS[name], "--unit", "467", *JSON)
    assert (answer.code, answer.json["data"]["files"]) == (3, [])
    assert "Huyện Đa Krông" in answer.err
    assert [path.name for path in Path().iterdir()] == ["in"]
