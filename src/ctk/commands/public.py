"""Public copies: protects figures before anything is written, and remembers what was published."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from ctk.aggregate.grouping import add_up
from ctk.commands.remembering import begun_releases, layers_begun, released, remembered
from ctk.disclosure.layers import Layer, layer_of
from ctk.disclosure.protect import PRIMARY, SECONDARY, Protection, hide, protect
from ctk.disclosure.releases import as_text
from ctk.errors import UsageError
from ctk.messages import message
from ctk.report.particulars import Particulars
from ctk.report.withheld_list import write_list
from ctk.report.wording import said_number
from ctk.units.lookup import children
from ctk.validate.rules import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ctk.aggregate.roll_up import Totals
    from ctk.commands.loading import Request
    from ctk.frame import Batch
    from ctk.indicators import Catalogue
    from ctk.model import Finding, Unit
    from ctk.periods import Period
    from ctk.report.context import ReportContext

RELEASES = "releases"
"""Folder of the workspace in which stands what was published; for the office only."""


@dataclass(frozen=True)
class Release:
    """What a public copy publishes and withholds.

    Args:
        protection: The choice, and its audit.
        folder: Where releases are remembered; None: there is no workspace.
        lang: Language of the messages.
    """

    protection: Protection
    folder: Path | None
    lang: str

    @contextmanager
    def remembered(self) -> Iterator[None]:
        """Remember what the files tell that are written within the block.

        Raises:
            UsageError: It cannot be written.
        """
        if self.folder is None:
            yield
            return
        text = as_text(self.protection.layers, message("public.record", self.lang))
        with remembered(self.folder, text):
            yield

    @property
    def row(self) -> dict[str, Any]:
        """What was done, in numbers."""
        made = self.protection
        return {
            "threshold": made.policy.threshold,
            "zeros": made.policy.zeros,
            "protection": made.policy.width,
            "primary": made.count(PRIMARY),
            "secondary": made.count(SECONDARY),
            "exposed": len(made.exposed),
            "optimal": made.optimal,
        }

    def notes(self) -> Iterator[str]:
        """What the officer has to know about the copy."""
        counts = {key: said_number(self.row[key], 0, self.lang) for key in ("primary", "secondary")}
        yield message("public.done", self.lang, **(self.row | counts))
        if self.protection.exposed:
            yield message("public.exposed", self.lang, count=len(self.protection.exposed))
        if self.folder is None:
            yield message("public.no_workspace", self.lang)


@dataclass(frozen=True)
class Copies:
    """Public copies are wanted.

    Args:
        listed: CSV file in which the office gets a list of what is withheld; None: no list.
    """

    listed: Path | None = None


@contextmanager
def publishing(
    copies: Copies | None, release: Release | None, folder: Path | None, *, force: bool
) -> Iterator[None]:
    """Write the list of what is withheld; what the block then writes is remembered as published.

    Args:
        copies: What is wanted; None: nothing is published.
        release: What is published; None: nothing.
        folder: Where the public files go; None: to no folder.
        force: Whether the list may replace a file.

    Raises:
        UsageError: The list would stand among the public files, is there already, or something
            cannot be written.
    """
    if copies is None or release is None:
        yield
        return
    listed = copies.listed
    if listed is not None:
        if folder is not None and listed.parent.resolve() == folder.resolve():
            raise UsageError("list_among_public", path=listed)
        write_list(listed, release.protection.kept, release.lang, force=force)
    with release.remembered():
        yield


def published(
    context: ReportContext, request: Request, notes: Iterable[str]
) -> tuple[ReportContext, Release]:
    """Prepare a report for the public.

    Comparisons, tracking, confirmations and remarks with figures in them are left out.

    Args:
        context: The report as the office knows it.
        request: The office's settings.
        notes: Remarks that tell no figure.

    Raises:
        UsageError: `public_unsafe`: a figure cannot be protected; a release cannot be read.
    """
    parents = {child.code: context.unit.code for child in context.children}
    every = pd.concat([context.values, context.form_rates], ignore_index=True)
    layer = layer_of(every, context.elements, context.period, parents, context.catalogue)
    release = _release([layer], request, context.catalogue)
    layers = release.protection.layers
    hidden = replace(
        context,
        values=hide(context.values, "measure", layers),
        elements=hide(context.elements, "element", layers),
        form_rates=hide(context.form_rates, "measure", layers),
        notes=(message("public.footnote", request.lang), *notes),
        previous=None,
        particulars=Particulars(stated=context.particulars.stated),
        public=True,
    )
    return hidden, release


def published_totals(
    totals: Totals,
    units: Mapping[Period, Sequence[Unit]],
    request: Request,
    batch: Batch,
) -> tuple[Totals, Release]:
    """Prepare totals of several units and periods for the public.

    They are protected together with the units one level below, as in a report: so that what this
    command withholds, no report gives away.

    Args:
        totals: What is to be published.
        units: Of each period, the units in the totals.
        request: The office's settings.
        batch: What they were added up from.

    Raises:
        UsageError: As `published`.
    """
    now = [_layer(totals, of, period, request, batch) for period, of in units.items() if of]
    release = _release(now, request, batch.catalogue)
    layers = release.protection.layers
    hidden = replace(
        totals,
        values=hide(totals.values, "measure", layers),
        elements=hide(totals.elements, "element", layers),
        form_rates=hide(totals.form_rates, "measure", layers),
    )
    return hidden, release


def _layer(
    totals: Totals, units: Sequence[Unit], period: Period, request: Request, batch: Batch
) -> Layer:
    """What is published of a period, with the units below it that are not."""
    codes = {unit.code for unit in units}
    lowest = [u for u in units if not {c.code for c in children(u.code, period.end)} & codes]
    below = tuple(child for unit in lowest for child in children(unit.code, period.end))
    more = add_up(batch, period, below, request.settings.special_zone_area) if below else totals
    parts = (totals, more) if below else (totals,)
    values = pd.concat([f for part in parts for f in (part.values, part.form_rates) if len(f)])
    elements = pd.concat([part.elements for part in parts])
    values, elements = (f[f["period"].eq(str(period))] for f in (values, elements))
    parents = _parents((*units, *below))
    return layer_of(values, elements, period, parents, batch.catalogue)


def without_figures(findings: tuple[Finding, ...], lang: str) -> tuple[Finding, ...]:
    """Findings that say where something is wrong and what kind of thing, but no figure."""
    rules = load_rules()
    return tuple(
        replace(
            each,
            message=rules[each.rule].title(lang) if each.rule in rules else each.rule,
            value=None,
            suggestion=None,
            hint="",
        )
        for each in findings
    )


def _parents(units: tuple[Unit, ...]) -> dict[str, str]:
    """The nearest of the units in which each of them lies."""
    codes = {unit.code for unit in units}
    country = next((unit.code for unit in units if unit.level.value == "country"), None)
    found = {}
    for unit in units:
        above = (unit.parent, unit.province, country)
        parent = next((code for code in above if code in codes and code != unit.code), None)
        if parent is not None:
            found[unit.code] = parent
    return found


def _release(now: Sequence[Layer], request: Request, catalogue: Catalogue) -> Release:
    settings = request.settings
    folder = settings.workspace / RELEASES if settings.workspace else None
    years = {layer.period.year for layer in now}
    earlier = released(folder, years) if folder else []
    begun = layers_begun(folder, years) if folder else []
    made = protect(now, earlier + begun, settings.public, catalogue)
    # What may have gone out binds the choice, but is no reason to let out a small count.
    if folder and begun and (made.exposed or made.breaches):
        raise UsageError("release_begun", path=begun_releases(folder)[0])
    if made.breaches:
        raise UsageError("public_unsafe", count=len(made.breaches))
    return Release(made, folder, request.lang)
