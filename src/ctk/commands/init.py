"""`ctk init`: make a workspace."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from ctk.commands.workspace import FOLDERS
from ctk.errors import UsageError
from ctk.messages import message
from ctk.model import Result
from ctk.regimes.agencies import in_charge
from ctk.regimes.loader import chosen_regime
from ctk.settings import FILE_NAME, read_settings
from ctk.units.lookup import find_unit, path_to_root
from ctk.units.table import DISTRICTS_ENDED, EARLIEST
from ctk.workbook.writing import atomic_path

if TYPE_CHECKING:
    from ctk.model import Unit
    from ctk.regimes.types import Regime

_YEARS = range(2000, 2101)
_WIDTH = 36


def run(
    folder: Path,
    unit_code: str,
    regime_id: str,
    year: int | None,
    *,
    today: date,
    lang: str = "vi",
) -> Result:
    """Make a workspace: `ctk.toml` and the folders for what comes in and goes out.

    Args:
        folder: Where; it is made if it is missing.
        unit_code: The unit whose office this is.
        regime_id: A built-in regime; empty: none.
        year: Year of the reports; None: the regime's, else this year.
        today: The current day.
        lang: Language of the notes; the file itself is in Vietnamese.

    Returns:
        `data.files`: what was made.

    Raises:
        UsageError: A `ctk.toml` is there already, or unit, regime or year mean nothing; nothing is
            written then.
    """
    file = folder / FILE_NAME
    if file.exists():
        raise UsageError("workspace_exists", path=file)
    regime = chosen_regime(regime_id)
    chosen = year or (regime.first_year if regime and regime.last_year else today.year)
    if chosen not in _YEARS:
        raise UsageError("bad_year", text=chosen)
    unit, day = _unit_in(unit_code, chosen)
    with atomic_path(file) as part:
        part.write_text(_settings_text(unit, day, regime, chosen), encoding="utf-8", newline="\n")
    read_settings(file)  # what is written must be readable
    made = [file, *(folder / name for name in FOLDERS)]
    for path in made[1:]:
        path.mkdir(exist_ok=True)
    rows = [{"file": str(path), "unit": unit.code, "form": None} for path in made]
    return Result(
        "init", {"files": rows}, "files", notes=_notes(folder, unit, day, regime, chosen, lang)
    )


def _unit_in(code: str, year: int) -> tuple[Unit, date]:
    """The unit as it is at the end of a year; one that ended in the year, as it was before."""
    last = max(date(year, 12, 31), EARLIEST)
    try:
        return find_unit(code, last), last
    except UsageError:
        if year != DISTRICTS_ENDED.year:
            raise
        return find_unit(code, DISTRICTS_ENDED), DISTRICTS_ENDED


def _settings_text(unit: Unit, day: date, regime: Regime | None, year: int) -> str:
    names = in_charge(unit.level, day)
    source = files("ctk").joinpath("templates", "ctk.toml.txt").read_text(encoding="utf-8")
    regime_line = f"regime = {_quoted(regime.id)}" if regime else '# regime = "dakrong-2022"'
    known = message("workspace.office.on", "vi", day=_day(day)) if any(names) else ""
    return Template(source).substitute(
        unit=_quoted(unit.code),
        unit_name=unit.full_name,
        regime_line=f"{regime_line:{_WIDTH}}# {message('workspace.office.regime', 'vi')}",
        year=year,
        agency=_quoted(names.agency),
        receiver=_quoted(names.receiver),
        place=f"{_quoted(unit.name):{_WIDTH - 8}}# {message('workspace.office.place', 'vi')}",
        office_note=f"# {known}\n" if known else "",
    )


def _notes(
    folder: Path, unit: Unit, day: date, regime: Regime | None, year: int, lang: str
) -> tuple[str, ...]:
    said = [message("workspace.made", lang, folder=folder, unit=unit.full_name, year=year)]
    if regime is None:
        said.append(message("workspace.no_regime", lang))
    elif not regime.is_of(unit.code, [each.code for each in path_to_root(unit.code, day)]):
        told = {"regime": regime.id, "authority": regime.authority, "unit": unit.full_name}
        said.append(message("status.note.other_unit", lang, **told))
    elif not regime.first_year <= year <= (regime.last_year or year):
        said.append(message("workspace.other_year", lang, regime=regime.id, year=year))
    return tuple(said)


def _quoted(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
