"""Where figures come from: files that are being read, or the submissions in the ledger."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from ctk.commands.loading import Reading, Request, input_errors, load_batch, run_notes
from ctk.errors import UsageError
from ctk.messages import message
from ctk.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctk.aggregate.answering import Remark
    from ctk.frame import Batch
    from ctk.indicators import Catalogue
    from ctk.ledger.index import Index
    from ctk.ledger.ledger import Ledger
    from ctk.model import InputError
    from ctk.periods import Period


@dataclass(frozen=True)
class Material:
    """Figures with what was found about them.

    Args:
        batch: The figures.
        findings: What the checks said.
        errors: Files that could not be read.
        notes: Remarks on the run.
        confirmed: Warnings that somebody confirmed and that still hold.
        remarks: What has to be said about reporters; nothing for files.
    """

    batch: Batch
    findings: tuple[Finding, ...]
    errors: tuple[InputError, ...] = ()
    notes: tuple[str, ...] = ()
    confirmed: tuple[dict[str, Any], ...] = ()
    remarks: tuple[Remark, ...] = ()


class Source(Protocol):
    """Something that figures can be had from."""

    @property
    def request(self) -> Request:
        """What was asked for."""

    @property
    def expected(self) -> Period | None:
        """The period asked for."""

    def material(self) -> Material:
        """Give the figures."""


@dataclass(frozen=True, slots=True)
class FromFiles:
    """Files that are being read."""

    reading: Reading

    @property
    def request(self) -> Request:
        """What was asked for."""
        return self.reading.request

    @property
    def expected(self) -> Period | None:
        """The period asked for."""
        return self.reading.expected

    def material(self) -> Material:
        """Wait for the files and check them."""
        from ctk.validate.check import check  # noqa: PLC0415  (pandera is not needed for a ledger)

        batch, lang = load_batch(self.reading), self.request.lang
        weights = self.request.settings.weights
        checked = check(batch, lang, self.request.rulebook, weights=weights)
        said = run_notes(batch, checked, lang)
        return Material(batch, checked.findings, input_errors(batch, lang), said)


@dataclass(frozen=True, slots=True)
class FromLedger:
    """The submissions that count.

    Args:
        request: Period, unit and language.
        ledger: The ledger of the workspace.
        status: `preliminary` or `official`; None: of each unit the official one if there is one.
        needed: Whether it is an error that there is nothing.
    """

    request: Request
    ledger: Ledger
    status: str | None = None
    needed: bool = True

    @property
    def expected(self) -> Period | None:
        """The period asked for."""
        return self.request.parsed_period

    def material(self) -> Material:
        """Read the current submissions of the period, or of all periods.

        Raises:
            UsageError: `ledger_has_nothing`; `ledger_only_agencies`.
        """
        periods = None if self.expected is None else [str(self.expected)]
        with self.ledger.questions() as index:
            material = self._current(index, periods) if index else None
        if material is None and self.needed:
            raise UsageError("ledger_has_nothing", period=self.expected or "–")
        return material or _nothing(self.request)

    def _current(self, index: Index, periods: list[str] | None) -> Material | None:
        from ctk.aggregate.answering import join_reporters  # noqa: PLC0415
        from ctk.indicators import load_catalogue  # noqa: PLC0415
        from ctk.ledger.confirming import holding  # noqa: PLC0415
        from ctk.ledger.figures import batch_of  # noqa: PLC0415

        current = index.current(periods, status=self.status)
        if current.empty:
            return None
        catalogue = load_catalogue(self.request.age_groups)
        received = batch_of(catalogue, current, index.figures(current["id"].tolist()))
        joined = join_reporters(received, self._answering(catalogue))
        if not joined.used:
            self._need_answers(set(current["reporter"]))
            return None
        ids = [each.receipt for each in joined.used]
        current = current[current["id"].isin(ids)]
        findings = tuple(_finding(json.loads(text)) for id_ in ids for text in index.findings(id_))
        errors = sum(found.severity is Severity.ERROR for found in findings)
        lang = self.request.lang
        key = "ledger.notes.used_with_errors" if errors else "ledger.notes.used"
        said = message(key, lang, count=len(ids), errors=errors)
        confirmed = tuple(holding(index, current))
        return Material(joined.batch, findings, (), (said,), confirmed, joined.remarks)

    def _need_answers(self, reporters: set[str]) -> None:
        """Refuse files of agencies alone of which none answers for a figure."""
        from ctk.regimes.reporters import reporter_name  # noqa: PLC0415
        from ctk.regimes.types import UNIT_REPORTER  # noqa: PLC0415

        if self.needed and UNIT_REPORTER not in reporters:
            names = ", ".join(reporter_name(each, self.request.lang) for each in sorted(reporters))
            raise UsageError("ledger_only_agencies", period=self.expected or "–", names=names)

    def _answering(self, catalogue: Catalogue) -> list[str]:
        """Who answers for each element: as the office's regime says, else the unit itself."""
        from ctk.regimes.loader import chosen_regime  # noqa: PLC0415
        from ctk.regimes.types import UNIT_REPORTER  # noqa: PLC0415

        regime = chosen_regime(self.request.settings.regime)
        if regime is None:
            return [UNIT_REPORTER for _ in catalogue.elements]
        return [regime.reporter_of(each.id, each.reporter) for each in catalogue.elements]


def _nothing(request: Request) -> Material:
    from ctk.frame import Batch, empty_frame  # noqa: PLC0415
    from ctk.indicators import load_catalogue  # noqa: PLC0415

    empty = Batch(load_catalogue(request.age_groups), (), empty_frame(), {}, {}, ())
    return Material(empty, ())


def _finding(row: Mapping[str, Any]) -> Finding:
    named = {name: row.get(name) for name in Finding.__dataclass_fields__}
    named |= {"severity": Severity(row["severity"]), "cells": tuple(row["cells"])}
    return Finding(**named)  # type: ignore[arg-type]
