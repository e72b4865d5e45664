"""Turns Vietnamese into the encodings of before Unicode, as old fonts need it."""

from __future__ import annotations

import unicodedata

_TCVN3 = {
    "ăâêôơưđ": "¨©ª«¬\u00ad®",
    "àảãáạ": "µ¶·¸¹",
    "ằẳẵắặ": "»¼½¾Æ",
    "ầẩẫấậ": "ÇÈÉÊË",
    "èẻẽéẹ": "ÌÎÏÐÑ",
    "ềểễếệ": "ÒÓÔÕÖ",
    "ìỉĩíị": "×ØÜÝÞ",
    "òỏõóọ": "ßáâãä",
    "ồổỗốộ": "åæçèé",
    "ờởỡớợ": "êëìíî",
    "ùủũúụ": "ïñòóô",
    "ừửữứự": "õö÷øù",
    "ỳỷỹýỵ": "úûüýþ",
    "ĂÂÊÔƠƯĐ": "¡¢£¤¥¦§",
}
_TCVN3_OF = {old: new for olds, news in _TCVN3.items() for old, new in zip(olds, news, strict=True)}

# A base letter and the sign of tone and shape that VNI writes behind it.
_VNI_TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_VNI_SHAPES = {
    "\u0302": dict(zip(["", *_VNI_TONES], "âáàåãä", strict=True)),
    "\u0306": dict(zip(["", *_VNI_TONES], "êéèúüë", strict=True)),
}
_VNI_WHOLE = {
    "í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ",
}  # fmt: skip
_VNI_HORN = {"o": "ô", "u": "ö"}


def tcvn3(text: str) -> str:
    """Encode for .VnTime; capitals with a tone do not exist there and become small letters."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(_TCVN3_OF.get(c) or _TCVN3_OF.get(c.lower(), c) for c in composed)


def vni(text: str) -> str:
    """Encode for VNI-Times."""
    return "".join(_vni_letter(c) for c in unicodedata.normalize("NFC", text))


def _vni_letter(letter: str) -> str:
    small = letter.lower()
    if small in _VNI_WHOLE:
        found = _VNI_WHOLE[small]
    else:
        base, *marks = unicodedata.normalize("NFD", small)
        if "\u031b" in marks:
            base = _VNI_HORN[base]
        tone = next((mark for mark in marks if mark in _VNI_TONES), "")
        shape = next((mark for mark in marks if mark in _VNI_SHAPES), "")
        found = base + (_VNI_SHAPES[shape][tone] if shape else _VNI_TONES.get(tone, ""))
    return found if letter == small else found.upper()


def nfd(text: str) -> str:
    """Write each letter and its signs as characters of their own, as some systems do."""
    return unicodedata.normalize("NFD", text)
