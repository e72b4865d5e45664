"""Fills the page's template and writes the file."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from ctk.model import Severity
from ctk.report.findings_page.cards import STATUSES, cards
from ctk.report.findings_page.charts import FULL, charts
from ctk.report.findings_page.source import PageSource
from ctk.report.findings_page.wording import Wording
from ctk.text.fold import sort_key
from ctk.workbook.writing import atomic_path


def write_page(path: Path, source: PageSource, *, force: bool = False) -> None:
    """Write the page.

    Raises:
        UsageError: `file_exists`, or `cannot_write`.
    """
    # A name of a file may hold bytes that are no text; they must not keep the page from being.
    page = render_page(source).encode("utf-8", "replace")
    with atomic_path(path, force) as part:
        part.write_bytes(page)


def render_page(source: PageSource) -> str:
    """Make the page's HTML; everything that comes from files is escaped."""
    return _environment().from_string(_asset("page.html.j2")).render(_content(source))


def _content(source: PageSource) -> dict[str, Any]:
    words = Wording(source.lang)
    listed = cards(source, words)
    missing = list(source.standing["missing"]) if source.standing else []
    statuses = Counter(row["status"] for row in source.files) + Counter(missing=len(missing))
    rules = {finding.rule for finding in source.findings}
    return {
        "source": source,
        "say": words.say,
        "number": words.number,
        "made": words.day(source.made),
        "cards": listed,
        "missing": missing,
        "statuses": [(status, statuses[status]) for status in STATUSES if statuses[status]],
        "charts": charts(statuses, source.findings, words),
        "full": FULL,
        "severities": [severity.value for severity in Severity],
        "categories": list({words.rule(id_).category.id: words.category(id_)
                            for id_ in sorted(rules)}.items()),
        "communes": _communes(listed, missing),
        "totals": Counter(finding.severity.value for finding in source.findings),
        "periods": ", ".join(sorted({row["period"] for row in source.files if row["period"]})),
        "relations": _relations(source, words),
        "style": _asset("style.css"),
        "script": _asset("filter.js"),
        "hashes": {name: _hash(name) for name in ("style.css", "filter.js")},
    }  # fmt: skip


def _communes(listed: list[dict[str, Any]], missing: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """The communes to choose from, by name."""
    named = {card["unit"]: card["name"] for card in listed if card["unit"]}
    named |= {unit["code"]: unit["name"] for unit in missing}
    return sorted(named.items(), key=lambda item: sort_key(item[1]))


def _relations(source: PageSource, words: Wording) -> dict[str, Any]:
    """How much could be tested, and by which rules something could not."""
    rows = [
        (id_, words.rule_title(id_), source.tested.get(id_, 0), count)
        for id_, count in sorted(source.untested.items())
        if count
    ]
    tested, untested = sum(source.tested.values()), sum(source.untested.values())
    return {"tested": tested, "untested": untested, "rows": rows}


@cache
def _environment() -> Environment:
    return Environment(
        undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )


@cache
def _asset(name: str) -> str:
    return files("ctk").joinpath("templates", "findings_page", name).read_text(encoding="utf-8")


def _hash(name: str) -> str:
    """What the page's security policy allows: this text and no other."""
    digest = hashlib.sha256(_asset(name).encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
