"""The XML of the page that goes in front of a workbook."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from ctk.workbook.addresses import a1, column_letters
from ctk.workbook.annotate.markup import clean, make, new_root, serialise
from ctk.workbook.annotate.styles import Look
from ctk.workbook.annotate.types import COLOURS

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from ctk.workbook.annotate.styles import Styles
    from ctk.workbook.annotate.types import Block, Line, Page

_DARK, _GREY, _BLUE, _PALE = "1F3864", "595959", "0563C1", "F2F2F2"
_TITLE = Look(size=16, bold=True, ink=_DARK, wrap=False)
_HEADING = Look()
_STAMP = Look(size=8, ink="A6A6A6", wrap=False)
_HEAD = Look(bold=True, ink="FFFFFF", fill=_DARK, border=True, centred=True, middle=True)
_SUBHEAD = Look(bold=True, fill="D9D9D9", border=True, centred=True, middle=True)
_TEXT = Look(border=True)
_NUMBER = Look(border=True, number=True)
_LINK = Look(border=True, ink=_BLUE, underline=True)
_TO_FILL_IN = Look(border=True, fill="FFFFE0")
_MOST_LINKS = 65_000  # Excel drops all links of a sheet that has more than 65,530
_CHARACTERS = 1.06  # of Times New Roman 11 that a column of width 1 holds, folded at words
_TALLEST = 409
_FOOTER = 100  # Excel refuses a footer of over 255 characters
_TITLE_HEIGHT, _LINE_HEIGHT, _BAND_HEIGHT, _HEAD_HEIGHT = 24, 16, 21, 32


class FrontPage:
    """Builds one page.

    Args:
        page: What it shows.
        styles: Formats of the workbook.
        namespace: Namespace of the workbook's parts.
    """

    def __init__(self, page: Page, styles: Styles, namespace: str) -> None:
        self._page = page
        self._styles = styles
        self._root = new_root("worksheet", namespace)
        self._links: list[tuple[str, tuple[str, str]]] = []
        self._merged: list[str] = []
        self._row = 0
        self.title_row = 1 + len(page.heading) + (1 if page.key else 0) + 1

    def build(self) -> bytes:
        """Give the sheet's XML, its parts in the order of the schema."""
        self._view()
        data = make(self._root, "sheetData")
        self._heading(data)
        for block in self._page.blocks:
            self._block(data, block)
        self._record(data)
        merged = make(self._root, "mergeCells", count=len(self._merged))
        for ref in self._merged:
            make(merged, "mergeCell", ref=ref)
        if self._links:
            self._link_list()
        self._print_setup()
        return serialise(self._root)

    def _view(self) -> None:
        properties = make(self._root, "sheetPr")
        make(properties, "tabColor", rgb="FFC00000")
        make(properties, "pageSetUpPr", fitToPage=1)
        view = make(make(self._root, "sheetViews"), "sheetView", showGridLines=0, tabSelected=1,
                    workbookViewId=0)  # fmt: skip
        below = f"A{self.title_row + 1}"
        make(view, "pane", ySplit=self.title_row, topLeftCell=below, activePane="bottomLeft",
             state="frozen")  # fmt: skip
        make(view, "selection", pane="bottomLeft", activeCell=below, sqref=below)
        make(self._root, "sheetFormatPr", defaultRowHeight=15)
        columns = make(self._root, "cols")
        for i, width in enumerate(self._page.widths, start=1):
            make(columns, "col", min=i, max=i, width=width, customWidth=1)
        last = len(self._page.widths) + 1
        make(columns, "col", min=last, max=last, width=9, hidden=1, customWidth=1)

    def _heading(self, data: Element) -> None:
        page = self._page
        title = self._start(data, _TITLE_HEIGHT)
        self._text(title, 0, page.title, _TITLE)
        self._text(title, len(page.widths) - 1, page.stamp, _STAMP)
        self._merge(0, len(page.widths) - 2)
        room = sum(page.widths)
        for line in page.heading:
            row = self._start(data, _LINE_HEIGHT * (1 + len(line) // room))
            self._text(row, 0, line, _HEADING)
            self._merge(0, len(page.widths) - 1)
        if page.key:
            self._key(data)
        self._columns(data, page.columns, _HEAD)

    def _key(self, data: Element) -> None:
        row = self._start(data, _LINE_HEIGHT * 2)
        for i, (paint, meaning) in enumerate(self._page.key):
            self._text(
                row, i + 1, meaning, Look(size=9, fill=COLOURS[paint], border=True, middle=True)
            )

    def _columns(self, data: Element, titles: tuple[str, ...], look: Look) -> None:
        row = self._start(data, _HEAD_HEIGHT)
        for col, title in enumerate(titles):
            self._text(row, col, title, look)

    def _block(self, data: Element, block: Block) -> None:
        last = len(self._page.widths) - 1
        row = self._start(data, _BAND_HEIGHT)
        fill = COLOURS[block.paint] if block.paint else _PALE
        band = Look(size=12, bold=True, fill=fill, border=True, middle=True)
        for col in range(last + 1):
            self._text(row, col, block.title if col == 0 else None, band)
        self._merge(0, last)
        if block.columns and block.lines:
            self._columns(data, block.columns, _SUBHEAD)
            if block.wide:
                self._merge(*block.wide)
        for line in block.lines:
            self._line(data, line, block)

    def _line(self, data: Element, line: Line, block: Block) -> None:
        row = self._start(data, self._height(line, block))
        if block.wide:
            self._merge(*block.wide)
        for col, text in enumerate(line.texts):
            look = _TEXT
            if isinstance(text, (int, float)):  # a fraction shown whole would hide what is wrong
                look = _NUMBER if float(text).is_integer() else _TEXT
            elif col == block.to_fill_in:
                look = _TO_FILL_IN
            elif col == self._page.link_column and line.link:
                look = _LINK
            self._text(row, col, text, look)
        if line.link and len(self._links) < _MOST_LINKS:
            self._links.append((a1(self._row - 1, self._page.link_column), line.link))

    def _height(self, line: Line, block: Block) -> int:
        """The height that a line's texts need when they are folded to the columns' widths."""
        widths = list(self._page.widths)
        if block.wide:
            first, last = block.wide
            widths[first] = sum(widths[first : last + 1])
        needed = [
            sum(max(1, ceil(len(part) / (widths[col] * _CHARACTERS))) for part in text.split("\n"))
            for col, text in enumerate(line.texts)
            if isinstance(text, str)
        ]
        return min(_LINE_HEIGHT * max(needed, default=1) + 2, _TALLEST)

    def _record(self, data: Element) -> None:
        """Write the record into the hidden column, from the first row on."""
        for row, text in zip(list(data), self._page.record, strict=False):
            self._row = int(row.get("r", "0"))
            self._text(row, len(self._page.widths), text, Look(wrap=False))

    def _start(self, data: Element, height: int) -> Element:
        self._row += 1
        return make(data, "row", r=self._row, ht=height, customHeight=1)

    def _text(self, row: Element, col: int, text: str | float | None, look: Look) -> None:
        cell = make(row, "c", r=a1(self._row - 1, col), s=self._styles.look(look))
        if isinstance(text, str) and text:
            cell.set("t", "inlineStr")
            make(make(cell, "is"), "t", text)
        elif isinstance(text, (int, float)):
            make(cell, "v").text = repr(text)

    def _merge(self, first: int, last: int) -> None:
        self._merged.append(f"{column_letters(first)}{self._row}:{column_letters(last)}{self._row}")

    def _link_list(self) -> None:
        links = make(self._root, "hyperlinks")
        for ref, (sheet, cell) in self._links:
            quoted = sheet.replace("'", "''")
            make(links, "hyperlink", ref=ref, location=f"'{quoted}'!{cell}",
                 display=f"{sheet}!{cell}")  # fmt: skip

    def _print_setup(self) -> None:
        make(self._root, "pageMargins", left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3,
             footer=0.3)  # fmt: skip
        make(self._root, "pageSetup", paperSize=9, orientation="landscape", fitToHeight=0)
        footer = make(make(self._root, "headerFooter"), "oddFooter")
        words = clean(self._page.footer[:_FOOTER]).replace("&", "&&")
        footer.text = f"&L{words}&R&P / &N"
