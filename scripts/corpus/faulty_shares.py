"""Workbooks whose figures agree with each other and yet can hardly be right."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sample_population import Figures

from corpus.collection import file
from corpus.forms import HALF, YEAR, Form
from corpus.key import FAIL
from corpus.passing import births, zero
from ctk.periods import Period

FOLLOWS = "V4* V5*"
Change = Callable[[Figures], None]


class Odd(NamedTuple):
    """Figures that no comparison contradicts.

    Args:
        name: The file's name.
        rule: The rule that must find it.
        unit: The commune.
        element: The row whose total is odd.
        change: Changes the rows that belong together.
        shows: What is odd.
        period: The form's period.
    """

    name: str
    rule: str
    unit: str
    element: str
    change: Change
    shows: str
    period: Period = HALF


def part_of(counts: dict[str, int], share: float) -> dict[str, int]:
    """A share of a row in each of its columns, so that sexes and ages still add up."""
    boys, girls = round(counts["M"] * share), round(counts["F"] * share)
    total = boys + girls
    young = min(total, round(counts["U6"] * share))
    return {
        "T": total,
        "M": boys,
        "F": girls,
        "U6": young,
        "6-15": total - young,
        "minority": min(total, round(counts["minority"] * share)),
    }


def shares(of: str, **parts: float) -> Change:
    """Make rows shares of another one; `_` in a keyword is `-`, `__` is `.`."""

    def change(figures: Figures) -> None:
        for name, share in parts.items():
            element = name.lstrip("_").replace("__", ".").replace("_", "-")
            figures[element] = part_of(figures[of], share)

    return change


def _older(figures: Figures) -> None:
    """Eight of ten children are 6 or older, in all rows that have columns of ages."""
    everyone = figures["I-0101"]
    everyone["U6"] = int(everyone["T"] * 0.22)
    everyone["6-15"] = everyone["T"] - everyone["U6"]
    shares("I-0101", I_0101__1=0.03, I_0101__2=0.15, I_0101__4=0.75, I_0101__5=0.65,
           I_0211=0.97, I_0323=0.14, I_0206=0.02, I_0105__1=0.3, I_0105__2=0.2,
           I_0204__1m=0.14, I_0204__1=0.03, I_0204__2m=0.14, I_0204__2=0.04,
           I_0204__3m=0.13, I_0204__3=0.01, I_0204__4=0.01)(figures)  # fmt: skip
    for name, poor in figures["I-0105.1"].items():
        figures["I-0105"][name] = poor + figures["I-0105.2"][name]


def _few_small(figures: Figures) -> None:
    shares("I-0101", I_0101__1=0.02, I_0101__2=0.05, I_0323=0.045, I_0206=0.01,
           I_0204__1m=0.04, I_0204__1=0.01, I_0204__2m=0.04, I_0204__2=0.01,
           I_0204__3m=0.03, I_0204__3=0.0, I_0204__4=0.0)(figures)  # fmt: skip


def _many_orphans(figures: Figures) -> None:
    orphans = part_of(figures["I-0101"], 0.2)
    both = figures["I-0303.1"]
    figures["I-0303"] = orphans
    figures["I-0303.2"] = {name: max(0, n - both[name]) for name, n in orphans.items()}


def _many_births(figures: Figures) -> None:
    girls = int(figures["I-0101"]["T"] * 0.12)
    births(girls + 5, girls)(figures)


def _many_left(figures: Figures) -> None:
    for level, grades in (("1", range(1, 6)), ("2", range(6, 10))):
        rows = [f"I-0409.{level}{grade}" for grade in grades]
        for row in rows:
            figures[row] = part_of(figures[f"{row}m"], 0.45)
        total = figures[f"I-0409.{level}0"]
        for name in total:
            total[name] = sum(figures[row][name] for row in rows)


TABLE = (
    Odd("far_too_many_under_1", "V564", "19579", "I-0101.1", shares("I-0101", I_0101__1=0.2),
        "A fifth of the children is under 1"),
    Odd("hardly_any_under_5", "V565", "19582", "I-0101.2", _few_small,
        "One child of twenty is under 5"),
    Odd("far_too_many_over_11", "V566", "19585", "I-0101.5", _older,
        "Two of three children are of 11 and over"),
    Odd("far_too_many_in_special_circumstances", "V567", "19588", "I-0301",
        shares("I-0101", I_0301=0.25, _602__04=0.07, _602__08=0.1, _602__13=0.1),
        "A quarter of the children is in special circumstances"),
    Odd("far_too_many_disabled", "V568", "19591", "602.04",
        shares("I-0101", I_0301=0.11, _602__04=0.1, _602__13=0.03),
        "A tenth of the children is disabled"),
    Odd("far_too_many_orphans", "V569", "19594", "I-0303", _many_orphans,
        "A fifth of the children are orphans"),
    Odd("far_too_many_births", "V570", "19555", "I-0103", _many_births,
        "One birth for four children in half a year"),
    Odd("far_too_many_deaths_under_5", "V571", "19558", "I-0202",
        shares("I-0101.1", I_0202=0.3), "Three of ten born died", YEAR),
    Odd("far_too_many_injured", "V572", "19561", "I-0208", shares("I-0101", I_0208=0.15),
        "One child of seven was injured"),
    Odd("far_too_many_killed_by_injury", "V573", "19564", "I-0209",
        shares("I-0101", I_0209=0.02), "One child of fifty was killed by an injury"),
    Odd("far_too_many_underweight", "V574", "19567", "I-0204.1",
        shares("I-0204.1m", I_0204__1=0.6), "Six of ten weighed are underweight"),
    Odd("far_too_many_stunted", "V575", "19570", "I-0204.2",
        shares("I-0204.2m", I_0204__2=0.7), "Seven of ten measured are stunted"),
    Odd("far_too_many_abused", "V576", "19576", "II-0101",
        shares("I-0101", II_0101=0.05, II_0102=0.05), "One child of twenty was abused"),
    Odd("far_too_many_child_marriages", "V577", "19579", "I-0317",
        shares("I-0101", I_0317=0.07), "One child of 14 is married"),
    Odd("far_too_many_drop_outs", "V578", "19582", "I-0409.10", _many_left,
        "Nearly half of the pupils left", YEAR),
    Odd("hardly_anybody_insured", "V579", "19585", "I-0211", shares("I-0101", I_0211=0.1),
        "One child of ten is insured"),
    Odd("hardly_any_birth_registered", "V580", "19588", "I-0323",
        shares("I-0101.2", I_0323=0.1), "One birth of ten is registered"),
    Odd("ten_times_the_primary_pupils", "V581", "19591", "I-0405.1",
        shares("I-0405.m", I_0405__1=10), "One zero too many in all columns of a row", YEAR),
    Odd("ten_times_the_secondary_pupils", "V582", "19594", "I-0407.1",
        shares("I-0407.m", I_0407__1=10), "One zero too many in all columns of a row", YEAR),
    Odd("nearly_all_births_are_boys", "V561", "19561", "I-0102.1", births(62, 8),
        "62 boys and 8 girls were born"),
)  # fmt: skip


def _register(odd: Odd) -> None:
    @file(FAIL, odd.name, odd.unit, odd.shows, period=odd.period, change=odd.change)
    def _edit(form: Form) -> None:
        form.plant(form.at(odd.element), odd.rule, "warning", odd.shows)


for one in TABLE:
    _register(one)


@file(FAIL, "boys_and_girls_columns_uneven", "19564", "Two of three children are girls")
def _girls(made: Form) -> None:
    _split(made, "M", "F", 0.66, "V562", "two of three are girls")


@file(FAIL, "nearly_all_children_under_6", "19567", "Seven of ten children are under 6")
def _young(made: Form) -> None:
    _split(made, "6-15", "U6", 0.7, "V563", "seven of ten are under 6")


def _split(made: Form, few: str, many: str, part: float, rule: str, what: str) -> None:
    total = made.count("I-0101")
    made.put("I-0101", many, int(total * part))
    made.put("I-0101", few, total - int(total * part))
    sheet, cell = made.at("I-0101", many)
    _, other = made.at("I-0101", few)
    made.plant((sheet, f"{cell} {other}"), rule, "warning", what, FOLLOWS)


@file(
    FAIL,
    "disabled_children_of_no_kind",
    "19570",
    "No disabled child has a kind of disability",
    period=YEAR,
    change=zero("I-0306"),
)
def _kinds(made: Form) -> None:
    rows = [made.at(f"I-0306.{n}")[1] for n in range(1, 7)]
    sheet, _ = made.at("I-0306.1")
    made.plant((sheet, f"{rows[0]}:F{rows[-1][1:]}"), "V532", "error", "no kind at all", FOLLOWS)
