"""The corpus as it is stored: what of it a script makes, and whether it would make the same."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from corpus.key import CATEGORIES, README, read_passports

BY_SCRIPT = "scripts/make_corpus.py"


def clear(corpus: Path) -> None:
    """Delete the files that the script made; those of other programs stay."""
    if not (corpus / README).exists():
        return
    for path in _files(corpus):
        if not _is_kept(path.relative_to(corpus).as_posix(), corpus):
            path.unlink()
    for folder in sorted(corpus.glob("*/*/"), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def differences(stored: Path, fresh: Path) -> list[str]:
    """Names of files that the script would not make as they are stored."""
    names = {p.relative_to(root).as_posix() for root in (stored, fresh) for p in _files(root)}
    names |= {path.name for path in fresh.glob("*.csv")}
    return sorted(
        name
        for name in names
        if not _same(stored / name, fresh / name) and not _is_kept(name, stored)
    )


def _files(root: Path) -> list[Path]:
    return [
        path for category in CATEGORIES for path in (root / category).rglob("*") if path.is_file()
    ]


def _is_kept(name: str, corpus: Path) -> bool:
    """Whether a file was saved by another program."""
    passports = read_passports(corpus)
    listed = passports.get(name) or passports.get(f"{name.rpartition('/')[0]}/")
    return listed is not None and listed.made != BY_SCRIPT


def _same(stored: Path, fresh: Path) -> bool:
    if not (stored.exists() and fresh.exists()):
        return False
    return stored.read_bytes() == fresh.read_bytes() or _cells(stored) == _cells(fresh)


def _cells(path: Path) -> object:
    """Contents of all cells, where a newer library only wrote them in other bytes."""
    try:
        book = openpyxl.load_workbook(path)
    except Exception:  # noqa: BLE001  (whatever is no workbook is compared by its bytes)
        return path.read_bytes()
    return [
        (sheet.title, [(cell.coordinate, cell.value) for row in sheet.iter_rows() for cell in row])
        for sheet in book.worksheets
    ]
