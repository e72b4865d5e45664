"""A template as an office makes it: merged cells, a logo, print setup, rules, a chart, comments."""

import struct
import zipfile
import zlib
from io import BytesIO

import xlsxwriter
from lxml import etree

MAIN = "Tổng hợp"
NOTES = "Chú giải"
FIRST = 5  # the repeated row, from 0


def png():
    """A picture of one red pixel."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\x00\xff\x00\x00")
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def office_template(repeated=True, change=None):
    """The template as bytes; `change` may alter the main sheet before it is saved."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target)
    book.set_properties({"author": "Người lập mẫu", "title": "Mẫu của phòng"})
    sheet, notes = book.add_worksheet(MAIN), book.add_worksheet(NOTES)
    _head(book, sheet)
    _row(book, sheet, repeated)
    _below(book, sheet)
    _around(book, sheet)
    notes.write("A1", "Không đổi")
    notes.write_formula("A2", f"='{MAIN}'!C7", None, 5)
    book.define_name("TongSo", f"='{MAIN}'!$C$7")
    if change:
        change(book, sheet)
    book.close()
    return target.getvalue()


def _head(book, sheet):
    bold = book.add_format({"bold": True, "align": "center", "font_name": "Times New Roman"})
    sheet.merge_range("A1:G1", "SỐ LIỆU {{ unit.full_name | upper }}, {{ period.title }}", bold)
    sheet.insert_image(
        "A2", "logo.png", {"image_data": BytesIO(png()), "x_scale": 30, "y_scale": 30}
    )
    titles = ("STT", "Đơn vị", "Trẻ em", "Trẻ em gái", "Tỷ lệ", "Trẻ em trai", "Ghi chú")
    for col, title in enumerate(titles):
        sheet.write_string(FIRST - 1, col, title, bold)


def _row(book, sheet, repeated):
    number, share = (
        book.add_format({"num_format": "#,##0"}),
        book.add_format({"num_format": "0.0%"}),
    )
    loop = "{% for unit in units %}{{ loop.index }}" if repeated else "1"
    sheet.set_row(FIRST, 27)
    sheet.write_string(FIRST, 0, loop)
    sheet.write_string(FIRST, 1, "{{ unit.full_name }}")
    sheet.write_string(FIRST, 2, '{{ value("I-0101.n") }}', number)
    sheet.write_string(FIRST, 3, '{{ value(“I-0101.n”, sex="F") }}', number)
    part = '{{ percent(value("I-0101.n", sex="F"), value("I-0101.n")) }}'
    sheet.write_string(FIRST, 4, part, share)
    sheet.write_formula(FIRST, 5, "=C6-D6", number, 3)
    sheet.write_string(FIRST, 6, '{{ coverage("I-0101.n") }}')


def _below(book, sheet):
    number = book.add_format({"num_format": "#,##0", "bold": True})
    sheet.write_string("B7", "Cộng")
    sheet.write_formula("C7", "=SUM(C6:C6)", number, 5)
    sheet.write_formula("D7", "=SUM(D$6:D$6)", number, 5)
    sheet.write_string(
        "B8", 'Toàn đơn vị: {{ value("I-0101.n") }} trẻ em ({{ coverage("I-0101.n") }})'
    )
    sheet.merge_range("B10:D11", "Người lập biểu")
    sheet.write_formula("F9", "=TongSo/2", None, 1)


def _around(book, sheet):
    red = book.add_format({"bg_color": "#FFC7CE"})
    rule = {"type": "cell", "criteria": ">", "value": "$C$7", "format": red}
    sheet.conditional_format("C6:C6", rule)
    sheet.conditional_format("C8", {"type": "formula", "criteria": "=C8=C7", "format": red})
    sheet.data_validation("G6", {"validate": "list", "source": ["a", "b"]})
    sheet.write_comment("B7", "Không sửa dòng này", {"author": "phòng"})
    sheet.autofilter("A5:G6")
    sheet.print_area("A1:G30")
    sheet.repeat_rows(4)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=1.18, right=0.6)
    sheet.set_footer("&CTrang &P")
    sheet.freeze_panes(5, 2)
    sheet.set_h_pagebreaks([9])
    chart = book.add_chart({"type": "column"})
    chart.add_series(
        {
            "categories": f"='{MAIN}'!$B$6:$B$6",
            "values": f"='{MAIN}'!$C$6",
            "name": f"='{MAIN}'!$C$5",
        }
    )
    sheet.insert_chart("B13", chart)


def parts(data):
    """The parts of a file by name."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def canonical(data):
    """A part in the one form that equal XML has."""
    return etree.tostring(etree.fromstring(data), method="c14n")


def sheet_xml(data, number=1):
    """A sheet's part, taken apart."""
    return etree.fromstring(parts(data)[f"xl/worksheets/sheet{number}.xml"])


def without_cells(root, addresses):
    """A sheet with these cells and all results of formulas taken out of it."""
    ns = {"x": root.nsmap[None]}
    for cell in root.findall(".//x:c", ns):
        if cell.get("r") in addresses:
            for each in list(cell):
                cell.remove(each)
            cell.attrib.pop("t", None)
        elif cell.find("x:f", ns) is not None and (result := cell.find("x:v", ns)) is not None:
            cell.remove(result)
    return etree.tostring(root, method="c14n")
