"""Cases of the rules of category “across”."""

from rule_cases.base import ERROR, ONE, Case, files, rows

CASES = {
    "V601": Case(ERROR, files(a=ONE, b=rows(I_0103=[4])), files(a=ONE, b=ONE), count=2),
}  # fmt: skip
