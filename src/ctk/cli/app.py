"""All commands: each is one short function that calls a use case and shows its result.

Help texts are keys here; `make_command` puts in the sentences of a language from
`messages/help.LANG.toml`. Heavy libraries are imported inside the commands that need them.
"""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer

from ctk.cli import exports, going_back, keeping, office, overview, own_forms, targets
from ctk.cli.lookups import GROUPS, forms_app
from ctk.cli.options import (
    HELP_NAMES,
    ForceOption,
    Format,
    FormatOption,
    Lang,
    LangOption,
    ListedOption,
    PasswordFileOption,
    PasswordOption,
    Paths,
    PathsOrInbox,
    PathsOrLedger,
    PeriodOption,
    PublicOption,
    StatusOption,
    UnitOption,
    WholeOption,
    copies_of,
    finish,
    group,
    option,
)
from ctk.cli.reading import known_ledger_of, or_inbox, reading_of, request_of, source_of
from ctk.messages import message
from ctk.model import Level

app = group()
for _sub in GROUPS:
    app.add_typer(_sub)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"ctk {version('ctk-circular13')}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", help="option.version", callback=_print_version, is_eager=True),
    ] = False,
    lang: LangOption = Lang.VI,
) -> None:
    del version, lang  # both are read before the command line is parsed


@app.command()
def template(
    *,
    unit: Annotated[str, typer.Option("--unit", "-u", help="template.unit")],
    period: Annotated[str, typer.Option("--period", "-p", help="option.period")],
    out: Annotated[Path, typer.Option("--output", "-o", help="template.out")],
    own: Annotated[bool, typer.Option("--own", help="template.own")] = False,
    force: ForceOption = False,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """template.help."""
    from ctk.commands.template import run

    request = request_of([], period, None, lang)
    year = request.settings.year or request.today.year
    result = run(
        unit,
        period,
        out,
        lang=lang.value,
        force=force,
        default_year=year,
        age_groups=request.age_groups,
        coverage=request.coverage,
        own=own,
    )
    finish(result, output_format, lang)


@app.command()
def validate(
    paths: PathsOrInbox = None,
    *,
    period: PeriodOption = None,
    unit: UnitOption = None,
    previous: Annotated[list[Path] | None, option("--previous", key="validate.previous")] = None,
    html: Annotated[Path | None, option("--html", key="validate.html")] = None,
    details: Annotated[bool, typer.Option("--details", help="validate.details")] = False,
    annotate: Annotated[
        Path | None, typer.Option("--annotate", metavar="DIR", help="validate.annotate")
    ] = None,
    force: ForceOption = False,
    password: PasswordOption = None,
    password_file: PasswordFileOption = None,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """validate.help."""
    secrets = password, password_file
    with (
        reading_of(or_inbox(paths, period), period, unit, lang, secrets, annotate) as reading,
        reading_of(previous, None, unit, lang, secrets) if previous else nullcontext() as earlier,
    ):
        from ctk.commands.validate import run

        ledger = known_ledger_of(reading.request)
        result = run(reading, earlier, ledger=ledger, html=html, annotate_dir=annotate, force=force)
    finish(result, output_format, lang, details=details)


@app.command()
def read(
    paths: Paths,
    *,
    period: PeriodOption = None,
    unit: UnitOption = None,
    password: PasswordOption = None,
    password_file: PasswordFileOption = None,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """read.help."""
    secrets = password, password_file
    with reading_of(paths, period, unit, lang, secrets) as reading:
        from ctk.commands.read import run

        result = run(reading)
    finish(result, output_format, lang)


@app.command()
def aggregate(
    paths: PathsOrLedger = None,
    *,
    level: Annotated[Level, option("--level", key="aggregate.level")],
    period: PeriodOption = None,
    unit: WholeOption = None,
    status: StatusOption = None,
    out: Annotated[Path | None, option("--output", "-o", key="aggregate.out")] = None,
    public: PublicOption = False,
    withheld: ListedOption = None,
    force: ForceOption = False,
    password: PasswordOption = None,
    password_file: PasswordFileOption = None,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """aggregate.help."""
    secrets = password, password_file
    with source_of(paths, period, unit, lang, secrets, status) as source:
        from ctk.commands.aggregate import run

        result = run(source, level, out, public=copies_of(public, withheld), force=force)
    finish(result, output_format, lang)


@app.command()
def report(
    paths: PathsOrLedger = None,
    *,
    period: Annotated[str, typer.Option("--period", "-p", help="option.period")],
    out: Annotated[Path, typer.Option("--output", "-o", help="report.out")],
    unit: WholeOption = None,
    status: StatusOption = None,
    form: Annotated[list[str] | None, typer.Option("--form", help="report.form")] = None,
    previous: Annotated[list[Path] | None, option("--previous", key="report.previous")] = None,
    separate: Annotated[bool, typer.Option("--separate", help="report.separate")] = False,
    public: PublicOption = False,
    withheld: ListedOption = None,
    force: ForceOption = False,
    password: PasswordOption = None,
    password_file: PasswordFileOption = None,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """report.help."""
    secrets = password, password_file
    with (
        source_of(paths, period, unit, lang, secrets, status) as source,
        reading_of(previous, None, unit, lang, secrets) if previous else nullcontext() as earlier,
    ):
        from ctk.commands.report import run

        result = run(
            source,
            out,
            tuple(form or ()),
            previous=earlier,
            ledger=known_ledger_of(source.request),
            separate=separate,
            public=copies_of(public, withheld),
            force=force,
        )
    finish(result, output_format, lang)


office.register(app)
keeping.register(app)
going_back.register(app)
targets.register(app)
overview.register(app)
exports.register(app)
own_forms.register(forms_app)


def make_command(lang: str) -> Any:  # noqa: ANN401  (typer keeps its command types private)
    """Make the command line with all help in one language."""
    command = typer.main.get_command(app)
    _translate(command, "ctk", lang)
    return command


def _translate(command: Any, name: str, lang: str) -> None:  # noqa: ANN401
    command.help = message(f"help.{name}.help", lang)
    command.short_help = command.help.partition("\n")[0]
    for param in command.params:
        own = getattr(param, "help", None)
        if param.name == "lang":
            param.default = lang  # chosen by `ctk --lang`, CTK_LANG or neither
        if param.name in ("install_completion", "show_completion"):
            param.help = message(f"help.option.{param.name}", lang)
        elif own:
            param.help = message(f"help.{own}", lang)
    context = typer.Context(command, info_name=name, help_option_names=HELP_NAMES)
    command.get_help_option(context).help = message("help.option.help", lang)
    prefix = "" if name == "ctk" else f"{name}-"
    for key, sub in getattr(command, "commands", {}).items():
        _translate(sub, f"{prefix}{key}", lang)
