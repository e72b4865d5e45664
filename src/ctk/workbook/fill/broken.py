"""Parts of a template that are not as they should be: a message, never a traceback."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from ctk.errors import UsageError

_BROKEN = (KeyError, ValueError, RuntimeError, NotImplementedError, OSError, EOFError,
           IndexError, AttributeError, zipfile.BadZipFile, zlib.error, SyntaxError)  # fmt: skip


@contextmanager
def told_as_broken(file: str) -> Iterator[None]:
    """Tell what fails while a template's parts are read or changed.

    Raises:
        UsageError: `template_broken`.
    """
    try:
        yield
    except _BROKEN as error:
        raise UsageError("template_broken", file=file, reason=type(error).__name__) from error
