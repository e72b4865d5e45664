"""The catalogue says what Circular 13/2021/TT-BLĐTBXH says."""

from datetime import date

import pytest

from ctk.indicators import COMMUNES, load_catalogue
from ctk.periods import Period

FIRST, LATER = date(2021, 11, 15), date(2022, 1, 1)
PINNED = [
    # id, name of the gazette, first day in force, how often published
    ("I-0101", "Dân số trẻ em", FIRST, ("annual", "5-yearly", "10-yearly")),
    ("I-0102", "Tỷ số giới tính khi sinh", FIRST, ("annual",)),
    (
        "I-0104",
        "Số lượng, tỷ lệ xã, phường, thị trấn phù hợp với trẻ em",
        FIRST,
        ("twice in 5 years",),
    ),
    ("I-0107", "Tỷ lệ trẻ em ở trong hộ gia đình có sử dụng nhiên liệu sạch", FIRST, ("2-yearly",)),
    ("I-0201", "Tỷ suất chết sơ sinh", FIRST, ("5-yearly",)),
    ("I-0207", "Tỷ suất sinh trong độ tuổi từ 10-19 tuổi", FIRST, ("annual",)),
    ("I-0301", "Số lượng, tỷ lệ trẻ em có hoàn cảnh đặc biệt", FIRST, ("annual",)),
    ("I-0306", "Số lượng, tỷ lệ trẻ em khuyết tật", FIRST, ("5-yearly", "10-yearly")),
    ("I-0317", "Số lượng, tỷ lệ trẻ em tảo hôn", FIRST, ("5-yearly",)),
    ("I-0409", "Số lượng, tỷ lệ học sinh bỏ học", FIRST, ("annual",)),
    ("II-0101", "Số trẻ em bị xâm hại", FIRST, ("annual", "5-yearly")),
    ("II-0103", "Số lượng, tỷ lệ trẻ em bị bóc lột", FIRST, ("5-yearly",)),
    ("II-0112", "Số lượng, tỷ lệ trẻ em bị xâm hại được trợ giúp", FIRST, ("annual",)),
    (
        "II-0201",
        "Số vụ vi phạm hành chính đối với hành vi xâm hại trẻ em",
        LATER,
        ("annual",),
    ),
    (
        "II-0212",
        "Số vụ xử lý vi phạm hành chính đối với hành vi gây tổn hại khác",
        LATER,
        ("annual",),
    ),
]
# measure, multiplier, numerator, denominator
FORMULAS = [
    ("I-0102.r", 100, ("I-0102.1",), ("I-0102.2",)),
    ("I-0103.r", 1000, ("I-0103",), ("I-0103.m",)),
    ("I-0105.r", 100, ("I-0105",), ("I-0101",)),
    ("I-0202.r", 1000, ("I-0202",), ("I-0103",)),
    ("I-0207.r", 1000, ("I-0207",), ("I-0207.m",)),
    ("I-0208.r", 100_000, ("I-0208",), ("I-0101",)),
    ("I-0210.r", 100_000, ("I-0210",), ("I-0101",)),
    ("I-0301.r", 100, ("I-0301",), ("I-0101",)),
    ("I-0302.r", 100, ("I-0302",), ("I-0301",)),
    ("I-0104.r", 100, ("I-0104",), (COMMUNES,)),
    ("I-0502.r", 100, ("I-0502",), (COMMUNES,)),
    ("II-0102.r", 100, ("II-0102",), ("II-0101",)),
    ("II-0110.r", 100, ("II-0110",), ("II-0108.m",)),
]


@pytest.fixture(scope="module")
def catalogue():
    """The built-in catalogue."""
    return load_catalogue()


@pytest.fixture(scope="module")
def measures(catalogue):
    """All measures by id."""
    return {measure.id: measure for measure in catalogue.measures}


def test_counts_of_the_circular(catalogue):
    """60 + 24 indicators; 132 measures: 58 counts and 74 rates."""
    appendices = [indicator.appendix for indicator in catalogue.indicators]
    counts = sum(measure.is_count for measure in catalogue.measures)
    assert (appendices.count("I"), appendices.count("II")) == (60, 24)
    assert (
        len(catalogue.measures),
        counts,
        len(catalogue.measures) - counts,
    ) == (132, 58, 74)


def test_groups_hold_as_many_indicators_as_the_gazette_lists(catalogue):
    """10, 11, 23, 9, 2, 5 in Appendix I and 12, 12 in Appendix II."""
    sections = [indicator.section for indicator in catalogue.indicators]
    sizes = {section.id: sections.count(section.id) for section in catalogue.sections}
    assert sizes == {
        "I.1": 10, "I.2": 11, "I.3": 23, "I.4": 9, "I.5": 2, "I.6": 5, "II.1": 12, "II.2": 12,
        "605": 0,  # only an official form asks it
    }  # fmt: skip


@pytest.mark.parametrize(("id_", "name", "since", "period"), PINNED, ids=[p[0] for p in PINNED])
def test_pinned_indicators(catalogue, id_, name, since, period):
    """Name, first day in force and period are those of the gazette."""
    found = catalogue.indicator(id_)
    assert (name, since, period) == (found.name_vi, found.in_force_from, found.period)


def test_administrative_handling_is_in_force_from_2022(catalogue):
    """The twelve of group II.II start on 1 January 2022, all others on 15 November 2021."""
    since = {i.id: i.in_force_from for i in catalogue.indicators}
    assert {f"II-02{n:02}" for n in range(1, 13)} == {k for k, v in since.items() if v == LATER}
    assert {FIRST, LATER} == set(since.values())


def test_names_that_differ_between_list_and_content_are_both_kept(catalogue):
    """The gazette words seven names differently in its list and in its contents."""
    differing = {i.id for i in catalogue.indicators if i.name_vi_content not in ("", i.name_vi)}
    assert {
        "I-0207", "I-0316", "I-0323", "I-0502", "I-0601", "II-0203", "II-0211",
    } == differing  # fmt: skip
    assert "hỏi ý kiến" in catalogue.indicator("I-0601").name_vi_content
    assert "lấy ý kiến" in catalogue.indicator("I-0601").name_vi


@pytest.mark.parametrize(("id_", "times", "above", "below"), FORMULAS, ids=[f[0] for f in FORMULAS])
def test_pinned_formulas(measures, id_, times, above, below):
    """Numerator, denominator and multiplier are those of the contents."""
    found = measures[id_]
    assert (times, above, below) == (found.multiplier, found.numerator, found.denominator)


def test_kind_and_multiplier_agree(measures):
    """Percentages and ratios take 100, per mille 1,000, per 100,000 children 100,000."""
    times = {
        "count": None, "rate_percent": 100, "ratio_per_100": 100,
        "rate_per_mille": 1000, "rate_per_100k": 100_000,
    }  # fmt: skip
    wrong = [m.id for m in measures.values() if m.multiplier != times[m.kind]]
    assert wrong == []


def test_groups_in_special_circumstances_divide_by_all_such_children(measures):
    """I-0303 to I-0316 divide by children in special circumstances, not by all children."""
    below = {measures[f"I-03{n:02}.r"].denominator for n in range(3, 17)}
    assert {("I-0301",)} == below


def test_communes_come_from_the_tree(catalogue, measures):
    """Nobody types the number of communes; only I-0104 and I-0502 divide by it."""
    using = {m.indicator for m in measures.values() if COMMUNES in m.denominator}
    assert {"I-0104", "I-0502"} == using
    assert COMMUNES not in catalogue.element_index
    assert {"yes_no"} == {catalogue.element(id_).adds for id_ in ("I-0104", "I-0502")}


@pytest.mark.parametrize(
    "id_",
    [
        "I-0102.r",  # boys to girls
        "I-0201.r", "I-0202.r", "I-0203.r",  # deaths of a year to births of the year
        "I-0303.r",  # orphans of one parent are no group of the denominator
        "I-0312.r", "I-0313.r", "I-0314.r",  # victims need not be in special circumstances
        "I-0401.r", "I-0402.r", "I-0403.r",  # attendance by place of school
        "I-0405.r1", "I-0407.r1",  # gross enrolment
        "I-0406.r3", "I-0408.r2", "I-0408.r3",  # cohorts of earlier years
        "I-0207.r", "I-0208.r", "I-0209.r", "I-0210.r",
    ],
)  # fmt: skip
def test_no_subset_where_a_rate_may_pass_100_percent(measures, id_):
    """Sex ratio, mortality, orphans, gross and cohort rates are not parts of their denominator."""
    assert not measures[id_].subset


@pytest.mark.parametrize("id_", ["I-0105.r", "I-0301.r", "I-0302.r", "I-0304.r", "II-0112.r"])
def test_subset_where_the_circular_makes_one(measures, id_):
    """Poor, in special circumstances, helped: a part of the children they are divided by."""
    assert measures[id_].subset


def test_cohort_rates_have_denominators_of_their_own(measures):
    """I-0406.r3 and I-0408.r2, .r3 divide by pupils of earlier school years, typed in."""
    own = {measures[id_].denominator for id_ in ("I-0406.r3", "I-0408.r2", "I-0408.r3")}
    assert len(own) == 3
    assert own.isdisjoint({measures["I-0406.r1"].denominator, measures["I-0408.r1"].denominator})


def test_drop_out_is_counted_by_grade_and_by_level(measures):
    """I-0409 has a count and rate of grades 1-5 and 6-9, and of the two levels."""
    by_grade, by_level = measures["I-0409.r1"], measures["I-0409.r2"]
    assert (len(by_grade.numerator), len(by_grade.denominator)) == (9, 9)
    assert (len(by_level.numerator), len(by_level.denominator)) == (2, 2)
    assert measures["I-0409.n1"].numerator == by_grade.numerator
    assert measures["I-0409.n2"].numerator == by_level.numerator


@pytest.mark.parametrize("code", ["0202", *(f"02{n:02}" for n in range(4, 12))])
def test_offenders_are_organisations_and_individuals(catalogue, code):
    """II-0202 and II-0204 to II-0211 are the sum of organisations and individuals (by sex)."""
    element = catalogue.element(f"II-{code}")
    parts = [catalogue.element(id_) for id_ in element.sum_of[0]]
    assert [part.name_vi for part in parts] == ["Tổ chức", "Cá nhân"]
    assert [part.breakdowns for part in parts] == [(), ("sex",)]


def test_cases_end_in_five_ways(catalogue):
    """A case of II-0201 ends in one of five ways, which add up to all cases."""
    (ways,) = catalogue.element("II-0201").sum_of
    assert [f"II-0201.{n}" for n in range(1, 6)] == list(ways)


def test_offenders_are_no_part_of_the_cases(catalogue):
    """One case may have several offenders and another none who is handled: no relation is due."""
    element = catalogue.element("II-0202")
    related = {*element.within, *element.equals}
    assert "II-0201" not in related
    assert "II-0202" not in catalogue.element("II-0201").within


@pytest.mark.parametrize(
    ("here", "there"), [("II-0103", "I-0312"), ("II-0104", "I-0313"), ("II-0105", "I-0314")]
)
def test_same_counts_in_both_appendices(catalogue, here, there):
    """Exploited, sexually abused, trafficked: the same count in Appendix I and II."""
    assert (there,) == catalogue.element(here).equals


def test_returned_victims_are_not_all_victims(catalogue):
    """Group 12 of form 601-602 holds only children who returned: never equal, never a stand-in."""
    group = catalogue.element("602.12")
    assert group.equals == ()
    assert catalogue.element("I-0314").equals == ()
    assert "602.12" not in catalogue.element("I-0314").same_as


def test_orphans_of_one_parent_are_no_group(catalogue):
    """Orphans are of both parents (a group of its own) or of one; they may exceed I-0301."""
    assert catalogue.element("I-0303").sum_of == (("I-0303.1", "I-0303.2"),)
    assert catalogue.element("I-0303.1").equals == ("602.01",)
    assert "I-0301" not in catalogue.element("I-0303").within


def test_fourteen_groups_cover_the_children_in_special_circumstances(catalogue):
    """A child may be in two groups: the total is at most the sum of the 14, never equal to it."""
    element = catalogue.element("I-0301")
    groups = tuple(f"602.{n:02}" for n in range(1, 15))
    assert (groups,) == element.at_most_sum_of
    assert element.sum_of == ()
    assert {("I-0301",)} == {catalogue.element(group).within for group in groups}


def test_nested_ages(catalogue):
    """Under 1 is within under 5, under 5 within under 8, 11 and over within 7 and over."""
    within = {f"I-0101.{n}": catalogue.element(f"I-0101.{n}").within for n in range(1, 6)}
    assert "I-0101.2" in within["I-0101.1"]
    assert "I-0101.3" in within["I-0101.2"]
    assert "I-0101.4" in within["I-0101.5"]
    assert all("I-0101" in within[f"I-0101.{n}"] for n in (2, 3, 4, 5))


def test_categories_that_the_circular_names(catalogue):
    """Six types of disability, five forms of exploitation and of sexual abuse."""
    ids = [element.id for element in catalogue.elements if element.part]
    sizes = {
        of: sum(id_.startswith(f"{of}.") for id_ in ids) for of in ("I-0306", "I-0312", "I-0313")
    }
    assert sizes == {"I-0306": 6, "I-0312": 5, "I-0313": 5}


class TestAsked:
    """What the form of a period asks."""

    SIX, YEAR = Period(2022, 6), Period(2022, 12)

    def test_six_months_ask_no_school_year_figure(self, catalogue):
        """A six-month form has no school-year figure and nothing of section I.4."""
        asked = catalogue.asked(self.SIX)
        assert {"school_year"}.isdisjoint(element.adds for element in asked)
        assert {"I.4"}.isdisjoint(element.section for element in asked)

    def test_six_months_ask_no_rarer_than_yearly_figure(self, catalogue):
        """Of what is published less than yearly only disability and child marriage stay."""
        rare = [i for i in catalogue.indicators if "annual" not in i.period]
        used = {m.numerator[0]: i.id for i in rare for m in i.measures}
        asked = {element.id for element in catalogue.asked(self.SIX)}
        assert {"I-0306", "I-0317"} == {used[id_] for id_ in asked & set(used)}

    def test_a_year_asks_everything(self, catalogue):
        """The form of a full year has all elements."""
        assert catalogue.elements == catalogue.asked(self.YEAR)

    def test_six_months_are_part_of_nine_and_of_the_year(self, catalogue):
        """What six months ask, nine months and the year ask too."""
        six, nine = set(catalogue.asked(self.SIX)), set(catalogue.asked(Period(2022, 9)))
        assert six <= nine <= set(catalogue.asked(self.YEAR))

    def test_group_two_is_not_asked_for_2021(self, catalogue):
        """The year 2021 ended before II-0201 to II-0212 were in force."""
        asked = {element.indicator for element in catalogue.asked(Period(2021, 12))}
        assert not any(id_.startswith("II-02") for id_ in asked)
        assert "II-0112" in asked

    def test_rows_of_surveys_are_optional(self, catalogue):
        """What only surveys know is optional, but disability and child marriage are asked."""
        optional = {e.indicator for e in catalogue.elements if e.place == "optional"}
        assert {"I-0107", "I-0108", "I-0109", "I-0110", "I-0202", "I-0203", "I-0318"} <= optional
        assert {"I-0306", "I-0317"}.isdisjoint(optional)
        assert catalogue.element("602.04").place == "main"


def test_every_element_says_how_it_adds(catalogue):
    """Stocks, school years and distinct children are told from events."""
    known = {
        "I-0101": "stock", "I-0206": "cumulative", "I-0302": "distinct", "I-0405.1": "school_year",
        "II-0201": "event", "I-0104": "yes_no",
    }  # fmt: skip
    assert known == {id_: catalogue.element(id_).adds for id_ in known}


def test_parts_ask_no_column_that_their_total_lacks(catalogue):
    """A sum is checked column by column; only of offenders the individuals alone have a sex."""
    odd = [
        part
        for element in catalogue.elements
        for parts in element.sum_of
        for part in parts
        if not set(catalogue.element(part).breakdowns) <= set(element.breakdowns)
    ]
    assert {f"II-02{n:02}.2" for n in (2, *range(4, 12))} == set(odd)
