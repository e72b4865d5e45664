"""`ctk regimes`: look up the reporting regimes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ctk.errors import UsageError
from ctk.indicators import load_catalogue
from ctk.model import Result
from ctk.regimes.loader import chosen_regime, load_regimes

if TYPE_CHECKING:
    from ctk.regimes.types import Regime
    from ctk.settings import Settings


def list_regimes(settings: Settings) -> Result:
    """The built-in regimes, and the office's own if it has one."""
    regimes = list(load_regimes().values())
    if isinstance(settings.regime, dict):
        own = chosen_regime(settings.regime)
        regimes += [own] if own else []
    return Result("regimes list", {"regimes": [_regime(each) for each in regimes]}, "regimes")


def show_regime(id_: str, settings: Settings) -> Result:
    """One regime: a built-in one, or the office's own.

    Raises:
        UsageError: No such regime, or the office's own is wrong.
    """
    own = chosen_regime(settings.regime) if isinstance(settings.regime, dict) else None
    regime = own if own and own.id == id_.strip() else chosen_regime(id_)
    if regime is None:
        raise UsageError("unknown_regime", text=id_, known=", ".join(load_regimes()))
    row = _regime(regime) | {"answers": _answers(regime)}
    return Result("regimes show", {"regimes": [row]}, "regimes")


def _answers(regime: Regime) -> dict[str, list[str]]:
    """The elements that each reporter answers for; all that are asked by somebody."""
    found: dict[str, list[str]] = {}
    for element in load_catalogue().elements:
        if not regime.elements or element.id in regime.elements:
            reporter = regime.reporter_of(element.id, element.reporter)
            found.setdefault(reporter, []).append(element.id)
    return found


def _regime(regime: Regime) -> dict[str, Any]:
    """All facts; what the document does not say is null or empty."""
    return {
        "id": regime.id,
        "authority": regime.authority,
        "unit": regime.unit or None,
        "level": regime.level.value,
        "document": regime.document,
        "number": regime.number or None,
        "document_date": regime.document_date.isoformat() if regime.document_date else None,
        "first_year": regime.first_year,
        "last_year": regime.last_year,
        "periods": list(regime.periods),
        "deadlines": [_deadline(regime, length) for length in regime.periods],
        "before": regime.before.value,
        "free_day": regime.free_day.value,
        "covers": regime.covers.value if regime.covers else None,
        "reports_to": regime.reports_to or None,
        "reporters": regime.reporters or None,
        "units": regime.units.value,
        "agencies": [
            {"reporter": a.reporter, "name": a.name, "several": a.several,
             "elements": list(a.elements)}
            for a in regime.agencies
        ],
        "asked": regime.asked or None,
        "elements": list(regime.elements),
        "duties": list(regime.duties),
        "notes": list(regime.notes),
    }  # fmt: skip


def _deadline(regime: Regime, length: str) -> dict[str, Any]:
    found = next((each for each in regime.deadlines if each.period == length), None)
    return {
        "period": length,
        "words": found.words if found else None,
        "day": found.day if found else None,
        "month": found.month if found else None,
        "next_year": found.next_year if found else None,
    }
