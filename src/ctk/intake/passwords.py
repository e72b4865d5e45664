"""Passwords of files, as the user gave them; they are shown nowhere and kept nowhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from ctk.errors import UsageError


@dataclass(frozen=True, slots=True)
class Passwords:
    """What to try on files that have a password.

    Args:
        common: Tried on every such file.
        by_name: Tried first on the files of one name.
    """

    common: tuple[str, ...] = field(default=(), repr=False)
    by_name: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def of(self, path: str) -> tuple[str, ...]:
        """The passwords to try on one file, its own first."""
        return (*self.by_name.get(_key(PurePath(path).name), ()), *self.common)


NO_PASSWORDS = Passwords()


def gather_passwords(typed: Sequence[str], file: Path | None) -> Passwords:
    """Join passwords from the command line and from a file.

    Args:
        typed: Passwords from the command line.
        file: A text file (UTF-8): a password a line, or a file's name, a tab and its password.

    Raises:
        UsageError: The file cannot be read.
    """
    common, by_name = list(typed), dict[str, tuple[str, ...]]()
    for line in _lines(file) if file is not None else ():
        name, tab, password = line.partition("\t")
        if not tab:
            common.append(line)
        elif password:
            by_name[_key(name)] = (*by_name.get(_key(name), ()), password)
    return Passwords(tuple(dict.fromkeys(common)), by_name)


def _lines(file: Path) -> list[str]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        # The text of the error may quote the file, so only where it is and why is told.
        reason = error.strerror if isinstance(error, OSError) else "UTF-8"
        raise UsageError("password_file", path=file, reason=reason or "?") from None
    return [line for line in text.splitlines() if line.strip()]


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip()).casefold()
