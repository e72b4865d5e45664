"""Charts as SVG for the page, drawn by pygal; the page's style sheet gives them their looks."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pygal import HorizontalBar, Line, PluginImportFixer
from pygal.etree import etree
from pygal.style import Style

# pygal looks for plug-ins with maps through a hook of Python before 3.4, of which every later
# import would warn; there are no maps here.
sys.meta_path[:] = [each for each in sys.meta_path if not isinstance(each, PluginImportFixer)]

WIDTH = 370
"""Width of a drawing in its own units: narrow, so that a phone need not shrink it much."""

_BAR, _GROUP, _LINE = 20, 34, 170
_LEAST_ROOM, _LETTER = 40, 7
_OWN = {"desc", "title", "defs"}
_FRACTION = re.compile(r"\d+\.\d{3,}")
_PLAIN = {
    "css": [], "js": [], "show_legend": False, "explicit_size": False, "margin": 0,
    "truncate_label": -1, "spacing": 4, "print_values": True, "print_zeroes": True,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar or point: its length, and what is written beside it.

    `value` is None where there is no figure: then only the words stand there. A bar of what has
    come in `so_far` looks other than one of a complete figure.
    """

    value: float | None
    text: str
    so_far: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The bars of one label, one for each series."""

    label: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Titles:
    """What a chart is called, and what it shows in words, for who cannot see it."""

    id: str
    title: str
    desc: str


def bars(titles: Titles, rows: Sequence[Row], top: float) -> str:
    """Horizontal bars from zero, the first row uppermost.

    Args:
        titles: Name and description.
        rows: All with as many marks.
        top: The longest bar's figure, so that charts of one kind share a scale.
    """
    several = len(rows[0].marks) > 1
    chart = HorizontalBar(
        width=WIDTH,
        height=len(rows) * (_GROUP if several else _BAR) + 4,
        range=(0, top or 1),
        print_values_position="top",
        margin_right=_room([mark for row in rows for mark in row.marks]),
        show_x_labels=False,
        show_x_guides=False,
        show_y_guides=False,
        style=_style(),
        **_PLAIN,
    )
    upwards = list(reversed(rows))
    chart.x_labels = [row.label for row in upwards]
    for number in range(len(rows[0].marks)):
        marks = [row.marks[number] for row in upwards]
        chart.add(str(number), [_value(mark, mark.value or 0) for mark in marks])
    return _finished(chart, titles)


def line(titles: Titles, labels: Sequence[str], marks: Sequence[Mark], breaks: str) -> str:
    """A line from zero over periods; it is interrupted where there is no figure.

    Args:
        titles: Name and description.
        labels: One for each mark.
        marks: Points, the earliest first.
        breaks: The label that is no period but marks a break.
    """
    top = max((mark.value for mark in marks if mark.value is not None), default=0) or 1
    chart = Line(
        width=WIDTH,
        height=_LINE,
        range=(0, top * 1.15),
        allow_interruptions=True,
        dots_size=4,
        x_labels_major=[breaks],
        show_x_guides=True,
        style=_style(),
        **(_PLAIN | {"margin": 24, "margin_bottom": 6}),
    )
    chart.x_labels, chart.y_labels = list(labels), [{"value": 0, "label": "0"}]
    points = [None if mark.value is None else _value(mark, mark.value) for mark in marks]
    chart.add("0", points)
    return _finished(chart, titles)


def _style() -> Style:
    # pygal keeps room for labels by their number of letters; the style sheet sets 12 px,
    # one less than this, since some fonts are wider.
    return Style(label_font_size=13, major_label_font_size=13, value_font_size=12)


def _room(marks: Sequence[Mark]) -> int:
    """Room to the right of the longest bar for what is written at its end."""
    letters = max((len(mark.text) for mark in marks if mark.value is not None), default=0)
    return max(_LEAST_ROOM, letters * _LETTER + 12)


def _value(mark: Mark, value: float) -> dict[str, Any]:
    shown: dict[str, Any] = {"value": value, "formatter": _always(mark.text)}
    return shown | {"node": {"class": "so-far"}} if mark.so_far else shown


def _always(text: str) -> Callable[[object], str]:
    return lambda _value: text


def _finished(chart: Any, titles: Titles) -> str:  # noqa: ANN401  (pygal has no types)
    """Keep the drawing and leave out all that pygal adds for its scripts and styles.

    Its ids are random and its comments dated, so that the same figures would give other bytes.
    """
    root = chart.render_tree()
    for node in list(root.iter()):
        if _is_for_scripts(node):
            node.getparent().remove(node)
        else:
            _tidy(node)
    root.set("id", titles.id)
    root.set("role", "img")
    root.set("aria-labelledby", f"{titles.id}-t {titles.id}-d")
    for place, (name, text) in enumerate((("title", titles.title), ("desc", titles.desc))):
        node = etree.Element(f"{{{root.nsmap[None]}}}{name}")
        node.set("id", f"{titles.id}-{name[0]}")
        node.text = text
        root.insert(place, node)
    return str(etree.tostring(root, encoding="unicode"))


def _is_for_scripts(node: Any) -> bool:  # noqa: ANN401
    if not isinstance(node.tag, str):  # a comment
        return True
    name = node.tag.rpartition("}")[2]
    empty = name == "rect" and "bar" in (node.getparent().get("class") or "").split()
    return (
        name in _OWN
        or "tooltip-overlay" in node.get("class", "")
        or (empty and node.get("width") is None)
    )


def _tidy(node: Any) -> None:  # noqa: ANN401
    """Shorten the numbers, and tell words that stand in place of a bar from figures."""
    for key, text in node.items():
        if key != "class":
            node.set(key, _FRACTION.sub(lambda found: f"{float(found[0]):.2f}", text))
    if node.get("class") == "value" and not (node.text or "")[:1].isdigit():
        node.set("class", "value said")
