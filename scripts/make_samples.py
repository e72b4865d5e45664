"""Makes the sample files under data/samples: synthetic figures of real units.

    python scripts/make_samples.py           writes them again
    python scripts/make_samples.py --check   tells whether the stored ones still hold these figures

The figures depend on nothing but the names of units and periods, so they are always the same.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sample_annex import write_annex
from sample_faults import EARLIER, IN_CELLS, MOVED, NO_WORKBOOK, TRUNCATED
from sample_official import Extra, write_official
from sample_population import Figures, Place, invent
from sample_workbooks import Cells, fill, move_tables, write

from ctk.commands.learn import LearnRequest
from ctk.commands.learn import run as learn
from ctk.indicators import load_catalogue
from ctk.intake.extract import extract
from ctk.model import Unit
from ctk.periods import Period
from ctk.units.lookup import communes_under, find_unit, is_urban, path_to_root
from ctk.workbook.commune import file_name, plan_form
from ctk.workbook.reading import read_book

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
README = "README.csv"

DISTRICT, PROVINCE = "467", "12"
HALF_2022, NINE_2022, YEAR_2024, HALF_2026 = (
    Period(2022, 6),
    Period(2022, 9),
    Period(2024, 12),
    Period(2026, 6),
)
COUNTED = {
    HALF_2022: date(2022, 5, 20),
    NINE_2022: date(2022, 8, 20),
    HALF_2026: date(2026, 5, 20),
}
HABITS = ("box", "dash", "zero")

_RURAL = Place((620, 2150), (0.72, 0.99), 0.42)
_TOWN = Place((1050, 1300), (0.25, 0.4), 0.13)
_MERGED_RURAL = Place((2300, 6200), (0.8, 0.99), 0.34)
_MERGED_WARD = Place((5200, 9800), (0.3, 0.5), 0.08)

CLEAN, FAULTY = f"{DISTRICT}-2022-6m", f"{DISTRICT}-2022-6m-faulty"
PRESENT_DAY, OFFICIAL = f"{PROVINCE}-2026-6m", "601-602-2024"
ANNEX = f"{DISTRICT}-2022-6m-annex"
OFFICIAL_UNITS = ("19555", "19558", "19561", "19570")
INSERTED = {"19570": Extra(6, "Ghi chú")}
NO_WORKBOOK_TEXT = "Đây không phải là tệp Excel.\n"


def figures_of(unit: Unit, period: Period) -> Figures:
    """Invent what a commune counted in a period."""
    urban = is_urban(unit, "rural")
    if period.year >= HALF_2026.year:
        place = _MERGED_WARD if urban else _MERGED_RURAL
    else:
        place = _TOWN if urban else _RURAL
    return invent(f"{unit.code} {period}", place, period.months)


def filled(unit: Unit, period: Period, habit: str = "zero") -> Cells:
    """Fill in the form of a commune."""
    plan = plan_form(load_catalogue(), period)
    cells = Cells(plan, path_to_root(unit.code, period.end)[1:])
    fill(cells, figures_of(unit, period), COUNTED[period], habit)
    return cells


def write_communes(folder: Path, above: str, period: Period) -> None:
    """Write a clean workbook for each commune of a unit; their habits take turns."""
    for number, unit in enumerate(communes_under(above, period.end)):
        cells = filled(unit, period, HABITS[number % len(HABITS)])
        write(folder / file_name(unit, period), unit, cells)


def write_faulty(folder: Path) -> None:
    """Write the faulty files."""
    for fault in (*IN_CELLS, MOVED, TRUNCATED):
        unit = find_unit(fault.unit, HALF_2022.end)
        cells = filled(unit, HALF_2022)
        fault.edit(cells)
        write(folder / f"{fault.name}.xlsx", unit, cells)
    move_tables(folder / f"{MOVED.name}.xlsx")
    whole = (folder / f"{TRUNCATED.name}.xlsx").read_bytes()
    (folder / f"{TRUNCATED.name}.xlsx").write_bytes(whole[: len(whole) // 2])
    (folder / f"{NO_WORKBOOK.name}.xlsx").write_text(NO_WORKBOOK_TEXT, encoding="utf-8")
    unit = find_unit(EARLIER.unit, NINE_2022.end)
    write(folder / f"{EARLIER.name}.xlsx", unit, filled(unit, NINE_2022))


def write_official_forms(folder: Path) -> None:
    """Write the forms 601-602 of some communes."""
    for code in OFFICIAL_UNITS:
        unit, parent = path_to_root(code, YEAR_2024.end)[:2]
        path = folder / f"{unit.code} {unit.name} 601-602 nam 2024.xlsx"
        figures = figures_of(unit, YEAR_2024)
        write_official(path, unit, parent, YEAR_2024.year, figures, INSERTED.get(code))


def write_annexes(folder: Path) -> None:
    """Write the office's own annex of each commune of the district."""
    for unit in communes_under(DISTRICT, HALF_2022.end):
        parent = path_to_root(unit.code, HALF_2022.end)[1]
        path = folder / f"{unit.code} {unit.name} - bieu tre em.xlsx"
        write_annex(path, unit, parent, COUNTED[HALF_2022], figures_of(unit, HALF_2022))
    two = sorted(folder.iterdir())[:2]
    learn(LearnRequest(two, folder.with_suffix(".toml"), "Biểu trẻ em", force=True))


def write_faulty_annex(path: Path) -> None:
    """Write one annex whose poor and near-poor do not add up."""
    unit, parent = path_to_root("19594", HALF_2022.end)[:2]
    figures = figures_of(unit, HALF_2022)
    poor = figures["I-0105"]
    figures |= {"I-0105": poor | {"T": poor["T"] + 18}}
    write_annex(path, unit, parent, COUNTED[HALF_2022], figures)


def write_all(folder: Path) -> None:
    """Write all samples and the list of them."""
    write_communes(folder / CLEAN, DISTRICT, HALF_2022)
    write_faulty(folder / FAULTY)
    write_communes(folder / PRESENT_DAY, PROVINCE, HALF_2026)
    write_official_forms(folder / OFFICIAL)
    write_annexes(folder / ANNEX)
    write_faulty_annex(folder / f"{ANNEX}-faulty.xlsx")
    write_list(folder / README)


def write_list(path: Path) -> None:
    """Write README.csv: what each sample is; Excel opens it as it is."""
    columns = ("path", "title", "shows", "synthetic", "units", "made")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for sample, title, shows, made in _listed():
            writer.writerow((sample, title, shows, "yes", "real", made))


def _listed() -> Iterator[tuple[str, str, str, str]]:
    patched = "ctk's blank form, filled in by scripts/make_samples.py"
    yield (
        f"{CLEAN}/",
        "13 xã, thị trấn của Huyện Đa Krông, 6 tháng đầu năm 2022",
        "A full and consistent set: no finding at all.",
        patched,
    )
    yield (
        f"{PRESENT_DAY}/",
        "38 xã, phường của Tỉnh Lai Châu, 6 tháng đầu năm 2026",
        "Communes directly under a province, as since July 2025: no finding at all.",
        patched,
    )
    for fault in IN_CELLS:
        yield f"{FAULTY}/{fault.name}.xlsx", fault.title, fault.shows, patched
    for fault, made in (
        (EARLIER, patched),
        (MOVED, "typed anew from the filled form with openpyxl, figures unchanged"),
        (TRUNCATED, "the first half of a filled form"),
        (NO_WORKBOOK, "a text file"),
    ):
        yield f"{FAULTY}/{fault.name}.xlsx", fault.title, fault.shows, made
    drawn = "drawn after the form of Circular 02/2025/TT-BLĐTBXH by scripts/make_samples.py"
    yield (
        f"{OFFICIAL}/",
        "Biểu 601-602/TE-Sở của 4 xã, thị trấn Huyện Đa Krông, năm 2024",
        "The official matrix as communes fill it in; one has a column of its own between.",
        drawn,
    )
    yield (
        f"{ANNEX}/",
        "Biểu riêng của cơ quan: 13 xã, thị trấn của Huyện Đa Krông, 6 tháng đầu năm 2022",
        "An office's own annex with the figures of the commune workbooks: for ctk forms learn.",
        "drawn after an invented annex by scripts/make_samples.py",
    )
    yield (
        f"{ANNEX}-faulty.xlsx",
        "Biểu riêng của Xã A Ngo: hộ nghèo cộng hộ cận nghèo không bằng tổng",
        "Children of poor and near-poor households do not add up: V406.",
        "drawn after an invented annex by scripts/make_samples.py",
    )
    yield (
        f"{ANNEX}.toml",
        "Bố cục của biểu riêng ấy",
        "The layout that ctk forms learn proposes from two of these files.",
        "ctk forms learn",
    )


def figures_in(path: Path) -> object:
    """What a reader takes from a file: its statements and figures, or why it cannot be read."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    found = extract(str(path))
    if found.error is not None:
        sheets = read_book(path.read_bytes()).sheets if zipfile.is_zipfile(path) else []
        return found.error.code, [(sheet.name, sheet.cells) for sheet in sheets]
    said = {name: stated.value for name, stated in found.stated.items()}
    tables = [
        (
            [array.tolist() for array in (table.plan.element, table.plan.breakdown)],
            [array.tolist() for array in (table.absence, table.note)],
            [str(value) for value in table.value.tolist()],
            table.raw,
        )
        for table in found.tables
    ]
    return found.form, said, found.sheets, tables


def differences(folder: Path) -> list[str]:
    """Names of the stored samples that do not hold what this script would write."""
    with tempfile.TemporaryDirectory() as fresh:
        write_all(Path(fresh))
        names = {
            path.relative_to(root)
            for root in (folder, Path(fresh))
            for path in root.rglob("*")
            if path.is_file()
        }
        return sorted(str(name) for name in names if not _same(folder / name, Path(fresh, name)))


def _same(stored: Path, fresh: Path) -> bool:
    return stored.exists() and fresh.exists() and figures_in(stored) == figures_in(fresh)


def main() -> int:
    """Write the samples, or check them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    if parser.parse_args().check:
        changed = differences(SAMPLES)
        print("\n".join(f"differs: {name}" for name in changed) or "samples are as the script says")
        return 1 if changed else 0
    write_all(SAMPLES)
    size = sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file())
    print(f"{SAMPLES}: {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
