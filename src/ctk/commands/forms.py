"""`ctk forms`: look up the forms that ctk reads and the documents that it writes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctk.commands.layouts import described, is_layout_file, known_layouts, read_layout
from ctk.commands.templates import written_forms
from ctk.errors import UsageError
from ctk.indicators import load_catalogue
from ctk.model import Result

if TYPE_CHECKING:
    from ctk.forms.types import Layout
    from ctk.indicators import Catalogue


def list_forms(lang: str, workspace: Path | None = None, age_groups: str | None = None) -> Result:
    """All forms that ctk reads, then all documents that it writes, built-in and the office's own.

    Args:
        lang: Language of the titles.
        workspace: Where the office's own layouts and templates are; None: there is no workspace.
        age_groups: Path of a CSV that replaces the built-in age groups.
    """
    rows = [_form(layout, lang) for layout in known_layouts(workspace, age_groups)]
    return Result("forms list", {"forms": rows + written_forms(workspace, lang)}, "forms")


def show_form(
    id_: str, lang: str, workspace: Path | None = None, age_groups: str | None = None
) -> Result:
    """One form with what its lines and columns stand for, or one document.

    Args:
        id_: Id of a form or document, or the file of a layout.
        lang: Language of the titles.
        workspace: Where the office's own layouts and templates are.
        age_groups: Path of a CSV that replaces the built-in age groups.

    Raises:
        UsageError: No such form, or the layout is wrong.
    """
    catalogue = load_catalogue(age_groups)
    if is_layout_file(id_):
        return _shown(read_layout(Path(id_), catalogue), catalogue, lang)
    known = {layout.id: layout for layout in known_layouts(workspace, age_groups)}
    layout = known.get(id_.strip())
    if layout is None:
        written = {row["id"]: row for row in written_forms(workspace, lang)}
        if id_.strip() in written:
            return Result("forms show", {"forms": [written[id_.strip()]]}, "forms")
        raise UsageError("unknown_form", form=id_, known=", ".join({**known, **written}))
    return _shown(layout, catalogue, lang)


def _shown(layout: Layout, catalogue: Catalogue, lang: str) -> Result:
    row = _form(layout, lang)
    for side in ("rows", "columns"):
        named = [entry.name for t in layout.tables for entry in getattr(t, side).wanted]
        row["lines" if side == "rows" else side] = named
    row["tables"] = list(described(layout, catalogue, lang))
    return Result("forms show", {"forms": [row]}, "forms")


def _form(layout: Layout, lang: str) -> dict[str, Any]:
    return {
        "id": layout.id,
        "use": "read",
        "version": layout.version,
        "title": layout.title(lang),
        "periods": list(layout.periods),
        "source": layout.file or layout.source,
    }
