"""Texts and looks of the report, which are data: Jinja2 templates and TOML tables."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined

DOTS = "…" * 8


def render(name: str, lang: str, **values: object) -> list[tuple[str, ...]]:
    """Fill a template whose lines are `style | text | …` and give the parts of each line.

    Raises:
        jinja2.UndefinedError: The template asks for a value that is not given.
    """
    text = _environment().from_string(_source(f"{name}.{lang}.j2")).render(values)
    return [tuple(part.strip() for part in line.split("|")) for line in text.splitlines() if line]


@cache
def table(name: str) -> dict[str, dict[str, Any]]:
    """Read a TOML table of the templates folder, `styles` or `sheets`."""
    return tomllib.loads(_source(f"{name}.toml"))


@cache
def _environment() -> Environment:
    # Nothing here is HTML: the texts go into cells as they are.
    environment = Environment(
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701
        trim_blocks=True,
        finalize=_one_line,
    )
    environment.filters["dots"] = lambda value: value or DOTS
    return environment


@cache
def _source(name: str) -> str:
    return files("ctk").joinpath("templates", name).read_text(encoding="utf-8")


def _one_line(value: object) -> object:
    """Keep a value from breaking its line into others."""
    return " ".join(value.replace("|", "/").split()) if isinstance(value, str) else value
