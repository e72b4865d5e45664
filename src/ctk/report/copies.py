"""Internal and public copies: what tells them apart in file names, heads and properties."""

from __future__ import annotations

from pathlib import Path

from ctk.messages import message
from ctk.report.context import ReportContext


def file_name(context: ReportContext, title: str, suffix: str = ".xlsx") -> str:
    """Name of a file: unit, period, title of the document, and the mark of a public copy."""
    unit, key = context.unit, "public" if context.public else "internal"
    parts = {"code": unit.code, "name": unit.name, "period": str(context.period), "title": title}
    return message(f"report.file.{key}", context.lang, **parts) + suffix


def public_path(path: Path, lang: str) -> Path:
    """A name that the user chose, with the mark of a public copy unless it has it already."""
    mark = message("report.copy.mark", lang)
    return path if mark in path.stem else path.with_name(f"{path.stem} {mark}{path.suffix}")


def copy_status(context: ReportContext) -> str:
    """Whether the copy is for the office itself or may be published; for heads and properties."""
    return message(f"report.copy.{'public' if context.public else 'internal'}", context.lang)
