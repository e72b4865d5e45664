"""Files that another program saved: LibreOffice's formats, old encodings, a password.

They are made once and kept, because these programs write other bytes each time.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from corpus.collection import MAKERS, Corpus
from corpus.forms import YEAR, Form, form
from corpus.key import FAIL, PASS
from corpus.passing import mostly_zero

Save = Callable[[Path, Path], None]
"""Saves a workbook (first) in another format (second)."""


def by_office(kind: str) -> Save:
    """Let LibreOffice save a workbook; `kind` is the ending and, if need be, its filter."""

    def save(source: Path, target: Path) -> None:
        office = shutil.which("soffice")
        if office is None:
            raise SystemExit("LibreOffice is not installed")
        with tempfile.TemporaryDirectory() as folder:
            profile = f"-env:UserInstallation=file://{folder}/profile"
            subprocess.run(  # noqa: S603
                [office, profile, "--headless", "--convert-to", kind, "--outdir", folder, source],
                check=True,
                capture_output=True,
            )
            made = Path(folder, source.stem).with_suffix(f".{kind.partition(':')[0]}")
            shutil.move(made, target)

    return save


def kept(
    path: str,
    code: str,
    shows: str,
    made: str,
    save: Save,
    edit: Callable[[Form], None] | None = None,
    options: str = "",
    **how: object,
) -> None:
    """Register a file that another program saves from a form.

    Args:
        path: Below the corpus.
        code: The commune.
        shows: What it shows.
        made: How it was made.
        save: What saves it.
        edit: Changes the form before.
        options: With which options it is checked.
        how: As for `forms.form`.
    """

    def make(corpus: Corpus) -> None:
        corpus.passport(path, shows, made)
        if options:
            corpus.check_with(path, options)
        filled = form(code, **how)  # type: ignore[arg-type]
        if edit is not None:
            edit(filled)
        corpus.planted += filled.key(path)
        if corpus.makes_kept:
            with tempfile.TemporaryDirectory() as folder:
                source = Path(folder, f"{Path(path).stem}.xlsx")
                filled.save(source)
                (corpus.root / path).parent.mkdir(parents=True, exist_ok=True)
                save(source, corpus.root / path)

    MAKERS.append(make)


_OFFICE = "saved by LibreOffice 7.4 from a form of scripts/make_corpus.py"


def _sex_sum(made: Form) -> None:
    made.wrong("I-0208", "M", made.count("I-0208", "M") + 1, "V401 V4*", "one boy too many")


def _blank_beside_a_tick(made: Form) -> None:
    sheet = "II.2 Xử lý VPHC"
    made.cells.put(sheet, "B4", "x")
    made.row("II-0212", None)
    made.plant((sheet, ""), "V319", "warning", "ticked, but the format hides errors")
    made.plant(made.at("II-0212"), "V301", "warning", "so its blanks stay blank")


kept(
    f"{PASS}/saved_by_libreoffice.xlsx",
    "19555",
    "LibreOffice saved the workbook",
    _OFFICE,
    by_office("xlsx:Calc MS Excel 2007 XML"),
)
kept(f"{PASS}/excel_97.xls", "19558", "Excel 97-2003, BIFF8", _OFFICE, by_office("xls:MS Excel 97"))
kept(f"{PASS}/open_document.ods", "19561", "OpenDocument", _OFFICE, by_office("ods"), habit="dash")
kept(
    f"{PASS}/annual_excel_97.xls",
    "19564",
    "The annual form in BIFF8",
    _OFFICE,
    by_office("xls:MS Excel 97"),
    period=YEAR,
)
kept(
    f"{FAIL}/sex_sum_wrong.xls",
    "19567",
    "A wrong sum in an old .xls",
    _OFFICE,
    by_office("xls:MS Excel 97"),
    _sex_sum,
)
kept(
    f"{FAIL}/sex_sum_wrong.ods",
    "19570",
    "A wrong sum in an .ods",
    _OFFICE,
    by_office("ods"),
    _sex_sum,
)
kept(
    f"{FAIL}/ticked_in_open_document.ods",
    "19576",
    "Ticked “Không phát sinh” in an .ods with blanks",
    _OFFICE,
    by_office("ods"),
    _blank_beside_a_tick,
    change=mostly_zero,
)
