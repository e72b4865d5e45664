"""What a title of a column, or the label of a line of a matrix, says of the breakdown."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ctk.forms.ages import GAP, take_ages
from ctk.forms.wording import without_number
from ctk.text.fold import fold, nfc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctk.forms.ages import Age
    from ctk.indicators import Catalogue

_CODE_BEHIND = re.compile(r"\s*\(\s*(?:cột\s*)?\d{1,3}[^()]*\)\s*$")
_PERIOD = re.compile(
    r"\b(?:(?:tháng )?\d{1,2} tháng (?:đầu|cuối|năm)(?: năm)?(?: (?:20)?\d\d)?"
    r"|năm(?: 20\d\d)?|quý \w+"
    r"|\d{1,2} tháng 20\d\d|20\d\d)\b"
)

ORDER, CODE, UNIT, NOTE, LABEL, OTHER = "order", "code", "unit", "note", "label", "other"


@dataclass(frozen=True, slots=True)
class Slice:
    """A breakdown as a title tells it; all of them left out is the total.

    `doubtful` tells that something in the title was not understood.
    """

    sex: str = "T"
    ages: tuple[Age, ...] = ()
    ethnicity: str = "T"
    total: bool = False

    def joined(self, other: Slice) -> Slice | None:
        """Both together; None where they say different things of one dimension."""
        if "T" not in (self.sex, other.sex) and self.sex != other.sex:
            return None
        if self.ages and other.ages and self.ages != other.ages:
            return None
        return Slice(
            self.sex if self.sex != "T" else other.sex,
            self.ages or other.ages,
            self.ethnicity if self.ethnicity != "T" else other.ethnicity,
            self.total or other.total,
        )

    @property
    def dimensions(self) -> int:
        """By how many dimensions it breaks the total down."""
        return (self.sex != "T") + bool(self.ages) + (self.ethnicity != "T")


@cache
def _words() -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    """For each kind of title its whole words and its beginnings."""
    raw = tomllib.loads(files(__package__).joinpath("headers.toml").read_text(encoding="utf-8"))
    lists = {
        **raw["roles"],
        **raw["titles"],
        **{f"said_{kind}": words for kind, words in raw["statements"].items()},
        "ends": raw["ends"]["words"],
        "not_titles": raw["not_titles"]["words"],
    }
    return {
        kind: (
            frozenset(fold(word) for word in words if not word.endswith("*")),
            tuple(fold(word[:-1]) if word != "%*" else "%" for word in words if word.endswith("*")),
        )
        for kind, words in lists.items()
    }


def is_word(kind: str, folded: str) -> bool:
    """Tell whether a text is one of the words of a kind, or begins with one."""
    whole, beginnings = _words()[kind]
    if folded in whole:
        return True
    return any(folded == b or folded.startswith(f"{b} ") or (b == "%" and "%" in folded[:3])
               for b in beginnings)  # fmt: skip


@lru_cache(maxsize=4096)
def role(title: str) -> str | None:
    """What a column is where it is no figure of the report, or holds the labels; else None."""
    folded = fold(_CODE_BEHIND.sub("", without_number(title)))
    for kind in (ORDER, CODE, UNIT, NOTE, OTHER, LABEL):
        if is_word(kind, folded):
            return kind
    return None


def ends_table(text: str) -> bool:
    """Tell whether a text stands below tables: who drew it up, who signs it."""
    return is_word("ends", fold(text))


@lru_cache(maxsize=4096)
def slice_of(title: str) -> Slice | None:
    """The breakdown that a title tells; None if it tells something else too."""
    plain = _CODE_BEHIND.sub("", without_number(nfc(title))).strip()
    timeless = _PERIOD.sub(" ", plain.lower())
    rest, ages = take_ages(timeless, bare=True)
    if len(ages) > 1:
        return None
    words = [word for word in rest.split() if word != GAP]
    dated = timeless != plain.lower()
    found = _of_words(words) if words else Slice(total=dated and not ages)
    if found is None or not (words or ages or dated):
        return None
    own = tuple(age for age in ages if not age.is_childhood)
    return Slice(found.sex, own, found.ethnicity, found.total and not own)


def _of_words(words: list[str]) -> Slice | None:
    """The breakdown of a title without its ages: runs of known words, the longest first."""
    found = Slice()
    i = 0
    while i < len(words):
        for n in range(len(words) - i, 0, -1):
            one = _slices().get(" ".join(words[i : i + n]))
            if one is not None:
                break
        else:
            return None
        joined = found.joined(one)
        if joined is None:
            return None
        found = joined
        i += n
    return Slice(found.sex, (), found.ethnicity, found.total and not found.dimensions)


@cache
def _slices() -> dict[str, Slice]:
    kinds = {
        "neutral": Slice(),
        "total": Slice(total=True),
        "male": Slice(sex="M"),
        "female": Slice(sex="F"),
        "minority": Slice(ethnicity="minority"),
    }
    return {word: one for kind, one in kinds.items() for word in _words()[kind][0]}


def whole_slice(titles: Sequence[str]) -> Slice | None:
    """The breakdown of a column by all its titles, from the top; None if it is none."""
    whole = Slice()
    for title in titles:
        one = slice_of(title)
        joined = whole.joined(one) if one is not None else None
        if joined is None:
            return None
        whole = joined
    if not whole.total and not whole.dimensions:
        return _alone(titles[-1]) if titles else None
    return whole


def _alone(title: str) -> Slice | None:
    """What words mean that only lead up to a breakdown, where none follows: "Dân tộc"."""
    folded = fold(_CODE_BEHIND.sub("", without_number(title)))
    return Slice(ethnicity="minority") if is_word("minority_alone", folded) else None


def breakdown_index(found: Slice, catalogue: Catalogue, siblings: Sequence[Slice]) -> int | None:
    """The position of a breakdown in the catalogue; None if it has no such slice.

    Args:
        found: What the titles tell.
        catalogue: The catalogue, with the office's groups of age.
        siblings: What the other columns tell: "0-6" beside "6-16" means under 6.
    """
    if found.dimensions > 1:
        return None
    for i, each in enumerate(catalogue.breakdowns):
        if (each.sex, each.ethnicity) != (found.sex, found.ethnicity):
            continue
        if bool(found.ages) != (each.age != "T"):
            continue
        if not found.ages or _same_age(found.ages[0], each.title_vi, siblings):
            return i
    return None


def _same_age(age: Age, title: str, siblings: Sequence[Slice]) -> bool:
    wanted = take_ages(title, bare=True)[1]
    if not wanted:
        return False
    if age == wanted[0]:
        return True
    # Both bounds printed: "0-6" where the next group begins at 6.
    begins = {one.ages[0].low for one in siblings if one.ages}
    open_ = (age.kind, age.low, age.high - 1) if age.closed else None
    return open_ == (wanted[0].kind, wanted[0].low, wanted[0].high) and age.high - 1 in begins
