"""Placeholders as people type them: curly quotes, hard spaces, loops that span rows."""

from __future__ import annotations

import re
from typing import NamedTuple

_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_TYPED = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\xa0": " "})
_TAG = re.compile(r"\{%[-+]?\s*(?:tr\s+)?(\w+)((?:(?!%\}).)*?)\s*[-+]?%\}", re.DOTALL)
_ONE = re.compile(r"\s*\{\{[-+]?((?:(?!\{\{|\}\}|\{%).)*?)[-+]?\}\}\s*", re.DOTALL)
_LOOP = re.compile(r"\s*(\w+)\s+in\s+(.+)", re.DOTALL)
_PAIRS = {"endfor": "for", "endif": "if"}


class Loop(NamedTuple):
    """The head of a loop: the name of its thing and the list that it goes through."""

    name: str
    items: str


class Tags(NamedTuple):
    """What a cell says of rows.

    Args:
        text: The cell without the tags that open or close a loop over rows.
        opens: Heads of the loops over rows that begin here, as typed.
        closes: How many end here.
        wrong: A tag that would have to close in the same cell; empty if there is none.
    """

    text: str
    opens: tuple[str, ...] = ()
    closes: int = 0
    wrong: str = ""


def typed_plainly(text: str) -> str:
    """Write quotes within placeholders straight, as Excel and Word do not."""
    return _PLACEHOLDER.sub(lambda found: found[0].translate(_TYPED), text)


def only_expression(text: str) -> str | None:
    """What stands between the braces of a cell that holds one placeholder and nothing else."""
    found = _ONE.fullmatch(text)
    return found[1] if found else None


def read_tags(text: str) -> Tags:
    """Find loops that begin or end in a cell but not both."""
    stack: list[re.Match[str]] = []
    alone: list[re.Match[str]] = []
    for tag in _TAG.finditer(text):
        if tag[1] in _PAIRS:
            if stack and stack[-1][1] == _PAIRS[tag[1]]:
                stack.pop()
            else:
                alone.append(tag)
        elif tag[1] in _PAIRS.values():
            stack.append(tag)
    alone += stack
    wrong = next((tag[0] for tag in alone if tag[1] not in ("for", "endfor")), "")
    for tag in sorted(alone, key=lambda tag: -tag.start()):
        text = text[: tag.start()] + text[tag.end() :]
    opens = tuple(tag[2].strip() for tag in alone if tag[1] == "for")
    return Tags(text, opens, sum(tag[1] == "endfor" for tag in alone), wrong)


def loop_head(text: str) -> Loop | None:
    """Take the head of a loop apart; None if it is none, or chooses by `if`."""
    found = _LOOP.fullmatch(text)
    if found is None or re.search(r"\sif\s", found[2]):
        return None
    return Loop(found[1], found[2])
