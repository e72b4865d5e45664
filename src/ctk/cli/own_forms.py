"""The commands about an office's own forms: `ctk forms learn` and `ctk forms check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ctk.cli.options import (
    ForceOption,
    Format,
    FormatOption,
    Lang,
    LangOption,
    PasswordFileOption,
    PasswordOption,
    finish,
    option,
)

Examples = Annotated[
    list[Path], typer.Argument(help="forms-learn.files", metavar="FILE", show_default=False)
]
LayoutFile = Annotated[
    Path, typer.Argument(help="forms-check.layout", metavar="LAYOUT", show_default=False)
]
Filled = Annotated[
    list[Path], typer.Argument(help="forms-check.files", metavar="FILE", show_default=False)
]


def register(app: typer.Typer) -> None:
    """Add these commands to the group `forms`."""
    app.command("learn")(forms_learn)
    app.command("check")(forms_check)


def forms_learn(
    files: Examples,
    *,
    out: Annotated[Path, option("--output", "-o", key="forms-learn.out")],
    name: Annotated[str, option("--name", key="forms-learn.name")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="forms-learn.yes")] = False,
    force: ForceOption = False,
    password: PasswordOption = None,
    password_file: PasswordFileOption = None,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """forms-learn.help."""
    from ctk.commands.learn import LearnRequest, run
    from ctk.intake.passwords import gather_passwords
    from ctk.settings import load_settings

    ages = load_settings(Path.cwd()).age_groups
    passwords = gather_passwords(password or (), password_file)
    request = LearnRequest(
        files, out, name, force, lang.value, str(ages) if ages else None, passwords
    )
    talks = not yes and output_format is Format.HUMAN and _is_terminal()
    if not talks:
        finish(run(request, None), output_format, lang)
        return
    from ctk.cli.learning import Dialogue

    finish(run(request, Dialogue(lang.value)), output_format, lang)


def forms_check(
    layout: LayoutFile,
    files: Filled,
    *,
    password: PasswordOption = None,
    password_file: PasswordFileOption = None,
    output_format: FormatOption = Format.HUMAN,
    lang: LangOption = Lang.VI,
) -> None:
    """forms-check.help."""
    from ctk.commands.check_layout import CheckRequest, run
    from ctk.intake.passwords import gather_passwords
    from ctk.settings import load_settings

    ages = load_settings(Path.cwd()).age_groups
    passwords = gather_passwords(password or (), password_file)
    request = CheckRequest(layout, files, lang.value, str(ages) if ages else None, passwords)
    finish(run(request), output_format, lang)


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()
