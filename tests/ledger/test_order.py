"""What counts depends on what was recorded, not on the order or the number of times it came in."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from ctk.ledger.archive import Archive, file_hash
from ctk.ledger.commit import Commit
from ctk.ledger.events import Event, EventKind
from ctk.ledger.index import Index
from ctk.ledger.ledger import Ledger

NOON = datetime(2022, 5, 20, 12, tzinfo=UTC)
PLACES = ("absence", "note", "sheet", "row", "col", "label_row", "label_col")


def receipt(number, unit, status, value, accepted):
    """A receipt with one figure."""
    figures = {"element": ["I-0101"], "breakdown": ["T"], "value": [value]}
    figures |= {name: [0] for name in PLACES}
    data = {
        "sha256": file_hash(str(number).encode()), "file": "a.xlsx", "unit": unit,
        "period": "2022-6m", "reporter": "commune", "form": "ctk-commune", "cut_off": "",
        "kind": "", "status": status, "accepted": accepted, "reason": "", "rules": "",
        "reading": "", "errors": 0, "warnings": 0, "cells": 1, "sheets": ["A"],
        "figures": figures, "findings": [], "texts": "",
    }  # fmt: skip
    return Event(EventKind.RECEIVED, NOON + timedelta(seconds=number), data)


def total(archive, path):
    """The ids and the sum of what counts, as the index at a path has it."""
    index = Index(path)
    try:
        assert index.sync(archive)
        current = index.current()["id"].tolist()
        return current, index.figures(current)["value"].sum(), index.digest()
    finally:
        index.close()


COMMUNES = st.sampled_from(["19588", "19591", "19594"])
RECEIPTS = st.lists(
    st.tuples(COMMUNES, st.sampled_from(["sơ bộ", ""]), st.integers(0, 9), st.booleans()),
    min_size=1,
    max_size=8,
)


@settings(max_examples=15)
@given(RECEIPTS, st.data())
def test_order_and_repetition_change_nothing(tmp_path_factory, said, data):
    """Events that arrive in any order, some twice, with the index opened in between: one answer.

    The expectation is worked out by hand: the latest accepted receipt of each grade of a commune,
    and of these the official one if there is one.
    """
    events = [receipt(number, *each) for number, each in enumerate(said)]
    again = data.draw(st.lists(st.sampled_from(events), max_size=3))
    shuffled = data.draw(st.permutations(events + again))
    opened = data.draw(st.sets(st.integers(0, len(shuffled))))
    root = tmp_path_factory.mktemp("order")
    archive = Archive(root)
    for number, event in enumerate(shuffled):
        archive.add_event(event)
        if number in opened:
            total(archive, root / "often.duckdb")
    grades = {}
    for event in events:
        if event.data["accepted"]:
            grades[event.data["unit"], event.data["status"] == ""] = event
    chosen = {unit: grades.get((unit, True)) or grades[unit, False] for unit, _ in grades}
    current, added, digest = total(archive, root / "often.duckdb")
    assert {event.id for event in chosen.values()} == set(current)
    assert sum(event.data["figures"]["value"][0] for event in chosen.values()) == added
    assert digest == total(archive, root / "once.duckdb")[2]


def test_a_clock_set_back_hides_nothing(tmp_path):
    """A record made after another is later than it, whatever the clock says."""
    ledger = Ledger(tmp_path)
    future = receipt(0, "19588", "", 1, True)
    ahead = Event(future.kind, datetime.now(UTC) + timedelta(days=400), future.data)
    with ledger.locked():
        ledger.archive.add_event(ahead)
        commit = Commit(ledger.archive)
        data = {**receipt(1, "19588", "", 2, True).data}
        data["figures"] = data["figures"] | {"raw": [None]}
        id_ = commit.receive(b"1", data)
        commit.finish()
        with ledger.index() as index:
            assert index.current()["id"].tolist() == [id_]
