"""Writes a proposed layout as TOML that a person can read and edit."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctk.forms.learning.entries import Entry, EntryKind
from ctk.forms.loader import FORMAT
from ctk.forms.wording import label_key
from ctk.messages import message
from ctk.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctk.forms.learning.entries import Proposal, ProposedTable
    from ctk.indicators import Catalogue

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_NOT_ID = re.compile(r"[^a-z0-9]+")
_LONGEST_ID = 60
PERIODS = ("6m", "9m", "12m")


@dataclass(frozen=True, slots=True)
class Naming:
    """What the layout is called, and from which files it was learned."""

    id: str
    title: str
    files: tuple[str, ...]


def id_of(name: str) -> str:
    """An id made of a name: letters, digits and dashes."""
    return _NOT_ID.sub("-", fold(name)).strip("-")[:_LONGEST_ID].rstrip("-") or "bieu"


def layout_text(proposal: Proposal, naming: Naming, catalogue: Catalogue, lang: str) -> str:
    """The text of a layout's TOML file; what is not sure stands in comments.

    Args:
        proposal: What is proposed.
        naming: Its name.
        catalogue: What elements and breakdowns are of.
        lang: Language of the comments.
    """
    writer = _Writer(catalogue, lang)
    blocks = [
        writer.top(naming),
        *writer.hints(proposal),
        *(line for table in proposal.tables for line in writer.table(table)),
    ]
    return "\n\n".join(blocks) + "\n"


def is_writable(table: ProposedTable) -> bool:
    """Tell whether a table has anything to read: an element on one side, a breakdown on the other.

    Both must be sure: what is in doubt stands in the layout as a comment.
    """
    return all(
        any(entry.sure and entry.kind is kind and not entry.twice for entry in side)
        for side, kind in (
            (table.elements, EntryKind.ELEMENT),
            (table.slices, EntryKind.BREAKDOWN),
        )
    )


class _Writer:
    def __init__(self, catalogue: Catalogue, lang: str) -> None:
        self.catalogue = catalogue
        self.lang = lang

    def say(self, key: str, **params: object) -> str:
        """A comment."""
        said = message(f"learning.toml.{key}", self.lang, **params)
        return "\n".join(f"# {_plain(line)}" for line in said.splitlines())

    def top(self, naming: Naming) -> str:
        return "\n".join(
            [
                self.say("top", files=", ".join(naming.files)),
                f"format = {FORMAT}",
                f"id = {_text(naming.id)}",
                "version = 1",
                f"title_vi = {_text(naming.title)}",
                f"periods = {_list(PERIODS)}  {self.say('periods')}",
            ]
        )

    def hints(self, proposal: Proposal) -> Iterator[str]:
        sheets = tuple(dict.fromkeys(s for table in proposal.tables for s in table.sheets))
        told = {"titles": proposal.titles, "sheets": sheets}
        lines = [f"{key} = {_list(texts)}" for key, texts in told.items() if texts]
        yield "\n".join([self.say("recognise"), "[recognise]", *lines])
        if proposal.header:
            words = [f"{key} = {_list(texts)}" for key, texts in proposal.header.items()]
            yield "\n".join([self.say("header"), "[header]", *words])

    def table(self, table: ProposedTable) -> Iterator[str]:
        if not is_writable(table):
            yield self.say("empty_table", sheet=table.name)
            return
        lines = [self.say("table", sheet=table.name), "[[table]]", f"name = {_text(table.name)}"]
        if label_key(table.row_title):
            lines.append(f"row_titles = {_list([table.row_title])}")
        yield "\n".join(lines)
        for side, entries in (("column", table.columns), ("row", table.rows)):
            for entry in entries:
                yield self.entry(side, entry, _free(entry, entries))

    def entry(self, side: str, entry: Entry, variants: Sequence[str]) -> str:
        """A row or a column; one that cannot be told from another as a comment."""
        lines = [f"[[table.{side}]]", f"label = {_text(entry.label)}"]
        if variants:
            lines.append(f"variants = {_list(variants)}")
        if entry.under:
            lines.append(f"under = {_text(entry.under)}")
        lines += self.meaning(entry)
        if entry.not_asked and entry.kind is EntryKind.ELEMENT and entry.sure:
            lines.append(f"not_asked = {_list(entry.not_asked)}")
        if entry.code:
            lines.append(f"code = {_text(entry.code)}")
        if entry.number:
            lines.append(f"number = {_text(entry.number)}")
        if entry.unit:
            lines.append(f"unit = {_text(entry.unit)}")
        if entry.twice:
            return "\n".join([self.say("twice"), *(f"# {line}" for line in lines)])
        return "\n".join(lines)

    def meaning(self, entry: Entry) -> Iterator[str]:
        """The line that says what a row or column is; what is not sure as a comment to edit."""
        if entry.sure:
            yield self.settled(entry)
            return
        if entry.kind is EntryKind.ELEMENT and entry.index is not None:
            yield f"kind = {_text(EntryKind.OUTSIDE)}"
            score = self.score(entry.score)
            yield self.say("perhaps", score=score, why=self.reasons(entry))
            yield f"# {self.element(entry.index)}"
        else:
            yield f"kind = {_text(entry.kind)}"
            yield self.say("unknown", why=self.reasons(entry))
        if entry.runner_up is not None:
            yield self.say("or", score=self.score(entry.runner_up_score))
            yield f"# {self.element(entry.runner_up)}"

    def settled(self, entry: Entry) -> str:
        """The line of what is sure."""
        if entry.kind is EntryKind.ELEMENT and entry.index is not None:
            return self.element(entry.index)
        if entry.kind is EntryKind.BREAKDOWN and entry.index is not None:
            return self.breakdown(entry.index)
        return f"kind = {_text(entry.kind)}"

    def element(self, index: int) -> str:
        """The key of an element, with its name."""
        element = self.catalogue.elements[index]
        return f"element = {_text(element.id)}  # {_plain(element.name(self.lang))}"

    def breakdown(self, index: int) -> str:
        """The key of a breakdown; a comment for the total, which needs none."""
        slice_ = self.catalogue.breakdowns[index]
        for name in ("sex", "age", "ethnicity"):
            if (code := getattr(slice_, name)) != "T":
                return f"{name} = {_text(code)}"
        return self.say("total")

    def score(self, score: float) -> str:
        """A score as the language writes it."""
        text = f"{score:.2f}"
        return text.replace(".", ",") if self.lang == "vi" else text

    def reasons(self, entry: Entry) -> str:
        """Why an entry is not sure, in words."""
        return "; ".join(message(f"learning.reason.{r}", self.lang) for r in entry.reasons)


def _free(entry: Entry, entries: Sequence[Entry]) -> list[str]:
    """Those other words of an entry that are not the words of another one too."""
    taken = {label_key(other.label) for other in entries}
    taken |= {label_key(v) for other in entries if other is not entry for v in other.variants}
    return [text for text in entry.variants if label_key(text) not in taken]


def _text(value: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(_plain(value), ensure_ascii=False)


def _list(values: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, values))}]"


def _plain(text: str) -> str:
    """A text without control characters, on one line."""
    return _CONTROLS.sub(" ", text).strip()
