"""Judged targets: met, missed, in progress, not measurable, withheld, and how far."""

from dataclasses import replace

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctk.periods import Period
from ctk.report import ReportContext
from ctk.report.figures import WHOLE, Figure
from ctk.report.targets.book import write_targets
from ctk.report.targets.judge import Reason, Standing, judge
from ctk.report.targets.plans import Plans
from ctk.report.targets.wording import set_notes, target_lines
from ctk.settings import Office
from ctk.targets.loader import load_targets
from ctk.targets.types import Match, Operator, Target, TargetSet, Typed
from ctk.units.lookup import find_unit, path_to_root

KEYS = ["sex", "age", "ethnicity", "area"]
COUNTS = ["value", "partial", "numerator", "denominator", "reported", "expected"]


def frame(name, unit, figures):
    """Rows of a frame: {(id, slice): (value, reported, expected)}; NaN value where incomplete."""
    rows = [
        (unit, "-", id_, *part, value if reported == expected else float("nan"),
         float("nan") if reported == expected else value, float("nan"), float("nan"),
         reported, expected)
        for (id_, part), (value, reported, expected) in figures.items()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["unit", "period", name, *KEYS, *COUNTS])


def context(measures=None, elements=None, code="93", period="2022-12m", **changes):
    """A context of hand-made figures; `plans` are given as such."""
    year, months = period.removesuffix("m").split("-")
    when = Period(int(year), int(months))
    plans = changes.pop("plans", Plans())
    whole = {(id_, WHOLE): told for id_, told in (measures or {}).items()}
    parts = {(id_, WHOLE): told for id_, told in (elements or {}).items()}
    made = ReportContext(
        unit=find_unit(code, when.end),
        parents=path_to_root(code, when.end)[1:],
        period=when,
        values=frame("measure", code, whole),
        elements=frame("element", code, parts),
        children=(),
        missing=(),
        notes=(),
        cut_offs=(),
        kinds=(),
        office=Office(),
        lang="vi",
        plans=lambda: plans,
    )
    return replace(made, **changes)


def a_set(**changes):
    """A set with one target: I-0301.r at most 6 in 2022."""
    target = Target(
        no="1", text="HCĐB", match=Match.EXACT, operator=Operator.AT_MOST, unit="%",
        first_year=2022, last_year=2022, value=6.0, measure="I-0301.r",
    )  # fmt: skip
    target = replace(target, **changes)
    return TargetSet("own", "Kế hoạch", "", "93", target.first_year, (target,))


def only(measures=None, elements=None, **changes):
    """The one judged row of a context with a changed target, and its texts."""
    of_target = {k: v for k, v in changes.items() if k in Target.__dataclass_fields__}
    rest = {k: v for k, v in changes.items() if k not in of_target}
    plans = replace(rest.pop("plans", Plans()), sets=(a_set(**of_target),))
    (line,) = target_lines(context(measures, elements, plans=plans, **rest))
    return line


@pytest.mark.parametrize(
    ("operator", "value", "figure", "standing", "gap"),
    [
        (Operator.AT_LEAST, 40, 40.0, "đạt", "vừa bằng"),
        (Operator.AT_LEAST, 40, 39.996, "chưa đạt", "thấp hơn dưới 0,01 điểm %"),
        (Operator.AT_LEAST, 40, 42.125, "đạt", "cao hơn 2,13 điểm %"),
        (Operator.AT_MOST, 6, 6.0, "đạt", "vừa bằng"),
        (Operator.AT_MOST, 6, 6.005, "chưa đạt", "cao hơn 0,01 điểm %"),
        (Operator.LESS, 6, 6.0, "chưa đạt", "vừa bằng"),
        (Operator.LESS, 6, 5.5, "đạt", "thấp hơn 0,50 điểm %"),
        (Operator.MORE, 6, 6.0, "chưa đạt", "vừa bằng"),
        (Operator.MORE, 6, 6.5, "đạt", "cao hơn 0,50 điểm %"),
        (Operator.LESS, 10.69, 10.685, "đạt", "thấp hơn 0,01 điểm %"),
    ],
)
def test_the_unrounded_figure_is_judged(operator, value, figure, standing, gap):
    """39.996 prints as 40,00 and still misses 40; the distance is rounded half up."""
    line = only({"I-0301.r": (figure, 8, 8)}, operator=operator, value=float(value))
    assert (line.standing, line.gap, line.coverage) == (standing, gap, "8/8")


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 10**5))
def test_a_rate_meets_its_own_value(above, below, hundredths):
    """A rate that equals the target as a fraction is judged as equal, whatever floats do."""
    wanted = hundredths / 100
    row = only({"I-0301.r": (above * 100 / below, 1, 1)}, value=wanted).judged
    assert (row.standing is Standing.MET) == (above * 100 * 100 <= hundredths * below)


def test_a_part_of_the_year_is_never_judged():
    """A half-year figure is shown beside the yearly target, without verdict or distance."""
    line = only({"I-0301.r": (9.0, 8, 8)}, period="2022-6m")
    assert (line.standing, line.actual, line.gap) == ("đang thực hiện", "9,00%", "")


def test_an_incomplete_figure_is_never_judged():
    """7 of 8 units: the coverage says so, no number passes as the total."""
    line = only({"I-0301.r": (2.0, 7, 8)})
    assert (line.standing, line.actual, line.gap, line.coverage) == (
        "chưa đủ số liệu",
        "",
        "",
        "7/8",
    )


def test_what_nobody_reported_or_has_no_denominator_cannot_be_told():
    """Neither is 0."""
    assert only({}).judged.reason is Reason.NOT_ASKED
    undefined = only({"I-0301.r": (float("nan"), 8, 8)})
    assert (undefined.judged.reason, undefined.standing) == (Reason.UNDEFINED, "không đo được")


def test_between_milestones_nothing_is_worked_out():
    """2026 has no value: the milestone of 2030 stands there with the distance, without verdict."""
    plans = Plans((load_targets()["quocgia-2021-2030"],))
    given_ = context({"I-0301.r": (5.0, 1, 1)}, code="VN", period="2026-12m", plans=plans)
    line = next(each for each in target_lines(given_) if each.no == "8a")
    told = (line.target, line.year, line.standing, line.gap)
    assert told == ("≤ 6%", "2030 (mốc)", "chưa đến mốc", "thấp hơn 1,00 điểm %")


def test_fewer_than_a_year_needs_that_year():
    """A count is compared with the baseline year's; without it, or incomplete, nothing is said."""
    target = {
        "measure": "II-0101.n", "operator": Operator.BELOW, "value": None, "unit": "người",
        "baseline": 2021,
    }  # fmt: skip

    def against(before):
        earlier = {} if before is None else {2021: {("II-0101.n", WHOLE): before}}
        return only({"II-0101.n": (15.0, 8, 8)}, plans=Plans(earlier=earlier), **target)

    fewer = against(Figure(18.0, None, 8, 8))
    assert (fewer.standing, fewer.gap, fewer.target) == (
        "đạt",
        "thấp hơn 3",
        "giảm so với năm 2021",
    )
    assert "Năm 2021: 18." in fewer.note
    assert against(Figure(15.0, None, 8, 8)).standing == "chưa đạt"
    assert against(Figure(None, 12.0, 7, 8)).standing == "chưa đủ số liệu"
    assert against(None).judged.reason is Reason.NO_BASELINE


@pytest.mark.parametrize(
    ("before", "now", "standing"),
    [(100, 98, "đạt"), (100, 90, "đạt"), (101, 99, "chưa đạt"), (100, 120, "chưa đạt")],
)
def test_a_fall_is_a_share_of_the_year_before(before, now, standing):
    """Down 2 % on the year before: 98 of 100 is enough, 99 of 101 (1.98 %) is not."""
    plans = Plans(earlier={2021: {("I-0317.n", WHOLE): Figure(before, None, 1, 1)}})
    line = only(
        {"I-0317.n": (float(now), 1, 1)}, plans=plans, measure="I-0317.n", unit="người",
        operator=Operator.FALL, value=2.0, to=3.0, baseline="previous",
    )  # fmt: skip
    assert (line.standing, line.target) == (standing, "giảm 2–3% so với năm trước")


def test_a_fall_from_zero_means_nothing():
    """No share of nothing can be worked out."""
    plans = Plans(earlier={2021: {("I-0317.n", WHOLE): Figure(0.0, None, 1, 1)}})
    line = only(
        {"I-0317.n": (0.0, 1, 1)}, plans=plans, measure="I-0317.n", unit="người",
        operator=Operator.FALL, value=2.0, baseline="previous",
    )  # fmt: skip
    assert line.judged.reason is Reason.BASELINE_ZERO


def test_one_level_of_school_is_judged_by_its_own_pupils():
    """Drop-out in primary school: 3 of 1,000, whatever happens in the other level."""
    elements = {
        "I-0409.10": (3.0, 8, 8), "I-0409.10m": (1000.0, 8, 8), "I-0409.20": (50.0, 8, 8),
        "I-0409.20m": (500.0, 8, 8),
    }  # fmt: skip
    level = {"measure": "I-0409.r2", "element": "I-0409.10", "operator": Operator.LESS}
    line = only({"I-0409.r2": (3.53, 8, 8)}, elements, value=0.52, **level)
    assert (line.actual, line.standing, line.gap) == ("0,30%", "đạt", "thấp hơn 0,22 điểm %")
    elements["I-0409.10m"] = (900.0, 7, 8)
    line = only({}, elements, value=0.52, **level)
    assert (line.standing, line.coverage) == ("chưa đủ số liệu", "7/8")


TYPED = Typed("own", "1", "93", "2022-12m", 1.5, "Sở Y tế", "2023-01-05", "Báo cáo 12")
UNMEASURED = {"measure": "", "match": Match.NONE, "why": "Không có"}


def test_a_typed_figure_is_judged_and_marked():
    """Who, when and from where stand beside it; it has no coverage."""
    line = only(plans=Plans(typed=(TYPED,)), value=2.0, **UNMEASURED)
    assert (line.standing, line.actual, line.coverage) == ("đạt", "1,50% (*)", "")
    assert "Số do cơ quan nhập: Sở Y tế, 05/01/2023, Báo cáo 12." in line.note


def test_a_typed_figure_is_for_its_own_unit_and_period():
    """Another unit's or period's figure is not used, and without one nothing can be told."""
    for other in (replace(TYPED, unit="92"), replace(TYPED, period="2022-6m")):
        line = only(plans=Plans(typed=(other,)), **UNMEASURED)
        assert line.judged.reason is Reason.NO_MEASURE


def test_a_typed_figure_never_replaces_what_was_reported():
    """Where communes report, theirs stands, even if it is incomplete."""
    line = only({"I-0301.r": (7.0, 7, 8)}, plans=Plans(typed=(TYPED,)))
    assert (line.standing, line.judged.typed) == ("chưa đủ số liệu", None)


def test_doubted_values_are_marked():
    """Nos. 9 and 15 of the Decision carry a mark beside the value and a sentence."""
    plans = Plans((load_targets()["quocgia-2021-2030"],))
    lines = target_lines(context(code="VN", period="2025-12m", plans=plans))
    assert {line.no for line in lines if line.target.endswith("(?)")} == {"9", "15"}
    assert all("đối chiếu" in line.note for line in lines if line.no in ("9", "15"))


def withheld(made):
    """The same context with all its figures withheld."""
    return replace(
        made,
        public=True,
        values=made.values.assign(withheld=True),
        elements=made.elements.assign(withheld=True),
    )


@pytest.mark.parametrize("value", [0.0, 3.0, 9.0])
def test_a_withheld_figure_is_never_judged(value):
    """Met or missed would tell something of it: neither verdict nor distance nor coverage."""
    plans = Plans((a_set(),))
    (line,) = target_lines(withheld(context({"I-0301.r": (value, 8, 8)}, plans=plans)))
    told = (line.standing, line.actual, line.gap, line.coverage, line.judged.figure.value)
    assert told == ("không công bố", "(c)", "", "", None)


def test_a_public_copy_does_not_tell_a_baseline_that_is_not_public():
    """An earlier year's figure counts only if that period was prepared for publication, too."""
    measures, before = {"II-0101.n": (15.0, 8, 8)}, Figure(18.0, None, 8, 8)
    set_ = a_set(
        measure="II-0101.n", operator=Operator.BELOW, value=None, unit="người", baseline=2021
    )
    plans = Plans((set_,), earlier={2021: {("II-0101.n", WHOLE): before}})
    inside = context(measures, plans=plans)
    (line,) = target_lines(replace(inside, public=True))
    assert (line.standing, line.gap, line.judged.baseline.value) == ("không công bố", "", None)
    assert "18" not in line.note
    earlier = context({"II-0101.n": (18.0, 8, 8)}, period="2021-12m", public=True)
    (line,) = target_lines(replace(inside, public=True, previous=earlier))
    assert line.standing == "đạt"
    (line,) = target_lines(replace(inside, public=True, previous=withheld(earlier)))
    assert line.standing == "không công bố"


def test_a_typed_figure_is_published_only_if_the_office_says_so():
    """Without "public" it is withheld in a public copy, with it it stands there."""
    for typed, standing in ((TYPED, "không công bố"), (replace(TYPED, public=True), "đạt")):
        line = only(plans=Plans(typed=(typed,)), value=2.0, public=True, **UNMEASURED)
        assert line.standing == standing
        assert ("1,50" in line.actual + line.note) == (standing == "đạt")


def test_a_district_sees_whose_targets_they_are():
    """The province's targets stand beside a district's figures with a note."""
    plans = Plans((load_targets()["haugiang-2022"],))
    made = context({"I-0301.r": (0.5, 8, 8)}, code="930", plans=plans)
    (first, *_) = set_notes(plans.sets[0], made)
    assert first == "Đây là mục tiêu của Tỉnh Hậu Giang; số liệu là của Thành phố Vị Thanh"
    assert len(judge(made)) == 32


def test_words_exist_for_every_standing_and_reason():
    """All can be said in both languages."""
    from ctk.messages import LANGUAGES, message

    for lang in LANGUAGES:
        for kind, values in (("standing", Standing), ("reason", Reason), ("operator", Operator)):
            for each in values:
                assert message(f"targets.{kind}.{each.value}", lang)


def test_the_table_to_sign_says_the_same(tmp_path):
    """One sheet a document; figures are numbers, texts never formulas, withheld shows (c)."""
    plans = Plans((a_set(text="=1+1"), load_targets()["haugiang-2022"]))
    made = context({"I-0301.r": (0.456, 8, 8), "I-0302.r": (95.0, 7, 8)}, plans=plans)
    (row,) = write_targets(made, tmp_path)
    sheets = openpyxl.load_workbook(row["file"]).worksheets
    assert [sheet.title for sheet in sheets] == ["own", "haugiang-2022"]
    cells = {r[0]: r[1:9] for r in sheets[1].values if r[0]}
    assert cells["2.1a"][1:6] == ("< 1%", "2022", 0.46, "đạt", "thấp hơn 0,54 điểm %")
    assert (cells["2.1b"][3], cells["2.1b"][4], cells["2.1b"][6]) == (
        None,
        "chưa đủ số liệu",
        "7/8",
    )
    own = {r[0]: r[1:9] for r in sheets[0].values if r[0]}
    assert own["1"][0] == "=1+1"
    assert {cell.data_type for line in sheets[0].iter_rows() for cell in line} <= {"s", "n"}


def test_the_public_table_holds_no_withheld_number(tmp_path):
    """Name, properties and cells of a public copy."""
    made = withheld(context({"I-0301.r": (0.456, 8, 8)}, plans=Plans((a_set(),))))
    (row,) = write_targets(made, tmp_path)
    book = openpyxl.load_workbook(row["file"])
    values = [cell for line in book.worksheets[0].values for cell in line if cell is not None]
    assert "(c)" in values
    assert not [value for value in values if isinstance(value, (int, float))]
    assert "bản công khai" in row["file"].lower()


def test_without_targets_no_file_is_made(tmp_path):
    """A unit and year without any set."""
    assert write_targets(context({}), tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_a_typed_baseline_is_compared_with_and_named():
    """Where the ledger has no earlier year, the office's own figure of it stands in."""
    before = replace(TYPED, period="2021-12m", value=18.0)
    line = only(
        {"II-0101.n": (15.0, 8, 8)}, plans=Plans(typed=(before,)), measure="II-0101.n",
        operator=Operator.BELOW, value=None, unit="người", baseline=2021,
    )  # fmt: skip
    assert (line.standing, line.gap) == ("đạt", "thấp hơn 3")
    assert line.note == "Năm 2021: 18. Số năm gốc do cơ quan nhập: Sở Y tế, 05/01/2023, Báo cáo 12."
