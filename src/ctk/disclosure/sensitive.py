"""Which elements are sensitive, as data; a list of unknown elements is refused."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ctk.errors import CatalogueError

if TYPE_CHECKING:
    from ctk.indicators import Catalogue

TOPICS = frozenset(
    {
        "abuse",
        "offenders",
        "special_circumstances",
        "hiv",
        "deaths",
        "child_marriage",
        "births_to_girls",
    }
)


def read_sensitive(raw: dict[str, Any], catalogue: Catalogue) -> dict[str, str]:
    """Give the topic of each sensitive element.

    Raises:
        CatalogueError: A topic is missing or unknown, an element unknown or listed twice.
    """
    if set(raw) != TOPICS:
        raise CatalogueError(f"sensitive: topics are not {sorted(TOPICS)}: {sorted(raw)}")
    found: dict[str, str] = {}
    for topic, table in raw.items():
        if set(table) != {"elements"}:
            raise CatalogueError(f"sensitive: {topic} needs elements and nothing else")
        for id_ in table["elements"]:
            if id_ not in catalogue.element_index:
                raise CatalogueError(f"sensitive: unknown element {id_}")
            if id_ in found:
                raise CatalogueError(f"sensitive: {id_} stands twice")
            found[id_] = topic
    return found


@cache
def load_sensitive(catalogue: Catalogue) -> dict[str, str]:
    """The topic of each sensitive element, as built in.

    Raises:
        CatalogueError: See `read_sensitive`.
    """
    text = files(__package__).joinpath("sensitive.toml").read_text(encoding="utf-8")
    return read_sensitive(tomllib.loads(text), catalogue)
