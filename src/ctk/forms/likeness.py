"""How like two labels are: how much of what one says the other says too."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ctk.forms.phrases import Phrase, phrase
from ctk.forms.vocabulary import load_vocabulary

_CACHED = 1 << 15
_AGE = 1.0
_CONTRADICTED = 0.2


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two labels have in common.

    Args:
        explained: Share of the label that the name covers too.
        told: Share of the name that the label says too.
        contradicts: Whether both cannot be said of one figure.
        silent_age: Whether the name is about an age that the label does not tell.
    """

    explained: float
    told: float
    contradicts: bool = False
    silent_age: bool = False

    @property
    def score(self) -> float:
        """From 0 to 1; words that only the label has weigh more than those of the name only."""
        together: float = self.explained**0.65 * self.told**0.35
        return together * (_CONTRADICTED if self.contradicts else 1)


def compare(
    label: Phrase,
    name: Phrase,
    around_label: Phrase | None = None,
    around_name: Phrase | None = None,
) -> Likeness:
    """Compare a label with a name.

    Args:
        label: What the label says.
        name: What the name says.
        around_label: What stands above the label: it may say what the label leaves out.
        around_name: What the name is a part of: it may be repeated by the label.
    """
    wider_label = label.said | (around_label.said if around_label else frozenset())
    wider_name = name.said | (around_name.said if around_name else frozenset())
    own, full = label.weight(label.said), label.weight(label.said & wider_name)
    needed, there = name.weight(name.said), name.weight(name.said & wider_label)
    label_ages = label.ages or (around_label.ages if around_label else frozenset())
    name_ages = name.ages or (around_name.ages if around_name else frozenset())
    clash = _ages_clash(label_ages, name_ages, label.ages)
    if name_ages and label_ages & name_ages:
        own, full, needed, there = own + _AGE, full + _AGE, needed + _AGE, there + _AGE
    elif name.ages and not label_ages:
        needed += _AGE / 2
    contradicts = clash or load_vocabulary().contradict(label.said, name.said)
    return Likeness(
        full / own if own else 0.0,
        there / needed if needed else 0.0,
        contradicts,
        bool(name.ages) and not label_ages,
    )


def _ages_clash(label: frozenset[object], name: frozenset[object], own: frozenset[object]) -> bool:
    """An age of the label itself must be one of the name's; an inherited one if both have any."""
    if label and name:
        return not label & name
    return bool(own) and not name


@lru_cache(maxsize=_CACHED)
def likeness(one: str, other: str) -> float:
    """How like two labels are, from 0 to 1; 0 where both cannot be said of one figure."""
    a, b = phrase(one), phrase(other)
    there, back = compare(a, b), compare(b, a)
    if there.contradicts or back.contradicts or a.ages != b.ages:
        return 0.0
    return min(there.score, back.score)
