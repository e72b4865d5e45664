"""Programs in whole numbers, solved by HiGHS through scipy: error localisation, public copies.

No big constants tie "may change" to "is changed": one program chooses the figures (a weighted
covering), the other asks whether changing them can be enough, and answers with a reason if not.
The linear programs of sums mostly have whole vertices, so branch and bound on top of them is short.
`Program` takes a dense or a sparse matrix: what a public copy leaves open is large and thin.
HiGHS' own, `scipy.optimize.milp`, is not used: it writes remarks of its own to stdout, which would
break the JSON there, and 0-1 programs with wrong answers are known (HiGHS issue 2732).
Each answer is checked.
"""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import diags_array, issparse

from ctk.validate.linear import MOST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from ctk.validate.linear import System

_OPTIMAL, _INFEASIBLE = 0, 2
_TOLERANCE = 1e-6
_WHOLE = 1e-5
NODES = 2000
_WALL_PER_CPU = 10.0
"""HiGHS counts seconds on the wall, the budget those of the processor."""


class UndecidedError(Exception):
    """The solver stopped before it knew, or its answer did not pass the check."""


def cover(
    cuts: Sequence[frozenset[int]],
    refused: Sequence[frozenset[int]],
    weights: Mapping[int, int],
    ceiling: int | None,
    seconds: float,
) -> frozenset[int] | None:
    """The lightest set with a figure of each cut that contains no refused set.

    Returns:
        None if there is none, or none up to the ceiling.

    Raises:
        UndecidedError: A limit was hit.
    """
    figures = sorted(frozenset[int]().union(*cuts))
    place = {figure: i for i, figure in enumerate(figures)}
    weight = np.array([weights[figure] for figure in figures], float)
    matrix = np.zeros((len(cuts) + len(refused), len(figures)))
    for i, members in enumerate((*cuts, *refused)):
        matrix[i, [place[figure] for figure in members]] = 1
    least = np.full(len(matrix), -np.inf)
    least[: len(cuts)] = 1
    most = np.full(len(matrix), np.inf)
    most[len(cuts) :] = [len(done) - 1 for done in refused]
    found = Program(matrix, least, most, np.ones(len(figures)), seconds).whole(weight)
    if found is None or (ceiling is not None and weight @ found > ceiling):
        return None
    return frozenset(figure for figure, taken in zip(figures, found, strict=True) if taken)


def repair(
    system: System, free: Sequence[int], relations: Sequence[int], seconds: float
) -> frozenset[int]:
    """Ask whether whole numbers for the free figures can make the relations hold.

    Returns:
        Nothing if they can; else relations that contradict each other whatever the figures are.

    Raises:
        UndecidedError: A limit was hit.
    """
    program = _program(system, free, relations, seconds)
    excess, duals = program.least_excess()
    if excess > _TOLERANCE:
        blamed = np.flatnonzero(np.abs(duals) > _TOLERANCE).tolist()
        return frozenset(relations[i] for i in blamed) or frozenset(relations)
    found = program.whole(np.zeros(len(free)))
    return frozenset(relations) if found is None else frozenset()


def extent(
    system: System, free: Sequence[int], relations: Sequence[int], figure: int, seconds: float
) -> tuple[int, int]:
    """Least and most that one of several free figures may be.

    Raises:
        UndecidedError: A limit was hit, or an end is no whole number.
    """
    program = _program(system, free, relations, seconds)
    place = list(free).index(figure)
    ends = [program.end(place, sign) for sign in (1.0, -1.0)]
    if any(abs(end - round(end)) > _WHOLE for end in ends):
        raise UndecidedError
    return round(ends[0]), round(ends[1])


def _program(
    system: System, free: Sequence[int], relations: Sequence[int], seconds: float
) -> Program:
    place = {figure: i for i, figure in enumerate(free)}
    matrix = np.zeros((len(relations), len(free)))
    most = np.zeros(len(relations))
    least = np.full(len(relations), -np.inf)
    for i, r in enumerate(relations):
        relation = system.rows.relations[r]
        for figure, coefficient in relation.terms:
            if figure in place:
                matrix[i, place[figure]] += coefficient
        most[i] = system.rest(r, free)
        if relation.exact:
            least[i] = most[i]
    return Program(matrix, least, most, np.full(len(free), float(MOST)), seconds)


class Program:
    """Numbers from 0 to `upper` whose sums lie between `least` and `most`."""

    def __init__(
        self,
        matrix: Any,  # noqa: ANN401  (dense, or sparse: scipy has no types)
        least: NDArray[np.float64],
        most: NDArray[np.float64],
        upper: NDArray[np.float64],
        seconds: float,
    ) -> None:
        """Tie the sums, one a row, to their bounds; `seconds` of the processor may be used."""
        self.matrix, self.least, self.most, self.upper = matrix, least, most, upper
        self.exact = least == most
        self._deadline = time.process_time() + seconds

    def whole(self, goal: NDArray[np.float64], nodes: int = NODES) -> list[int] | None:
        """The whole numbers with the least goal (itself whole); None if there are none.

        Raises:
            UndecidedError: A limit was hit.
        """
        best: list[int] | None = None
        boxes = [(np.zeros(len(goal)), self.upper)]
        for _ in range(nodes):
            if not boxes:
                return best
            low, high = boxes.pop()
            answer = self._linear(goal, self.matrix, low, high)
            if answer is None or (best and math.ceil(answer.fun - _WHOLE) >= goal @ best):
                continue
            apart = np.abs(answer.x - np.rint(answer.x))
            place = int(apart.argmax())
            if apart[place] < _WHOLE:
                best = self._checked(answer.x)
            else:
                boxes += _halves(low, high, place, float(answer.x[place]))
        raise UndecidedError

    def any_numbers(self, goal: NDArray[np.float64]) -> NDArray[np.float64] | None:
        """Numbers with the least goal, whole or not; None if there are none.

        Raises:
            UndecidedError: A limit was hit.
        """
        answer = self._linear(goal, self.matrix, np.zeros(len(goal)), self.upper)
        return None if answer is None else np.asarray(answer.x, np.float64)

    def end(self, place: int, sign: float) -> float:
        """The least (or, with sign -1, the most) that one number can be, whole or not."""
        goal = np.zeros(len(self.upper))
        goal[place] = sign
        answer = self._linear(goal, self.matrix, np.zeros(len(goal)), self.upper)
        if answer is None:
            raise UndecidedError
        return float(answer.x[place])

    def least_excess(self) -> tuple[float, NDArray[np.float64]]:
        """How far the bounds must be missed in all at least, and which of them are to blame."""
        count, width = self.matrix.shape
        both = int(self.exact.sum())
        full = np.hstack([self.matrix, -np.eye(count), np.eye(count)[:, self.exact]])
        goal = np.concatenate([np.zeros(width), np.ones(count + both)])
        upper = np.concatenate([self.upper, np.full(count + both, np.inf)])
        answer = self._linear(goal, full, np.zeros(len(goal)), upper)
        if answer is None:
            raise UndecidedError
        duals = np.zeros(count)
        duals[~self.exact] = answer.ineqlin.marginals
        duals[self.exact] = answer.eqlin.marginals
        return float(answer.fun), duals

    def _linear(
        self,
        goal: NDArray[np.float64],
        matrix: Any,  # noqa: ANN401
        low: NDArray[np.float64],
        high: NDArray[np.float64],
    ) -> Any:  # noqa: ANN401  (scipy has no types)
        """Solve without wholeness, None if that is impossible; `>=` rows are turned round."""
        left = self._deadline - time.process_time()
        if left <= 0:
            raise UndecidedError
        loose = ~self.exact
        sign = np.where(loose & np.isfinite(self.least), -1.0, 1.0)
        bound = np.where(sign < 0, -self.least, self.most)
        answer = linprog(
            goal,
            A_ub=_turned(matrix, sign)[loose],
            b_ub=bound[loose],
            A_eq=matrix[self.exact],
            b_eq=self.most[self.exact],
            bounds=np.column_stack([low, high]),
            method="highs-ds",
            options={"time_limit": _WALL_PER_CPU * left},
        )
        if answer.status not in (_OPTIMAL, _INFEASIBLE):
            raise UndecidedError
        return answer if answer.status == _OPTIMAL else None

    def _checked(self, numbers: NDArray[np.float64]) -> list[int]:
        """The numbers rounded, if they really keep the bounds."""
        whole = np.rint(numbers)
        sums = self.matrix @ whole
        if (sums < self.least - _TOLERANCE).any() or (sums > self.most + _TOLERANCE).any():
            raise UndecidedError
        return [int(x) for x in whole]


def _turned(matrix: Any, sign: NDArray[np.float64]) -> Any:  # noqa: ANN401
    """The rows times their signs."""
    return diags_array(sign, format="csr") @ matrix if issparse(matrix) else sign[:, None] * matrix


def _halves(
    low: NDArray[np.float64], high: NDArray[np.float64], place: int, at: float
) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """The box below and the box above a number that is not whole."""
    below, above = high.copy(), low.copy()
    below[place], above[place] = math.floor(at), math.ceil(at)
    return [(low, below), (above, high)]
