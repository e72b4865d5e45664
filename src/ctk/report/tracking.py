"""The sheet "Theo dõi nộp báo cáo": who has reported and who has not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from ctk.messages import message
from ctk.model import Unit
from ctk.periods import Period
from ctk.regimes.due import Due
from ctk.regimes.tracking import Standing, Summary, Track, summarise
from ctk.regimes.types import Regime
from ctk.report.heading import footer_text
from ctk.report.page import Page, new_page, print_setup
from ctk.report.templates import table
from ctk.report.wording import period_title, said_day
from ctk.settings import Office
from ctk.text.numbers import format_vi
from ctk.workbook.writing import Styles, atomic_path, new_workbook

_COLUMNS = {"number": 6, "unit_code": 10, "name": 30, "state": 16, "received_on": 13,
            "on_time": 10, "days_late": 10, "errors": 8, "warnings": 10, "wrong": 60}  # fmt: skip
_CENTRED = ("number", "unit_code", "state", "received_on", "on_time", "days_late", "errors",
            "warnings")  # fmt: skip
_NUMBERS = ("days_late", "errors", "warnings")
_LOOKS = {Standing.NOT_YET: "missing", Standing.REFUSED: "incomplete"}
_SHOWN = 5


@dataclass(frozen=True)
class Tracking:
    """Where the reporters of a unit stand on a day.

    Args:
        unit: The unit whose office collects.
        period: The period.
        at: The day.
        regime: The regime; None: none is chosen.
        due: The deadline; None: none is known.
        tracks: The units that report.
        agencies: The agencies that report.
        office: Names of the office.
    """

    unit: Unit
    period: Period
    at: date
    regime: Regime | None
    due: Due | None
    tracks: tuple[Track, ...]
    agencies: tuple[Track, ...]
    office: Office

    @cached_property
    def summary(self) -> Summary:
        """The tracking numbers of the units."""
        return summarise(self.tracks, self.due)

    @property
    def covered(self) -> tuple[date, date]:
        """First and last day that the period's figures are about."""
        return self.period.days(self.regime.coverage) if self.regime else self.period.days()


def write_tracking_book(path: Path, tracking: Tracking, lang: str, *, force: bool = False) -> Path:
    """Write the sheet to an Excel file.

    Raises:
        UsageError: `file_exists` or `cannot_write`.
    """
    title = message("status.sheet.title", lang)
    with atomic_path(path, force) as part:
        workbook = new_workbook(part, title)
        styles = Styles(workbook, table("styles"))
        name = message("status.sheet.name", lang)
        page = new_page(workbook, styles, name, tuple(_COLUMNS.values()))
        _head(page, tracking, title, lang)
        header = page.row
        _titles(page, lang)
        _rows(page, tracking.tracks, lang)
        if tracking.agencies:
            page.merged(0, len(_COLUMNS) - 1, message("status.sheet.agencies", lang), "subtitle")
            page.end_row()
            _rows(page, tracking.agencies, lang)
        page.sheet.freeze_panes(header + 1, 3)
        page.sheet.ignore_errors({"number_stored_as_text": f"A1:B{page.row + 1}"})
        footer = footer_text(f"{title} - {tracking.unit.full_name}", lang)
        print_setup(page, footer, "A4", (header, header))
        workbook.close()
    return path


def summary_lines(tracking: Tracking, lang: str) -> list[str]:
    """Period, deadline and tracking numbers, in sentences."""
    first, last = (said_day(day, lang) for day in tracking.covered)
    regime = tracking.regime
    sure = "said" if regime and regime.covers else "assumed"
    return [
        message("status.line.unit", lang, unit=tracking.unit.full_name,
                period=period_title(tracking.period, lang)),
        message(f"status.line.covers_{sure}", lang, first=first, last=last),
        _deadline_line(tracking, lang),
        message("status.line.numbers", lang, **_numbers(tracking.summary, lang)),
    ]  # fmt: skip


def said_share(share: float | None, lang: str) -> str:
    """A share in per cent with one decimal."""
    if share is None:
        return "–"
    text = f"{format_vi(share * 100, 1)} %"
    return text if lang == "vi" else text.replace(",", ".")


def _deadline_line(tracking: Tracking, lang: str) -> str:
    limit, at = tracking.due, said_day(tracking.at, lang)
    if limit is None:
        return message("status.line.no_deadline", lang, at=at)
    left = (limit.last_day - tracking.at).days
    key = "left" if left > 0 else "today" if left == 0 else "over"
    standing = message(f"status.line.{key}", lang, days=abs(left))
    last = said_day(limit.last_day, lang)
    return message("status.line.deadline", lang, words=limit.words, last=last, at=at, left=standing)


def _numbers(summary: Summary, lang: str) -> dict[str, object]:
    on_time = "–" if summary.on_time is None else summary.on_time
    return {
        "expected": summary.expected,
        "received": summary.received,
        "rate": said_share(summary.rate, lang),
        "on_time": on_time,
        "on_time_rate": said_share(summary.on_time_rate, lang),
        "non_empty": summary.non_empty,
        "accepted": summary.accepted,
        "not_yet": summary.not_yet,
    }


def _head(page: Page, tracking: Tracking, title: str, lang: str) -> None:
    last = len(_COLUMNS) - 1
    page.merged(0, last, title.upper(), "title")
    page.end_row()
    for line in summary_lines(tracking, lang):
        page.merged(0, last, line, "line")
        page.end_row()
    page.end_row()


def _titles(page: Page, lang: str) -> None:
    for col, name in enumerate(_COLUMNS):
        page.text(col, message(f"status.column.{name}", lang), "header")
    page.end_row()


def _rows(page: Page, tracks: tuple[Track, ...], lang: str) -> None:
    for number, each in enumerate(tracks, 1):
        values = cells(each, lang) | {"number": str(number)}
        look = _LOOKS.get(each.standing)
        for col, name in enumerate(_COLUMNS):
            styles = ["cell", *(["center"] if name in _CENTRED else [])]
            if look and name == "state":
                styles.append(look)
            value = values[name]
            if name in _NUMBERS and value is not None:
                page.sheet.write_number(page.row, col, int(value), page.styles(*styles))
            else:
                page.text(col, str(value or ""), *styles)
        page.end_row()


def cells(each: Track, lang: str) -> dict[str, str | int | None]:
    """One reporter's row of the table, in words."""
    newest = each.newest
    return {
        "unit_code": each.who.unit,
        "name": each.who.name,
        "state": message(f"status.state.{each.standing.value}", lang),
        "received_on": said_day(each.received_on, lang) if each.received_on else "",
        "on_time": "" if each.on_time is None else message(
            f"status.on_time.{'yes' if each.on_time else 'no'}", lang),
        "days_late": each.days_late or None,
        "errors": newest.errors if newest else None,
        "warnings": newest.warnings if newest else None,
        "wrong": wrong_text(each, lang),
    }  # fmt: skip


def wrong_text(each: Track, lang: str) -> str:
    """What is wrong with the newest submission, the first few sentences."""
    if each.newest is None:
        return ""
    said = [message("status.empty", lang)] if each.newest.empty else []
    said += each.newest.findings[:_SHOWN]
    more = len(each.newest.findings) - _SHOWN
    return "\n".join([*said, *([message("status.more", lang, count=more)] if more > 0 else [])])
