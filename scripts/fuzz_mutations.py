"""Ways to spoil a workbook: its bytes, the parts of its archive, its XML; choices are seeded."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_TEXT = re.compile(rb">([^<>]+)<")
_TAG = re.compile(rb"<([\w:]+)[ />]")
_ODD_VALUES = (
    b"", b"-1", b"0", b"1048577", b"16385", b"2147483647", b"4294967295", b"99999999999999999999",
    b"NaN", b"1e999", b"XFD1048576", b"AAAA99999999", b"A0", b"../../../../etc/passwd",
    b"file:///etc/passwd", b"xl/workbook.xml", b"&#0;", b"&amp;&lt;", b"\xff\xfe", b"\xed\xa0\x80",
    "Số\u202eliệu\u200b".encode(), b"x" * 40_000, b"%s%n{0}{title}",
)  # fmt: skip
_DOCTYPE = (
    b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]>'
)
_DEEP = 3000
_BYTES_SHARE = 0.25
_ENTRY = b"PK\x01\x02"


def mutate(data: bytes, rng: random.Random) -> tuple[bytes, str]:
    """Spoil a file in one to three ways.

    Returns:
        The spoiled bytes and the names of the ways.
    """
    names = []
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        # Spoiled bytes mostly end at the archive's checksums: what is inside is spoiled more often.
        ways = BYTES if rng.random() < _BYTES_SHARE else _ways(data)
        name = rng.choice(sorted(ways))
        data = ways[name](data, rng)
        names.append(name)
    return data, "+".join(names)


def _ways(data: bytes) -> dict[str, Callable[[bytes, random.Random], bytes]]:
    if data.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(data)):
        return PARTS
    start = data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \r\n")
    return XML | XML_AGAIN if start.startswith(b"<") else BYTES


def _flip(data: bytes, rng: random.Random) -> bytes:
    spoiled = bytearray(data)
    for _ in range(rng.choice((1, 3, 20, 200))):
        if spoiled:
            spoiled[rng.randrange(len(spoiled))] ^= 1 << rng.randrange(8)
    return bytes(spoiled)


def _truncate(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _cut_out(data: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data) + 1)
    return data[:start] + data[start + rng.choice((1, 7, 512, 5000)) :]


def _put_in(data: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data) + 1)
    return data[:start] + rng.randbytes(rng.choice((1, 7, 512, 5000))) + data[start:]


def _repeat(data: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data) + 1)
    piece = data[start : start + rng.choice((4, 64, 2000))]
    return data[:start] + piece * rng.choice((2, 20)) + data[start:]


def _zeros(data: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data) + 1)
    size = min(rng.choice((8, 512, 4096)), len(data) - start)
    return data[:start] + bytes(size) + data[start + size :]


def _numbers(data: bytes, rng: random.Random) -> bytes:
    """Put extreme numbers where binary formats keep sizes and places."""
    spoiled = bytearray(data)
    for _ in range(rng.choice((1, 4, 16))):
        if len(spoiled) > 8:
            value = rng.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFFE, 0x10000, 0xFFFF))
            struct.pack_into("<I", spoiled, rng.randrange(len(spoiled) - 4), value)
    return bytes(spoiled)


BYTES = {
    "flip": _flip, "truncate": _truncate, "cut-out": _cut_out, "put-in": _put_in,
    "repeat": _repeat, "zeros": _zeros, "numbers": _numbers,
}  # fmt: skip


def _attribute(data: bytes, rng: random.Random) -> bytes:
    return _replace(data, _ATTRIBUTE, 2, rng, rng.choice(_ODD_VALUES))


def _content(data: bytes, rng: random.Random) -> bytes:
    return _replace(data, _TEXT, 1, rng, rng.choice(_ODD_VALUES))


def _replace(
    data: bytes, pattern: re.Pattern[bytes], group: int, rng: random.Random, value: bytes
) -> bytes:
    found = list(pattern.finditer(data))
    for match in sorted(rng.sample(found, min(len(found), rng.choice((1, 1, 5)))), key=_place)[
        ::-1
    ]:
        data = data[: match.start(group)] + value + data[match.end(group) :]
    return data


def _place(match: re.Match[bytes]) -> int:
    return match.start()


def _tag(data: bytes, rng: random.Random) -> bytes:
    """Give elements of one name another one's name."""
    names = sorted(set(_TAG.findall(data)))
    if len(names) < 2:
        return data
    old, new = rng.sample(names, 2)
    return re.sub(rb"(</?)" + re.escape(old) + rb"\b", rb"\1" + new, data)


def _deep(data: bytes, rng: random.Random) -> bytes:
    names = sorted(set(_TAG.findall(data))) or [b"a"]
    name = rng.choice(names)
    place = rng.choice([m.start() for m in re.finditer(rb"<\w", data)] or [0])
    return data[:place] + (b"<" + name + b">") * _DEEP + data[place:]


def _doctype(data: bytes, rng: random.Random) -> bytes:
    head = re.match(rb"\s*<\?xml[^>]*\?>", data)
    place = head.end() if head else 0
    spoiled = data[:place] + _DOCTYPE + data[place:]
    return _replace(spoiled, _TEXT, 1, rng, rng.choice((b"&c;", b"&d;")))


def _declaration(data: bytes, rng: random.Random) -> bytes:
    encoding = rng.choice((b"UTF-16", b"UTF-32", b"windows-1258", b"EBCDIC-CP-US", b"rot13", b"x"))
    return re.sub(rb'(encoding|charset)(=["\']?)[\w-]+', rb"\1\2" + encoding, data, count=1)


def _transcode(data: bytes, rng: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(
        rng.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1258")), "replace"
    )


def _many(data: bytes, rng: random.Random) -> bytes:
    """Repeat one row, cell or whatever many times."""
    found = list(re.finditer(rb"<(\w+)\b[^>]*>[^<]*</\1>", data))
    if not found:
        return data
    match = rng.choice(found)
    return data[: match.end()] + match[0] * 20_000 + data[match.end() :]


XML = {
    "attribute": _attribute, "content": _content, "tag": _tag, "deep": _deep,
    "doctype": _doctype, "declaration": _declaration, "many": _many,
}  # fmt: skip
XML_AGAIN = {"transcode": _transcode}


def _read_parts(data: bytes) -> list[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [(name, _part(archive, name)) for name in archive.namelist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return []


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError,
            EOFError, struct.error):  # fmt: skip
        return b""


def _write_parts(parts: list[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # that a name stands twice is meant
        for name, content in parts:
            archive.writestr(name or "0", content)
    return buffer.getvalue()


def _drop_part(data: bytes, rng: random.Random) -> bytes:
    parts = _read_parts(data)
    if parts:
        del parts[rng.randrange(len(parts))]
    return _write_parts(parts)


def _double_part(data: bytes, rng: random.Random) -> bytes:
    parts = _read_parts(data)
    if parts:
        name, content = rng.choice(parts)
        parts.append((name, rng.choice((content, b"", BYTES["flip"](content, rng)))))
    return _write_parts(parts)


def _swap_parts(data: bytes, rng: random.Random) -> bytes:
    parts = _read_parts(data)
    if len(parts) > 1:
        i, j = rng.sample(range(len(parts)), 2)
        parts[i], parts[j] = (parts[i][0], parts[j][1]), (parts[j][0], parts[i][1])
    return _write_parts(parts)


def _rename_part(data: bytes, rng: random.Random) -> bytes:
    parts = _read_parts(data)
    if parts:
        i = rng.randrange(len(parts))
        names = ("../evil", "C:\\CON", "xl\\workbook.xml", "xl/" * 80 + "a", "xl/worksheets/ố.xml")
        parts[i] = (rng.choice(names), parts[i][1])
    return _write_parts(parts)


def _spoil_part(data: bytes, rng: random.Random) -> bytes:
    parts = _read_parts(data)
    if parts:
        i = rng.randrange(len(parts))
        name, content = parts[i]
        way = rng.choice(sorted(XML if content.lstrip().startswith(b"<") else BYTES))
        parts[i] = (name, (XML | BYTES)[way](content, rng))
    return _write_parts(parts)


def _lie(data: bytes, rng: random.Random) -> bytes:
    """Lie in the table of contents about how large a part is, packed or not."""
    spoiled = bytearray(data)
    places = [m.start() for m in re.finditer(re.escape(_ENTRY), data)]
    if places:
        at = rng.choice(places) + rng.choice((10, 20, 24, 42))
        if at + 4 <= len(spoiled):
            struct.pack_into("<I", spoiled, at, rng.choice((0, 1, 99, 2**31 - 1, 2**32 - 1)))
    return bytes(spoiled)


def _bomb(data: bytes, rng: random.Random) -> bytes:
    parts = _read_parts(data)
    if parts:
        i = rng.randrange(len(parts))
        name, content = parts[i]
        blank = rng.choice((b" ", b"\0", b"<row/>", b"<si><t>a</t></si>"))
        parts[i] = (name, content + blank * (rng.choice((1, 30)) * 2**20 // len(blank)))
    return _write_parts(parts)


PARTS = {
    "drop-part": _drop_part, "double-part": _double_part, "swap-parts": _swap_parts,
    "rename-part": _rename_part, "spoil-part": _spoil_part, "spoil-part-2": _spoil_part,
    "spoil-part-3": _spoil_part, "lie": _lie, "bomb": _bomb,
}  # fmt: skip
