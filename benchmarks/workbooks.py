"""Makes a folder of filled commune workbooks, one a commune, for the benchmarks."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl

from ctk.indicators import load_catalogue
from ctk.model import Level
from ctk.periods import parse_period
from ctk.units.lookup import find_unit, path_to_root, units_at
from ctk.workbook.commune import write_commune_workbook

PERIOD = "2022-12m"
FIRST = "19588"
_AS_NUMBERS = "xmlcharrefreplace"
"""How openpyxl writes letters beyond ASCII, depending on the XML library."""


def make_folder(folder: Path, count: int) -> list[Path]:
    """Write `count` filled workbooks of different communes; existing ones are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    period = parse_period(PERIOD)
    communes = [unit for unit in units_at(period.end) if unit.level is Level.COMMUNE][:count]
    paths = [folder / f"{unit.code}.xlsx" for unit in communes]
    if all(path.exists() for path in paths):
        return paths
    master = _filled(folder / "master.tmp.xlsx")
    name = find_unit(FIRST, period.end).full_name
    for unit, path in zip(communes, paths, strict=True):
        path.write_bytes(_renamed(master, {FIRST: unit.code, name: unit.full_name}))
    return paths


def _filled(path: Path) -> bytes:
    """One workbook with a figure in every cell that asks one; 0 keeps every relation."""
    period = parse_period(PERIOD)
    unit = find_unit(FIRST, period.end)
    parents = path_to_root(FIRST, period.end)[1:]
    write_commune_workbook(path, unit, parents, period, load_catalogue(), force=True)
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets[1:]:
        _fill(sheet)
    book.save(path)
    data = path.read_bytes()
    path.unlink()
    return data


def _fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    header = next(row for row in sheet.iter_rows() if any(c.value == "Mã số" for c in row))
    columns = {cell.column for cell in header[3:] if cell.value not in (None, "Tỷ lệ", "Hướng dẫn")}
    known = load_catalogue().element_index
    for row in sheet.iter_rows(min_row=header[0].row + 1):
        if row[1].value in known:
            for cell in row:
                if cell.column in columns and not cell.protection.locked:
                    cell.value = 0


def _renamed(data: bytes, texts: dict[str, str]) -> bytes:
    """Put another commune's code and name into a copy."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for part in source.infolist():
            content = source.read(part)
            if part.filename in ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"):
                for old, new in texts.items():
                    for told in (f">{old}<".encode(), f">{old}<".encode("ascii", _AS_NUMBERS)):
                        content = content.replace(told, f">{escape(new)}<".encode())
            copy.writestr(part, content)
    return target.getvalue()
