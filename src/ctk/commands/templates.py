"""The documents that `ctk report` writes, and the built-in templates that an office may copy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ctk.messages import messages
from ctk.model import Result
from ctk.report.own.library import (
    FOLDER,
    built_in_template,
    known_documents,
    own_documents,
    template_files,
)
from ctk.text.fold import nfc
from ctk.workbook.writing import atomic_path

_SUFFIX = ".docx"


def written_forms(workspace: Path | None, lang: str) -> list[dict[str, Any]]:
    """One row for each document, in the columns of the forms that are read."""
    own = {document.id for document in own_documents(workspace)}
    files = {nfc(path.stem): path.name for path in template_files(workspace)}
    return [
        {
            "id": document.id,
            "use": "write",
            "version": "",
            "title": document.title(lang),
            "periods": [],
            "source": f"{FOLDER}/{files[document.id]}" if document.id in own else "ctk",
        }
        for document in known_documents(workspace)
    ]


def list_names(lang: str) -> Result:
    """What a template may name, and the filters behind a bar, each with an example."""
    rows = [
        {"name": name, "use": kind, "example": said["example"], "meaning": said["meaning"]}
        for kind in ("name", "filter")
        for name, said in messages(f"own.{kind}", lang).items()
    ]
    return Result("forms names", {"names": rows}, "names")


def copy_template(form: str, workspace: Path | None, out: Path | None, *, force: bool) -> Result:
    """Copy a built-in template for the office to edit.

    Args:
        form: Id of the document.
        workspace: The office's workspace, where there is one.
        out: File or folder; None: the templates folder of the workspace, else the current folder.
        force: Whether a file that is already there may be replaced.

    Raises:
        UsageError: `not_a_template`, `file_exists` or `cannot_write`.
    """
    data = built_in_template(form.strip())
    target = out or (workspace / FOLDER if workspace else Path())
    if target.suffix.lower() != _SUFFIX:
        target /= f"{form.strip()}{_SUFFIX}"
    with atomic_path(target, force) as part:
        part.write_bytes(data)
    rows = [{"file": str(target), "unit": "", "form": form.strip()}]
    return Result("forms copy", {"files": rows}, "files")
