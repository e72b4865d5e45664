"""Counts invented children into the figures that only the annual form asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from sample_population import Figures, Mask, People

_GRADES = {"1": range(1, 6), "2": range(6, 10)}
_DEATHS_PER_CHILD = 0.0012
_WITH_FACILITY = 2500


class Year:
    """Adds the figures of schools, deaths and services to those of a commune.

    Args:
        kids: The children of the commune.
        figures: Takes the counts.
        groups: Children in special circumstances by group.
        helped: Those of them who were helped.
    """

    def __init__(
        self, kids: People, figures: Figures, groups: dict[str, Mask], helped: Mask
    ) -> None:
        self.kids = kids
        self.figures = figures
        self.groups = groups
        self._helped(helped)
        self._nursery()
        self._primary()
        self._secondary()
        self._grades()
        self._dead()
        self._living()
        self._commune()
        self._facilities()

    def put(self, element: str, who: Mask) -> Mask:
        """Count a group as an element's figures."""
        self.figures[element] = self.kids.count(who)
        return who

    def _put_all(self, element: str, kinds: list[Mask]) -> None:
        for number, who in enumerate(kinds, 1):
            self.put(f"{element}.{number}", who)

    def _helped(self, helped: Mask) -> None:
        for code, who in self.groups.items():
            self.put(f"603.{code[-2:]}", who & helped)
        disabled = self.groups["602.04"]
        self._put_all("I-0306", self.kids.overlap(disabled, (0.3, 0.15, 0.1, 0.2, 0.2, 0.1)))
        exploited = self.put("I-0312", self.groups["602.10"])
        self._put_all("I-0312", self.kids.overlap(exploited, (0.5, 0.1, 0.1, 0.1, 0.2)))
        self.put("II-0103", exploited)

    def _nursery(self) -> None:
        kids = self.kids
        small = self.put("I-0401.m", kids.some(0.92, kids.age < 3))
        self._school("I-0401", kids.some(0.28, small))
        between = self.put("I-0402.m", (kids.age >= 3) & (kids.age <= 5))
        pupils = self._school("I-0402", kids.some(0.93, between))
        self.put("I-0403.m", kids.age == 5)
        self._school("I-0403", pupils & (kids.age == 5))

    def _school(self, element: str, pupils: Mask) -> Mask:
        self.put(f"{element}.1", pupils & self.groups["602.04"])
        return self.put(element, pupils)

    def _primary(self) -> None:
        kids = self.kids
        of_age = self.put("I-0405.m", (kids.age >= 6) & (kids.age <= 10))
        in_time = self.put("I-0405.2", kids.some(0.985, of_age))
        self.primary = self.put("I-0405.1", in_time | kids.some(0.03, kids.age == 11))
        last = self.put("I-0406.m", kids.some(0.98, kids.age == 10))
        done = self.put("I-0406.1", kids.some(0.98, last))
        self.put("I-0406.2", kids.some(0.94, done))
        self.put("I-0406.4", done & self.groups["602.04"])
        self.put("I-0406.3m", last)
        self.put("I-0406.3", kids.some(0.95, done))

    def _secondary(self) -> None:
        kids = self.kids
        of_age = self.put("I-0407.m", (kids.age >= 11) & (kids.age <= 14))
        in_time = self.put("I-0407.2", kids.some(0.93, of_age & ~self.primary))
        self.secondary = self.put("I-0407.1", in_time | kids.some(0.06, kids.age == 15))
        last = self.put("I-0408.1m", kids.some(0.95, in_time & (kids.age == 14)))
        done = self.put("I-0408.1", kids.some(0.98, last))
        self.put("I-0408.4", done & self.groups["602.04"])
        self.put("I-0408.2m", last)
        self.put("I-0408.2", kids.some(0.94, done))
        new = self.put("I-0408.3m", kids.some(0.97, kids.age == 11))
        self.put("I-0408.3", kids.some(0.98, new))

    def _grades(self) -> None:
        """Every pupil sits in one grade, those older than their class in its last one."""
        for level, pupils in (("1", self.primary), ("2", self.secondary)):
            grades = _GRADES[level]
            whole, left = np.zeros_like(pupils), np.zeros_like(pupils)
            for grade in grades:
                age = np.minimum(self.kids.age - 5, grades[-1])
                enrolled = self.put(f"I-0409.{level}{grade}m", pupils & (age == grade))
                gone = self.put(f"I-0409.{level}{grade}", self.kids.some(0.004, enrolled))
                whole, left = whole | enrolled, left | gone
            self.put(f"I-0409.{level}0m", whole)
            self.put(f"I-0409.{level}0", left)

    def _dead(self) -> None:
        """Who died is on no list of the living: drawn apart, each age within the next."""
        draw = self.kids.draw
        dead = type(self.kids)(
            draw, draw.poisson(_DEATHS_PER_CHILD * len(self.kids.age)), girls=0.45, minority=0.5
        )
        who = dead.everyone
        for element, share in (("I-0202", 1.0), ("I-0203", 0.75), ("I-0201", 0.6)):
            who = dead.some(share, who)
            self.figures[element] = dead.count(who)
        self.figures["I-0201.1"] = dead.count(dead.some(0.6, who))

    def _living(self) -> None:
        kids = self.kids
        served = self.put("I-0106", kids.some(0.85, kids.age <= 8))
        self._put_all("I-0106", kids.overlap(served, (0.8, 0.7, 0.4, 0.5, 0.3, 0.2)))
        for element, share in (("I-0107", 0.4), ("I-0108", 0.9), ("I-0109", 0.7), ("I-0110", 0.1)):
            self.put(element, kids.some(share))
        fit = self.put("I-0404", kids.some(0.85, kids.age < 5))
        self.put("I-0404.1", fit & self.groups["602.04"])
        self.put("I-0318.m", kids.age >= 5)
        self.put("I-0318", kids.some(0.01, kids.age >= 12))

    def _commune(self) -> None:
        draw, size = self.kids.draw, len(self.kids.age)
        young, older = int(size * 0.13), int(size * 0.12)
        villages = int(draw.randint(5, 12))
        for element, count in {
            "I-0103.m": int(size * 3.2),
            "I-0104": 1,
            "I-0207.1m": young,
            "I-0207.2m": older,
            "I-0207.m": young + older,
            "I-0501.m": villages,
            "I-0501": int(draw.randint(1, villages)),
            "I-0502": 1,
        }.items():
            self.figures[element] = {"T": count}

    def _facilities(self) -> None:
        """A commune with many children has one public facility of a sector; others have none."""
        size = len(self.kids.age)
        found = {"605.01": 1, "605.04": 1, "605.05": size // 200} if size > _WITH_FACILITY else {}
        for number in range(1, 14):
            element = f"605.{number:02}"
            self.figures[element] = {"T": found.get(element, 0)}
