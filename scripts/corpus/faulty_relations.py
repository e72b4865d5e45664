"""Workbooks with one figure that cannot be right beside another, one for each rule about figures.

Each line gives the file's name, the rule that must find it, the commune, the figure that is wrong
and how it came to be. What else is contradicted by that figure follows from it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from corpus.collection import file
from corpus.forms import HALF, YEAR, Form
from corpus.key import FAIL
from ctk.periods import Period

FOLLOWS = "V4* V5*"
How = Callable[[Form, str, str], int]


class Wrong(NamedTuple):
    """One wrong figure.

    Args:
        name: The file's name.
        rule: The rule that must find it.
        unit: The commune.
        element: The row.
        how: Gives the wrong figure.
        shows: What is wrong.
        period: The form's period.
        column: The column.
        severity: Of the finding.
    """

    name: str
    rule: str
    unit: str
    element: str
    how: How
    shows: str
    period: Period = HALF
    column: str = "T"
    severity: str = "error"


def plus(more: int) -> How:
    """Some too many."""
    return lambda form, element, column: form.count(element, column) + more


def times(factor: int) -> How:
    """A zero too many, or the like."""
    return lambda form, element, column: form.count(element, column) * factor


def above(other: str, more: int, column: str = "T") -> How:
    """Some more than in another row."""
    return lambda form, _element, _column: form.count(other, column) + more


def above_sum(others: list[str], more: int) -> How:
    """Some more than in other rows together."""
    return lambda form, _element, _column: sum(map(form.count, others)) + more


def share(other: str, part: float) -> How:
    """An odd share of another row."""
    return lambda form, _element, _column: int(form.count(other) * part)


def parts(element: str, last: int) -> list[str]:
    """The numbered parts of an element."""
    return [f"{element}.{n}" for n in range(1, last + 1)]


def _left_over(form: Form, _element: str, _column: str) -> int:
    """So many of 7 and over that those under 5 no longer find room."""
    return form.count("I-0101") - form.count("I-0101.2") + 3


SUMS = (
    Wrong("neglected_do_not_add_up", "V404", "19555", "II-0210.3", plus(2),
          "Deserted and neglected differ from the cases dealt with"),
    Wrong("places_of_drowning_do_not_add_up", "V408", "19567", "I-0210.2", plus(2),
          "Drowned in the community: two too many"),
    Wrong("ages_of_young_mothers_do_not_add_up", "V409", "19570", "I-0207.2", plus(3),
          "Births to women of 15 to 19: three too many"),
    Wrong("kinds_of_adoption_do_not_add_up", "V410", "19576", "I-0321.1", plus(4),
          "Adopted within the country: four too many"),
    Wrong("trafficked_within_and_abroad_do_not_add_up", "V411", "19579", "I-0314.2", plus(2),
          "Trafficked abroad: two too many"),
    Wrong("kinds_of_abusers_do_not_add_up", "V412", "19582", "II-0109", plus(3),
          "Abusers from the family: three too many"),
    Wrong("outcomes_of_cases_do_not_add_up", "V413", "19585", "II-0201.3", plus(2),
          "Cases with another measure: two too many"),
    Wrong("grades_do_not_add_up", "V416", "19591", "I-0409.13m", plus(10),
          "Pupils of grade 3: ten too many", YEAR),
    Wrong("drop_outs_by_grade_do_not_add_up", "V417", "19594", "I-0409.28", plus(4),
          "Drop-outs of grade 8: four too many", YEAR),
)  # fmt: skip

GROUPS = (
    Wrong("helped_above_sum_of_kinds_of_help", "V502", "19555", "II-0112",
          above_sum(parts("II-0112", 6), 2), "Two abused children got no kind of help"),
    Wrong("group_above_all_in_special_circumstances", "V505", "19558", "602.04",
          above("I-0301", 3), "More disabled children than children in special circumstances"),
    Wrong("special_circumstances_above_all_children", "V507", "19564", "I-0301",
          above("I-0101", 31), "More children in special circumstances than children"),
    Wrong("more_helped_than_in_the_group", "V508", "19567", "603.04", above("602.04", 2),
          "More disabled children helped than there are", YEAR),
    Wrong("group_helped_above_all_helped", "V509", "19570", "603.13", above("I-0302", 2),
          "One group helped is larger than all helped", YEAR),
    Wrong("kind_of_help_above_all_helped", "V511", "19576", "I-0302.1", above("I-0302", 3),
          "One kind of help reached more than were helped"),
    Wrong("relief_above_sum_of_its_kinds", "V512", "19579", "I-0322",
          above_sum(parts("I-0322", 3), 9), "Nine got no kind of relief"),
    Wrong("helped_above_sum_of_groups_helped", "V540", "19576", "I-0302",
          above_sum([f"603.{n:02}" for n in range(1, 15)], 2),
          "Two were helped who are in none of the groups helped", YEAR),
    Wrong("orphans_of_both_parents_differ", "V518", "19582", "I-0303.1", plus(2),
          "Orphans of both parents: not the number of group 1"),
    Wrong("form_of_abuse_above_all_abused", "V519", "19585", "II-0102", above("II-0101", 3),
          "More suffered violence than were abused"),
    Wrong("kind_of_sexual_abuse_above_total", "V521", "19588", "I-0313.1", above("I-0313", 2),
          "One kind of sexual abuse is larger than all"),
    Wrong("sexually_abused_above_sum_of_kinds", "V522", "19591", "I-0313",
          above_sum(parts("I-0313", 5), 3), "Three suffered no kind of sexual abuse"),
    Wrong("more_abused_helped_than_abused", "V523", "19594", "II-0112", above("II-0101", 2),
          "More abused children helped than abused"),
    Wrong("victims_by_outcome_above_all_victims", "V524", "19555", "II-0203.1",
          above("II-0203", 2), "Victims in fined cases are more than all victims"),
    Wrong("kind_of_disability_above_all_disabled", "V531", "19558", "I-0306.3",
          above("602.04", 2), "More children do not see than are disabled", YEAR),
)  # fmt: skip

AGES_AND_CARE = (
    Wrong("under_1_above_under_5", "V513", "19561", "I-0101.1", above("I-0101.2", 4),
          "More children under 1 than under 5"),
    Wrong("under_5_above_the_column_under_6", "V514", "19564", "I-0101.2",
          above("I-0101", 5, "U6"), "More under 5 than in the column under 6"),
    Wrong("under_5_and_over_7_exceed_all", "V515", "19567", "I-0101.4", _left_over,
          "Two age groups that share nobody are more than all"),
    Wrong("died_before_28_days_above_under_1", "V516", "19570", "I-0201", above("I-0203", 1),
          "More newborns died than children under 1", YEAR),
    Wrong("underweight_above_weighed", "V525", "19576", "I-0204.1", above("I-0204.1m", 3),
          "More underweight than weighed"),
    Wrong("weighed_and_measured_above_weighed", "V526", "19579", "I-0204.3m",
          above("I-0204.1m", 4), "More weighed and measured than weighed"),
    Wrong("births_registered_above_under_5", "V528", "19585", "I-0323", above("I-0101.2", 6),
          "More births registered than children under 5"),
    Wrong("insured_above_all_children", "V529", "19588", "I-0211", above("I-0101", 9),
          "More insured than children"),
    Wrong("births_of_young_mothers_above_births", "V530", "19591", "I-0207", above("I-0103", 2),
          "More births to women of 10 to 19 than births"),
    Wrong("pupils_of_age_above_pupils", "V533", "19594", "I-0405.2", above("I-0405.1", 7),
          "More pupils of 6 to 10 than pupils", YEAR),
    Wrong("completed_above_grade_5", "V534", "19555", "I-0406.1", above("I-0406.m", 3),
          "More completed primary school than were in grade 5", YEAR),
    Wrong("drop_outs_above_pupils", "V535", "19558", "I-0409.27", above("I-0409.27m", 1),
          "More left grade 7 than were in it", YEAR),
    Wrong("asked_above_children_over_7", "V537", "19561", "I-0601", above("I-0101.4", 5),
          "More were asked than are of 7 and over"),
    Wrong("clean_water_above_all_children", "V538", "19564", "I-0108", above("I-0101", 40),
          "More children with clean water than children", YEAR),
    Wrong("married_above_all_children", "V539", "19567", "I-0317", above("I-0101", 2),
          "More child marriages than children"),
)  # fmt: skip

WARNED = (
    Wrong("weighed_ten_times_as_many", "V527", "19582", "I-0204.1m", times(10),
          "One zero too many: more weighed than there are under 5"),
    Wrong("population_3_to_5_above_under_6", "V536", "19570", "I-0402.m",
          above("I-0101", 10, "U6"), "More of 3 to 5 than under 6", YEAR),
    Wrong("nearly_only_children", "V560", "19576", "I-0103.m", share("I-0101", 1.2),
          "1,200 people, 1,000 of them children", YEAR),
)  # fmt: skip


def _register(wrong: Wrong, severity: str) -> None:
    @file(FAIL, wrong.name, wrong.unit, wrong.shows, period=wrong.period)
    def _edit(form: Form) -> None:
        count = wrong.how(form, wrong.element, wrong.column)
        form.wrong(wrong.element, wrong.column, count, wrong.rule, wrong.shows, severity, FOLLOWS)


for one in (*SUMS, *GROUPS, *AGES_AND_CARE):
    _register(one, "error")
for one in WARNED:
    _register(one, "warning")
