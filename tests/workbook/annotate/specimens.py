"""Workbooks with all that a sender may have put into them, as several programs write them."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment

from workbooks import cover, table

ROWS = {"I-0101": [10, 6, 4], "I-0103": [3, 1, 1], "I-0105": [None, 2, "1.234"]}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8"
    "cf500f0003860180a5b5dd0c0000000049454e44ae426082"
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main":
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships":
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
}  # fmt: skip


def rich():
    """Everything that XlsxWriter can put into a workbook around a commune's figures."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        front, data, notes, deep = map(book.add_worksheet, ("Bìa", "Số liệu", "Ghi chú", "Ẩn"))
        bold = book.add_format({"bold": True})
        money = book.add_format({"num_format": "#,##0.00", "border": 2, "font_color": "#1F3864"})
        for sheet, grid in ((front, cover()), (data, table(ROWS))):
            for r, row in enumerate(grid):
                for c, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(r, c, cell)
        data.write_number("D6", 10, money)
        data.write_formula("H6", "=SUM(D6:F6)", money, 20)
        data.write_array_formula("I6:I8", "{=D6:D8*2}", None, 20)
        data.merge_range("A1:C1", "BIỂU SỐ LIỆU", bold)
        data.merge_range("J6:K7", "", bold)
        data.set_column("A:A", 41.5)
        data.set_column("L:L", 9, money)
        data.set_row(11, 33, bold)
        data.data_validation("D6:F8", {"validate": "integer", "criteria": ">=", "value": 0})
        data.conditional_format("D6:F8", {"type": "cell", "criteria": ">", "value": 9,
                                          "format": bold})  # fmt: skip
        data.write_comment("E6", "Số này của trạm y tế", {"author": "Xã"})
        data.insert_image("M2", "a.png", {"image_data": io.BytesIO(PNG)})
        data.insert_textbox("M9", "Chữ trong khung")
        data.add_table("P1:Q3")
        front.add_table("P1:Q3")
        data.protect("mat-khau")
        data.set_landscape()
        data.print_area("A1:I12")
        data.repeat_rows(3, 4)
        data.freeze_panes(5, 3)
        data.autofilter("A4:F8")
        notes.write_rich_string("A1", "một ", bold, "hai", " ba")
        notes.write_url("A2", "https://example.vn/")
        notes.write_comment("B2", "của trang khác")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "='Số liệu'!$D$6:$D$8"})
        notes.insert_chart("D2", chart)
        notes.set_header("&C&G", {"image_center": "a.png", "image_data_center": io.BytesIO(PNG)})
        deep.very_hidden()
        deep.write("A1", 7)
        book.define_name("Tong", "='Số liệu'!$D$6")
        book.define_name("'Ghi chú'!Rieng", "='Ghi chú'!$A$1")
        data.activate()
    return with_opaque_parts(target.getvalue())


def with_opaque_parts(data):
    """Parts that no library of ours knows: they have to come through as they are."""
    extra = {"customXml/item1.xml": b"<a xmlns='urn:x'>1</a>", "xl/vbaProject.bin": b"\0\1macro",
             "xl/printerSettings/printerSettings1.bin": b"\2\3"}  # fmt: skip
    types = b'<Default Extension="bin" ContentType="application/octet-stream"/></Types>'
    return rezip(data, {"[Content_Types].xml": lambda d: d.replace(b"</Types>", types)}, extra)


def by_openpyxl():
    """A workbook with comments and absolute part names, as openpyxl writes it."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, grid in (("Bìa", cover()), ("Số liệu", table(ROWS))):
        sheet = book.create_sheet(name)
        for row in grid:
            sheet.append(row)
    sheet["D7"].comment = Comment("Lời của xã", "Xã", width=50, height=20)
    sheet["A6"].comment = Comment("Lời khác", "Xã")
    book.active = 1
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def rezip(data, changes=None, extra=None, drop=()):
    """Write a workbook again with some parts changed, added or left out."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            if info.filename not in drop:
                change = (changes or {}).get(info.filename, lambda d: d)
                new.writestr(info, change(old.read(info)))
        for name, content in (extra or {}).items():
            new.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()


def every_xml(data, change):
    """Change all XML parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [n for n in archive.namelist() if n.endswith((".xml", ".rels"))]
    return rezip(data, dict.fromkeys(names, change))


def strict():
    """The same in the strict namespaces."""

    def change(xml):
        for old, new in STRICT.items():
            xml = xml.replace(old.encode(), new.encode())
        return xml

    return every_xml(rich(), change)


def prefixed():
    """The same with a prefix before the names of all elements of sheets and workbook."""

    def change(xml):
        if f'xmlns="{MAIN}"'.encode() not in xml:
            return xml
        xml = xml.replace(f'xmlns="{MAIN}"'.encode(), f'xmlns:x="{MAIN}"'.encode())
        return re.sub(rb"<(/?)([A-Za-z]+)(?=[\s/>])", rb"<\1x:\2", xml)

    return every_xml(by_openpyxl(), change)


def without_styles():
    """A workbook that has no formats at all."""
    data = every_xml(by_openpyxl(), lambda xml: re.sub(rb' s="\d+"', b"", xml))
    gone = rb"<(?:Override|Relationship)\b[^>]*?styles[^>]*?/>"
    names = ("[Content_Types].xml", "xl/_rels/workbook.xml.rels")
    return rezip(data, dict.fromkeys(names, lambda d: re.sub(gone, b"", d)), drop=["xl/styles.xml"])


def odd_targets():
    """Relations whose targets take detours."""
    changes = {
        "xl/_rels/workbook.xml.rels": lambda d: d.replace(
            b"/xl/worksheets/", b"../xl/./theme/../worksheets/"
        )
    }
    return rezip(by_openpyxl(), changes)


def unnumbered():
    """Rows and cells that do not say where they are: each follows the one before."""

    def change(xml):
        return re.sub(rb'(<c) r="[AB]7"', rb"\1", re.sub(rb'<row r="(7|8)"', b"<row", xml))

    return rezip(by_openpyxl(), {"xl/worksheets/sheet2.xml": change})


def with_conversation():
    """A cell in which people of modern Excel talk with each other."""
    data = by_openpyxl()
    talk = (
        b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
        b'threadedcomments"><threadedComment ref="D7" id="{1}" personId="{2}"><text>?</text>'
        b"</threadedComment></ThreadedComments>"
    )
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    target = "/xl/threadedComments/threadedComment1.xml"
    relation = f'<Relationship Id="rId9" Type="{kind}" Target="{target}"/></Relationships>'
    types = (
        f'<Override PartName="{target}" ContentType="application/vnd.ms-excel.threadedcomments'
        '+xml"/></Types>'
    )
    changes = {
        "xl/worksheets/_rels/sheet2.xml.rels": lambda d: d.replace(
            b"</Relationships>", relation.encode()
        ),
        "[Content_Types].xml": lambda d: d.replace(b"</Types>", types.encode()),
    }
    return rezip(data, changes, {target.lstrip("/"): talk})


ALL = {
    "rich": rich,
    "by_openpyxl": by_openpyxl,
    "strict": strict,
    "prefixed": prefixed,
    "without_styles": without_styles,
    "odd_targets": odd_targets,
    "unnumbered": unnumbered,
    "with_conversation": with_conversation,
}
