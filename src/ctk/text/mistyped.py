"""Why a text is no number: what a person may have meant, to be shown and never to be used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ctk.text.fold import fold
from ctk.text.notes import Note

if TYPE_CHECKING:
    from collections.abc import Callable

    Parse = Callable[[str], tuple[str, ...]]
    Why = tuple[Note, tuple[str, ...]]

_ERROR = re.compile(r"#(?:N/A|[A-Z]+[!?]|DIV/0!|GETTING_DATA)|ERR:[0-9]{3}")
_PERCENT = re.compile(r"[+-]?[0-9][0-9., ]*%")
_FORMULA = re.compile(r"[=@].+|\+\s*\$?[A-Za-z]{1,3}\$?[0-9]+\b.*|\+\s*[A-Za-z]+\(.*", re.DOTALL)
# Telephone and identity numbers begin with a zero or the country's code and are long.
_IDENTITY = re.compile(r"(?:\+84|0)[0-9]*(?:[ .-][0-9]+)*")
_IDENTITY_DIGITS = 9
_FIGURE = r"[0-9]+(?:[.,][0-9]+)*"
_FOOTNOTE = re.compile(
    rf"(?P<figure>-?{_FIGURE})(?: ?(?:\*+|[†‡]|\(\*+\)|\[[0-9a-z]\])|[¹²³⁴⁵⁶⁷⁸⁹]|\([0-9a-z]\))"
)
_LOOKS_LIKE_DIGITS = re.compile(r"(?=.*[0-9])[0-9OoIl|]+|[Oo]")
_LETTERS_TO_DIGITS = str.maketrans("OoIl|", "00111")
_FIGURES = re.compile(_FIGURE)
_CODE = re.compile(r"[0-9][^\W\d_][0-9]|_")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_FEW_WORDS = 2
_MOST_FIGURES = 4
_SEVERAL = re.compile(rf"-?{_FIGURE}(?:[ \n+/;:&(),-]|[^\W_])*")
_BESIDE = re.compile(r"(?:[^\W\d_]|[ \n():.,;~≈<>≥≤?-])*")
_DOUBTS = ("khong", "chua")


def explain(text: str, parse: Parse) -> Why:
    """Tell why a text is no number.

    Args:
        text: The cell's text in one line, with plain digits and signs.
        parse: Gives the meanings of a text that is a number; none if it is not.

    Returns:
        The reason, and what the person may have meant.
    """
    if _ERROR.fullmatch(text.upper()):
        return Note.ERROR_VALUE, ()
    if _PERCENT.fullmatch(text):
        return Note.PERCENT_TEXT, ()
    if _FORMULA.fullmatch(text):
        return Note.FORMULA_AS_TEXT, ()
    if _IDENTITY.fullmatch(text) and sum(map(str.isdigit, text)) >= _IDENTITY_DIGITS:
        return Note.TOO_LARGE, ()
    if _LOOKS_LIKE_DIGITS.fullmatch(text) and (meant := parse(text.translate(_LETTERS_TO_DIGITS))):
        return Note.LETTER_FOR_DIGIT, meant
    if (found := _FOOTNOTE.fullmatch(text)) and (meant := parse(found["figure"])):
        return Note.FOOTNOTE_MARK, meant
    return _among_words(text, parse) or (Note.NOT_A_NUMBER, ())


def _among_words(text: str, parse: Parse) -> Why | None:
    """Figures with words or other figures beside them."""
    figures = _FIGURES.findall(text)
    if not figures or _CODE.search(text):
        return None
    if len(figures) > 1:
        return _several(text, figures, parse)
    before, after = text.split(figures[0])
    minus = "-" if before == "-" else ""
    beside = before.removesuffix(minus) + after
    if not re.search(r"[^\W\d_]|[~≈<>≥≤?]", beside) or not _BESIDE.fullmatch(beside):
        return None
    if fold(beside).startswith(_DOUBTS):
        return None
    meant = parse(minus + figures[0])
    return (Note.WORD_BESIDE, meant) if meant else None


def _several(text: str, figures: list[str], parse: Parse) -> Why | None:
    """Several figures in one cell; a long text may speak of a person, and so of a birth date."""
    if len(figures) > _MOST_FIGURES or len(_WORDS.findall(text)) > _FEW_WORDS:
        return None
    meanings = [parse(figure) for figure in figures]
    if not _SEVERAL.fullmatch(text) or not all(len(meant) == 1 for meant in meanings):
        return None
    return Note.SEVERAL_NUMBERS, tuple(meant[0] for meant in meanings)
