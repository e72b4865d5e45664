"""Opens files that have a password, and locks copies again; the only user of msoffcrypto.

Passwords go no further than here: no error and no remark repeats one.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import msoffcrypto
from msoffcrypto.exceptions import InvalidKeyError
from msoffcrypto.format.ooxml import OOXMLFile

from ctk.errors import UnreadableError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOBODYS = "VelvetSweatshop"
"""Excel itself uses it where only the structure of a workbook is protected; nobody is asked."""

_SPINS = re.compile(rb'spinCount="(\d{1,12})"')
_MOST_SPINS = 1_000_000
"""Office turns 100,000 times for each password; a file that asks for more wants to waste time."""


def decrypt(data: bytes, passwords: Sequence[str]) -> tuple[bytes, bool]:
    """Decrypt a workbook.

    Args:
        data: An encrypted file: a compound file with the real one inside, or an .xls.
        passwords: What to try, in order.

    Returns:
        The plain file, and whether one of the passwords was needed.

    Raises:
        UnreadableError: None of the passwords fits, none is given, or the way of encryption is not
            known.
    """
    if any(int(spins) > _MOST_SPINS for spins in _SPINS.findall(data)):
        raise UnreadableError("encryption_unknown")
    for password in (_NOBODYS, *passwords):
        if password and (plain := _try(data, password)):
            return plain, password != _NOBODYS
    raise UnreadableError("wrong_password" if passwords else "encrypted")


def password_of(data: bytes, passwords: Sequence[str]) -> str | None:
    """Tell which of the passwords opens a file that has one.

    Raises:
        UnreadableError: The way of encryption is not known.
    """
    return next((each for each in passwords if each and _try(data, each)), None)


def encrypt(plain: bytes, password: str) -> bytes:
    """Lock an .xlsx or .xlsm workbook with a password, as Excel does today (agile, AES).

    Raises:
        UsageError: `copy_unprotected`: it could not be done.
    """
    out = io.BytesIO()
    try:
        OOXMLFile(io.BytesIO(plain)).encrypt(password, out)
    # Its words could repeat the password.
    except Exception:  # noqa: BLE001
        raise UsageError("copy_unprotected") from None
    return out.getvalue()


def _try(data: bytes, password: str) -> bytes | None:
    out = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        if file.format == "ooxml":
            file.load_key(password=password, verify_password=True)
        else:
            file.load_key(password=password)
        file.decrypt(out)
    except InvalidKeyError:
        return None
    except MemoryError:
        raise
    # A damaged file makes it fail in many ways; its words could repeat the password.
    except Exception:  # noqa: BLE001
        raise UnreadableError("encryption_unknown") from None
    return out.getvalue()
