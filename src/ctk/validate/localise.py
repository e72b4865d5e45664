"""Error localisation (Fellegi and Holt 1976): the smallest weighted set of figures to change.

A set of figures is a repair if whole numbers >= 0 exist for them so that, all others unchanged,
each tested relation holds. What is known of all repairs is kept as cuts: sets of figures of which
every repair changes at least one. A broken relation is a cut; a proposal that fails adds one. The
lightest set that meets all cuts and passes is the answer (Benders' decomposition, as Garfinkel,
Kunnathur and Liepins use it in 1986). Broken relations that have nothing to do with each other are
solved apart, so problems stay as small as the faults are.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ctk.validate.linear import System

Repair = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be tried before what is left stays undecided.

    Seconds are those of the processor, so that a busy machine does not decide what is found.
    """

    figures: int = 250
    sets: int = 24
    rounds: int = 150
    seconds: float = 2.0


@dataclass(frozen=True, slots=True)
class Located:
    """Broken relations that belong together and all repairs of (nearly) least weight, in order.

    Not `decided`: a limit was hit, there are too many repairs to list, or there is none.
    """

    broken: tuple[int, ...]
    repairs: tuple[Repair, ...] = ()
    decided: bool = False

    @property
    def figures(self) -> frozenset[int]:
        """All figures that one of the repairs changes."""
        return frozenset(figure for repair in self.repairs for figure in repair)


def localise(
    system: System,
    broken: Sequence[int],
    weight: Callable[[int], int],
    slack: int = 0,
    limits: Limits | None = None,
) -> list[Located]:
    """Find the figures that are probably wrong.

    Args:
        system: Figures and relations.
        broken: The tested relations that do not hold.
        weight: What changing a figure costs, more than `slack`.
        slack: Repairs that cost this much more than the least are found as well.
        limits: How much to try.

    Returns:
        Groups of broken relations whose repairs are independent of each other.
    """
    return _Search(system, broken, weight, slack, limits or Limits()).run()


class _FailedError(Exception):
    """No answer for a group within the limits."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Cuts (by position) that share figures, directly or over others."""

    cuts: tuple[int, ...]
    bonds: tuple[int, ...]
    figures: frozenset[int]


@dataclass(slots=True)
class _Search:
    system: System
    broken: Sequence[int]
    weight: Callable[[int], int]
    slack: int
    limits: Limits
    cuts: list[frozenset[int]] = field(default_factory=list)
    bonds: list[frozenset[int]] = field(default_factory=list)
    answers: dict[tuple[tuple[int, ...], tuple[int, ...]], tuple[Repair, ...] | None] = field(
        default_factory=dict
    )
    deadline: float | None = None

    def run(self) -> list[Located]:
        self.cuts = [self.system.rows.relations[r].figures for r in self.broken]
        while True:
            groups = self._groups()
            unknown = next((g for g in groups if (g.cuts, g.bonds) not in self.answers), None)
            if unknown is not None:
                self._solve(unknown, groups)  # what it learns may tie groups together
            elif not self._bind(groups):
                return [self._located(group) for group in groups]

    def _located(self, group: _Group) -> Located:
        broken = tuple(self.broken[i] for i in group.cuts if i < len(self.broken))
        repairs = self.answers[group.cuts, group.bonds]
        return Located(broken) if repairs is None else Located(broken, repairs, decided=True)

    def _groups(self) -> list[_Group]:
        sets = self.cuts + self.bonds
        groups: list[tuple[set[int], set[int]]] = []
        for i, members in enumerate(sets):
            near = [group for group in groups if not group[1].isdisjoint(members)]
            groups = [group for group in groups if group[1].isdisjoint(members)]
            positions = {i}.union(*(group[0] for group in near))
            groups.append((positions, set(members).union(*(group[1] for group in near))))
        count = len(self.cuts)
        return [
            _Group(
                tuple(sorted(i for i in positions if i < count)),
                tuple(sorted(i - count for i in positions if i >= count)),
                frozenset(figures),
            )
            for positions, figures in groups
        ]

    def _solve(self, group: _Group, groups: Iterable[_Group]) -> None:
        """Answer for one group, unless a cut is found that ties it to another one."""
        others = frozenset[int]().union(*(g.figures for g in groups if g is not group))
        first_cut, first_bond = len(self.cuts), len(self.bonds)
        found: tuple[Repair, ...] | None = None
        try:
            found = self._repairs(group, others)
            if found is None:
                return
        except _FailedError:
            found = None
        cuts = (*group.cuts, *range(first_cut, len(self.cuts)))
        bonds = (*group.bonds, *range(first_bond, len(self.bonds)))
        self.answers[cuts, bonds] = found

    def _repairs(self, group: _Group, others: frozenset[int]) -> tuple[Repair, ...] | None:
        cuts = [self.cuts[i] for i in group.cuts]
        found: list[frozenset[int]] = []
        ceiling: int | None = None
        for _ in range(self.limits.rounds):
            chosen = self._lightest(cuts, found, ceiling)
            if chosen is None:
                break
            cut = self._refuted(chosen)
            if cut is None:
                found.append(chosen)
                ceiling = self._total(found[0]) + self.slack
                if len(found) > self.limits.sets or self._total(chosen) < self._total(found[0]):
                    raise _FailedError  # too many, or the first was not the lightest after all
                continue
            if not cut:
                raise _FailedError  # the relations contradict each other: no repair at all
            self.cuts.append(cut)
            self.bonds.append(cut | chosen)
            cuts.append(cut)
            if not cut.isdisjoint(others):
                return None
        else:
            raise _FailedError
        if not found:
            raise _FailedError
        found.sort(key=lambda chosen: (self._total(chosen), sorted(chosen)))
        return tuple(tuple(sorted(chosen)) for chosen in found)

    def _total(self, figures: Iterable[int]) -> int:
        return sum(self.weight(figure) for figure in figures)

    def _lightest(
        self, cuts: Sequence[frozenset[int]], found: Sequence[frozenset[int]], ceiling: int | None
    ) -> frozenset[int] | None:
        """The lightest set that meets all cuts; one figure alone needs no solver."""
        figures = frozenset[int]().union(*cuts)
        if len(figures) > self.limits.figures:
            raise _FailedError
        two = 2 * min(map(self.weight, figures))  # any other set costs at least this
        common = frozenset.intersection(*cuts) - {f for done in found for f in done}
        best = min(common, key=lambda f: (self.weight(f), f), default=None)
        alone = all(len(done) == 1 for done in found)
        if alone and best is not None and self.weight(best) < two:
            return (
                None if ceiling is not None and self.weight(best) > ceiling else frozenset({best})
            )
        if ceiling is not None and ceiling < two:
            return None
        return self._covered(cuts, found, ceiling, figures)

    def _covered(
        self,
        cuts: Sequence[frozenset[int]],
        found: Sequence[frozenset[int]],
        ceiling: int | None,
        figures: frozenset[int],
    ) -> frozenset[int] | None:
        from ctk.validate import solver  # noqa: PLC0415  (scipy, for the few files that need it)

        weights = {figure: self.weight(figure) for figure in figures}
        try:
            return solver.cover(cuts, found, weights, ceiling, self._left())
        except solver.UndecidedError as error:
            raise _FailedError from error

    def _refuted(self, chosen: frozenset[int]) -> frozenset[int] | None:
        """None if these figures are a repair; else a cut that says why they are not."""
        if len(chosen) == 1:
            (figure,) = chosen
            span = self.system.span(figure)
            reasons = span.because if span.low > span.high else frozenset[int]()
        else:
            reasons = self._contradiction(sorted(chosen))
        if not reasons:
            return None
        rows = self.system.rows.relations
        return frozenset[int]().union(*(rows[r].figures for r in reasons)) - chosen

    def _contradiction(self, chosen: Sequence[int]) -> frozenset[int]:
        from ctk.validate import solver  # noqa: PLC0415  (scipy, for the few files that need it)

        try:
            return solver.repair(self.system, chosen, self.system.tested(chosen), self._left())
        except solver.UndecidedError as error:
            raise _FailedError from error

    def _left(self) -> float:
        """Seconds that the solver may still take, counted from its first use: once it is loaded."""
        now = time.process_time()
        if self.deadline is None:
            self.deadline = now + self.limits.seconds
        return self.deadline - now

    def _bind(self, groups: Sequence[_Group]) -> bool:
        """Tie groups whose repairs meet in a relation; True if some are to be solved together.

        Beside a group without an answer no claim can be made: its figures may change anyhow.
        """
        owner: dict[int, _Group] = {}
        cells_alone: set[int] = set()
        for group in groups:
            repairs = self.answers[group.cuts, group.bonds]
            cells = group.figures if repairs is None else {f for repair in repairs for f in repair}
            owner |= dict.fromkeys(cells, group)
            cells_alone |= {repair[0] for repair in repairs or () if len(repair) == 1}
        for r in self.system.tested(owner):
            members = self.system.rows.relations[r].figures & owner.keys()
            tied = {id(owner[figure]): owner[figure] for figure in members}
            if len(tied) < 2 or (cells_alone >= members and self._harmless(r, members)):
                continue
            if self._tie(list(tied.values()), members):
                return True
        return False

    def _harmless(self, r: int, members: frozenset[int]) -> bool:
        """Tell whether a relation holds whichever of its figures are mended, and limits none."""
        relation = self.system.rows.relations[r]
        spans = {figure: self.system.span(figure) for figure in members}
        if relation.exact or any(r in span.because for span in spans.values()):
            return False
        total = 0
        for figure, coefficient in relation.terms:
            now = self.system.values[figure]
            span = spans.get(figure)
            ends = (now, span.low, span.high) if span else (now,)
            total += max(coefficient * end for end in ends)
        return total <= relation.bound

    def _tie(self, tied: Sequence[_Group], members: frozenset[int]) -> bool:
        keys = [(group.cuts, group.bonds) for group in tied]
        if all(self.answers[key] is not None for key in keys):
            self.bonds.append(members)
            return True
        self.answers |= dict.fromkeys(keys)
        return False
