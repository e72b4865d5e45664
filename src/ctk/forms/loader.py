"""Reads form layouts from TOML and refuses bad ones, naming the key at fault."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ctk.errors import CatalogueError
from ctk.forms.keys import of_type, only, texts
from ctk.forms.sides import read_side
from ctk.forms.types import Are, Kind, Layout, TableLayout
from ctk.indicators import Catalogue, load_catalogue

if TYPE_CHECKING:
    from ctk.forms.types import Side

FORMAT = 2
"""The version of the description of layouts that this ctk reads."""

OwnForms = tuple[tuple[str, str], ...]
"""The office's own layouts: names and texts of their files."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LENGTHS = {"6m", "9m", "12m"}
_HEADER = {"unit", "parent", "period", "cut_off"}
_COVER = {"stamp", "unit_code", "unit_name", "period", "cut_off", "kind", "status"}
_LAYOUT_KEYS = {
    "format", "id", "version", "title_vi", "title_en", "source", "periods", "family", "recognise",
    "header", "cover", "nothing_occurred", "table",
}  # fmt: skip
_TABLE_KEYS = {
    "name", "code_title", "row_titles", "titles", "sheets", "ends", "min_rows", "min_columns",
    "every_row", "every_column", "row", "column", "not_with",
}  # fmt: skip


def build_layout(text: str, catalogue: Catalogue, file: str = "") -> Layout:
    """Make a layout from the text of its TOML file.

    Args:
        text: The TOML.
        catalogue: What its elements and breakdowns are of.
        file: The office's own file that it is from.

    Raises:
        CatalogueError: It is no TOML, or a key is missing, unknown or has a wrong value; the
            error names the key.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{file or 'form'}: {error}") from error
    name = file or f"form {raw.get('id', '?')}"
    try:
        return _layout(raw, catalogue, file)
    except ValueError as error:
        raise CatalogueError(f"{name}: {error}") from error


def _layout(raw: dict[str, Any], catalogue: Catalogue, file: str) -> Layout:
    if raw.get("format") != FORMAT:
        raise ValueError(f"format: {raw.get('format', 1)!r} is not {FORMAT}")
    only(raw, _LAYOUT_KEYS)
    hints = of_type(raw, "recognise", dict, {})
    only(hints, {"titles", "sheets"}, "recognise.")
    return Layout(
        id=_matched(of_type(raw, "id", str), _ID, "id"),
        version=of_type(raw, "version", int),
        title_vi=_filled(of_type(raw, "title_vi", str), "title_vi"),
        title_en=of_type(raw, "title_en", str, ""),
        source=of_type(raw, "source", str, ""),
        family=of_type(raw, "family", str, ""),
        periods=_periods(raw),
        tables=_tables(raw, catalogue),
        nothing_occurred=of_type(raw, "nothing_occurred", str, ""),
        titles=texts(hints, "titles"),
        sheets=texts(hints, "sheets"),
        cover=_words(raw, "cover", _COVER, lambda words, key: of_type(words, key, str)),
        header=_words(raw, "header", _HEADER, texts),
        file=file,
    )


def _tables(raw: dict[str, Any], catalogue: Catalogue) -> tuple[TableLayout, ...]:
    described = of_type(raw, "table", list, [])
    if not described:
        raise ValueError("table: is missing")
    return tuple(
        _table(one, catalogue, f"table {number}: ") for number, one in enumerate(described, 1)
    )


def _table(raw: dict[str, Any], catalogue: Catalogue, where: str) -> TableLayout:
    only(raw, _TABLE_KEYS, where)
    down = _elements_down(raw, where)
    rows = read_side(raw, "row", Are.ELEMENTS if down else Are.BREAKDOWNS, catalogue, where)
    columns = read_side(raw, "column", Are.BREAKDOWNS if down else Are.ELEMENTS, catalogue, where)
    code_title = of_type(raw, "code_title", str, "", where)
    if code_title and not rows.by_code:
        raise ValueError(f"{where}code_title: no row has a code")
    return TableLayout(
        rows,
        columns,
        of_type(raw, "name", str, "", where),
        code_title,
        texts(raw, "row_titles", where),
        texts(raw, "titles", where),
        texts(raw, "sheets", where),
        texts(raw, "ends", where),
        _least(raw, "min_rows", rows, 3, where),
        _least(raw, "min_columns", columns, 2, where),
        raw.get("every_row") == Are.ELEMENTS,
        texts(raw, "not_with", where),
    )


def _elements_down(raw: dict[str, Any], where: str) -> bool:
    """Which side is elements; exactly one has to be."""
    every = {raw.get("every_row"), raw.get("every_column")}
    sides = {
        side: raw.get(f"every_{side}") == Are.ELEMENTS or _names_elements(raw, side, where)
        for side in ("row", "column")
    }
    if every - {None, *Are}:
        raise ValueError(f"{where}every_row, every_column: elements | breakdowns")
    if sides["row"] == sides["column"]:
        raise ValueError(f"{where}element: one side (row or column) must name elements")
    return sides["row"]


def _names_elements(raw: dict[str, Any], side: str, where: str) -> bool:
    entries = of_type(raw, side, list, [], where)
    if not all(isinstance(entry, dict) for entry in entries):
        raise ValueError(f"{where}{side}: must be tables ([[table.{side}]])")
    outside = any(entry.get("kind") == Kind.OUTSIDE for entry in entries)
    return any("element" in entry for entry in entries) or (outside and side == "row")


def _least(raw: dict[str, Any], key: str, side: Side, share: int, where: str) -> int:
    """How many entries must be found: as told, else one of so many."""
    found = of_type(raw, key, int, -(-len(side.wanted) // share), where)
    if not 1 <= found <= max(1, len(side.entries)):
        raise ValueError(f"{where}{key}: {found}")
    return found


def _periods(raw: dict[str, Any]) -> tuple[str, ...]:
    periods = texts(raw, "periods")
    if not periods or not set(periods) <= _LENGTHS:
        raise ValueError(f"periods: {' | '.join(sorted(_LENGTHS, key=len))}")
    return periods


def _words(
    raw: dict[str, Any],
    key: str,
    known: set[str],
    read: Callable[[dict[str, Any], str], Any],
) -> dict[str, Any]:
    words = of_type(raw, key, dict, {})
    only(words, known, f"{key}.")
    return {name: read(words, name) for name in words}


def _matched(text: str, pattern: re.Pattern[str], key: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(f"{key}: {text!r}")
    return text


def _filled(text: str, key: str) -> str:
    if not text.strip():
        raise ValueError(f"{key}: is empty")
    return text


def load_layouts(age_groups: str | None = None, own: OwnForms = ()) -> tuple[Layout, ...]:
    """The built-in layouts in the order of their file names, then the office's own.

    Args:
        age_groups: As in the catalogue.
        own: The office's own layouts.

    Raises:
        CatalogueError: One of the office's own is wrong, or has the id of another.
    """
    return _load(age_groups, own)


@cache
def _load(age_groups: str | None, own: OwnForms) -> tuple[Layout, ...]:
    catalogue = load_catalogue(age_groups)
    if own:
        layouts = [*_load(age_groups, ()), *(build_layout(t, catalogue, name) for name, t in own)]
        for place, layout in enumerate(layouts):
            if layout.id in {other.id for other in layouts[:place]}:
                raise CatalogueError(f"{layout.file}: id: {layout.id!r} stands twice")
        return tuple(layouts)
    folder = files(__package__).joinpath("layouts")
    paths = sorted((p for p in folder.iterdir() if p.name.endswith(".toml")), key=lambda p: p.name)
    return tuple(build_layout(p.read_text(encoding="utf-8"), catalogue) for p in paths)
