"""Layouts of forms: those that come with ctk, the office's own, and one in any file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctk.errors import CatalogueError, UsageError
from ctk.forms.loader import build_layout, load_layouts
from ctk.forms.own import check_own_forms, read_own_forms
from ctk.forms.types import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctk.forms.types import Entry, Layout, TableLayout
    from ctk.indicators import Catalogue

_SUFFIX = ".toml"


def known_layouts(workspace: Path | None, age_groups: str | None = None) -> tuple[Layout, ...]:
    """The built-in layouts, then those of the workspace.

    Raises:
        UsageError: One of the office's own is wrong.
    """
    own = read_own_forms(workspace)
    check_own_forms(own, age_groups)
    return load_layouts(age_groups, own)


def read_layout(path: Path, catalogue: Catalogue) -> Layout:
    """The layout of one file.

    Raises:
        UsageError: It cannot be read, or is wrong; the error names the key at fault.
    """
    try:
        return build_layout(path.read_text(encoding="utf-8-sig"), catalogue, str(path))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError("bad_layout", reason=f"{path}: {reason}") from error
    except CatalogueError as error:
        raise UsageError("bad_layout", reason=error) from error


def is_layout_file(text: str) -> bool:
    """Tell a layout's file from the id of a form."""
    return text.lower().endswith(_SUFFIX)


def described(layout: Layout, catalogue: Catalogue, lang: str) -> Iterator[dict[str, Any]]:
    """One row for each table of a layout: what its rows and columns stand for."""
    for number, table in enumerate(layout.tables, 1):
        elements, slices = _sides(table)
        asked = [e.breakdown for e in slices if e.kind is Kind.FIGURES and e.breakdown is not None]
        yield {
            "table": table.name or str(number),
            "elements_down": table.elements_down,
            "breakdowns": [_breakdown(entry, catalogue, lang) for entry in slices],
            "elements": [_element(entry, asked, catalogue, lang) for entry in elements],
        }


def _sides(table: TableLayout) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    sides = table.rows.entries, table.columns.entries
    return sides if table.elements_down else (sides[1], sides[0])


def _breakdown(entry: Entry, catalogue: Catalogue, lang: str) -> dict[str, Any]:
    known = entry.kind is Kind.FIGURES and entry.breakdown is not None
    slice_ = (
        catalogue.breakdowns[entry.breakdown] if known and entry.breakdown is not None else None
    )
    return {
        "label": entry.label,
        "kind": entry.kind.value,
        "code": slice_.code if slice_ else None,
        "name": slice_.title(lang) if slice_ else None,
    }


def _element(entry: Entry, asked: list[int], catalogue: Catalogue, lang: str) -> dict[str, Any]:
    element = catalogue.elements[entry.element] if entry.element is not None else None
    has = [i for i in asked if element is not None and element.has(catalogue.breakdowns[i])]
    return {
        "label": entry.label,
        "code": entry.code,
        "depth": len(entry.under),
        "kind": entry.kind.value,
        "element": element.id if element else None,
        "name": element.name(lang) if element else None,
        "asked": [catalogue.breakdowns[i].code for i in has if i not in entry.not_asked],
        "not_asked": [catalogue.breakdowns[i].code for i in sorted(entry.not_asked)],
    }
