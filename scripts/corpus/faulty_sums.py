"""Workbooks with one wrong figure that contradicts others of the same form."""

from __future__ import annotations

from corpus.collection import file
from corpus.contents import Formula
from corpus.forms import NINE, YEAR, Form
from corpus.key import FAIL

SUMS = "V4* V5*"


@file(FAIL, "sex_sum_wrong", "19561", "Boys and girls are one more than the total")
def _sex(made: Form) -> None:
    made.wrong("I-0208", "M", made.count("I-0208", "M") + 1, "V401", "one boy too many")


@file(
    FAIL, "digits_transposed_in_total", "19576", "Two digits of the total are exchanged", place=None
)
def _transposed(made: Form) -> None:
    made.wrong("I-0101", "T", swapped(made.count("I-0101")), "V401", "digits exchanged")


def swapped(count: int) -> int:
    """Exchange the first two neighbouring digits that differ, from the right."""
    digits = list(str(count))
    for i in range(len(digits) - 1, 0, -1):
        if digits[i] != digits[i - 1]:
            digits[i], digits[i - 1] = digits[i - 1], digits[i]
            return int("".join(digits))
    raise ValueError(f"all digits of {count} are the same")


@file(
    FAIL,
    "digits_transposed_in_primary",
    "19579",
    "Two digits of the primary pupils are exchanged",
    period=YEAR,
)
def _primary(made: Form) -> None:
    made.wrong("I-0405.1", "T", swapped(made.count("I-0405.1")), "V401", "digits exchanged")


@file(FAIL, "one_zero_too_many", "19588", "Ten times as many disabled children as there are")
def _ten_times(made: Form) -> None:
    made.wrong("602.04", "T", made.count("602.04") * 10, "V401", "one zero too many")


@file(FAIL, "one_zero_too_few", "19591", "A tenth of the insured children")
def _tenth(made: Form) -> None:
    made.wrong("I-0211", "T", made.count("I-0211") // 10, "V401", "the last digit is lost")


@file(FAIL, "girls_and_total_exchanged", "19594", "The total stands in the column of girls")
def _exchanged(made: Form) -> None:
    total, girls = made.count("I-0602"), made.count("I-0602", "F")
    made.put("I-0602", "T", girls)
    made.wrong("I-0602", "F", total, "V401", "total and girls exchanged")
    made.plant(made.at("I-0602"), "V401", "error", "total and girls exchanged", SUMS)


@file(FAIL, "age_groups_overlap", "19570", "The six-year-olds are counted in both age groups")
def _overlap(made: Form) -> None:
    made.wrong("I-0101", "U6", made.count("I-0101", "U6") + 23, "V402", "six-year-olds twice")


@file(FAIL, "minority_above_total", "19555", "More children of ethnic minorities than children")
def _minority(made: Form) -> None:
    made.wrong("I-0101", "minority", made.count("I-0101") + 1, "V403", "more than all")


@file(FAIL, "girls_above_total_of_births", "19558", "More girls are born than children")
def _births(made: Form) -> None:
    made.wrong("I-0102.2", "T", made.count("I-0103") + 2, "V405", "too many girls", follows=SUMS)


@file(
    FAIL,
    "poor_total_off_by_18",
    "19564",
    "Poor and near-poor children are 18 fewer than their total",
)
def _poor(made: Form) -> None:
    for column, more in (("T", 18), ("M", 18)):
        made.put("I-0105", column, made.count("I-0105", column) + more)
    sheet, cell = made.at("I-0105")
    made.plant((sheet, f"{cell} E{cell[1:]}"), "V406", "error", "18 too many", SUMS)


@file(
    FAIL,
    "boys_and_girls_of_births_exchanged",
    "19567",
    "Boys and girls born change places in their rows: the column “Nữ” of births gives the girls",
)
def _swapped(made: Form) -> None:
    boys, girls = made.count("I-0102.1"), made.count("I-0102.2")
    made.put("I-0102.1", "T", girls)
    made.put("I-0102.2", "T", boys + 1)
    made.plant(made.at("I-0102.1"), "V405", "error", "boys and girls exchanged", SUMS)
    made.plant(made.at("I-0102.2"), "V405", "error", "boys and girls exchanged", SUMS)


@file(FAIL, "part_exceeds_whole", "19582", "More children reached than live in the commune")
def _part(made: Form) -> None:
    made.wrong("I-0605", "T", made.count("I-0101") + 12, "V537", "a part above the whole")


@file(
    FAIL,
    "drowned_exceed_killed_by_injury",
    "19585",
    "More children drowned than died of any injury",
)
def _drowned(made: Form) -> None:
    for element in ("I-0210", "I-0210.1"):
        for column, more in (("T", 3), ("M", 3), ("6-15", 3)):
            if column in made.columns(element):
                made.put(element, column, made.count(element, column) + more)
    sheet, cell = made.at("I-0210")
    row = cell[1:]
    made.plant((sheet, f"D{row}:I{row}"), "V517", "error", "three more than died", SUMS)


@file(FAIL, "more_helped_than_in_special_circumstances", "19588", "More were helped than there are")
def _helped(made: Form) -> None:
    more = made.count("I-0301") - made.count("I-0302") + 4
    boys = made.count("I-0302", "M") + more
    made.put("I-0302", "T", made.count("I-0302") + more)
    made.put("I-0302", "M", boys)
    sheet, cell = made.at("I-0302")
    row = cell[1:]
    made.plant((sheet, f"D{row}:E{row}"), "V510", "error", "more helped than there are", SUMS)


@file(
    FAIL,
    "special_circumstances_above_sum_of_groups",
    "19591",
    "More children in special circumstances than all their groups together",
)
def _special(made: Form) -> None:
    groups = sum(made.count(f"602.{n:02}") for n in range(1, 15))
    made.wrong("I-0301", "T", groups + 7, "V506", "7 more than the groups")


@file(
    FAIL,
    "abused_above_sum_of_forms",
    "19594",
    "More children are abused than all forms together",
    period=YEAR,
)
def _abused(made: Form) -> None:
    forms = sum(made.count(f"II-01{n:02}") for n in range(2, 8))
    made.wrong("II-0101", "T", forms + 5, "V520", "5 more than the forms")


@file(
    FAIL,
    "vaccinated_above_children_under_1",
    "19561",
    "More fully vaccinated than children under 1",
)
def _vaccinated(made: Form) -> None:
    made.wrong(
        "I-0206", "T", made.count("I-0101.1") + 1, "V503", "one more than there are", "warning"
    )


@file(
    FAIL, "appendices_disagree", "19564", "Sexually abused: Appendix I says more than Appendix II"
)
def _disagree(made: Form) -> None:
    for element in ("II-0104",):
        for column, more in (("T", 2), ("F", 2)):
            made.put(element, column, made.count(element, column) + more)
    sheet, cell = made.at("II-0104")
    row = cell[1:]
    made.plant((sheet, f"D{row} F{row}"), "V504", "error", "two more than in Appendix I", SUMS)


@file(
    FAIL,
    "formula_sums_the_wrong_rows",
    "19567",
    "The total of special circumstances is a formula that leaves out the first group",
    period=NINE,
)
def _formula(made: Form) -> None:
    made.put("602.01", "T", made.count("602.01"))
    sheet, first = made.at("I-0105.1")
    _, last = made.at("I-0105.2")
    value = made.count("I-0105.2")
    where = made.at("I-0105")
    made.put("I-0105", "T", Formula(f"=SUM({last}:{last})", value))
    made.plant((sheet, where[1]), "V406 V3*", "error", f"the sum leaves out {first}", SUMS)


@file(FAIL, "deaths_under_1_above_under_5", "19570", "More died under 1 than under 5", period=YEAR)
def _deaths(made: Form) -> None:
    where = made.at("I-0203")
    made.row(
        "I-0203", made.count("I-0202") + 1, made.count("I-0202", "M") + 1, made.count("I-0202", "F")
    )
    row = where[1][1:]
    made.plant((where[0], f"D{row}:F{row}"), "V516", "error", "more than under 5", SUMS)


@file(
    FAIL,
    "orphans_do_not_add_up",
    "19576",
    "Orphans of both and of one parent differ from all orphans",
)
def _orphans(made: Form) -> None:
    made.wrong("I-0303.2", "T", made.count("I-0303.2") + 6, "V407", "six too many")


@file(
    FAIL, "offenders_do_not_add_up", "19579", "Organisations and persons differ from all dealt with"
)
def _offenders(made: Form) -> None:
    made.wrong("II-0204.2", "T", made.count("II-0204.2") + 2, "V414", "two too many")


@file(
    FAIL, "ages_under_5_exceed_under_9", "19582", "Fewer children up to 8 than under 5", period=YEAR
)
def _ages(made: Form) -> None:
    made.wrong("I-0101.3", "T", made.count("I-0101.2") - 9, "V514 V513", "below those under 5")
