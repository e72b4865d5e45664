"""Make the built-in Word template of the covering report from its words in covering_report.txt.

The layout is that of Decree 30/2020/NĐ-CP, Appendix I: A4, margins, Times New Roman, national
motto, agency, number and symbol, place and date, title, recipients, signature, page numbers.
Run it after a change of the words: `python scripts/make_covering_report.py`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

if TYPE_CHECKING:
    from docx.document import Document as Doc
    from docx.styles.style import ParagraphStyle
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

HERE = Path(__file__).parent
WORDS = HERE / "covering_report.txt"
TARGET = HERE.parent / "src" / "ctk" / "templates" / "own"
FORMS = {"BC": False, "BC-DV": True}
"""The covering report without and with a table by unit."""

FONT = "Times New Roman"
TEXT_WIDTH = 165  # mm between the margins
SIDES = (65, 100)
DOTS = "……"
GREY = "F2F2F2"
LEFT, CENTRE, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
TARGET_COLUMNS = (
    ("Số", "t.no", 11),
    ("Mục tiêu", "t.text", 46),
    ("Mức đề ra, năm", 't.target ~ ", năm " ~ t.year', 26),
    ("Thực hiện", "t.actual", 19),
    ("Kết quả", "t.standing", 22),
    ("So với mức đề ra; ghi chú", 't.gap ~ (". " if t.gap and t.note else "") ~ t.note', 41),
)
UNIT_COLUMNS = (
    ("STT", "loop.index", 12),
    ("Đơn vị", "unit.full_name", 48),
    ("Trẻ em", 'value("I-0101.n")', 21),
    ("Trẻ em HCĐB", 'value("I-0301.n")', 21),
    ("Tỷ lệ HCĐB (%)", 'value("I-0301.r")', 21),
    ("HCĐB được trợ giúp", 'value("I-0302.n")', 21),
    ("Trẻ em bị xâm hại", 'value("II-0101.n")', 21),
)


def main() -> None:
    """Write both templates."""
    TARGET.mkdir(exist_ok=True)
    for form, by_unit in FORMS.items():
        (TARGET / f"{form}.docx").write_bytes(packed(build(by_unit)))
        print(f"written: {form}.docx")


def packed(document: Doc) -> bytes:
    """The file's bytes, the same whenever it is made."""
    made, same = BytesIO(), BytesIO()
    document.save(made)
    with ZipFile(made) as source, ZipFile(same, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = ZipInfo(name)
            info.compress_type = ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return same.getvalue()


def build(by_unit: bool) -> Doc:
    """Make the template."""
    document = Document()
    thumbnail = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"
    rels = document.part.package.rels
    for key in [key for key, rel in rels.items() if rel.reltype == thumbnail]:
        del rels[key]  # a picture of python-docx's own empty page
    _page(document)
    _styles(document)
    _properties(document)
    _heading(document)
    _title(document)
    for style, text in _lines():
        _line(document, style, text)
    with_table = " (kèm theo số liệu theo đơn vị)" if by_unit else ""
    last = _body(
        document,
        "Trên đây là báo cáo kết quả thực hiện công tác trẻ em {{ period.title | lower_first }} "
        f"của {{{{ unit | lower_first }}}}{with_table}./.",
    )
    last.paragraph_format.keep_with_next = True  # a signature never stands alone on a page
    _signature(document)
    if by_unit:
        _unit_table(document)
    return document


def _lines() -> list[tuple[str, str]]:
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    split = (line.partition("|") for line in lines if line and not line.startswith("#"))
    return [(style.strip(), text.strip()) for style, _, text in split]


def _page(document: Doc) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    _field(number, "PAGE")
    for header in (section.header, section.first_page_header):
        mark = header.add_paragraph("{%p if public %}")
        mark = header.add_paragraph("{{ copy }}")
        mark.alignment = CENTRE
        mark.runs[0].italic = True
        mark.runs[0].font.size = Pt(11)
        header.add_paragraph("{%p endif %}")


def _field(paragraph: Paragraph, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(13)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def _styles(document: Doc) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    normal.paragraph_format.space_after = Pt(0)
    _style(document, "Nội dung", before=6, indent=10, alignment=JUSTIFY)
    _style(document, "Đề mục", before=8, indent=10, bold=True, keep=True)
    _style(document, "Tiểu mục", before=6, indent=10, bold=True, keep=True)
    _style(document, "Ô bảng", size=12)
    _style(document, "Đầu bảng", size=12, bold=True, alignment=CENTRE)


def _style(
    document: Doc,
    name: str,
    *,
    size: int = 14,
    before: int = 0,
    indent: int = 0,
    bold: bool = False,
    keep: bool = False,
    alignment: WD_ALIGN_PARAGRAPH = LEFT,
) -> ParagraphStyle:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.size, style.font.bold = Pt(size), bold
    form = style.paragraph_format
    form.space_before, form.first_line_indent = Pt(before), Mm(indent)
    form.alignment, form.keep_with_next = alignment, keep
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    return style


def _properties(document: Doc) -> None:
    """No person, and a fixed day: the same words make the same file."""
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.title = "Báo cáo kết quả công tác trẻ em"
    properties.created = properties.modified = datetime(2020, 3, 5, tzinfo=UTC)
    properties.revision = 1


def _heading(document: Doc) -> None:
    left, right = _sides(document)
    _centred(left, "{{ office.superior | dots | upper }}", 12)
    _centred(left, "{{ office.agency | dots | upper }}", 12, bold=True)
    _rule(left, 22)
    _centred(left, f"Số: {DOTS}/BC-{DOTS}", 13, before=6)
    _centred(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True)
    _centred(right, "Độc lập - Tự do - Hạnh phúc", 13, bold=True)
    _rule(right, 20)
    date = f"{{{{ office.place | dots }}}}, ngày {DOTS} tháng {DOTS} năm {DOTS}"
    _centred(right, date, 13, italic=True, before=6)


def _title(document: Doc) -> None:
    _centred(document, "BÁO CÁO", 14, bold=True, before=18)
    _centred(
        document,
        "Kết quả thực hiện công tác trẻ em {{ period.title | lower_first }}",
        14,
        bold=True,
    )
    _rule(document, 55)
    document.add_paragraph("{%p if office.receiver %}")
    _centred(document, "Kính gửi: {{ office.receiver }}", 14, before=12)
    document.add_paragraph("{%p endif %}")
    _fill(document, "Căn cứ, văn bản giao nhiệm vụ; kế hoạch công tác trẻ em của đơn vị.")


def _line(document: Doc, style: str, text: str) -> None:
    match style:
        case "head":
            document.add_paragraph(text, "Đề mục")
        case "sub":
            document.add_paragraph(text, "Tiểu mục")
        case "body":
            _body(document, text)
        case "item":
            _body(document, f"- {text}")
        case "fill":
            _fill(document, text)
        case "if" | "for":
            document.add_paragraph(f"{{%p {style} {text} %}}")
        case "endif" | "endfor":
            document.add_paragraph(f"{{%p {style} %}}")
        case "targets":
            _target_tables(document)
        case _:
            raise SystemExit(f"{WORDS.name}: {style}?")


def _body(document: Doc, text: str) -> Paragraph:
    return document.add_paragraph(text, "Nội dung")


def _fill(document: Doc, hint: str) -> None:
    """A place to fill in: dots that nobody overlooks, and what belongs there."""
    paragraph = document.add_paragraph(style="Nội dung")
    run = paragraph.add_run(f"{DOTS} ({hint})")
    run.italic = True
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _target_tables(document: Doc) -> None:
    document.add_paragraph("{%p for set in targets() %}")
    _body(document, "{{ set.name }} ({{ set.source }}):")
    table = _table(document, [(title, width) for title, _, width in TARGET_COLUMNS])
    _repeated(
        table,
        "for t in set.targets",
        [source for _, source, _ in TARGET_COLUMNS],
        centred={0, 2, 3, 4},
    )
    note = _body(document, "{% for sentence in set.notes %}{{ sentence }}. {% endfor %}")
    note.runs[0].italic = True
    note.runs[0].font.size = Pt(12)
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p if targets().length == 0 %}")
    _fill(
        document,
        "Chưa có bộ mục tiêu nào của đơn vị trong ctk; nêu mức độ thực hiện các mục tiêu đã giao.",
    )
    document.add_paragraph("{%p endif %}")


def _unit_table(document: Doc) -> None:
    heading = document.add_paragraph("SỐ LIỆU THEO ĐƠN VỊ, {{ period.title | upper }}", "Đầu bảng")
    heading.paragraph_format.page_break_before = True
    heading.paragraph_format.space_after = Pt(6)
    table = _table(document, [(title, width) for title, _, width in UNIT_COLUMNS])
    sources = [source for _, source, _ in UNIT_COLUMNS]
    _repeated(table, "for unit in units", sources, centred={0}, right=set(range(2, 7)))
    total = table.add_row().cells
    whole = ["", "Chung toàn đơn vị", *sources[2:]]
    for col, source in enumerate(whole):
        text = source if col < 2 else f"{{{{ {source} }}}}"
        paragraph = _cell(total[col], text, right=col > 1)
        for run in paragraph.runs:
            run.bold = True
    note = document.add_paragraph(style="Ô bảng")
    run = note.add_run(
        "HCĐB: hoàn cảnh đặc biệt. Dấu …: chưa đủ số liệu. "
        "{% if public %}Dấu (c): không công bố để bảo vệ trẻ em. {% endif %}"
        "Độ phủ của dòng chung: "
        'trẻ em {{ coverage("I-0101.n") }}, '
        'trẻ em có hoàn cảnh đặc biệt {{ coverage("I-0301.n") }}, '
        'trẻ em bị xâm hại {{ coverage("II-0101.n") }}.'
    )
    run.italic = True


def _repeated(
    table: Table, loop: str, sources: list[str], centred: set[int], right: set[int] | None = None
) -> None:
    """A row that is repeated: the tags of the loop stand in rows of their own, which vanish."""
    table.add_row().cells[0].paragraphs[0].add_run(f"{{%tr {loop} %}}")
    row = table.add_row()
    _keep_whole(row._tr)
    for col, source in enumerate(sources):
        _cell(row.cells[col], f"{{{{ {source} }}}}", col in centred, right=col in (right or ()))
    table.add_row().cells[0].paragraphs[0].add_run("{%tr endfor %}")


def _cell(cell: _Cell, text: str, centred: bool = False, *, right: bool = False) -> Paragraph:
    paragraph = cell.paragraphs[0]
    paragraph.style = "Ô bảng"
    paragraph.add_run(text)
    paragraph.alignment = CENTRE if centred else WD_ALIGN_PARAGRAPH.RIGHT if right else LEFT
    return paragraph


def _table(document: Doc, columns: list[tuple[str, int]]) -> Table:
    table = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for cell, (title, width) in zip(table.rows[0].cells, columns, strict=True):
        cell.width = Mm(width)
        cell.paragraphs[0].style = "Đầu bảng"
        cell.paragraphs[0].add_run(title)
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), GREY)
        cell._tc.get_or_add_tcPr().append(shade)
    for column, (_, width) in zip(table.columns, columns, strict=True):
        column.width = Mm(width)
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    return table


def _keep_whole(row: OxmlElement) -> None:
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _signature(document: Doc) -> None:
    gap = document.add_paragraph()
    gap.paragraph_format.space_after = Pt(6)
    gap.paragraph_format.keep_with_next = True
    left, right = _sides(document)
    recipients = left.paragraphs[0]
    run = recipients.add_run("Nơi nhận:")
    run.bold = run.italic = True
    run.font.size = Pt(12)
    for text in ("- {{ office.receiver | dots }};", f"- {DOTS};", f"- Lưu: VT, {DOTS}."):
        paragraph = left.add_paragraph()
        paragraph.add_run(text).font.size = Pt(11)
    _centred(right, "{{ office.signatory_title | dots | upper }}", 14, bold=True)
    for _ in range(4):
        right.add_paragraph()
    _centred(right, "{{ office.signatory_name | dots }}", 14, bold=True)


def _sides(document: Doc) -> tuple[_Cell, _Cell]:
    """Two columns without lines, left and right; the row stays on one page."""
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    for column, width in zip(table.columns, SIDES, strict=True):
        column.width = Mm(width)
        column.cells[0].width = Mm(width)
    _keep_whole(table.rows[0]._tr)
    left, right = table.rows[0].cells
    return left, right


def _centred(
    where: Doc | _Cell,
    text: str,
    size: int,
    *,
    bold: bool = False,
    italic: bool = False,
    before: int = 0,
) -> Paragraph:
    paragraphs = where.paragraphs
    fresh = hasattr(where, "_tc") and len(paragraphs) == 1 and not paragraphs[0].runs
    paragraph = paragraphs[0] if fresh else where.add_paragraph()
    paragraph.alignment = CENTRE
    paragraph.paragraph_format.space_before = Pt(before)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    run.font.color.rgb = RGBColor(0, 0, 0)
    return paragraph


def _rule(where: Doc | _Cell, indent: int) -> None:
    """A thin line under the text, `indent` mm shorter on either side."""
    paragraph = where.add_paragraph()
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm(indent)
    form.space_before = Pt(3)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(3)
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    after = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *after)


if __name__ == "__main__":
    main()
