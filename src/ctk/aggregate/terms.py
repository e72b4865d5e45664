"""The figures of a batch as terms of measures: one row a commune, one column a breakdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ctk.indicators import COMMUNES
from ctk.model import Absence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from ctk.frame import Batch, Submission
    from ctk.indicators import Element

NOT_ASKED = -1


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a measure for some submissions (n) and all breakdowns (b).

    Args:
        value: n x b; NaN where there is no figure.
        asked: n x b; whether the submission's form asks it.
        applies: n x b; False where the commune says that it does not apply to it.
    """

    value: NDArray[np.float64]
    asked: NDArray[np.bool_]
    applies: NDArray[np.bool_]

    def plus(self, other: Term) -> Term:
        """Add two terms; the sum is there, and applies, only where both do."""
        asked, applies = self.asked & other.asked, self.applies & other.applies
        return Term(self.value + other.value, asked, applies)


class Terms:
    """Gives the term of any element for the chosen submissions of a batch."""

    def __init__(self, batch: Batch, submissions: NDArray[np.intp]) -> None:
        """Choose the submissions, in the order of the rows wanted."""
        self.catalogue = batch.catalogue
        self._matrix = batch.matrix
        self._absent = batch.absent
        self._rows = submissions
        self._submissions = [batch.submissions[i] for i in submissions.tolist()]
        self._width = len(batch.catalogue.breakdowns)

    def element(self, id_: str) -> Term:
        """The term of one element; where a form does not ask it, of those that stand in for it."""
        if id_ == COMMUNES:
            return self._communes()
        own = self._typed(id_)
        stand_ins = self.catalogue.element(id_).same_as
        if not stand_ins:
            return own
        other = self.total(stand_ins)
        # By the form, not by what stands in the file: a row that was deleted has no stand-in.
        pick = self.on_form(id_)[:, np.newaxis]
        return Term(
            np.where(pick, own.value, other.value),
            np.where(pick, own.asked, other.asked),
            np.where(pick, own.applies, other.applies),
        )

    def total(self, ids: Iterable[str]) -> Term:
        """The sum of several elements, there only where all of them that apply are."""
        terms = [self.element(id_) for id_ in ids]
        return _sum_where(terms, [term.applies for term in terms])

    def ratio(self, above: Sequence[str], below: Sequence[str]) -> tuple[Term, Term]:
        """The terms of a rate; where it is made of several pairs, of the pairs that apply."""
        if len(above) == 1 or len(below) == 1:
            return self.total(above), self.total(below)
        tops, bottoms = ([self.element(id_) for id_ in ids] for ids in (above, below))
        applies = [a.applies & b.applies for a, b in zip(tops, bottoms, strict=True)]
        return _sum_where(tops, applies), _sum_where(bottoms, applies)

    def on_form(self, id_: str) -> NDArray[np.bool_]:
        """Whether each submission's form, as it is handed out, has the element's row."""
        element = self.catalogue.element(id_)
        index = self.catalogue.element_index[id_]
        return np.array([_asks(of, element, index) for of in self._submissions], np.bool_)

    def _typed(self, id_: str) -> Term:
        start = self.catalogue.element_index[id_] * self._width
        columns = slice(start, start + self._width)
        value = self._matrix[:, columns][self._rows]
        absent = self._absent[:, columns][self._rows]
        return Term(value, absent != NOT_ASKED, absent != Absence.NOT_APPLICABLE)

    def _communes(self) -> Term:
        """One for each commune; only the total, for a commune has no sex or age."""
        shape = (len(self._rows), self._width)
        asked = np.zeros(shape, np.bool_)
        asked[:, 0] = True
        return Term(np.where(asked, 1.0, np.nan), asked, np.ones(shape, np.bool_))


def _sum_where(terms: Sequence[Term], applies: Sequence[NDArray[np.bool_]]) -> Term:
    """Add terms where they apply; the sum is there only where all of those are."""
    asked = np.logical_and.reduce([term.asked for term in terms])
    anywhere = np.logical_or.reduce(applies)
    pairs = zip(terms, applies, strict=True)
    value = np.sum([np.where(fits, term.value, 0.0) for term, fits in pairs], axis=0)
    # A row that is missing beside a pair that does not apply still leaves the commune without one.
    return Term(np.where(anywhere & asked, value, np.nan), asked, anywhere)


def _asks(submission: Submission, element: Element, index: int) -> bool:
    if submission.asks is not None:
        return index in submission.asks
    return submission.period is not None and element.asked_in(submission.period)
