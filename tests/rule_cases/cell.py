"""Cases of the rules of category “cell”."""

from datetime import date

from rule_cases.base import ERROR, INFO, WARNING, Case, open_document, rows, sheets, uncomputed
from workbooks import Formula, cover, table

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
    "V308": Case(ERROR, rows(I_0103=["12 em"]), rows(I_0103=["12"]), cell="D6", element="I-0103"),
    "V309": Case(INFO, rows(I_0103=[" 12 "]), rows(I_0103=[12]), cell="D6", element="I-0103"),
    "V310": Case(
        ERROR, rows(I_0103=[Formula("=1/0", "#DIV/0!")]), rows(I_0103=[Formula("=1+1", 2)]),
        cell="D6", element="I-0103",
    ),
    "V311": Case(WARNING, uncomputed, rows(I_0103=[Formula("=1+1", 2)]), cell="D6"),
    "V312": Case(ERROR, rows(I_0103=[date(2022, 2, 1)]), rows(I_0103=[44593]), cell="D6"),
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
}  # fmt: skip
