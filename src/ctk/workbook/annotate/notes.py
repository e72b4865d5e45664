"""The texts of comments: ours are put below the sender's, and taken back when a copy returns."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctk.workbook.addresses import a1, parse_a1
from ctk.workbook.annotate.markup import MAX_TEXT, SPACE, child, children, local, make, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element

    from ctk.workbook.annotate.cells import Place

MARKER = "[ctk] "
"""Stands before what ctk says in a comment, so that nobody takes it for the sender's words."""

_RUN_ORDER = ("t", "r", "rPh", "phoneticPr")
_PARTS = ("authors", "commentList", "extLst")


@dataclass(frozen=True, slots=True)
class Note:
    """A heading and the lines below it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """The whole text of a comment, and the digest of what we said in it."""

    text: str
    digest: str


def comments_by_place(root: Element) -> dict[Place, Element]:
    """The comments of a part."""
    comments = children(child(root, "commentList"), "comment")
    return {parse_a1(each.get("ref", "")): each for each in comments}


def write_notes(
    root: Element, notes: Mapping[Place, list[Note]], author: str
) -> dict[Place, Written]:
    """Put notes into a part of comments and give each comment as it is then."""
    number = _author(root, author)
    entries = child(root, "commentList")
    if entries is None:
        entries = place(root, make(root, "commentList"), _PARTS)
    known = comments_by_place(root)
    written: dict[Place, Written] = {}
    for cell in sorted(notes):
        comment = known.get(cell)
        if comment is None:
            comment = make(entries, "comment", ref=a1(*cell), authorId=number)
        text = child(comment, "text")
        if text is None:
            text = make(comment, "text")
        written[cell] = _extend(text, notes[cell])
    return written


def withdraw(root: Element, digests: Mapping[Place, str]) -> set[Place]:
    """Take back what ctk said earlier, unless someone has changed it since.

    Returns:
        The cells whose comment is gone because it held nothing else.
    """
    gone: set[Place] = set()
    entries = child(root, "commentList")
    for cell, comment in comments_by_place(root).items():
        text = child(comment, "text")
        said = "" if text is None else "".join(each.text or "" for each in _pieces(text))
        start = said.rfind(MARKER)
        if text is None or start < 0 or _digest(said[start:]) != digests.get(cell):
            continue
        kept = said[:start].rstrip("\n")
        if kept:
            _cut(text, len(kept))
        elif entries is not None:
            entries.remove(comment)
            gone.add(cell)
    return gone


def _extend(text: Element, notes: list[Note]) -> Written:
    """Put notes below what a comment says; the sender's words keep their own look."""
    plain = child(text, "t")
    if plain is not None:  # a text is either plain or made of runs
        text.remove(plain)
        run = place(text, make(text, "r"), _RUN_ORDER)
        run.append(plain)
    said = "".join(each.text or "" for each in _pieces(text))
    ours = MARKER
    for note in notes:
        heading, body = f"{ours}{note.heading}", "\n".join(("", *note.lines))
        gap = "\n\n" if said else ""
        if len(said) + len(gap) + len(heading) + len(body) > MAX_TEXT:
            break
        _run(text, gap + heading, bold=True)
        _run(text, body, bold=False)
        said += gap + heading + body
        ours = ""
    return Written(said, _digest(said[said.rfind(MARKER) :]))


def _pieces(text: Element) -> Iterator[Element]:
    """The texts of a comment, those of its runs or its only one."""
    for each in text:
        if local(each) == "t":
            yield each
        elif local(each) == "r":
            yield from children(each, "t")


def _cut(text: Element, length: int) -> None:
    for piece in list(_pieces(text)):
        words = piece.text or ""
        piece.text = words[:length]
        length = max(0, length - len(words))
        run = piece.getparent()
        if not piece.text and run is not None and run is not text:
            text.remove(run)


def _digest(words: str) -> str:
    """A digest that does not mind how a program writes the ends of lines."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:12]


def _run(text: Element, words: str, *, bold: bool) -> None:
    run = place(text, make(text, "r"), _RUN_ORDER)
    look = make(run, "rPr")
    if bold:
        make(look, "b")
    make(look, "sz", val=9)
    make(look, "color", indexed=81)
    make(look, "rFont", val="Tahoma")
    make(look, "family", val=2)
    make(run, "t", words)


def _author(root: Element, name: str) -> int:
    authors = child(root, "authors")
    if authors is None:
        authors = place(root, make(root, "authors"), _PARTS)
    names = [each.text for each in children(authors, "author")]
    if name not in names:
        make(authors, "author", name).attrib.pop(SPACE)
        names.append(name)
    return names.index(name)
