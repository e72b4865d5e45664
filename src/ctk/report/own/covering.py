"""The covering report in Word, made from a built-in template in the same way as an office's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ctk.report.own.library import built_in_template, file_title, write_filled

if TYPE_CHECKING:
    from ctk.report.context import ReportContext
    from ctk.report.documents import Row


def write_covering(
    context: ReportContext, out_dir: Path, form: str, *, force: bool = False
) -> list[Row]:
    """Write a covering report, in Vietnamese whatever the language: its template is.

    Args:
        context: The report.
        out_dir: Folder to write to; made if it is not there.
        form: Which of the built-in templates.
        force: Whether a file that is already there may be replaced.

    Raises:
        UsageError: `file_exists` or `cannot_write`.
    """
    context = replace(context, lang="vi")
    title = file_title(form, context.lang)
    file = Path(f"{form}.docx")
    return write_filled(built_in_template(form), file, form, title, context, out_dir, force)
