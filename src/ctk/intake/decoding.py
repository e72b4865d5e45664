"""Turns text typed for fonts of before Unicode into Unicode: by the cell's font, else by column."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from ctk.text.legacy import Encoding, decode, guess, is_suspicious, is_unicode, of_font
from ctk.workbook.addresses import parse_a1
from ctk.workbook.book import SheetCells
from ctk.workbook.oddities import SheetXml
from ctk.workbook.styles import STYLES_PART, font_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ctk.workbook.parts import Parts

    Place = tuple[int, int]
    Encodings = dict[Place, Encoding]

_FEW_TEXTS = 3
_LEGACY_FONTS = (b'".V', b'".v', b'"VNI')


def decoded(
    sheets: list[SheetCells], odd: Iterable[int], parts: Parts
) -> dict[int, tuple[SheetCells, set[Encoding]]]:
    """Decode the sheets that hold text of an old font.

    Args:
        sheets: All sheets of a workbook.
        odd: Places of those whose text is not understood; only they are judged without a font, and
            without one of them that looks so nobody looks at fonts.
        parts: The package; empty for other formats.

    Returns:
        The sheets that changed, by place, with the encodings found in them.
    """
    odd = {i for i in odd if _any_suspicious(sheets[i])}
    if not odd:
        return {}
    fonts = _legacy_fonts(parts)
    whole = guess(text for i in odd for text in _texts(sheets[i]).values())
    changed: dict[int, tuple[SheetCells, set[Encoding]]] = {}
    for i, sheet in enumerate(sheets):
        found = _by_font(sheet, fonts, parts) if fonts else {}
        if i in odd:
            found = _by_column(sheet, found, whole) | found
        if found:
            changed[i] = _decode(sheet, found), set(found.values())
    return changed


def _legacy_fonts(parts: Parts) -> dict[int, str]:
    """The styles that have a font of before Unicode."""
    styles = parts.read(STYLES_PART)
    if not any(name in styles for name in _LEGACY_FONTS):
        return {}
    named = enumerate(font_names(parts))
    return {style: font for style, font in named if of_font(font) != "unicode"}


def _by_font(sheet: SheetCells, fonts: dict[int, str], parts: Parts) -> Encodings:
    """Cells whose font says how they were typed, and whose text does not contradict it."""
    texts = _texts(sheet)
    groups: dict[Encoding, list[Place]] = defaultdict(list)
    styles = SheetXml(parts.read(parts.sheets.get(sheet.name, ""))).styles()
    for address, style in styles.items():
        place = parse_a1(address)
        if style in fonts and place in texts and not texts[place].isascii():
            groups[of_font(fonts[style])].append(place)
    found: Encodings = {}
    for encoding, places in groups.items():
        typed = [texts[place] for place in places]
        # A template may keep an old font under text that was typed in Unicode.
        few = len(typed) <= _FEW_TEXTS and not any(map(is_unicode, typed))
        if guess(typed) == encoding or (few and any(map(is_suspicious, typed))):
            found |= {place: encoding for place in places if not is_unicode(texts[place])}
    return found


def _by_column(sheet: SheetCells, known: Encodings, whole: Encoding) -> Encodings:
    texts = {place: text for place, text in _texts(sheet).items() if place not in known}
    of_sheet = guess(texts.values())
    if of_sheet == "unicode" and not any(map(is_unicode, texts.values())):
        of_sheet = whole  # too few words to judge by themselves
    columns: dict[int, list[Place]] = defaultdict(list)
    for place, text in texts.items():
        if not text.isascii():
            columns[place[1]].append(place)
    found: Encodings = {}
    for places in columns.values():
        typed = [texts[place] for place in places]
        encoding = guess(typed)
        if encoding == "unicode" and not any(map(is_unicode, typed)):
            encoding = of_sheet
        if encoding != "unicode":
            found |= {place: encoding for place in places if not is_unicode(texts[place])}
    return found


def _decode(sheet: SheetCells, found: Encodings) -> SheetCells:
    cells: list[list[Any]] = [list(row) for row in sheet.cells]
    for (row, col), encoding in found.items():
        cells[row][col] = decode(cells[row][col], encoding)
    return SheetCells(sheet.name, cells, sheet.hidden, sheet.merged)


def _texts(sheet: SheetCells) -> dict[Place, str]:
    return {
        (r, c): value
        for r, row in enumerate(sheet.cells)
        for c, value in enumerate(row)
        if isinstance(value, str) and value
    }


def _any_suspicious(sheet: SheetCells) -> bool:
    return is_suspicious("\n".join(v for row in sheet.cells for v in row if isinstance(v, str)))
