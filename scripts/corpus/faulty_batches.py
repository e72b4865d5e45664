"""Folders whose files contradict each other, or an earlier report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sample_population import Figures

from corpus.collection import Corpus, batch
from corpus.forms import HALF, NINE, Form, consistent_figures, form
from corpus.key import FAIL, REMARKS
from corpus.passing import DAKRONG, zero
from ctk.indicators import load_catalogue
from ctk.periods import Period
from ctk.units.lookup import communes_under

Change = Callable[[Figures], None]

_FEW = ("19582", "19588", "19591", "19594")
_CUT_OFF, _KIND = 6, 7
"""Lines of the cover, counted from the form's version, below two units above the commune."""


def _save(corpus: Corpus, folder: str, made: Form, name: str = "") -> None:
    name = name or f"{made.unit.code} {made.unit.name} {made.cells.plan.period}.xlsx"
    corpus.save(made, f"{FAIL}/{folder}/{name}")


@batch(f"{FAIL}/two_versions_of_one_commune/", "Two files of one commune with different figures")
def _versions(corpus: Corpus) -> None:
    folder = "two_versions_of_one_commune"
    for name, more in (("A Ngo.xlsx", 0), ("A Ngo ban sua.xlsx", 1)):
        made = form("19594")
        made.put("I-0605", "T", made.count("I-0605") + more)
        made.plant(("", ""), "V601", "error", "two different files of one commune")
        _save(corpus, folder, made, name)
    _save(corpus, folder, form("19591"))


@batch(f"{FAIL}/figures_of_the_neighbour/", "A commune sent its neighbour's figures")
def _neighbour(corpus: Corpus) -> None:
    folder = "figures_of_the_neighbour"
    for code in ("19582", "19588"):
        _save(corpus, folder, form(code))
    for code in ("19591", "19594"):
        made = form(code, change=_becomes("19594"))
        made.plant(("", ""), "V602", "error", "the same figures in two communes")
        _save(corpus, folder, made)


def _becomes(code: str) -> Change:
    def change(figures: Figures) -> None:
        figures.update(consistent_figures(code, HALF))

    return change


@batch(f"{FAIL}/copied_from_the_last_report/", "At nine months the events of the first six, again",
       "--previous should-fail/copied_from_the_last_report/earlier")  # fmt: skip
def _last_report(corpus: Corpus) -> None:
    folder = "copied_from_the_last_report"
    for code in ("19588", "19591"):
        _save(corpus, f"{folder}/earlier", form(code))
        made = form(code, NINE, change=_becomes(code) if code == "19591" else None)
        if code == "19591":
            made.plant(("", ""), "V603", "error", "last period's figures")
        _save(corpus, folder, made)


@batch(f"{FAIL}/cumulative_count_falls/", "Fewer injured in nine months than in the first six")
def _falls(corpus: Corpus) -> None:
    folder = "cumulative_count_falls"
    first = form("19564", change=_injured(9, 5))
    later = form("19564", NINE, change=_injured(7, 3))
    sheet, cell = later.at("I-0208")
    later.plant((sheet, f"{cell} E{cell[1:]}"), "V604", "error", "nine months hold the first six")
    for made in (first, later):
        _save(corpus, folder, made)


def _injured(boys: int, girls: int) -> Change:
    def change(figures: Figures) -> None:
        figures["I-0208"] |= {
            "T": boys + girls, "M": boys, "F": girls, "U6": girls, "6-15": boys,
        }  # fmt: skip

    return change


@batch(
    f"{REMARKS}/commune_made_of_a_divided_one/",
    "After July 2025 a commune holds half of one that was divided: no comparison is made",
)
def _divided(corpus: Corpus) -> None:
    folder = f"{REMARKS}/commune_made_of_a_divided_one"
    for code, period in (("00988", Period(2025, 6)), ("00700", Period(2025, 12))):
        made = form(code, period)
        if code == "00700":
            made.plant(("", ""), "V610", "info", "half of Yên Định went into Ngọc Đường")
        corpus.save(made, f"{folder}/{made.unit.code} {made.unit.name} {period}.xlsx")


@batch(f"{FAIL}/poor_listed_as_near_poor/", "All poor children became near-poor in three months")
def _jump(corpus: Corpus) -> None:
    folder = "poor_listed_as_near_poor"
    later = form("19567", NINE, change=_near_poor)
    for element in ("I-0105.1", "I-0105.2"):
        later.plant(later.at(element), "V605", "warning", "poor listed as near-poor")
    for made in (form("19567"), later):
        _save(corpus, folder, made)


@batch(
    f"{FAIL}/one_commune_far_from_the_others/",
    "Ten communes; one lists its poor children as near-poor",
)
def _far(corpus: Corpus) -> None:
    folder = "one_commune_far_from_the_others"
    units = [u for u in communes_under(DAKRONG, HALF.end) if u.type == "Xã"][:10]
    for unit in units:
        odd = unit.code == "19576"
        made = form(unit.code, change=_near_poor if odd else None)
        if odd:
            for element in ("I-0105.1", "I-0105.2"):
                made.plant(made.at(element), "V606", "warning", "poor listed as near-poor")
        _save(corpus, folder, made)


def _near_poor(figures: Figures) -> None:
    """All poor children are listed as near-poor, and none as poor."""
    poor, near = figures["I-0105.1"], figures["I-0105.2"]
    for name in near:
        near[name], poor[name] = poor[name] + near[name], 0


@batch(f"{FAIL}/counted_on_another_day_than_the_others/", "Three say 20 May, one 15 May")
def _day(corpus: Corpus) -> None:
    for code in _FEW:
        made = form(code)
        if code == "19591":
            made.cells.put_on_cover(_CUT_OFF, date(2022, 5, 15))
            made.plant(("Bìa", "B10"), "V607", "warning", "another day")
        _save(corpus, "counted_on_another_day_than_the_others", made)


@batch(f"{FAIL}/estimated_where_the_others_counted/", "Three counted, one says that it estimated")
def _estimated(corpus: Corpus) -> None:
    for code in _FEW:
        made = form(code)
        if code == "19594":
            made.cells.put_on_cover(_KIND, "Ước tính")
            made.plant(("", ""), "V608", "warning", "estimated")
        _save(corpus, "estimated_where_the_others_counted", made)


@batch(f"{FAIL}/form_full_of_zeros.xlsx", "Every figure is zero, the children too")
def _zeros(corpus: Corpus) -> None:
    everything = tuple(element.id for element in load_catalogue().elements)
    made = form("19585", change=zero(*everything))
    made.plant(("", ""), "V609", "warning", "no child at all")
    corpus.save(made, f"{FAIL}/form_full_of_zeros.xlsx")
