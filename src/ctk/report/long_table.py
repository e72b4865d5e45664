"""All figures one below the other, as an Excel table to filter; nothing in it is rounded."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import count as count_from

from pandas import DataFrame

from ctk.errors import UsageError
from ctk.indicators import Catalogue
from ctk.messages import message
from ctk.model import Unit
from ctk.report.book import Book
from ctk.report.figures import WITHHELD, State, columns, make_figure
from ctk.report.lines import unit_label
from ctk.report.page import Page, print_setup

_TEXTS = ("unit", "unit_name", "period", "id", "label", "kind", "measure_unit")
_SLICE = ("sex", "age", "ethnicity", "area")
_EXACT = ("value", "partial")
_NUMBERS = (*_EXACT, "numerator", "denominator", "reported", "expected")
_COLUMNS = (*_TEXTS, *_SLICE, *_NUMBERS, "state")
_WIDTHS = (10, 22, 10, 12, 60, 16, 16, 10, 17, 16, 12, 13, 13, 12, 12, 11, 11, 15)
_HEADER_HEIGHT = 30
_ROW_LIMIT = 1_048_576


def write_long_table(
    book: Book, values: DataFrame, elements: DataFrame, units: Sequence[Unit], catalogue: Catalogue
) -> None:
    """Write the sheet of all measures, then all elements.

    Raises:
        UsageError: `too_many_rows`.
    """
    rows = len(values) + len(elements)
    if rows >= _ROW_LIMIT:
        raise UsageError("too_many_rows", rows=rows, limit=_ROW_LIMIT)
    page = book.page(message("report.sheet.data", book.lang), _WIDTHS)
    names = _Names(units, catalogue, book.lang)
    rates = {measure.id for measure in catalogue.measures if not measure.is_count}
    page.row = 1
    for frame, id_column in ((values, "measure"), (elements, "element")):
        _write_rows(page, _in_words(frame.rename(columns={id_column: "id"}), names), rates)
    header = {"header_format": page.styles("header")}
    titles = [header | {"header": message(f"report.data.{name}", book.lang)} for name in _COLUMNS]
    look = {"columns": titles, "style": "Table Style Light 9"}
    page.sheet.add_table(0, 0, max(rows, 1), len(_COLUMNS) - 1, look)
    page.sheet.set_row(0, _HEADER_HEIGHT)
    page.sheet.freeze_panes(1, 0)
    page.sheet.ignore_errors({"number_stored_as_text": f"A1:A{rows + 1}"})
    print_setup(page, book.footer, "A3", (0, 0))


class _Names:
    """What the codes of the frames mean, in words."""

    def __init__(self, units: Sequence[Unit], catalogue: Catalogue, lang: str) -> None:
        self.units = {unit.code: unit.full_name for unit in units}
        self.figures = dict(_described(catalogue, lang))
        self.states = {state: message(f"report.states.{state}", lang) for state in State}
        whole = message("report.slice.all", lang)
        self.slices = {name: {"T": whole} for name in _SLICE}
        for column in columns(catalogue, lang):
            for name, code in zip(_SLICE, column.slice, strict=True):
                self.slices[name].setdefault(code, column.title)


def _described(catalogue: Catalogue, lang: str) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Label, kind and unit of measurement of every measure and element."""
    for measure in catalogue.measures:
        indicator = catalogue.indicator(measure.indicator)
        named = len(indicator.measures) > 1 and (lang == "vi" or measure.label_en)
        label = measure.label(lang) if named else indicator.name(lang)
        kind = message(f"report.kinds.{'count' if measure.is_count else 'rate'}", lang)
        yield measure.id, (label, kind, unit_label(measure.unit, lang))
    collected = message("report.kinds.element", lang)
    for element in catalogue.elements:
        yield element.id, (element.name(lang), collected, unit_label(element.unit, lang))


def _in_words(frame: DataFrame, names: _Names) -> DataFrame:
    """Give the table's columns: codes with their names, the state in words."""
    table = frame.reindex(columns=list(_COLUMNS))
    table["value"] = frame["value"].where(frame["reported"].eq(frame["expected"]))
    table["unit_name"] = [names.units.get(code, "") for code in frame["unit"]]
    for position, name in enumerate(("label", "kind", "measure_unit")):
        table[name] = [names.figures[id_][position] for id_ in frame["id"]]
    for name in _SLICE:
        table[name] = [names.slices[name][code] for code in frame[name]]
    told = ["value", "partial", "reported", "expected", *([WITHHELD] if WITHHELD in frame else [])]
    counts = (frame[name].tolist() for name in told)
    figures = (make_figure(*each) for each in zip(*counts, strict=True))
    table["state"] = [names.states[figure.state] for figure in figures]
    return table


def _write_rows(page: Page, table: DataFrame, rates: Collection[str]) -> None:
    """Write texts as texts and numbers as numbers; what has no value stays empty."""
    plain, count, rate = (page.styles(name) for name in ("plain", "count", "rate"))
    looks = [rate if id_ in rates else count for id_ in table["id"]]
    for col, name in enumerate(_COLUMNS):
        cells = zip(count_from(page.row), table[name].tolist(), looks, strict=False)
        if name not in _NUMBERS:
            for row, text, _ in cells:
                page.sheet.write_string(row, col, text, plain)
            continue
        for row, number, look in cells:
            if number == number:
                page.sheet.write_number(row, col, number, look if name in _EXACT else count)
    page.row += len(table)
