"""Words that mean the same on the forms of all offices."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from ctk.forms.wording import label_key


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    raw = tomllib.loads(
        files(__package__).joinpath("surroundings.toml").read_text(encoding="utf-8")
    )
    return {name: tuple(map(label_key, words)) for name, words in raw.items()}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, _lists()[name]))})\b")


@lru_cache(maxsize=1 << 12)
def is_of_another_column(key: str) -> bool:
    """Tell whether a title names what is compared or remarked, no figure of the report."""
    return bool(_pattern("other_columns").search(key))


@lru_cache(maxsize=1 << 12)
def ends_a_table(key: str, more: tuple[str, ...] = ()) -> bool:
    """Tell whether a text stands below a table: signatures, or words of the form's own."""
    found = _pattern("ends").match(key)
    return bool(found) or any(key.startswith(label_key(word)) for word in more)


@lru_cache(maxsize=1 << 12)
def is_note(key: str) -> bool:
    """Tell whether a text starts like a note."""
    return bool(_pattern("notes").match(key))
