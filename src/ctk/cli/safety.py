"""The commands that keep a ledger whole: check, export, import and purge."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ctk.cli.options import (
    Format,
    FormatOption,
    Lang,
    LangOption,
    PasswordFileOption,
    PasswordOption,
    finish,
)
from ctk.cli.reading import ledger_of, request_of

TargetArgument = Annotated[
    Path, typer.Argument(help="ledger-export.target", metavar="TARGET", show_default=False)
]
SourceArgument = Annotated[
    Path, typer.Argument(help="ledger-import.source", metavar="SOURCE", show_default=False)
]
HashArgument = Annotated[
    str, typer.Argument(help="ledger-purge.sha", metavar="SHA", show_default=False)
]


def register(app: typer.Typer) -> None:
    """Add these commands to the group of the ledger."""
    app.command("check")(ledger_check)
    app.command("export")(ledger_export)
    app.command("import")(ledger_import)
    app.command("purge")(ledger_purge)


def ledger_check(
    password: PasswordOption = None,
    password_file: PasswordFileOption = None,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """ledger-check.help."""
    from dataclasses import replace

    from ctk.commands.ledger_check import check
    from ctk.intake.passwords import gather_passwords

    passwords = gather_passwords(password or (), password_file)
    request = replace(request_of([], None, None, lang), passwords=passwords)
    finish(check(request, ledger_of(request)), output_format, lang)


def ledger_export(
    target: TargetArgument,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """ledger-export.help."""
    from ctk.commands.moving import export_ledger

    ledger = ledger_of(request_of([], None, None, lang))
    finish(export_ledger(ledger, target), output_format, lang)


def ledger_import(
    source: SourceArgument,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """ledger-import.help."""
    from ctk.commands.moving import import_ledger

    request = request_of([], None, None, lang)
    finish(import_ledger(request, ledger_of(request), source), output_format, lang)


def ledger_purge(
    sha: HashArgument,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="ledger-purge.why")] = "",
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """ledger-purge.help."""
    from ctk.commands.moving import purge

    ledger = ledger_of(request_of([], None, None, lang))
    finish(purge(ledger, sha, why), output_format, lang)
