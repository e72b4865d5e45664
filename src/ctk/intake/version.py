"""Which way of reading files this is: one text that changes whenever reading may differ."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import ctk

if TYPE_CHECKING:
    from ctk.forms.loader import OwnForms

_PARTS = ("forms", "indicators", "intake", "text", "workbook")
_LENGTH = 16


@cache
def reading_version(age_groups: str | None = None, own: OwnForms = ()) -> str:
    """Hash what reading depends on: the program, its forms and indicators, the age groups in use.

    Args:
        age_groups: Path of a CSV that replaces the built-in age groups.
        own: The office's own layouts.
    """
    digest = hashlib.sha256(version("ctk-circular13").encode())
    root = Path(ctk.__file__).parent
    files = [path for part in _PARTS for path in sorted((root / part).rglob("*.*"))]
    for path in (*files, *([Path(age_groups)] if age_groups else [])):
        if path.suffix != ".pyc" and path.is_file():
            digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    for _, text in own:
        digest.update(text.encode())
    return digest.hexdigest()[:_LENGTH]
