"""The command that writes totals for other programs."""

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
    PeriodOption,
    PublicOption,
    StatusOption,
    copies_of,
    finish,
    option,
)
from ctk.exchange.kinds import Kind
from ctk.model import Level


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(export)


def export(
    paths: PathsOrLedger = None,
    *,
    level: Annotated[list[Level], option("--level", key="export.level")],
    to: Annotated[Kind, option("--to", key="export.to")],
    out: Annotated[Path, typer.Option("--output", "-o", help="export.out")],
    period: PeriodOption = None,
    unit: Annotated[str | None, option("--unit", "-u", key="export.unit")] = None,
    status: StatusOption = None,
    public: PublicOption = False,
    withheld: ListedOption = None,
    force: ForceOption = False,
    password: PasswordOption = None,
    password_file: PasswordFileOption = None,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """export.help."""
    from ctk.cli.reading import source_of

    secrets = password, password_file
    with source_of(paths, period, unit, lang, secrets, status) as source:
        from ctk.commands.export import run

        copies = copies_of(public, withheld)
        result = run(source, level, to, out, public=copies, force=force)
    finish(result, output_format, lang)
