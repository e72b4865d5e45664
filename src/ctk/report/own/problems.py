"""What is wrong with an office's template: gathered, so that all of it is told at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ctk.errors import UsageError
from ctk.messages import message


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a template.

    Args:
        code: Which sentence of `own.problem` says it.
        found: What stands in the template, as typed.
        nearest: What may have been meant; empty: nothing comes near.
        place: Sheet and cell, or the text around it; empty: not known yet.
        known: What could stand there, listed.
    """

    code: str
    found: str = ""
    nearest: str = ""
    place: str = ""
    known: str = ""

    def text(self, lang: str) -> str:
        """Say where, what was found, and what may have been meant."""
        values = {"found": self.found, "known": self.known}
        said = message(f"own.problem.{self.code}", lang, **values)
        if self.nearest:
            said += " " + message("own.problem.nearest", lang, nearest=self.nearest)
        return f"{self.place}: {said}" if self.place else said


@dataclass
class Problems:
    """Gathers faults; `place` is where the template is being filled just now."""

    place: str = ""
    found: list[Problem] = field(default_factory=list)

    def add(self, code: str, found: object = "", nearest: str = "", known: str = "") -> None:
        """Remember a fault, once for each place."""
        shown = " ".join(str(found).split())[:_LONGEST]
        problem = Problem(code, shown, nearest, self.place, known)
        if problem not in self.found:
            self.found.append(problem)

    def raise_if_any(self, file: Path) -> None:
        """Stop before anything is written.

        Raises:
            FaultyTemplateError: There is at least one fault.
        """
        if self.found:
            raise FaultyTemplateError(file, self.found)


class FaultyTemplateError(UsageError):
    """A template cannot be filled; its title lists every fault with its place."""

    def __init__(self, file: Path, problems: Sequence[Problem]) -> None:
        super().__init__("template_faults", file=file.name, count=len(problems))
        self.problems = tuple(replace(problem) for problem in problems)

    def title(self, lang: str) -> str:
        """Say how many faults there are, then each on a line of its own."""
        return "\n".join([super().title(lang), *(f"  {p.text(lang)}" for p in self.problems)])


_LONGEST = 120
