"""Notes say what a blank or a sign means, and only that."""

import pytest

from ctk.forms.notes import meaning, read_notes
from ctk.model import Absence

NONE, UNKNOWN, NOT = Absence.NOTHING_OCCURRED, Absence.NOT_COLLECTED, Absence.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("note", "blank", "signs"),
    [
        ("* Các ô để trống là không có trường hợp nào.", NONE, {}),
        ("Ghi chú: ô không ghi số là không có đối tượng.", NONE, {}),
        ("Lưu ý: chỉ tiêu bỏ trống nghĩa là không phát sinh", NONE, {}),
        ("Ghi chú: Ô trống: chưa có số liệu", UNKNOWN, {}),
        ("Dấu (-) là không có; dấu (...) là chưa thu thập được", None, {"-": NONE, "…": UNKNOWN}),
        ("Dấu “-” là chưa có số liệu", None, {"-": UNKNOWN}),
        ("Ký hiệu x: không phải báo cáo", None, {"x": NOT}),
        ("Trẻ em không nơi nương tựa", None, {}),
        ("(02 trẻ bị bỏng, 01 trẻ ngã cây)", None, {}),
    ],
)
def test_notes(note, blank, signs):
    """Each wording means what people mean by it."""
    found = read_notes([["Bảng"], [note]], 1)
    assert (found.blank, found.signs) == (blank, signs)


def test_titles_are_no_notes():
    """What stands above the table is not looked at."""
    assert read_notes([["Các ô để trống là không có trường hợp nào."], ["1"]], 1).blank is None


def test_remarks():
    """A remark beside a figure may say that it is yet to come."""
    assert meaning("Chưa rà soát, bổ sung sau") is UNKNOWN
    assert meaning("TYT cung cấp") is None
