"""Elements that are numbers of residents: only they may be divided when a unit was divided."""

from __future__ import annotations

POPULATIONS = frozenset(
    (
        "I-0101", "I-0101.1", "I-0101.2", "I-0101.3", "I-0101.4", "I-0101.5", "I-0103.m",
        "I-0207.m", "I-0207.1m", "I-0207.2m", "I-0318.m", "I-0401.m", "I-0402.m", "I-0403.m",
        "I-0405.m", "I-0407.m",
    )
)  # fmt: skip
"""Counts of cases, schools, villages or children in a situation are not among them."""
