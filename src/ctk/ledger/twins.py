"""What receipts there are of a commune and a period while files are being recorded."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Twin:
    """One receipt that was not withdrawn.

    Args:
        id: Id of its event.
        place: Unit, period and reporter.
        sha256: Hash of the file.
        grade: Whether it is a preliminary or an official report.
        taken: Whether it was accepted.
    """

    id: str
    place: tuple[str, str, str]
    sha256: str
    grade: str
    taken: bool


class Twins:
    """Receipts by place, the earliest first; those of this run are added as they are made."""

    def __init__(self, receipts: Iterable[Twin]) -> None:
        self._at: defaultdict[tuple[str, str, str], list[Twin]] = defaultdict(list)
        for receipt in receipts:
            self.add(receipt)

    def add(self, receipt: Twin) -> None:
        """Add the latest one."""
        self._at[receipt.place].append(receipt)

    def of_file(self, place: tuple[str, str, str], sha256: str) -> Twin | None:
        """The latest receipt of a file at a place."""
        same = [receipt for receipt in self._at[place] if receipt.sha256 == sha256]
        return same[-1] if same else None

    def in_force(self, place: tuple[str, str, str], grade: str) -> Twin | None:
        """The receipt that a new one of this grade replaces."""
        taken = [receipt for receipt in self._at[place] if receipt.taken and receipt.grade == grade]
        return taken[-1] if taken else None

    def accept(self, receipt: Twin) -> None:
        """Note that a receipt was accepted after all; it counts from now, so it is the latest."""
        at = self._at[receipt.place]
        at.remove(receipt)
        at.append(replace(receipt, taken=True))
