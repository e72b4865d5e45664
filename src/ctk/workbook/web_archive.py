"""Reads a "single file web page" (.mht) that Excel saved: a message with one page a sheet."""

from __future__ import annotations

import email
import email.policy
from typing import TYPE_CHECKING

from ctk.errors import UnreadableError
from ctk.workbook.book import Remark, SheetCells
from ctk.workbook.letters import decode
from ctk.workbook.web_page import read_web_page, sheet_names

if TYPE_CHECKING:
    from email.message import Message

_MOST_PAGES = 200
_NO_SHEET = "tabstrip.htm"


def read_web_archive(data: bytes) -> tuple[list[SheetCells], tuple[Remark, ...]]:
    """Read each page that holds a table as a sheet.

    Raises:
        UnreadableError: No page does; or see `read_web_page`.
    """
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    names = [n for page in pages for n in sheet_names(_text(page))]
    sheets: list[SheetCells] = []
    remarks: list[Remark] = []
    for page in pages[:_MOST_PAGES]:
        if str(page.get("Content-Location", "")).lower().endswith(_NO_SHEET):
            continue
        try:
            found, said = read_web_page(_bytes(page), _charset(page))
        except UnreadableError as error:
            if error.code != "is_web_page":
                raise
            continue
        sheets += found
        remarks += said
    if not sheets:
        raise UnreadableError("is_web_page")
    if len(names) == len(sheets):
        sheets = [
            SheetCells(name, sheet.cells, sheet.hidden, sheet.merged)
            for name, sheet in zip(names, sheets, strict=True)
        ]
    return sheets, tuple(dict.fromkeys(remarks))


def _bytes(page: Message) -> bytes:
    content = page.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _charset(page: Message) -> str:
    return str(page.get_content_charset() or "")


def _text(page: Message) -> str:
    return decode(_bytes(page), _charset(page))
