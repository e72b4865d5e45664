"""The program's entry: language, encoding, and one place where every error becomes an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from typing import TYPE_CHECKING

from ctk.errors import CtkError, ExitCode
from ctk.messages import LANGUAGES, message

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130


def main(args: Sequence[str] | None = None) -> None:
    """Run ctk and leave with its exit code; a crash never looks like a finding."""
    arguments = list(sys.argv[1:] if args is None else args)
    _speak_utf8()
    sys.exit(run(arguments))


def run(arguments: list[str]) -> int:
    """Run ctk and return its exit code."""
    lang = chosen_language(arguments)
    # Typer would load rich for its own help, which costs more than the help itself.
    os.environ["TYPER_USE_RICH"] = "0"
    import typer

    from ctk.cli.app import make_command
    from ctk.cli.output import show_failure
    from ctk.cli.usage import told

    as_json = _option(arguments, "--format") == "json"
    asked = _command(arguments)
    try:
        code = make_command(lang).main(arguments, prog_name="ctk", standalone_mode=False)
        sys.stdout.flush()
    except CtkError as error:
        show_failure(
            asked, error.code, error.title(lang), error.hint(lang), error.exit_code, as_json
        )
        return int(error.exit_code)
    except typer.TyperException as error:
        hint = message("cli.usage_hint", lang)
        title = told(error.format_message(), lang)
        show_failure(asked, "usage", title, hint, ExitCode.USAGE, as_json)
        return int(ExitCode.USAGE)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except (BrokenPipeError, SystemExit) as stop:
        if getattr(stop, "code", 1):  # typer leaves with 1 where nobody reads the output
            _drop_stdout()
        return int(ExitCode.OK)
    except Exception as error:  # noqa: BLE001  (a fault of ctk has an exit code of its own)
        _show_fault(error)
        show_failure(
            asked, "fault", message("cli.fault", lang), message("cli.fault_hint", lang),
            ExitCode.FAULT, as_json,
        )  # fmt: skip
        return int(ExitCode.FAULT)
    return int(code or 0)


def chosen_language(arguments: Sequence[str]) -> str:
    """`--lang`, else CTK_LANG, else Vietnamese; needed before help can be written."""
    wanted = _option(arguments, "--lang") or os.environ.get("CTK_LANG", "")
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


def _command(arguments: Sequence[str]) -> str:
    """The command that was asked, as far as it can be told before the line is parsed."""
    valued = ("--lang",)
    words = [a for i, a in enumerate(arguments) if i == 0 or arguments[i - 1] not in valued]
    return next((word for word in words if not word.startswith("-")), "")


def _option(arguments: Sequence[str], name: str) -> str | None:
    for i, argument in enumerate(arguments):
        if argument == name and i + 1 < len(arguments):
            return arguments[i + 1]
        if argument.startswith(f"{name}="):
            return argument.partition("=")[2]
    return None


def _show_fault(error: Exception) -> None:
    """Print where ctk failed, but not the error's text: it may quote a cell."""
    sys.stderr.write("".join(traceback.format_tb(error.__traceback__)))
    sys.stderr.write(f"{type(error).__name__}\n")


def _speak_utf8() -> None:
    """Write UTF-8 whatever the console's code page is."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _drop_stdout() -> None:
    """Keep Python from complaining again when it closes a pipe that nobody reads."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
