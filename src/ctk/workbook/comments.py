"""Comments on cells of an .xlsx package, without those that ctk itself writes."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from ctk.workbook.parts import attributes

if TYPE_CHECKING:
    from ctk.workbook.parts import Parts

OWN_AUTHOR = "ctk"
"""Who writes the comments in copies that ctk marks; they are no remark of the sender's."""

_AUTHOR = re.compile(rb"<(?:\w+:)?author>(.*?)</(?:\w+:)?author>|<(?:\w+:)?author/>", re.DOTALL)
_COMMENT = re.compile(rb"<(?:\w+:)?comment\b([^>]*)>(.*?)</(?:\w+:)?comment>", re.DOTALL)
_TEXT = re.compile(rb"<(?:\w+:)?t\b[^>]*>(.*?)</(?:\w+:)?t>", re.DOTALL)
# Excel repeats a threaded comment as a plain one, behind a notice to users of older versions.
_THREADED = re.compile(r"\[Threaded comment\].*?\n\s*(?:Comment|Nhận xét|Chú thích):\s*", re.DOTALL)


def comments(parts: Parts, sheet: str) -> dict[str, str]:
    """Comments of a sheet by A1 address, without the author's name that Excel puts first."""
    found: dict[str, str] = {}
    for part in parts.related(parts.sheets.get(sheet, ""), "comments"):
        xml = parts.read(part)
        authors = [_plain(author) for author in _AUTHOR.findall(xml)]
        for tag, content in _COMMENT.findall(xml):
            about = attributes(tag)
            author = _author(authors, about.get("authorId"))
            text = _THREADED.sub("", "".join(map(_plain, _TEXT.findall(content))))
            text = text.removeprefix(f"{author}:").strip() if author else text.strip()
            if text and author.casefold() != OWN_AUTHOR:
                found[about.get("ref", "")] = text
    return found


def _author(authors: list[str], number: str | None) -> str:
    place = int(number) if number and number.isdigit() else len(authors)
    return authors[place] if place < len(authors) else ""


def _plain(xml: bytes) -> str:
    return unescape(xml.decode("utf-8", "replace")).strip("\r")
