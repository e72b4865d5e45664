"""Dashboards made without any file or ledger, and a reader of their HTML."""

from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

from ctk.indicators import load_catalogue
from ctk.periods import Period
from ctk.report.dashboard import DashboardSource, Moment, load_content
from ctk.report.figures import Figure, totals_of
from report.builder import Figures


def source(context, series=None, **changes):
    """What the page is made from."""
    own = {
        id_: figure
        for (code, id_), figure in totals_of(context.values, context.elements).items()
        if code == context.unit.code
    }
    given = {
        "context": context,
        "content": load_content(None, load_catalogue()),
        "series": (*(series or ()), Moment(context.period, own)),
        "received": datetime(2022, 5, 21, 8, 5, tzinfo=UTC),
        "files": len(context.children) - len(context.missing),
        "tracking": None,
        "due": None,
        "version": "9.8.7",
    }
    return DashboardSource(**(given | changes))


def district(**changes):
    """Huyện Đa Krông without Xã A Ngo; Xã A Vao has left the abused children blank."""
    figures = Figures(missing={"19594"}, blank={("19585", "II-0101")})
    return source(figures.context(**changes))


def complete(**changes):
    """Huyện Đa Krông with all 13 communes."""
    return source(Figures().context(**changes))


def years(figures, known):
    """Moments of whole years: a value, None for an incomplete figure."""
    return tuple(
        Moment(
            Period(year, 12),
            {id_: Figure(value, value, 13 if value is not None else 12, 13) for id_ in figures},
        )
        for year, value in known.items()
    )


def withheld(context, ids, number):
    """A public copy in which some figures are withheld that are `number` everywhere."""
    frames = {}
    for name, key in (("values", "measure"), ("elements", "element")):
        frame = getattr(context, name).copy()
        hidden = frame[key].isin(ids)
        for column in ("value", "partial", "numerator"):
            if column in frame:
                frame.loc[hidden, column] = number
        frames[name] = frame.assign(withheld=hidden)
    return replace(context, public=True, **frames)


class Page(HTMLParser):
    """The table cells, tiles and drawings of a page."""

    VOID = frozenset(("meta", "link", "br"))

    def __init__(self, html):
        super().__init__()
        self.cells = {}
        self.tiles = {}
        self.charts = {}
        self.outside = []
        self._open = []
        self._period = None
        self.feed(html)

    def handle_startendtag(self, tag, attrs):
        """An element of a drawing that holds nothing."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_starttag(self, tag, attrs):
        """Note where the texts that follow stand."""
        named = dict(attrs)
        for name in ("src", "href", "action", "data", "poster", "xlink:href"):
            if not named.get(name, "#").startswith(("#", "data:")):
                self.outside.append((tag, named[name]))
        if "data-period" in named:
            self._period = named["data-period"]
        if tag == "svg":
            self.charts[named["id"]] = {"bars": [], "labels": [], "values": [], "points": []}
        if tag not in self.VOID:
            self._open.append((tag, named))
        self._draw(tag, named)

    def _draw(self, tag, named):
        chart = next((self.charts[a["id"]] for t, a in self._open if t == "svg"), None)
        classes = [a.get("class") or "" for _, a in self._open]
        if chart is None:
            return
        if tag == "rect" and "bar" in classes:
            chart["bars"].append(float(named["width"]))
        if tag == "circle":
            chart["points"].append((float(named["cx"]), float(named["cy"])))

    def handle_endtag(self, tag):
        """Leave the element."""
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag == "table":
            self._period = None

    def handle_data(self, data):
        """Keep a text under what it is a text of."""
        text = " ".join(data.split())
        if not text or not self._open:
            return
        tag, named = self._open[-1]
        tile = next((a for t, a in self._open if t == "li" and "data-id" in a), None)
        if "data-unit" in named:
            slice_ = named.get("data-slice", "T,T,T,T")
            key = (named["data-unit"], named["data-id"], slice_, self._period)
            self.cells[key] = text
        elif tile is not None:
            self.tiles.setdefault(tile["data-id"], []).append(text)
        self._text_of_chart(tag, named, text)

    def _text_of_chart(self, tag, named, text):
        svg = next((a for t, a in self._open if t == "svg"), None)
        if svg is None or tag != "text":
            return
        kind = "values" if "value" in (named.get("class") or "") else "labels"
        self.charts[svg["id"]][kind].append(text)


def number(text):
    """A figure as it is printed in Vietnamese."""
    return float(text.replace(".", "").replace(",", "."))
