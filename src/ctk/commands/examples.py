"""Filled examples of a form: from paths to the sheets that learning looks at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ctk.errors import UnreadableError
from ctk.forms.learning.joining import Example
from ctk.forms.learning.sheets import Sheet
from ctk.forms.learning.tables import find_tables
from ctk.intake.decoding import decoded
from ctk.intake.paths import gather
from ctk.model import InputError
from ctk.workbook.front_page import is_front_page
from ctk.workbook.opening import read_bytes
from ctk.workbook.parts import Parts
from ctk.workbook.reading import read_book

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctk.intake.passwords import Passwords
    from ctk.workbook.book import Book, SheetCells

_PACKAGES = ("xlsx", "xlsm")


def read_examples(
    paths: Sequence[Path], passwords: Passwords, lang: str
) -> tuple[list[Example], tuple[InputError, ...]]:
    """Read filled examples; one that cannot be read or has no table does not stop the others.

    Args:
        paths: Files and folders.
        passwords: What to try on files that have a password.
        lang: Language of the errors.
    """
    examples: list[Example] = []
    errors: list[InputError] = []
    for path in gather(paths).files:
        try:
            examples.append(_example(path, passwords))
        except UnreadableError as error:
            errors.append(_told(path, error, lang))
        except MemoryError:
            errors.append(_told(path, UnreadableError("too_large"), lang))
    return examples, tuple(errors)


def _told(path: str, error: UnreadableError, lang: str) -> InputError:
    return InputError(path, error.code, error.title(lang), error.hint(lang))


def _example(path: str, passwords: Passwords) -> Example:
    book = read_book(read_bytes(Path(path)), passwords.of(path), careful=True)
    sheets = [_sheet(one) for one in _readable(book)]
    if not any(find_tables(i, sheet) for i, sheet in enumerate(sheets)):
        raise UnreadableError("no_table")
    return Example(path, tuple(sheets))


def _readable(book: Book) -> list[SheetCells]:
    """The sheets that are seen, in Unicode; hidden ones if there are no others."""
    parts = Parts(book.data if book.kind in _PACKAGES else b"")
    changed = decoded(book.sheets, range(len(book.sheets)), parts)
    sheets = [changed[i][0] if i in changed else one for i, one in enumerate(book.sheets)]
    own = [sheet for sheet in sheets if not is_front_page(sheet)]
    return [sheet for sheet in own if not sheet.hidden] or own


def _sheet(sheet: SheetCells) -> Sheet:
    return Sheet(sheet.name, sheet.cells, sheet.merged)
