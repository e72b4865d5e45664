"""Forms in the formats that offices really send, and what is odd about a file as a whole."""

from __future__ import annotations

import csv
import io
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from corpus.collection import Corpus, batch
from corpus.forms import form
from corpus.kept import kept
from corpus.key import FAIL, REMARKS
from corpus.official import Official

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

import file_formats as formats

Grid = list[list[Any]]
_SHEET = "601-602"
_KEY = "kin7431"


def _grid(code: str) -> Grid:
    """The cells of a form 601-602, up to the last one in use."""
    with tempfile.TemporaryDirectory() as folder:
        made = Official(Corpus(Path(folder)), "a.xlsx", code)
        made.save()
        book = openpyxl.load_workbook(made.target)
    return [list(row) for row in book[_SHEET].iter_rows(values_only=True)]


def _text(grid: Grid, delimiter: str = ";") -> str:
    lines = io.StringIO()
    csv.writer(lines, delimiter=delimiter).writerows(grid)
    return lines.getvalue()


def _form(
    path: str, code: str, shows: str, write: Callable[[Grid], bytes], *planted: tuple[str, str, str]
) -> None:
    """Register a form 601-602 in another format; `planted` are rules, severity, what."""

    @batch(path, shows)
    def _make(corpus: Corpus) -> None:
        target = corpus.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(write(_grid(code)))
        for rules, severity, what in planted:
            corpus.plant(path, rules, severity, what)


def _changed(
    path: str, code: str, shows: str, change: Callable[[bytes], bytes], rule: str, severity: str
) -> None:
    """Register a commune workbook whose bytes are changed."""

    @batch(path, shows)
    def _make(corpus: Corpus) -> None:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "a.xlsx")
            form(code).save(source)
            target = corpus.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(change(source.read_bytes()))
        corpus.plant(path, rule, severity, shows)


def _with(*names: str) -> Callable[[bytes], bytes]:
    return lambda data: formats.with_parts(data, dict.fromkeys(names, b"x"))


def _twice(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        looks = made.read("xl/styles.xml")
    doubled = formats.with_parts(data, {"xl/stylez.xml": looks})
    return doubled.replace(b"xl/stylez.xml", b"xl/styles.xml")


def _locked(source: Path, target: Path) -> None:
    target.write_bytes(formats.agile(source.read_bytes(), _KEY))


PAGE = ("V113", "info", "a web page")
TEXT = ("V112", "info", "a text")

_form(
    f"{REMARKS}/web_page_named_xls.xls",
    "19555",
    "A web page named .xls, as programs export it",
    lambda grid: formats.html({_SHEET: grid}).encode(),
    PAGE,
)
_form(
    f"{FAIL}/web_page_cut_off.xls",
    "19558",
    "The web page ends within its table",
    lambda grid: formats.html({_SHEET: grid}).partition("</table>")[0].encode(),
    PAGE,
    ("V117", "warning", "no end of the table"),
)
_form(
    f"{REMARKS}/xml_2003_named_xls.xls",
    "19561",
    "XML Spreadsheet 2003 named .xls, in UTF-16",
    lambda grid: formats.spreadsheetml({_SHEET: grid}).encode("utf-16"),
    ("V114", "info", "XML Spreadsheet 2003"),
)
_form(
    f"{REMARKS}/exported_as_csv.csv",
    "19564",
    "The form was exported as CSV UTF-8",
    lambda grid: _text(grid).encode("utf-8-sig"),
    TEXT,
)
_form(
    f"{REMARKS}/exported_as_unicode_text.txt",
    "19567",
    "The form was saved as Unicode text",
    lambda grid: _text(grid, "\t").encode("utf-16"),
    TEXT,
)
_form(
    f"{FAIL}/csv_of_two_encodings.csv",
    "19570",
    "A CSV with a line in another encoding at its end",
    lambda grid: _text(grid).encode() + "Người lập biểu\r\n".encode("cp1258", "replace"),
    TEXT,
    ("V115", "warning", "letters that are none"),
)
_form(
    f"{REMARKS}/excel_95.xls",
    "19576",
    "Excel 5.0/95, with the Vietnamese code page",
    lambda grid: formats.biff5({_SHEET: grid}),
    ("V118", "info", "Excel 95"),
)
_changed(f"{REMARKS}/xlsx_named_xls.xls", "19579", "An .xlsx named .xls", bytes, "V108", "info")
_changed(
    f"{REMARKS}/with_macros.xlsm",
    "19582",
    "A workbook with macros",
    _with("xl/vbaProject.bin"),
    "V109",
    "info",
)
_changed(
    f"{REMARKS}/with_a_link_to_another_file.xlsx",
    "19585",
    "A workbook that takes values from another one",
    _with("xl/externalLinks/externalLink1.xml"),
    "V110",
    "info",
)
_changed(
    f"{REMARKS}/with_a_pasted_document.xlsx",
    "19588",
    "A workbook with an embedded document",
    _with("xl/embeddings/oleObject1.bin"),
    "V119",
    "info",
)
_changed(
    f"{FAIL}/a_part_stands_twice.xlsx",
    "19591",
    "An archive with one part twice",
    _twice,
    "V116",
    "warning",
)
kept(
    f"{REMARKS}/with_a_password.xlsx",
    "19594",
    "A workbook with a password, which is given",
    f"encrypted with msoffcrypto-tool from a form of scripts/make_corpus.py, password {_KEY}",
    _locked,
    lambda made: made.plant(("", ""), "V111", "info", "opened with a password"),
    f"--password {_KEY}",
)
