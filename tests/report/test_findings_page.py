"""The page of `ctk validate --html`, as a browser shows it and as it stands in the file."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

import browser as browsers
from ctk.errors import UsageError
from ctk.model import Finding, Severity
from ctk.report.findings_page.write import render_page, write_page
from pages import district, finding, large, row, source

PHONE, SMALL, DESKTOP = (360, 800), (320, 640), (1280, 900)
HOSTILE = "</script></style><script>window.owned=1</script><img src=x onerror='window.owned=2'>\"'&"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """One browser for all tests of this file."""
    with browsers.start(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture
def opened(browser, tmp_path):
    """Write a page and open it."""

    def call(made, size=DESKTOP, **how):
        path = tmp_path / "trang kết quả.html"
        write_page(path, made, force=True)
        browser.open(path, *size, **how)
        return browser

    return call


class TestEverywhere:
    """On a phone, on a small one and on a desk."""

    @pytest.mark.parametrize("size", [PHONE, SMALL, DESKTOP])
    @pytest.mark.parametrize("lang", ["vi", "en"])
    def test_fits_the_screen(self, opened, size, lang):
        """With every part open nothing reaches beyond the screen's width."""
        long = "Bieu_601-602_va_604_605_cua_" + 6 * "xa_rat_dai_"
        made = district()
        files = [*made.files, row(f"in/{long}.xlsx", "errors", None, 1)]
        found = [*made.findings, finding(f"in/{long}.xlsx", sheet=30 * "W", value=300 * "9")]
        page = opened(replace(made, files=files, findings=found, lang=lang), size)
        page.js("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        width = size[0]
        assert page.js("document.documentElement.scrollWidth") <= width
        assert not page.js(
            "[...document.querySelectorAll('body *')].filter((e) => !e.closest('svg, .skip')"
            f" && e.getBoundingClientRect().right > {width} + .5).map((e) => e.outerHTML)"
        )

    @pytest.mark.parametrize("size", [PHONE, DESKTOP])
    def test_quiet_and_alone(self, opened, size):
        """The page complains about nothing and asks for nothing but itself."""
        page = opened(district(), size)
        page.type("text", "mo coi")
        assert page.console() == []
        asked = [url for url in page.requests() if not url.startswith("data:")]
        assert len(asked) == 1
        assert asked[0].startswith("file:")


class TestFilter:
    """What does not match is hidden, in the table and below it."""

    @pytest.mark.parametrize("text", ["mồ côi", "mo coi", "MO  CÔI"])
    def test_text_without_accents(self, opened, text):
        """Accents and case do not matter; the words may stand anywhere."""
        page = opened(district())
        page.type("text", text)
        assert [t.partition(":")[0] for t in page.visible(".rule .what")] == [
            "Trẻ em mồ côi", "Trẻ em mồ côi",
        ]  # fmt: skip
        assert page.visible("#shown") == ["Đang hiện 2 trong 7 phát hiện, 2 trong 5 dòng của bảng."]

    @pytest.mark.parametrize(
        ("field", "value", "findings", "rows"),
        [
            ("status", "errors", 4, ["Xã Tà Rụt"]),
            ("status", "missing", 0, ["Xã Ba Nang"]),
            ("severity", "warning", 2, ["Xã Tà Rụt", "Xã A Vao"]),
            ("category", "row", 2, ["Xã Tà Rụt"]),
            ("commune", "19585", 1, ["Xã A Vao"]),
            ("commune", "19576", 0, ["Xã Ba Nang"]),
        ],
    )
    def test_choices(self, opened, field, value, findings, rows):
        """Each choice leaves what it names, and clearing the filter brings all back."""
        page = opened(district())
        page.type(field, value)
        page.js("document.getElementById('open').click()")
        assert len(page.visible(".rule li")) == findings
        assert [row.partition(" ·")[0] for row in page.visible("tr[data-row] th > a")] == [
            name for name in rows if name != "Xã Ba Nang"
        ]
        assert len(page.visible("tr[data-row]")) == len(rows)
        page.js("document.querySelector('button[type=reset]').click()")
        page.settle()
        page.js("document.getElementById('open').click()")
        assert (len(page.visible(".rule li")), len(page.visible("tr[data-row]"))) == (7, 5)

    def test_choices_together(self, opened):
        """A finding must match all of them; nothing matching is said."""
        page = opened(district())
        page.type("commune", "19588")
        page.type("severity", "error")
        page.type("text", "bo roi")
        assert len(page.visible(".rule li")) == 1
        page.type("text", "zzz")
        assert (page.visible(".rule li"), page.visible("tr[data-row]")) == ([], [])
        assert page.visible("#shown") == ["Không có gì khớp."]

    def test_ten_thousand_findings(self, opened):
        """The page of a province stays small, and its filter works."""
        page = opened(large(), PHONE)
        page.type("text", "tai nan 10007")
        assert (len(page.visible(".rule li")), len(page.visible("tr[data-row]"))) == (60, 1)
        assert len(render_page(large()).encode()) < 4_000_000


class TestWithoutScripts:
    """Scripts only add the filter."""

    def test_everything_is_visible(self, opened):
        """All findings are open, and the filter, which could not work, is not there."""
        page = opened(district(), scripts=False)
        assert len(page.visible(".rule li")) == 7
        assert page.visible("#filter") == []

    def test_with_scripts_many_files_are_folded(self, opened):
        """With scripts the findings of many files are folded, and a link opens its file."""
        page = opened(district())
        assert page.visible(".rule li") == []
        page.js("document.querySelector('tr[data-row] a[href=\"#f2\"]').click()")
        assert len(page.visible("#f2 .rule li")) == len(page.visible(".rule li")) > 0


class TestPrinted:
    """On paper nothing is folded."""

    def test_all_parts_are_open(self, opened):
        """Folded parts are printed, the filter's fields are not."""
        page = opened(district())
        page.cdp("Emulation.setEmulatedMedia", media="print")
        try:
            assert len(page.visible(".rule li")) == 7
            assert page.visible("#filter label, #filter button") == []
        finally:
            page.cdp("Emulation.setEmulatedMedia", media="")

    def test_a_filtered_page_prints_what_is_shown(self, opened):
        """What the filter hides stays hidden on paper, and the paper says so."""
        page = opened(district())
        page.type("commune", "19585")
        page.cdp("Emulation.setEmulatedMedia", media="print")
        try:
            assert len(page.visible(".rule li")) == 1
            assert len(page.visible("#shown")) == 1
        finally:
            page.cdp("Emulation.setEmulatedMedia", media="")

    def test_parts_are_folded_again(self, opened):
        """Printing leaves the page as it was."""
        page = opened(district())
        assert page.chrome.print_page().startswith("JVBERi")  # "%PDF-"
        assert page.visible(".rule li") == []


class TestForEveryReader:
    """Keyboard, screen readers, weak eyes."""

    def test_contrast(self, opened):
        """Every text stands out from its ground by 4.5 to 1 or more (WCAG AA)."""
        page = opened(district())
        page.js("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        assert page.js(f"({browsers.LOW_CONTRAST})()") == []

    def test_structure(self, opened):
        """Landmarks, one first heading, no level left out, names for all fields and pictures."""
        page = opened(district())
        levels = page.js(
            "[...document.querySelectorAll('h1,h2,h3,h4,h5')].map((h) => Number(h.tagName[1]))"
        )
        assert levels.count(1) == 1
        assert all(b - a <= 1 for a, b in pairwise(levels))
        assert page.js("document.documentElement.lang") == "vi"
        for landmark in ("header", "main", "footer", "form[role=search]"):
            assert (
                page.js(f"document.querySelectorAll('body > {landmark}, main > {landmark}').length")
                == 1
            )
        assert page.js(
            "[...document.querySelectorAll('input,select')].every((f) => f.labels.length)"
        )
        assert page.js(
            "[...document.querySelectorAll('svg')].every((s) => s.getAttribute('aria-label'))"
        )
        assert page.js("[...document.querySelectorAll('th')].every((t) => t.scope)")
        ids = page.js("[...document.querySelectorAll('[id]')].map((e) => e.id)")
        assert len(ids) == len(set(ids))

    def test_charts_in_words(self, opened):
        """What a bar shows by its colours is also said."""
        page = opened(district())
        said = page.js(
            "[...document.querySelectorAll('svg')].map((s) => s.getAttribute('aria-label'))"
        )
        assert "1 Lỗi, 2 Cảnh báo, 1 Ghi nhận" in said

    def test_keyboard(self, opened):
        """The first thing the Tab key reaches leads to the results; what has focus shows it."""
        page = opened(district())
        page.chrome.switch_to.active_element.send_keys("\ue004")
        assert page.js("document.activeElement.className") == "skip"
        assert page.js("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        assert page.js("document.activeElement.getBoundingClientRect().left") >= 0


class TestHostile:
    """What comes from files and their names is text and nothing else."""

    @pytest.fixture
    def hostile(self):
        """A result in which every text that comes from outside holds a script."""
        found = Finding(
            f"{HOSTILE}.xlsx", "V308", Severity.ERROR, f"“{HOSTILE}” không phải là số.", HOSTILE,
            sheet=HOSTILE, cell="D6", value=HOSTILE, cells=("D6", HOSTILE),
        )  # fmt: skip
        missing = [{"code": HOSTILE, "name": HOSTILE}]
        standing = {"unit": HOSTILE, "name": HOSTILE, "period": HOSTILE, "expected": 2,
                    "missing": missing}  # fmt: skip
        files = [row(found.file, "errors", HOSTILE, 1)]
        return source(
            files, [found], names={found.file: HOSTILE}, standing=standing, agency=HOSTILE
        )

    def test_nothing_runs(self, opened, hostile):
        """No script but the page's own, no picture; the text is shown as it is."""
        page = opened(hostile)
        assert page.js("window.owned ?? null") is None
        assert page.js("document.scripts.length") == 1
        assert page.js("document.images.length") == 0
        assert page.js("document.querySelectorAll('style').length") == 1
        assert f"“{HOSTILE}” không phải là số." in page.js(
            "document.querySelector('.what').textContent"
        )
        assert page.console() == []

    def test_policy_stops_a_foreign_script(self, browser, tmp_path):
        """Even a script that had got into the page would not run: the policy names another."""
        page = render_page(district())
        path = tmp_path / "page.html"
        path.write_text(page.replace("</main>", "<script>window.owned=1</script></main>"), "utf-8")
        browser.open(path)
        assert browser.js("window.owned ?? null") is None
        assert any("Content Security Policy" in line for line in browser.console())

    def test_names_that_are_no_text(self, tmp_path):
        """A file name of bytes that are no UTF-8 does not keep the page from being written."""
        made = source([row("bad\udcff.xlsx", "errors")], [finding("bad\udcff.xlsx")])
        write_page(tmp_path / "page.html", made)
        assert "bad?.xlsx" in (tmp_path / "page.html").read_text("utf-8")


class Texts(HTMLParser):
    """The texts of elements by class or tag, without a browser."""

    def __init__(self, page):
        super().__init__()
        self.outside = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        """Note what leads out of the file."""
        for name, value in attrs:
            if name in ("src", "href", "action", "data", "poster") and not value.startswith(
                ("#", "data:")
            ):
                self.outside.append((tag, value))


def test_without_a_browser(monkeypatch):
    """Where no browser is found these tests fail, and say what to install."""
    monkeypatch.setenv("CTK_TEST_BROWSER", "/nowhere/chromium")
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium"), browsers.start(""):
        pass


def test_one_file_alone():
    """Nothing in the page leads anywhere else, by markup or by style."""
    page = render_page(district())
    assert Texts(page).outside == []
    assert not re.search(r"url\(|@import|https?:", page)


def test_order_of_files():
    """Those that cannot be used come first, then errors, warnings, fine ones, by name."""
    page = render_page(district())
    rows = re.findall(r'<tr data-row[^>]* data-status="(\w+)"', page)
    assert rows == ["unreadable", "errors", "warnings", "ok", "missing"]


def test_each_finding_says_all():
    """Cells, sentence, what is there, what to do, rule with its title, hash, numbers."""
    page = render_page(district())
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    for part in (
        "D6", "cùng với E6, F6", "tổng số 7, nhưng nam + nữ = 6 + 2 = 8.", "Đang ghi: 7",
        "Đang ghi: 1.234", "Gợi ý: Theo các ô khác thì ô này là 1898.",
        "Việc cần làm: Kiểm tra trên sổ gốc.", "Nam + nữ khác tổng số V401",
        "SHA-256 3f9a12c4b5d6…", "Đã kiểm tra 1.239 quan hệ", "7 quan hệ không kiểm tra được",
        "467 Huyện Đa Krông", "2022-6m", "08:05, 01/07/2022", "9.8.7", "base-12345678",
        "đã nhận báo cáo của 3/4 xã", "Xã Ba Nang", "Phòng Lao động",
    ):  # fmt: skip
        assert part in text, part


def test_what_to_do_is_said_once():
    """Findings of a rule on a sheet share one remedy; different ones stand with their cells."""
    same = [finding("a.xlsx", cell=f"D{i}") for i in range(5)]
    page = render_page(source([row("a.xlsx", "errors")], same))
    assert page.count("Kiểm tra trên sổ gốc.") == 1
    other = [finding("a.xlsx", cell=f"D{i}", todo=f"Việc {i}.") for i in range(5)]
    page = render_page(source([row("a.xlsx", "errors")], other))
    assert all(page.count(f"Việc {i}.") == 1 for i in range(5))


def test_batch_and_nothing():
    """What concerns no file has a place, and a check without findings says so."""
    page = render_page(
        source([row("a.xlsx", "ok")], [finding(None, "V601", sheet=None, cell=None)])
    )
    assert "Chung cho cả đợt" in page
    page = render_page(source([row("a.xlsx", "ok")], [finding("in/~$a.xlsx", "V102", sheet=None)]))
    assert "<h4>in/~$a.xlsx</h4>" in page
    page = render_page(source([row("a.xlsx", "ok")], []))
    assert "Không phát hiện điều gì" in page


def test_never_over_a_file(tmp_path):
    """An existing file stays as it is unless it may be replaced; nothing is left half-written."""
    path = tmp_path / "page.html"
    path.write_text("mine", "utf-8")
    with pytest.raises(UsageError) as raised:
        write_page(path, district())
    assert raised.value.code == "file_exists"
    assert path.read_text("utf-8") == "mine"
    write_page(path, district(), force=True)
    assert path.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]
