"""A later release reveals nothing by difference; what was published is read back as written."""

from dataclasses import replace

import numpy as np
import pytest

from ctk.disclosure.layers import Figure, Layer
from ctk.disclosure.protect import PRIMARY, SECONDARY, protect
from ctk.disclosure.releases import as_text, from_text
from ctk.indicators import load_catalogue
from ctk.periods import parse_period
from ctk.settings import Policy

CATALOGUE = load_catalogue()
ABUSED = Figure("II-0101")
PERIOD = parse_period("2022-6m")


def _layer(counts, period=PERIOD, figure=ABUSED):
    """Units A, B, C… of a whole W, and one figure; the whole is their sum."""
    units = ("W", *"ABCDEF"[: len(counts)])
    values = np.array([[sum(counts)], *([count] for count in counts)], np.int64)
    return Layer(period, units, dict.fromkeys(units[1:], "W"), (figure,), values)


def _withheld(made, layer=0):
    of = made.layers[layer]
    return {of.units[u] for u in np.flatnonzero(of.withheld[:, 0])}


def _protect(*now, earlier=(), policy=None):
    return protect(now, earlier, policy or Policy(), CATALOGUE)


def test_a_single_small_count_takes_another_figure_with_it():
    """Of 3, 20 and 30 with their total, hiding 3 alone would hide nothing."""
    made = _protect(_layer([3, 20, 30]))
    assert _withheld(made) in ({"A", "B"}, {"A", "W"}, {"A", "C"})
    assert (made.count(PRIMARY), made.count(SECONDARY)) == (1, 1)
    assert made.optimal
    assert made.breaches == ()


def test_zeros_are_published_unless_the_office_protects_them():
    """With 0, 0 and 30 nothing is small; with zeros protected both are withheld."""
    assert _withheld(_protect(_layer([0, 0, 30]))) == set()
    made = _protect(_layer([0, 0, 30]), policy=Policy(zeros="protect"))
    assert {"A", "B"} < _withheld(made)


def test_large_counts_and_other_topics_are_published():
    """Nothing is withheld where no sensitive count is small."""
    assert _withheld(_protect(_layer([7, 20, 30]))) == set()
    assert _withheld(_protect(_layer([3, 20, 30], figure=Figure("I-0604")))) == set()


def test_the_same_figures_again_are_withheld_again():
    """A second release of unchanged figures publishes nothing that the first withheld."""
    first = _protect(_layer([3, 20, 30, 9]))
    again = _protect(_layer([3, 20, 30, 9]), earlier=first.layers)
    assert _withheld(again) == _withheld(first)
    assert again.breaches == ()


def test_another_release_does_not_publish_what_the_first_withheld():
    """One commune was corrected: the figures that did not change stay as they were."""
    first = _protect(_layer([3, 20, 30, 9]))
    corrected = _layer([3, 21, 30, 9])
    again = _protect(corrected, earlier=first.layers)
    kept = {unit for unit in _withheld(first) if unit not in ("B", "W")}
    assert kept <= _withheld(again)
    assert again.breaches == ()


def test_the_difference_of_two_releases_is_no_small_count():
    """A commune that sends in later is not told by the total before and after."""
    before = _layer([20, 30])
    first = _protect(before)
    assert _withheld(first) == set()
    later = _protect(_layer([20, 30, 3]), earlier=first.layers)
    assert {"C", "W"} <= _withheld(later)


def test_a_small_count_that_was_published_is_told_and_not_withheld():
    """What was told once cannot be protected; the office learns of it."""
    lax = Policy(threshold=2)
    first = _protect(_layer([3, 20, 30]), policy=lax)
    assert _withheld(first) == set()
    made = _protect(_layer([3, 20, 30]), earlier=first.layers)
    assert [each.unit for each in made.exposed] == ["A"]


def test_what_can_be_computed_from_an_earlier_release_is_told_too():
    """A lax release gave a total and all but one of its parts away: the last one is known."""
    lax = Policy(threshold=2)
    first = _protect(_layer([1, 3, 30, 40]), policy=lax)
    made = _protect(_layer([1, 3, 30, 40]), earlier=first.layers)
    assert made.breaches == ()
    assert "B" in {each.unit for each in made.exposed}


def test_six_months_bound_the_year():
    """What was counted by June is no more than by December; the audit knows it."""
    year = parse_period("2022")
    half = _protect(_layer([6, 20, 30]))
    whole = _protect(_layer([8, 20, 30], year), earlier=half.layers)
    assert whole.breaches == ()
    narrow = _protect(_layer([1, 20, 30]), earlier=_protect(_layer([1, 20, 30], year)).layers)
    assert narrow.breaches == ()


def test_appendices_that_say_the_same_are_withheld_together():
    """Sexually abused children stand in both appendices (II-0104 = I-0313)."""
    one, two = Figure("I-0313"), Figure("II-0104")
    single = _layer([3, 20, 30])
    values = np.hstack([single.values, single.values])
    made = _protect(replace(single, figures=(one, two), values=values))
    assert (made.layers[0].withheld[:, 0] == made.layers[0].withheld[:, 1]).all()


def test_what_is_left_beside_the_minorities_is_protected():
    """Of 20 married children 19 are of minorities: the other one must not be computed."""
    whole, minority = Figure("I-0317"), Figure("I-0317", ethnicity="minority")
    rest = Figure("I-0317", ethnicity="majority")
    values = np.array([[20, 19, 1]], np.int64)
    made = _protect(Layer(PERIOD, ("A",), {}, (whole, minority, rest), values))
    assert made.layers[0].withheld[0, :2].any()


def test_a_release_is_read_back_as_it_was_written():
    """Figures, marks and what was protected come back from the text."""
    made = _protect(_layer([3, 20, 30]), policy=Policy(threshold=4, protection=3))
    (back,) = from_text(as_text(made.layers, "internal"))
    assert (back.values == made.layers[0].values).all()
    assert (back.withheld == made.layers[0].withheld).all()
    assert (back.units, back.figures) == (made.layers[0].units, made.layers[0].figures)
    assert back.policy == Policy(threshold=4, protection=3)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"ctk_release": 2}', '{"ctk_release": 1}'])
def test_what_is_no_release_is_refused(text):
    """A damaged or later file is never taken for an empty one."""
    with pytest.raises(ValueError, match=r".*"):
        from_text(text)
