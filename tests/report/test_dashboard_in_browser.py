"""The page of `ctk dashboard` as a browser shows and prints it."""

from dataclasses import replace
from itertools import pairwise

import pytest

import browser as browsers
from ctk.periods import Period
from ctk.report.dashboard import write_dashboard
from dashboards import district, source, years
from report.builder import Figures

PHONE, DESKTOP = (360, 800), (1280, 900)
TAB = "\ue004"
A4_HEIGHT = (297 - 2 * 18) / 25.4 * 96
"""Height of what is printed on a page, in the pixels of a style sheet."""

ON_PAPER = "'svg:not(.more svg)'"
"""All drawings but those of a large province that are folded."""

SERIES = years(["I-0301.n", "II-0101.n"], {2018: 1999, 2019: 20, 2020: None, 2021: 12})


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """One browser for all tests of this file."""
    with browsers.start(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """A district with gaps, and a province of 168 communes."""
    folder = tmp_path_factory.mktemp("trang tổng quan")
    made = district()
    province = Figures("79", Period(2026, 6), missing={"26737"})
    made_of = {
        "district": replace(made, series=(*SERIES, *made.series)),
        "province": source(province.context()),
    }
    for name, each in made_of.items():
        write_dashboard(folder / f"{name}.html", each)
    return folder


@pytest.fixture
def opened(browser, pages):
    """Open one of them."""

    def call(name="district", size=DESKTOP, **how):
        browser.open(pages / f"{name}.html", *size, **how)
        return browser

    return call


def unfold(page):
    """Open all that is folded."""
    page.js("document.querySelectorAll('details').forEach((d) => { d.open = true; })")


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
@pytest.mark.parametrize("name", ["district", "province"])
class TestOnScreens:
    """On a phone and on a desk."""

    def test_fits_the_screen(self, opened, size, name):
        """The page does not scroll sideways; only wide tables do, inside their frame."""
        page = opened(name, size)
        unfold(page)
        assert page.js("document.documentElement.scrollWidth") <= size[0]
        assert page.js(
            "[...document.querySelectorAll('body *')].filter((e) => !e.closest('.scroll, .skip')"
            f" && e.getBoundingClientRect().right > {size[0]} + .5).map((e) => e.outerHTML)"
        ) == []  # fmt: skip

    def test_no_label_is_cut(self, opened, size, name):
        """All words of the drawings lie inside them, and none is too small to read."""
        page = opened(name, size)
        unfold(page)
        assert page.js(
            "[...document.querySelectorAll('svg text')].filter((t) => {"
            " const [a, b] = [t.getBoundingClientRect(),"
            " t.closest('svg').getBoundingClientRect()];"
            " return a.left < b.left - 1 || a.right > b.right + 1 || a.top < b.top - 1"
            " || a.bottom > b.bottom + 2 || a.height < 10; }).map((t) => t.textContent)"
        ) == []  # fmt: skip

    def test_quiet_and_alone(self, opened, size, name):
        """The page complains about nothing and asks for nothing but itself."""
        page = opened(name, size)
        assert page.console() == []
        asked = [url for url in page.requests() if not url.startswith("data:")]
        assert len(asked) == 1


class TestForEveryReader:
    """Keyboard, screen readers, weak eyes."""

    def test_contrast(self, opened):
        """Every text, in drawings too, stands out by 4.5 to 1 or more (WCAG AA)."""
        page = opened()
        unfold(page)
        assert page.js(f"({browsers.LOW_CONTRAST})()") == []

    def test_structure(self, opened):
        """Landmarks, one first heading, no level left out, names for all, no id twice."""
        page = opened()
        levels = page.js(
            "[...document.querySelectorAll('h1,h2,h3,h4')].map((h) => Number(h.tagName[1]))"
        )
        assert levels.count(1) == 1
        assert all(b - a <= 1 for a, b in pairwise(levels))
        assert page.js("document.documentElement.lang") == "vi"
        for landmark in ("header", "nav", "main", "footer"):
            assert page.js(f"document.querySelectorAll('body > {landmark}').length") == 1
        assert page.js("[...document.querySelectorAll('th')].every((t) => t.scope)")
        assert page.js("[...document.querySelectorAll('table')].every((t) => t.caption)")
        ids = page.js("[...document.querySelectorAll('[id]')].map((e) => e.id)")
        assert len(ids) == len(set(ids))

    def test_drawings_in_words(self, opened):
        """Each drawing has a name and a description that exist, and a table follows it."""
        page = opened()
        named = page.js(
            "[...document.querySelectorAll('svg')].map((s) => [s.getAttribute('role'),"
            " ...s.getAttribute('aria-labelledby').split(' ')"
            ".map((id) => document.getElementById(id).textContent),"
            " s.closest('section').querySelectorAll('table').length])"
        )
        assert len(named) == 4 + 2 + 2
        for role, title, desc, tables in named:
            assert (role, tables) == ("img", 1)
            assert len(title) > 10
            assert "Số liệu đầy đủ ở bảng" in desc

    def test_order_of_the_keyboard(self, opened):
        """Skip link first, then the contents, then what can be opened, from top to bottom."""
        page = opened()
        reached = []
        for _ in range(60):
            page.chrome.switch_to.active_element.send_keys(TAB)
            where = page.js(
                "[document.activeElement.tagName, document.activeElement.className,"
                " getComputedStyle(document.activeElement).outlineStyle,"
                " [...document.querySelectorAll('*')].indexOf(document.activeElement)]"
            )
            if where[0] == "BODY":
                break
            reached.append(where)
        assert reached[0][1] == "skip"
        assert [tag for tag, *_ in reached[1:8]] == ["A"] * 7
        assert {"SUMMARY", "BUTTON"} <= {tag for tag, *_ in reached[8:]}
        assert all(outline == "solid" for _, _, outline, _ in reached)
        places = [place for *_, place in reached]
        assert places == sorted(places)
        assert len(places) == len(set(places))


class TestSorting:
    """The table of units can be sorted; without scripts it stands as it is."""

    def test_by_a_figure(self, opened):
        """The highest first, then the lowest; units without a figure stay at the end."""
        page = opened()
        button = "document.querySelectorAll('table.sortable thead button')[3]"
        page.js(f"{button}.click()")
        down = page.visible("table.sortable tbody td:nth-child(4)")
        page.js(f"{button}.click()")
        up = page.visible("table.sortable tbody td:nth-child(4)")
        known = [int(text.replace(".", "")) for text in down[:11]]
        assert known == sorted(known, reverse=True)
        assert up[:11] == down[:11][::-1]
        assert {*down[11:]} == {*up[11:]} == {"chưa báo cáo", "chưa có số liệu"}
        assert page.js(f"{button}.closest('th').getAttribute('aria-sort')") == "ascending"

    def test_without_scripts(self, opened):
        """Everything is there, and no button that would not work."""
        page = opened(scripts=False)
        assert len(page.visible("table.sortable tbody tr")) == 13
        assert page.visible("button") == []


class TestPrinted:
    """On paper."""

    @pytest.mark.parametrize("name", ["district", "province"])
    def test_no_drawing_is_cut(self, opened, name):
        """All that is folded is printed; each drawing fits on a page and does not break."""
        page = opened(name, (int((210 - 30) / 25.4 * 96), 1000))
        page.cdp("Emulation.setEmulatedMedia", media="print")
        try:
            sizes = page.js(
                f"[...document.querySelectorAll({ON_PAPER})].map((s) => ["
                "s.getBoundingClientRect().height, getComputedStyle(s).breakInside])"
            )
            assert page.visible("nav, .skip") == []
            assert len(page.visible("#circumstances ~ details tbody tr")) == 14
            assert page.visible("svg text") == page.js(
                f"[...document.querySelectorAll({ON_PAPER})]"
                ".flatMap((s) => [...s.querySelectorAll('text')].map((t) => t.textContent))"
            )
        finally:
            page.cdp("Emulation.setEmulatedMedia", media="")
        assert all(0 < height < A4_HEIGHT for height, _ in sizes)
        assert {rule for _, rule in sizes} == {"avoid"}
