"""Workbooks with one cell typed as people do, or with something hidden behind its cells."""

from __future__ import annotations

from datetime import date

from corpus.collection import file
from corpus.contents import Formula
from corpus.forms import HALF, NINE, Form
from corpus.key import FAIL, REMARKS


@file(FAIL, "two_numbers_in_a_cell", "19558", "“5 (2 nữ)” in the total of a row")
def _several(made: Form) -> None:
    text = f"{made.count('I-0602')} ({made.count('I-0602', 'F')} nữ)"
    made.wrong("I-0602", "T", text, "V322", "two numbers in a cell", follows="")


@file(FAIL, "footnote_behind_a_number", "19561", "A star behind the number, for a note below")
def _footnote(made: Form) -> None:
    made.wrong("I-0602", "T", f"{made.count('I-0602')}*", "V323", "a footnote mark", follows="")


@file(FAIL, "letter_o_for_zero", "19564", "“1O” with the letter O")
def _letter(made: Form) -> None:
    made.wrong("I-0105", "F", "1O", "V324", "the letter O", follows="")


@file(FAIL, "formula_stored_as_text", "19570", "The cell was formatted as text before the formula")
def _text(made: Form) -> None:
    _, cell = made.at("I-0602")
    row = cell.lstrip("D")
    made.wrong("I-0602", "T", f"=SUM(E{row}:F{row})", "V325", "a formula as text", follows="")


@file(FAIL, "telephone_number_in_a_count", "19576", "A telephone number, its zero lost")
def _telephone(made: Form) -> None:
    made.wrong("I-0602", "T", 912345678, "V326", "a telephone number", follows="")


@file(FAIL, "number_shown_as_a_date", "19579", "12 in a cell formatted as a date")
def _serial(made: Form) -> None:
    made.wrong("602.04", "F", date(1900, 1, 12), "V328", "a number shown as a date", follows="")


@file(FAIL, "merged_cells_of_a_row", "19582", "Girls and boys merged, one sign for both")
def _merged(made: Form) -> None:
    sheet, first = made.at("602.06", "M")
    _, last = made.at("602.06", "F")
    made.row("602.06", 0, "-", None)
    made.around.merged.append((sheet, f"{first}:{last}"))
    made.plant((sheet, first), "V330", "warning", "merged cells of figures")
    made.plant((sheet, last), "V301", "warning", "blank by the merge")


@file(FAIL, "hidden_row_with_figures", "19585", "A row with figures is hidden")
def _hidden(made: Form) -> None:
    sheet, cell = made.at("I-0105")
    made.around.hidden_rows.append((sheet, int(cell[1:])))
    made.plant((sheet, cell), "V332", "warning", "a hidden row")


@file(
    FAIL,
    "formula_leaves_out_a_zero",
    "19588",
    "A total leaves out a part that is zero",
    period=NINE,
)
def _left_out(made: Form) -> None:
    _, first = made.at("I-0105.1")
    sheet, last = made.at("I-0105.2")
    for column in made.columns("I-0105"):
        made.put("I-0105.2", column, 0)
        made.put("I-0105.1", column, made.count("I-0105", column))
    made.put("I-0105", "T", Formula(f"=SUM({first}:{first})", made.count("I-0105")))
    made.plant((sheet, made.at("I-0105")[1]), "V333", "warning", f"the sum leaves out {last}")


@file(
    FAIL, "formula_of_another_workbook", "19591", "A figure is taken from a file that is not here"
)
def _elsewhere(made: Form) -> None:
    formula = Formula("='[so lieu.xlsx]Tong'!D8", made.count("I-0602"))
    made.wrong("I-0602", "T", formula, "V334", "a figure of another file", "warning", "")


@file(FAIL, "formula_adds_ages_to_sexes", "19594", "A total adds both sexes and both ages")
def _too_much(made: Form) -> None:
    _, cell = made.at("I-0101")
    row = cell.lstrip("D")
    twice = Formula(f"=SUM(E{row}:H{row})", 2 * made.count("I-0101"))
    made.wrong("I-0101", "T", twice, "V335 V401", "sexes and ages added", "error")


@file(FAIL, "title_of_another_commune", "19555", "The cover is right, a table has another's title")
def _title(made: Form) -> None:
    made.cells.put("I.1 Chung", "K1", "Đơn vị báo cáo: Xã A Bung")
    made.plant(("I.1 Chung", "K1"), "V223", "error", "the title of another commune")


@file(
    FAIL, "title_of_another_period", "19558", "A table's title is of the year before", period=HALF
)
def _year(made: Form) -> None:
    made.cells.put("I.1 Chung", "C3", "6 tháng đầu năm 2021")
    made.plant(("I.1 Chung", "C3"), "V225", "error", "the title of another year")


@file(FAIL, "cut_off_two_years_later", "19561", "The cut-off date is not of the period")
def _cut_off(made: Form) -> None:
    made.cells.put_on_cover(6, date(2024, 6, 14))
    made.plant(("Bìa", "B10"), "V226", "warning", "a date of two years later")


@file(FAIL, "accents_of_the_name_wrong", "19570", "“Xã Ba Lồng” for Ba Lòng")
def _accents(made: Form) -> None:
    made.cover(2, "Xã Ba Lồng")
    made.plant(("Bìa", "B6"), "V227", "warning", "another accent")


@file(FAIL, "ta_rut_2022", "19591", "The file is named for Tà Rụt, its content is of A Bung")
def _name(made: Form) -> None:
    made.plant(("", ""), "V224", "warning", "the name of another commune")


@file(FAIL, "xa_a_vao", "19585", "Only the name of the file says whose it is", options="--unit 467")
def _only_name(made: Form) -> None:
    made.cover(1, None)
    made.cover(2, None)
    for sheet in made.cells.plan.sheets:
        made.cells.put(sheet.name, "K1", None)
        made.cells.put(sheet.name, "C3", None)
    made.plant(("Bìa", "B6"), "V222", "warning", "no unit in the file")


@file(REMARKS, "comment_on_a_cell", "19570", "A cell has a comment; its figure is right")
def _comment(made: Form) -> None:
    made.around.comments[made.at("I-0208")] = "Đã đối chiếu với sổ của trạm y tế."
    made.plant(made.at("I-0208"), "V331", "info", "a comment")


@file(REMARKS, "unit_in_the_title_only", "19576", "The cover names no unit, the titles do")
def _in_title(made: Form) -> None:
    made.cover(1, None)
    made.cover(2, None)
    made.plant(("I.1 Chung", "C3"), "V221", "info", "the unit stands in the titles")


@file(REMARKS, "period_in_the_title_only", "19579", "The cover states no period, the titles do")
def _period(made: Form) -> None:
    made.cover(5, None)
    made.plant(("I.1 Chung", "C3"), "V228", "info", "the period stands in the titles")


@file(FAIL, "hidden_sheet_repeats_a_table", "19594", "A hidden sheet still holds an old table")
def _old_sheet(made: Form) -> None:
    made.around.further["Biểu cũ"] = [
        ["Chỉ tiêu", "Mã số", "Đơn vị tính", "Tổng số", "Nam", "Nữ"],
        ["Trẻ em sinh ra sống", "I-0105", "người", 9, 4, 5],
    ]
    made.around.hidden.append("Biểu cũ")
    made.plant(("Biểu cũ", ""), "V219", "warning", "a hidden table of the same rows")


@file(FAIL, "hidden_sheet_of_the_form", "19555", "A sheet of the form is hidden")
def _hidden_sheet(made: Form) -> None:
    made.around.hidden.append("II.2 Xử lý VPHC")
    made.plant(("II.2 Xử lý VPHC", ""), "V220", "warning", "figures on a hidden sheet")
