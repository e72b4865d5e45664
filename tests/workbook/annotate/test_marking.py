"""A marked copy: what is new in it, and that nothing else is."""

import io
import re
import zipfile

import openpyxl
import pytest
import python_calamine

from ctk.errors import UsageError
from ctk.workbook.annotate import Block, Line, Mark, Page, Paint, annotate
from ctk.workbook.annotate.types import COLOURS
from packages import parts_of, problems, relations

from .specimens import ALL, by_openpyxl, rezip, rich, with_conversation

SHEET = "Số liệu"
NOT_READ = {"odd_targets"}  # our fast reader does not find such parts, so no figure is known


def mark(cell, paint=Paint.ERROR, sheet=SHEET, text="Tổng 7, nam 6, nữ 2"):
    """A mark with a comment of three lines."""
    return Mark(sheet, cell, paint, "LỖI PHẢI SỬA", (text, "→ Kiểm tra lại", "Quy tắc V401"))


def page(*lines, name="Cần sửa"):
    """A page with one block."""
    block = Block("1. LỖI", Paint.ERROR, lines or (Line((1, "D6", "sai"), (SHEET, "D6")),))
    widths, columns = (5, 20, 40), ("STT", "Ô", "Nội dung")
    key = ((Paint.ERROR, "Đỏ"),)
    return Page(name, "CẦN SỬA", ("Xã A",), key, columns, widths, (block,), "ctk-annotation 1",
                "Xã A & B", 1)  # fmt: skip


MARKS = [
    mark("D6"),
    mark("D7", Paint.WARNING),
    mark("E6", Paint.INFO),
    mark("ZZ400", Paint.WARNING_TIED),
    mark("K7", Paint.ERROR_TIED),
    mark("A9", Paint.INFO, "Bìa"),
]


def figures(data):
    """All cells of all sheets but the front page, as the fast reader gives them."""
    book = python_calamine.load_workbook(io.BytesIO(data))
    names = [name for name in book.sheet_names if not name.startswith("Cần sửa")]
    return {n: book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in names}


def trimmed(cells):
    """Cells without the empty ones behind and below them."""
    rows = [row[: max((i + 1 for i, v in enumerate(row) if v != ""), default=0)] for row in cells]
    while rows and not rows[-1]:
        rows.pop()
    return rows


@pytest.mark.parametrize("name", ALL)
def test_copy_is_sound(name):
    """Whatever wrote the workbook, Excel finds nothing to repair in its copy."""
    original = ALL[name]()
    copy, marked = annotate(original, MARKS, page())
    assert problems(copy) == []
    assert len(MARKS) == marked


@pytest.mark.parametrize("name", [name for name in ALL if name not in NOT_READ])
def test_no_figure_changes(name):
    """Every cell of every sheet holds in the copy what it held before."""
    original = ALL[name]()
    before = figures(original)
    after = figures(annotate(original, MARKS, page())[0])
    assert {n: trimmed(c) for n, c in before.items()} == {n: trimmed(c) for n, c in after.items()}


@pytest.mark.parametrize("name", ALL)
def test_untouched_parts_are_the_same_bytes(name):
    """Only the parts that hold marks, formats, comments and the list of sheets differ."""
    original = ALL[name]()
    before, after = parts_of(original), parts_of(annotate(original, MARKS, page())[0])
    changed = {part for part, data in before.items() if after.get(part) != data}
    allowed = (
        r"\[Content_Types\]\.xml|docProps/app\.xml|xl/(workbook|styles)\.xml|xl/_rels/workbook\.xml"
        r"\.rels|xl/worksheets/(sheet[12]\.xml|_rels/sheet[12]\.xml\.rels)"
        r"|xl/(comments/comment1|comments1)\.xml|xl/drawings/(commentsDrawing1|vmlDrawing1)\.vml"
    )
    assert [part for part in sorted(changed) if not re.fullmatch(allowed, part)] == []


def test_zip_entries_keep_their_dates():
    """An entry that was there keeps its date, its attributes and its place."""
    original = rich()
    copy, _ = annotate(original, MARKS, page())
    with zipfile.ZipFile(io.BytesIO(original)) as old, zipfile.ZipFile(io.BytesIO(copy)) as new:
        before = [(i.filename, i.date_time, i.external_attr) for i in old.infolist()]
        after = [(i.filename, i.date_time, i.external_attr) for i in new.infolist()]
    assert before == after[: len(before)]


def test_everything_else_on_a_marked_sheet_stays():
    """Formulas with results, validation, formats by rule, widths, protection, print set-up stay."""
    copy, _ = annotate(rich(), MARKS, page())
    parts = parts_of(copy)
    xml = parts["xl/worksheets/sheet2.xml"].decode()
    for kept in ("<f>SUM(D6:F6)</f><v>20</v>", '<f t="array" ref="I6:I8">', "<dataValidation ",
                 "<conditionalFormatting ", 'width="42.', "<sheetProtection ", "<autoFilter ",
                 'orientation="landscape"', "<mergeCell ", "<pane ", "<drawing "):  # fmt: skip
        assert kept in xml
    book = openpyxl.load_workbook(io.BytesIO(copy))
    assert book["Ẩn"].sheet_state == "veryHidden"
    assert book[SHEET].print_area == "'Số liệu'!$A$1:$I$12"
    assert book[SHEET].print_title_rows == "$4:$5"
    assert list(book["Ghi chú"].defined_names) == ["Rieng"]
    assert book.defined_names["Tong"].value == "'Số liệu'!$D$6"


def test_colour_keeps_the_cells_own_format():
    """A marked cell has a fill more, and its own number format, border and font."""
    copy, _ = annotate(rich(), MARKS, page())
    before = openpyxl.load_workbook(io.BytesIO(rich()))[SHEET]["D6"]
    after = openpyxl.load_workbook(io.BytesIO(copy))[SHEET]["D6"]
    assert f"FF{COLOURS[Paint.ERROR]}" == after.fill.fgColor.rgb
    for name in ("number_format", "border", "font", "protection", "alignment"):
        assert repr(getattr(before, name)) == repr(getattr(after, name))


@pytest.mark.parametrize(
    ("cell", "shown_at", "paint"),
    [
        ("K7", "J6", Paint.ERROR_TIED),
        ("L300", "L300", Paint.INFO),
        ("D12", "D12", Paint.WARNING),
    ],
)
def test_cells_that_are_not_there(cell, shown_at, paint):
    """A merged area is coloured at its first cell; a new cell has its column's or row's format."""
    copy, _ = annotate(rich(), [mark(cell, paint)], page())
    sheet = openpyxl.load_workbook(io.BytesIO(copy))[SHEET]
    assert f"FF{COLOURS[paint]}" == sheet[shown_at].fill.fgColor.rgb
    assert "LỖI PHẢI SỬA" in sheet[shown_at].comment.text
    if cell == "L300":
        assert sheet[cell].number_format == "#,##0.00"
    if cell == "D12":
        assert sheet[cell].font.b


def test_worst_mark_colours_the_cell():
    """Several marks at a cell give one colour, that of the worst, and one comment with all."""
    marks = [mark("D6", Paint.INFO, text="ba"), mark("D6", Paint.ERROR, text="một"),
             mark("D6", Paint.WARNING, text="hai")]  # fmt: skip
    copy, marked = annotate(rich(), marks, page())
    cell = openpyxl.load_workbook(io.BytesIO(copy))[SHEET]["D6"]
    assert (1, f"FF{COLOURS[Paint.ERROR]}") == (marked, cell.fill.fgColor.rgb)
    texts = [cell.comment.text.index(word) for word in ("một", "hai", "ba")]
    assert sorted(texts) == texts


def test_white_ink_is_darkened():
    """White writing would vanish on a light fill."""
    book = openpyxl.Workbook()
    book.active.title = SHEET
    book.active["D6"] = 5
    book.active["D6"].font = openpyxl.styles.Font(color="FFFFFFFF", italic=True)
    target = io.BytesIO()
    book.save(target)
    copy, _ = annotate(target.getvalue(), [mark("D6")], page())
    font = openpyxl.load_workbook(io.BytesIO(copy))[SHEET]["D6"].font
    assert (font.color.rgb, font.i) == ("FF000000", True)


def test_senders_comment_is_kept():
    """Our lines come below the sender's; comments of other cells are left alone."""
    copy, _ = annotate(by_openpyxl(), MARKS, page())
    sheet = openpyxl.load_workbook(io.BytesIO(copy))[SHEET]
    assert sheet["D7"].comment.text.startswith("Lời của xã\n\n[ctk] LỖI PHẢI SỬA\n")
    assert sheet["D7"].comment.author == "Xã"
    assert sheet["D6"].comment.author == "ctk"
    assert sheet["A6"].comment.text == "Lời khác"


def test_box_is_as_large_as_its_text():
    """The box of a comment grows with what it says, also where the sender's was small."""
    text = "Một câu dài. " * 30
    copy, _ = annotate(by_openpyxl(), [mark("D7", text=text), mark("D6")], page())
    sheet = parts_of(copy)["xl/worksheets/sheet2.xml"]
    assert b"legacyDrawing" in sheet
    (drawing,) = (d.decode() for n, d in parts_of(copy).items() if n.endswith(".vml"))
    rows = {}
    for shape in re.findall(r"<\w+:shape\b.*?</\w+:shape>", drawing, re.DOTALL):
        anchor = re.search(r":Anchor>([^<]*)<", shape)
        place = tuple(int(n) for n in re.findall(r":(?:Row|Column)>(\d+)<", shape))
        if anchor:
            top, bottom = (int(anchor[1].split(",")[i]) for i in (2, 6))
            rows[place] = bottom - top
    assert rows[6, 3] >= len(text) // 46 * 16 // 20
    assert rows[5, 3] < rows[6, 3]


def test_conversation_is_left_alone():
    """Where people talk in modern Excel, the cell is coloured and the talk stays as it is."""
    original = with_conversation()
    copy, _ = annotate(original, [mark("D7")], page())
    before, after = parts_of(original), parts_of(copy)
    assert before["xl/comments/comment1.xml"] == after["xl/comments/comment1.xml"]
    talk = "xl/threadedComments/threadedComment1.xml"
    assert before[talk] == after[talk]
    cell = openpyxl.load_workbook(io.BytesIO(copy))[SHEET]["D7"]
    assert f"FF{COLOURS[Paint.ERROR]}" == cell.fill.fgColor.rgb


def test_drawing_that_is_no_xml_is_left_alone():
    """A drawing without an end cannot be extended: colour and list must do."""
    original = rezip(
        by_openpyxl(), {"xl/drawings/commentsDrawing1.vml": lambda d: d.replace(b"</xml>", b"")}
    )
    names = [n for n in parts_of(original) if n.endswith(".vml")]
    original = rezip(original, {n: lambda d: re.sub(rb"</(\w+:)?xml>\s*$", b"", d) for n in names})
    copy, marked = annotate(original, [mark("D6")], page())
    assert marked == 1
    for name in names:
        assert parts_of(original)[name] == parts_of(copy)[name]


def test_page_is_first_and_shown():
    """The workbook opens on the page; no other sheet is selected with it."""
    copy, _ = annotate(rich(), MARKS, page())
    book = openpyxl.load_workbook(io.BytesIO(copy))
    assert book.sheetnames == ["Cần sửa", "Bìa", SHEET, "Ghi chú", "Ẩn"]
    assert book.active.title == "Cần sửa"
    assert [s.title for s in book if s.sheet_view.tabSelected] == ["Cần sửa"]
    titles = re.search(rb"<TitlesOfParts>.*?</TitlesOfParts>", parts_of(copy)["docProps/app.xml"])
    assert titles[0].decode().index("Cần sửa") < titles[0].decode().index("Bìa")


def test_page_can_be_printed():
    """A4 landscape, one page wide, the columns' titles on every page, and panes frozen below."""
    copy, _ = annotate(rich(), MARKS, page())
    sheet = openpyxl.load_workbook(io.BytesIO(copy))["Cần sửa"]
    assert (
        str(sheet.page_setup.paperSize),
        sheet.page_setup.orientation,
        sheet.page_setup.fitToHeight,
    ) == ("9", "landscape", 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$4:$4", "A5")


def test_link_leads_to_the_cell():
    """The address in the list is a link inside the workbook, also to a sheet with a quote."""
    book = openpyxl.Workbook()
    book.active.title = "Xã's 1"
    target = io.BytesIO()
    book.save(target)
    line = Line((1, "Xã's 1!B2", "sai"), ("Xã's 1", "B2"))
    copy, _ = annotate(target.getvalue(), [mark("B2", sheet="Xã's 1")], page(line))
    link = openpyxl.load_workbook(io.BytesIO(copy))["Cần sửa"]["B6"].hyperlink
    assert (link.location, link.target) == ("'Xã''s 1'!B2", None)


def test_text_is_only_text():
    """What looks like a formula stays text, and what XML cannot hold is left out."""
    line = Line((1, "=1+1", "a\x00b\x0b_x0041_"), None)
    copy, _ = annotate(rich(), [], page(line))
    sheet = openpyxl.load_workbook(io.BytesIO(copy))["Cần sửa"]
    assert (sheet["B6"].data_type, sheet["B6"].value) == ("s", "=1+1")
    read = python_calamine.load_workbook(io.BytesIO(copy)).get_sheet_by_index(0).to_python()
    assert read[5][2] == "ab_x0041_"


def test_marking_twice():
    """A copy can be marked again: a second page, other boxes, all figures as they were."""
    once, _ = annotate(rich(), MARKS, page())
    twice, _ = annotate(once, MARKS, page())
    book = openpyxl.load_workbook(io.BytesIO(twice))
    assert book.sheetnames[:3] == ["Cần sửa (2)", "Cần sửa", "Bìa"]
    assert problems(twice) == []
    assert {n: trimmed(c) for n, c in figures(rich()).items()} == {
        n: trimmed(c) for n, c in figures(twice).items()
    }


def test_many_comments():
    """More comments than one block of shape numbers holds."""
    marks = [mark(f"B{row}") for row in range(10, 2200)]
    copy, marked = annotate(rich(), marks, page())
    assert marked == 2190
    assert problems(copy) == []


def test_prefixed_parts_of_others_are_kept():
    """Macros stay: the part is there, with its bytes."""
    copy, _ = annotate(rich(), MARKS, page())
    assert parts_of(copy)["xl/vbaProject.bin"] == b"\0\1macro"


@pytest.mark.parametrize("data", [b"rubbish", rezip(rich(), drop=["xl/workbook.xml"])])
def test_what_cannot_be_marked(data):
    """A file whose parts are not those of a workbook is refused in words."""
    with pytest.raises(UsageError) as caught:
        annotate(data, MARKS, page())
    assert caught.value.code == "cannot_mark"


def test_entities_are_refused():
    """A part that declares entities is not read."""
    outside = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><workbook'
    evil = rezip(rich(), {"xl/workbook.xml": lambda d: d.replace(b"<workbook", outside, 1)})
    with pytest.raises(UsageError) as caught:
        annotate(evil, MARKS, page())
    assert caught.value.code == "cannot_mark"


def test_relations_of_the_marked_sheet():
    """A sheet without comments gets one part of comments and one drawing."""
    copy, _ = annotate(rich(), [mark("A9", sheet="Bìa")], page())
    kinds = sorted(kind for _, kind, _ in relations(parts_of(copy), "xl/worksheets/sheet1.xml"))
    assert kinds == ["comments", "table", "vmlDrawing"]
