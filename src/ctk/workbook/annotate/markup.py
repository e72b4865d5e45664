"""XML of workbook parts: read without entities or network, changed in the order that Excel asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element as Element

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
MAX_TEXT = 32_767
"""More characters than this a cell or a comment of Excel cannot hold."""

# Without this lxml would make up a prefix, where Excel and everybody else write "r".
etree.register_namespace("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")

SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def parse(data: bytes) -> Element:
    """Read a part.

    Raises:
        ValueError: It is no XML, or declares a document type, as no part of a workbook does.
    """
    # A parser is not shared between calls: it keeps the errors of the part before.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("not well-formed") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("declares a document type")
    return root


def serialise(root: Element) -> bytes:
    """Write a part, with whatever stands beside its root."""
    tree = root.getroottree()
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def serialise_inside(element: Element) -> str:
    """Write one element of a part, to be read again by itself."""
    return str(etree.tostring(element, encoding="unicode", with_tail=False))


def new_root(name: str, namespace: str) -> Element:
    """Start a part."""
    return etree.fromstring(f'<{name} xmlns="{namespace}"/>'.encode())


def local(element: Element) -> str:
    """An element's name without its namespace; empty for comments and instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def namespace(element: Element) -> str:
    """The namespace of an element, transitional or strict."""
    return etree.QName(element).namespace or ""


def children(parent: Element | None, name: str) -> Iterator[Element]:
    """The children of a name, whatever their prefix."""
    return (each for each in (() if parent is None else parent) if local(each) == name)


def child(parent: Element | None, name: str) -> Element | None:
    """The first child of a name."""
    return next(children(parent, name), None)


def make(parent: Element, name: str, text: str | None = None, /, **attributes: object) -> Element:
    """Make a child in its parent's namespace, at the end."""
    new = etree.SubElement(parent, f"{{{namespace(parent)}}}{name}")
    for key, value in attributes.items():
        new.set(key, str(value))
    if text is not None:
        new.text = clean(text)
        new.set(SPACE, "preserve")
    return new


def place(parent: Element, new: Element, order: Sequence[str]) -> Element:
    """Put a child behind those that the schema's order puts before it."""
    if new.getparent() is parent:
        parent.remove(new)
    rank = {name: i for i, name in enumerate(order)}
    before = [i for i, each in enumerate(parent) if rank.get(local(each), len(order)) <=
              rank[local(new)]]  # fmt: skip
    parent.insert(before[-1] + 1 if before else 0, new)
    return new


def ensure(parent: Element, name: str, order: Sequence[str]) -> Element:
    """Give the child of a name; where there is none, make it in its place."""
    found = child(parent, name)
    return place(parent, make(parent, name), order) if found is None else found


def clean(text: str) -> str:
    """Text as XML and Excel can hold it: no control characters, nothing that reads as an escape."""
    return _ESCAPE_LIKE.sub("_x005F_", _ILLEGAL.sub("", text))[:MAX_TEXT]
