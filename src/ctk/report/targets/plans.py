"""What targets are judged with besides the figures of the period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ctk.report.figures import Figures
from ctk.targets.types import TargetSet, Typed


@dataclass(frozen=True, slots=True)
class Plans:
    """The targets that apply to a unit in a year, and what the period's figures do not tell.

    Args:
        sets: The unit's own sets, then those of the units above it.
        typed: Figures that the office typed.
        earlier: The unit's figures of the full years that some target is compared with; a year
            that is not there is not known.
    """

    sets: tuple[TargetSet, ...] = ()
    typed: tuple[Typed, ...] = ()
    earlier: Mapping[int, Figures] = field(default_factory=dict)


def no_plans() -> Plans:
    """No targets at all."""
    return Plans()
