"""Which figures the page shows: data, of ctk or of the office."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path
from typing import Any

from ctk.errors import UsageError
from ctk.indicators import Catalogue

_VERSION = 1
_KEYS = {"id", "vi", "en"}


@dataclass(frozen=True, slots=True)
class Item:
    """One figure and what the page calls it.

    Args:
        id: A measure or an element.
        vi: Its name in Vietnamese.
        en: Its name in English.
    """

    id: str
    vi: str
    en: str

    def title(self, lang: str) -> str:
        """The name in one language."""
        return self.vi if lang == "vi" else self.en


@dataclass(frozen=True, slots=True)
class Content:
    """The figures of each part of the page; an empty part is not shown.

    Args:
        headline: Figures of the whole unit, at the top.
        comparison: Figures that are drawn for each unit below it.
        series: Figures that are followed over the periods of the ledger.
        abuse: Forms of abuse, by sex.
        circumstances: Groups of special circumstances.
    """

    headline: tuple[Item, ...]
    comparison: tuple[Item, ...]
    series: tuple[Item, ...]
    abuse: tuple[Item, ...]
    circumstances: tuple[Item, ...]


def load_content(own: Path | None, catalogue: Catalogue) -> Content:
    """Read what comes with ctk and, over it, the office's own file.

    Args:
        own: The office's file; None, or a path where nothing is: it has none.
        catalogue: Knows the measures and elements.

    Raises:
        UsageError: `dashboard_content`: the office's file is no TOML, or a key or id is unknown.
    """
    source = files("ctk").joinpath("templates", "dashboard", "content.toml")
    raw = tomllib.loads(source.read_text(encoding="utf-8"))
    parts = _parts(raw, catalogue, "content.toml")
    if own is not None and own.is_file():
        parts |= _parts(_read(own), catalogue, own)
    return Content(**parts)


def _read(own: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(own.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise _bad(own, getattr(error, "strerror", None) or error) from error


def _parts(raw: dict[str, Any], catalogue: Catalogue, file: object) -> dict[str, tuple[Item, ...]]:
    known = [each.name for each in fields(Content)]
    version = raw.pop("dashboard", _VERSION)
    if version != _VERSION:
        raise _bad(file, f"dashboard = {version}")
    if unknown := sorted(set(raw) - set(known)):
        raise _bad(file, unknown[0])
    ids = {each.id for each in catalogue.measures} | {each.id for each in catalogue.elements}
    return {name: _items(name, listed, ids, file) for name, listed in raw.items()}


def _items(name: str, listed: object, ids: set[str], file: object) -> tuple[Item, ...]:
    if not isinstance(listed, list):
        raise _bad(file, name)
    items = []
    for each in listed:
        if not isinstance(each, dict) or set(each) != _KEYS:
            raise _bad(file, f"{name}: {each}")
        if not all(isinstance(text, str) and text.strip() for text in each.values()):
            raise _bad(file, f"{name}: {each}")
        if each["id"] not in ids:
            raise _bad(file, f"{name}: {each['id']}")
        items.append(Item(**{key: " ".join(text.split()) for key, text in each.items()}))
    return tuple(items)


def _bad(file: object, reason: object) -> UsageError:
    return UsageError("dashboard_content", file=file, reason=reason)
