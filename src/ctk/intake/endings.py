"""Which endings of names ctk looks at in a folder, and whether a name's ending is true."""

from __future__ import annotations

from pathlib import PurePath

from ctk.workbook.book import Remark

OF_KIND = {
    "xlsx": (".xlsx", ".xltx", ".xlsm", ".xltm"),
    "xlsm": (".xlsx", ".xltx", ".xlsm", ".xltm"),
    "xls": (".xls", ".xlt", ".et"),
    "xlsb": (".xlsb",),
    "ods": (".ods", ".ots"),
}
"""Endings that fit; the textual kinds have remarks of their own."""

WORKBOOKS = frozenset((*(e for endings in OF_KIND.values() for e in endings), ".gsheet"))
"""In a folder, files so named are surely meant to be read."""

DOUBTFUL = frozenset(
    (".csv", ".tsv", ".txt", ".xml", ".htm", ".html", ".mht", ".mhtml", ".zip", ".rar", ".7z")
)
"""In a folder, files so named may be forms, or anything else, which is then left out quietly."""

QUIET = frozenset(
    (
        "not_a_workbook", "form_not_known", "form_is_like", "empty_file", "only_zeros", "damaged",
        "truncated", "too_large", "sheet_too_large", "unpacks_too_large", "xml_with_entities",
        "is_archive", "is_database", "is_email", "is_flat_ods", "is_image", "is_media",
        "is_numbers", "is_pdf", "is_powerpoint", "is_program", "is_shortcut", "is_web_page",
        "is_word",
    )
)  # fmt: skip
"""Errors that show of a doubtful file that it was not meant."""


def ending_remarks(path: str, kind: str) -> tuple[Remark, ...]:
    """Say where a file's name claims another format than its content has."""
    ending = PurePath(path).suffix.lower()
    if kind not in OF_KIND or not ending or ending in OF_KIND[kind]:
        return ()
    return (Remark("V108", (("ending", ending), ("kind", f".{kind}"))),)
