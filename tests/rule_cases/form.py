"""Cases of the rules of category “form”."""

from rule_cases.base import ERROR, FILLED, INFO, ONE, SOME, TWICE, WARNING, Case, sheets
from workbooks import consistent, cover, table

CASES = {
    "V201": Case(ERROR, ONE | {"code": "99999"}, ONE, cell="B3"),
    "V202": Case(ERROR, ONE | {"code": "", "name": "Xã Tân Lập"}, ONE | {"code": ""}, cell="B4"),
    "V203": Case(ERROR, ONE | {"name": "Xã A Bung"}, ONE | {"name": "tà rụt"}, cell="B4"),
    "V204": Case(ERROR, ONE | {"period": "quý 2"}, ONE, cell="B5"),
    "V205": Case(
        ERROR, ONE | {"period": "2021"}, ONE, cell="B5", read={"period": "2022-6m"}
    ),
    "V206": Case(ERROR, SOME, {"rows": consistent(3).rows()}, count=6),
    "V207": Case(
        ERROR,
        sheets(Bìa=cover(), A=TWICE),
        SOME, cell="D6", cells=("D6", "D8"), element="I-0103",
    ),
    "V208": Case(WARNING, {"rows": {"I-0101": [1], "I-01O5": [1], "I-0103": [1]}}, SOME, cell="B7"),
    "V209": Case(ERROR, SOME | {"titles": ("Tổng số", "Nam")}, SOME),
    "V212": Case(INFO, sheets(Bìa=cover(), A=table({"I-0103": [1]}), Nháp=[["nháp"]]), ONE),
    "V213": Case(
        ERROR,
        sheets(A=[r for r in FILLED if "Năm báo cáo: 2024" not in r]),
        sheets(A=FILLED), read={"period": "2024-6m"},
    ),
    "V214": Case(
        WARNING,
        sheets(Bìa=cover("467", ""), A=table({"I-0103": [1]})),
        ONE,
    ),
    "V215": Case(
        ERROR, ONE | {"code": "00001", "name": "Phường Phúc Xá"}, ONE,
        cell="B3", read={"scope": "467"},
    ),
    "V217": Case(
        ERROR, sheets(A=cover("19588"), B=cover("19555"), C=table({"I-0103": [1]})), ONE,
        cell="B3",
    ),
    "V218": Case(ERROR, ONE | {"period": "2019-6m"}, ONE, cell="B5"),
}  # fmt: skip
