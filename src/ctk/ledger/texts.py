"""Texts of a file that a receipt must not keep for ever: they lie beside the file.

What a cell or a message quotes may name a child. An event is never changed, so it holds only the
hash of these texts, and purging the file removes them too. The salt keeps that hash from telling
what the texts were.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from ctk.errors import LedgerError

VERSION = 1
_WORDS = ("message", "value", "suggestion")


def split_texts(data: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Take the texts out of what an event says of figures and findings.

    Returns:
        The event's data, with the hash of the texts as `texts`, and the texts; empty if none.
    """
    figures = dict(data.get("figures", {}))
    raw = {str(i): text for i, text in enumerate(figures.pop("raw", ())) if text is not None}
    words = [[_quoted(found.get(name)) for name in _WORDS] for found in data["findings"]]
    findings = [
        found | {name: _unquoted(found.get(name)) for name in _WORDS} for found in data["findings"]
    ]
    content = b""
    if raw or words:
        record = {"ctk_texts": VERSION, "salt": secrets.token_hex(16), "raw": raw, "words": words}
        content = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
    digest = hashlib.sha256(content).hexdigest() if content else ""
    figured = {"figures": figures} if figures else {}
    return data | figured | {"findings": findings, "texts": digest}, content


def join_texts(
    data: dict[str, Any], content: bytes | None
) -> tuple[dict[str, list[Any]], list[dict[str, Any]]]:
    """Give the figures and findings of a receipt, with their texts where these are still there.

    Raises:
        LedgerError: The texts are of a later version of ctk.
    """
    record: dict[str, Any] = json.loads(content) if content else {"raw": {}, "words": []}
    if record.get("ctk_texts", VERSION) > VERSION:
        raise LedgerError("ledger_version", text=record["ctk_texts"], known=VERSION)
    figures = dict(data.get("figures", {}))
    count = len(figures.get("element", ()))
    figures["raw"] = [record["raw"].get(str(i)) for i in range(count)]
    words = record["words"] or [["", None, None] for _ in data["findings"]]
    findings = [
        found | {name: text for name, text in zip(_WORDS, said, strict=True) if text is not None}
        for found, said in zip(data["findings"], words, strict=True)
    ]
    return figures, findings


def _quoted(said: object) -> str | None:
    return said if isinstance(said, str) else None


def _unquoted(said: object) -> object:
    return None if isinstance(said, str) else said
