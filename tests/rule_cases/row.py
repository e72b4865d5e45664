"""Cases of the rules of category “row”."""

from rule_cases.base import ERROR, Case, rows

CASES = {
    "V401": Case(
        ERROR, rows(I_0105=[9, 4, 6]), rows(I_0105=[9, 4, 5]), cell="D6",
        cells=("D6", "E6", "F6"), element="I-0105",
    ),
    "V402": Case(
        ERROR, rows(I_0211=[60, 31, 29, 20, 41]), rows(I_0211=[60, 31, 29, 20, 40]), cell="D6",
        cells=("D6", "G6", "H6"), element="I-0211",
    ),
    "V403": Case(
        ERROR, rows(I_0101=[60, 31, 29, 20, 40, 61]), rows(I_0101=[60, 31, 29, 20, 40, 60]),
        cell="I6", cells=("I6", "D6"), element="I-0101",
    ),
    "V404": Case(
        ERROR, {"rows": {"I-0103": [9], "I-0102.1": [4], "I-0102.2": [6]}},
        {"rows": {"I-0103": [9], "I-0102.1": [4], "I-0102.2": [5]}},
        cell="D6", cells=("D6", "D7", "D8"), element="I-0103",
    ),
}  # fmt: skip
