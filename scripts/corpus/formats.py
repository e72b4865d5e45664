"""Whole workbooks in formats without sheets, and files that are no workbook or locked."""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from corpus.collection import Corpus, batch
from corpus.forms import Form, form
from corpus.kept import kept
from corpus.key import FAIL, REMARKS
from corpus.light import filled, rows_of

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

import file_formats

Sheets = dict[str, list[list[Any]]]


def sheets_of(made: Form) -> Sheets:
    """All sheets of a form, row by row."""
    return {name: rows_of(grid) for name, grid in filled(made.unit, made.cells).items()}


def _stacked(made: Form) -> bytes:
    """All sheets of a form one below the other, as a text file has them."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for rows in sheets_of(made).values():
        writer.writerows([*rows, []])
    return text.getvalue().encode("utf-8-sig")


def _document() -> bytes:
    """What makes an archive a Word document; with a fixed time, so that its bytes stay the same."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml"):
            archive.writestr(zipfile.ZipInfo(name), b"<part/>")
    return buffer.getvalue()


def _write(path: str, rule: str, severity: str, shows: str, content: Callable[[], bytes]) -> None:
    @batch(path, shows)
    def _make(corpus: Corpus) -> None:
        target = corpus.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content())
        corpus.plant(path, rule, severity, shows)


_write(
    f"{REMARKS}/whole_workbook_as_web_page.xls",
    "V113",
    "info",
    "All sheets one below the other in a web page",
    lambda: file_formats.html(sheets_of(form("19564"))).encode(),
)
_write(
    f"{REMARKS}/whole_workbook_as_text.csv",
    "V112",
    "info",
    "All sheets one below the other as text",
    lambda: _stacked(form("19567")),
)
_write(
    f"{FAIL}/word_document_named_xlsx.xlsx",
    "V101",
    "error",
    "The written report, a Word document, named .xlsx",
    _document,
)


def _locked(source: Path, target: Path) -> None:
    target.write_bytes(file_formats.agile(source.read_bytes(), "nobody told it"))


kept(
    f"{FAIL}/password_unknown.xlsx",
    "19555",
    "Encrypted, and nobody told the password",
    "encrypted with msoffcrypto-tool from a form of scripts/make_corpus.py",
    _locked,
    lambda made: made.plant(("", ""), "V101", "error", "no password"),
)
