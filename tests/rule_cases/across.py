"""Cases of the rules of category “across”."""

from rule_cases.base import ERROR, INFO, ONE, WARNING, Case, files, rows
from workbooks import DAKRONG

CODES = list(DAKRONG)


def communes(rows_of, count=13, **covered):
    """Writes a workbook for each of some communes, with the rows that a function gives for each."""
    named = {
        f"c{i}": {"rows": rows_of(i), "code": code, "name": DAKRONG[code], **covered}
        for i, code in enumerate(CODES[:count])
    }
    return files(**named)


def _large(i, same=False):
    """Rows of one commune: none equal to those of another unless `same`."""
    seed = 0 if same else i
    codes = ("I-0101.1", "I-0101.2", "I-0101.4", "I-0101.5", "I-0103", "I-0211", "I-0323")
    found = {"I-0101": [1200 + 7 * seed]}
    found |= {code: [40 + 11 * n + seed] for n, code in enumerate(codes)}
    return found | {f"602.{n:02}": [seed + n] for n in range(1, 15)}


def _copied(i):
    return _large(1 if i == 2 else i)


def _poor(i, odd=2450):
    return {"I-0101": [1200 + 30 * i], "I-0105.1": [odd if i == 4 else 240 + 7 * i]}


def _zeros(same):
    """Eleven rows that are nearly all zero, alike in all communes."""
    return lambda i: {
        "I-0101": [900 + i],
        **{f"602.{n:02}": [int(n == same)] for n in range(1, 12)},
    }


HAPPENED = ("I-0102.1", "I-0102.2", "I-0103", "I-0205", "I-0206", "I-0208", "I-0302", "I-0317",
            "I-0321", "I-0322", "I-0601", "I-0602")  # fmt: skip


def across_2025(old, old_name, new, new_name):
    """Writes a report of an old commune and one of a new commune that came of it."""
    return files(
        a=ONE | {"code": old, "name": old_name, "period": "2025-6m"},
        b=ONE | {"code": new, "name": new_name, "period": "2025-12m"},
    )


def two_periods(first, second, later="2022-9m"):
    """Writes two periods of one commune."""
    return files(a={"rows": first, "period": "2022-6m"}, b={"rows": second, "period": later})


def _events(more):
    return {code: [n + more] for n, code in enumerate(HAPPENED, 5)}


CASES = {
    "V601": Case(ERROR, files(a=ONE, b=rows(I_0103=[4])), files(a=ONE, b=ONE), count=2),
    "V602": Case(ERROR, communes(_copied), communes(_large), count=2),
    "V603": Case(
        ERROR, two_periods(_events(0), _events(0), "2023-6m"),
        two_periods(_events(0), _events(1), "2023-6m"),
    ),
    "V604": Case(
        ERROR, two_periods({"I-0208": [9]}, {"I-0208": [7]}),
        two_periods({"I-0208": [9]}, {"I-0208": [9]}), cell="D6", element="I-0208",
    ),
    "V605": Case(
        WARNING, two_periods({"I-0301": [42]}, {"I-0301": [420]}),
        two_periods({"I-0301": [2]}, {"I-0301": [3]}), cell="D6", element="I-0301",
    ),
    "V606": Case(WARNING, communes(_poor), communes(lambda i: _poor(i, 350)), cell="D7"),
    "V607": Case(
        WARNING,
        files(
            a=ONE | {"Ngày chốt số liệu": "15/5/2022"},
            b=ONE | {"code": "19591", "name": "Xã A Bung", "Ngày chốt số liệu": "20/5/2022"},
            c=ONE | {"code": "19594", "name": "Xã A Ngo", "Ngày chốt số liệu": "20/5/2022"},
        ),
        files(
            a=ONE | {"Ngày chốt số liệu": "20/05/2022"},
            b=ONE | {"code": "19591", "name": "Xã A Bung", "Ngày chốt số liệu": "20/5/2022"},
            c=ONE | {"code": "19594", "name": "Xã A Ngo", "Ngày chốt số liệu": "2022-05-20"},
        ),
    ),
    "V608": Case(
        WARNING,
        files(
            a=ONE | {"Loại số liệu": "ước tính"},
            b=ONE | {"code": "19591", "name": "Xã A Bung", "Loại số liệu": "thực hiện"},
            c=ONE | {"code": "19594", "name": "Xã A Ngo", "Loại số liệu": "thực hiện"},
        ),
        files(
            a=ONE | {"Loại số liệu": "ước tính"},
            b=ONE | {"code": "19591", "name": "Xã A Bung", "Loại số liệu": "ước tính"},
        ),
    ),
    "V610": Case(  # half of Yên Định went into Ngọc Đường; all of Tân Hợp went into Khe Sanh
        INFO, across_2025("00988", "Xã Yên Định", "00700", "Xã Ngọc Đường"),
        across_2025("19450", "Xã Tân Hợp", "19429", "Xã Khe Sanh"),
    ),
    "V609": Case(WARNING, rows(I_0103=[0], I_0205=["-"]), rows(I_0103=[0], I_0205=[1])),
}  # fmt: skip

MOSTLY_ZERO = communes(_zeros(4))
"""Communes that are alike because nearly nothing occurred: nothing is odd about that."""
