"""The command that writes the dashboard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ctk.cli.options import (
    ForceOption,
    Format,
    FormatOption,
    Lang,
    LangOption,
    ListedOption,
    PasswordFileOption,
    PasswordOption,
    PathsOrLedger,
    PublicOption,
    StatusOption,
    WholeOption,
    copies_of,
    finish,
    option,
    parse_day,
)


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(dashboard)


def dashboard(
    paths: PathsOrLedger = None,
    *,
    out: Annotated[Path, typer.Option("--output", "-o", help="dashboard.out", metavar="FILE")],
    period: Annotated[str | None, option("--period", "-p", key="dashboard.period")] = None,
    unit: WholeOption = None,
    status: StatusOption = None,
    at: Annotated[str | None, option("--at", key="dashboard.at")] = None,
    public: PublicOption = False,
    withheld: ListedOption = None,
    force: ForceOption = False,
    password: PasswordOption = None,
    password_file: PasswordFileOption = None,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """dashboard.help."""
    from datetime import datetime

    from ctk.cli.reading import known_ledger_of, source_of
    from ctk.regimes.tracking import HERE

    day = parse_day(at) or datetime.now(HERE).date()
    secrets = password, password_file
    with source_of(paths, period, unit, lang, secrets, status) as source:
        from ctk.commands.dashboard import Wish, run

        ledger = known_ledger_of(source.request) if paths else None
        copies = copies_of(public, withheld)
        result = run(source, Wish(out, day, ledger, force, copies))
    finish(result, output_format, lang)
