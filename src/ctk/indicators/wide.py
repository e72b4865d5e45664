"""The catalogue as far as any form may go: each element in every breakdown."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from ctk.indicators.types import Catalogue

_ALL = ("sex", "age", "ethnicity")


@cache
def widened(catalogue: Catalogue) -> Catalogue:
    """A catalogue whose elements, but those that are a yes or no, have all breakdowns.

    What must hold between the totals of children must hold between their girls too, where an
    office's form asks for them.
    """
    elements = tuple(
        element if element.adds == "yes_no" else replace(element, breakdowns=_ALL)
        for element in catalogue.elements
    )
    return replace(catalogue, elements=elements)
