"""All commands: each is one short function that calls a use case and shows its result.

Help texts are keys here; `make_command` puts in the sentences of a language from
`messages/help.LANG.toml`. Heavy libraries are imported inside the commands that need them.
"""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ctk.errors import UsageError
from ctk.messages import message
from ctk.model import Level

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from ctk.commands.loading import Reading, Request
    from ctk.model import Result


class Format(StrEnum):
    """How a result is printed."""

    HUMAN = "human"
    JSON = "json"
    CSV = "csv"


class Lang(StrEnum):
    """Language of messages."""

    VI = "vi"
    EN = "en"


def _option(*names: str, key: str) -> Any:  # noqa: ANN401  (typer's own type is Any)
    return typer.Option(*names, help=key)


FormatOption = Annotated[Format, _option("--format", key="option.format")]
LangOption = Annotated[Lang, typer.Option("--lang", help="option.lang")]
WholeOption = Annotated[str | None, _option("--unit", "-u", key="option.whole")]
PeriodOption = Annotated[str | None, _option("--period", "-p", key="option.period")]
UnitOption = Annotated[str | None, _option("--unit", "-u", key="option.unit")]
ForceOption = Annotated[bool, typer.Option("--force", help="option.force")]
AtOption = Annotated[str | None, _option("--at", key="option.at")]
WithinOption = Annotated[str | None, _option("--within", key="option.within")]
LevelOption = Annotated[Level | None, _option("--level", key="option.level")]
PasswordOption = Annotated[
    list[str] | None, typer.Option("--password", help="option.password", metavar="TEXT")
]
PasswordFileOption = Annotated[
    Path | None, typer.Option("--password-file", help="option.password_file", metavar="FILE")
]
Paths = Annotated[
    list[Path], typer.Argument(help="argument.paths", metavar="PATH", show_default=False)
]

_HELP_NAMES = ["-h", "--help"]


def _group(name: str | None = None) -> typer.Typer:
    return typer.Typer(
        name=name,
        no_args_is_help=True,
        add_completion=name is None,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": _HELP_NAMES},
    )


app = _group()
indicators_app = _group("indicators")
units_app = _group("units")
rules_app = _group("rules")
forms_app = _group("forms")
for _sub in (indicators_app, units_app, rules_app, forms_app):
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
    force: ForceOption = False,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """template.help."""
    from ctk.commands.template import run

    request = _request([], period, None, lang)
    year = request.settings.year or request.today.year
    ages = request.age_groups
    result = run(
        unit, period, out, lang=lang.value, force=force, default_year=year, age_groups=ages
    )
    _show(result, output_format, lang)


@app.command()
def validate(
    paths: Paths,
    *,
    period: PeriodOption = None,
    unit: UnitOption = None,
    previous: Annotated[list[Path] | None, _option("--previous", key="validate.previous")] = None,
    html: Annotated[Path | None, _option("--html", key="validate.html")] = None,
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
        _reading(paths, period, unit, lang, secrets) as reading,
        _reading(previous, None, unit, lang, secrets) if previous else nullcontext() as earlier,
    ):
        from ctk.commands.validate import run

        result = run(reading, earlier, html=html, annotate_dir=annotate, force=force)
    _show(result, output_format, lang, details=details)


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
    with _reading(paths, period, unit, lang, secrets) as reading:
        from ctk.commands.read import run

        result = run(reading)
    _show(result, output_format, lang)


@app.command()
def aggregate(
    paths: Paths,
    *,
    level: Annotated[Level, _option("--level", key="aggregate.level")],
    period: PeriodOption = None,
    unit: WholeOption = None,
    out: Annotated[Path | None, _option("--output", "-o", key="aggregate.out")] = None,
    force: ForceOption = False,
    password: PasswordOption = None,
    password_file: PasswordFileOption = None,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """aggregate.help."""
    secrets = password, password_file
    with _reading(paths, period, unit, lang, secrets) as reading:
        from ctk.commands.aggregate import run

        result = run(reading, level, out, force=force)
    _show(result, output_format, lang)


@app.command()
def report(
    paths: Paths,
    *,
    period: Annotated[str, typer.Option("--period", "-p", help="option.period")],
    out: Annotated[Path, typer.Option("--output", "-o", help="report.out")],
    unit: WholeOption = None,
    form: Annotated[list[str] | None, typer.Option("--form", help="report.form")] = None,
    force: ForceOption = False,
    password: PasswordOption = None,
    password_file: PasswordFileOption = None,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """report.help."""
    secrets = password, password_file
    with _reading(paths, period, unit, lang, secrets) as reading:
        from ctk.commands.report import run

        result = run(reading, out, tuple(form or ()), force=force)
    _show(result, output_format, lang)


@indicators_app.command("list")
def indicators_list(output_format: FormatOption = Format.HUMAN, lang: LangOption = Lang.VI) -> None:
    """indicators-list.help."""
    from ctk.commands.indicators import list_indicators

    _show(list_indicators(lang.value), output_format, lang)


@indicators_app.command("show")
def indicators_show(
    indicator: Annotated[str, typer.Argument(help="indicators-show.id")],
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """indicators-show.help."""
    from ctk.commands.indicators import show_indicator

    _show(show_indicator(indicator, lang.value), output_format, lang)


@units_app.command("list")
def units_list(
    within: WithinOption = None,
    level: LevelOption = None,
    at: AtOption = None,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """units-list.help."""
    from ctk.commands.units import list_units

    _show(list_units(_day(at), within, level), output_format, lang)


@units_app.command("show")
def units_show(
    code: Annotated[str, typer.Argument(help="argument.code")],
    at: AtOption = None,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """units-show.help."""
    from ctk.commands.units import show_unit

    _show(show_unit(code, _day(at)), output_format, lang)


@units_app.command("find")
def units_find(
    text: Annotated[str, typer.Argument(help="units-find.text")],
    within: WithinOption = None,
    level: LevelOption = None,
    at: AtOption = None,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """units-find.help."""
    from ctk.commands.units import find_units

    _show(find_units(text, within, _day(at), level), output_format, lang)


@units_app.command("convert")
def units_convert(
    code: Annotated[str, typer.Argument(help="argument.code")],
    at: AtOption = None,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """units-convert.help."""
    from ctk.commands.units import convert_unit

    _show(convert_unit(code, _day(at)), output_format, lang)


@rules_app.command("list")
def rules_list(output_format: FormatOption = Format.HUMAN, lang: LangOption = Lang.VI) -> None:
    """rules-list.help."""
    from ctk.commands.rules import list_rules

    _show(list_rules(lang.value), output_format, lang)


@rules_app.command("show")
def rules_show(
    rule: Annotated[str, typer.Argument(help="rules-show.id")],
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """rules-show.help."""
    from ctk.commands.rules import show_rule

    _show(show_rule(rule, lang.value), output_format, lang)


@forms_app.command("list")
def forms_list(output_format: FormatOption = Format.HUMAN, lang: LangOption = Lang.VI) -> None:
    """forms-list.help."""
    from ctk.commands.forms import list_forms

    _show(list_forms(lang.value), output_format, lang)


@forms_app.command("show")
def forms_show(
    form: Annotated[str, typer.Argument(help="forms-show.id")],
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """forms-show.help."""
    from ctk.commands.forms import show_form

    _show(show_form(form, lang.value), output_format, lang)


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
    context = typer.Context(command, info_name=name, help_option_names=_HELP_NAMES)
    command.get_help_option(context).help = message("help.option.help", lang)
    prefix = "" if name == "ctk" else f"{name}-"
    for key, sub in getattr(command, "commands", {}).items():
        _translate(sub, f"{prefix}{key}", lang)


def _reading(
    paths: list[Path],
    period: str | None,
    unit: str | None,
    lang: Lang,
    secrets: tuple[list[str] | None, Path | None],
) -> AbstractContextManager[Reading]:
    """Start the workers first: they read while this process imports the heavy libraries."""
    from dataclasses import replace

    from ctk.commands.loading import start_reading
    from ctk.intake.passwords import gather_passwords

    typed, file = secrets
    request = _request(paths, period, unit, lang)
    return start_reading(replace(request, passwords=gather_passwords(typed or (), file)))


def _request(paths: list[Path], period: str | None, unit: str | None, lang: Lang) -> Request:
    from ctk.cli.progress import file_progress
    from ctk.commands.loading import Request, local_today
    from ctk.settings import load_settings

    settings = load_settings(Path.cwd())
    progress = file_progress(lang.value)
    return Request(paths, period, unit, lang.value, settings, local_today(), progress)


def _day(text: str | None) -> date:
    if text is None:
        from datetime import datetime

        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError("bad_date", text=text) from error


def _show(result: Result, output_format: Format, lang: Lang, *, details: bool = False) -> None:
    from ctk.cli.output import show

    show(result, output_format.value, lang.value, details=details)
    raise typer.Exit(int(result.exit_code))
