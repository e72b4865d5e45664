"""Samples can be marked without changing a figure."""

from pathlib import Path

from ctk.errors import UnreadableError
from ctk.workbook.annotate import Paint, annotate
from ctk.workbook.reading import read_book
from packages import problems

from .test_marking import mark, page, trimmed

SAMPLES = Path(__file__).parents[3] / "data/samples"


def readable():
    """Every third sample, as far as it can be read, with its sheets."""
    for path in sorted(SAMPLES.rglob("*.xlsx"))[::3]:
        try:
            yield path, read_book(path.read_bytes())
        except UnreadableError:
            continue


def test_samples():
    """Cells at the corners of each last sheet are marked: all other sheets and cells stay equal."""
    count = 0
    for path, book in readable():
        last = book.sheets[-1].name
        marks = [
            mark("A1", sheet=last),
            mark("D10", Paint.WARNING, last),
            mark("XFD1000", sheet=last),
        ]
        copy, _ = annotate(path.read_bytes(), marks, page())
        after = read_book(copy).sheets[1:]
        assert problems(copy) == [], path.name
        assert [(s.name, trimmed(s.cells)) for s in book.sheets] == [
            (s.name, trimmed(s.cells)) for s in after
        ]
        count += 1
    assert count >= 22
