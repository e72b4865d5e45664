"""The page of `ctk validate --html`: where it may be written, and what stands in it."""

from __future__ import annotations

from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctk.errors import UsageError
from ctk.report.findings_page import PageSource, write_page
from ctk.workbook.opening import identity
from ctk.workbook.writing import refuse_existing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ctk.commands.loading import Request
    from ctk.frame import Batch
    from ctk.validate.check import Checked

_ENDINGS = (".html", ".htm")


def check_place(page: Path, inputs: Iterable[str | Path], *, force: bool) -> None:
    """Refuse, before anything is read, to write a page over a commune's file.

    Raises:
        UsageError: `not_html`; `file_exists`; `page_is_input`, whatever `force` says.
    """
    if page.suffix.lower() not in _ENDINGS:
        raise UsageError("not_html", path=page)
    refuse_existing(page, force)
    if (known := identity(page)) and known in {identity(Path(each)) for each in inputs}:
        raise UsageError("page_is_input", path=page)


def write(
    path: Path,
    request: Request,
    batch: Batch,
    checked: Checked,
    data: Mapping[str, Any],
    *,
    force: bool,
) -> None:
    """Write the page.

    Args:
        path: The file.
        request: Gives the language and the office.
        batch: The files as read.
        checked: What was found.
        data: `files` and `standing` of the command's result.
        force: Whether the file may replace one that is there.

    Raises:
        UsageError: It cannot be written.
    """
    source = PageSource(
        files=data["files"],
        findings=checked.findings,
        names={s.file: s.unit.full_name for s in batch.submissions if s.unit},
        sheets={s.file: s.sheets for s in batch.submissions},
        standing=data["standing"],
        rule_sets=checked.versions,
        tested=checked.tested,
        untested=checked.untested,
        made=datetime.now().astimezone(),
        version=version("ctk-circular13"),
        office=request.settings.office,
        lang=request.lang,
    )
    write_page(path, source, force=force)
