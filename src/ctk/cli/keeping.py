"""The commands that keep submissions: receive and what belongs to the ledger."""

from __future__ import annotations

from typing import Annotated

import typer

from ctk.cli import safety
from ctk.cli.options import (
    Format,
    FormatOption,
    Lang,
    LangOption,
    PasswordFileOption,
    PasswordOption,
    PathsOrInbox,
    PeriodOption,
    UnitOption,
    finish,
    group,
)
from ctk.cli.reading import ledger_of, or_inbox, reading_of

ledger_app = group("ledger")


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(receive)
    safety.register(ledger_app)
    app.add_typer(ledger_app)


def receive(
    paths: PathsOrInbox = None,
    *,
    period: PeriodOption = None,
    unit: UnitOption = None,
    accept_with_errors: Annotated[
        str, typer.Option("--accept-with-errors", metavar="TEXT", help="receive.accept")
    ] = "",
    keep_identities: Annotated[
        bool, typer.Option("--keep-identities", help="receive.identities")
    ] = False,
    reporter: Annotated[
        str, typer.Option("--reporter", metavar="KIND", help="receive.reporter")
    ] = "commune",
    password: PasswordOption = None,
    password_file: PasswordFileOption = None,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """receive.help."""
    secrets = password, password_file
    with reading_of(or_inbox(paths, period), period, unit, lang, secrets) as reading:
        from ctk.commands.receive import run

        result = run(
            reading,
            ledger_of(reading.request),
            reason=accept_with_errors.strip(),
            keep_identities=keep_identities,
            reporter=reporter,
        )
    finish(result, output_format, lang)


@ledger_app.command("rebuild")
def ledger_rebuild(output_format: FormatOption = Format.HUMAN, lang: LangOption = Lang.VI) -> None:
    """ledger-rebuild.help."""
    from ctk.cli.reading import request_of
    from ctk.commands.ledger import rebuild

    finish(rebuild(ledger_of(request_of([], None, None, lang))), output_format, lang)
