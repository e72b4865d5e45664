"""Cases of the rules of category “between”."""

from rule_cases.base import ERROR, WARNING, Case, rows

CASES = {
    "V501": Case(
        ERROR, rows(I_0101=[60], I_0105=[61]), rows(I_0101=[60], I_0105=[60]), cell="D7",
        cells=("D7", "D6"), element="I-0105",
    ),
    "V502": Case(
        ERROR,
        {"rows": {"I-0301": [15], **{f"602.{n:02}": [1] for n in range(1, 15)}}},
        {"rows": {"I-0301": [10], **{f"602.{n:02}": [1] for n in range(1, 15)}}},
        cell="D6", cells=tuple(f"D{row}" for row in range(6, 21)), element="I-0301",
    ),
    "V503": Case(
        WARNING, {"rows": {"I-0206": [11], "I-0101.1": [10]}},
        {"rows": {"I-0206": [10], "I-0101.1": [10]}},
        cell="D6", cells=("D6", "D7"), element="I-0206",
    ),
    "V504": Case(
        ERROR, {"rows": {"II-0105": [1], "I-0314": [2]}}, {"rows": {"II-0105": [2], "I-0314": [2]}},
        cell="D6", cells=("D6", "D7"), element="II-0105",
    ),
}  # fmt: skip
