"""How like two labels are: how much of what one says the other says too."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ctk.forms.phrases import SILENCE, Phrase, phrase, weight_of
from ctk.forms.vocabulary import load_vocabulary

_CACHED = 1 << 15
_AGE = 1.0
_FAINT = 0.2
_CONTRADICTED = 0.2
_OWN = 0.5
_REPEATED = 0.6
_INHERITED = 0.5
_UNTOLD = 1.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two labels have in common.

    Args:
        explained: Share of the label that the name covers too.
        told: Share of the name that the label says too.
        contradicts: Whether both cannot be said of one figure.
        untold: Whether the name is about an age, a sex, a level of school that the label does not
            tell.
    """

    explained: float
    told: float
    contradicts: bool = False
    untold: bool = False

    @property
    def score(self) -> float:
        """From 0 to 1; words that only the label has weigh more than those of the name only."""
        together: float = self.explained**_OWN * self.told ** (1 - _OWN)
        return together * (_CONTRADICTED if self.contradicts else 1)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a label or a name.

    Args:
        said: What all of it says.
        meant: What of it the label itself means too: "Tại gia đình" below "Tử vong do đuối nước"
            means deaths; nothing where a label stands by itself.
    """

    said: Phrase = SILENCE
    meant: Phrase = SILENCE


_UNLIKE = Likeness(0.0, 0.0)

NOTHING = Around()
"""Nothing stands around."""


def compare(
    label: Phrase, name: Phrase, above: Around = NOTHING, whole: Around = NOTHING
) -> Likeness:
    """Compare a label with a name.

    Args:
        label: What the label says.
        name: What the name says.
        above: What stands above the label: it may say what the label leaves out.
        whole: What the name is a part of: the label may repeat it.
    """
    if _have_nothing_in_common(label, name, above, whole):
        return _UNLIKE
    vocabulary = load_vocabulary()
    inherited = above.meant.said - label.said
    own = label.weight(label.said) + _INHERITED * above.meant.weight(inherited)
    shared = label.weight(label.said & name.said)
    shared += _INHERITED * above.meant.weight(inherited & (name.said | whole.said.said))
    repeated = (label.said & whole.said.said) - name.said
    shared += label.weight(repeated) * (1 if whole.meant.said else _REPEATED)
    wider = label.said | above.said.said
    needed, there = name.weight(name.said), name.weight(name.said & wider)
    label_ages = label.ages or above.said.ages
    name_ages = name.ages or whole.said.ages
    if name_ages and label_ages & name_ages:
        own, shared, needed, there = own + _AGE, shared + _AGE, needed + _AGE, there + _AGE
    silent = bool(name.ages) and not label_ages
    untold = vocabulary.qualifiers(name.said) - wider
    needed += _AGE * silent + _UNTOLD * len(untold)
    clash = _ages_clash(label_ages, name_ages, label.ages)
    return Likeness(
        shared / own if own else 0.0,
        there / needed if needed else 0.0,
        clash or vocabulary.contradict(label.said, name.said, above.said.said),
        silent or bool(untold),
    )


def _have_nothing_in_common(label: Phrase, name: Phrase, above: Around, whole: Around) -> bool:
    """Tell labels apart that share no more than words like "trẻ em"; most pairs are such."""
    if label.ages or above.said.ages:
        return False
    said = label.said | above.meant.said
    telling = [word for word in said if weight_of(word) > _FAINT]
    return bool(telling) and not any(
        word in name.said or word in whole.said.said for word in telling
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
