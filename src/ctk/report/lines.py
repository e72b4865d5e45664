"""The lines of a table: groups, indicators, their measures and the elements behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from ctk.indicators import Catalogue, Element, Indicator, Measure
from ctk.messages import message
from ctk.text.fold import fold

APPENDICES = ("I", "II")
RATE_DECIMALS = 2

_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table.

    Args:
        kind: `section`, `indicator`, `measure` or `element`.
        number: Running number; empty below the indicator.
        code: Code in the Circular, or the id of the measure or element.
        label: Name in the language of the report.
        unit: Unit of measurement.
        key: Measure or element whose figures stand here; None for a heading.
        is_rate: Whether it has decimals.
        depth: Indentation.
    """

    kind: str
    number: str
    code: str
    label: str
    unit: str = ""
    key: str | None = None
    is_rate: bool = False
    depth: int = 0

    @property
    def decimals(self) -> int:
        """Decimals printed."""
        return RATE_DECIMALS if self.is_rate else 0


def appendix_lines(
    catalogue: Catalogue, appendix: str, asked: Collection[str], lang: str
) -> tuple[Line, ...]:
    """All indicators and measures of an appendix, and of the elements those that were asked."""
    lines: list[Line] = []
    section, number = "", 0
    for indicator in catalogue.indicators:
        if indicator.appendix == appendix:
            number += 1
            if indicator.section != section:
                section = indicator.section
                lines.append(_section(catalogue, section, lang))
            lines += _indicator(indicator, str(number), asked, lang)
    return tuple(lines)


def only_asked(lines: Iterable[Line], asked: Collection[str]) -> tuple[Line, ...]:
    """Leave out what no form asked, and the headings that are left with nothing below them."""
    kept: list[Line] = []
    used = {"section": False, "indicator": False}
    for line in reversed(tuple(lines)):
        asked_itself = line.key in asked
        if asked_itself or used.get(line.kind):
            kept.append(line)
        if asked_itself:
            used = dict.fromkeys(used, True)
        if line.kind in used:
            used[line.kind] = False
            used["indicator"] = False
    return tuple(reversed(kept))


def unit_label(unit: str, lang: str) -> str:
    """A unit of measurement, which the catalogue holds in Vietnamese only."""
    only_sign = not any(char.isalpha() for char in unit)
    return unit if lang == "vi" or only_sign else message(f"report.units.{fold(unit)}", lang)


def _section(catalogue: Catalogue, id_: str, lang: str) -> Line:
    title = next(s.title(lang) for s in catalogue.sections if s.id == id_)
    return Line("section", _ROMAN[int(id_.split(".")[1])], "", title)


def _indicator(
    indicator: Indicator, number: str, asked: Collection[str], lang: str
) -> Iterator[Line]:
    """The indicator's own line; the figures stand on it if it has but one measure."""
    heading = Line("indicator", number, indicator.code, indicator.name(lang))
    if len(indicator.measures) == 1:
        only = _measure(indicator.measures[0], "", lang)
        yield replace(heading, unit=only.unit, key=only.key, is_rate=only.is_rate)
    else:
        yield heading
        yield from _measures(indicator, lang)
    yield from _elements(indicator, asked, lang)


def _measures(indicator: Indicator, lang: str) -> Iterator[Line]:
    """Count and rate under these short names, unless there are several of them."""
    alike = Counter(measure.is_count for measure in indicator.measures)
    for measure in indicator.measures:
        short = message(f"report.label.{'count' if measure.is_count else 'rate'}", lang)
        label = short if alike[measure.is_count] == 1 else measure.label(lang)
        yield _measure(measure, label, lang)


def _measure(measure: Measure, label: str, lang: str) -> Line:
    unit = unit_label(measure.unit, lang)
    rate = not measure.is_count
    return Line("measure", "", measure.id, label, unit, measure.id, is_rate=rate, depth=1)


def _elements(indicator: Indicator, asked: Collection[str], lang: str) -> Iterator[Line]:
    """Elements that were asked, but for those that a count measure repeats as they are."""
    shown = {m.numerator[0] for m in indicator.measures if m.is_count and len(m.numerator) == 1}
    for element in indicator.elements:
        if element.id in asked and element.id not in shown:
            yield _element(element, lang)


def _element(element: Element, lang: str) -> Line:
    unit = unit_label(element.unit, lang)
    depth = 2 if element.part else 1
    return Line("element", "", element.id, element.name(lang), unit, element.id, depth=depth)
