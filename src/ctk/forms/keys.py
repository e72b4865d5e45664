"""Takes values out of parsed TOML; what is missing, unknown or of a wrong kind is named."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

T = TypeVar("T")
_NEEDED: Any = object()
_CALLED = {str: "text", int: "whole number", list: "list", dict: "table", bool: "true | false"}


def only(raw: Iterable[str], known: Iterable[str], where: str = "") -> None:
    """Refuse keys that mean nothing.

    Raises:
        ValueError: Names the key.
    """
    for key in raw:
        if key not in known:
            raise ValueError(f"{where}{key}: unknown key")


def of_type(
    raw: dict[str, Any], key: str, kind: type[T], default: T = _NEEDED, where: str = ""
) -> T:
    """The value of a key, of one type.

    Raises:
        ValueError: It is missing and has no default, or is of another type.
    """
    if key not in raw and default is not _NEEDED:
        return default
    if key not in raw:
        raise ValueError(f"{where}{key}: is missing")
    value = raw[key]
    if type(value) is not kind:
        raise ValueError(f"{where}{key}: must be a {_CALLED[kind]}, not {value!r}")
    return value


def texts(raw: dict[str, Any], key: str, where: str = "") -> tuple[str, ...]:
    """The texts of a key: one, or a list of them; none where it is missing.

    Raises:
        ValueError: It holds something else.
    """
    value = raw.get(key, [])
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(t, str) and t.strip() for t in listed):
        raise ValueError(f"{where}{key}: must be a text or a list of texts, not {value!r}")
    return tuple(listed)
