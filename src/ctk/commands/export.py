"""`ctk export`: totals for other programs, as CSV, Parquet or SDMX."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctk.aggregate.grouping import add_up, check_level, codes_spoken_for, periods_of, targets_above
from ctk.aggregate.mixing import mixtures
from ctk.commands.aggregate import join_totals
from ctk.commands.exporting import CSV, PARQUET, tables_of, units_of, write_table
from ctk.commands.public import published_totals, publishing, without_figures
from ctk.commands.second_sources import reporter_rows
from ctk.commands.warnings import warning_rows
from ctk.errors import UsageError
from ctk.exchange.kinds import Kind
from ctk.model import Result
from ctk.report.copies import public_path
from ctk.units.lookup import descendants, find_unit, has_districts, path_to_root
from ctk.workbook.writing import atomic_path, refuse_existing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from ctk.aggregate.roll_up import Totals
    from ctk.commands.public import Copies
    from ctk.commands.sources import Material, Source
    from ctk.model import Level, Unit
    from ctk.periods import Period

Units = dict[tuple["Period", "Level"], tuple["Unit", ...]]
_DATA, _STRUCTURE = "data.csv", "structure.json"


def run(
    source: Source,
    levels: Sequence[Level],
    kind: Kind,
    out_dir: Path,
    *,
    public: Copies | None = None,
    force: bool = False,
) -> Result:
    """Add up to one or several levels and write the tables.

    Args:
        source: Files or ledger, and period; with `unit` set, the units of a level within it.
        levels: Levels whose units get rows.
        kind: Format of the files.
        out_dir: Folder to write to.
        public: What is wanted besides public files; None: files for the office itself.
        force: Whether existing files may be replaced.

    Raises:
        UsageError: A level did not exist in the period, nothing is there to write, the library
            for SDMX is not installed, or a file cannot be written.
    """
    wanted, request = source.expected, source.request
    names = _names(kind)
    if public is not None:
        marked = {key: public_path(Path(name), request.lang) for key, name in names.items()}
        names = {key: path.name for key, path in marked.items()}
    for name in names.values():
        refuse_existing(out_dir / name, force)
    material = source.material()
    periods = (wanted,) if wanted is not None else periods_of(material.batch)
    units = {
        (period, level): _units(material, request.unit, level, period)
        for period in periods
        for level in dict.fromkeys(levels)
    }
    side = request.settings.special_zone_area
    parts = [add_up(material.batch, period, of, side) for (period, _), of in units.items() if of]
    totals = join_totals(parts)
    if totals.values.empty:
        raise UsageError("nothing_to_export")
    findings, notes, release = material.findings, material.notes, None
    if public is not None:
        shown = {p: tuple(u for (q, _), of in units.items() if q == p for u in of) for p in periods}
        totals, release = published_totals(totals, shown, request, material.batch)
        findings, notes = without_figures(findings, request.lang), (*notes, *release.notes())
    tables = tables_of(totals, material.batch.catalogue, request.lang)
    with publishing(public, release, out_dir, force=force):
        if kind is Kind.SDMX:
            rows = _write_sdmx(source, material, totals, tables["values"], periods, out_dir, names)
        else:
            rows = [_write(out_dir / names[key], key, tables[key], force) for key in tables]
    warnings = list(_warnings(material, units, request.lang, public=public is not None))
    said = (*notes, *dict.fromkeys(row["message"] for row in warnings))
    data = {"files": rows, "warnings": warnings}
    return Result("export", data, "files", findings, material.errors, said)


def _warnings(
    material: Material, units: Units, lang: str, *, public: bool
) -> Iterator[dict[str, Any]]:
    """What is mixed in the totals, and what has to be said about reporters."""
    for (period, _), of in units.items():
        yield from warning_rows(mixtures(material.batch, period, of), lang)
        if not public:  # they tell figures
            yield from reporter_rows(material.remarks, period, of, lang)


def _names(kind: Kind) -> dict[str, str]:
    if kind is Kind.SDMX:
        return {"data": _DATA, "structure": _STRUCTURE}
    ending = CSV if kind is Kind.CSV else PARQUET
    return {key: f"{key}{ending}" for key in ("values", "elements", "form_rates")}


def _units(material: Material, code: str | None, level: Level, period: Period) -> tuple[Unit, ...]:
    """The units of a level: those within a unit, else those that something was sent for."""
    check_level(level, period)
    if code is None:
        return targets_above(codes_spoken_for(material.batch, period), level, period)
    found = descendants(code, period.end, level)
    if not found:
        whole = find_unit(code, period.end).full_name
        raise UsageError("unit_of_other_level", unit=whole, level=level.value)
    return found


def _write(path: Path, name: str, table: pd.DataFrame, force: bool) -> dict[str, object]:
    write_table(path, table, name, force=force)
    return {"file": str(path), "table": name, "rows": len(table)}


def _write_sdmx(
    source: Source,
    material: Material,
    totals: Totals,
    table: pd.DataFrame,
    periods: Sequence[Period],
    out_dir: Path,
    names: Mapping[str, str],
) -> list[dict[str, object]]:
    """Write data and structure; a list of units is of one side of July 2025."""
    from ctk.exchange.sdmx.codes import code_lists  # noqa: PLC0415  (only for SDMX)
    from ctk.exchange.sdmx.data import write_data  # noqa: PLC0415

    try:
        from ctk.exchange.sdmx.structure import write_structure  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise UsageError("extra_missing", package=error.name, extra="exchange") from error
    if len({has_districts(period.end) for period in periods}) > 1:
        raise UsageError("export_two_eras")
    catalogue, request = material.batch.catalogue, source.request
    known = {str(period): period for period in periods}
    used = [(unit, known[text]) for (_, text), unit in units_of(totals).items()]
    dated = {(u, p.end) for unit, p in used for u in path_to_root(unit.code, p.end)}
    lists = code_lists(dated, catalogue, request.lang)
    data, structure = (out_dir / names[key] for key in ("data", "structure"))
    with atomic_path(data, force=True) as part:
        write_data(part, table, known, catalogue, request.coverage)
    with atomic_path(structure, force=True) as part:
        write_structure(part, lists, datetime.now(UTC).replace(microsecond=0), request.lang)
    return [
        {"file": str(data), "table": "data", "rows": len(table)},
        {"file": str(structure), "table": "structure", "rows": None},
    ]
