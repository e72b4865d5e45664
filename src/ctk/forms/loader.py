"""Reads form layouts from TOML and refuses those that name unknown elements or breakdowns."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ctk.errors import CatalogueError
from ctk.forms.types import Axis, Entry, Layout
from ctk.indicators import Catalogue, load_catalogue
from ctk.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable


def build_layout(text: str, catalogue: Catalogue) -> Layout:
    """Make a layout from the text of its TOML file.

    Raises:
        CatalogueError: A key is missing or unknown, or an entry means nothing in the catalogue.
    """
    raw = tomllib.loads(text)
    name = raw.get("id", "?")
    try:
        lines, heads = (_axis(raw.pop(side), catalogue) for side in ("lines", "heads"))
        periods = tuple(raw.pop("periods"))
        layout = Layout(lines=lines, heads=heads, periods=periods, **raw)
    except (KeyError, TypeError, ValueError) as error:
        raise CatalogueError(f"form {name}: {error}") from error
    if {lines.are, heads.are} != {"elements", "breakdowns"}:
        raise CatalogueError(f"form {name}: one side must be elements, the other breakdowns")
    return layout


def _axis(raw: dict[str, Any], catalogue: Catalogue) -> Axis:
    entries = raw.get("entry")
    pairs = _declared(entries, catalogue) if entries else _whole(raw["are"], catalogue)
    table: dict[str, Entry] = {}
    for key, index in pairs:
        if fold(key) in table:
            raise ValueError(f"{key!r} stands twice")
        table[fold(key)] = Entry(key, index)
    return Axis(raw["by"], raw["are"], table)


def _declared(
    entries: list[dict[str, Any]], catalogue: Catalogue
) -> Iterable[tuple[str, int | None]]:
    for entry in entries:
        index = None if entry.get("heading") else _index(entry, catalogue)
        for key in (entry["key"], *entry.get("variants", ())):
            yield key, index


def _index(entry: dict[str, Any], catalogue: Catalogue) -> int | None:
    if "element" in entry:
        return catalogue.element_index[entry["element"]]
    wanted = tuple(entry.get(name, "T") for name in ("sex", "age", "ethnicity"))
    slices = [(b.sex, b.age, b.ethnicity) for b in catalogue.breakdowns]
    # An office's own age groups may have no such slice: its line is then known but not read.
    return slices.index(wanted) if wanted in slices else None


def _whole(are: str, catalogue: Catalogue) -> Iterable[tuple[str, int | None]]:
    if are == "elements":
        return [(element.id, i) for i, element in enumerate(catalogue.elements)]
    return [(breakdown.title_vi, i) for i, breakdown in enumerate(catalogue.breakdowns)]


def load_layouts(age_groups: str | None = None) -> tuple[Layout, ...]:
    """The built-in layouts, in the order of their file names; `age_groups` as in the catalogue."""
    return _load(age_groups)


@cache
def _load(age_groups: str | None) -> tuple[Layout, ...]:
    catalogue = load_catalogue(age_groups)
    folder = files(__package__).joinpath("layouts")
    paths = sorted((p for p in folder.iterdir() if p.name.endswith(".toml")), key=lambda p: p.name)
    return tuple(build_layout(p.read_text(encoding="utf-8"), catalogue) for p in paths)
