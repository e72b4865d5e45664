"""Swaps found by hand: each is a table that could be true, and they reach as far as asked."""

import numpy as np
from scipy.sparse import csr_array

from ctk.disclosure.audit import audit
from ctk.disclosure.swaps import swaps
from ctk.disclosure.system import System

WIDTH = 4


def boys_and_girls(counts):
    """Units with boys, girls and both, whose sums over the units are published too."""
    size = 3 * len(counts)
    rows = []
    for i in range(len(counts)):
        row = np.zeros(size, np.int64)
        row[3 * i : 3 * i + 3] = (1, -1, -1)
        rows.append(row)
    for part in range(3):
        row = np.zeros(size, np.int64)
        row[part::3] = 1
        rows.append(row)
    values = np.array([[b + g, b, g] for b, g in counts], np.int64).ravel()
    small = (values >= 1) & (values <= WIDTH)
    down = np.where(small, values - 1, values)
    every = np.ones(size, np.bool_)
    exact, slack = np.ones(len(rows), np.bool_), np.zeros(len(rows), np.int64)
    cost = np.ones(size, np.int64)
    return System(csr_array(np.array(rows)), exact, slack, values, down, small, small, every, cost)


def test_swaps_protect_what_has_partners_near_by():
    """Of ten units with small counts all get a partner, and the audit finds no breach."""
    system = boys_and_girls([(2, 3), (1, 4), (3, 3), (9, 2), (4, 8), (7, 7), (2, 6), (5, 1), (8, 3),
                             (6, 6)])  # fmt: skip
    withheld, moves = swaps(system, WIDTH)
    assert not len(audit(system, withheld, WIDTH, moves, singly=False, far=False).breaches)


def test_each_swap_is_a_table_that_could_be_true():
    """All sums hold after each swap, no count falls below its mark, and only withheld ones move."""
    system = boys_and_girls([(1, 1), (3, 2), (2, 12), (20, 4)])
    withheld, moves = swaps(system, WIDTH)
    matrix = system.matrix.toarray()
    assert moves
    for cells, change in moves:
        whole = np.zeros(system.size, np.int64)
        whole[cells] = change
        assert not (matrix @ whole).any()
        assert (whole >= -system.down).all()
        assert (withheld | system.held)[cells].all()


def test_where_nothing_can_move_nothing_is_found():
    """One unit alone whose sums are published cannot be protected by any swap."""
    withheld, moves = swaps(boys_and_girls([(2, 1)]), WIDTH)
    assert (moves, int(withheld.sum())) == ([], 0)
