"""A copy that comes back corrected: old marks go, new ones come, the sender's words stay."""

import io

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from ctk.workbook.annotate import Paint, annotate
from ctk.workbook.annotate.types import COLOURS
from ctk.workbook.front_page import Marked, earlier_marks, is_front_page, write_record
from ctk.workbook.reading import read_book
from packages import problems

from .specimens import by_openpyxl
from .test_marking import SHEET, mark, page

GREEN = "FF92D050"


def original():
    """A workbook with a comment of the sender at D7 and a green cell, D6."""
    book = openpyxl.load_workbook(io.BytesIO(by_openpyxl()))
    book[SHEET]["D6"].fill = PatternFill("solid", fgColor=GREEN)
    return saved(book)


def saved(book):
    """The bytes of a workbook as another program writes it."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def same(data):
    """The copy as ctk wrote it."""
    return data


def rewritten(data):
    """The copy after another program has saved it: formats and comments have other numbers."""
    return saved(openpyxl.load_workbook(io.BytesIO(data)))


def again(data, *marks):
    """Mark a copy again, as the command does."""
    copy, _ = annotate(data, marks, page(), earlier_marks(read_book(data).sheets))
    return copy


@pytest.mark.parametrize("way", [same, rewritten])
def test_old_marks_go(way):
    """Cells that are right now get their own fill and comment back; the earlier page stays."""
    first, _ = annotate(original(), [mark("D6"), mark("D7"), mark("E7", Paint.WARNING)], page())
    second = again(way(first), mark("E7"))
    assert problems(second) == [] or way is rewritten
    book = openpyxl.load_workbook(io.BytesIO(second))
    sheet = book[SHEET]
    assert sheet["D6"].fill.fgColor.rgb == GREEN
    assert sheet["D6"].comment is None
    assert sheet["D7"].fill.patternType is None
    assert sheet["D7"].comment.text == "Lời của xã"
    assert sheet["E7"].fill.fgColor.rgb == f"FF{COLOURS[Paint.ERROR]}"
    assert sheet["E7"].comment.text.count("[ctk]") == 1
    assert book.sheetnames[:2] == ["Cần sửa (2)", "Cần sửa"]


def test_third_round():
    """After several rounds a cell still gets the fill that its sender gave it."""
    data = original()
    for _ in range(3):
        data = again(data, mark("D6"))
    sheet = openpyxl.load_workbook(io.BytesIO(again(data, mark("E7"))))[SHEET]
    assert sheet["D6"].fill.fgColor.rgb == GREEN
    assert sheet["D6"].comment is None


def test_answers_in_our_comment_are_kept():
    """A comment of ours in which someone has written is no longer only ours."""
    first, _ = annotate(original(), [mark("D6")], page())
    book = openpyxl.load_workbook(io.BytesIO(first))
    text = book[SHEET]["D6"].comment.text + "\nĐã hỏi trạm y tế: đúng 10."
    book[SHEET]["D6"].comment = Comment(text, "Xã")
    sheet = openpyxl.load_workbook(io.BytesIO(again(saved(book), mark("D6"))))[SHEET]
    assert sheet["D6"].comment.text.startswith(text)


def test_colour_that_the_sender_chose_since_is_kept():
    """A cell that was coloured otherwise after it was marked keeps that colour."""
    first, _ = annotate(original(), [mark("D7")], page())
    book = openpyxl.load_workbook(io.BytesIO(first))
    book[SHEET]["D7"].fill = PatternFill("solid", fgColor=GREEN)
    sheet = openpyxl.load_workbook(io.BytesIO(again(saved(book), mark("E7"))))[SHEET]
    assert sheet["D7"].fill.fgColor.rgb == GREEN


def test_record_is_hidden_and_read_back():
    """The record stands in a hidden column and tells sheet, cell, fill and digest."""
    copy, _ = annotate(original(), [mark("D6"), mark("E7")], page())
    sheets = read_book(copy).sheets
    assert [(m.sheet, m.cell, GREEN in m.fill) for m in earlier_marks(sheets)] == [
        (SHEET, "D6", True),
        (SHEET, "E7", False),
    ]
    shown = openpyxl.load_workbook(io.BytesIO(copy))["Cần sửa"]
    assert shown.column_dimensions["D"].hidden
    assert is_front_page(sheets[0])


@pytest.mark.parametrize("text", ["", "x", "[1]", '[["a"]]', '{"a": 1}', '[["a", "b", 1, "d"]]'])
def test_damaged_record(text):
    """A record that someone changed is not used, and stops nothing."""
    sheets = read_book(annotate(original(), [mark("D6")], page())[0]).sheets
    sheets[0].cells[0][3] = f"ctk-marks {text}"
    assert earlier_marks(sheets) == []


def test_long_record():
    """A record longer than a cell holds is cut over several and joined again."""
    marks = [Marked(SHEET, f"D{row}", "", "0" * 12) for row in range(1, 2000)]
    texts = write_record(marks)
    sheets = read_book(annotate(original(), [], page())[0]).sheets
    rows = [[*row[:3], text] for row, text in zip(sheets[0].cells * 9, texts, strict=False)]
    sheets[0].cells[:] = [["ctk-annotation 1", *rows[0][1:]], *rows[1:]]
    assert len(texts) > 1
    assert earlier_marks(sheets) == marks
