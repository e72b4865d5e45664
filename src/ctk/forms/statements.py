"""What a cover says of its figures, in the words that covers offer to choose from."""

from __future__ import annotations

from ctk.text.fold import fold

ACTUAL, ESTIMATE, PRELIMINARY, OFFICIAL = "actual", "estimate", "preliminary", "official"
_MEANT = {
    "thuc te": ACTUAL,
    "uoc tinh": ESTIMATE,
    "so bo": PRELIMINARY,
    "chinh thuc": OFFICIAL,
}


def statement(text: str) -> str:
    """Say what a statement means: `actual`, `estimate`, `preliminary` or `official`.

    Returns:
        The text itself where it is none of these; empty where nothing is stated.
    """
    return _MEANT.get(fold(text), text)


def grade(status: str) -> str:
    """Tell the preliminary report from the official one; a report that says nothing is official."""
    return PRELIMINARY if statement(status) == PRELIMINARY else OFFICIAL
