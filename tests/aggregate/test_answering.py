"""Joining the files of several reporters, against a plain computation cell by cell."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from ctk.aggregate.answering import join_reporters
from ctk.frame import COLUMNS, Batch, Submission
from ctk.indicators import load_catalogue
from ctk.model import Absence
from ctk.periods import parse_period
from ctk.units.lookup import find_unit

PERIOD = parse_period("2022-6m")
UNIT = find_unit("19588", PERIOD.end)
REPORTERS = ("commune", "health_station", "school")
ELEMENTS, CELLS = 4, 2

# What a reporter says in each cell of some rows: nothing, a word, or a figure.
says = st.sampled_from([None, "not collected", 0, 1, 2])
rows = st.dictionaries(st.integers(0, ELEMENTS - 1), st.tuples(*[says] * CELLS))
files = st.dictionaries(st.sampled_from(REPORTERS), rows, min_size=1)
answers = st.lists(st.sampled_from(REPORTERS), min_size=ELEMENTS, max_size=ELEMENTS)


def batch_of(sent):
    """A batch with one submission for each reporter."""
    listed = [
        Submission(who, who, "form", ("A",), UNIT, PERIOD, reporter=who, receipt=who)
        for who in sent
    ]
    cells = [
        (place, element, column, *_stored(cells[column]))
        for place, table in enumerate(sent.values())
        for element, cells in table.items()
        for column in range(CELLS)
    ]
    named = pd.DataFrame(cells, columns=["submission", "element", "breakdown", "value", "absence"])
    frame = pd.DataFrame({name: named.get(name, 0) for name in COLUMNS}, index=named.index)
    return Batch(load_catalogue(), tuple(listed), frame.astype(COLUMNS), {}, {}, ())


def _stored(said):
    if said is None:
        return np.nan, Absence.BLANK
    if isinstance(said, str):
        return np.nan, Absence.NOT_COLLECTED
    return float(said), Absence.PRESENT


def expected(sent, answering):
    """Whose row stands for each element, by the three sentences of the documentation."""
    found = {}
    for element, who in enumerate(answering):
        own = sent.get("commune", {})
        theirs = sent.get(who, {})
        if any(cell is not None for cell in theirs.get(element, ())):
            found[element] = who
        elif element in own:
            found[element] = "commune"
        elif element in theirs:
            found[element] = who
    return found


@given(sent=files, answering=answers)
def test_each_element_is_of_the_reporter_that_answers(sent, answering):
    """Each row that stands is whole, of one reporter and with its own file; nothing is added."""
    rest = ["commune"] * (len(load_catalogue().elements) - ELEMENTS)
    joined = join_reporters(batch_of(sent), [*answering, *rest])
    batch, wanted = joined.batch, expected(sent, answering)
    assert len(batch.submissions) == int("commune" in sent or bool(wanted))
    found = {}
    for row in batch.frame.to_dict("index").items():
        place, cell = row
        who = batch.file_of(int(cell["submission"]), place).reporter
        said = cell["value"], cell["absence"]
        found.setdefault((cell["element"], who), []).append(said)
    shown = {(e, who): [_stored(cell) for cell in sent[who][e]] for e, who in wanted.items()}
    assert repr(_plain(found)) == repr(_plain(shown))


def _plain(found):
    return {key: [(float(v), int(a)) for v, a in cells] for key, cells in sorted(found.items())}


@given(sent=files, answering=answers)
def test_the_order_of_files_does_not_matter(sent, answering):
    """Read backwards, the same figures, files and remarks."""
    rest = ["commune"] * (len(load_catalogue().elements) - ELEMENTS)
    turned = dict(reversed(sent.items()))
    one, other = (join_reporters(batch_of(each), [*answering, *rest]) for each in (sent, turned))
    assert one.remarks == other.remarks
    assert {each.reporter for each in one.used} == {each.reporter for each in other.used}
    assert one.batch.submissions == other.batch.submissions
    np.testing.assert_array_equal(one.batch.matrix, other.batch.matrix)


@given(sent=files, answering=answers)
def test_every_difference_is_told_and_no_other(sent, answering):
    """Where two reporters give other figures for a cell, the one not used is named."""
    rest = ["commune"] * (len(load_catalogue().elements) - ELEMENTS)
    joined = join_reporters(batch_of(sent), [*answering, *rest])
    ids = [each.id for each in load_catalogue().elements]
    told = {
        (r.reporter, e) for r in joined.remarks if r.code == "second_source" for e in r.elements
    }
    wanted = {
        (who, ids[element])
        for element, stands in expected(sent, answering).items()
        for who, table in sent.items()
        if who != stands and _differ(sent[stands][element], table.get(element, ()))
    }
    assert told == wanted


def _differ(used, other):
    pairs = zip(used, other, strict=False)
    return any(isinstance(a, int) and isinstance(b, int) and a != b for a, b in pairs)
