"""Invents the children of a commune and counts them into the figures of a form.

All figures are counts over one list of invented children (or of persons and cases tied to them), so
what must add up does so by construction. Nobody is described by them: the shares are made up.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from sample_year import Year

if TYPE_CHECKING:
    from ctk.indicators import Breakdown

Mask = NDArray[np.bool_]
Figures = dict[str, dict[str, int]]
"""Counts by element and by slice: T, M, F, U6, 6-15, minority."""

_AGE_WEIGHTS = np.array([1.06] * 5 + [1.02] * 6 + [0.92] * 5)

_GROUPS: dict[str, tuple[float, int]] = {
    "602.01": (0.0032, 0),
    "602.02": (0.0004, 0),
    "602.03": (0.0015, 0),
    "602.04": (0.0125, 0),
    "602.05": (0.0003, 0),
    "602.06": (0.0022, 14),
    "602.07": (0.0004, 13),
    "602.08": (0.0120, 12),
    "602.09": (0.0002, 1),
    "602.10": (0.0001, 8),
    "602.11": (0.0004, 6),
    "602.13": (0.0030, 0),
    "602.14": (0.0002, 0),
}
"""Share and lowest age of the groups of children in special circumstances."""

_YEAR = 12

_OUTCOMES = (0.6, 0.05, 0.1, 0.1, 0.15)
"""Shares of cases fined, dealt with otherwise, replaced, prosecuted, still open."""


@dataclass(frozen=True)
class Place:
    """What kind of commune the children live in.

    Args:
        children: Least and greatest number of children.
        minority: Least and greatest share of children of ethnic minorities.
        poor: Share of children in poor households.
    """

    children: tuple[int, int]
    minority: tuple[float, float]
    poor: float


class People:
    """Invented persons with a sex, an age and an ethnicity, and the counting of them."""

    def __init__(
        self, draw: np.random.RandomState, size: int, *, girls: float, minority: float
    ) -> None:
        self.draw = draw
        self.age = draw.choice(16, size, p=_AGE_WEIGHTS / _AGE_WEIGHTS.sum())
        self.girl = draw.random_sample(size) < girls
        self.minority = draw.random_sample(size) < minority

    @property
    def everyone(self) -> Mask:
        """All persons."""
        return np.ones(len(self.age), bool)

    def some(self, share: float, among: Mask | None = None) -> Mask:
        """Pick about a share of them."""
        picked = self.draw.random_sample(len(self.age)) < share
        return picked if among is None else picked & among

    def split(self, among: Mask, shares: tuple[float, ...]) -> list[Mask]:
        """Put each of a group into exactly one of several kinds."""
        kind = self.draw.choice(len(shares), len(self.age), p=shares)
        return [among & (kind == i) for i in range(len(shares))]

    def overlap(self, among: Mask, shares: tuple[float, ...]) -> list[Mask]:
        """Put each of a group into at least one of several kinds."""
        first = self.split(among, tuple(share / sum(shares) for share in shares))
        return [kind | self.some(share, among) for kind, share in zip(first, shares, strict=True)]

    def count(self, who: Mask) -> dict[str, int]:
        """Count a group by sex, age group and ethnicity."""
        slices = {
            "T": self.everyone,
            "M": ~self.girl,
            "F": self.girl,
            "U6": self.age < 6,
            "6-15": self.age >= 6,
            "minority": self.minority,
        }
        return {name: int((who & part).sum()) for name, part in slices.items()}


def invent(key: str, place: Place, months: int = 6) -> Figures:
    """Invent a commune's figures; the same key always gives the same ones."""
    # RandomState, not Generator: its stream never changes between versions of numpy.
    draw = np.random.RandomState(zlib.crc32(key.encode()))
    size = draw.randint(place.children[0], place.children[1])
    minority = draw.uniform(place.minority[0], place.minority[1])
    children = People(draw, size, girls=0.482, minority=minority)
    return _Commune(children, place, months).figures


class _Commune:
    def __init__(self, children: People, place: Place, months: int) -> None:
        self.children = children
        self.figures: Figures = {}
        everyone = children.everyone
        self._population(place)
        self._births(months)
        self._nutrition()
        self._injuries()
        groups = self._special_circumstances()
        abused = self._abuse(groups)
        self._offenders(abused)
        self._cases(abused)
        self._care(everyone)
        self._participation(everyone)
        if months == _YEAR:
            Year(children, self.figures, groups, self.helped)

    def put(self, element: str, who: Mask, people: People | None = None) -> Mask:
        """Count a group as an element's figures."""
        self.figures[element] = (people or self.children).count(who)
        return who

    def put_all(self, element: str, kinds: list[Mask], people: People | None = None) -> None:
        """Count kinds as the numbered parts of an element."""
        for number, who in enumerate(kinds, 1):
            self.put(f"{element}.{number}", who, people)

    def _population(self, place: Place) -> None:
        age = self.children.age
        everyone = self.put("I-0101", self.children.everyone)
        for part, who in ((1, age < 1), (2, age < 5), (3, age <= 8), (4, age >= 7), (5, age >= 11)):
            self.put(f"I-0101.{part}", who)
        poor, near_poor, _ = self.children.split(everyone, (place.poor, 0.09, 0.91 - place.poor))
        self.put("I-0105", poor | near_poor)
        self.put_all("I-0105", [poor, near_poor])
        self.put("I-0211", self.children.some(0.985))
        self.put("I-0323", self.children.some(0.975, age < 5))

    def _births(self, months: int) -> None:
        kids = self.children
        born = self.put("I-0103", kids.some(months / 12 - 0.1, kids.age < 1))
        self.put("I-0102.1", born & ~kids.girl)
        self.put("I-0102.2", born & kids.girl)
        young, teen, _ = kids.split(born, (0.004, 0.07, 0.926))
        self.put("I-0207", young | teen)
        self.put_all("I-0207", [young, teen])
        self.put("I-0205", kids.some(0.3, born))
        self.put("I-0206", kids.some(0.55, kids.age < 1))

    def _nutrition(self) -> None:
        kids = self.children
        weighed = self.put("I-0204.1m", kids.some(0.95, kids.age < 5))
        self.put("I-0204.1", kids.some(0.19, weighed))
        measured = self.put("I-0204.2m", kids.some(0.93, kids.age < 5))
        self.put("I-0204.2", kids.some(0.29, measured))
        both = self.put("I-0204.3m", weighed & measured)
        wasted, obese, _ = kids.split(both, (0.06, 0.006, 0.934))
        self.put("I-0204.3", wasted)
        self.put("I-0204.4", obese)

    def _injuries(self) -> None:
        kids = self.children
        injured = self.put("I-0208", kids.some(0.0035))
        # Of those who died this half year, the living list holds none: they are counted apart.
        dead = People(kids.draw, kids.draw.poisson(0.00025 * len(injured)), girls=0.4, minority=0.5)
        drowned = dead.some(0.5)
        self.put("I-0209", dead.everyone, dead)
        self.put("I-0210", drowned, dead)
        self.put_all("I-0210", dead.split(drowned, (0.35, 0.6, 0.05)), dead)

    def _special_circumstances(self) -> dict[str, Mask]:
        kids = self.children
        groups = {
            code: kids.some(share, kids.age >= lowest) for code, (share, lowest) in _GROUPS.items()
        }
        self.trafficked = kids.some(0.00006, kids.age >= 10)
        groups["602.12"] = kids.some(0.7, self.trafficked)
        for code, who in groups.items():
            self.put(code, who)
        special = self.put("I-0301", np.logical_or.reduce(list(groups.values())))
        self.helped = self.put("I-0302", kids.some(0.9, special))
        self.put_all("I-0302", kids.overlap(self.helped, (0.5, 0.7, 0.3, 0.02, 0.06, 0.12)))
        orphans = kids.some(0.021, ~groups["602.01"])
        self.put("I-0303", orphans | groups["602.01"])
        self.put_all("I-0303", [groups["602.01"], orphans])
        return groups

    def _abuse(self, groups: dict[str, Mask]) -> Mask:
        kids = self.children
        beaten = groups["602.09"] | kids.some(0.0002)
        deserted, neglected = kids.some(0.2, groups["602.02"]), kids.some(0.0001)
        other = kids.some(0.00005)
        for code in ("I-0313", "II-0104"):
            self.put(code, groups["602.11"])
        self.put_all("I-0313", kids.overlap(groups["602.11"], (0.3, 0.05, 0.35, 0.3, 0.01)))
        for code in ("I-0314", "II-0105"):
            self.put(code, self.trafficked)
        inland, abroad = kids.split(self.trafficked, (0.4, 0.6))
        home, fostered = kids.split(groups["602.12"], (0.9, 0.1))
        self.put_all("I-0314", [inland, abroad, home, fostered])
        self.put("II-0102", beaten)
        self.put("II-0106", deserted | neglected)
        self.put_all("II-0106", [deserted, neglected])
        self.put("II-0107", other)
        kinds = [beaten, groups["602.10"], groups["602.11"], self.trafficked]
        abused = self.put("II-0101", np.logical_or.reduce([*kinds, deserted, neglected, other]))
        helped = self.put("II-0112", kids.some(0.95, abused))
        self.put_all("II-0112", kids.overlap(helped, (0.5, 0.3, 0.1, 0.3, 0.3, 0.1)))
        return abused

    def _offenders(self, abused: Mask) -> None:
        them = People(self.children.draw, int(abused.sum()), girls=0.15, minority=0.5)
        everyone = self.put("II-0108.m", them.everyone, them)
        kinds = them.split(everyone, (0.5, 0.3, 0.05, 0.15))
        for code, who in zip(("II-0108", "II-0109", "II-0110", "II-0111"), kinds, strict=True):
            self.put(code, who, them)

    def _cases(self, abused: Mask) -> None:
        """One case for some of the abused children: how it ended, by whom, for which act."""
        kids = self.children
        victims = self.put("II-0203", kids.some(0.5, abused))
        ends = kids.split(victims, _OUTCOMES)
        self.put_all("II-0203", ends)
        self.put("II-0201", victims)
        self.put_all("II-0201", ends)
        handled = ends[0] | ends[1]
        doers = People(kids.draw, len(victims), girls=0.15, minority=0.5)
        firms = doers.some(0.05)
        self._by_doer("II-0202", handled, doers, firms)
        acts = kids.split(handled, (0.5, 0.1, 0.02, 0.05, 0.02, 0.25, 0.06))
        codes = ("II-0204", "II-0205", "II-0207", "II-0208", "II-0209", "II-0210", "II-0211")
        for code, act in zip(codes, acts, strict=True):
            self._by_doer(code, act, doers, firms)
        left, neglected = kids.split(acts[5], (0.3, 0.7))
        self.put("II-0210.3", left)
        self.put("II-0210.4", neglected)
        self._by_doer("II-0206", doers.some(0.0003), doers, firms)
        self.put("II-0212", kids.some(0.0001))

    def _by_doer(self, code: str, cases: Mask, doers: People, firms: Mask) -> None:
        self.put(code, cases, doers)
        self.put_all(code, [cases & firms, cases & ~firms], doers)

    def _care(self, everyone: Mask) -> None:
        kids = self.children
        self.put("I-0317", kids.some(0.006, kids.minority & (kids.age >= 13)))
        self.put("I-0319", kids.some(0.0004))
        kin, strangers, _ = kids.split(everyone, (0.006, 0.0005, 0.9935))
        self.put("I-0320", kin | strangers)
        self.put_all("I-0320", [kin, strangers])
        inland, abroad, _ = kids.split(everyone, (0.0003, 0.00002, 0.99968))
        self.put("I-0321", inland | abroad)
        self.put_all("I-0321", [inland, abroad])
        struck = kids.draw.random_sample() < 0.4
        relieved = self.put("I-0322", kids.some(0.03 if struck else 0.0))
        self.put_all("I-0322", kids.overlap(relieved, (0.9, 0.2, 0.1)))

    def _participation(self, everyone: Mask) -> None:
        kids = self.children
        asked = self.put("I-0601", kids.some(0.16, kids.age >= 7))
        self.put("I-0602", kids.some(0.24, everyone))
        self.put("I-0603", kids.some(0.11, kids.age >= 11))
        again = kids.some(0.6, asked)
        turns = {name: n + kids.count(again)[name] for name, n in kids.count(asked).items()}
        self.figures["I-0604"] = turns
        self.put("I-0605", kids.some(0.33, kids.age >= 6))


def slice_name(breakdown: Breakdown) -> str:
    """Name the slice of a breakdown as `Figures` do."""
    return next(
        (part for part in (breakdown.sex, breakdown.age, breakdown.ethnicity) if part != "T"), "T"
    )
