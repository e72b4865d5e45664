"""The loader takes only a complete catalogue without contradictions."""

import tomllib
from datetime import date

import pytest

from ctk.errors import CatalogueError
from ctk.indicators import load_catalogue
from ctk.indicators.loader import build_catalogue, build_form, read_breakdowns
from ctk.periods import Period

SECTIONS = '[[section]]\nid = "I.1"\nsheet = "A"\ntitle_vi = "A"\ntitle_en = "A"\n'
AGES = "code,title_vi,title_en\nU6,Dưới 6,Under 6\n6-15,6-15,6-15\n"
INDICATOR = """
id = "{id}"
appendix = "I"
code = "9901"
section = "I.1"
name_vi = "Thử"
name_en = "Test"
in_force_from = 2022-01-01
period = ["annual"]
sources = ["reporting_regime"]
disaggregations = []
lead_agency_vi = "Bộ"
lead_agency = "M"
gazette_pages = [1]

[[measure]]
id = "{id}.n"
kind = "count"
label_vi = "Số"
unit = "người"
numerator = ["{id}"]

[[measure]]
id = "{id}.r"
kind = "rate_percent"
label_vi = "Tỷ lệ"
unit = "%"
multiplier = 100
numerator = ["{id}"]
denominator = ["{id}.m"]
subset = true

[[element]]
id = "{id}"
name_vi = "Số"
name_en = "Number"
unit = "người"
adds = "event"
within = ["{id}.m"]

[[element]]
id = "{id}.m"
name_vi = "Tổng"
name_en = "All"
unit = "người"
adds = "stock"
"""


class Build:
    """Builds a catalogue of a few indicator files."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, *texts, ages=AGES):
        """Build a catalogue of these texts."""
        for i, text in enumerate(texts):
            (self.folder / f"{i}.toml").write_text(text, encoding="utf-8")
        return build_catalogue(self.folder, SECTIONS, ages)


@pytest.fixture
def build(tmp_path):
    """Builds catalogues in an empty folder."""
    return Build(tmp_path)


def text(id_="I-9901"):
    """The text of a complete indicator."""
    return INDICATOR.replace("{id}", id_)


def test_a_complete_file_is_taken(build):
    """The pattern that the other tests spoil is itself accepted."""
    catalogue = build(text(), text("I-9902"))
    assert [indicator.id for indicator in catalogue.indicators] == ["I-9901", "I-9902"]
    assert len(catalogue.elements) == 4
    assert catalogue.figure_count == 4 * 6


SPOILED = {
    "measure without unit": ('unit = "%"', 'unit = ""', "I-9901.r"),
    "element without unit": ('name_en = "All"\nunit = "người"', 'name_en = "All"', "I-9901"),
    "element with empty unit": ('name_en = "All"\nunit = "người"', 'name_en = "All"\nunit = ""',
                                "I-9901.m"),
    "unknown numerator": ('numerator = ["I-9901"]', 'numerator = ["I-0000"]', "I-0000"),
    "unknown denominator": ('denominator = ["I-9901.m"]', 'denominator = ["I-0000"]', "I-0000"),
    "rate without denominator": ('denominator = ["I-9901.m"]\n', "", "I-9901.r"),
    "rate without multiplier": ("multiplier = 100\n", "", "I-9901.r"),
    "rate that does not declare a subset": ("subset = true\n", "", "I-9901.r"),
    "no numerator": ('numerator = ["I-9901"]', "numerator = []", "I-9901.n"),
    "unknown kind": ('kind = "count"', 'kind = "mean"', "mean"),
    "no additivity": ('adds = "stock"\n', "", "adds"),
    "unknown additivity": ('adds = "stock"', 'adds = "average"', "average"),
    "unknown key of an element": ('adds = "stock"', 'adds = "stock"\nsums = 1', "sums"),
    "unknown key of an indicator": ('code = "9901"', 'code = "9901"\ncolour = "red"', "colour"),
    "unknown key of a measure": ('kind = "count"', 'kind = "count"\nweight = 2', "weight"),
    "self reference": ('within = ["I-9901.m"]', 'within = ["I-9901"]', "I-9901"),
    "unknown whole": ('within = ["I-9901.m"]', 'within = ["I-0000"]', "I-0000"),
    "unknown part": ('adds = "stock"', 'adds = "stock"\nsum_of = [["I-0000"]]', "I-0000"),
    "unknown dimension": ('adds = "stock"', 'adds = "stock"\nbreakdowns = ["colour"]', "I-9901.m"),
    "unknown period": ('adds = "stock"', 'adds = "stock"\nasked = ["3m"]', "I-9901.m"),
    "asked never": ('adds = "stock"', 'adds = "stock"\nasked = []', "I-9901.m"),
    "unknown reporter": ('adds = "stock"', 'adds = "stock"\nreporter = "post"', "post"),
    "unknown place": ('adds = "stock"', 'adds = "stock"\nplace = "cellar"', "cellar"),
    "unknown section": ('section = "I.1"', 'section = "I.7"', "I-9901"),
    "no names": ('name_vi = "Tổng"', 'name_vi = ""', "I-9901.m"),
    "no first day": ("in_force_from = 2022-01-01\n", "", "I-9901"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "named"), SPOILED.values(), ids=SPOILED)
def test_a_bad_file_is_refused(build, old, new, named):
    """Each of these makes the catalogue incomplete or contradictory; the error names the place."""
    spoiled = text().replace(old, new, 1)
    assert spoiled != text()
    with pytest.raises(CatalogueError, match=named):
        build(spoiled)


def test_the_same_element_twice_is_refused(build):
    """Two files may not define one id."""
    with pytest.raises(CatalogueError, match="twice"):
        build(text(), text())


def test_the_same_measure_twice_is_refused(build):
    """Two measures may not share an id though their elements differ."""
    other = text("I-9902").replace('id = "I-9902.n"', 'id = "I-9901.n"')
    with pytest.raises(CatalogueError, match="twice"):
        build(text(), other)


BAD_AGES = {
    "empty": "code,title_vi,title_en\n",
    "no code": "code,title_vi,title_en\n,Dưới 6,Under 6\n",
    "code twice": "code,title_vi,title_en\nU6,a,a\nU6,b,b\n",
    "reserved T": "code,title_vi,title_en\nT,a,a\n",
    "no title": "code,title_vi,title_en\nU6,,a\n",
    "other columns": "nhóm,tên\nU6,a\n",
}


@pytest.mark.parametrize("ages", BAD_AGES.values(), ids=BAD_AGES)
def test_a_bad_age_list_is_refused(ages):
    """Each age group needs a code of its own and a title in both languages."""
    with pytest.raises(CatalogueError, match="age groups"):
        read_breakdowns(ages)


def test_an_office_may_have_other_age_groups(tmp_path):
    """A list of three groups gives three age columns between the sexes and the minority."""
    ages = tmp_path / "age.csv"
    rows = "U3,Dưới 3 tuổi,Under 3\n3-5,3 đến 5 tuổi,3 to 5\n6-15,6 đến dưới 16 tuổi,6 to 15\n"
    ages.write_text(f"code,title_vi,title_en\n{rows}", encoding="utf-8-sig")
    catalogue = load_catalogue(str(ages))
    dimensions = [breakdown.dimension for breakdown in catalogue.breakdowns]
    assert dimensions == [
        None, "sex=M", "sex=F", "age=U3", "age=3-5", "age=6-15", "ethnicity=minority",
    ]  # fmt: skip


def test_default_columns():
    """Without a list of its own an office has six columns."""
    breakdowns = load_catalogue().breakdowns
    assert [b.title_vi for b in breakdowns] == [
        "Tổng số", "Nam", "Nữ", "Dưới 6 tuổi", "6 đến dưới 16 tuổi", "Dân tộc thiểu số",
    ]  # fmt: skip
    assert [(b.sex, b.age, b.ethnicity) for b in breakdowns if b.age != "T"] == [
        ("T", "U6", "T"),
        ("T", "6-15", "T"),
    ]


def test_asked_from_the_day_in_force(build):
    """An indicator in force from 2022 is on no form of 2021."""
    catalogue = build(text())
    assert catalogue.asked(Period(2021, 12)) == ()
    assert catalogue.elements == catalogue.asked(Period(2022, 6))


def test_the_pattern_is_valid_toml():
    """The spoiled files fail for what was spoiled, not for their syntax."""
    for old, new, _ in SPOILED.values():
        assert tomllib.loads(text().replace(old, new, 1))


FORM = {
    "id": "699",
    "section": "I.1",
    "name_vi": "Thử",
    "name_en": "Test",
    "in_force_from": date(2022, 1, 1),
    "source": "Thông tư",
    "element": [
        {
            "id": "699.01",
            "name_vi": "Số",
            "name_en": "Number",
            "unit": "cơ sở",
            "adds": "stock",
            "place": "form",
        }
    ],
}


def test_what_only_a_form_asks_is_an_element_of_no_indicator():
    """It belongs to the form, and its place says so."""
    (element,) = build_form(FORM).elements
    assert (element.indicator, element.place) == ("699", "form")


@pytest.mark.parametrize(
    "change",
    [{"element": []}, {"element": [FORM["element"][0] | {"place": "main"}]}, {"colour": "red"}],
)
def test_a_bad_form_table_is_refused(change):
    """It must ask something, as a form's own, under keys that are known."""
    with pytest.raises(CatalogueError, match="699"):
        build_form(FORM | change)


def test_forms_add_no_indicator_and_no_measure_of_one():
    """605 adds 13 elements; 603 adds the 14 rates by group, which are not among the 132."""
    catalogue = load_catalogue()
    assert (
        len(catalogue.indicators),
        len(catalogue.measures),
        len(catalogue.form_measures),
    ) == (84, 132, 14)
    of_forms = [e.id for e in catalogue.elements if e.place == "form"]
    assert [f"605.{n:02}" for n in range(1, 14)] == of_forms
    rates = {m.id: (m.numerator, m.denominator) for m in catalogue.form_measures}
    assert rates == {f"603.{n:02}.r": ((f"603.{n:02}",), (f"602.{n:02}",)) for n in range(1, 15)}


def test_rates_of_one_indicator_need_english_labels(build):
    """Two rates under one English name could not be told apart in an English table."""
    head, rate = INDICATOR.split("[[measure]]\n")[0], INDICATOR.split("[[measure]]\n")[2]
    second = rate.split("[[element]]")[0].replace("{id}.r", "{id}.r2")
    text = (head + "[[measure]]\n" + second + "[[measure]]\n" + rate).replace("{id}", "I-9901")
    with pytest.raises(CatalogueError, match="label_en"):
        build(text)
    labelled = text.replace('label_vi = "Tỷ lệ"', 'label_vi = "Tỷ lệ"\nlabel_en = "Rate"')
    assert [m.label("en") for m in build(labelled).measures] == ["Rate", "Rate"]
