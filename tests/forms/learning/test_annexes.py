"""Annexes of invented offices: nothing is tied wrongly for sure, and nearly all of it for sure."""

from __future__ import annotations

from functools import cache

import pytest

from ctk.forms.learning.entries import Entry, EntryKind, Proposal
from ctk.forms.learning.joining import Example
from ctk.forms.learning.proposal import propose
from ctk.forms.learning.writing import Naming, is_writable, layout_text
from ctk.forms.loader import build_layout
from ctk.indicators import load_catalogue
from invented import Annex, annexes

CATALOGUE = load_catalogue()
DECOYS = "decoys"


@cache
def proposed(name: str) -> Proposal:
    """What is proposed for an annex."""
    return propose([Example(name, (annexes()[name].sheet,))], CATALOGUE)


def learned(annex: Annex) -> dict[tuple[int, int], Entry]:
    """What is proposed for each label of an annex."""
    return {
        (entry.place.row, entry.place.col): entry
        for table in proposed(annex.name).tables
        for entry in (*table.rows, *table.columns)
        if entry.kind is not EntryKind.HEADING or not table.across
    }


def meant(entry: Entry) -> str:
    """What an entry is tied to, in the words of the annexes."""
    if entry.kind is EntryKind.ELEMENT and entry.index is not None:
        return CATALOGUE.elements[entry.index].id
    return "heading" if entry.kind is EntryKind.HEADING else "-"


@pytest.mark.parametrize("name", annexes())
def test_nothing_sure_is_wrong(name: str) -> None:
    """Whatever is tied without a question is tied to what a careful reader takes it for."""
    annex = annexes()[name]
    found = learned(annex)
    wrong = {
        entry.label: (meant(entry), meaning)
        for place, meaning in annex.meanings.items()
        if (entry := found[place]).sure and meant(entry) != meaning
    }

    assert wrong == {}


def test_nearly_all_rows_need_no_question() -> None:
    """Of the rows that an element covers at least 95 in 100 are tied without a question."""
    sure = [
        learned(annex)[place].sure
        for annex in annexes().values()
        for place, meaning in annex.meanings.items()
        if meaning not in ("-", "heading")
    ]

    assert len(sure) > 150
    assert sum(sure) >= 0.95 * len(sure)


def test_what_only_looks_like_an_element_is_asked_about() -> None:
    """Words that make it another figure ("nặng", "chưa", "do Covid") keep a row from being tied."""
    found = learned(annexes()[DECOYS])
    tied = [entry.label for entry in found.values() if entry.sure and meant(entry)[0] in "I6"]

    assert tied == []


@pytest.mark.parametrize("name", sorted(set(annexes()) - {DECOYS}))
def test_what_is_written_can_be_read(name: str) -> None:
    """The layout of any annex is taken by the loader, in both languages."""
    proposal = proposed(name)
    writable = sum(map(is_writable, proposal.tables))

    for lang in ("vi", "en"):
        text = layout_text(proposal, Naming("bieu", "Biểu", (name,)), CATALOGUE, lang)
        assert len(build_layout(text, CATALOGUE).tables) == writable == 1


def test_a_table_with_nothing_sure_is_not_written() -> None:
    """A table in which nothing is tied for sure is told of in a comment, and is no table."""
    annex = annexes()[DECOYS]
    proposal = proposed(DECOYS)
    text = layout_text(proposal, Naming("bieu", "Biểu", (annex.name,)), CATALOGUE, "vi")

    assert not any(map(is_writable, proposal.tables))
    assert "[[table]]" not in text
