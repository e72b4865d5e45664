"""The commands that look things up: indicators, units, rules, forms."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ctk.cli.options import (
    AtOption,
    ForceOption,
    Format,
    FormatOption,
    Lang,
    LangOption,
    LevelOption,
    WithinOption,
    finish,
    group,
    parse_day,
)

indicators_app = group("indicators")
units_app = group("units")
rules_app = group("rules")
forms_app = group("forms")
GROUPS = (indicators_app, units_app, rules_app, forms_app)


@indicators_app.command("list")
def indicators_list(output_format: FormatOption = Format.HUMAN, lang: LangOption = Lang.VI) -> None:
    """indicators-list.help."""
    from ctk.commands.indicators import list_indicators

    finish(list_indicators(lang.value), output_format, lang)


@indicators_app.command("show")
def indicators_show(
    indicator: Annotated[str, typer.Argument(help="indicators-show.id")],
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """indicators-show.help."""
    from ctk.commands.indicators import show_indicator

    finish(show_indicator(indicator, lang.value), output_format, lang)


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

    finish(list_units(_day(at), within, level), output_format, lang)


@units_app.command("show")
def units_show(
    code: Annotated[str, typer.Argument(help="argument.code")],
    at: AtOption = None,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """units-show.help."""
    from ctk.commands.units import show_unit

    finish(show_unit(code, _day(at)), output_format, lang)


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

    finish(find_units(text, within, _day(at), level), output_format, lang)


@units_app.command("convert")
def units_convert(
    code: Annotated[str, typer.Argument(help="argument.code")],
    at: AtOption = None,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """units-convert.help."""
    from ctk.commands.units import convert_unit

    finish(convert_unit(code, _day(at)), output_format, lang)


@rules_app.command("list")
def rules_list(output_format: FormatOption = Format.HUMAN, lang: LangOption = Lang.VI) -> None:
    """rules-list.help."""
    from ctk.commands.rules import list_rules

    finish(list_rules(lang.value), output_format, lang)


@rules_app.command("show")
def rules_show(
    rule: Annotated[str, typer.Argument(help="rules-show.id")],
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """rules-show.help."""
    from ctk.commands.rules import show_rule

    finish(show_rule(rule, lang.value), output_format, lang)


@forms_app.command("list")
def forms_list(output_format: FormatOption = Format.HUMAN, lang: LangOption = Lang.VI) -> None:
    """forms-list.help."""
    from ctk.commands.forms import list_forms
    from ctk.settings import load_settings

    settings = load_settings(Path.cwd())
    ages = str(settings.age_groups) if settings.age_groups else None
    finish(list_forms(lang.value, settings.workspace, ages), output_format, lang)


@forms_app.command("show")
def forms_show(
    form: Annotated[str, typer.Argument(help="forms-show.id")],
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """forms-show.help."""
    from ctk.commands.forms import show_form
    from ctk.settings import load_settings

    settings = load_settings(Path.cwd())
    ages = str(settings.age_groups) if settings.age_groups else None
    finish(show_form(form, lang.value, settings.workspace, ages), output_format, lang)


@forms_app.command("names")
def forms_names(output_format: FormatOption = Format.HUMAN, lang: LangOption = Lang.VI) -> None:
    """forms-names.help."""
    from ctk.commands.templates import list_names

    finish(list_names(lang.value), output_format, lang)


@forms_app.command("copy")
def forms_copy(
    form: Annotated[str, typer.Argument(help="forms-copy.id")],
    *,
    out: Annotated[Path | None, typer.Option("--output", "-o", help="forms-copy.out")] = None,
    force: ForceOption = False,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """forms-copy.help."""
    from ctk.commands.templates import copy_template
    from ctk.settings import load_settings

    workspace = load_settings(Path.cwd()).workspace
    finish(copy_template(form, workspace, out, force=force), output_format, lang)


def _day(text: str | None) -> date:
    from datetime import datetime

    return parse_day(text) or datetime.now().astimezone().date()
