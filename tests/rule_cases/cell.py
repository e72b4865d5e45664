"""Cases of the rules of category “cell”."""

from datetime import UTC, date, datetime

from openpyxl.comments import Comment

from rule_cases.base import (
    ERROR,
    INFO,
    WARNING,
    Case,
    edited,
    open_document,
    rows,
    sheets,
    uncomputed,
)
from workbooks import Formula, cover, table


def merge(area):
    """Merges cells."""
    return lambda sheet: sheet.merge_cells(area)


def remark(author, text="tạm tính"):
    """Puts a comment on the first figure."""

    def change(sheet):
        sheet["D6"].comment = Comment(text, author)

    return change


def hide_row(sheet):
    """Hides the first row of figures."""
    sheet.row_dimensions[6].hidden = True


def births(formula, result=9):
    """Births, girls and boys in rows; the total is a formula."""
    lines = {"I-0103": [Formula(formula, result)], "I-0102.1": [4], "I-0102.2": [5], "I-0205": [7]}
    return {"rows": lines}


CASES = {
    "V301": Case(
        WARNING, rows(I_0105=[9, None, None]), rows(I_0105=[9, "-", 9]), cell="E6",
        cells=("E6", "F6"), element="I-0105",
    ),
    "V302": Case(
        WARNING, rows(I_0105=[9, "…", "..."]), rows(I_0105=[9, 4, 5]), cell="E6",
        cells=("E6", "F6"), element="I-0105",
    ),
    "V303": Case(WARNING, rows(I_0103=["x"]), rows(I_0103=["-"]), cell="D6", element="I-0103"),
    "V304": Case(ERROR, rows(I_0103=[-1]), rows(I_0103=[0]), cell="D6", element="I-0103"),
    "V305": Case(ERROR, rows(I_0103=[2.5]), rows(I_0103=[2.0]), cell="D6", element="I-0103"),
    "V306": Case(
        ERROR, rows(I_0104=[2]) | {"period": "2022"},
        rows(I_0104=[1], I_0502=[0]) | {"period": "2022"},
        cell="D6", element="I-0104",
    ),
    "V307": Case(ERROR, rows(I_0103=["1.234"]), rows(I_0103=[1234]), cell="D6", element="I-0103"),
    "V308": Case(ERROR, rows(I_0103=["đủ"]), rows(I_0103=["12"]), cell="D6", element="I-0103"),
    "V309": Case(INFO, rows(I_0103=[" 12 "]), rows(I_0103=[12]), cell="D6", element="I-0103"),
    "V310": Case(
        ERROR, rows(I_0103=[Formula("=1/0", "#DIV/0!")]), rows(I_0103=[Formula("=1+1", 2)]),
        cell="D6", element="I-0103",
    ),
    "V311": Case(WARNING, uncomputed, rows(I_0103=[Formula("=1+1", 2)]), cell="D6"),
    "V312": Case(
        ERROR, rows(I_0103=[datetime(2022, 2, 1, 7, 30, tzinfo=UTC)]), rows(I_0103=[44593]),
        cell="D6",
    ),
    "V313": Case(ERROR, rows(I_0103=["5%"]), rows(I_0103=[5]), cell="D6"),
    "V314": Case(ERROR, rows(I_0103=[True]), rows(I_0103=[1]), cell="D6"),
    "V315": Case(WARNING, rows(I_0103=[3, 2]), rows(I_0103=[3]), cell="E6"),
    "V316": Case(WARNING, rows(I_0103=[None], I_0105=[None]), rows(I_0103=[None]) | {"box": "x"}),
    "V317": Case(
        WARNING, {"rows": {"I-0103": [None]}, "box": "chưa"},
        {"rows": {"I-0103": [None]}, "box": "x"},
    ),
    "V318": Case(
        WARNING, {"rows": {"I-0103": [3], "I-0205": [None]}, "box": "x"},
        {"rows": {"I-0103": [0], "I-0205": [None]}, "box": "x"},
    ),
    "V319": Case(
        WARNING, open_document(Bìa=cover(), A=table({"I-0103": [None]}, box="x")),
        sheets(Bìa=cover(), A=table({"I-0103": [None]}, box="x")),
    ),
    "V320": Case(
        ERROR, rows(I_0104=["x"]) | {"period": "2022"}, rows(I_0104=[1]) | {"period": "2022"},
        cell="D6", element="I-0104",
    ),
    "V321": Case(ERROR, rows(I_0103=["12 em"]), rows(I_0103=[" 12 "]), cell="D6", element="I-0103"),
    "V322": Case(
        ERROR, rows(I_0103=["5 (2 nữ)"]), rows(I_0103=["1 234"]), cell="D6", element="I-0103"
    ),
    "V323": Case(ERROR, rows(I_0103=["12(1)"]), rows(I_0103=["12."]), cell="D6", element="I-0103"),
    "V324": Case(ERROR, rows(I_0103=["1O"]), rows(I_0103=["10"]), cell="D6", element="I-0103"),
    "V325": Case(
        ERROR, rows(I_0103=["=SUM(E8:F8)"]), rows(I_0103=["+12"]), cell="D6", element="I-0103"
    ),
    "V326": Case(
        ERROR, rows(I_0103=[987654321]), rows(I_0103=[9_999_999]), cell="D6", element="I-0103"
    ),
    "V327": Case(
        ERROR, rows(I_0103=[date(2022, 2, 1)]), rows(I_0103=[44593]), cell="D6", element="I-0103"
    ),
    "V328": Case(
        ERROR, rows(I_0103=[date(1900, 1, 12)]), rows(I_0103=[12]), cell="D6", element="I-0103"
    ),
    "V330": Case(
        WARNING, edited(merge("D6:F6"), **rows(I_0105=["không", None, None])),
        edited(merge("E6:F6"), **rows(I_0103=[3])), cell="D6", element="I-0105",
    ),
    "V331": Case(
        INFO, edited(remark("cán bộ xã"), **rows(I_0103=[3])),
        edited(remark("ctk"), **rows(I_0103=[3])), cell="D6", element="I-0103",
    ),
    "V332": Case(
        WARNING, edited(hide_row, **rows(I_0103=[3])), edited(hide_row, **rows(I_0103=[0])),
        cell="D6", element="I-0103",
    ),
    "V333": Case(
        WARNING, births("=SUM(D7:D7)"), births("=SUM(D7:D8)"), cell="D6", cells=("D6", "D8"),
        element="I-0103",
    ),
    "V334": Case(
        WARNING, rows(I_0103=[Formula("='[so lieu.xlsx]Tong'!D8", 3)]),
        rows(I_0103=[Formula("='Bìa'!B20", 3)]), cell="D6", element="I-0103",
    ),
    "V335": Case(
        WARNING, births("=SUM(D7:D9)", 16), births("=D7+D8"), cell="D6", cells=("D6", "D9"),
        element="I-0103",
    ),
}  # fmt: skip
