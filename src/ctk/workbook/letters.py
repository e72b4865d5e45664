"""From bytes to text where a file does not say for sure how it was written."""

from __future__ import annotations

import codecs
import re
import unicodedata

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_LOOK = 4096
_OLD_VIETNAMESE = "cp1258"
_FEW_WRONG = 10
UNKNOWN = "\ufffd"
"""Stands where a byte is no letter of the encoding."""


def decode(data: bytes, declared: str = "") -> str:
    """Decode a text file: by its mark, as UTF-8 if it is that, as declared, else as windows-1258.

    What is valid UTF-8 beyond ASCII is UTF-8 whatever it declares: programs copy declarations
    from file to file. Letters with separate tones (windows-1258) come back composed.

    Args:
        data: The bytes, or the first of them.
        declared: The encoding named elsewhere, as in the head of a message.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if encoding := _wide(data):
        return data.decode(encoding, "replace")
    # The last letter may be cut in two where only the start of a file is looked at.
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(data)
    if _mostly_right(text):
        return text
    text = data.decode(_codec(declared or _stated(data)), "replace")
    return unicodedata.normalize("NFC", text)


def _mostly_right(text: str) -> bool:
    """Some bytes that do not belong are a damage; in another encoding hardly a letter is right."""
    wrong = text.count(UNKNOWN)
    return not wrong or sum(not letter.isascii() for letter in text) > _FEW_WRONG * wrong


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every second byte of western letters is zero."""
    start = data[: _LOOK & ~1]
    if len(start) < 4 or start.count(0) * 4 < len(start):
        return ""
    return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"


def _stated(data: bytes) -> str:
    found = _DECLARED.search(data[:_LOOK])
    return found[1].decode("ascii", "replace") if found else ""


def _codec(name: str) -> str:
    try:
        info = codecs.lookup(name)
    except LookupError:
        return _OLD_VIETNAMESE
    # Codecs such as "zip" or "idna" are no letters; the text was found not to be UTF-8.
    usable = getattr(info, "_is_text_encoding", False) and info.name not in ("utf-8", "ascii")
    return info.name if usable and not info.name.startswith("utf-") else _OLD_VIETNAMESE
