"""What is mixed in a total: preliminary and official, estimates and actual figures, other dates."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctk.aggregate.grouping import choose
from ctk.forms.statements import ESTIMATE, PRELIMINARY, statement
from ctk.units.lookup import communes_under

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ctk.frame import Batch, Submission
    from ctk.model import Unit
    from ctk.periods import Period

_TYPED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@dataclass(frozen=True, slots=True)
class Mixture:
    """Reports of different kinds in the totals of one unit.

    Args:
        unit: The unit that is added up to.
        period: The reporting period.
        code: What differs: `status`, `kind` or `cut_off`.
        counts: How many communes state what, the most frequent first; "" for no statement.
    """

    unit: Unit
    period: Period
    code: str
    counts: tuple[tuple[str, int], ...]


def mixtures(batch: Batch, period: Period, targets: Iterable[Unit]) -> tuple[Mixture, ...]:
    """Find what is mixed in the totals of each target."""
    chosen = choose(batch, period).by_commune
    found = []
    for target in targets:
        communes = communes_under(target.code, period.end)
        used = [batch.files_of[chosen[u.code]] for u in communes if u.code in chosen]
        found += [
            Mixture(target, period, code, tuple(counts.most_common()))
            for code, counts in _mixed(used)
        ]
    return tuple(found)


def _mixed(used: list[tuple[Submission, ...]]) -> list[tuple[str, Counter[str]]]:
    status = _communes([statement(each.status) for each in files] for files in used)
    kind = _communes([statement(each.kind) for each in files] for files in used)
    cut_off = _communes([_day(each.cut_off) for each in files if each.cut_off] for files in used)
    mixed = [("cut_off", cut_off)] if len(cut_off) > 1 else []
    if ESTIMATE in kind and len(kind) > 1:
        mixed.insert(0, ("kind", kind))
    if PRELIMINARY in status and len(status) > 1:
        mixed.insert(0, ("status", status))
    return mixed


def _communes(stated: Iterable[list[str]]) -> Counter[str]:
    """Count communes; one whose figures are from several files may state several things."""
    return Counter(text for texts in stated for text in dict.fromkeys(texts))


def _day(text: str) -> str:
    """A date as ISO writes it, whichever way it was typed; anything else as it is."""
    match = _TYPED.fullmatch(text.strip())
    return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}" if match else text
