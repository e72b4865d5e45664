"""The commands about the office itself: its workspace, its reporting regime, who has reported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ctk.cli.options import (
    ForceOption,
    Format,
    FormatOption,
    Lang,
    LangOption,
    finish,
    group,
    option,
    parse_day,
)
from ctk.model import Level

if TYPE_CHECKING:
    from ctk.settings import Settings

regimes_app = group("regimes")


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(init)
    app.command()(status)
    app.add_typer(regimes_app)


def init(
    folder: Annotated[Path, typer.Argument(help="init.folder", metavar="DIR")],
    *,
    unit: Annotated[str, typer.Option("--unit", "-u", help="init.unit")],
    regime: Annotated[str, typer.Option("--regime", help="init.regime")] = "",
    year: Annotated[int | None, option("--year", key="init.year")] = None,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """init.help."""
    from ctk.commands.init import run
    from ctk.commands.loading import local_today

    result = run(folder, unit, regime, year, today=local_today(), lang=lang.value)
    finish(result, output_format, lang)


def status(
    *,
    period: Annotated[str | None, option("--period", "-p", key="status.period")] = None,
    at: Annotated[str | None, option("--at", key="status.at")] = None,
    unit: Annotated[str | None, option("--unit", "-u", key="status.unit")] = None,
    regime: Annotated[str | None, option("--regime", key="status.regime")] = None,
    level: Annotated[Level, option("--level", key="status.level")] = Level.COMMUNE,
    out: Annotated[Path | None, option("--output", "-o", key="status.out")] = None,
    reminders: Annotated[Path | None, option("--reminders", key="status.reminders")] = None,
    force: ForceOption = False,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """status.help."""
    from datetime import datetime

    from ctk.cli.reading import ledger_of, request_of
    from ctk.commands.status import Asked, run
    from ctk.regimes.tracking import HERE

    request = request_of([], None, None, lang)
    today = datetime.now(HERE).date()
    asked = Asked(request.settings, today, period, parse_day(at), unit, regime, level, lang.value)
    result = run(asked, ledger_of(request), out=out, reminders=reminders, force=force)
    finish(result, output_format, lang)


@regimes_app.command("list")
def regimes_list(output_format: FormatOption = Format.HUMAN, lang: LangOption = Lang.VI) -> None:
    """regimes-list.help."""
    from ctk.commands.regimes import list_regimes

    finish(list_regimes(_settings()), output_format, lang)


@regimes_app.command("show")
def regimes_show(
    regime: Annotated[str, typer.Argument(help="regimes-show.id")],
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """regimes-show.help."""
    from ctk.commands.regimes import show_regime

    finish(show_regime(regime, _settings()), output_format, lang)


def _settings() -> Settings:
    from ctk.settings import load_settings

    return load_settings(Path.cwd())
