"""The page of `ctk dashboard` as it stands in the file."""

import re
from dataclasses import replace
from html import unescape

import pytest

from ctk.errors import UsageError
from ctk.indicators import load_catalogue
from ctk.periods import Period
from ctk.report.dashboard import Moment, load_content, write_dashboard
from ctk.report.dashboard.write import render_dashboard
from ctk.report.figures import Figure
from ctk.report.targets.plans import Plans
from ctk.report.targets.wording import target_lines
from ctk.settings import Office
from ctk.targets.loader import all_targets
from dashboards import Page, complete, district, number, source, withheld, years
from report.builder import Figures, half_up

HOSTILE = "</script></svg><script>window.owned=1</script><img src=x onerror='window.owned=2'>\"'&"
RATE, COUNT = "I-0301.r", "II-0101.n"


@pytest.fixture(scope="module")
def whole():
    """The page of a complete district, with what it was made from."""
    made = complete()
    return made, render_dashboard(made)


@pytest.fixture(scope="module")
def gaps():
    """The page of a district with a missing commune and a blank cell."""
    made = district()
    return made, render_dashboard(made)


def rows(frame, name, id_):
    """Rows of a measure or element."""
    return frame[frame[name].eq(id_)]


class TestFigures:
    """What is printed is what was added up."""

    def test_every_figure_of_the_tables(self, whole):
        """Each cell of the tables is its row of the frames, rounded half up."""
        made, html = whole
        context, catalogue = made.context, load_catalogue()
        rates = {m.id for m in catalogue.measures if not m.is_count}
        page = Page(html)
        looked_at = 0
        for (unit, id_, slice_, period), text in page.cells.items():
            frame, name = (context.values, "measure")
            if id_ not in set(frame[name]):
                frame, name = (context.elements, "element")
            keys = dict(zip(("sex", "age", "ethnicity", "area"), slice_.split(","), strict=True))
            found = rows(frame, name, id_)
            found = found[found["unit"].eq(unit)]
            for key, value in keys.items():
                found = found[found[key].eq(value)]
            if found.empty:
                assert text == "không thu thập"
                continue
            expected = half_up(found["value"].item(), 2 if id_ in rates else 0)
            assert number(text) == expected, (unit, id_, slice_, period)
            looked_at += 1
        assert looked_at > 13 * 4 + 6 * 3 + 14 * 5

    def test_headline(self, whole):
        """A tile has title, figure, unit, coverage."""
        made, html = whole
        (row,) = rows(made.context.values, "measure", "I-0301.n").pipe(
            lambda f: f[f["unit"].eq("467") & f["sex"].eq("T") & f["age"].eq("T")
                        & f["ethnicity"].eq("T") & f["area"].eq("T")]
        ).to_dict("records")  # fmt: skip
        title, figure, unit, told = Page(html).tiles["I-0301.n"]
        assert (title, unit, told) == ("Trẻ em có hoàn cảnh đặc biệt", "người", "đủ 13/13 xã")
        assert number(figure) == row["value"]

    def test_an_incomplete_figure_is_no_total(self, gaps):
        """The tile shows no number as its figure; the sum so far stands in a sentence."""
        made, html = gaps
        title, figure, so_far, *rest = Page(html).tiles[COUNT]
        assert figure == "Chưa đủ số liệu"
        known = made.context.values
        known = known[known["measure"].eq(COUNT) & known["sex"].eq("T") & known["age"].eq("T")]
        whole = known["unit"].eq("467") & known["area"].eq("T")
        communes = known[~known["unit"].eq("467") & known["area"].eq("T")]
        assert known[whole]["reported"].item() == 11
        said = number(re.search(r"cộng được ([\d.]+) người của 11/13 xã", so_far)[1])
        assert said == communes["value"].sum()
        assert "chưa phải tổng số" in so_far
        assert (title, rest) == ("Trẻ em bị xâm hại", [])

    def test_missing_and_blank_are_no_zero(self, gaps):
        """A commune without a report and one with a blank cell are named so, without a bar."""
        _, html = gaps
        page = Page(html)
        assert page.cells["19594", COUNT, "T,T,T,T", None] == "chưa báo cáo"
        assert page.cells["19585", COUNT, "T,T,T,T", None] == "chưa có số liệu"
        chart = page.charts["units-3"]
        said = dict(zip(chart["labels"], chart["values"], strict=True))
        assert (said["Xã A Ngo"], said["Xã A Vao"]) == ("chưa báo cáo", "chưa có số liệu")
        assert len(chart["labels"]) == 13
        assert len(chart["bars"]) == 11

    def test_a_district_that_is_silent(self):
        """A unit below from which there is no figure at all has not reported."""
        made = complete()
        context = made.context
        values, elements = (
            frame[frame["unit"] != "19588"] for frame in (context.values, context.elements)
        )
        html = render_dashboard(
            replace(made, context=replace(context, values=values, elements=elements))
        )
        assert Page(html).cells["19588", COUNT, "T,T,T,T", None] == "chưa báo cáo"

    def test_english(self):
        """Numbers and words in English; no sentence is left without its wording."""
        html = render_dashboard(complete(lang="en"))
        assert "Children in special circumstances" in html
        assert re.search(r"\d,\d{3}", html)
        assert '<html lang="en">' in html


class TestCharts:
    """Lengths and places are proportional to the figures."""

    def test_bars_of_units(self, whole):
        """Each bar is as long as its figure, measured against the longest; the highest is first."""
        made, html = whole
        for place, item in enumerate(made.content.comparison, 1):
            frame = made.context.values
            frame = frame[frame["measure"].eq(item.id) & ~frame["unit"].eq("467")]
            frame = frame[(frame[["sex", "age", "ethnicity", "area"]] == "T").all(axis=1)]
            expected = sorted(frame["value"], reverse=True)
            # pygal draws from below upwards
            bars = Page(html).charts[f"units-{place}"]["bars"][::-1]
            assert len(bars) == 13
            assert bars == pytest.approx(
                [value / expected[0] * bars[0] for value in expected], abs=0.02
            )

    def test_bars_by_sex(self, whole):
        """Boys and girls on one scale, by form of abuse."""
        made, html = whole
        frame = made.context.values
        frame = frame[frame["unit"].eq("467") & frame["area"].eq("T")]
        expected = [
            frame[frame["measure"].eq(item.id) & frame["sex"].eq(sex)]["value"].item()
            for sex in "MF"
            for item in made.content.abuse
            if item.id in set(frame["measure"])
        ]
        half = len(expected) // 2
        bars = Page(html).charts["abuse-chart"]["bars"]
        # pygal draws girls first, and from below upwards
        drawn = [*bars[half:][::-1], *bars[:half][::-1]]
        assert half == 5
        scale = max(bars) / max(expected)
        assert drawn == pytest.approx([value * scale for value in expected], abs=0.02)

    def test_zero_has_no_bar_and_is_a_figure(self):
        """A complete 0 is written as 0."""
        figures = Figures()
        for key in figures.known:
            if key[1] == "602.01":
                figures.known[key] = 0
        chart = Page(render_dashboard(source(figures.context()))).charts["circumstances-chart"]
        said = dict(zip(chart["labels"], chart["values"], strict=True))
        assert (len(chart["bars"]), said["Mồ côi cả cha và mẹ"]) == (13, "0")

    def test_a_sum_so_far_looks_otherwise(self, gaps):
        """Bars of incomplete figures are marked as such and say of how many communes they are."""
        _, html = gaps
        chart = html[html.index('id="circumstances-chart"') : html.index('id="deadlines"')]
        assert chart.count('class="so-far"') == 14
        assert "mới 12/13: " in chart

    def test_units_of_a_large_province(self):
        """168 communes: every one is named once in each chart, no drawing has more than 40."""
        figures = Figures("79", Period(2026, 6), missing={"26737"})
        keep = {item.id for item in complete().content.comparison}
        context = figures.context()
        few = context.values[context.values["measure"].isin(keep)]
        page = Page(render_dashboard(source(replace(context, values=few))))
        names = sorted(unit.full_name for unit in figures.communes)
        assert len(names) == 168
        pieces = [chart for id_, chart in page.charts.items() if id_.startswith("units-1-")]
        assert all(len(piece["labels"]) <= 40 for piece in pieces)
        assert sorted(label for piece in pieces for label in piece["labels"]) == names
        longest = [max(piece["bars"]) for piece in pieces]
        assert longest == sorted(longest, reverse=True)


class TestOverTime:
    """Periods of the ledger."""

    def test_lengths_of_period_are_apart(self):
        """Whole years are drawn without the half year between them."""
        made = complete()
        series = years([COUNT], {2019: 30, 2020: 20, 2021: 10})
        page = Page(render_dashboard(replace(made, series=(*series, *made.series))))
        drawn = page.charts["series-3-12m"]
        assert drawn["values"] == ["30", "20", "10"]
        assert drawn["labels"] == ["0", "2019", "2020", "2021"]
        assert "series-3-6m" not in page.charts
        heights = [y for _, y in drawn["points"]]
        assert heights[1] - heights[0] == pytest.approx(heights[2] - heights[1], abs=0.02)

    def test_gaps_stay_gaps(self):
        """A year without a report and one with an incomplete figure have no point."""
        made = complete()
        series = years([COUNT], {2017: 30, 2019: None, 2020: 20})
        page = Page(render_dashboard(replace(made, series=(*series, *made.series))))
        drawn = page.charts["series-3-12m"]
        assert drawn["labels"] == ["0", "2017", "2018", "2019", "2020"]
        assert (drawn["values"], len(drawn["points"])) == (["30", "20"], 2)
        assert page.cells["467", COUNT, "T,T,T,T", "2019-12m"].startswith("chưa")

    def test_break_of_july_2025(self):
        """A mark stands between the old units and the new ones, and the line does not cross it."""
        made = complete()
        old = [replace(m, crosses=True) for m in years([COUNT], {2023: 5, 2024: 6})]
        new = years([COUNT], {2025: 7})
        html = render_dashboard(replace(made, series=(*old, *new, *made.series)))
        page = Page(html)
        assert page.charts["series-3-12m"]["labels"] == ["0", "2023", "2024", "7/2025", "2025"]
        assert "đơn vị hành chính đổi từ 01/7/2025" in html
        drawing = html[html.index('id="series-3-12m"') :]
        lines = re.findall(r'<path d="(M[^"]*)" class="line', drawing[: drawing.index("</svg>")])
        assert all("L" not in one or one.count("L") == 1 for one in lines)

    def test_what_cannot_be_divided(self):
        """A period whose units went in only in part is named and not compared."""
        made = complete()
        then = Moment(Period(2021, 6), {}, crosses=True, comparable=False)
        page = Page(render_dashboard(replace(made, series=(then, *made.series))))
        assert page.cells["467", COUNT, "T,T,T,T", "2021-6m"] == "không so sánh được"

    @pytest.mark.parametrize(
        ("then", "now", "said"),
        [
            (40, 50, "tăng 10 người (25,0 %)"),
            (50, 40, "giảm 10 người (20,0 %)"),
            (40, 40, "không đổi"),
            (0, 3, "tăng 3 người"),
            (None, 40, "kỳ trước chưa đủ số liệu"),
        ],
    )
    def test_change_of_a_count(self, then, now, said):
        """Against the same months of the year before, never against 0 or an incomplete figure."""
        made = beside(COUNT, now, then)
        assert Page(render_dashboard(made)).tiles[COUNT][-1] == said

    def test_change_of_a_share(self):
        """A share of children rises by points, not by per cent."""
        made = beside(RATE, 2.5, 1.25)
        assert Page(render_dashboard(made)).tiles[RATE][-1] == "tăng 1,25 điểm phần trăm"

    def test_no_change_on_a_public_copy(self):
        """What changed would tell the earlier figure, which was not protected together with it."""
        made = beside(COUNT, 40, 50)
        html = render_dashboard(replace(made, context=replace(made.context, public=True)))
        assert "giảm" not in " ".join(Page(html).tiles[COUNT])


def beside(id_, now, then):
    """A district whose figure is known now and, unless it is None, in the year before."""
    made = complete()
    values = made.context.values
    own = values["measure"].eq(id_) & values["unit"].eq("467")
    values.loc[own, "value"] = now
    before = values.copy()
    before.loc[own, "value"] = then
    if then is None:
        before.loc[own, "reported"] = 9
    previous = replace(made.context, period=Period(2021, 6), values=before)
    return replace(made, context=replace(made.context, previous=previous))


class TestTargets:
    """What the unit's documents aim at."""

    @staticmethod
    def page(months):
        """A district in a period, with the targets of Hậu Giang for 2022."""
        plans = Plans((all_targets(None)["haugiang-2022"],))
        context = Figures(period=Period(2022, months)).context(plans=lambda: plans)
        html = render_dashboard(source(context))
        part = html[html.index('id="targets"') : html.index('id="deadlines"')]
        return context, re.findall(r'<tr class="target (\w+)">(.*?)</tr>', part)

    def test_as_ctk_targets_says(self):
        """One row a target, with the words of `ctk targets`."""
        context, rows = self.page(12)
        lines = target_lines(context)
        assert len(rows) == len(lines) > 10
        for (standing, row), line in zip(rows, lines, strict=True):
            cells = [unescape(text) for text in re.findall(r"<td>(.*?)</td>", row)]
            assert standing == line.judged.standing.value
            assert cells == [line.no, line.standing, line.actual, line.target, line.year,
                             line.gap, line.coverage]  # fmt: skip
        assert {"met", "missed"} & {standing for standing, _ in rows}

    def test_a_part_of_a_year_is_not_judged(self):
        """No target for a year is met or missed after six months."""
        _, rows = self.page(6)
        assert not {"met", "missed"} & {standing for standing, _ in rows}


class TestPublic:
    """A withheld figure is nowhere."""

    HIDDEN = (COUNT, "II-0102.n", "602.05", "I-0209")

    @pytest.mark.parametrize("lang", ["vi", "en"])
    def test_not_in_a_word_or_attribute(self, lang):
        """The number is not in the file, written in whichever way; it is said to be withheld."""
        made = complete(lang=lang)
        context = withheld(made.context, self.HIDDEN, 7654321)
        hidden = Figure(7654321, 7654321, 13, 13, withheld=True)
        series = (
            Moment(Period(2021, 6), dict.fromkeys(self.HIDDEN, hidden)),
            Moment(context.period, dict.fromkeys(self.HIDDEN, hidden)),
        )
        html = render_dashboard(replace(made, context=context, series=series))
        assert not re.search(r"7[.,  ]?654[.,  ]?321", html)
        page = Page(html)
        word = {"vi": "không công bố", "en": "withheld"}[lang]
        assert page.tiles[COUNT][1:] == [word]
        assert page.cells["19588", COUNT, "T,T,T,T", None] == word
        chart = page.charts["circumstances-chart"]
        assert dict(zip(chart["labels"], chart["values"], strict=True))[
            {"vi": "Nhiễm HIV/AIDS", "en": "With HIV/AIDS"}[lang]
        ] == word  # fmt: skip

    def test_the_highest_is_only_the_highest_of_those_published(self):
        """What is withheld may be higher: the description of a chart does not deny it."""
        made = complete()
        values = made.context.values
        one = values["measure"].eq(RATE) & values["unit"].eq("19588")
        partly = replace(made.context, values=values.assign(withheld=one))
        said = "Trong 12 đơn vị có số liệu trong biểu đồ, cao nhất"
        assert said in render_dashboard(replace(made, context=partly))
        assert said not in render_dashboard(made)

    def test_says_that_it_is_public(self):
        """Title, head and foot of the two copies differ."""
        made = complete()
        internal = render_dashboard(made)
        public = render_dashboard(replace(made, context=withheld(made.context, (), 0)))
        assert "Bản công khai" in re.search(r"<title>(.*)</title>", public)[1]
        assert "Bản nội bộ" in re.search(r"<title>(.*)</title>", internal)[1]
        assert "Dùng trong nội bộ" in internal
        assert "Dùng trong nội bộ" not in public

    def test_what_is_the_office_s(self):
        """Who is late, and remarks, which may hold figures, are not published."""
        made = complete(notes=("Chưa khớp: 1.234",))
        public = render_dashboard(replace(made, context=withheld(made.context, (), 0)))
        internal = render_dashboard(made)
        assert ("Chưa khớp" in internal, "Hạn nộp" in internal) == (True, True)
        assert ("Chưa khớp" in public, "Hạn nộp" in public) == (False, False)


class TestFile:
    """One file that stands alone."""

    def test_same_figures_same_bytes(self, gaps):
        """Nothing of the moment or by chance is in the page."""
        made, html = gaps
        assert render_dashboard(made) == html
        assert "pygal.org" not in html

    def test_alone(self, gaps):
        """Nothing leads anywhere else, by markup, style or script; no style stands in a tag."""
        _, html = gaps
        assert Page(html).outside == []
        apart = html.replace("http://www.w3.org/2000/svg", "").replace(
            "http://www.w3.org/1999/xlink", ""
        )
        assert not re.search(r"url\(|@import|https?:", apart)
        assert not re.search(r'<[^>]* style="', html)

    def test_names_are_text(self):
        """Whatever the names and notes hold is shown as it is."""
        made = complete(notes=(HOSTILE,), office=Office(agency=HOSTILE, superior=HOSTILE))
        context = made.context
        unit = context.unit._replace(name=HOSTILE)
        children = (context.children[0]._replace(name=HOSTILE), *context.children[1:])
        html = render_dashboard(
            replace(made, context=replace(context, unit=unit, children=children))
        )
        assert html.count("<script>") == 1
        assert "<img" not in html

    def test_never_over_a_file(self, tmp_path):
        """An existing file stays as it is unless it may be replaced."""
        path = tmp_path / "page.html"
        path.write_text("mine", "utf-8")
        with pytest.raises(UsageError) as raised:
            write_dashboard(path, complete())
        assert raised.value.code == "file_exists"
        assert path.read_text("utf-8") == "mine"


class TestContent:
    """What is shown is data."""

    def own(self, tmp_path, text):
        """The office's own file."""
        path = tmp_path / "dashboard.toml"
        path.write_text(text, "utf-8")
        return load_content(path, load_catalogue())

    def test_own_part_replaces_that_of_ctk(self, tmp_path):
        """A part that is named is the office's, an empty one is empty, the others stay."""
        item = '{ id = "I-0104.n", vi = "Xã phù hợp", en = "Suitable" }'
        content = self.own(tmp_path, f"dashboard = 1\nheadline = [{item}]\nseries = []")
        assert [each.title("en") for each in content.headline] == ["Suitable"]
        assert content.series == ()
        assert len(content.circumstances) == 14

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("headline = [", ""),
            ("dashboard = 2", "dashboard = 2"),
            ("headlines = []", "headlines"),
            ("headline = 3", "headline"),
            ('headline = [{ id = "I-9999.n", vi = "a", en = "b" }]', "I-9999.n"),
            ('headline = [{ id = "I-0104.n", vi = "a" }]', "headline"),
            ('headline = [{ id = "I-0104.n", vi = "", en = "b" }]', "headline"),
            ('headline = ["I-0104.n"]', "I-0104.n"),
        ],
    )
    def test_a_bad_file_is_refused(self, tmp_path, text, reason):
        """The file and what is wrong in it are named."""
        with pytest.raises(UsageError) as raised:
            self.own(tmp_path, text)
        assert raised.value.code == "dashboard_content"
        assert reason in raised.value.title("vi")
        assert "dashboard.toml" in raised.value.title("vi")


def test_nothing_that_was_not_asked():
    """A part whose figures the period does not ask says so."""
    made = complete()
    context = replace(made.context, elements=made.context.elements.head(0))
    html = render_dashboard(replace(made, context=context))
    part = html[html.index('id="circumstances"') : html.index('id="deadlines"')]
    assert "Kỳ này không thu thập" in part
    assert "<svg" not in part


def test_a_commune_alone():
    """A unit with nothing below it has no comparison."""
    made = complete()
    html = render_dashboard(replace(made, context=replace(made.context, children=())))
    assert "không có đơn vị trực thuộc" in html
