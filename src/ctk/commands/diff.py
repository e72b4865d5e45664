"""`ctk diff`: two submissions or files, cell by cell."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctk.commands.loading import load_batch, start_reading
from ctk.commands.read import figures
from ctk.errors import UsageError
from ctk.indicators import load_catalogue
from ctk.ledger.figures import batch_of
from ctk.ledger.receipts import all_receipts, find_receipt
from ctk.messages import message
from ctk.model import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctk.commands.loading import Request
    from ctk.frame import Batch
    from ctk.ledger.ledger import Ledger

_KEYS = ("element", "sex", "age", "ethnicity")
_CELL = ("sheet", "cell", "value", "absence", "raw")
COLUMNS = (
    *_KEYS, "kind", "a_sheet", "a_cell", "a_value", "a_absence", "a_raw", "b_sheet", "b_cell",
    "b_value", "b_absence", "b_raw",
)  # fmt: skip
KINDS = ("still_missing", "filled", "removed", "changed")


@dataclass(frozen=True)
class _Side:
    """One of the two: what it is, and its figures by element and breakdown, in their order."""

    named: dict[str, Any]
    figures: dict[tuple[str, ...], list[dict[str, Any]]]


def run(request: Request, ledger: Ledger, a: str, b: str) -> Result:
    """Compare two files or submissions; the earlier one is named first.

    Args:
        request: Language, settings and passwords; its paths are not used.
        ledger: The ledger.
        a: Path of a file, or a receipt, see `find_receipt`.
        b: The same.

    Returns:
        `data.changes`: one row a cell that is still missing, was filled, removed or changed;
        `data.counts` by kind; `data.a` and `data.b`: what was compared.

    Raises:
        UsageError: Neither a file nor one receipt, or the file holds no figures.
        UnreadableError: The file cannot be read.
    """
    left, right = (_side(request, ledger, text) for text in (a, b))
    changes = list(_changes(left, right))
    counts = {kind: sum(row["kind"] == kind for row in changes) for kind in KINDS}
    data = {"a": left.named, "b": right.named, "counts": counts, "changes": changes}
    return Result("diff", data, "changes", notes=_notes(left, right, request.lang), columns=COLUMNS)


def _notes(left: _Side, right: _Side, lang: str) -> tuple[str, ...]:
    same = all(left.named[key] == right.named[key] for key in ("unit", "period"))
    told = [f"{side.named['unit'] or '–'} {side.named['period'] or '–'}" for side in (left, right)]
    return () if same else (message("ledger.notes.other_report", lang, a=told[0], b=told[1]),)


def _side(request: Request, ledger: Ledger, text: str) -> _Side:
    if Path(text).is_file():
        return _from_file(request, Path(text))
    with ledger.questions() as index:
        if index is None:
            raise UsageError("unknown_receipt", text=text, known="–")
        receipt = find_receipt(all_receipts(index), text)
        one = index.submissions().query("id == @receipt.id")
        batch = batch_of(load_catalogue(request.age_groups), one, index.figures([receipt.id]))
    return _made(batch, receipt.id)


def _from_file(request: Request, path: Path) -> _Side:
    with ExitStack() as stack:
        reading = stack.enter_context(start_reading(replace(request, paths=[path])))
        batch = load_batch(reading)
    for _, error in batch.unreadable:
        raise error
    if len(batch.submissions) != 1:
        raise UsageError("no_figures_in", path=path)
    return _made(batch, None)


def _made(batch: Batch, receipt: str | None) -> _Side:
    of = batch.submissions[0]
    named = {
        "file": of.file,
        "sha256": of.sha256,
        "receipt": receipt,
        "unit": of.unit.code if of.unit else None,
        "period": str(of.period) if of.period else None,
        "reporter": of.reporter if receipt else None,
    }
    found: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in figures(batch):
        found.setdefault(tuple(row[key] for key in _KEYS), []).append(row)
    return _Side(named, found)


def _changes(left: _Side, right: _Side) -> Iterator[dict[str, Any]]:
    """Compare in the order of the later one; what is only in the earlier one comes last."""
    for key in dict.fromkeys((*right.figures, *left.figures)):
        olds, news = left.figures.get(key, []), right.figures.get(key, [])
        for i in range(max(len(olds), len(news))):
            old = olds[i] if i < len(olds) else None
            new = news[i] if i < len(news) else None
            kind = _kind(old, new)
            if kind:
                named = dict(zip(_KEYS, key, strict=True))
                yield named | {"kind": kind} | _cell("a", old) | _cell("b", new)


def _kind(old: dict[str, Any] | None, new: dict[str, Any] | None) -> str | None:
    before = old["value"] if old else None
    after = new["value"] if new else None
    if before is None:
        return "still_missing" if after is None else "filled"
    if after is None:
        return "removed"
    return None if before == after else "changed"


def _cell(side: str, row: dict[str, Any] | None) -> dict[str, Any]:
    return {f"{side}_{name}": row[name] if row else None for name in _CELL}
