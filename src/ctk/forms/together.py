"""Forms that stand in one file: the sheets of one regime, each a form of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ctk.forms.types import Layout

_SEPARATOR = ", "


def named_together(ids: Iterable[str]) -> str:
    """What a file's form is called that holds several."""
    return _SEPARATOR.join(ids)


def layouts_of(form: str, known: Mapping[str, Layout]) -> tuple[Layout, ...]:
    """The layouts behind a file's form, as far as they are known here."""
    return tuple(known[id_] for id_ in form.split(_SEPARATOR) if id_ in known)


def may_stand_together(layouts: Iterable[Layout]) -> bool:
    """Whether forms may be in one file: they are one, or of one family."""
    layouts = tuple(layouts)
    families = {layout.family for layout in layouts}
    return len(layouts) <= 1 or (len(families) == 1 and families != {""})


def asked_elements(layouts: Iterable[Layout]) -> frozenset[int] | None:
    """The elements that forms ask; None where the period says it, or no form is known."""
    layouts = tuple(layouts)
    if not layouts or any(layout.whole for layout in layouts):
        return None
    return frozenset().union(*(layout.elements for layout in layouts))
