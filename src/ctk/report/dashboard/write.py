"""Fills the page's template and writes the file."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from ctk.report.copies import copy_status
from ctk.report.dashboard.breakdown import abuse, circumstances
from ctk.report.dashboard.comparison import comparison
from ctk.report.dashboard.deadlines import deadlines
from ctk.report.dashboard.headline import compared_with, tiles
from ctk.report.dashboard.series import series
from ctk.report.dashboard.source import DashboardSource
from ctk.report.dashboard.targets import targets, titles
from ctk.report.dashboard.wording import Wording
from ctk.report.wording import (
    coverage_line,
    cut_off_text,
    kinds_text,
    period_line,
    superior_line,
    unit_path,
)
from ctk.workbook.writing import atomic_path

_STYLE, _SCRIPT = "style.css", "sort.js"
_SECTIONS = (
    "headline", "comparison", "series", "abuse", "circumstances", "targets", "deadlines", "notes",
)  # fmt: skip
_OF_THE_OFFICE = ("deadlines",)


def write_dashboard(path: Path, source: DashboardSource, *, force: bool = False) -> None:
    """Write the page.

    Raises:
        UsageError: `file_exists`, or `cannot_write`.
    """
    page = render_dashboard(source).encode("utf-8", "replace")
    with atomic_path(path, force) as part:
        part.write_bytes(page)


def render_dashboard(source: DashboardSource) -> str:
    """Make the page's HTML: the same figures give the same bytes; all texts are escaped."""
    return _environment().from_string(_asset("page.html.j2")).render(_content(source))


def _content(source: DashboardSource) -> dict[str, Any]:
    words, context = Wording(source.context.lang), source.context
    return {
        "source": source,
        "context": context,
        "say": words.say,
        "copy": copy_status(context),
        "sections": [name for name in _SECTIONS if not (context.public and name in _OF_THE_OFFICE)],
        "superior": superior_line(context),
        "place": unit_path(context),
        "about": _about(source, words),
        "coverage": coverage_line(context),
        "tiles": tiles(source, words),
        "compared": compared_with(source, words),
        "comparison": comparison(source, words),
        "series": series(source, words),
        "abuse": abuse(source, words),
        "circumstances": circumstances(source, words),
        "targets": targets(context),
        "target_columns": titles(context.lang),
        "deadlines": deadlines(source, words),
        "style": _asset(_STYLE),
        "script": _asset(_SCRIPT),
        "hashes": {name: _hash(name) for name in (_STYLE, _SCRIPT)},
    }


def _about(source: DashboardSource, words: Wording) -> list[tuple[str, str]]:
    """What the figures are: period, coverage, how new; never the clock."""
    context = source.context
    counts = {"reported": context.expected - len(context.missing), "expected": context.expected}
    if source.received is None:
        told = (words.say("source"), words.say("from_files", count=source.files))
    else:
        told = (words.say("as_of"), words.moment(source.received))
    rows = [
        (words.say("period"), period_line(context.period, context.coverage, words.lang)),
        (words.say("coverage"), words.say("covered", **counts)),
        told,
        (words.say("cut_off"), cut_off_text(context)),
        (words.say("kinds"), kinds_text(context)),
    ]
    return [row for row in rows if row[1]]


@cache
def _environment() -> Environment:
    return Environment(
        undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )


@cache
def _asset(name: str) -> str:
    return files("ctk").joinpath("templates", "dashboard", name).read_text(encoding="utf-8")


def _hash(name: str) -> str:
    """What the page's security policy allows: this text and no other."""
    digest = hashlib.sha256(_asset(name).encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
