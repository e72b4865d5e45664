"""Sets of targets: the built-in ones as their documents have them, and refusal of bad ones."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctk.errors import UsageError
from ctk.indicators import load_catalogue
from ctk.messages import LANGUAGES
from ctk.targets.figures import load_figures, read_figures
from ctk.targets.loader import all_targets, load_targets
from ctk.targets.reading import read_targets
from ctk.targets.tables import TableError
from ctk.targets.types import Match, Operator

HEAD = "#ctk-targets,1\n#title,Kế hoạch\n#unit,93\n"
COLUMNS = "no,text,measure,slice,match,operator,value,to,unit,year,baseline,why\n"
GOOD = "1,Xã,I-0104.r,,exact,>=,40,,%,2022,,\n"

# Decision 23/QĐ-TTg, 2025 and 2030, as the forms-and-rules table of the project has them:
# "<" is strict, a bare figure is a ceiling where less is better and a floor where more is.
NATIONAL = {
    "1": (">=65", ">=75"), "2": (">=90", ">=95"), "3a": ("<9.5", "<9"), "3b": ("<=12.5", "<=10"),
    "3c": ("<18.5", "<15"), "4a": ("<9", "<6"), "4b": ("<=17", "<15"), "4c": ("<5", "<5"),
    "4d": ("<10", "<10"), "5a": (">=97", ">=98"), "5b": (None, ">=98"), "6": (None, "<=2"),
    "7": (">=100", ">=100"), "8a": ("<6.5", "<=6"), "8b": (">=90", ">=95"), "9": ("<4.5", "<4"),
    "10": ("<=4.9", "<=4.5"), "11a": ("<=550", "<=500"), "11b": ("<=16", "<=15"),
    "12": (">=100", ">=100"), "14": (">=98.5", ">=100"), "15": (">=99.1", ">=99.3"),
    "16": (">=99.1", ">=99.3"), "17a": (">=97", ">=99"), "17b": ("<0.12", "<0.1"),
    "18a": (">=88", ">=93"), "18b": ("<0.14", "<0.05"), "19": (">=95", None),
    "20a": (">=55", ">=60"), "20b": (">=80", ">=90"), "21": (">=40", ">=45"),
    "22": (">=30", ">=35"), "23": (">=85", ">=90"), "24": (">=30", ">=35"),
}  # fmt: skip


def test_the_national_programme_has_its_values_of_2025_and_2030():
    """Operator and value of every numbered target, by year; child marriage is a yearly fall."""
    targets = load_targets()["quocgia-2021-2030"].targets
    found = {}
    for t in targets:
        found.setdefault(t.no, {})[t.first_year] = f"{t.operator}{t.value:g}"
    marriage = found.pop("13")
    assert {no: (of.get(2025), of.get(2030)) for no, of in found.items()} == NATIONAL
    assert marriage == {2021: "fall2"}
    assert [(t.first_year, t.last_year, t.to) for t in targets if t.no == "13"] == [(2021, 2030, 3)]


def test_all_24_national_targets_are_there():
    """None of the numbers 1 to 24 is left out."""
    numbers = {int(t.no.rstrip("abcd")) for t in load_targets()["quocgia-2021-2030"].targets}
    assert numbers == set(range(1, 25))


def test_the_two_doubted_targets_are_marked():
    """Nos. 9 and 15 of the Decision, in every year that they have."""
    doubted = {t.no for t in load_targets()["quocgia-2021-2030"].targets if t.doubt}
    assert doubted == {"9", "15"}


def test_hau_giang_2022_is_for_2022_and_its_province_only():
    """32 targets, code 93, no other year; three compare with 2021."""
    set_ = load_targets()["haugiang-2022"]
    assert (set_.unit, set_.first_year, set_.last_year, len(set_.targets)) == ("93", 2022, 2022, 32)
    below = {t.no: (t.measure, t.baseline) for t in set_.targets if t.operator is Operator.BELOW}
    assert below == {
        "2.2a": ("II-0101.n", 2021),
        "2.2b": ("I-0209.r", 2021),
        "2.4": ("I-0318.n", 2021),
    }


def test_what_fits_only_nearly_or_not_at_all_says_why():
    """A near match and a missing measure have their reason; an exact one needs none."""
    for set_ in load_targets().values():
        for target in set_.targets:
            assert bool(target.why) == (target.match is not Match.EXACT), (set_.id, target.no)


def test_the_unit_of_a_target_is_that_of_its_measure():
    """A per cent target is never compared with a rate per 1,000 or with a count."""
    kinds = {measure.id: measure for measure in load_catalogue().measures}
    short = {"%": "rate_percent", "‰": "rate_per_mille"}
    for set_ in load_targets().values():
        for target in set_.targets:
            if target.measure:
                measure = kinds[target.measure]
                assert short.get(target.unit) == measure.kind or target.unit == measure.unit


@pytest.mark.parametrize("lang", LANGUAGES)
def test_built_in_targets_have_a_title_in_both_languages(lang):
    """No built-in target falls back to the other language."""
    for set_ in load_targets().values():
        assert set_.title_en
        assert len(set_.notes) == len(set_.notes_en) == len(set_.remarks(lang))
        for target in set_.targets:
            assert target.text_en
            assert target.title(lang)
            assert bool(target.why) == bool(target.why_en)
            assert bool(target.doubt) == bool(target.doubt_en)


def test_a_year_without_a_value_shows_the_next_milestone():
    """2026 has no value of its own: 2030 is shown and is said to be a milestone; 2031 has none."""
    set_ = load_targets()["quocgia-2021-2030"]
    due = {each.target.no: (each.year, each.milestone) for each in set_.due(2026)}
    assert due["1"] == (2030, True)
    assert due["13"] == (2026, False)
    assert "19" not in due  # its only value is that of 2025
    assert {(d.year, d.milestone) for d in set_.due(2025) if d.target.no == "1"} == {(2025, False)}
    assert list(set_.due(2031)) == list(set_.due(2020)) == []


@pytest.mark.parametrize(
    ("change", "line", "key"),
    [
        (("I-0104.r", "I-9999.r"), 5, "measure"),
        ((",%,", ",‰,"), 5, "unit"),
        (("exact", "near"), 5, "why"),
        (("exact", "none"), 5, "measure"),
        (("exact", "so-so"), 5, "match"),
        ((">=", "~"), 5, "operator"),
        ((",40,", ",1.000,"), 5, "value"),
        ((",40,", ",nhiều,"), 5, "value"),
        ((",40,", ",,"), 5, "value"),
        ((",40,", ",-,"), 5, "value"),
        (("2022,,", "22,,"), 5, "year"),
        (("2022,,", "2024-2022,,"), 5, "year"),
        (("2022,,", "2022,2021,"), 5, "baseline"),
        ((",>=,40,", ",below,,"), 5, "baseline"),
        (("I-0104.r,,", "I-0104.r,sex=F,"), 5, "slice"),
        (("I-0104.r,,", "I-0104.r,element=I-0104,"), 5, "slice"),
        (("#unit,93", "#unit,99999"), 3, "#unit"),
        (("#unit,93\n", ""), 1, "#unit"),
        (("#title,", "#tilte,"), 2, "tilte"),
        (("#ctk-targets,1", "#ctk-targets,2"), 1, "ctk-targets"),
        (("#ctk-targets,1\n", ""), 1, "#ctk-targets"),
        (("no,text", "nr,text"), 4, "nr"),
        ((GOOD, GOOD + GOOD), 6, "no"),
        ((GOOD, ""), 1, "no"),
        ((",2022,,", ",2026,,"), 3, "#unit"),
    ],
)
def test_a_bad_file_is_refused_with_line_and_key(change, line, key):
    """Every fault names the line and the column or head where it stands."""
    old, new = change
    text = (HEAD + COLUMNS + GOOD).replace(old, new)
    with pytest.raises(TableError) as caught:
        read_targets(text, "office")
    assert (caught.value.line, caught.value.key) == (line, key)


def test_excel_with_decimal_commas_writes_semicolons():
    """A file saved by a Vietnamese Excel reads the same: `;`, 10,69, empty cells at the ends."""
    text = (
        (HEAD + COLUMNS + GOOD.replace("40", "10.69")).replace(",", ";").replace("10.69", "10,69")
    )
    padded = "\ufeff" + text.replace("\n", ";;\r\n") + ";;;;\r\n"
    (target,) = read_targets(padded, "office").targets
    assert (target.value, target.unit, target.first_year) == (10.69, "%", 2022)


def refused_at(read, text):
    """The line at which a text is refused; 0 if it is read."""
    try:
        read(text)
    except TableError as error:
        return error.line
    return 0


@given(st.text(max_size=300))
def test_no_text_makes_the_reader_fall_over(text):
    """Whatever stands in a file: it is read, or refused with a line."""
    for whole in (text, HEAD + COLUMNS + text, "set," + text):
        assert refused_at(lambda t: read_targets(t, "x"), whole) >= 0
        assert refused_at(lambda t: read_figures(t, load_targets()), whole) >= 0


def test_an_office_adds_its_own_sets(tmp_path):
    """A CSV in targets/ is one more set, named like its file; figures.csv is none."""
    folder = tmp_path / "targets"
    folder.mkdir()
    (folder / "haugiang-2023.csv").write_text(
        (HEAD + COLUMNS + GOOD).replace("2022", "2023"), encoding="utf-8"
    )
    (folder / "figures.csv").write_text(
        "set,no,unit,period,value,by,date,source\n"
        "haugiang-2023,1,93,2023,41.5,Sở Y tế,2024-01-10,Công văn 5\n",
        encoding="utf-8",
    )
    known = all_targets(tmp_path)
    assert list(known) == ["haugiang-2023", "haugiang-2022", "quocgia-2021-2030"]
    (typed,) = load_figures(tmp_path, known)
    assert (typed.period, typed.value, typed.by, typed.public) == (
        "2023-12m", 41.5, "Sở Y tế", False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("haugiang-2022.csv", HEAD + COLUMNS + GOOD, "targets_name"),
        ("Kế hoạch.csv", HEAD + COLUMNS + GOOD, "targets_name"),
        ("own.csv", HEAD, "targets_value"),
        ("own.csv", "Kế hoạch".encode("utf-16"), "targets_unreadable"),
    ],
)
def test_a_bad_file_of_an_office_is_named(tmp_path, name, text, code):
    """The message says which file it is."""
    (tmp_path / "targets").mkdir()
    content = text if isinstance(text, bytes) else text.encode()
    (tmp_path / "targets" / name).write_bytes(content)
    with pytest.raises(UsageError) as caught:
        all_targets(tmp_path)
    assert (caught.value.code, caught.value.params["file"].name) == (code, name)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (("haugiang-2022", "hagiang"), "set"),
        ((",1.6,", ",9.9,"), "no"),
        (("2022-12m", "12/2022"), "period"),
        ((",1.5,", ",1.500,"), "value"),
        (("Sở Y tế", ""), "by"),
        ((",yes", ",maybe"), "public"),
    ],
)
def test_typed_figures_are_checked(change, key):
    """Set, number, period, value, author and publication must mean something."""
    good = (
        "set,no,unit,period,value,by,date,source,public\n"
        "haugiang-2022,1.6,93,2022-12m,1.5,Sở Y tế,2023-01-05,Báo cáo 12,yes\n"
    )
    assert read_figures(good, load_targets())[0].public is True
    with pytest.raises(TableError) as caught:
        read_figures(good.replace(*change), load_targets())
    assert (caught.value.line, caught.value.key) == (2, key)


def test_a_typed_figure_stands_once():
    """Two figures for one target and period contradict each other."""
    row = "haugiang-2022,1.6,93,2022-12m,1.5,Sở Y tế,2023-01-05,Báo cáo 12\n"
    with pytest.raises(TableError) as caught:
        read_figures("set,no,unit,period,value,by,date,source\n" + row + row, load_targets())
    assert caught.value.line == 3


def test_built_in_files_are_plain_tables():
    """Every line of a built-in table has the same number of cells."""
    from importlib.resources import files

    for path in files("ctk.targets").joinpath("data").iterdir():
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        assert len({len(row) for row in rows if not row[0].startswith("#")}) == 1


def test_the_examples_of_the_documentation_are_read():
    """What docs/targets.md shows can be copied."""
    page = Path(__file__).resolve().parents[2] / "docs" / "targets.md"
    examples = re.findall(r"```csv\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    set_ = read_targets(examples[0], "dakrong-2023")
    figures = read_figures(examples[1], {set_.id: set_})
    assert (len(set_.targets), [typed.public for typed in figures]) == (5, [True, False])
