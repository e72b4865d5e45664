"""The table of targets as an Excel file to sign: one sheet a document."""

from __future__ import annotations

from pathlib import Path

from ctk.messages import message
from ctk.report.context import ReportContext
from ctk.report.copies import copy_status, file_name
from ctk.report.heading import footer_text, write_heading, write_signatures
from ctk.report.lines import Line
from ctk.report.page import Page, new_page, print_setup, write_footnotes
from ctk.report.targets.judge import Standing, by_set, judge
from ctk.report.targets.wording import TargetLine, decimals_of, line_of, set_notes
from ctk.report.templates import table
from ctk.report.wording import period_title
from ctk.targets.types import TargetSet
from ctk.workbook.writing import Styles, Workbook, atomic_path, new_workbook

DOCUMENT = "TARGETS"
_COLUMNS = ("no", "text", "target", "year", "actual", "standing", "gap", "coverage", "note")
_CENTRED = {"no", "year", "standing", "coverage"}
_LOOKS = {Standing.MISSED: "missing", Standing.INCOMPLETE: "incomplete"}
_NAME_LENGTH = 31


def write_targets(
    context: ReportContext, out_dir: Path, *, force: bool = False
) -> list[dict[str, str]]:
    """Write the targets that apply, judged, and give the files of the JSON contract.

    Without targets nothing is written.

    Raises:
        UsageError: `file_exists`, `cannot_write`, or a file of the office that is wrong.
    """
    name = file_name(context, message(f"report.document.{DOCUMENT}", context.lang))
    return write_target_book(context, out_dir / name, force=force)


def write_target_book(
    context: ReportContext, path: Path, *, force: bool = False
) -> list[dict[str, str]]:
    """Write them to a file of this name; see `write_targets`."""
    judged = [
        (set_, [line_of(row, context) for row in rows]) for set_, rows in by_set(judge(context))
    ]
    if not judged:
        return []
    title = f"{context.unit.full_name} - {period_title(context.period, context.lang)}"
    with atomic_path(path, force) as part:
        workbook = new_workbook(part, title, message("targets.title", context.lang),
                                copy_status(context))  # fmt: skip
        styles = Styles(workbook, table("styles"))
        for set_, lines in judged:
            _write_sheet(workbook, styles, context, set_, lines)
        workbook.close()
    return [{"file": str(path), "unit": context.unit.code, "form": DOCUMENT}]


def _write_sheet(
    workbook: Workbook,
    styles: Styles,
    context: ReportContext,
    set_: TargetSet,
    lines: list[TargetLine],
) -> None:
    sizes = table("sheets")["targets"]
    page = new_page(workbook, styles, _sheet_name(workbook, set_), [sizes[c] for c in _COLUMNS])
    last, lang = len(_COLUMNS) - 1, context.lang
    title = set_.name(lang)
    write_heading(context, page, "", title, last)
    page.end_row()
    header = page.row
    for col, name in enumerate(_COLUMNS):
        page.text(col, message(f"targets.column.{name}", lang), "header")
    page.end_row()
    for line in lines:
        _write_line(page, context, line)
    page.sheet.freeze_panes(header + 1, 2)
    said = [message("targets.source", lang, source=set_.source)] if set_.source else []
    said += set_notes(set_, context)
    write_footnotes(page, (("footnote", f"{note}.") for note in said), last)
    write_signatures(page, context, last)
    page.sheet.ignore_errors({"number_stored_as_text": f"A1:D{page.row + 1}"})
    footer = f"{title} - {copy_status(context)}" if context.public else title
    print_setup(page, footer_text(footer, lang), sizes["paper"], (header, header))


def _write_line(page: Page, context: ReportContext, line: TargetLine) -> None:
    for col, name in enumerate(_COLUMNS):
        styles = ["cell", *(["center"] if name in _CENTRED else [])]
        if name == "actual":
            _write_actual(page, col, context, line)
            continue
        look = _LOOKS.get(line.judged.standing)
        if look and name == "standing":
            styles.append(look)
        page.text(col, getattr(line, name), *styles)
    page.end_row()


def _write_actual(page: Page, col: int, context: ReportContext, line: TargetLine) -> None:
    """The figure as a number; whether the office typed it stands in the note."""
    target = line.judged.due.target
    slice_ = target.slice
    rate = decimals_of(target) > 0
    printed = Line("measure", "", target.no, line.text, target.unit, target.measure, is_rate=rate)
    page.figure(col, line.judged.figure, printed, of=(context.unit.code, slice_))


def _sheet_name(workbook: Workbook, set_: TargetSet) -> str:
    """The set's id as far as Excel takes it, and told apart from those before it."""
    taken = {sheet.get_name().lower() for sheet in workbook.worksheets()}
    name, number = set_.id[:_NAME_LENGTH], 1
    while name.lower() in taken:
        number += 1
        end = f"-{number}"
        name = set_.id[: _NAME_LENGTH - len(end)] + end
    return name
