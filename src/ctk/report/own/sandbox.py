"""Jinja2 as far as an office's template needs it: no files, no Python objects, no endless loops."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from inspect import signature
from typing import TYPE_CHECKING, Any

from jinja2 import ChainableUndefined, nodes
from jinja2.environment import Template
from jinja2.exceptions import (
    SecurityError,
    TemplateError,
    TemplateRuntimeError,
    TemplateSyntaxError,
)
from jinja2.meta import find_undeclared_variables
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment

from ctk.errors import UsageError
from ctk.report.own.figures import Absent, is_number, number_text
from ctk.report.own.things import Thing
from ctk.report.templates import DOTS
from ctk.text.numbers import round_half_up

if TYPE_CHECKING:
    from ctk.report.own.problems import Problems

MAX_STEPS = 500_000
"""Turns of all loops and calls of functions in one document."""

MAX_CHARACTERS = 50_000_000
MAX_SECONDS = 60

_BOUNDED = "_bounded"
_REFUSED = "not allowed: "
_TESTS = ("even", "odd", "divisibleby", "in", "eq", "ne", "lt", "le", "gt", "ge")
_LOOP = {"index", "index0", "revindex", "revindex0", "first", "last", "length"}
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.CondExpr,
    nodes.Name, nodes.Const, nodes.Getattr, nodes.Call, nodes.Keyword, nodes.Filter, nodes.Test,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Neg, nodes.Pos,
    nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.Concat, nodes.Tuple, nodes.List,
)  # fmt: skip


class Environment(SandboxedEnvironment):
    """An environment for one document.

    Args:
        names: What the template may name.
        problems: Where faults are told.
        lang: Language of signs.
        check: Tells a fault if an id is none.
        of_figures: Functions whose first argument is an id.
        clean: Takes out of a text what its document cannot hold.
    """

    intercepted_binops = frozenset({"+", "-", "*", "/"})

    def __init__(
        self,
        names: Mapping[str, Any],
        problems: Problems,
        lang: str,
        check: Callable[[object], object] = str,
        of_figures: Collection[str] = (),
        clean: Callable[[str], str] = str,
    ) -> None:
        # What a text holds is made safe for its document where it is put in.
        super().__init__(undefined=_undefined(problems), autoescape=False, finalize=self.say)
        self.problems = problems
        self.lang = lang
        self.scope: set[str] = set()
        self._check_id, self._of_figures, self._clean = check, of_figures, clean
        self.template_class = _Bounded
        self._steps, self._until = 0, time.monotonic() + MAX_SECONDS
        named = {name: self._guarded(name, each) for name, each in names.items()}
        self.globals.clear()
        self.globals.update(named)
        self.tests = {name: self.tests[name] for name in _TESTS}
        self.filters = {
            "round": self._round,
            "if_absent": if_absent,
            "dots": dots,
            "upper": lambda text: str(text).upper(),
            "lower": lambda text: str(text).lower(),
            "lower_first": lambda text: str(text)[:1].lower() + str(text)[1:],
            "length": len,
            "join": lambda items, separator=", ": str(separator).join(map(str, items)),
            _BOUNDED: self.bounded,
        }

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        self._check(tree)
        return tree

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        for loop in list(source.find_all(nodes.For)):
            items, none = loop.iter, None
            loop.iter = nodes.Filter(items, _BOUNDED, [], [], none, none, lineno=loop.lineno)
        for call in source.find_all(nodes.Call):
            self._name_unit(call)
        return super()._generate(source, name, filename, defer_init)

    def _name_unit(self, call: nodes.Call) -> None:
        """Let a figure be that of the row's unit: nobody has to say so, nobody can forget it."""
        if not isinstance(call.node, nodes.Name) or call.node.name not in self._of_figures:
            return
        if len(call.args) < 2 and all(each.key != "unit" for each in call.kwargs):
            unit = nodes.Name("unit", "load", lineno=call.lineno)
            call.kwargs.append(nodes.Keyword("unit", unit, lineno=call.lineno))

    def expression(self, source: str) -> Callable[..., Any]:
        """Compile what stands between `{{` and `}}`; it gives a value, not a text."""
        self._parse("{{" + source + "}}", None, None)
        return self.compile_expression(source, undefined_to_none=False)

    def _check(self, tree: nodes.Template) -> None:
        for node in _walk(tree):
            if not isinstance(node, _ALLOWED) or getattr(node, "recursive", False):
                raise TemplateSyntaxError(f"{_REFUSED}{type(node).__name__}", node.lineno)
            if isinstance(node, nodes.Filter) and node.name == _BOUNDED:
                raise TemplateSyntaxError(f"{_REFUSED}{_BOUNDED}", node.lineno)
            if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
                self._check_call(node.node.name, node.args)
        for name in sorted(find_undeclared_variables(tree)):
            if name not in self.globals and name not in self.scope:
                known = sorted({*self.globals, *self.scope} - {"_empty"})
                near = get_close_matches(name, known, 1)
                self.problems.add("name", name, near[0] if near else "", ", ".join(known))

    def _check_call(self, name: str, args: list[nodes.Expr]) -> None:
        """Look at an id that is written out even where it is not reached in this report."""
        if name in self._of_figures and args and isinstance(args[0], nodes.Const):
            self._check_id(args[0].value)

    def bounded(self, items: Iterable[Any]) -> Iterator[Any]:
        """Give the items of a loop, each counted; a template that turns for ever is stopped.

        Raises:
            UsageError: `template_too_long`.
        """
        for item in () if isinstance(items, Absent) else items:
            self._step()
            yield item

    def _step(self) -> None:
        self._steps += 1
        if self._steps > MAX_STEPS or time.monotonic() > self._until:
            raise UsageError("template_too_long")

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401
        """Only the fields of our own things and of a loop can be looked at."""
        if isinstance(obj, LoopContext):
            return attr in _LOOP
        return isinstance(obj, Thing) and not attr.startswith("_") and not callable(value)

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401
        """What is not there, such as an earlier period, has no fields either; that is no fault."""
        return obj if isinstance(obj, Absent) else super().getattr(obj, attribute)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401
        """What is not allowed reads as what is not there."""
        return self.undefined(obj=obj, name=attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """Compute with numbers only: a text times a number would fill the memory."""
        both = (left, right)
        absent = [each for each in both if isinstance(each, Absent)]
        if absent:
            return next((each for each in absent if each.withheld), absent[0])
        if not all(map(is_number, both)):
            odd = next(each for each in both if not is_number(each))
            self.problems.add("not_a_number", odd)
            return Absent("not_asked", self.lang)
        if operator == "/" and not right:
            return Absent("undefined", self.lang)
        return super().call_binop(context, operator, left, right)

    def say(self, value: Any) -> str:  # noqa: ANN401
        """Print what a placeholder gives."""
        if value is None or isinstance(value, str):
            return self._clean(value or "")
        if isinstance(value, float):
            return number_text(value)
        if is_number(value) or isinstance(value, Absent | Thing | ChainableUndefined):
            return self._clean(str(value))
        self.problems.add("not_printable", type(value).__name__)
        return ""

    def _round(self, value: Any, decimals: Any = 0) -> Any:  # noqa: ANN401
        if not is_number(value) or not isinstance(decimals, int):
            return value
        return round_half_up(value, min(max(decimals, 0), 9))

    def _guarded(self, name: str, thing: Any) -> Any:  # noqa: ANN401
        """A function that tells a wrong argument as a fault instead of failing."""
        if not callable(thing) or isinstance(thing, Thing):
            return thing
        takes = list(signature(thing).parameters)

        def called(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
            self._step()
            try:
                signature(thing).bind(*args, **kwargs)
            except TypeError:
                self.problems.add("arguments", f"{name}(…)", known=", ".join(takes))
                return Absent("not_asked", self.lang)
            return thing(*args, **kwargs)

        return called


class _Bounded(Template):
    """A template whose text cannot grow without end."""

    def render(self, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401
        pieces, length = [], 0
        for piece in self.generate(*args, **kwargs):
            length += len(piece)
            if length > MAX_CHARACTERS:
                raise UsageError("template_too_long")
            pieces.append(piece)
        return "".join(pieces)


def if_absent(value: Any, text: Any = "") -> Any:  # noqa: ANN401
    """Put a sign where a figure is not there; one that is withheld stays withheld."""
    return text if isinstance(value, Absent) and not value.withheld else value


def dots(value: Any) -> Any:  # noqa: ANN401
    """Put dots to fill in by hand where a name is not known."""
    return value or DOTS


def fault_of(error: TemplateError) -> tuple[str, str]:
    """The code of a fault, and what was found."""
    text = error.message or ""
    if text.startswith(_REFUSED):
        return "not_allowed", text.removeprefix(_REFUSED)
    return "syntax", text


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for each in node.iter_child_nodes():
        yield from _walk(each)


def _undefined(problems: Problems) -> type[ChainableUndefined]:
    """What a field that does not exist gives: a fault that is told, while the others are sought."""

    class Missing(ChainableUndefined):
        def __init__(
            self,
            hint: str | None = None,
            obj: object = None,
            name: str | None = None,
            exc: type[TemplateRuntimeError] = SecurityError,
        ) -> None:
            super().__init__(hint, obj, name, exc)
            if obj is None or isinstance(obj, ChainableUndefined):
                return  # a name that does not exist was told before anything was filled
            known = sorted(fields(obj))
            near = get_close_matches(str(name), known, 1)
            code = "field" if known else "no_field"
            problems.add(code, name, near[0] if near else "", ", ".join(known))

        def _itself(self, *_args: object, **_kwargs: object) -> Missing:
            return self

        __call__ = __getitem__ = __neg__ = __pos__ = _itself  # type: ignore[assignment]

    return Missing


def fields(thing: object) -> set[str]:
    """What a template may look at in a thing."""
    if isinstance(thing, LoopContext):
        return _LOOP
    if not isinstance(thing, Thing):
        return set()
    return {name for name in dir(thing) if not name.startswith("_") and
            not callable(getattr(thing, name))}  # fmt: skip
