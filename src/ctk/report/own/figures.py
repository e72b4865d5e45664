"""What a placeholder gives: a number that knows its decimals, or why there is none."""

from __future__ import annotations

from typing import Any

from ctk.messages import message
from ctk.report.figures import Figure, State
from ctk.text.numbers import format_vi

_DECIMALS = 2


class Number(float):
    """A figure; in arithmetic it is a plain number.

    Args:
        value: The exact value, never a rounded one.
        decimals: Decimals that are printed in a text.
        percent: Whether it is a number of per cent, 45.6 for 45,6 %.
    """

    __slots__ = ("decimals", "percent")

    decimals: int
    percent: bool

    def __new__(cls, value: float, decimals: int = 0, *, percent: bool = False) -> Number:
        """Make a figure."""
        made = super().__new__(cls, value)
        made.decimals, made.percent = decimals, percent
        return made


class Absent:
    """A figure that is not there; whatever is computed with it is not there either.

    It is never zero, never true, and compares with nothing; in a text it prints a sign.
    """

    __slots__ = ("lang", "state")

    def __init__(self, state: str, lang: str) -> None:
        self.state = state
        self.lang = lang

    @property
    def withheld(self) -> bool:
        """Whether a public copy must not show it."""
        return self.state == "withheld"

    def __str__(self) -> str:
        if self.withheld:
            return message("report.sign.withheld", self.lang)
        return message(f"own.sign.{self.state}", self.lang)

    def __bool__(self) -> bool:
        return False

    def _with(self, other: object = None) -> Absent:
        return other if isinstance(other, Absent) and other.withheld else self

    def _never(self, _other: object) -> bool:
        return False

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _with
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = _with
    __neg__ = __pos__ = __abs__ = _with
    __lt__ = __le__ = __gt__ = __ge__ = __eq__ = _never

    def __ne__(self, _other: object) -> bool:
        return True

    __hash__ = object.__hash__


def given(figure: Figure, lang: str, decimals: int, *, percent: bool) -> Number | Absent:
    """The number of a complete figure, else why it has none."""
    if figure.state is State.COMPLETE and figure.value is not None:
        return Number(figure.value, decimals, percent=percent)
    return Absent(figure.state.value, lang)


def number_text(value: float) -> str:
    """Print a number the Vietnamese way: "1.234,50"; whole ones without decimals."""
    if isinstance(value, Number):
        return format_vi(value, value.decimals)
    return format_vi(value, 0 if float(value).is_integer() else _DECIMALS)


def is_number(value: Any) -> bool:  # noqa: ANN401  (whatever a template gives)
    """Tell a number from a truth value, which Python counts among them."""
    return isinstance(value, int | float) and not isinstance(value, bool)
