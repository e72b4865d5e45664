"""What the commands share: options, groups of commands, and how a result leaves the program."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ctk.errors import UsageError
from ctk.model import Level

if TYPE_CHECKING:
    from ctk.commands.public import Copies
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


class Grade(StrEnum):
    """Which of a unit's reports: the first one or the final one."""

    PRELIMINARY = "preliminary"
    OFFICIAL = "official"


def option(*names: str, key: str) -> Any:  # noqa: ANN401  (typer's own type is Any)
    """Make an option whose help is a key of `messages/help.LANG.toml`."""
    return typer.Option(*names, help=key)


FormatOption = Annotated[Format, option("--format", key="option.format")]
LangOption = Annotated[Lang, typer.Option("--lang", help="option.lang")]
WholeOption = Annotated[str | None, option("--unit", "-u", key="option.whole")]
PeriodOption = Annotated[str | None, option("--period", "-p", key="option.period")]
UnitOption = Annotated[str | None, option("--unit", "-u", key="option.unit")]
ForceOption = Annotated[bool, typer.Option("--force", help="option.force")]
PublicOption = Annotated[bool, typer.Option("--public", help="option.public")]
ListedOption = Annotated[
    Path | None, typer.Option("--withheld", metavar="FILE", help="option.withheld")
]
AtOption = Annotated[str | None, option("--at", key="option.at")]
WithinOption = Annotated[str | None, option("--within", key="option.within")]
LevelOption = Annotated[Level | None, option("--level", key="option.level")]
PasswordOption = Annotated[
    list[str] | None, typer.Option("--password", help="option.password", metavar="TEXT")
]
PasswordFileOption = Annotated[
    Path | None, typer.Option("--password-file", help="option.password_file", metavar="FILE")
]
Paths = Annotated[
    list[Path], typer.Argument(help="argument.paths", metavar="PATH", show_default=False)
]
PathsOrLedger = Annotated[
    list[Path] | None,
    typer.Argument(help="argument.paths_or_ledger", metavar="[PATH]...", show_default=False),
]
StatusOption = Annotated[Grade | None, option("--status", key="option.status")]

PathsOrInbox = Annotated[
    list[Path] | None,
    typer.Argument(help="argument.paths_or_inbox", metavar="[PATH]...", show_default=False),
]

HELP_NAMES = ["-h", "--help"]


def group(name: str | None = None) -> typer.Typer:
    """Make the program or a group of its commands."""
    return typer.Typer(
        name=name,
        no_args_is_help=True,
        add_completion=name is None,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": HELP_NAMES},
    )


def copies_of(public: bool, listed: Path | None) -> Copies | None:
    """What is wanted besides public copies; None: copies for the office itself.

    Raises:
        UsageError: A list is wanted of what is withheld, but no public copy.
    """
    if not public:
        if listed is not None:
            raise UsageError("withheld_needs_public")
        return None
    from ctk.commands.public import Copies

    return Copies(listed)


def parse_day(text: str | None) -> date | None:
    """Read a day as people type it, "2025-06-30".

    Raises:
        UsageError: It is no day.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError("bad_date", text=text) from error


def finish(result: Result, output_format: Format, lang: Lang, *, details: bool = False) -> None:
    """Print a result and leave with its exit code."""
    from ctk.cli.output import show

    show(result, output_format.value, lang.value, details=details)
    raise typer.Exit(int(result.exit_code))
