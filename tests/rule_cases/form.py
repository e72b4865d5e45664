"""Cases of the rules of category “form”."""

from rule_cases.base import (
    ERROR,
    FILLED,
    INFO,
    ONE,
    SOME,
    TWICE,
    WARNING,
    Case,
    hidden,
    named,
    sheets,
    titled,
)
from workbooks import consistent, cover, table

ROW = {"I-0103": [3]}
ONE_ROW, OLD_ROW = table(ROW), table({"I-0103": [4]})

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
    "V219": Case(
        WARNING, hidden("Cũ", Bìa=cover(), A=ONE_ROW, Cũ=OLD_ROW),
        hidden("Nháp", Bìa=cover(), A=ONE_ROW, Nháp=[["nháp"]]),
    ),
    "V220": Case(
        WARNING, hidden("B", Bìa=cover(), A=ONE_ROW, B=table({"I-0205": [3]})),
        hidden("Bìa", Bìa=cover(), A=ONE_ROW),
    ),
    "V221": Case(
        INFO, sheets(**titled("Đơn vị báo cáo: Thị trấn Krông Klang", ROW, code="", name="")),
        sheets(**titled("Đơn vị báo cáo: Thị trấn Krông Klang", ROW, code="19555", name="")),
        cell="A1",
    ),
    "V222": Case(
        WARNING, named("Xa Ta Rut 2022.xlsx", titled("BIỂU", ROW, code="", name="")),
        named("Xa Ta Rut 2022.xlsx", titled("BIỂU", ROW)), read={"scope": "467"},
    ),
    "V223": Case(
        ERROR, sheets(**titled("Đơn vị báo cáo: Xã A Bung", ROW)),
        sheets(**titled("UBND XÃ TÀ RỤT", ROW)), cell="A1",
    ),
    "V224": Case(
        WARNING, named("A Bung 2022.xlsx", titled("BIỂU", ROW)),
        named("A Bung gui Ta Rut.xlsx", titled("BIỂU", ROW)),
    ),
    "V225": Case(
        ERROR, sheets(**titled("Báo cáo 6 tháng đầu năm 2021", ROW)),
        sheets(**titled("Theo Thông tư 13 năm 2021", ROW)), cell="A1",
    ),
    "V226": Case(
        WARNING, ONE | {"Ngày chốt số liệu": "30/06/2024"},
        ONE | {"Ngày chốt số liệu": "14/06/2022"}, cell="B6",
    ),
    "V227": Case(
        WARNING, ONE | {"name": "Xã Tá Rụt"}, ONE | {"name": "Xã Ta Rut"}, cell="B4",
    ),
    "V228": Case(
        INFO, sheets(**titled("6 tháng đầu năm 2022", ROW, period="")),
        sheets(**titled("6 tháng đầu năm 2022", ROW)), cell="A1",
    ),
}  # fmt: skip
