"""`ctk forms learn`: the dialogue about what is not sure, and how a proposal is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ctk.cli.printer import Printer, plain
from ctk.messages import message

if TYPE_CHECKING:
    from ctk.forms.learning.entries import Entry, Proposal, ProposedTable
    from ctk.indicators import Catalogue
    from ctk.model import Result


class Dialogue:
    """Asks about each row and column that is not sure."""

    def __init__(self, lang: str) -> None:
        """Nothing was asked yet."""
        self.lang = lang
        self.printer = Printer(lang)
        self.ended = False
        self.asked = self.count = 0

    def say(self, key: str, **params: object) -> None:
        """Print a line."""
        self.printer.line(plain(message(f"learning.ask.{key}", self.lang, **params)))

    def __call__(self, proposal: Proposal, catalogue: Catalogue) -> Proposal:
        """Settle a proposal as far as the person answers."""
        from ctk.commands.learn import settle

        sides = [side for table in proposal.tables for side in (table.columns, table.rows)]
        self.count = sum(not entry.sure for side in sides for entry in side)
        if not self.count:
            return proposal
        self.say("intro", count=self.count)
        return settle(proposal, lambda table, entry: self._ask(table, entry, catalogue))

    def _ask(self, table: ProposedTable, entry: Entry, catalogue: Catalogue) -> Entry:
        if self.ended:
            return entry
        self.asked += 1
        choices = self._offer(table, entry, catalogue)
        while True:
            text = self._answer()
            if text == "" or self.ended:
                return entry
            decided = self._decided(text, table, entry, choices, catalogue)
            if decided is not None:
                return decided

    def _offer(self, table: ProposedTable, entry: Entry, catalogue: Catalogue) -> list[int]:
        """Show an entry with what it may be."""
        from ctk.workbook.addresses import a1

        cell = a1(entry.place.row, entry.place.col)
        told = {"cell": cell, "sheet": entry.place.sheet, "label": entry.label}
        self.say("entry", number=self.asked, count=self.count, **told)
        why = [message(f"learning.reason.{reason}", self.lang) for reason in entry.reasons]
        self.say("why", why="; ".join(why))
        found = [(entry.index, entry.score), (entry.runner_up, entry.runner_up_score)]
        choices = (
            [index for index, _ in found if index is not None] if entry in table.elements else []
        )
        for number, index in enumerate(choices, 1):
            element = catalogue.elements[index]
            score = self.printer.number(dict(found)[index], 2)
            name = element.name(self.lang)
            self.say("option", number=number, id=element.id, name=name, score=score)
        codes = ", ".join(slice_.code for slice_ in catalogue.breakdowns)
        self.say("outside" if entry in table.elements else "ignored", codes=codes)
        return choices

    def _answer(self) -> str:
        try:
            text = input(f"{message('learning.ask.prompt', self.lang)}: ").strip()
        except EOFError:
            text = "q"
        self.ended = text.lower() == "q"
        return text

    def _decided(
        self,
        text: str,
        table: ProposedTable,
        entry: Entry,
        choices: list[int],
        catalogue: Catalogue,
    ) -> Entry | None:
        """The entry as answered; None if the answer means nothing."""
        from ctk.forms.learning.entries import EntryKind

        elements = entry in table.elements
        if text == "0":
            return entry.decided(EntryKind.OUTSIDE if elements else EntryKind.IGNORED, None)
        if elements and text.isdecimal() and 0 < int(text) <= len(choices):
            return self._taken(choices[int(text) - 1], table, entry, catalogue)
        ids = [element.id for element in catalogue.elements]
        codes = [slice_.code for slice_ in catalogue.breakdowns]
        known = {id_.casefold(): i for i, id_ in enumerate(ids if elements else codes)}
        index = known.get(text.casefold())
        if index is None:
            self.say("unknown" if elements else "unknown_slice", text=text)
            return None
        if not elements:
            return entry.decided(EntryKind.BREAKDOWN, index)
        return self._taken(index, table, entry, catalogue)

    def _taken(
        self, index: int, table: ProposedTable, entry: Entry, catalogue: Catalogue
    ) -> Entry | None:
        """The entry with an element, unless another row has that."""
        from ctk.forms.learning.entries import EntryKind

        sure = [e for e in table.elements if e.sure and e.kind is EntryKind.ELEMENT]
        for other in sure:
            if other is not entry and other.index == index:
                self.say("taken", text=catalogue.elements[index].id, label=other.label)
                return None
        return entry.decided(EntryKind.ELEMENT, index)


class LearningPrinter(Printer):
    """Shows what was learned."""

    def learned(self, result: Result) -> None:
        """All ties with their scores, and what to do next."""
        for error in result.errors:
            self.line(plain(f"{error.file}: {error.title} {error.hint}", "bold red"))
        ties = result.data["ties"]
        for table in dict.fromkeys(tie["table"] for tie in ties):
            self.line(plain(self._say("print.table", table=table), "bold"))
            self._ties([tie for tie in ties if tie["table"] == table])
        if ties:
            unsure = sum(not tie["sure"] for tie in ties)
            told = {"sure": len(ties) - unsure, "all": len(ties), "unsure": unsure}
            self.line(self._say("print.count", **told))
        layout = result.data["layout"]
        if layout:
            self.line(plain(self._say("print.written", file=layout), "green"))
            key = "next_sure" if all(tie["sure"] for tie in ties) else "next_unsure"
            self.line(plain(self._say(f"print.{key}", file=layout)))

    def _say(self, key: str, **params: object) -> str:
        return message(f"learning.{key}", self.lang, **params)

    def _ties(self, ties: list[dict[str, Any]]) -> None:
        names = ("mark", "cell", "label", "tie", "name", "score", "runner_up", "why")
        rows = [
            (
                plain("" if tie["sure"] else self._say("print.not_sure"), "yellow"),
                tie["cell"],
                tie["label"],
                self._tied_to(tie),
                tie["name"] or "",
                self.number(tie["score"], 2) if tie["element"] else "",
                f"{tie['runner_up']} ({self.number(tie['runner_up_score'], 2)})"
                if tie["runner_up"]
                else "",
                "; ".join(self._say(f"reason.{reason}") for reason in tie["reasons"]),
            )
            for tie in ties
        ]
        self.table([self._say(f"column.{name}") for name in names], rows)

    def _tied_to(self, tie: dict[str, Any]) -> str:
        if tie["element"]:
            return str(tie["element"])
        slices = [tie[name] for name in ("sex", "age", "ethnicity") if tie[name] not in (None, "T")]
        return ", ".join(slices) or ("" if tie["name"] else self._say(f"print.{tie['kind']}"))
