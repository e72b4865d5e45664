"""Totals worked out commune by commune from what was typed; shares no code with ctk's roll-up."""

from __future__ import annotations

from ctk.indicators import COMMUNES, load_catalogue
from ctk.periods import parse_period
from workbooks import TITLES, T

NOT_ASKED, MISSING, NOT_APPLICABLE = "not asked", "missing", "not applicable"
KEYS = (
    ("T", "T", "T"),
    ("M", "T", "T"),
    ("F", "T", "T"),
    ("T", "U6", "T"),
    ("T", "6-15", "T"),
    ("T", "T", "minority"),
)


def meaning(cell):
    """What one cell says: a count, or why there is none."""
    if cell in ("-", "không"):
        return 0
    if cell == "x":
        return NOT_APPLICABLE
    if isinstance(cell, (int, float)) and cell >= 0 and cell == int(cell):
        return int(cell)
    return MISSING


def term(cells, ids, column):
    """What one commune has for a term of a measure."""
    parts = [part for id_ in ids for part in element(cells, id_, column)]
    if NOT_ASKED in parts:
        return NOT_ASKED
    applying = [part for part in parts if part != NOT_APPLICABLE]
    if not applying:
        return NOT_APPLICABLE
    return MISSING if MISSING in applying else sum(applying)


def terms(cells, measure, column):
    """What one commune has for a count, or for both sides of a rate."""
    above, below = measure.numerator, measure.denominator
    if measure.is_count or 1 in (len(above), len(below)):
        return [term(cells, ids, column) for ids in (above, below) if ids]
    pairs = [term(cells, [a], column) for a in above], [term(cells, [b], column) for b in below]
    if NOT_ASKED in pairs[0] + pairs[1]:
        return [NOT_ASKED, NOT_ASKED]
    both = [pair for pair in zip(*pairs, strict=True) if NOT_APPLICABLE not in pair]
    if not both:
        return [NOT_APPLICABLE, NOT_APPLICABLE]
    return [MISSING if MISSING in side else sum(side) for side in zip(*both, strict=True)]


def element(cells, id_, column):
    """What one commune has for an element."""
    if id_ == COMMUNES:
        return [1 if column == T else NOT_ASKED]
    if (id_, column) not in cells:
        return [NOT_ASKED]
    said = meaning(cells[id_, column])
    yes_no = load_catalogue().element(id_).adds == "yes_no"
    return [MISSING if yes_no and said not in (0, 1) else said]


def with_stand_ins(cells, period):
    """The cells of a commune, and those of another row for a row that its form does not ask."""
    asked = {element.id for element in load_catalogue().asked(parse_period(period))}
    added = {
        (element.id, column): cells[other, column]
        for element in load_catalogue().elements
        for other in element.same_as
        for column in range(len(TITLES))
        if element.id not in asked and (other, column) in cells
    }
    return cells | added


def totals(communes, sides, period="2022-6m"):
    """All measures of one unit.

    Args:
        communes: What each commune that sent a file typed, by code.
        sides: For each commune of the unit whether it is urban (None: nobody knows).
        period: The period of their forms.
    """
    found = {}
    communes = {code: with_stand_ins(cells, period) for code, cells in communes.items()}
    for measure in load_catalogue().measures:
        for column in range(len(TITLES)):
            for area in ("T", "urban", "rural") if column == T else ("T",):
                row = figure(measure, communes, sides, column, area)
                if row is not None:
                    found[(measure.id, *KEYS[column], area)] = row
    return found


def figure(measure, communes, sides, column, area):
    """One figure as (value, partial, numerator, denominator, reported, expected)."""
    if area != "T" and None in sides.values():
        return None
    inside = [c for c, side in sides.items() if area == "T" or side == (area == "urban")]
    if not inside:
        return None
    pairs = {
        code: terms(cells, measure, column) for code, cells in communes.items() if code in sides
    }
    if all(NOT_ASKED in pair for pair in pairs.values()):
        return None
    sent = [pairs[code] for code in inside if code in pairs]
    applying = [pair for pair in sent if NOT_APPLICABLE not in pair]
    whole = [pair for pair in applying if MISSING not in pair and NOT_ASKED not in pair]
    expected = len(inside) - (len(sent) - len(applying))
    if not expected:  # it applies to no commune: the row says so, without a figure
        return (None, None, None, None, 0, 0) if area == "T" else None
    above = sum(pair[0] for pair in whole)
    below = None if measure.is_count else sum(pair[1] for pair in whole)
    result = above
    if not measure.is_count:
        result = above * measure.multiplier / below if below else None
    if not whole:  # of no commune there is not even a sum so far
        return (None, None, None, None, 0, expected)
    complete = len(whole) == expected
    return (
        result if complete else None,
        None if complete else result,
        None if measure.is_count else above,
        below,
        len(whole),
        expected,
    )
