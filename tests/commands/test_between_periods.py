"""Earlier periods in the ledger: what is compared with what, also across July 2025."""

import json
from pathlib import Path

import pytest

from ctk.commands.earlier import earlier_of
from ctk.ledger.ledger import Ledger
from workbooks import DAKRONG, batch_of, book

JSON = ("--format", "json")
OLD = {
    "19429": "Thị trấn Khe Sanh",
    "19450": "Xã Tân Hợp",
    "19453": "Xã Hướng Tân",
    "19468": "Xã Húc",
}
NEW = {"code": "19429", "name": "Xã Khe Sanh"}  # all four went into it whole in July 2025
PARTS = {"00700": "Xã Ngọc Đường", "00988": "Xã Yên Định"}  # a part of the second went into 00700


def take(ctk, *paths):
    """Receive files although other rows of the form are not in them."""
    answer = ctk("receive", *paths, "--accept-with-errors", "few rows are enough here", *JSON)
    return answer.json["findings"]


def told(findings, *rules):
    """The findings of some rules as pairs of rule and element."""
    wanted = rules or ("V603", "V604", "V605", "V610")
    return [(f["rule"], f["element"]) for f in findings if f["rule"] in wanted]


def six(folder, rows, period="2022-6m", code="19588"):
    """A commune's report of half a year."""
    return book(
        folder / f"{code} {period}.xlsx", rows, code=code, name=DAKRONG[code], period=period
    )


def test_a_later_period_is_compared_with_the_ledger(ctk, tmp_path):
    """A cumulative count that falls and a stock that jumps are told, with the file of then."""
    take(ctk, six(tmp_path, {"I-0208": [9], "I-0301": [42]}))
    later = six(tmp_path, {"I-0208": [7], "I-0301": [420]}, "2022-12m")
    checked = ctk("validate", later, *JSON)
    assert "1 báo cáo của kỳ 2022-6m" in checked.err
    for findings in (checked.json["findings"], take(ctk, later)):
        assert told(findings) == [("V604", "I-0208"), ("V605", "I-0301")]
        fall = next(found for found in findings if found["rule"] == "V604")
        assert "2022-6m" in fall["message"]
        assert "19588 2022-6m.xlsx" in fall["message"]


def test_without_a_ledger_nothing_is_compared(ctk, tmp_path):
    """The same file alone has no such finding, and no ledger is made by checking it."""
    later = six(tmp_path, {"I-0208": [7]}, "2022-12m")
    assert told(ctk("validate", later, *JSON).json["findings"]) == []
    assert not Path("ledger").exists()


def test_what_is_withdrawn_or_of_another_commune_is_not_compared(ctk, tmp_path):
    """Only reports that count, and only those of the same commune."""
    take(ctk, six(tmp_path, {"I-0208": [9]}), six(tmp_path, {"I-0208": [50]}, code="19591"))
    (first, _) = ctk("history", "467", *JSON).json["data"]["receipts"]
    ctk("withdraw", first["id"], "--why", "sai")
    later = six(tmp_path, {"I-0208": [7]}, "2022-12m")
    assert told(ctk("validate", later, *JSON).json["findings"]) == []


def test_only_the_periods_needed_are_loaded(ctk, tmp_path):
    """Of many years only the last period before, and the same months of a year ago."""
    periods = ["2022-6m", "2022-12m", "2023-6m", "2023-12m", "2024-6m"]
    for period in periods:
        take(ctk, six(tmp_path, {"I-0301": [42]}, period))
    for period, expected in (
        ("2024-12m", {"2024-6m", "2023-12m"}),
        ("2024-6m", {"2023-12m", "2023-6m"}),
        ("2022-6m", set()),
    ):
        batch = batch_of(six(tmp_path, {"I-0301": [43]}, period))
        loaded = earlier_of(Ledger(Path("ledger")), batch)
        assert {str(of.period) for of in (loaded.submissions if loaded else ())} == expected


def _old(folder, children, codes=tuple(OLD)):
    """Reports of the old communes for the first half of 2025, with children in all of them."""
    return [
        book(folder / f"old {code}.xlsx", rows, code=code, name=OLD[code], period="2025-6m")
        for code, rows in zip(codes, children, strict=False)
    ]


def _new(folder, rows):
    """The new commune's report for all of 2025."""
    return book(folder / "new.xlsx", rows, period="2025-12m", **NEW)


def test_merged_communes_are_compared_as_one(ctk, tmp_path):
    """Four old communes of 10 are one new commune of 40: neither a fall nor a jump."""
    take(ctk, *_old(tmp_path, [{"I-0208": [10], "I-0301": [100]}] * 4))
    fine = _new(tmp_path, {"I-0208": [41], "I-0301": [405]})
    assert told(ctk("validate", fine, *JSON).json["findings"]) == []
    odd = _new(tmp_path, {"I-0208": [39], "I-0301": [1000]})
    assert told(ctk("validate", odd, *JSON).json["findings"]) == [
        ("V604", "I-0208"),
        ("V605", "I-0301"),
    ]


def test_a_part_missing_is_no_sum(ctk, tmp_path):
    """Without one of the four nothing is compared, least of all the old Khe Sanh alone."""
    take(ctk, *_old(tmp_path, [{"I-0208": [100], "I-0301": [1]}] * 4, tuple(OLD)[:3]))
    new = _new(tmp_path, {"I-0208": [39], "I-0301": [1000]})
    assert told(ctk("validate", new, *JSON).json["findings"]) == []


@pytest.fixture
def divided(tmp_path):
    """Two old communes, of which one was divided, and the new one that a part of it went to."""
    rows = {"I-0101": [1000], "I-0208": [50], "I-0301": [10]}
    old = [
        book(tmp_path / f"old {code}.xlsx", rows, code=code, name=name, period="2025-6m")
        for code, name in PARTS.items()
    ]
    covered = {"code": "00700", "name": PARTS["00700"], "period": "2025-12m"}
    later = {"I-0101": [7000], "I-0208": [1], "I-0301": [1000]}
    return [*old, book(tmp_path / "new.xlsx", later, **covered)]


def test_counts_of_a_divided_commune_are_not_comparable(ctk, divided):
    """Nothing is divided by guess: it is said once, with the name of the commune and the period."""
    *old, new = divided
    take(ctk, *old)
    findings = ctk("validate", new, *JSON).json["findings"]
    assert told(findings) == [("V610", None)]
    (found,) = (f for f in findings if f["rule"] == "V610")
    assert (found["severity"], "Yên Định" in found["message"]) == ("info", True)
    assert "2025-6m" in found["message"]


def test_declared_weights_divide_populations_only(ctk, divided):
    """With 40 % of Yên Định 1,400 children lived here: 7,000 is a jump; cases stay incomparable."""
    *old, new = divided
    Path("ctk.toml").write_text("[weights.00988]\n00700 = 0.4\n", encoding="utf-8")
    take(ctk, *old)
    findings = ctk("validate", new, *JSON).json["findings"]
    assert told(findings) == [("V610", None), ("V605", "I-0101")]
    (jump,) = (f for f in findings if f["rule"] == "V605")
    assert "1.400" in jump["message"]


@pytest.mark.parametrize("shares", ["00700 = 1.5", "00700 = 0.7\n00994 = 0.6", '00700 = "0.4"'])
def test_weights_that_cannot_be_are_refused(ctk, shares):
    """A share is between 0 and 1, and all shares of a unit are at most the whole."""
    Path("ctk.toml").write_text(f"[weights.00988]\n{shares}\n", encoding="utf-8")
    answer = ctk("history", "467", *JSON)
    assert (answer.code, answer.json["errors"][0]["code"]) == (2, "settings_value")


def earlier(ctk, *arguments):
    """The figure of a year before that a trace gives."""
    return ctk("trace", *arguments, *JSON).json["data"]["earlier"]


def test_a_trace_compares_with_the_units_of_then(ctk, tmp_path, divided):
    """Merged units add up and are named; a divided one is not comparable, and that is said."""
    take(ctk, *_old(tmp_path, [{"I-0301": [100 + i]} for i in range(4)]), *divided[:2])
    for code, name in (("19429", "Xã Khe Sanh"), ("00700", PARTS["00700"])):
        path = tmp_path / f"{code} 2026.xlsx"
        take(ctk, book(path, {"I-0301": [400]}, code=code, name=name, period="2026-6m"))
    merged = earlier(ctk, "19429", "I-0301.n", "--period", "2026-6m")
    assert (merged["period"], merged["value"], merged["comparable"]) == ("2025-6m", 406, True)
    assert {each["code"] for each in merged["made_of"]} == set(OLD)
    cut = earlier(ctk, "00700", "I-0301.n", "--period", "2026-6m")
    assert (cut["value"], cut["comparable"], cut["why"]) == (None, False, "split")
    assert json.dumps(cut["made_of"]).count("part") >= 1
    shown = ctk("trace", "00700", "I-0301.n", "--period", "2026-6m").out
    assert "không so sánh được" in shown
    assert "một phần Xã Yên Định" in shown


def test_a_trace_divides_populations_by_the_weights(ctk, tmp_path, divided):
    """1,000 children and 40 % of 1,000 more; cases, and their rate, stay incomparable."""
    Path("ctk.toml").write_text("[weights.00988]\n00700 = 0.4\n", encoding="utf-8")
    covered = {"code": "00700", "name": PARTS["00700"], "period": "2026-6m"}
    path = book(tmp_path / "2026.xlsx", {"I-0101": [1500], "I-0301": [9]}, **covered)
    take(ctk, *divided[:2], path)
    found = {
        id_: earlier(ctk, "00700", id_, "--period", "2026-6m")
        for id_ in ("I-0101.n", "I-0301.n", "I-0301.r")
    }
    assert (found["I-0101.n"]["value"], found["I-0101.n"]["comparable"]) == (1400, True)
    assert [found[id_]["why"] for id_ in ("I-0301.n", "I-0301.r")] == ["split", "split"]


def test_a_rate_of_merged_units_is_computed_again(ctk, tmp_path):
    """1 of 100 and 3 of 300 … are 10 of 1,000: 1 %, not the mean or sum of the four rates."""
    rows = [{"I-0301": [n], "I-0101": [100 * n]} for n in (1, 2, 3, 4)]
    take(ctk, *_old(tmp_path, rows))
    new = {"period": "2026-6m", **NEW}
    take(ctk, book(tmp_path / "2026.xlsx", {"I-0301": [10], "I-0101": [1000]}, **new))
    told_ = earlier(ctk, "19429", "I-0301.r", "--period", "2026-6m")
    assert (told_["value"], told_["comparable"]) == (1, True)


def test_reports_stand_on_the_units_of_their_period(ctk, tmp_path):
    """The first half of 2025 is of the old communes and districts, all of 2025 of the new ones."""
    take(ctk, *_old(tmp_path, [{"I-0101": [100]}] * 4), _new(tmp_path, {"I-0101": [400]}))
    units = {}
    for period in ("2025-6m", "2025-12m"):
        answer = ctk("aggregate", "--level", "commune", "--period", period, *JSON)
        units[period] = {row["unit"] for row in answer.json["data"]["values"]}
    assert units == {"2025-6m": set(OLD), "2025-12m": {"19429"}}
    none = ctk("aggregate", "--level", "district", "--period", "2025-12m", *JSON)
    assert (none.code, none.json["errors"][0]["code"]) == (2, "no_districts")


def test_history_tells_what_a_new_commune_was_made_of(ctk, tmp_path):
    """The code of Khe Sanh means a township, then a larger commune: both are named as they were."""
    take(ctk, *_old(tmp_path, [{"I-0301": [1]}] * 4), _new(tmp_path, {"I-0301": [4]}))
    answer = ctk("history", "19429", *JSON)
    names = [row["unit_name"] for row in answer.json["data"]["receipts"]]
    assert names == ["Thị trấn Khe Sanh", "Xã Khe Sanh"]
    assert {each["code"] for each in answer.json["data"]["made_of"]} == set(OLD)
    assert "Xã Húc" in answer.err


def test_a_damaged_ledger_does_not_keep_files_from_being_checked(ctk, tmp_path):
    """The files are checked, and that nothing could be compared is an error of its own."""
    path = six(tmp_path, {"I-0101": [9]})
    take(ctk, path)
    (event,) = Path("ledger/events").iterdir()
    event.write_bytes(b"{}")
    for index in Path("ledger").glob("index*"):
        index.unlink()
    answer = ctk("validate", path, *JSON)
    assert (answer.code, len(answer.json["data"]["files"])) == (3, 1)
    assert [error["code"] for error in answer.json["errors"]] == ["ledger_damaged"]
    assert "ctk ledger check" in ctk("validate", path).err
