"""Fonts and number formats of cells, read from an .xlsx package where somebody needs them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ctk.workbook.parts import attributes

if TYPE_CHECKING:
    from ctk.workbook.parts import Parts

STYLES_PART = "xl/styles.xml"
_PERCENT_FORMATS = frozenset((9, 10))
_FONT = re.compile(rb"<(?:\w+:)?font\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?font>)", re.DOTALL)
_FONT_NAME = re.compile(rb"""<(?:\w+:)?name\s[^>]*?val=["']([^"']*)["']""")
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b[^>]*>")
_XF = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")
_SIGN_IN_FORMAT = re.compile(r'"[^"]*"|\\.')


def percent_styles(parts: Parts) -> frozenset[int]:
    """The numbers of the styles that show a number as a percentage."""
    xml = parts.read(STYLES_PART)
    formats = [attributes(tag) for tag in _FORMAT.findall(xml)]
    percent = _PERCENT_FORMATS | {
        _number(one.get("numFmtId"))
        for one in formats
        if "%" in _SIGN_IN_FORMAT.sub("", one.get("formatCode", ""))
    }
    return frozenset(i for i, xf in enumerate(_xfs(xml)) if _number(xf.get("numFmtId")) in percent)


def font_names(parts: Parts) -> list[str]:
    """The font of each style, by the style's number."""
    xml = parts.read(STYLES_PART)
    fonts = [_font_name(font) for font in _FONT.findall(_between(xml, b"fonts"))]
    used = (_number(xf.get("fontId")) for xf in _xfs(xml))
    return [fonts[i] if 0 <= i < len(fonts) else "" for i in used]


def _xfs(xml: bytes) -> list[dict[str, str]]:
    return [attributes(tag) for tag in _XF.findall(_between(xml, b"cellXfs"))]


def _between(xml: bytes, name: bytes) -> bytes:
    found = re.search(rb"<(?:\w+:)?%b\b.*?</(?:\w+:)?%b>" % (name, name), xml, re.DOTALL)
    return found[0] if found else b""


def _font_name(content: bytes) -> str:
    found = _FONT_NAME.search(content or b"")
    return found[1].decode("utf-8", "replace") if found else ""


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else -1
