"""`ctk ledger`: the ledger itself, its index and its integrity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctk.model import Result

if TYPE_CHECKING:
    from ctk.ledger.ledger import Ledger


def rebuild(ledger: Ledger) -> Result:
    """Make the index again from the archive.

    Returns:
        `data.counts`: how many events, submissions and figures it holds.

    Raises:
        LedgerError: The ledger is busy or damaged.
    """
    if not ledger.root.exists():
        return Result("ledger rebuild", {"counts": [{"events": 0, "submissions": 0, "figures": 0}]},
                      "counts")  # fmt: skip
    with ledger.locked():
        ledger.archive.remove_parts()
        ledger.forget_index()
        with ledger.index() as index:
            return Result("ledger rebuild", {"counts": [index.counts()]}, "counts")
