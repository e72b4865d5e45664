"""Every sentence that ctk says to a person, in Vietnamese and English, as data."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("vi", "en")


@cache
def _table(lang: str, name: str) -> dict[str, Any]:
    text = files(__package__).joinpath(f"{name}.{lang}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def message(key: str, lang: str, **params: object) -> str:
    """Look up one sentence and fill in its placeholders.

    Args:
        key: Dotted path; its first part names the file (`errors.not_found.title` is in
            `errors.LANG.toml`).
        lang: `vi` or `en`.
        **params: Values for `{placeholders}`.

    Raises:
        KeyError: No such sentence.
    """
    node = _node(key, lang)
    return str(node).format(**params) if params else str(node)


def messages(key: str, lang: str) -> dict[str, dict[str, str]]:
    """A table of sentences whose names are data, such as the names that a template may use.

    Raises:
        KeyError: No such table.
    """
    return dict(_node(key, lang))


def _node(key: str, lang: str) -> Any:  # noqa: ANN401  (text or table)
    name, *path = key.split(".")
    node: Any = _table(lang, name)
    for part in path:
        node = node[part]
    return node
