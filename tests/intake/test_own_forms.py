"""What an office's own form says of itself: unit, period, dates, which of two files counts."""

import pytest

from annexes import OWN, annex
from workbooks import batch_of, findings_of, write_book

READ = {"own": OWN, "scope": "467"}


def titled(title):
    """A sheet with another title."""
    grid = annex()
    grid[2] = [title]
    return grid


def submission(path, grid, **how):
    """The only submission of a file with one sheet."""
    (found,) = batch_of(write_book(path, {"A": grid}), **READ, **how).submissions
    return found


def test_what_the_head_says(tmp_path):
    """Unit, period and cut-off date are read from the lines above the table, without a remark."""
    found = submission(tmp_path / "a.xlsx", annex())
    assert (found.unit.code, str(found.period), found.cut_off) == ("19588", "2022-6m", "2022-05-20")
    assert found.form == "annex"
    assert findings_of(tmp_path, **READ) == ()


@pytest.mark.parametrize(
    ("title", "expected", "period"),
    [
        ("BIỂU SỐ LIỆU NĂM 2022", None, "2022-12m"),
        ("BIỂU SỐ LIỆU NĂM 2022", "2022-6m", "2022-6m"),
        ("BIỂU SỐ LIỆU", "2022-6m", "2022-6m"),
        ("BÁO CÁO 6 THÁNG ĐẦU NĂM 2022, THEO KẾ HOẠCH NĂM 2022", None, "None"),
    ],
)
def test_period_of_the_title(tmp_path, title, expected, period):
    """A year alone is the period that is expected, or the whole year."""
    found = submission(tmp_path / "a.xlsx", titled(title), period=expected)
    assert str(found.period) == period


@pytest.mark.parametrize("line", ["UBND xã ……………", "UBND xã ..........", ""])
def test_a_dotted_line_names_no_unit(tmp_path, line):
    """Where the unit was not filled in, the file's name speaks, and that is told."""
    path = tmp_path / "Ta Rut.xlsx"
    assert submission(path, annex(unit=line)).unit.code == "19588"
    assert [found.rule for found in findings_of(tmp_path, **READ)] == ["V222"]


def test_an_office_on_two_lines(tmp_path):
    """The words for the office above the name of the commune tell the unit, in each file."""
    for name in ("Tà Rụt", "A Bung", "A Ngo"):
        grid = annex(unit="")
        grid[0], grid[1] = ["ỦY BAN NHÂN DÂN"], [f"XÃ {name.upper()}"]
        write_book(tmp_path / f"{name}.xlsx", {"A": grid})
    units = {each.unit.name for each in batch_of(tmp_path, **READ).submissions}
    assert units == {"Tà Rụt", "A Bung", "A Ngo"}
    assert findings_of(tmp_path, **READ) == ()


def test_a_wrong_year_counts_in_the_period_of_the_dates(tmp_path):
    """The title is of last year, both dates of this one: the figures are of this one."""
    grid = annex(year=2021, below=[["Tà Rụt, ngày 25 tháng 5 năm 2022"]])
    assert str(submission(tmp_path / "a.xlsx", grid).period) == "2022-6m"


def test_the_later_file_counts(tmp_path):
    """Of two files the one signed later replaces the other; which one is told."""
    for name, day, value in (("a", "20", 600), ("b", "27", 610)):
        below = [[f"Tà Rụt, ngày {day} tháng 5 năm 2022"]]
        write_book(tmp_path / f"{name}.xlsx", {"A": annex((1, 2, value), below=below)})
    batch = batch_of(tmp_path, **READ)
    assert batch.superseded == {0: 1}


def test_figures_of_slices_that_the_catalogue_lacks(tmp_path):
    """A form may ask for the minority among children under 5: it is read, and compared."""
    path = write_book(tmp_path / "a.xlsx", {"A": annex((2, 5, 170))})
    (found,) = findings_of(path, **READ)
    assert (found.rule, found.element, found.dimension) == (
        "V403", "I-0101.2", "ethnicity=minority",
    )  # fmt: skip
    assert "Trẻ em dưới 5 tuổi" in found.message


def test_a_file_that_fits_no_form(tmp_path):
    """It says which form it is nearest to and what it lacks."""
    path = write_book(tmp_path / "a.xlsx", {"A": annex()[:10]})
    ((_, error),) = batch_of(path, **READ).unreadable
    assert error.code == "form_is_like"
    assert "annex" in error.title("vi")
    assert "Trẻ em dưới 5 tuổi" in error.hint("vi")
