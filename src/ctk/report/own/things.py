"""The things that a template can name; their fields are all that it may look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ctk.model import Unit
from ctk.periods import Coverage, Period
from ctk.report.wording import period_line, period_title, said_day

T = TypeVar("T")


class Thing:
    """What a template may look into."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class OwnUnit(Thing):
    """A unit: `code`, `name` ("Tà Rụt"), `full_name` ("Xã Tà Rụt"), `type` ("Xã")."""

    code: str
    name: str
    full_name: str
    type: str

    def __str__(self) -> str:
        return self.full_name


@dataclass(frozen=True, slots=True)
class OwnPeriod(Thing):
    """A period: `code`, `title`, `line` (with its days), `year`, `months`, `first`, `last`."""

    code: str
    title: str
    line: str
    year: int
    months: int
    first: str
    last: str

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True, slots=True)
class OwnMeasure(Thing):
    """A figure of an indicator: `id`, `code` and `name` to print, `unit` of measurement."""

    id: str
    code: str
    name: str
    unit: str
    is_rate: bool

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class OwnIndicator(Thing):
    """An indicator: `id`, `code`, `name`, `section` (its group) and its `measures`."""

    id: str
    code: str
    name: str
    section: str
    measures: Listing[OwnMeasure]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class OwnTarget(Thing):
    """A target beside the figure: texts, as they are printed."""

    no: str
    text: str
    target: str
    year: str
    actual: str
    standing: str
    gap: str
    coverage: str
    note: str


@dataclass(frozen=True, slots=True)
class OwnTargetSet(Thing):
    """The targets of a document: its `name` and `source`, `notes` on them, `targets`."""

    name: str
    source: str
    notes: Listing[str]
    targets: Listing[OwnTarget]


@dataclass(frozen=True, slots=True)
class OwnOffice(Thing):
    """Names of `[office]` in ctk.toml; `superior` as the heading prints it."""

    superior: str
    agency: str
    place: str
    receiver: str
    prepared_by: str
    checked_by: str
    signatory_title: str
    signatory_name: str


class Listing(Generic[T], Thing):
    """A list for rows and loops; `length` says how many."""

    __slots__ = ("_items",)

    def __init__(self, items: Sequence[T]) -> None:
        self._items = tuple(items)

    def __iter__(self) -> Iterator[T]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    @property
    def length(self) -> int:
        """How many there are."""
        return len(self._items)

    def __str__(self) -> str:
        return ", ".join(map(str, self._items))


def own_unit(unit: Unit) -> OwnUnit:
    """A unit as a template sees it."""
    return OwnUnit(unit.code, unit.name, unit.full_name, unit.type)


def own_period(period: Period, coverage: Coverage, lang: str) -> OwnPeriod:
    """A period as a template sees it."""
    first, last = (said_day(day, lang) for day in period.days(coverage))
    line = period_line(period, coverage, lang)
    title = period_title(period, lang)
    return OwnPeriod(str(period), title, line, period.year, period.months, first, last)
