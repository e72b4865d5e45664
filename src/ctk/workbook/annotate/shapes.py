"""Boxes of comments in the old drawing language (VML); text is put in, nothing is rewritten.

Drawings of old workbooks are often no well-formed XML, so they are never parsed as a whole.
"""

from __future__ import annotations

import re

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_BLOCK = 1024
"""Numbers of shapes are dealt out to drawings in blocks of this size."""

_NAMESPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
_EMPTY = (
    f'<xml {_DECLARED}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{{blocks}}"/>'
    "</o:shapelayout></xml>"
)
_SHAPE_TYPE = (
    f'<v:shapetype {_DECLARED} id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    f'<v:shape {_DECLARED} id="_x0000_s{{number}}" type="#_x0000_t202" '
    "style='position:absolute;margin-left:60pt;margin-top:2pt;width:{width}pt;height:{height}pt;"
    'z-index:{order};visibility:hidden\' fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/>'
    "<v:textbox style='mso-direction-alt:auto'><div style='text-align:left'></div></v:textbox>"
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{col}</x:Column></x:ClientData></v:shape>"
)
_END = re.compile(rb"</(?:\w+:)?xml\s*>\s*$")
_MAPS = re.compile(rb"""(<(?:\w+:)?idmap\b[^>]*?\bdata\s*=\s*["'])([\d,\s]*)""")
_NUMBERED = re.compile(rb"""_x0000_s(\d+)""")
_SHAPES = re.compile(rb"<(?:\w+:)?shape\b.*?</(?:\w+:)?shape\s*>", re.DOTALL)
_ANCHOR = re.compile(rb"(<(?:\w+:)?Anchor\s*>)[^<]*")
_ROW = re.compile(rb"<(\w+:)?Row\s*>")
_AT = re.compile(rb"<(?:\w+:)?(Row|Column)\s*>\s*(\d+)\s*<")


def empty_drawing() -> bytes:
    """A drawing without shapes."""
    return _EMPTY.format(blocks="").encode()


def can_extend(drawing: bytes) -> bool:
    """Tell whether boxes can be put into a drawing."""
    return bool(_END.search(drawing))


def used_blocks(drawing: bytes) -> set[int]:
    """Blocks of numbers that a drawing uses, said or not."""
    said = {int(text) for _, data in _MAPS.findall(drawing) for text in data.split(b",")
            if text.strip()}  # fmt: skip
    return said | {int(text) // _BLOCK for text in _NUMBERED.findall(drawing)}


def _place(shape: bytes) -> tuple[int | None, int | None]:
    said = {name: int(number) for name, number in _AT.findall(shape)}
    return said.get(b"Row"), said.get(b"Column")


def _tagged(row: re.Match[bytes], anchor: str) -> bytes:
    """The anchor under the prefix that the drawing uses."""
    prefix = (row[1] or b"").decode()
    return f"<{prefix}Anchor>{anchor}</{prefix}Anchor>".encode()


class Boxes:
    """Puts boxes of comments into a drawing, with numbers that no other drawing uses."""

    def __init__(self, drawing: bytes, taken: set[int]) -> None:
        """Remember which blocks of numbers are taken in the whole workbook."""
        self._drawing = drawing
        self._free = max(taken, default=0) + 1
        self._made: list[str] = []

    def add(self, row: int, col: int, anchor: str, size: tuple[int, int]) -> None:
        """Put in one more box, size in pixels."""
        count = len(self._made)
        # The first number of a block stands for the drawing itself.
        block, rest = divmod(count, _BLOCK - 1)
        width, height = (round(pixels * 0.75, 1) for pixels in size)
        self._made.append(
            _SHAPE.format(number=(self._free + block) * _BLOCK + rest + 1, order=count + 1,
                          width=width, height=height, anchor=anchor, row=row, col=col)
        )  # fmt: skip

    def resize(self, row: int, col: int, anchor: str) -> None:
        """Give the box that a cell's comment has already another place and size."""

        def at_cell(match: re.Match[bytes]) -> bytes:
            if _place(match[0]) != (row, col):
                return match[0]
            if _ANCHOR.search(match[0]):
                return _ANCHOR.sub(lambda found: found[1] + anchor.encode(), match[0])
            return _ROW.sub(lambda row: _tagged(row, anchor) + row[0], match[0], count=1)

        self._drawing = _SHAPES.sub(at_cell, self._drawing)

    def remove(self, row: int, col: int) -> None:
        """Take out the box of a cell's comment."""

        def at_cell(match: re.Match[bytes]) -> bytes:
            return b"" if _place(match[0]) == (row, col) else match[0]

        self._drawing = _SHAPES.sub(at_cell, self._drawing)

    def save(self) -> bytes:
        """Give the changed drawing."""
        if not self._made:
            return self._drawing
        blocks = range(self._free, self._free + (len(self._made) - 1) // (_BLOCK - 1) + 1)
        more = ",".join(map(str, blocks)).encode()
        drawing = _MAPS.sub(
            lambda m: m[1] + b",".join(filter(None, (m[2].strip(), more))), self._drawing, count=1
        )
        new = "".join(self._made)
        if b'id="_x0000_t202"' not in drawing:
            new = _SHAPE_TYPE + new
        end = _END.search(drawing)
        if end is None:
            raise ValueError("a drawing without end")
        return drawing[: end.start()] + new.encode() + drawing[end.start() :]
