"""Puts findings together as a person works on them: by file, then by rule."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ctk.model import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ctk.model import Finding

_SEVERITIES = list(Severity)
_TRIED = 100  # groups looked at for a screen of some forty lines


@dataclass(frozen=True)
class Group:
    """The findings of one rule in one file, in the order of the file.

    Where the same is wrong with several files as a whole, it is one group (`merged`).
    """

    findings: tuple[Finding, ...]

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The file or files; none for what concerns no single one."""
        return tuple(dict.fromkeys(found.file for found in self.findings if found.file))

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
    made.sort(key=lambda group: (files[group.findings[0].file or ""], group.weight))
    return made


def merged(groups: Iterable[Group]) -> list[Group]:
    """Join the groups that say the same of several files as a whole, where the first one stands."""
    joined: dict[object, list[Finding]] = {}
    for i, group in enumerate(groups):
        alike = all(found.cell is None for found in group.findings)
        said = tuple(found.message for found in group.findings)
        key = (group.rule, group.severity, said) if alike else i
        joined.setdefault(key, []).extend(group.findings)
    return [Group(tuple(findings)) for findings in joined.values()]


def fitting(groups: list[Group], size: Callable[[int, bool], int], room: int) -> list[int]:
    """Choose groups for a screen: of each file its worst one before any second one.

    Args:
        groups: In the order in which they would be printed.
        size: Tells how many lines a group takes by its position, and whether the name of its
            file is wanted above it.
        room: Lines that there are.

    Returns:
        The positions of the chosen groups, in order.
    """
    turns: dict[tuple[str, ...], int] = {}
    order = []
    for i, group in enumerate(groups):
        turn = turns[group.files] = turns.get(group.files, -1) + 1
        order.append((_SEVERITIES.index(group.severity), turn, i))
    chosen: list[int] = []
    seen: set[tuple[str, ...]] = set()
    for _, _, i in sorted(order)[:_TRIED]:
        need = size(i, groups[i].files not in seen)
        if need <= room or not chosen:  # one is always shown
            room -= need
            seen.add(groups[i].files)
            chosen.append(i)
    return sorted(chosen)
