"""Reports of earlier periods in the ledger, as far as a batch is compared with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctk.messages import message
from ctk.periods import Period, parse_period
from ctk.regimes.types import UNIT_REPORTER
from ctk.units.eras import origin_of

if TYPE_CHECKING:
    from ctk.frame import Batch
    from ctk.ledger.ledger import Ledger


def earlier_of(ledger: Ledger | None, batch: Batch, reporter: str = UNIT_REPORTER) -> Batch | None:
    """Load the last period before each of a batch's, and the same months of the year before.

    Only the units of the batch, or those that they were made of. A report that the batch itself
    holds is not loaded: the file at hand is the later one. A reporter's file is compared with its
    own earlier ones, never with another reporter's.
    """
    if ledger is None:
        return None
    asked = {(s.unit.code, s.period) for s in batch.submissions if s.unit and s.period}
    with ledger.questions() as index:
        if index is None or not asked:
            return None
        known = sorted(parse_period(text) for text in index.periods())
        periods = _compared({period for _, period in asked}, known)
        if not periods:
            return None
        units = sorted(_units(asked, periods))
        current = index.current([str(period) for period in periods], units)
        at_hand = {(unit, str(period)) for unit, period in asked}
        pairs = zip(current["unit"], current["period"], strict=True)
        current = current[[pair not in at_hand for pair in pairs]]
        current = current[current["reporter"] == reporter]
        if current.empty:
            return None
        from ctk.ledger.figures import batch_of  # noqa: PLC0415  (rarely needed)

        return batch_of(batch.catalogue, current, index.figures(current["id"].tolist()))


def compared_note(earlier: Batch | None, lang: str) -> tuple[str, ...]:
    """Say with which periods of the ledger the files were compared."""
    if earlier is None:
        return ()
    periods = ", ".join(sorted({str(of.period) for of in earlier.submissions}))
    count = len(earlier.submissions)
    return (message("ledger.notes.compared", lang, count=count, periods=periods),)


def _compared(periods: set[Period], known: list[Period]) -> list[Period]:
    """The periods that are compared with; of those before a year ago none."""
    found: set[Period] = set()
    for period in periods:
        year_before = Period(period.year - 1, period.months)
        before = [each for each in known if year_before <= each < period]
        found |= {each for each in before if each in (before[-1], year_before)}
    return sorted(found)


def _units(asked: set[tuple[str, Period]], periods: list[Period]) -> set[str]:
    return {
        each.unit.code
        for unit, period in asked
        for then in periods
        if then < period
        for each in origin_of(unit, period.end, then.end).parts
    }
