"""Workbooks that look odd but are right: the traps of a checker that cries wolf."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from sample_population import Figures, Place

from corpus.collection import Corpus, batch, file
from corpus.contents import Formula, Shown
from corpus.forms import HALF, NINE, NOW, YEAR, Form, form
from corpus.key import PASS
from ctk.units.lookup import communes_under

DAKRONG = "467"
KEPT = ("I-0101", "I-0103", "I-0102", "I-0105", "I-0211", "I-0323", "I-0204", "I-0206", "I-0205")
QUIET = Place((140, 260), (0.9, 0.99), 0.5)
HAMLET = Place((60, 90), (0.5, 0.9), 0.3)


def zero(*prefixes: str) -> Callable[[Figures], None]:
    """Nothing occurred in the rows whose codes begin so."""

    def change(figures: Figures) -> None:
        for element, counts in figures.items():
            if element.startswith(prefixes):
                figures[element] = dict.fromkeys(counts, 0)

    return change


def mostly_zero(figures: Figures) -> None:
    """Nothing occurred but births and what everybody has."""
    for element, counts in figures.items():
        if not element.startswith((*KEPT, "I-0405", "I-0407", "I-0402", "I-0403", "I-0401")):
            figures[element] = dict.fromkeys(counts, 0)


def scaled(figures: Figures, element: str, factor: float) -> None:
    """Multiply a row so that its columns still add up."""
    counts = figures[element]
    parts = {name: round(counts[name] * factor) for name in ("M", "F")}
    minority = min(round(counts["minority"] * factor), sum(parts.values()))
    older = sum(parts.values()) - round(counts["U6"] * factor)
    figures[element] = parts | {
        "T": sum(parts.values()),
        "U6": sum(parts.values()) - older,
        "6-15": older,
        "minority": minority,
    }


for name, code, period, habit, what in (
    ("half_year_as_ctk_gives_it", "19588", HALF, "zero", "six-month form"),
    ("nine_months_as_ctk_gives_it", "19591", NINE, "dash", "nine-month form"),
    ("whole_year_as_ctk_gives_it", "19594", YEAR, "box", "annual form"),
):

    @file(
        PASS,
        name,
        code,
        f"ctk's own {what}, filled in and right",
        period=period,
        habit=habit,
        full=True,
    )
    def _as_given(_form: Form) -> None:
        """Nothing is wrong."""


@file(
    PASS,
    "ward_with_large_numbers",
    "03388",
    "A ward since July 2025: 20,000 children",
    period=NOW,
    place=Place((20000, 21000), (0.3, 0.5), 0.05),
)
def _ward(_form: Form) -> None:
    """Nothing is wrong."""


@file(
    PASS,
    "commune_since_july_2025",
    "03598",
    "A merged commune directly under the province",
    period=NOW,
)
def _merged(_form: Form) -> None:
    """Nothing is wrong."""


@file(
    PASS,
    "mostly_zero",
    "19582",
    "A small commune in which hardly anything occurred",
    change=mostly_zero,
    place=QUIET,
)
def _mostly_zero(_form: Form) -> None:
    """Nothing is wrong."""


@file(
    PASS,
    "sections_ticked_as_nothing_occurred",
    "19585",
    "Sections have a tick in the box “Không phát sinh” and no figures",
    habit="box",
    change=mostly_zero,
)
def _ticked(_form: Form) -> None:
    """Nothing is wrong."""


@file(PASS, "none_typed_as_dash", "19576", "Every zero is typed as a dash", habit="dash")
def _dashes(_form: Form) -> None:
    """Nothing is wrong."""


@file(
    PASS,
    "none_typed_in_many_ways",
    "19579",
    "“Không”, “không phát sinh”, “không có”, dashes of all lengths: nothing occurred",
    change=zero("II-02", "I-0321", "I-0322", "I-0319"),
)
def _words(made: Form) -> None:
    words = ("Không", "không phát sinh", "-", "–", "KHÔNG", "không có", "—", " - ", "khong", 0)
    rows = [e for e in made.figures if e.startswith(("II-02", "I-0321", "I-0322", "I-0319"))]
    for i, element in enumerate(sorted(rows)):
        for j, column in enumerate(made.columns(element)):
            made.put(element, column, words[(i + j) % len(words)])


@file(
    PASS,
    "enrolment_above_100_percent",
    "19555",
    "Gross enrolment passes 100 %: older pupils and those of other communes",
    period=YEAR,
    change=lambda figures: _more_pupils(figures),
)
def _gross(_form: Form) -> None:
    """Nothing is wrong."""


def _more_pupils(figures: Figures) -> None:
    for element in ("I-0405.1", "I-0407.1"):
        scaled(figures, element, 1.12)
    scaled(figures, "I-0402", 1.05)
    scaled(figures, "I-0401", 1.3)


@file(
    PASS,
    "pupils_counted_where_the_school_stands",
    "19567",
    "No lower secondary school in the commune: its children learn elsewhere",
    period=YEAR,
    change=zero("I-0407.1", "I-0407.2", "I-0408.1", "I-0408.2", "I-0408.3", "I-0408.4", "I-0409.2"),
)
def _no_school(_form: Form) -> None:
    """Nothing is wrong."""


def _few_fined(figures: Figures) -> None:
    for element in ("II-0202", "II-0202.1", "II-0202.2"):
        figures[element] = dict.fromkeys(figures[element], 0)
    for element in ("II-0201.1", "II-0201.2", "II-0203.1", "II-0203.2"):
        _move(figures, element, f"{element[:-1]}5")
    zero("II-0204", "II-0205", "II-0206", "II-0207", "II-0208", "II-0209", "II-0210", "II-0211")(
        figures
    )


def _move(figures: Figures, source: str, target: str) -> None:
    for name, count in figures[source].items():
        figures[target][name] += count
        figures[source][name] = 0


@file(
    PASS,
    "fewer_offenders_dealt_with_than_cases",
    "19564",
    "Cases are still open, so 0202 is below 0201",
    change=_few_fined,
)
def _open_cases(_form: Form) -> None:
    """Nothing is wrong."""


def _in_two_groups(figures: Figures) -> None:
    """Three more disabled children who have a grave illness as well: one child, two groups."""
    ill, both = figures["602.13"], {"T": 3, "M": 2, "F": 1, "U6": 1, "6-15": 2, "minority": 2}
    for name, count in both.items():
        ill[name] = min(ill[name] + count, figures["I-0301"][name])


@file(
    PASS,
    "child_in_two_groups",
    "19561",
    "Groups add up to more than the children: some are in two",
    change=_in_two_groups,
)
def _two_groups(_form: Form) -> None:
    """Nothing is wrong."""


def births(boys: int, girls: int) -> Callable[[Figures], None]:
    """So many boys and girls were born."""

    def change(figures: Figures) -> None:
        zero("I-0207")(figures)
        born = {"T": boys + girls, "M": boys, "F": girls, "U6": boys + girls, "6-15": 0}
        figures["I-0103"] = born | {"minority": girls}
        figures["I-0102.1"] = dict.fromkeys(born, boys)
        figures["I-0102.2"] = dict.fromkeys(born, girls)
        scaled(figures, "I-0205", 0.0)

    return change


@file(
    PASS,
    "very_few_births_all_boys",
    "19558",
    "Four births, all boys: no ratio of so few means anything",
    change=births(4, 0),
    place=QUIET,
)
def _boys(_form: Form) -> None:
    """Nothing is wrong."""


@file(
    PASS,
    "very_few_births_mostly_girls",
    "19570",
    "Seven births, six of them girls",
    change=births(1, 6),
    place=QUIET,
)
def _girls(_form: Form) -> None:
    """Nothing is wrong."""


def _minority(share: int) -> Callable[[Figures], None]:
    def change(figures: Figures) -> None:
        for counts in figures.values():
            if "minority" in counts:
                counts["minority"] = counts["T"] * share

    return change


@file(
    PASS,
    "no_ethnic_minority_at_all",
    "19555",
    "Nobody belongs to an ethnic minority",
    change=_minority(0),
)
def _no_minority(_form: Form) -> None:
    """Nothing is wrong."""


@file(
    PASS,
    "all_of_ethnic_minorities",
    "19591",
    "Everybody belongs to an ethnic minority",
    change=_minority(1),
)
def _all_minority(_form: Form) -> None:
    """Nothing is wrong."""


@file(
    PASS,
    "figures_as_formulas_with_results",
    "19576",
    "Totals are formulas over their parts, with stored results",
    habit="zero",
)
def _formulas(made: Form) -> None:
    for element in ("I-0101", "I-0105", "I-0208", "I-0301", "II-0101"):
        _, cell = made.at(element)
        row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        made.put(element, "T", Formula(f"=E{row}+F{row}", made.count(element)))


@file(
    PASS,
    "thousands_shown_by_the_cell_format",
    "19564",
    "1.819 is shown by the format; the number in the cell is 1819",
)
def _formatted(made: Form) -> None:
    for element in ("I-0101", "I-0105", "I-0211"):
        for column in made.columns(element):
            made.put(element, column, Shown(made.count(element, column), "#,##0"))


@file(PASS, "counted_on_another_day", "19561", "The day of the count is 15 May, not 20 May")
def _other_day(made: Form) -> None:
    made.cells.put_on_cover(4 + 2, date(2022, 5, 15))


@file(PASS, "period_in_words", "19567", "The cover says “6 tháng đầu năm 2022”")
def _in_words(made: Form) -> None:
    made.cover(5, "6 tháng đầu năm 2022")


@file(PASS, "unit_in_capitals_without_its_type", "19588", "The name of the unit is TÀ RỤT")
def _capitals(made: Form) -> None:
    made.cover(2, "TÀ RỤT")


@file(PASS, "unit_without_diacritics", "19561", "The name of the unit is “xa Huong Hiep”")
def _plain(made: Form) -> None:
    made.cover(2, "xa Huong Hiep")


def _communes(corpus: Corpus, folder: str, forms: Iterable[Form]) -> None:
    for made in forms:
        name = f"{made.unit.code} {made.unit.name} {made.cells.plan.period}.xlsx"
        corpus.save(made, f"{PASS}/{folder}/{name}")


@batch(
    f"{PASS}/13_communes_mostly_zero/",
    "Thirteen communes with hardly any case: zeros are no copies, 1 is no jump",
)
def _thirteen(corpus: Corpus) -> None:
    _communes(
        corpus,
        "13_communes_mostly_zero",
        (
            form(unit.code, change=mostly_zero, place=QUIET, habit=("zero", "dash", "box")[i % 3])
            for i, unit in enumerate(communes_under(DAKRONG, HALF.end))
        ),
    )


@batch(
    f"{PASS}/two_periods_growing_a_little/",
    "Five communes at six and at nine months; 2 became 3 here and there",
)
def _growing(corpus: Corpus) -> None:
    codes = ("19555", "19558", "19561", "19564", "19567")
    forms = [form(code, period) for period in (HALF, NINE) for code in codes]
    _communes(corpus, "two_periods_growing_a_little", forms)
