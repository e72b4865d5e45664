"""What is withheld is enough, and where the best choice is claimed there is no cheaper one."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ctk.disclosure.choose import choose
from ctk.disclosure.heuristic import enough
from disclosure.tables import Outsider, Table, three_level, two_way

WIDTH = 4
counts = st.integers(0, 6)
two_by_two = st.lists(st.lists(counts, min_size=2, max_size=2), min_size=2, max_size=2).map(two_way)
three_units = st.lists(st.lists(counts, min_size=1, max_size=1), min_size=3, max_size=4).map(
    two_way
)
districts = st.lists(st.lists(counts, min_size=1, max_size=2), min_size=2, max_size=2).map(
    three_level
)
tables = st.one_of(two_by_two, three_units, districts)


def _chosen(table: Table, withheld: np.ndarray) -> set[int]:
    return {*table.primary, *np.flatnonzero(withheld).tolist()}


@settings(max_examples=60, deadline=None)
@given(tables)
def test_whoever_tries_all_tables_finds_no_breach(table: Table) -> None:
    """What is withheld leaves enough values possible, by plain enumeration."""
    choice = choose(table.system(), WIDTH)
    assert len(choice.seen.breaches) == 0
    outsider = Outsider(table, room=WIDTH)
    assert outsider.breaches(_chosen(table, choice.withheld), WIDTH) == []


@settings(max_examples=40, deadline=None)
@given(tables)
def test_no_choice_is_cheaper_where_the_best_is_claimed(table: Table) -> None:
    """Trying all sets of figures finds none that costs less and is enough."""
    choice = choose(table.system(), WIDTH)
    assert choice.optimal
    cost = int(np.array(table.cost)[choice.withheld].sum())
    assert cost == Outsider(table, room=WIDTH).least_cost(WIDTH)


@settings(max_examples=60, deadline=None)
@given(tables)
def test_the_steps_for_large_tables_are_enough_too(table: Table) -> None:
    """The choice made where the best cannot be computed passes the enumeration as well."""
    withheld, _ = enough(table.system(), WIDTH)
    assert Outsider(table, room=WIDTH).breaches(_chosen(table, withheld), WIDTH) == []
