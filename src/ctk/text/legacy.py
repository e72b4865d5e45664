"""Text typed for Vietnamese fonts of before Unicode: TCVN3 (.VnTime) and VNI (VNI-Times)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Literal

Encoding = Literal["unicode", "tcvn3", "vni"]
_LEGACY: tuple[Encoding, ...] = ("tcvn3", "vni")

# Capitals with a tone do not exist in TCVN3: the font shows small letters as capitals.
_TCVN3_ROWS = (
    ("¡¢£¤¥¦§", "ĂÂÊÔƠƯĐ"),
    ("¨©ª«¬\u00ad®", "ăâêôơưđ"),
    ("µ¶·¸¹", "àảãáạ"),
    ("»¼½¾Æ", "ằẳẵắặ"),
    ("ÇÈÉÊË", "ầẩẫấậ"),
    ("ÌÎÏÐÑ", "èẻẽéẹ"),
    ("ÒÓÔÕÖ", "ềểễếệ"),
    ("×ØÜÝÞ", "ìỉĩíị"),
    ("ßáâãä", "òỏõóọ"),
    ("åæçèé", "ồổỗốộ"),
    ("êëìíî", "ờởỡớợ"),
    ("ïñòóô", "ùủũúụ"),
    ("õö÷øù", "ừửữứự"),
    ("úûüýþ", "ỳỷỹýỵ"),
)
_TCVN3 = {ord(old): ord(new) for row in _TCVN3_ROWS for old, new in zip(*row, strict=True)}
# Word processors turned the soft hyphen, "ư" of TCVN3, into a minus; a minus alone stays one.
_TCVN3_LETTER = f"[A-Za-z{''.join(map(chr, _TCVN3))}]"
_MINUS_FOR_U_HORN = f"(?<={_TCVN3_LETTER})\u2212|\u2212(?={_TCVN3_LETTER})"

# A letter of the first column before a sign of the second makes the letter of the third.
_VNI_ROWS = (
    ("a", "ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ"),
    ("e", "ùøûõïâáàåãä", "éèẻẽẹêếềểễệ"),
    ("o", "ùøûõïâáàåãä", "óòỏõọôốồổỗộ"),
    ("ô", "ùøûõï", "ớờởỡợ"),
    ("u", "ùøûõï", "úùủũụ"),
    ("ö", "ùøûõï", "ứừửữự"),
    ("y", "ùøûõ", "ýỳỷỹ"),
    ("", "íìæóòîôöñ", "íìỉĩịỵơưđ"),
)

_VNI_LETTER = "|".join(
    f"{f'[{base}{base.upper()}]' if base else ''}[{signs}{signs.upper()}]"
    for base, signs, _ in _VNI_ROWS
)

_UNICODE_ONLY = "[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300-\u036f]"
# Characters that Unicode Vietnamese hardly uses, and the old encodings often.
_SUSPICIOUS = re.compile(f"[¡-©«-¹»-¿ÄÅÆÇËÎÏÑÖ×ØÛÜÞßäåæçëîïñö÷øûüþÿ]|{_MINUS_FOR_U_HORN}")
_PERHAPS = re.compile("[¡-©«-¹»-¿ÄÅÆÇËÎÏÑÖ×ØÛÜÞßäåæçëîïñö÷øûüþÿ\u2212]")
"""What must be there for a text to be suspicious: much faster to look for."""

_MIN_WORDS = 4
_MIN_SHARE = 0.7
_MIN_LEAD = 2

_WORD = "[A-Za-z¡-\u1fff]+"
_TONES = "[\u0323\u0300\u0301\u0303\u0309]"
_ONSET = "(?:ngh?|nh|ch|g[hi]|kh|ph|th|tr|qu|[bcdđghklmnprstvx])?"
_RHYME = (
    "(?:a(?:[ciomptuy]|ch|ng?|nh)?|ă(?:[cmpt]|ng?)|â(?:[cmptuy]|ng?)"
    "|e(?:[cmopt]|ng?)?|ê(?:[mptu]|ch|n[gh]?)?"
    "|i(?:[amptu]|ch|nh?|ê(?:[cmptu]|ng?))?"
    "|o(?:[cimpt]|ng?|oc|ong|a(?:[cimoptuy]|ch|n[gh]?)?|ă(?:[cmt]|ng?)|e(?:[not])?)?"
    "|ô(?:[cimpt]|ng?)?|ơ(?:[imnpt])?"
    "|u(?:[acimpt]|ng?|â(?:[ty]|ng?)|ê(?:ch|nh)?|ô(?:[cimt]|ng?)|ơ"
    "|y(?:[anptu]|ch|nh|ê[nt])?)?"
    "|ư(?:[acimptu]|ng?|ơ(?:[cimptu]|ng?))?"
    "|y(?:ch|nh|t|ê(?:[mtu]|ng?))?)"
)
_SYLLABLE = _ONSET + _RHYME


def decode(text: str, encoding: Encoding) -> str:
    """Turn the text of a cell into Unicode.

    Args:
        text: What the workbook holds.
        encoding: How it was typed, by its font or by `guess`.
    """
    if encoding == "tcvn3":
        return from_tcvn3(text)
    return from_vni(text) if encoding == "vni" else text


def from_tcvn3(text: str, *, upper: bool = False) -> str:
    """Turn TCVN3 into Unicode; text with letters that only Unicode has stays as it is.

    Args:
        text: Text of a font such as .VnTime.
        upper: The font shows capitals for small letters, such as .VnTimeH.
    """
    if re.search(_UNICODE_ONLY, text):
        return text
    decoded = re.sub(_MINUS_FOR_U_HORN, "ư", text).translate(_TCVN3)
    return decoded.upper() if upper else decoded


def from_vni(text: str) -> str:
    """Turn VNI into Unicode; text with letters that only Unicode has stays as it is."""
    if re.search(_UNICODE_ONLY, text):
        return text
    table = _vni_table()
    return re.sub(_VNI_LETTER, lambda found: table[found[0]], text)


def guess(texts: Iterable[str]) -> Encoding:
    """Tell how the text of a whole sheet was typed; in doubt it is Unicode.

    A few words prove nothing: most accented words must become Vietnamese syllables when decoded,
    and many more than are so when left alone.
    """
    cells = [text for text in texts if not text.isascii()]
    if not any(map(_SUSPICIOUS.search, cells)):
        return "unicode"
    least = _MIN_LEAD * _count_syllables(_accented_words(cells))
    best: Encoding = "unicode"
    most = 0
    for encoding in _LEGACY:
        words = _accented_words(decode(cell, encoding) for cell in cells)
        count = _count_syllables(words)
        enough = len(words) >= _MIN_WORDS and count >= max(least, _MIN_SHARE * len(words))
        if enough and count > most:
            best, most = encoding, count
    return best


def of_font(name: str) -> Encoding:
    """The encoding that a font was made for, by its name: .VnTime, .VnArialH, VNI-Times."""
    folded = name.strip().casefold()
    if folded.startswith(".vn"):
        return "tcvn3"
    return "vni" if folded.startswith(("vni-", "vni ")) else "unicode"


def is_suspicious(text: str) -> bool:
    """Tell whether a text has characters that Unicode Vietnamese hardly uses."""
    return bool(_PERHAPS.search(text) and _SUSPICIOUS.search(text))


def is_unicode(text: str) -> bool:
    """Tell whether a text has letters that only Unicode has."""
    return bool(re.search(_UNICODE_ONLY, text))


def decodings(text: str) -> tuple[str, ...]:
    """What a few words may say if they were typed for an old font; nothing if they are words.

    The words prove too little to use such a reading by itself: it must be known otherwise.
    """
    if not is_suspicious(text) or _all_syllables(text):
        return ()
    options = (decode(text, encoding) for encoding in _LEGACY)
    return tuple(option for option in options if option != text and _all_syllables(option))


def _all_syllables(text: str) -> bool:
    words = re.findall(_WORD, text.lower())
    return bool(words) and all(map(_is_syllable, words))


@cache
def _vni_table() -> dict[str, str]:
    """Give the letter for each pair of base and sign, in the case of the base."""
    table: dict[str, str] = {}
    for base, signs, letters in _VNI_ROWS:
        for sign, letter in zip(signs, letters, strict=True):
            if not base:
                table |= {sign: letter, sign.upper(): letter.upper()}
                continue
            for typed in (sign, sign.upper()):
                table |= {base + typed: letter, base.upper() + typed: letter.upper()}
    return table


def _accented_words(texts: Iterable[str]) -> set[str]:
    return {
        word for text in texts for word in re.findall(_WORD, text.lower()) if not word.isascii()
    }


def _count_syllables(words: Iterable[str]) -> int:
    return sum(map(_is_syllable, words))


def _is_syllable(word: str) -> bool:
    """Tell whether a word could be Vietnamese, with one tone at most."""
    bare, tones = re.subn(_TONES, "", unicodedata.normalize("NFD", word.replace("ð", "đ")))
    return tones <= 1 and bool(re.fullmatch(_SYLLABLE, unicodedata.normalize("NFC", bare)))
