"""Cases of the rules of category “file”."""

from rule_cases.base import ERROR, INFO, LIST, ONE, TCVN3, WARNING, Case, files, raw, rows, sheets
from workbooks import cover, table

CASES = {
    "V101": Case(ERROR, raw("a.xlsx", b"rubbish"), ONE),
    "V102": Case(INFO, raw("~$a.xlsx", b""), ONE),
    "V104": Case(INFO, files(a=ONE, b=ONE), files(a=ONE, b=rows(I_0103=[4]))),
    "V106": Case(INFO, sheets(A=TCVN3), ONE),
    "V107": Case(
        WARNING, sheets(Bìa=cover(), A=table({"I-0103": [1]}), DS=LIST), ONE, cell="B1"
    ),
}  # fmt: skip
