"""XML and HTML as a stream of events, with lxml; `annotate.markup` changes XML with it.

Nothing outside the text is ever loaded: no network, no DTD, no entity but the five of XML.
"""

from __future__ import annotations

import re
from typing import Any, Protocol

from lxml import etree

from ctk.errors import UnreadableError

_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*\?>")
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)\b")
_PIECE = 2**16


class Listener(Protocol):
    """What hears the events."""

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Some text; a long one comes in pieces."""

    def comment(self, text: str) -> None:
        """A comment."""

    def close(self) -> Any:  # noqa: ANN401  (lxml's own protocol)
        """The end."""


def hear_xml(text: str, listener: Listener) -> None:
    """Send the events of an XML text.

    Raises:
        UnreadableError: It is not well-formed, or declares entities: no spreadsheet program does.
    """
    if _DOCTYPE.search(text):
        raise UnreadableError("xml_with_entities")
    parser = etree.XMLParser(
        target=listener,
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    _feed(parser, _DECLARATION.sub("", text))


def hear_html(text: str, listener: Listener) -> None:
    """Send the events of an HTML text, however careless it is.

    Raises:
        UnreadableError: It cannot be followed at all.
    """
    parser = etree.HTMLParser(
        target=listener, encoding="utf-8", no_network=True, recover=True, huge_tree=False
    )
    _feed(parser, text)


def _feed(parser: Any, text: str) -> None:  # noqa: ANN401  (lxml brings no types)
    data = text.encode("utf-8", "replace")
    try:
        for start in range(0, len(data), _PIECE):
            parser.feed(data[start : start + _PIECE])
        parser.close()
    except (etree.LxmlError, AssertionError) as error:
        raise UnreadableError("damaged") from error
