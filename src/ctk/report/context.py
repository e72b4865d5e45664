"""What a report is made from: the unit, its figures and those of the units below it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pandas import DataFrame

from ctk.indicators import Catalogue, load_catalogue
from ctk.model import Level, Unit
from ctk.periods import Coverage, Period
from ctk.report.particulars import Particulars
from ctk.report.targets.plans import Plans, no_plans
from ctk.settings import Office


def no_rates() -> DataFrame:
    """A frame of measures without a row."""
    keys = ("unit", "period", "measure", "sex", "age", "ethnicity", "area")
    counts = ("value", "partial", "numerator", "denominator", "reported", "expected")
    return DataFrame({name: [] for name in (*keys, *counts)})


@dataclass(frozen=True)
class ReportContext:
    """Everything that the appendices of one unit and period show.

    Args:
        unit: The unit that reports.
        parents: Units above it, in any order.
        period: The reporting period.
        values: Measures of the unit and of its children: unit, period, measure, sex, age,
            ethnicity, area, value (NaN unless reported == expected), partial, numerator,
            denominator, reported, expected.
        elements: The same for elements, without numerator and denominator.
        children: Units one level below, in the order of the columns; empty for a commune.
        missing: Expected units without a usable submission.
        notes: Remarks printed below the tables.
        cut_offs: Cut-off dates on the covers, ISO dates or as typed.
        kinds: Kinds of data as chosen on the covers: "Thực tế", "Ước tính", "Sơ bộ", …
        office: Names in the heading and the signature block.
        coverage: What the period covers.
        lang: `vi` or `en`.
        catalogue: Indicators and columns to print.
        public: Whether this is a public copy: small figures are withheld, see `figures.State`.
        form_rates: Rates that official forms ask besides; columns as in `values`.
        own_elements: Elements whose figures the unit reported of itself, not its communes.
        office_of_unit: Whether `office` is that of this unit, and not of the one that adds it up.
        office_unit: The unit that `office` belongs to where it is another one and is known.
        previous: The comparable earlier period of the same unit; None: there is none.
        plans: Gives the targets that apply, read only where a document shows them.
        particulars: Where the figures come from and what is unusual in them.
    """

    unit: Unit
    parents: tuple[Unit, ...]
    period: Period
    values: DataFrame
    elements: DataFrame
    children: tuple[Unit, ...]
    missing: tuple[Unit, ...]
    notes: tuple[str, ...]
    cut_offs: tuple[str, ...]
    kinds: tuple[str, ...]
    office: Office
    lang: str
    coverage: Coverage = Coverage.CALENDAR
    catalogue: Catalogue = field(default_factory=load_catalogue)
    public: bool = False
    form_rates: DataFrame = field(default_factory=no_rates)
    own_elements: tuple[str, ...] = ()
    office_of_unit: bool = True
    office_unit: Unit | None = None
    previous: ReportContext | None = None
    plans: Callable[[], Plans] = no_plans
    particulars: Particulars = field(default_factory=Particulars)

    @property
    def expected(self) -> int:
        """How many reporters are expected for the unit."""
        if self.children and all(child.level is Level.COMMUNE for child in self.children):
            return len(self.children)
        counts = [
            frame.loc[frame["unit"].eq(self.unit.code), "expected"].max()
            for frame in (self.values, self.elements)
        ]
        return max((int(count) for count in counts if count == count), default=1)
