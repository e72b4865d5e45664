"""Tells by a file's first bytes what it is; the ending of its name says nothing here."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from ctk.errors import CatalogueError, UnreadableError
from ctk.workbook.letters import decode

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EMPTY_ZIP = b"PK\x05\x06"
_PART_OF_ZIP = b"PK\x07\x08"
_LOOK = 16 * 2**10
_COLUMNS = ["offset", "hex", "code", "what"]

_XML_ROOTS = (
    ("urn:schemas-microsoft-com:office:spreadsheet", "spreadsheetml"),
    ("<w:worddocument", "is_word"),
    ("progid=\"word.document\"", "is_word"),
    ("office:document ", "is_flat_ods"),
    ("<svg", "is_image"),
)  # fmt: skip
_HTML = ("<html", "<!doctype html", "<table", "<body", "<head", "<meta", "<style")
_SHORTCUTS = ("[internetshortcut]", "[desktop entry]", "https://docs.google.com/")
_MAIL = ("from:", "received:", "return-path:", "delivered-to:", "subject:", "date:", "x-")


@cache
def _signatures() -> tuple[tuple[int, bytes, str], ...]:
    text = files(__package__).joinpath("signatures.csv").read_text(encoding="utf-8")
    reader = csv.DictReader(text.splitlines())
    if reader.fieldnames != _COLUMNS:
        raise CatalogueError("signatures.csv: wrong columns")
    try:
        return tuple((int(r["offset"]), bytes.fromhex(r["hex"]), r["code"]) for r in reader)
    except ValueError as error:
        raise CatalogueError(f"signatures.csv: {error}") from error


def family(data: bytes) -> str:
    """Say how a file is to be read: `zip`, `ole`, `spreadsheetml`, `html`, `mhtml` or `text`.

    Raises:
        UnreadableError: It is something that holds no cells; the code says what.
    """
    if data.startswith(ZIP):
        return "zip"
    if data.startswith(OLE):
        return "ole"
    if data.startswith((_EMPTY_ZIP, _PART_OF_ZIP)):
        raise UnreadableError("damaged")
    if not data.strip(b"\0"):
        raise UnreadableError("only_zeros")
    for offset, mark, code in _signatures():
        if data.startswith(mark, offset):
            raise UnreadableError(code)
    return _of_text(data)


def _of_text(data: bytes) -> str:
    text = decode(data[:_LOOK])
    start = text.lstrip("\ufeff \t\r\n").lower()
    if start.startswith(("<?xml", "<workbook", "<ss:workbook", "<?mso", "<!--", "<w:", "<svg")):
        for mark, kind in _XML_ROOTS:
            if mark in start:
                return _or_refuse(kind)
    if start.startswith(_HTML) or ("<html" in start and start.startswith("<")):
        return "html"
    if start.startswith(("mime-version:", "from:")) and "multipart/related" in start:
        return "mhtml"
    head = start.partition("\n\n")[0].splitlines()
    if start.startswith(_MAIL) and sum(line.startswith((*_MAIL, "to:")) for line in head) > 1:
        raise UnreadableError("is_email")
    if any(mark in start[:1024] for mark in _SHORTCUTS) and start.startswith(("{", "[")):
        raise UnreadableError("is_shortcut")
    if start.startswith(("<", "{")) or "\0" in text:
        raise UnreadableError("not_a_workbook")
    return "text"


def _or_refuse(kind: str) -> str:
    if kind.startswith("is_"):
        raise UnreadableError(kind)
    return kind
