"""Puts findings together as a person works on them: by file, then by rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctk.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ctk.model import Finding

_SEVERITIES = list(Severity)


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one rule in one file, in the order of the file."""

    findings: tuple[Finding, ...]

    @property
    def file(self) -> str | None:
        """The file; None for what concerns no single one."""
        return self.findings[0].file

    @property
    def rule(self) -> str:
        """Id of the rule."""
        return self.findings[0].rule

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return self.findings[0].severity

    @property
    def weight(self) -> tuple[int, str]:
        """Errors come first, and of them those of the file, then the form, then the cell."""
        return _SEVERITIES.index(self.severity), self.rule

    def places(self) -> list[str]:
        """The cells, each sheet named once: "I.1 Chung!D8, E8"."""
        said: list[str] = []
        last: str | None = None
        for found in self.findings:
            place = place_of(found)
            if place and found.sheet == last and found.cell:
                said[-1] += f", {found.cell}"
            elif place:
                said.append(place)
            last = found.sheet
        return said


def place_of(found: Finding) -> str:
    """Sheet and cell, "I.1 Chung!D8"."""
    return "!".join(part for part in (found.sheet, found.cell) if part)


def by_rule(findings: Iterable[Finding]) -> list[Group]:
    """Group findings by file and rule; the files in their order, in each the worst first."""
    groups: dict[tuple[str, str, Severity], list[Finding]] = {}
    files: dict[str, int] = {}
    for found in findings:
        file = found.file or ""
        files.setdefault(file, len(files))
        groups.setdefault((file, found.rule, found.severity), []).append(found)
    made = [Group(tuple(same)) for same in groups.values()]
    made.sort(key=lambda group: (files[group.file or ""], group.weight))
    return made


def fitting(groups: list[Group], sizes: list[int], heads: int, room: int) -> list[int]:
    """Choose groups for a screen: of each file its worst one before any second one.

    Args:
        groups: In the order in which they would be printed.
        sizes: Lines that each group takes.
        heads: Lines that the first group of a file takes besides.
        room: Lines that there are.

    Returns:
        The positions of the chosen groups, in order.
    """
    turns: dict[str | None, int] = {}
    order = []
    for i, group in enumerate(groups):
        turn = turns[group.file] = turns.get(group.file, -1) + 1
        order.append((_SEVERITIES.index(group.severity), turn, i))
    chosen: list[int] = []
    seen: set[str | None] = set()
    for _, _, i in sorted(order):
        need = sizes[i] + (0 if groups[i].file in seen else heads)
        if need > room:
            break
        room -= need
        seen.add(groups[i].file)
        chosen.append(i)
    return sorted(chosen)
