"""The templates that an office keeps in its workspace, and built-in ones that it can copy."""

from __future__ import annotations

from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from ctk.errors import UnreadableError, UsageError
from ctk.messages import message
from ctk.report.copies import file_name
from ctk.report.documents import BUILT_IN, Document, Row
from ctk.text.fold import nfc
from ctk.workbook.archives import check_archive
from ctk.workbook.opening import read_bytes
from ctk.workbook.writing import atomic_path

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from ctk.report.context import ReportContext

FOLDER = "templates"
KINDS = (".xlsx", ".docx")
_OLD = (".xls", ".doc", ".dot", ".xlt", ".rtf", ".ods", ".odt", ".xlsb")
_MACROS = (".xlsm", ".docm", ".xltm", ".dotm")
_LOCK = "~$"


def known_documents(
    workspace: Path | None, built_in: tuple[Document, ...] = BUILT_IN
) -> tuple[Document, ...]:
    """All documents that can be written; an office's own one takes the place of a built-in one."""
    own = {document.id: document for document in own_documents(workspace)}
    replaced = [own.pop(document.id, document) for document in built_in]
    return (*replaced, *own.values())


def own_documents(workspace: Path | None) -> tuple[Document, ...]:
    """The templates of a workspace by the names of their files."""
    by_name: dict[str, list[Path]] = {}
    for path in template_files(workspace):
        by_name.setdefault(nfc(path.stem), []).append(path)
    return tuple(
        Document(
            name,
            paths[0].suffix.lower().lstrip("."),
            partial(_write, name, paths),
            "" if _is_built_in(name) else name,
        )
        for name, paths in by_name.items()
    )


def template_files(workspace: Path | None) -> list[Path]:
    """The files of the templates folder that are templates or were meant as such."""
    folder = workspace / FOLDER if workspace else None
    if folder is None or not folder.is_dir():
        return []
    known = (*KINDS, *_OLD, *_MACROS)
    return sorted(
        path for path in folder.iterdir()
        if path.suffix.lower() in known and not path.name.startswith(_LOCK)
    )  # fmt: skip


def _write(
    name: str, paths: list[Path], context: ReportContext, out_dir: Path, force: bool
) -> list[Row]:
    if len(paths) > 1:
        listed = ", ".join(path.name for path in paths)
        raise UsageError("template_twice", form=name, files=listed)
    data = read_template(paths[0], context.lang)
    title = file_title(name, context.lang) if _is_built_in(name) else name
    return write_filled(data, paths[0], name, title, context, out_dir, force)


def write_filled(
    data: bytes,
    file: Path,
    form: str,
    title: str,
    context: ReportContext,
    out_dir: Path,
    force: bool,
) -> list[Row]:
    """Fill a template and write the document.

    Raises:
        UsageError: The template cannot be filled, or the file not be written; see `atomic_path`.
    """
    filled = fill(data, file, context)
    path = out_dir / file_name(context, title, file.suffix.lower())
    with atomic_path(path, force) as part:
        part.write_bytes(filled)
    return [{"file": str(path), "unit": context.unit.code, "form": form}]


def fill(data: bytes, file: Path, context: ReportContext) -> bytes:
    """Fill a template of either kind."""
    # Each kind brings its own library, which the other does not need.
    if file.suffix.lower() == ".docx":
        from ctk.report.own.word import fill_word  # noqa: PLC0415

        return fill_word(data, file, context)
    from ctk.report.own.spreadsheet import fill_spreadsheet  # noqa: PLC0415

    return fill_spreadsheet(data, file, context)


def read_template(path: Path, lang: str) -> bytes:
    """Read a template's file.

    Raises:
        UsageError: `template_old`, `template_macros` or `template_broken`.
    """
    suffix = path.suffix.lower()
    if suffix in _OLD:
        raise UsageError("template_old", file=path.name, suffix=suffix)
    if suffix in _MACROS:
        raise UsageError("template_macros", file=path.name)
    try:
        data = read_bytes(path)
        check_archive(data)
    except UnreadableError as error:
        reason = error.title(lang).rstrip(".")
        raise UsageError("template_broken", file=path.name, reason=reason) from error
    return data


def _built_in() -> Traversable:
    return files("ctk").joinpath("templates", "own")


def file_title(form: str, lang: str) -> str:
    """What a document made from a built-in template, or from a copy of it, is called."""
    return message(f"own.file.{form}", lang)


def _is_built_in(form: str) -> bool:
    return _built_in().joinpath(f"{form}.docx").is_file()


def built_in_template(form: str) -> bytes:
    """The template of a built-in document.

    Raises:
        UsageError: `not_a_template`: the document is not made from one.
    """
    if not _is_built_in(form):
        known = ", ".join(sorted(each.name.removesuffix(".docx") for each in _built_in().iterdir()))
        raise UsageError("not_a_template", form=form, known=known)
    return _built_in().joinpath(f"{form}.docx").read_bytes()
