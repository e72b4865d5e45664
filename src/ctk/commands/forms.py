"""`ctk forms`: look up the forms that ctk reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ctk.errors import UsageError
from ctk.forms.loader import load_layouts
from ctk.model import Result

if TYPE_CHECKING:
    from ctk.forms.types import Layout


def list_forms(lang: str) -> Result:
    """All forms that ctk reads."""
    return Result("forms list", {"forms": [_form(f, lang) for f in load_layouts()]}, "forms")


def show_form(id_: str, lang: str) -> Result:
    """One form with what its lines and columns stand for.

    Raises:
        UsageError: No such form.
    """
    known = {layout.id: layout for layout in load_layouts()}
    layout = known.get(id_.strip())
    if layout is None:
        raise UsageError("unknown_form", form=id_, known=", ".join(known))
    row = _form(layout, lang)
    for side in ("rows", "columns"):
        named = [entry.name for t in layout.tables for entry in getattr(t, side).wanted]
        row["lines" if side == "rows" else side] = named
    return Result("forms show", {"forms": [row]}, "forms")


def _form(layout: Layout, lang: str) -> dict[str, Any]:
    return {
        "id": layout.id,
        "version": layout.version,
        "title": layout.title(lang),
        "periods": list(layout.periods),
        "source": layout.source,
    }
