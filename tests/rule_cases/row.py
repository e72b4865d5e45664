"""Cases of the rules of category “row”."""

from rule_cases.base import ERROR, Case, pair, parts, rows

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
    "V404": pair(
        ERROR, {"II-0210": 3, "II-0210.3": 1, "II-0210.4": 1},
        {"II-0210": 2, "II-0210.3": 1, "II-0210.4": 1},
    ),
    "V405": Case(
        ERROR, {"rows": {"I-0103": [9], "I-0102.1": [4], "I-0102.2": [6]}},
        {"rows": {"I-0103": [9], "I-0102.1": [4], "I-0102.2": [5]}},
        cell="D6", cells=("D6", "D7", "D8"), element="I-0103",
    ),
    "V406": pair(
        ERROR, {"I-0105": 1213, "I-0105.1": 981, "I-0105.2": 250},
        {"I-0105": 1231, "I-0105.1": 981, "I-0105.2": 250},
    ),
    "V407": pair(
        ERROR, {"I-0303": 39, "I-0303.1": 6, "I-0303.2": 36},
        {"I-0303": 42, "I-0303.1": 6, "I-0303.2": 36},
    ),
    "V408": pair(ERROR, *parts("I-0210", ["I-0210.1", "I-0210.2", "I-0210.3"], 3, 2)),
    "V409": pair(ERROR, *parts("I-0207", ["I-0207.1", "I-0207.2"], 2, 4)),
    "V410": pair(ERROR, *parts("I-0321", ["I-0321.1", "I-0321.2"], 2, 5)),
    "V411": pair(ERROR, *parts("I-0314", ["I-0314.1", "I-0314.2"], 2, 1)),
    "V412": pair(
        ERROR, *parts("II-0108.m", ["II-0108", "II-0109", "II-0110", "II-0111"], 4, 3),
    ),
    "V413": pair(ERROR, *parts("II-0201", [f"II-0201.{n}" for n in range(1, 6)], 5, 4)),
    "V414": pair(ERROR, *parts("II-0205", ["II-0205.1", "II-0205.2"], 2, 3)),
    "V416": pair(
        ERROR, *parts("I-0409.20m", [f"I-0409.{n}m" for n in (26, 27, 28, 29)], 4, 5),
    ),
    "V417": pair(ERROR, *parts("I-0409.10", [f"I-0409.{n}" for n in range(11, 16)], 5, 6)),
}  # fmt: skip
