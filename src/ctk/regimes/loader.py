"""Reads reporting regimes from TOML, the built-in ones and an office's own; refuses bad ones."""

from __future__ import annotations

import re
import tomllib
from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from ctk.errors import CatalogueError, UsageError
from ctk.indicators import load_catalogue
from ctk.model import Level
from ctk.periods import Coverage
from ctk.regimes.types import Agency, Before, Deadline, FreeDay, Regime

VERSION = 1
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_REPORTER = re.compile(r"[a-z][a-z_]*")
_LENGTHS = ("6m", "9m", "12m")
_CHOICES = {"level": Level, "units": Level, "covers": Coverage, "before": Before,
            "free_day": FreeDay}  # fmt: skip
_LISTS = ("periods", "elements", "duties", "notes")
_LEAP_YEAR = 2024


def build_regime(raw: dict[str, Any]) -> Regime:
    """Make a regime from the content of its TOML file.

    Raises:
        CatalogueError: A key is missing or unknown, or a value means nothing.
    """
    name = raw.get("id", "?")
    try:
        return _regime(raw)
    except (KeyError, TypeError, ValueError) as error:
        raise CatalogueError(f"regime {name}: {error}") from error


def build_own_regime(table: dict[str, Any]) -> Regime:
    """Make an office's regime from its table in `ctk.toml`.

    With `base` it starts from a built-in regime; what the table says replaces what that one says.

    Raises:
        CatalogueError: See `build_regime`; or there is no such base.
    """
    own = dict(table)
    base = own.pop("base", None)
    if base is not None and base not in _sources():
        raise CatalogueError(f"regime: base = {base!r}; known: {', '.join(_sources())}")
    return build_regime((dict(_sources()[base]) if base else {}) | own)


def chosen_regime(setting: str | dict[str, Any]) -> Regime | None:
    """The regime that an office has chosen: an id, its own table, or nothing.

    Raises:
        UsageError: There is no such regime, or the table is wrong.
    """
    if isinstance(setting, dict):
        try:
            return build_own_regime(setting)
        except CatalogueError as error:
            raise UsageError("bad_regime", reason=error) from error
    if not setting.strip():
        return None
    regime = load_regimes().get(setting.strip().lower())
    if regime is None:
        raise UsageError("unknown_regime", text=setting, known=", ".join(load_regimes()))
    return regime


@cache
def load_regimes() -> dict[str, Regime]:
    """The built-in regimes by id, the oldest first."""
    regimes = sorted(map(build_regime, _sources().values()), key=lambda r: (r.first_year, r.id))
    return {regime.id: regime for regime in regimes}


@cache
def _sources() -> dict[str, dict[str, Any]]:
    folder = files(__package__).joinpath("data")
    texts = (p.read_text(encoding="utf-8") for p in folder.iterdir() if p.name.endswith(".toml"))
    return {raw["id"]: raw for raw in map(tomllib.loads, texts)}


def _regime(raw: dict[str, Any]) -> Regime:
    raw = dict(raw)
    _need(raw.pop("ctk_regime", VERSION) == VERSION, f"ctk_regime must be {VERSION}")
    deadlines = tuple(_made(Deadline, each) for each in _tables(raw.pop("deadline", ())))
    agencies = tuple(_agency(each) for each in _tables(raw.pop("agency", ())))
    for key in _LISTS:
        raw[key] = _texts(raw.get(key, ()), key)
    for key, choice in _CHOICES.items():
        if key in raw:
            raw[key] = choice(raw[key])
    regime: Regime = _made(Regime, raw | {"deadlines": deadlines, "agencies": agencies})
    _check(regime)
    return regime


def _agency(raw: dict[str, Any]) -> Agency:
    elements = _texts(raw.get("elements", ()), "elements")
    agency: Agency = _made(Agency, raw | {"elements": elements})
    _need(bool(_REPORTER.fullmatch(agency.reporter)), f"agency reporter = {agency.reporter!r}")
    return agency


def _made(kind: type[Any], raw: dict[str, Any]) -> Any:  # noqa: ANN401  (one of three types)
    """Make one dataclass, refusing missing and unknown keys and values of another type."""
    known = {each.name: each for each in fields(kind)}
    _need(not (odd := set(raw) - set(known)), f"unknown: {', '.join(sorted(odd))}")
    required = {name for name, each in known.items() if each.default is MISSING}
    _need(not (gone := required - set(raw)), f"missing: {', '.join(sorted(gone))}")
    for name, value in raw.items():
        _need(_fits(value, str(known[name].type)), f"{name} = {value!r}")
    return kind(**raw)


def _fits(value: object, wanted: str) -> bool:
    plain = {"str": str, "int": int, "bool": bool, "date": date}
    types = [plain[word] for word in wanted.split(" | ") if word in plain]
    return not types or type(value) in types


def _tables(raw: object) -> list[dict[str, Any]]:
    tables = list(raw) if isinstance(raw, list | tuple) else [None]
    found = [each for each in tables if isinstance(each, dict)]
    _need(len(found) == len(tables), "deadline and agency are [[…]] tables")
    return found


def _texts(raw: object, key: str) -> tuple[str, ...]:
    texts = tuple(raw) if isinstance(raw, list | tuple) else (None,)
    found = tuple(each for each in texts if isinstance(each, str))
    _need(len(found) == len(texts), f"{key} is a list of texts")
    return found


def _check(regime: Regime) -> None:
    _need(bool(_ID.fullmatch(regime.id)), f"id = {regime.id!r}")
    for key in ("authority", "document"):
        _need(bool(getattr(regime, key).strip()), f"{key} is empty")
    last = regime.last_year
    _need(last is None or last >= regime.first_year, "last_year is before first_year")
    _need(bool(regime.periods) and set(regime.periods) <= set(_LENGTHS), "periods: 6m, 9m, 12m")
    lengths = [each.period for each in regime.deadlines]
    _need(len(set(lengths)) == len(lengths), "two deadlines of one period")
    _need(set(lengths) <= set(regime.periods), "a deadline of a period that is not asked")
    for each in regime.deadlines:
        date(_LEAP_YEAR, each.month, each.day)
        _need(bool(each.words), "a deadline without words")
    codes = [agency.reporter for agency in regime.agencies]
    _need(len(set(codes)) == len(codes), "two agencies of one reporter")
    _check_elements(regime)


def _check_elements(regime: Regime) -> None:
    known = load_catalogue().element_index
    for ids in (regime.elements, *(agency.elements for agency in regime.agencies)):
        unknown = [id_ for id_ in ids if id_ not in known]
        _need(not unknown, f"unknown elements: {', '.join(unknown)}")


def _need(condition: bool, problem: str) -> None:
    if not condition:
        raise ValueError(problem)
