"""What the page is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from ctk.periods import Period
from ctk.regimes.due import Due
from ctk.report.context import ReportContext
from ctk.report.dashboard.content import Content
from ctk.report.figures import Figure, Totals, totals_of
from ctk.report.tracking import Tracking


@dataclass(frozen=True, slots=True)
class Moment:
    """The unit in one period of the ledger.

    Args:
        period: The period.
        figures: Figures without breakdown, by measure or element.
        crosses: Whether they were computed on other units, those of before July 2025.
        comparable: False: what the unit was made of then cannot be told, or not divided.
    """

    period: Period
    figures: Mapping[str, Figure]
    crosses: bool = False
    comparable: bool = True


@dataclass(frozen=True)
class DashboardSource:
    """The unit's figures, the earlier ones, and who has reported.

    Args:
        context: Unit, period and figures; a public copy has its small figures withheld.
        content: Which figures are shown.
        series: The periods of the ledger up to this one, the earliest first.
        received: When the last of the reports behind the figures was received; None: from files.
        files: How many reports stand behind the figures.
        tracking: Who has reported; None: the page is made from files, or the unit is a commune.
        due: The deadline, if one is known.
        version: Version of ctk.
    """

    context: ReportContext
    content: Content
    series: tuple[Moment, ...]
    received: datetime | None
    files: int
    tracking: Tracking | None
    due: Due | None
    version: str

    @cached_property
    def totals(self) -> Totals:
        """The figures without breakdown of the unit and those below it, as far as shown."""
        shown = {item.id for item in (*self.content.headline, *self.content.comparison)}
        values, elements = self.context.values, self.context.elements
        return totals_of(
            values[values["measure"].isin(shown)], elements[elements["element"].isin(shown)]
        )
