"""The look-up commands answer from ctk's own lists."""

import pytest


def rows(answer, name):
    """One list of an answer."""
    return answer.json["data"][name]


@pytest.mark.parametrize("id_", ["I-0301", "i-0301", " I-0301 "])
def test_one_indicator(ctk, id_):
    """An indicator is found by its id in any case, with its elements."""
    (row,) = rows(ctk("indicators", "show", id_, "--format", "json"), "indicators")
    assert row["name_vi"] == "Số lượng, tỷ lệ trẻ em có hoàn cảnh đặc biệt"
    assert {"I-0301", "602.01", "602.14"} <= {e["id"] for e in row["elements"]}


def test_unknown_indicator_proposes(ctk):
    """A code without its appendix is ambiguous: both are proposed."""
    answer = ctk("indicators", "show", "0104")
    assert answer.code == 2
    assert "I-0104" in answer.err
    assert "II-0104" in answer.err


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        ("2022-10-01", (63, 705, 10_599)),
        ("2025-06-30", (63, 696, 10_035)),
        ("2025-07-01", (34, 0, 3_321)),
    ],
)
def test_units_by_day(ctk, at, counts):
    """Provinces, districts and communes are as many as there were on the day."""
    found = tuple(
        len(rows(ctk("units", "list", "--level", level, "--at", at, "--format", "json"), "units"))
        for level in ("province", "district", "commune")
    )
    assert counts == found


def test_units_below(ctk):
    """Without a level the units directly below are listed."""
    found = rows(ctk("units", "list", "--within", "467", "--at", "2022-10-01", "--format", "json"),
                 "units")  # fmt: skip
    assert len(found) == 13
    assert {"467"} == {row["parent"] for row in found}


def test_find_says_how_sure(ctk):
    """A sure match is told from a proposal."""
    words = ("units", "find")
    more = ("--within", "467", "--at", "2022-10-01", "--format", "json")
    (sure,) = rows(ctk(*words, "xã tà rụt", *more), "units")
    assert (sure["code"], sure["score"]) == ("19588", 1)
    assert sure["how"] != "proposal"
    first = rows(ctk(*words, "Tà Rụtt", *more), "units")[0]
    assert (first["code"], first["how"]) == ("19588", "proposal")
    assert first["score"] < 1


def test_convert(ctk):
    """A commune of 2024 leads to the one it became a part of."""
    found = rows(
        ctk("units", "convert", "19588", "--at", "2025-06-30", "--format", "json"), "units"
    )
    assert found
    assert {"44"} == {row["province"] for row in found}


def test_rules(ctk):
    """All rules are listed with category and severity; one is shown by its id in any case."""
    found = rows(ctk("rules", "list", "--format", "json"), "rules")
    assert len({rule["category"] for rule in found}) == 6
    assert {"error", "warning", "info"} == {rule["severity"] for rule in found}
    (one,) = rows(ctk("rules", "show", "v401", "--format", "json"), "rules")
    assert (one["id"], one["severity"]) == ("V401", "error")


def test_forms(ctk):
    """Forms that are read and written are listed; one shows what its lines and columns mean."""
    found = rows(ctk("forms", "list", "--format", "json"), "forms")
    assert {"ctk-commune", "601-602", "604", "605"} <= {
        form["id"] for form in found if form["use"] == "read"
    }
    assert {"TT13", "TT13-I"} <= {form["id"] for form in found if form["use"] == "write"}
    (one,) = rows(ctk("forms", "show", "601-602", "--format", "json"), "forms")
    assert {"100", "110", "121", "122"} <= set(one["lines"])
    assert "Tổng số trẻ em" in one["columns"]
