"""Workbooks in formats other than .xlsx, and things that are none; made without ctk's readers."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import unicodedata
import zipfile
from html import escape as html_escape
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import msoffcrypto
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

SPECIMENS = Path(__file__).parent / "specimens"
PASSWORD = "mật khẩu"  # noqa: S105  (of files made here)
_SECTOR = 512
_END, _FAT, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def archive(parts, method=zipfile.ZIP_DEFLATED):
    """A zip archive of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return buffer.getvalue()


def with_parts(data, parts, *, without=()):
    """An archive with some parts put in, changed or left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        kept = {n: old.read(n) for n in old.namelist() if n not in without}
    return archive(kept | parts)


def compound(streams):
    """A compound file (OLE) with these streams on its top level."""
    padded = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    body, entries, fat = b"", [], []
    for name, content in sorted(padded.items(), key=lambda pair: (len(pair[0]), pair[0].upper())):
        start, count = len(fat), -(-len(content) // _SECTOR)
        fat += [*range(start + 1, start + count), _END]
        body += content.ljust(count * _SECTOR, b"\0")
        entries.append(_entry(name, 2, start, len(content), right=len(entries) + 2))
    if entries:
        entries[-1] = entries[-1][:72] + struct.pack("<I", _FREE) + entries[-1][76:]
    child = 1 if entries else _FREE
    directory = _entry("Root Entry", 5, _END, 0, child=child) + b"".join(entries)
    first_directory = len(fat)
    sectors = -(-len(directory) // _SECTOR)
    fat += [*range(first_directory + 1, first_directory + sectors), _END]
    body += directory.ljust(sectors * _SECTOR, b"\0")
    fat_sectors = 1
    while fat_sectors * 128 < len(fat) + fat_sectors:
        fat_sectors += 1
    places = [len(fat) + i for i in range(fat_sectors)]
    fat += [_FAT] * fat_sectors
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(fat_sectors * _SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIII", 0, fat_sectors, first_directory, 0, 4096)
    head += struct.pack("<IIII", _END, 0, _END, 0)
    head += struct.pack("<109I", *places, *[_FREE] * (109 - fat_sectors))
    return head + body + table


def _entry(name, kind, start, size, *, right=_FREE, child=_FREE):
    text = name.encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text) + 2, kind, 1, _FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def biff5(sheets, codepage=1258):
    """An Excel 5/95 workbook: the stream "Book" with numbers and 8-bit texts."""
    bodies = [_biff_sheet(grid, codepage) for grid in sheets.values()]
    names = [in_1258(name) for name in sheets]
    head = _record(0x809, struct.pack("<HHHH", 0x500, 5, 0, 0))
    head += _record(0x42, struct.pack("<H", codepage))
    size = len(head) + sum(4 + 7 + len(name) for name in names) + 4
    for name, body in zip(names, bodies, strict=True):
        head += _record(0x85, struct.pack("<IHB", size, 0, len(name)) + name)
        size += len(body)
    return compound({"Book": head + _record(0x0A, b"") + b"".join(bodies)})


def _record(number, content):
    return struct.pack("<HH", number, len(content)) + content


def _biff_sheet(grid, codepage):
    rows, columns = len(grid), max((len(row) for row in grid), default=0)
    body = _record(0x809, struct.pack("<HHHH", 0x500, 0x10, 0, 0))
    body += _record(0x200, struct.pack("<HHHHH", 0, rows, 0, columns, 0))
    for r, row in enumerate(grid):
        for c, cell in enumerate(row):
            if isinstance(cell, str):
                text = in_1258(cell) if codepage == 1258 else cell.encode(f"cp{codepage}")
                body += _record(0x204, struct.pack("<HHHH", r, c, 0, len(text)) + text)
            elif cell is not None:
                body += _record(0x203, struct.pack("<HHHd", r, c, 0, cell))
    return body + _record(0x0A, b"")


def spreadsheetml(sheets, declaration='<?xml version="1.0" encoding="UTF-8"?>', more=""):
    """XML Spreadsheet 2003; an empty cell is left out, so that the next one has an index."""
    body = "".join(
        f"<Worksheet ss:Name={quoteattr(name)}><Table>{''.join(map(_xml_row, grid))}</Table>"
        f"{more}</Worksheet>"
        for name, grid in sheets.items()
    )
    return (
        f'{declaration}<?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
        f' xmlns:x="urn:schemas-microsoft-com:office:excel">{body}</Workbook>'
    )


def _xml_row(row):
    cells = "".join(
        f'<Cell ss:Index="{c + 1}"><Data ss:Type="{"String" if isinstance(v, str) else "Number"}">'
        f"{escape(str(v))}</Data></Cell>"
        for c, v in enumerate(row)
        if v is not None
    )
    return f"<Row>{cells}</Row>"


def html(sheets, charset="utf-8"):
    """A web page as Excel saves it: numbers with their true value."""
    tables = "".join(f"<table>{''.join(map(_html_row, grid))}</table>" for grid in sheets.values())
    return (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'
        f'<meta http-equiv=Content-Type content="text/html; charset={charset}">'
        f"<style>td {{color:black}}</style></head><body>{tables}</body></html>"
    )


def _html_row(row):
    cells = ("" if v is None else html_escape(str(v)) for v in row)
    marks = ("" if v is None or isinstance(v, str) else f' x:num="{v}"' for v in row)
    return f"<tr>{''.join(f'<td{m}>{c}</td>' for m, c in zip(marks, cells, strict=True))}</tr>"


def in_1258(text):
    """Vietnamese as windows-1258 keeps it: letters and tones apart."""
    letters = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = next((mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323"), "")
        base = unicodedata.normalize("NFC", parts.replace(tone, "") if tone else parts)
        letters.append(base + tone)
    return "".join(letters).encode("cp1258")


def delimited(sheets, delimiter=";"):
    """The cells of all sheets as text, one below the other."""
    lines = [
        delimiter.join("" if v is None else str(v) for v in row)
        for grid in sheets.values()
        for row in grid
    ]
    return "\r\n".join(lines) + "\r\n"


def agile(data, password=PASSWORD):
    """A workbook encrypted as Excel 2010 and later do."""
    out = io.BytesIO()
    msoffcrypto.OfficeFile(io.BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def standard(data, password=PASSWORD):
    """A workbook encrypted as Excel 2007 does (ECMA-376 standard encryption, AES-128)."""
    salt, verifier = os.urandom(16), os.urandom(16)
    digest = hashlib.sha1(salt + password.encode("utf-16-le")).digest()  # noqa: S324
    for i in range(50_000):
        digest = hashlib.sha1(struct.pack("<I", i) + digest).digest()  # noqa: S324
    digest = hashlib.sha1(digest + bytes(4)).digest()  # noqa: S324
    inner = bytes(a ^ 0x36 for a in digest.ljust(64, b"\0"))
    key = hashlib.sha1(inner).digest()[:16]  # noqa: S324
    hashed = hashlib.sha1(verifier).digest().ljust(32, b"\0")  # noqa: S324
    provider = "Microsoft Enhanced RSA and AES Cryptographic Provider\0".encode("utf-16-le")
    header = struct.pack("<IIIIIIII", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0) + provider
    info = struct.pack("<HHII", 3, 2, 0x24, len(header)) + header
    info += struct.pack("<I", 16) + salt + _aes(key, verifier)
    info += struct.pack("<I", 20) + _aes(key, hashed)
    package = struct.pack("<Q", len(data)) + _aes(key, data + bytes(-len(data) % 16))
    return compound({"EncryptionInfo": info, "EncryptedPackage": package})


def _aes(key, data):
    made = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305
    return made.update(data) + made.finalize()
