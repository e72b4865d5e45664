"""`ctk indicators`: look up the Circular's indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ctk.errors import UsageError
from ctk.indicators import Indicator, load_catalogue
from ctk.model import Result

if TYPE_CHECKING:
    from ctk.indicators import Element


def list_indicators(lang: str) -> Result:
    """All 84 indicators with their measures."""
    rows = [_indicator(indicator, lang) for indicator in load_catalogue().indicators]
    return Result("indicators list", {"indicators": rows}, "indicators")


def show_indicator(id_: str, lang: str) -> Result:
    """One indicator with its measures and the elements that communes type in.

    Raises:
        UsageError: No such indicator.
    """
    known = {indicator.id: indicator for indicator in load_catalogue().indicators}
    indicator = known.get(id_.strip().upper().partition(".")[0])
    if indicator is None:
        near = [i for i in known if i.endswith(id_.strip()[-4:])]
        raise UsageError("unknown_indicator", text=id_, known=", ".join(near) or "I-0101 … II-0212")
    row = _indicator(indicator, lang)
    row["elements"] = [_element(element, lang) for element in indicator.elements]
    return Result("indicators show", {"indicators": [row]}, "indicators")


def _element(element: Element, lang: str) -> dict[str, Any]:
    return {
        "id": element.id,
        "name": element.name(lang),
        "unit": element.unit,
        "adds": element.adds,
        "breakdowns": list(element.breakdowns),
        "asked": list(element.asked),
        "place": element.place,
        "reporter": element.reporter,
        "within": list(element.within),
        "sum_of": [list(parts) for parts in element.sum_of],
    }


def _indicator(indicator: Indicator, lang: str) -> dict[str, Any]:
    section = next(s for s in load_catalogue().sections if s.id == indicator.section)
    return {
        "id": indicator.id,
        "appendix": indicator.appendix,
        "code": indicator.code,
        "name_vi": indicator.name_vi,
        "name_en": indicator.name_en,
        "group": section.title(lang),
        "in_force_from": indicator.in_force_from.isoformat(),
        "period": list(indicator.period),
        "disaggregations": list(indicator.disaggregations),
        "lead_agency": indicator.lead_agency_vi,
        "measures": [
            {
                "id": measure.id,
                "kind": measure.kind,
                "label": measure.label_vi,
                "unit": measure.unit,
                "multiplier": measure.multiplier,
                "numerator": list(measure.numerator),
                "denominator": list(measure.denominator),
            }
            for measure in indicator.measures
        ],
    }
