"""`ctk forms`: look up the forms that ctk reads and the documents that it writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ctk.commands.templates import written_forms
from ctk.errors import UsageError
from ctk.forms.loader import load_layouts
from ctk.model import Result

if TYPE_CHECKING:
    from pathlib import Path

    from ctk.forms.types import Layout


def list_forms(lang: str, workspace: Path | None = None) -> Result:
    """All forms that ctk reads, then all documents that it writes, built-in and the office's own.

    Args:
        lang: Language of the titles.
        workspace: Where the office's own templates are; None: there is no workspace.
    """
    rows = [_form(layout, lang) for layout in load_layouts()]
    return Result("forms list", {"forms": rows + written_forms(workspace, lang)}, "forms")


def show_form(id_: str, lang: str, workspace: Path | None = None) -> Result:
    """One form with what its lines and columns stand for, or one document.

    Raises:
        UsageError: No such form.
    """
    known = {layout.id: layout for layout in load_layouts()}
    layout = known.get(id_.strip())
    if layout is None:
        written = {row["id"]: row for row in written_forms(workspace, lang)}
        if id_.strip() in written:
            return Result("forms show", {"forms": [written[id_.strip()]]}, "forms")
        raise UsageError("unknown_form", form=id_, known=", ".join([*known, *written]))
    row = _form(layout, lang)
    for side in ("rows", "columns"):
        named = [entry.name for t in layout.tables for entry in getattr(t, side).wanted]
        row["lines" if side == "rows" else side] = named
    return Result("forms show", {"forms": [row]}, "forms")


def _form(layout: Layout, lang: str) -> dict[str, Any]:
    return {
        "id": layout.id,
        "use": "read",
        "version": layout.version,
        "title": layout.title(lang),
        "periods": list(layout.periods),
        "source": layout.source,
    }
