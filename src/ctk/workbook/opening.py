"""From a path to the file's bytes; whatever can go wrong on the way has a code of its own."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path, PureWindowsPath

from ctk.errors import UnreadableError

MAX_BYTES = 64 * 2**20
"""A commune's workbook is some tens of kilobytes; a larger file is no form."""

WINDOWS = os.name == "nt"
_LONG = 240
"""Windows takes no longer path unless it is marked; a margin for what it adds is left."""

_MARK, _SHARE_MARK = "\\\\?\\", "\\\\?\\UNC\\"
_RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{digit}" for port in ("com", "lpt") for digit in "123456789¹²³"
}
_BY_ERRNO = {
    errno.ENOENT: "not_found",
    errno.ENOTDIR: "not_found",
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.EISDIR: "is_folder",
    errno.ELOOP: "link_loop",
    errno.ENAMETOOLONG: "name_too_long",
    errno.EIO: "connection_lost",
    errno.ENODEV: "connection_lost",
    errno.ENXIO: "connection_lost",
    errno.ESTALE: "connection_lost",
    errno.ETIMEDOUT: "connection_lost",
    errno.ENETDOWN: "connection_lost",
    errno.ENETUNREACH: "connection_lost",
    errno.EHOSTDOWN: "connection_lost",
    errno.EHOSTUNREACH: "connection_lost",
    errno.ENOTCONN: "connection_lost",
}
_BY_WINDOWS_CODE = {
    5: "no_permission",
    32: "open_elsewhere",
    33: "open_elsewhere",
    53: "connection_lost",
    55: "connection_lost",
    59: "connection_lost",
    64: "connection_lost",
    67: "connection_lost",
    121: "connection_lost",
    206: "name_too_long",
    362: "not_downloaded",
    389: "not_downloaded",
    395: "not_downloaded",
    404: "not_downloaded",
    426: "not_downloaded",
    1231: "connection_lost",
    1232: "connection_lost",
}


def read_bytes(path: Path) -> bytes:
    """Read a whole file.

    Raises:
        UnreadableError: It is missing, no file, may not be read, is empty or far too large, or the
            connection to where it lies was lost.
    """
    if WINDOWS and is_reserved(path.name):
        raise UnreadableError("reserved_name")
    try:
        path = Path(long_path(str(path))) if WINDOWS else path
        about = path.stat()
        # A pipe or a device would keep the reader waiting for ever: it is never opened.
        if stat.S_ISDIR(about.st_mode):
            with os.scandir(path):  # a folder that may not be listed says so instead
                raise UnreadableError("is_folder")
        if not stat.S_ISREG(about.st_mode):
            raise UnreadableError("special_file")
        if about.st_size > MAX_BYTES:
            raise UnreadableError("too_large")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise UnreadableError(_code(error)) from error
    if not data:
        raise UnreadableError("empty_file")
    return data


def _code(error: OSError | ValueError) -> str:
    windows = _BY_WINDOWS_CODE.get(getattr(error, "winerror", None) or 0)
    return windows or _BY_ERRNO.get(getattr(error, "errno", None) or 0, "cannot_open")


def identity(path: Path) -> tuple[int, int] | None:
    """What tells files and folders apart however their names are spelled; None where there is none.

    A name that the system cannot take is that of nothing.
    """
    try:
        about = path.stat()
    except (OSError, ValueError):
        return None
    return about.st_dev, about.st_ino


def is_reserved(name: str) -> bool:
    """Tell whether Windows takes a name for a device: opening "CON.xlsx" waits for a keyboard."""
    return name.partition(".")[0].rstrip(" ").casefold() in _RESERVED


def long_path(path: str) -> str:
    """Mark a long path of Windows so that more than 260 characters are allowed."""
    if len(path) < _LONG or path.startswith(_MARK):
        return path
    whole = str(PureWindowsPath(os.path.normpath(Path(path).absolute()) if WINDOWS else path))
    if whole.startswith("\\\\"):
        return _SHARE_MARK + whole[2:]
    return _MARK + whole if PureWindowsPath(whole).is_absolute() else path
