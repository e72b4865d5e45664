"""Fills one cell at a time: a number stays a number, a text stays a text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from jinja2 import ChainableUndefined
from jinja2.exceptions import TemplateError, TemplateSyntaxError

from ctk.errors import UsageError
from ctk.messages import message
from ctk.report.own.figures import Absent, Number, is_number
from ctk.report.own.rows import EMPTY
from ctk.report.own.sandbox import fault_of
from ctk.report.own.tags import only_expression, typed_plainly
from ctk.text.numbers import round_half_up
from ctk.workbook.addresses import a1
from ctk.workbook.annotate.markup import MAX_TEXT

if TYPE_CHECKING:
    from ctk.report.own.problems import Problems
    from ctk.report.own.sandbox import Environment
    from ctk.workbook.fill import CellText, Value

_PLAIN_DECIMALS = 2
_FAILURES = (TemplateError, TypeError, ValueError, ArithmeticError, RecursionError)


class CellFiller:
    """Fills cells with what the names of a report stand for.

    Args:
        environment: The names.
        problems: Where faults are told.
        lang: Language of places.
    """

    def __init__(self, environment: Environment, problems: Problems, lang: str) -> None:
        self._environment = environment
        self._problems = problems
        self._lang = lang
        self._compiled: dict[tuple[str, bool, frozenset[str]], Callable[..., Any] | None] = {}
        self.sheet = ""

    def tell(self, row: int, col: int, code: str, found: str) -> None:
        """Tell a fault of a cell of the sheet."""
        self._at(self.sheet, a1(row, col))
        self._problems.add(code, found)

    def _at(self, sheet: str, cell: str) -> None:
        self._problems.place = message("own.place.cell", self._lang, sheet=sheet, cell=cell)

    def items(self, source: str, scope: Mapping[str, Any], sheet: str, cell: str) -> list[Any]:
        """What a loop over rows goes through."""
        self._at(sheet, cell)
        found = self._evaluated(source, scope, expression=True)
        if isinstance(found, ChainableUndefined | Absent) or found is None:
            return []
        try:
            return list(self._environment.bounded(found))
        except TypeError:
            self._problems.add("not_a_list", source)
            return []

    def value(self, cell: CellText, scope: Mapping[str, Any], sheet: str, at: str) -> Value:
        """What becomes of a cell."""
        self._at(sheet, at)
        if EMPTY in scope:
            return None
        if len(cell.runs) > 1 and (runs := self._runs(cell, scope)) is not None:
            return runs
        text = typed_plainly(cell.text)
        source = only_expression(text)
        if source is None:
            return self._fitting(self._evaluated(text, scope, expression=False))
        found = self._evaluated(source, scope, expression=True)
        if isinstance(found, Absent):
            return str(found) if found.withheld else None
        if is_number(found):
            return _number(found, cell)
        return self._fitting(self._environment.say(found)) or None

    def _runs(self, cell: CellText, scope: Mapping[str, Any]) -> tuple[str, ...] | None:
        """Fill the parts of a text one by one, if each holds its placeholders whole."""
        texts = [typed_plainly(run) for run in cell.runs]
        if any(text.count("{{") != text.count("}}") or "{%" in text for text in texts):
            return None
        if only_expression("".join(texts)) is not None:
            return None
        return tuple(str(self._evaluated(text, scope, expression=False) or "") for text in texts)

    def _fitting(self, text: Any) -> str:  # noqa: ANN401
        if len(str(text or "")) > MAX_TEXT:
            self._problems.add("too_long", "", known=str(MAX_TEXT))
        return str(text or "")

    def _evaluated(self, source: str, scope: Mapping[str, Any], *, expression: bool) -> Any:  # noqa: ANN401
        key = source, expression, frozenset(scope)
        if key not in self._compiled:
            self._compiled[key] = self._compile(*key)
        function = self._compiled[key]
        if function is None:
            return None
        try:
            return function(**scope)
        except UsageError:
            raise
        except _FAILURES as error:
            self._problems.add("failed", error)
            return None

    def _compile(
        self, source: str, expression: bool, names: frozenset[str]
    ) -> Callable[..., Any] | None:
        self._environment.scope = set(names)
        try:
            if expression:
                return self._environment.expression(source)
            return self._environment.from_string(source).render
        except TemplateSyntaxError as error:
            self._problems.add(*fault_of(error))
        except RecursionError:
            self._problems.add("syntax", source)
        return None


def _number(value: float, cell: CellText) -> float:
    """A figure as the cell's own format can show it right."""
    if cell.percent:
        # 45.6 per cent is 0.456 in a cell that shows per cent.
        return float(value) / 100 if isinstance(value, Number) and value.percent else float(value)
    if cell.general and isinstance(value, float):
        decimals = value.decimals if isinstance(value, Number) else _PLAIN_DECIMALS
        return round_half_up(value, decimals)
    return float(value)
