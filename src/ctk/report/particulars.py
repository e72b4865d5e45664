"""What the appendices tell about their figures, besides the figures themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ctk.model import Unit

if TYPE_CHECKING:
    from ctk.report.tracking import Tracking


@dataclass(frozen=True)
class Particulars:
    """Where the figures come from and what is unusual in them.

    Args:
        stated: By statement, `estimate` or `preliminary`, the communes whose covers make it.
        confirmed: Warnings about single figures that somebody confirmed: unit, rule, element,
            dimension, why, by, at.
        tracking: Who has sent in, who has not; None: not known, or not to be told.
        limits: From where on a rise or fall has to be explained; None: the office has switched
            this off.
        apart: On an earlier period: the units of the later one that it cannot be compared for,
            by code, each with the old units of which only a part went into it (none: it did not
            exist then).
        shared: Those of them whose populations are known all the same, by the office's shares.
    """

    stated: Mapping[str, tuple[Unit, ...]] = field(default_factory=dict)
    confirmed: tuple[Mapping[str, Any], ...] = ()
    tracking: Tracking | None = None
    limits: Mapping[str, float] | None = None
    apart: Mapping[str, tuple[Unit, ...]] = field(default_factory=dict)
    shared: frozenset[str] = frozenset()
