"""Exit codes and the errors that end a command or a file; findings are data, not errors."""

from __future__ import annotations

from enum import IntEnum

from ctk.messages import message


class ExitCode(IntEnum):
    """What the process's exit status means; each number means one thing."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE = 3
    FAULT = 4


class CtkError(Exception):
    """A reason why work cannot go on, told in the user's language.

    Args:
        code: Stable id of the error; `messages/*.toml` holds `errors.CODE.title` and `.hint`.
        **params: Values for the placeholders of the title and the hint.
    """

    exit_code = ExitCode.FAULT

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def title(self, lang: str) -> str:
        """Say what is wrong, in one sentence."""
        return message(f"errors.{self.code}.title", lang, **self.params)

    def hint(self, lang: str) -> str:
        """Say what to do about it."""
        return message(f"errors.{self.code}.hint", lang, **self.params)

    def __str__(self) -> str:
        return self.title("en")


class UsageError(CtkError):
    """The command was asked for something that it cannot mean (exit code 2)."""

    exit_code = ExitCode.USAGE


class UnreadableError(CtkError):
    """One input cannot be read at all (exit code 3); the others go on."""

    exit_code = ExitCode.UNREADABLE


class LedgerError(CtkError):
    """The ledger cannot be read, written or trusted (exit code 3); nothing in it was changed."""

    exit_code = ExitCode.UNREADABLE


class CatalogueError(Exception):
    """A data file of ctk itself (indicator, form, unit, rule) is incomplete or wrong."""
