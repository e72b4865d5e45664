"""Which of several files of one unit and period is the one that counts, by what they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edition:
    """What a file says of itself as one of several.

    Args:
        content: Hash of its bytes.
        signed: Day of its signature as `2022-05-20`; empty where it says none.
        replaces: Whether it says that it replaces another.
    """

    content: str
    signed: str = ""
    replaces: bool = False


NO_EDITION = Edition("")
"""Of a submission that is not read from a file."""


def latest(editions: Mapping[int, Edition]) -> int | None:
    """The file that replaces all others of different content; None where they do not say.

    One says so in words and was not signed before another, or was signed after all others.
    """
    replacing = [place for place, edition in editions.items() if edition.replaces]
    if replacing:
        first = replacing[0]
        same = {editions[place].content for place in replacing}
        later = any(e.signed > editions[first].signed for e in editions.values() if e.signed)
        return first if len(same) == 1 and not (later and editions[first].signed) else None
    days = {edition.signed for edition in editions.values()}
    newest = [place for place, edition in editions.items() if edition.signed == max(days)]
    alone = len({editions[place].content for place in newest}) == 1
    return newest[0] if "" not in days and len(days) > 1 and alone else None
