"""Error localisation finds exactly the smallest repairs, and says nothing it does not know."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ctk.validate.linear import MOST, Linear, Rows, System
from ctk.validate.localise import Limits, localise

TOP = 6
"""Random figures are from 0 to here, and so are those that brute force tries."""

PATIENT = Limits(rounds=1000, seconds=120.0)
"""So that a busy machine does not decide what is found."""


@st.composite
def systems(draw):
    """Up to six figures and up to six relations; each figure has a limit, so all are bounded."""
    count = draw(st.integers(2, 6))
    figures = st.integers(0, count - 1)
    relations = [Linear(((i, 1),), exact=False, bound=TOP) for i in range(count)]
    for _ in range(draw(st.integers(1, 6))):
        left = draw(figures)
        right = draw(st.lists(figures, min_size=1, max_size=4, unique=True))
        coefficient = draw(st.sampled_from([1, 1, 1, 2]))
        terms = [(left, coefficient), *((f, -1) for f in right if f != left)]
        bound = draw(st.sampled_from([0, 0, 0, 1, -2]))
        relations.append(Linear(tuple(terms), draw(st.booleans()), bound))
    values = draw(st.lists(st.integers(0, TOP), min_size=count, max_size=count))
    weights = draw(st.lists(st.integers(10, 14), min_size=count, max_size=count))
    return System(Rows(tuple(relations)), dict(enumerate(values))), weights


def brute_force(system, weights, slack):
    """What every solution within the limits changes: the sets of least weight, or nearly."""
    count = len(weights)
    points = np.indices((TOP + 1,) * count).reshape(count, -1)
    good = np.ones(points.shape[1], bool)
    for relation in system.rows.relations:
        total = sum(coefficient * points[figure] for figure, coefficient in relation.terms)
        good &= total == relation.bound if relation.exact else total <= relation.bound
    changed = points[:, good] != np.array(list(system.values.values()))[:, None]
    weight = np.array(weights) @ changed
    near = changed[:, weight <= weight.min(initial=MOST) + slack]
    return {tuple(np.flatnonzero(column).tolist()) for column in near.T}


def found_by_ctk(system, weights, slack):
    """The same sets as combinations of ctk's independent groups; None if one is not decided."""
    every = range(len(system.rows.relations))
    located = localise(system, system.broken(every), weights.__getitem__, slack, PATIENT)
    if not all(group.decided for group in located):
        return None
    pairs = itertools.product(*(group.repairs for group in located))
    found = [tuple(sorted(f for repair in repairs for f in repair)) for repairs in pairs]
    least = min(sum(weights[f] for f in repair) for repair in found)
    return {repair for repair in found if sum(weights[f] for f in repair) <= least + slack}


@given(systems(), st.sampled_from([0, 0, 3, 9]))
@settings(max_examples=200, deadline=None)
def test_least_repairs_are_those_of_brute_force(case, slack):
    """The sets are those that change in the lightest of all solutions there are."""
    system, weights = case
    expected = brute_force(system, weights, slack)
    assert (expected or None) == found_by_ctk(system, weights, slack)


def system_of(*relations, values):
    """Figures 0, 1, 2 … with these values."""
    return System(Rows(relations), dict(enumerate(values)))


def total(whole, *parts):
    """An exact sum."""
    return Linear(((whole, 1), *((part, -1) for part in parts)), exact=True)


def one(_figure):
    """All figures are equally good."""
    return 1


def test_a_figure_of_two_broken_sums():
    """A total that neither of two sums gives is the only single figure that repairs both."""
    system = system_of(total(0, 1, 2), total(0, 3, 4), values=[19, 4, 5, 2, 7])
    (group,) = localise(system, [0, 1], one)
    assert group.repairs == ((0,),)
    assert system.span(0).value == 9


def test_a_figure_of_one_broken_sum_of_two():
    """The total is cleared by the sum that holds; which of the parts is wrong stays open."""
    system = system_of(total(0, 1, 2), total(0, 3, 4), values=[9, 4, 6, 2, 7])
    (group,) = localise(system, [0], one)
    assert group.repairs == ((1,), (2,))


def test_faults_far_apart_are_told_apart():
    """Two faults that share no relation are two groups, each with its own repairs."""
    sums = [total(0, 1, 2), total(0, 3, 4), total(5, 6, 7), total(5, 8, 9)]
    system = system_of(*sums, values=[19, 4, 5, 2, 7, 8, 3, 2, 5, 3])
    first, second = localise(system, [0, 1, 2], one)
    assert (first.repairs, second.repairs) == (((0,),), ((6,), (7,)))


def test_no_figure_below_zero():
    """A part larger than its whole cannot be mended by a negative other part."""
    system = system_of(total(0, 1, 2), values=[5, 9, 3])
    (group,) = localise(system, [0], one)
    assert group.repairs == ((0,), (1,))


def test_unreliable_figures_come_first():
    """Of equally small repairs the one with the cheapest figure stands first."""
    system = system_of(total(0, 1, 2), values=[9, 4, 6])
    (group,) = localise(system, [0], [1003, 1009, 1001].__getitem__, slack=499)
    assert group.repairs == ((2,), (0,), (1,))


def test_a_missing_figure_constrains_nothing():
    """A relation with a figure that is not known was not tested and limits no other."""
    rows = Rows((total(0, 1, 2), total(1, 3, 4)))
    system = System(rows, {0: 9, 1: 4, 2: 6, 3: 1})
    (group,) = localise(system, [0], one)
    assert group.repairs == ((0,), (1,), (2,))


def test_relations_that_contradict_each_other():
    """Where no figures can satisfy all relations, nothing is claimed."""
    bounds = [Linear(((0, 1),), exact=True, bound=n) for n in (1, 2)]
    system = system_of(*bounds, values=[1])
    assert [group.decided for group in localise(system, [1], one)] == [False]


def test_too_many_repairs_are_not_listed():
    """More equally good repairs than can be listed: not decided."""
    system = system_of(total(0, *range(1, 40)), values=[0, *[1] * 39])
    (few,) = localise(system_of(total(0, 1, 2), values=[9, 1, 1]), [0], one, 0, Limits(sets=2))
    (many,) = localise(system, [0], one, 0, Limits(sets=0))
    assert (few.decided, many.decided) == (False, False)


def test_out_of_time():
    """Without time for the solver nothing is claimed."""
    sums = [total(0, 1, 2), total(2, 3, 4), total(4, 5, 6)]
    system = system_of(*sums, values=[9, 9, 9, 9, 9, 9, 9])
    limits = Limits(seconds=-1.0)
    assert {False} == {group.decided for group in localise(system, [0, 1, 2], one, 0, limits)}
