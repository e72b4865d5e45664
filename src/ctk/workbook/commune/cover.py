"""Writes the cover sheet: who reports, for which period, how to fill in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ctk.messages import message
from ctk.model import Level
from ctk.workbook.commune import grid
from ctk.workbook.commune.page import protect, set_up_page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ctk.model import Unit
    from ctk.periods import Coverage, Period
    from ctk.workbook.commune.plan import FormPlan
    from ctk.workbook.writing import Styles, Worksheet

SHEET = "Bìa"
KINDS = ("Thực tế", "Ước tính")
STATUSES = ("Sơ bộ", "Chính thức")
MAKER_LABEL = "Người lập biểu"
PHONE_LABEL = "Điện thoại"

_WIDTHS = (26, 40, 84)
_SIGNS = ("number", "none", "not_collected", "not_applicable", "blank")
_RULES = ("identities", "cells", "totals", "box", "rates", "width")
_LATE = timedelta(days=92)


class CoverWriter:
    """Writes the cover of one commune from the top down."""

    def __init__(self, sheet: Worksheet, plan: FormPlan, style: Styles) -> None:
        self.sheet = sheet
        self.plan = plan
        self.style = style
        self.row = 0
        self.first_input = 0

    def write(self, unit: Unit, above: Sequence[Unit], footer: str) -> None:
        """Write the whole sheet."""
        for col, width in enumerate(_WIDTHS):
            self.sheet.set_column(col, col, width)
        self._title()
        self._prefilled(unit, above)
        self._inputs()
        self._signs()
        self._rules()
        self._contents()
        self.sheet.set_selection(self.first_input, 1, self.first_input, 1)
        set_up_page(self.sheet, footer, (self.row - 1, len(_WIDTHS) - 1), one_page=True)
        protect(self.sheet)

    def _say(self, key: str, **params: object) -> str:
        return message(f"workbook.cover.{key}", self.plan.lang, **params)

    def _title(self) -> None:
        for text, look, height in (
            (message("workbook.title", "vi").upper(), ("text", "title"), 24),
            (message("workbook.law", self.plan.lang), ("text", "italic", "center"), 18),
        ):
            self.sheet.set_row(self.row, height)
            self.sheet.merge_range(self.row, 0, self.row, 2, text, self.style(*look))
            self.row += 1
        self.row += 1

    def _prefilled(self, unit: Unit, above: Sequence[Unit]) -> None:
        labels = self.plan.layout.cover
        period = self.plan.period
        pairs = [
            (labels["stamp"], self.plan.stamp, self._say("stamp_note")),
            (labels["unit_code"], unit.code, self._say("prefilled_note")),
            (labels["unit_name"], unit.full_name, ""),
            *((self._level(parent), parent.full_name, "") for parent in above),
            (
                labels["period"],
                str(period),
                period_line(period, self.plan.lang, self.plan.coverage),
            ),
        ]
        for label, value, note in pairs:
            self._pair(label, note)
            look = self.style("text", "border", "bold", "indent", "plain_text")
            self.sheet.write_string(self.row - 1, 1, value, look)

    def _level(self, unit: Unit) -> str:
        return message(f"workbook.cover.level_{unit.level.value}", "vi")

    def _pair(self, label: str, note: str) -> None:
        self.sheet.set_row(self.row, grid.height(grid.lines(note, _WIDTHS[2], small=True)))
        self.sheet.write_string(self.row, 0, label, self.style("text", "band"))
        if note:
            look = self.style("small", "italic", "wrap", "indent")
            self.sheet.write_string(self.row, 2, note, look)
        self.row += 1

    def _inputs(self) -> None:
        labels = self.plan.layout.cover
        self.first_input = self.row
        for label, key, look in (
            (labels["cut_off"], "cut_off", "date"),
            (labels["kind"], "kind", "left"),
            (labels["status"], "status", "left"),
            (MAKER_LABEL, "maker", "plain_text"),
            (PHONE_LABEL, "phone", "plain_text"),
        ):
            self._pair(label, self._say(f"{key}_note"))
            style = self.style("text", "border", "indent", "open", look)
            self.sheet.write_blank(self.row - 1, 1, None, style)
            self._rule(key, self.row - 1)
        self.row += 1

    def _rule(self, key: str, row: int) -> None:
        choices = {"kind": KINDS, "status": STATUSES}.get(key)
        if choices:
            options = {"validate": "list", "source": list(choices)}
            options["error_message"] = self._say("choose_error")
            self.sheet.data_validation(row, 1, row, 1, options)
        elif key == "cut_off":
            self.sheet.data_validation(row, 1, row, 1, self._date_rule())

    def _date_rule(self) -> dict[str, object]:
        """A day of the period or soon after; the clerk may insist on another one."""
        first, last = self.plan.period.days(self.plan.coverage)
        last += _LATE
        error = self._say("cut_off_error", first=_day(first), last=_day(last))
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": first,
            "maximum": last,
            "error_type": "warning",
            "error_message": error,
        }

    def _heading(self, key: str) -> None:
        self.sheet.set_row(self.row, 20)
        text = self._say(key)
        self.sheet.merge_range(self.row, 0, self.row, 2, text, self.style("text", "bold"))
        self.row += 1

    def _signs(self) -> None:
        self._heading("signs_title")
        for key in _SIGNS:
            meaning = self._say(f"sign_{key}_means")
            look = self.style("text", "border", "wrap", "indent")
            count = grid.lines(meaning, _WIDTHS[1] + _WIDTHS[2])
            self.sheet.set_row(self.row, grid.height(count))
            sign = self.style("text", "header")
            self.sheet.write_string(self.row, 0, self._say(f"sign_{key}"), sign)
            self.sheet.merge_range(self.row, 1, self.row, 2, meaning, look)
            self.row += 1
        self.row += 1

    def _rules(self) -> None:
        self._heading("rules_title")
        for number, key in enumerate(_RULES, 1):
            text = f"{number}. {self._say(f'rule_{key}')}"
            names = ("text", "wrap", "bold") if key == "identities" else ("text", "wrap")
            count = grid.lines(text, sum(_WIDTHS), bold=key == "identities")
            self.sheet.set_row(self.row, grid.height(count))
            self.sheet.merge_range(self.row, 0, self.row, 2, text, self.style(*names))
            self.row += 1
        self.row += 1

    def _contents(self) -> None:
        self._heading("contents_title")
        for data in self.plan.sheets:
            self.sheet.set_row(self.row, grid.height(1))
            target = f"internal:'{data.name}'!A1"
            link = self.style("text", "border", "link")
            self.sheet.write_url(self.row, 0, target, link, data.name)
            count = self._say("rows", count=len(data.elements))
            text = f"{data.title} ({count})"
            look = self.style("text", "border", "indent")
            self.sheet.merge_range(self.row, 1, self.row, 2, text, look)
            self.row += 1


def period_line(period: Period, lang: str, coverage: Coverage) -> str:
    """Say a period in words: "6 tháng đầu năm 2022 (01/01/2022 – 30/06/2022)"."""
    name = message(f"workbook.period.m{period.months}", lang, year=period.year)
    first, last = period.days(coverage)
    return f"{name} ({_day(first)} – {_day(last)})"


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def units_above(parents: Sequence[Unit]) -> tuple[Unit, ...]:
    """Put the units above a commune in order, the nearest first; the country is left out."""
    order = (Level.DISTRICT, Level.PROVINCE)
    return tuple(parent for level in order for parent in parents if parent.level is level)
