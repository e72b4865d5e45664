"""How a figure has changed since an earlier period; only complete figures are compared."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ctk.report.figures import Figure, State

_RANKS = (State.WITHHELD, State.NOT_ASKED, State.INCOMPLETE, State.UNDEFINED)


@dataclass(frozen=True, slots=True)
class Change:
    """A figure and the earlier one.

    Args:
        now: The figure.
        then: The earlier figure.
        difference: By how much it rose; None unless both are complete.
        percent: The same in per cent of the earlier figure; None also where that is 0.
    """

    now: Figure
    then: Figure
    difference: float | None = None
    percent: float | None = None

    @property
    def state(self) -> State:
        """Complete if both figures are; else what the worse of them is."""
        states = self.now.state, self.then.state
        return next((state for state in _RANKS if state in states), State.COMPLETE)


def change_of(now: Figure, then: Figure) -> Change:
    """Compare two figures, exactly; rounding is for the printer.

    Fractions of a float such as 12.495 would tip a half the wrong way, so decimals are taken.
    """
    whole = now.state is State.COMPLETE and then.state is State.COMPLETE
    if not whole or now.value is None or then.value is None:
        return Change(now, then)
    before = Decimal(str(then.value))
    risen = Decimal(str(now.value)) - before
    percent = float(risen * 100 / before) if before else None
    return Change(now, then, float(risen), percent)
