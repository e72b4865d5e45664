"""Workbooks with one defect in a cell: what was typed cannot be taken as it stands."""

from __future__ import annotations

from datetime import date

from sample_workbooks import ErrorValue

from corpus.collection import file
from corpus.contents import Formula, Percent, Shown
from corpus.forms import NOW, YEAR, Form
from corpus.key import FAIL, REMARKS


@file(FAIL, "ambiguous_number", "19564", "A total typed as text with a dot: two readings")
def _ambiguous(made: Form) -> None:
    count = made.count("I-0101")
    text = f"{count // 1000}.{count % 1000:03}"
    made.wrong("I-0101", "T", text, "V307", f"text {text}", follows="")


@file(FAIL, "ambiguous_number_with_comma", "19561", "The other separator, in one of the age groups")
def _comma(made: Form) -> None:
    made.wrong("I-0101", "6-15", "1,091", "V307", "text 1,091", follows="")


@file(
    FAIL,
    "thousands_typed_as_decimals",
    "19588",
    "1.716 typed into an English Excel: the number in the cell is one and a bit",
)
def _decimals(made: Form) -> None:
    value = made.count("I-0101") / 1000
    made.wrong("I-0101", "T", value, "V305 V3*", "thousands became decimals")


@file(FAIL, "half_a_child", "19570", "2.5 disabled children")
def _half(made: Form) -> None:
    made.wrong("602.04", "T", 2.5, "V305 V3*", "not a whole number")


@file(FAIL, "negative_figure", "19558", "A minus sign before a count")
def _negative(made: Form) -> None:
    made.wrong("I-0208", "F", -made.count("I-0208", "F") or -2, "V304", "a negative count")


@file(FAIL, "unit_typed_after_the_number", "19567", "“12 em” in a number cell")
def _words(made: Form) -> None:
    made.wrong(
        "I-0602", "T", f"{made.count('I-0602')} em", "V321", "number with a word", follows=""
    )


@file(FAIL, "remark_instead_of_a_number", "19576", "“đang rà soát” in a number cell")
def _remark(made: Form) -> None:
    made.wrong("I-0317", "T", "đang rà soát", "V308 V3*", "words for a number", follows="")


@file(FAIL, "excel_error_value", "19579", "A formula shows #REF!")
def _error(made: Form) -> None:
    made.wrong("I-0320.1", "T", ErrorValue("#REF!", "SUM(#REF!)"), "V310", "#REF!", follows="")


@file(FAIL, "division_by_zero", "19582", "A formula shows #DIV/0!")
def _division(made: Form) -> None:
    made.wrong("I-0604", "T", ErrorValue("#DIV/0!", "5/0"), "V310", "#DIV/0!", follows="")


@file(FAIL, "formula_without_result", "19585", "A total is a formula that no program has computed")
def _uncomputed(made: Form) -> None:
    _, cell = made.at("I-0602")
    row = cell.lstrip("D")
    made.wrong(
        "I-0602", "T", Formula(f"=E{row}+F{row}", None), "V311", "no stored result", "warning", ""
    )


@file(FAIL, "cell_turned_into_a_date", "19591", "1/2 was typed, Excel made 1 February of it")
def _date(made: Form) -> None:
    made.wrong("I-0301", "F", date(2022, 2, 1), "V327", "a date", follows="")


@file(FAIL, "moment_of_saving_in_a_count", "19588", "The day and hour stand where a count belongs")
def _moment(made: Form) -> None:
    moment = Shown(44702.65625, "dd/mm/yyyy hh:mm")
    made.wrong("I-0211", "F", moment, "V312", "a day and an hour", follows="")


@file(FAIL, "percentage_typed_as_text", "19594", "“95%” in a count cell")
def _percent_text(made: Form) -> None:
    made.wrong("I-0211", "T", "95%", "V313", "a percentage", follows="")


@file(FAIL, "true_for_yes", "19555", "TRUE in a number cell")
def _true(made: Form) -> None:
    made.wrong("I-0319", "T", True, "V314", "true instead of a number", follows="")


@file(FAIL, "blank_cells", "19561", "A row was left blank, which is not zero")
def _blank(made: Form) -> None:
    made.row("I-0604", None, None, None)
    made.plant(made.at("I-0604"), "V301", "warning", "three blank cells")


@file(FAIL, "one_cell_forgotten", "19564", "One cell of the sheet was forgotten")
def _forgotten(made: Form) -> None:
    made.wrong("602.06", "F", None, "V301", "a blank cell", "warning", "")


@file(FAIL, "not_collected", "19567", "“…” where the figure was not collected")
def _not_collected(made: Form) -> None:
    made.row("I-0105.2", "…", "...", "…")
    made.plant(made.at("I-0105.2"), "V302", "warning", "not collected")


@file(FAIL, "not_applicable", "19570", "“x” in a row that every commune can have")
def _x(made: Form) -> None:
    made.row("II-0212", "x")
    made.plant(made.at("II-0212"), "V303", "warning", "not applicable")


@file(FAIL, "two_for_yes", "19576", "A yes-or-no cell says 2", period=YEAR)
def _two(made: Form) -> None:
    made.wrong("I-0104", "T", 2, "V306", "2 where 1 or 0 is asked")


@file(FAIL, "x_for_yes", "19579", "A yes-or-no cell says x", period=YEAR)
def _x_for_yes(made: Form) -> None:
    made.wrong("I-0502", "T", "x", "V320", "x where 1 or 0 is asked", follows="")


@file(FAIL, "figure_in_a_grey_cell", "19582", "A figure stands where the form asks none")
def _grey(made: Form) -> None:
    sheet, cell = made.at("I-0103")
    place = f"H{cell[1:]}"
    made.cells.put(sheet, place, 3)
    made.plant((sheet, place), "V315", "warning", "a figure in an unused cell")


@file(FAIL, "whole_sheet_blank", "19585", "The sheet on abuse was not filled in at all")
def _sheet(made: Form) -> None:
    sheet = "II.1 Xâm hại"
    made.cells.by_sheet[sheet] = {}
    made.plant((sheet, ""), "V316", "warning", "all cells of the sheet are blank")


@file(FAIL, "odd_mark_in_the_box", "19588", "The box “Không phát sinh” says “chưa”")
def _box(made: Form) -> None:
    sheet = "II.2 Xử lý VPHC"
    made.cells.put(sheet, "B4", "chưa")
    made.plant((sheet, ""), "V317", "warning", "no tick")


@file(
    FAIL, "ticked_but_figures_there", "19591", "Ticked “Không phát sinh”, and a figure above zero"
)
def _ticked(made: Form) -> None:
    sheet = "II.2 Xử lý VPHC"
    made.cells.put(sheet, "B4", "x")
    made.row("II-0212", 3)
    made.row("II-0206", None)
    made.plant((sheet, ""), "V318", "warning", "ticked beside figures")


@file(REMARKS, "numbers_stored_as_text", "19561", "Digits stored as text, with blanks around them")
def _text(made: Form) -> None:
    for element, before, after in (
        ("I-0101", "", ""),
        ("I-0105", " ", ""),
        ("I-0208", "", " "),
        ("602.04", "\u00a0", ""),
        ("I-0323", "", "\u00a0"),
    ):
        text = f"{before}{made.count(element)}{after}"
        made.wrong(element, "T", text, "V309", "digits as text", "info", "")


@file(REMARKS, "full_width_digits", "19564", "Digits of a Chinese or Japanese keyboard")
def _full_width(made: Form) -> None:
    text = str(made.count("I-0105")).translate({ord("0") + i: ord("０") + i for i in range(10)})
    made.wrong("I-0105", "T", text, "V309", "full-width digits", "info", "")


@file(
    REMARKS,
    "million_with_two_dots",
    "03388",
    "1.234.567 as text can be read in one way only",
    period=NOW,
)
def _million(made: Form) -> None:
    made.wrong("I-0604", "T", "1.000.000", "V309", "text with two dots", "info", "")
    for column, count in (("M", 500_000), ("F", 500_000)):
        made.put("I-0604", column, count)


@file(FAIL, "percentage_as_cell_format", "19558", "95 % typed: the number in the cell is 0.95")
def _percent(made: Form) -> None:
    made.wrong("I-0211", "T", Percent(0.95), "V305 V313 V3*", "0.95 shown as 95 %")
