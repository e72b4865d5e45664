"""All comparisons between usable figures: relations, shares, communes, periods; each by its period.

They come after the checks on single cells and see only figures that those found fit.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from ctk.model import Severity
from ctk.validate.across import across
from ctk.validate.history import history
from ctk.validate.pasts import Pasts
from ctk.validate.relations import Broken, compare, relations_of
from ctk.validate.shares import OddShare, odd_shares, share_rules

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctk.frame import Batch
    from ctk.periods import Period
    from ctk.validate.rulebook import Rulebook, RuleSet
    from ctk.validate.told import Told

UNUSUAL = {"V605", "V606"}


@dataclass(slots=True)
class Compared:
    """What was found, and how often each rule could and could not be tested."""

    broken: list[Broken] = field(default_factory=list)
    shares: list[OddShare] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    wrong: set[tuple[int, int]] = field(default_factory=set)
    """Submissions and figures that break a relation as an error."""
    tested: Counter[str] = field(default_factory=Counter)
    untested: Counter[str] = field(default_factory=Counter)


def periods_of(batch: Batch) -> dict[Period | None, list[int]]:
    """The positions of the submissions of each period."""
    places: dict[Period | None, list[int]] = defaultdict(list)
    for i, submission in enumerate(batch.submissions):
        places[submission.period].append(i)
    return places


def compare_figures(
    batch: Batch,
    rulebook: Rulebook,
    previous: Batch | None,
    weights: Mapping[str, Mapping[str, float]] | None = None,
) -> Compared:
    """Compare the figures of each period by the rules in force for it."""
    found = Compared()
    reports = Pasts(*filter(None, (batch, previous)), weights=weights or {})
    for period, places in periods_of(batch).items():
        rules = rulebook.of(period)
        _within_files(found, batch, places, rules)
        if period is not None:
            found.told += across(batch, places, rules)
            found.told += history(batch, places, reports, rules)
    _leave_out_known(found)
    return found


def _leave_out_known(found: Compared) -> None:
    """What is wrong already by a relation need not be told to be unusual too."""
    known = found.wrong
    found.shares = [
        odd
        for odd in found.shares
        if known.isdisjoint((odd.submission, figure) for figure in odd.part + odd.of)
    ]
    found.told = [
        told
        for told in found.told
        if told.rule not in UNUSUAL or (told.submission, told.figure) not in known
    ]


def _within_files(found: Compared, batch: Batch, places: list[int], rules: RuleSet) -> None:
    alone = len(places) == len(batch.submissions)
    rows = slice(None) if alone else np.array(places)
    matrix, asked = batch.matrix[rows], batch.row_matrix[rows] >= 0
    outcome = compare(matrix, asked, relations_of(batch.compared, frozenset(rules.rules)))
    broken = [replace(each, submission=places[each.submission]) for each in outcome.broken]
    found.broken += broken
    found.wrong |= {
        (each.submission, figure)
        for each in broken
        if rules[each.relation.rule].severity is Severity.ERROR
        for figure in each.relation.figures
    }
    found.tested.update(outcome.tested)
    found.untested.update(outcome.untested)
    for rule in share_rules(rules.rules):
        odd, tested, untested = odd_shares(matrix, asked, batch.catalogue, rule)
        found.shares += [replace(each, submission=places[each.submission]) for each in odd]
        found.tested[rule.id] += tested
        found.untested[rule.id] += untested
