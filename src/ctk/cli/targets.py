"""The commands about targets: judge them, list the sets, show one of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from ctk.cli.options import (
    HELP_NAMES,
    ForceOption,
    Format,
    FormatOption,
    Lang,
    LangOption,
    PasswordFileOption,
    PasswordOption,
    PathsOrLedger,
    StatusOption,
    WholeOption,
    finish,
    group,
    option,
)

_DEFAULT = "judge"


class _Judging(TyperGroup):
    """What is not the name of one of its commands belongs to `judge`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401  (typer keeps its context type private)
        """Put in the name of the command that is meant where none is typed."""
        first = args[0] if args else ""
        if first not in self.commands and first not in HELP_NAMES:
            args = [_DEFAULT, *args]
        return super().parse_args(ctx, args)


targets_app = group("targets")
targets_app.info.cls = _Judging


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.add_typer(targets_app)


@targets_app.command(_DEFAULT)
def judge(
    paths: PathsOrLedger = None,
    *,
    period: Annotated[str, typer.Option("--period", "-p", help="option.period")],
    unit: WholeOption = None,
    sets: Annotated[list[str] | None, option("--set", key="targets-judge.set")] = None,
    status: StatusOption = None,
    out: Annotated[Path | None, option("--output", "-o", key="targets-judge.out")] = None,
    force: ForceOption = False,
    password: PasswordOption = None,
    password_file: PasswordFileOption = None,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """targets-judge.help."""
    from ctk.cli.reading import source_of

    secrets = password, password_file
    with source_of(paths, period, unit, lang, secrets, status) as source:
        from ctk.commands.targets import run

        result = run(source, tuple(sets or ()), out, force=force)
    finish(result, output_format, lang)


@targets_app.command("list")
def targets_list(output_format: FormatOption = Format.HUMAN, lang: LangOption = Lang.VI) -> None:
    """targets-list.help."""
    from ctk.commands.targets import list_sets

    finish(list_sets(_workspace(), lang.value), output_format, lang)


@targets_app.command("show")
def targets_show(
    id_: Annotated[str, typer.Argument(help="targets-show.id", metavar="ID")],
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """targets-show.help."""
    from ctk.commands.targets import show_set

    finish(show_set(id_, _workspace(), lang.value), output_format, lang)


def _workspace() -> Path | None:
    from ctk.settings import load_settings

    return load_settings(Path.cwd()).workspace
