"""Signs of statistical tables in place of figures."""

import pytest

from ctk.errors import CatalogueError
from ctk.model import Absence
from ctk.text import numbers
from ctk.text.numbers import Note, Reading, read_number

HEADER = "text,absence\n"


@pytest.mark.parametrize(
    "raw",
    [
        "-",
        " - ",
        "–",
        "—",
        "−",
        "\uff0d",
        "Không",
        "KHÔNG",
        "Kho\u0302ng",
        "không.",
        "khong",
        "không có",
        "khong co",
        "Không  phát\u00a0sinh",
        "không phát sinh.",
        "khong phat sinh",
        "Không có trường hợp nào",
        "Chưa phát sinh",
    ],
)
def test_signs_of_nothing_have_the_value_zero(raw):
    """Nothing occurred: that is a figure."""
    assert read_number(raw) == Reading(0.0, Absence.NOTHING_OCCURRED)


@pytest.mark.parametrize(
    "raw",
    [
        "…",
        "...",
        " ... ",
        "Chưa thu thập",
        "chưa thu thập được",
        "Chưa có số liệu",
        "Không có số liệu",
        "không thu thập",
        "Không thu thập được",
        "Chưa thống kê được",
        "đang cập nhật",
    ],
)
def test_dots_mean_not_collected(raw):
    """What occurred but was not collected is missing."""
    assert read_number(raw) == Reading(None, Absence.NOT_COLLECTED)


@pytest.mark.parametrize("raw", ["x", "X", " x ", "×", "Không áp dụng"])
def test_a_cross_means_not_applicable(raw):
    """A crossed cell takes no figure."""
    assert read_number(raw) == Reading(None, Absence.NOT_APPLICABLE)


@pytest.mark.parametrize(
    "raw", ["- -", "chưa", "không 5", "không biết", "n/a", "ko", "kps", "xx", "không\u0301"]
)
def test_signs_match_as_a_whole_only(raw):
    """Text that only resembles a sign is no sign."""
    assert read_number(raw) == Reading(None, Absence.UNREADABLE, Note.NOT_A_NUMBER)


@pytest.mark.parametrize(
    "listed",
    [
        pytest.param("sign,meaning\n-,nothing_occurred\n", id="other columns"),
        pytest.param("", id="empty"),
        pytest.param(HEADER + "Không,nothing_occurred\n", id="not folded"),
        pytest.param(HEADER + "-,nothing_occurred\n-,not_collected\n", id="twice"),
        pytest.param(HEADER + "-,nothing\n", id="unknown absence"),
        pytest.param(HEADER + "-,unreadable\n", id="not an absence of signs"),
        pytest.param(HEADER + "-\n", id="one column"),
        pytest.param(HEADER + ",nothing_occurred\n", id="no text"),
    ],
)
def test_a_bad_list_of_signs_is_refused(listed, tmp_path, monkeypatch):
    """A broken list stops the program instead of reading cells wrongly."""
    (tmp_path / "signs.csv").write_text(listed, encoding="utf-8")
    monkeypatch.setattr(numbers, "files", lambda _: tmp_path)
    with pytest.raises(CatalogueError, match=r"signs\.csv"):
        numbers._signs.__wrapped__()
