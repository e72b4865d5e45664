"""What a sender is told: lines of the front page and comments at cells."""

from datetime import date

from ctk.frame import Submission
from ctk.model import Finding, Severity
from ctk.report.handed_back import Case, make_marks, make_page
from ctk.report.handed_back.marks import MOST_TIED
from ctk.validate.rulebook import Rulebook
from ctk.workbook.annotate import Paint
from ctk.workbook.book import SheetCells

SHEET = "I.2"


def finding(cell, rule="V401", severity=Severity.ERROR, **more):
    """A finding at a cell of the sheet."""
    given = {"message": f"sai ở {cell}", "suggestion": "Sửa lại.", "sheet": SHEET, "cell": cell}
    return Finding("a.xlsx", rule, severity, **(given | more))


def case(*findings, cells=None, **more):
    """A case with one sheet of ten rows."""
    grid = cells or [[f"Dòng {row}", "I-0101", row, row] for row in range(1, 11)]
    submission = Submission("x/a.xlsx", "0" * 64, "ctk-commune", (SHEET,), None, None)
    labels = {(0, 0, 2): (0, 0)}
    given = {"lang": "vi", "day": date(2022, 7, 5)} | more
    return Case(
        submission, findings, (SheetCells(SHEET, grid),), labels, Rulebook().of(None), **given
    )


def lines(page, block):
    """The texts of one block."""
    return [line.texts for line in page.blocks[block].lines]


def test_severities_stand_apart():
    """Errors, what to confirm and remarks have a block each, counted in their titles."""
    found = [
        finding("C1"),
        finding("C2", "V301", Severity.WARNING),
        finding("C3", "V309", Severity.INFO),
    ]
    page = make_page(case(*found))
    assert [len(block.lines) for block in page.blocks] == [1, 1, 1, 3]
    assert [block.title.split(":")[0] for block in page.blocks] == [
        "1. LỖI PHẢI SỬA",
        "2. CẦN XÁC NHẬN",
        "3. GHI NHẬN, KHÔNG PHẢI SỬA",
        "4. TỔNG HỢP THEO QUY TẮC",
    ]
    assert [block.to_fill_in for block in page.blocks] == [None, 7, None, None]


def test_nothing_is_capped():
    """Thousands of findings all have their line, and all cells stand in the summary."""
    found = [finding(f"C{row}") for row in range(1, 6001)]
    page = make_page(case(*found))
    assert [texts[4] for texts in lines(page, 0)] == [each.message for each in found]
    told = "".join(str(texts[4]) for texts in lines(page, 3))
    assert told.count("C") == 6000
    assert lines(page, 3)[0][2] == 6000
    assert max(len(str(texts[4])) for texts in lines(page, 3)) <= 32_767


def test_line_of_a_finding():
    """Unit, cell with a link, the sender's words, the sentence, what is there, what to do, rule."""
    (line,) = make_page(case(finding("C1", value=7.0))).blocks[0].lines
    assert line.texts == (
        1, "chưa rõ đơn vị", "I.2!C1", "Dòng 1", "sai ở C1", 7.0, "Sửa lại.", None, "V401",
    )  # fmt: skip
    assert line.link == (SHEET, "C1")


def test_label_where_the_cell_is_no_figure():
    """Without a figure the row is named by its first words; an empty row has no name."""
    texts = lines(make_page(case(finding("D4"), finding("B40"))), 0)
    assert [each[3] for each in texts] == ["Dòng 4", ""]


def test_label_in_an_old_font():
    """A label typed for an old font is turned into Unicode."""
    grid = [["TrÎ em", "I-0101", 5, 5]]
    (texts,) = lines(make_page(case(finding("C1"), cells=grid, encoding="tcvn3")), 0)
    assert texts[3] == "Trẻ em"


def test_what_is_there():
    """An empty cell is called so; a long text, which may hold names, is only counted."""
    grid = [["Dòng", "I-0101", "", "Nguyễn Thị An và Lê Văn Bình"]]
    texts = lines(make_page(case(finding("C1"), finding("D1"), cells=grid)), 0)
    assert texts[0][5] == "(trống)"
    assert "An" not in texts[1][5]


def test_cells_of_a_comparison_are_paler():
    """The cell of the finding has the full colour; the comment at the others names it."""
    marks = make_marks(case(finding("C1", cells=("C1", "D1", "Khác!A1"))))
    assert [(m.cell, m.paint) for m in marks] == [("C1", Paint.ERROR), ("D1", Paint.ERROR_TIED)]
    assert "C1" in marks[1].heading


def test_cells_alike_have_one_colour():
    """Blanks of a row are all as wrong as the first."""
    found = finding("C1", "V301", Severity.WARNING, cells=("C1", "D1"))
    assert {m.paint for m in make_marks(case(found))} == {Paint.WARNING}


def test_comment_at_a_total_stays_readable():
    """A cell in many comparisons names some and counts the others, which the page lists."""
    found = [finding(f"C{row}", cells=(f"C{row}", "D1")) for row in range(1, 30)]
    at_total = [m for m in make_marks(case(*found)) if m.cell == "D1"]
    assert len(at_total) == MOST_TIED + 1
    assert str(29 - MOST_TIED) in at_total[-1].heading


def test_english_page():
    """Every word around the findings is English with --lang en."""
    page = make_page(case(finding("C1"), lang="en", agency="Office", converted_from="xls"))
    told = [page.name, page.title, page.footer, *page.heading, *page.columns]
    assert (page.name, page.columns[2]) == ("To correct", "Cell (click to go)")
    assert "Office" in told[3]
    assert "2022-07-05" in told[3]
    assert ".xls" in page.heading[-1]
