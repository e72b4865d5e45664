"""The commands that go back: history, diff, trace, and what people decide about submissions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ctk.cli.options import (
    Format,
    FormatOption,
    Lang,
    LangOption,
    PasswordFileOption,
    PasswordOption,
    PathsOrLedger,
    PeriodOption,
    StatusOption,
    finish,
    option,
)
from ctk.cli.reading import ledger_of, request_of, source_of

if TYPE_CHECKING:
    from ctk.commands.loading import Request
    from ctk.periods import Period

WhyOption = Annotated[str, typer.Option("--why", metavar="TEXT", help="option.why")]
UnitArgument = Annotated[str, typer.Argument(help="argument.unit", metavar="UNIT")]
PeriodArgument = Annotated[str, typer.Argument(help="argument.period", metavar="PERIOD")]


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    for command in (history, diff, withdraw, close, reopen, confirm, trace):
        app.command()(command)


def history(
    unit: UnitArgument,
    *,
    period: PeriodOption = None,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """history.help."""
    from ctk.commands.history import run

    request = request_of([], period, None, lang)
    finish(run(request, ledger_of(request), unit), output_format, lang)


def diff(
    a: Annotated[str, typer.Argument(help="diff.a", metavar="A")],
    b: Annotated[str, typer.Argument(help="diff.b", metavar="B")],
    *,
    password: PasswordOption = None,
    password_file: PasswordFileOption = None,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """diff.help."""
    from dataclasses import replace

    from ctk.commands.diff import run
    from ctk.intake.passwords import gather_passwords

    secrets = gather_passwords(password or (), password_file)
    request = replace(request_of([], None, None, lang), passwords=secrets, progress=None)
    finish(run(request, ledger_of(request), a, b), output_format, lang)


def withdraw(
    receipt: Annotated[str, typer.Argument(help="withdraw.receipt", metavar="ID")],
    *,
    why: WhyOption = "",
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """withdraw.help."""
    from ctk.commands.deciding import withdraw as run

    request = request_of([], None, None, lang)
    finish(run(ledger_of(request), receipt, why), output_format, lang)


def close(
    period: PeriodArgument,
    *,
    why: WhyOption = "",
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """close.help."""
    from ctk.commands.deciding import close as run

    request = request_of([], period, None, lang)
    finish(run(ledger_of(request), _period(request), why), output_format, lang)


def reopen(
    period: PeriodArgument,
    *,
    why: WhyOption = "",
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """reopen.help."""
    from ctk.commands.deciding import reopen as run

    request = request_of([], period, None, lang)
    finish(run(ledger_of(request), _period(request), why), output_format, lang)


def confirm(
    unit: UnitArgument,
    rule: Annotated[str, typer.Argument(help="confirm.rule", metavar="RULE")],
    *,
    period: Annotated[str, option("--period", "-p", key="option.period")],
    sheet: Annotated[str | None, option("--sheet", key="confirm.sheet")] = None,
    cell: Annotated[str | None, option("--cell", key="confirm.cell")] = None,
    why: WhyOption = "",
    by: Annotated[str, option("--by", key="confirm.by")] = "",
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """confirm.help."""
    from ctk.commands.deciding import confirm as run

    request = request_of([], period, None, lang)
    place = {"sheet": sheet, "cell": cell}
    result = run(request, ledger_of(request), unit, rule, why, by=by, **place)
    finish(result, output_format, lang)


def trace(
    unit: UnitArgument,
    measure: Annotated[str, typer.Argument(help="trace.measure", metavar="MEASURE")],
    paths: PathsOrLedger = None,
    *,
    period: Annotated[str, option("--period", "-p", key="option.period")],
    sex: Annotated[str, option("--sex", key="trace.sex")] = "T",
    age: Annotated[str, option("--age", key="trace.age")] = "T",
    ethnicity: Annotated[str, option("--ethnicity", key="trace.ethnicity")] = "T",
    area: Annotated[str, option("--area", key="trace.area")] = "T",
    status: StatusOption = None,
    password: PasswordOption = None,
    password_file: PasswordFileOption = None,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """trace.help."""
    secrets = password, password_file
    with source_of(paths, period, None, lang, secrets, status) as source:
        from ctk.commands.sources import FromLedger
        from ctk.commands.trace import Wanted, run

        wanted = Wanted(measure, sex, age, ethnicity, area)
        ledger = source if isinstance(source, FromLedger) else None
        result = run(source, unit, wanted, ledger)
    finish(result, output_format, lang)


def _period(request: Request) -> Period:
    period = request.parsed_period
    assert period is not None  # noqa: S101  (the argument is required)
    return period
