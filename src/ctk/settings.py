"""The office's own settings: the nearest `ctk.toml`, from the working folder upwards."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

from ctk.errors import UsageError

FILE_NAME = "ctk.toml"
VERSION = 1
PUBLISH, PROTECT = "publish", "protect"
_LEAST, _MOST = 2, 100
"""Thresholds and widths of doubt that make sense: below, nothing is protected."""

# A setting that is wrong is answered by an example, which reads alike in both languages.
_EXPECTED: dict[str, tuple[tuple[type, ...], str]] = {
    "ctk": ((int,), f"ctk = {VERSION}"),
    "unit": ((str,), 'unit = "467"'),
    "regime": ((str, dict), 'regime = "dakrong-2022" | [regime] base = "dakrong-2022"'),
    "year": ((int,), "year = 2022"),
    "special_zone_area": ((str,), 'special_zone_area = "urban" | "rural"'),
    "age_groups": ((str,), 'age_groups = "age.csv"'),
    "office": ((dict,), '[office] agency = "…"'),
    "weights": ((dict,), "[weights.00091] 00097 = 0.4"),
    "public": ((dict,), '[public] threshold = 5, zeros = "publish" | "protect", protection = 4'),
    "rules": ((dict,), '[rules.V553] severity = "info" | "off"'),
}


@dataclass(frozen=True, slots=True)
class Office:
    """Names that stand on a report; what is empty is printed as a dotted line to fill in.

    Args:
        superior: Superior agency, upper left; empty: the People's Committee of the unit.
        agency: The office that reports, below it.
        place: Place before the date of signature.
        receiver: Agency that receives the report.
        prepared_by: Name of who drew up the table.
        checked_by: Name of who checked it.
        signatory_title: Title of who signs; empty: "Thủ trưởng đơn vị".
        signatory_name: Name of who signs.
    """

    superior: str = ""
    agency: str = ""
    place: str = ""
    receiver: str = ""
    prepared_by: str = ""
    checked_by: str = ""
    signatory_title: str = ""
    signatory_name: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """How small counts are protected.

    Args:
        threshold: Sensitive counts below it are withheld.
        zeros: `publish`: a zero is printed, so that a mark means at least 1; `protect`: zeros of
            sensitive elements are withheld like other small counts.
        protection: How many values of a withheld count an outsider must hold possible at least;
            None: as many as the mark itself leaves open.
    """

    threshold: int = 5
    zeros: str = PUBLISH
    protection: int | None = None

    @property
    def lowest(self) -> int:
        """The least that a withheld count can be, which the outsider knows."""
        return 1 if self.zeros == PUBLISH else 0

    @property
    def width(self) -> int:
        """How many values must remain possible."""
        return self.protection or self.threshold - self.lowest


@dataclass(frozen=True, slots=True)
class Settings:
    """What `ctk.toml` may hold; everything has a default.

    Args:
        office: Names on the reports.
        unit: Code of the unit that the office answers for.
        regime: Id of the reporting regime, or a table that describes the office's own one.
        year: Year of a period typed without one.
        special_zone_area: Side of a đặc khu, `urban` or `rural`; None: the office has not said.
        age_groups: CSV that replaces the built-in age groups.
        weights: By unit divided in July 2025, the share of its population in each new unit.
        rules: By id of a rule, its severity (or `off`) and its limits in this office.
        public: What public copies protect.
        file: Where these settings were read; None: nowhere, they are the defaults.
    """

    office: Office = field(default_factory=Office)
    unit: str | None = None
    regime: str | dict[str, Any] = ""
    year: int | None = None
    special_zone_area: Literal["urban", "rural"] | None = None
    age_groups: Path | None = None
    weights: dict[str, dict[str, float]] = field(default_factory=dict)
    rules: dict[str, dict[str, Any]] = field(default_factory=dict)
    public: Policy = field(default_factory=Policy)
    file: Path | None = None

    @property
    def workspace(self) -> Path | None:
        """The folder that `ctk.toml` stands in."""
        return self.file.parent if self.file else None


def load_settings(start: Path) -> Settings:
    """Read the nearest `ctk.toml` in `start` or a folder above it.

    Raises:
        UsageError: The file is no TOML, or holds a key or value that ctk does not know.
    """
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / FILE_NAME).is_file():
            return read_settings(folder / FILE_NAME)
    return Settings()


def read_settings(file: Path) -> Settings:
    """Read one settings file; relative paths in it start from its folder.

    Raises:
        UsageError: See `load_settings`.
    """
    raw = _parse(file)
    _check_keys(raw, _EXPECTED, file)
    for key, value in raw.items():
        _need(type(value) in _EXPECTED[key][0], file, key)
    _need(raw.pop("ctk", VERSION) == VERSION, file, "ctk")
    _need(raw.get("special_zone_area") in (None, "urban", "rural"), file, "special_zone_area")
    _need(all(isinstance(v, dict) for v in raw.get("rules", {}).values()), file, "rules")
    _need(all(map(_are_shares, raw.get("weights", {}).values())), file, "weights")
    public = _policy(raw.pop("public", {}), file)
    ages = raw.pop("age_groups", None)
    office = _office(raw.pop("office", {}), file)
    age_groups = file.parent / ages if ages else None
    return Settings(office=office, public=public, age_groups=age_groups, file=file, **raw)


def _parse(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError("settings_unreadable", file=file, reason=reason) from error


def _office(raw: dict[str, Any], file: Path) -> Office:
    _check_keys(raw, [each.name for each in fields(Office)], file, "office.")
    for key, value in raw.items():
        _need(isinstance(value, str), file, f"office.{key}")
    return Office(**{key: " ".join(value.split()) for key, value in raw.items()})


def _policy(raw: dict[str, Any], file: Path) -> Policy:
    _check_keys(raw, [each.name for each in fields(Policy)], file, "public.")
    numbers = (raw.get("threshold", Policy().threshold), raw.get("protection", _LEAST))
    fits = all(type(number) is int and _LEAST <= number <= _MOST for number in numbers)
    _need(fits and raw.get("zeros", PUBLISH) in (PUBLISH, PROTECT), file, "public")
    return Policy(**raw)


def _are_shares(shares: object) -> bool:
    """Whether these can be the parts into which a population was divided."""
    if not isinstance(shares, dict) or not all(type(v) in (int, float) for v in shares.values()):
        return False
    return all(0 <= v <= 1 for v in shares.values()) and sum(shares.values()) <= 1 + 1e-9


def _check_keys(raw: Iterable[str], known: Iterable[str], file: Path, prefix: str = "") -> None:
    for key in raw:
        if key not in known:
            listed = ", ".join(known)
            raise UsageError("settings_key", file=file, setting=f"{prefix}{key}", known=listed)


def _need(condition: bool, file: Path, key: str) -> None:
    if not condition:
        example = _EXPECTED[key][1] if key in _EXPECTED else f'{key.split(".")[-1]} = "…"'
        raise UsageError("settings_value", file=file, setting=key, expected=example)
