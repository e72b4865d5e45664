"""The kinds of reporters: a unit itself, or an agency of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctk.errors import UsageError
from ctk.indicators.loader import REPORTERS
from ctk.messages import message
from ctk.regimes.loader import load_regimes
from ctk.regimes.types import UNIT_REPORTER

if TYPE_CHECKING:
    from ctk.regimes.types import Regime


def reporter_kinds(regime: Regime | None = None) -> tuple[str, ...]:
    """All kinds: those of the indicators and of the regimes, the unit itself first.

    Args:
        regime: The office's own regime, whose agencies count too.
    """
    regimes = [*load_regimes().values(), *([regime] if regime else [])]
    agencies = {agency.reporter for each in regimes for agency in each.agencies}
    return (UNIT_REPORTER, *sorted((REPORTERS | agencies) - {UNIT_REPORTER}))


def parse_reporter(text: str, regime: Regime | None = None) -> str:
    """Read a kind of reporter as somebody typed it.

    Raises:
        UsageError: `unknown_reporter`, with the kinds that there are.
    """
    kind = text.strip().lower().replace("-", "_")
    kinds = reporter_kinds(regime)
    if kind not in kinds:
        raise UsageError("unknown_reporter", text=text, known=", ".join(kinds))
    return kind


def reporter_name(kind: str, lang: str) -> str:
    """What a kind of reporter is called; one that only an office's own regime has, by its code."""
    try:
        return message(f"reporters.{kind}", lang)
    except KeyError:
        return kind


def with_reporter(unit: str, kind: str | None, lang: str) -> str:
    """A unit's name, with the agency of it that is meant; the unit itself is not told.

    Args:
        unit: Code or name.
        kind: The kind of reporter; None: not known.
        lang: Language of the name.
    """
    return unit if kind in (None, UNIT_REPORTER) else f"{unit} – {reporter_name(kind, lang)}"
