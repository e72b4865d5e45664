"""Regimes: the built-in ones as their documents have them, and refusal of bad ones."""

from datetime import date

import pytest

from ctk.errors import CatalogueError, UsageError
from ctk.indicators import load_catalogue
from ctk.model import Level
from ctk.periods import Coverage
from ctk.regimes.loader import build_own_regime, build_regime, chosen_regime, load_regimes

GOOD = {
    "id": "office", "authority": "UBND", "level": "district", "document": "CV", "first_year": 2022,
    "periods": ["6m"],
}  # fmt: skip
DEADLINE = {"period": "6m", "words": "trước ngày 1/6", "day": 1, "month": 6}


def test_the_six_regimes():
    """Who collects, which document, for which years and periods."""
    facts = {
        id_: (r.level, r.number, r.document_date, r.first_year, r.last_year, r.periods)
        for id_, r in load_regimes().items()
    }
    district, province, both = Level.DISTRICT, Level.PROVINCE, ("6m", "12m")
    assert facts == {
        "dakrong-2022": (district, "", None, 2022, 2022, both),
        "haugiang-2022": (province, "84/KH-UBND", date(2022, 5, 11), 2022, 2022, both),
        "langson-city-2024": (district, "", None, 2024, 2024, ("12m",)),
        "kontum-city-2020": (district, "5650/UBND-VX", date(2020, 12, 28), 2020, None, ("12m",)),
        "kiengiang-2021": (province, "403/UBND-KGVX", date(2021, 4, 6), 2021, 2021, both),
        "circular-02-2025": (
            Level.COUNTRY, "02/2025/TT-BLĐTBXH", date(2025, 1, 10), 2025, None, ("12m",),
        ),
    }  # fmt: skip


def test_only_the_circular_says_what_a_period_covers():
    """For the others nothing is claimed, and the calendar is assumed."""
    said = {id_: regime.covers for id_, regime in load_regimes().items() if regime.covers}
    assert said == {"circular-02-2025": Coverage.CALENDAR}
    assert {regime.coverage for regime in load_regimes().values()} == {Coverage.CALENDAR}


def test_documents_older_than_the_circular_ask_only_what_they_name():
    """Kon Tum 2020 names child marriage and abuse; Kiên Giang 2021 children, groups, injuries."""
    regimes = load_regimes()
    assert set(regimes["kontum-city-2020"].elements) == {"I-0317", "II-0101", "II-0102", "II-0104"}
    assert set(regimes["kiengiang-2021"].elements) == {"I-0101", "I-0301", "I-0208", "I-0209"}
    assert regimes["dakrong-2022"].elements == ()


def test_who_answers_for_an_element():
    """An agency that is named answers for its own; without one the commune does."""
    regimes = load_regimes()
    reporter = {element.id: element.reporter for element in load_catalogue().elements}
    city, district = regimes["langson-city-2024"], regimes["dakrong-2022"]
    assert reporter["I-0401"] == "school"
    assert city.reporter_of("I-0401", reporter["I-0401"]) == "school"
    assert city.reporter_of("I-0101", reporter["I-0101"]) == "commune"
    assert district.reporter_of("I-0401", reporter["I-0401"]) == "commune"
    kontum = regimes["kontum-city-2020"]
    assert kontum.reporter_of("I-0317", "commune") == "ethnic_affairs"


@pytest.mark.parametrize(
    "change",
    [
        {"id": "Với dấu"},
        {"id": 5},
        {"level": "hamlet"},
        {"authority": " "},
        {"first_year": "2022"},
        {"last_year": 2021},
        {"periods": []},
        {"periods": "6m"},
        {"periods": ["3m"]},
        {"covers": "lunar"},
        {"before": "later"},
        {"free_day": "never"},
        {"elements": ["I-9999"]},
        {"notes": "one"},
        {"document_date": "2022-05-11"},
        {"dead_line": []},
        {"ctk_regime": 2},
        {"deadline": DEADLINE},
        {"deadline": ["6m"]},
        {"deadline": [DEADLINE, DEADLINE]},
        {"deadline": [DEADLINE | {"period": "12m"}]},
        {"deadline": [DEADLINE | {"day": 31, "month": 6}]},
        {"deadline": [DEADLINE | {"month": 13}]},
        {"deadline": [DEADLINE | {"words": ""}]},
        {"deadline": [DEADLINE | {"before": "yes"}]},
        {"deadline": [{"period": "6m"}]},
        {"agency": [{"reporter": "school"}]},
        {"agency": [{"reporter": "Trường học", "name": "x"}]},
        {"agency": [{"reporter": "school", "name": "x"}] * 2},
        {"agency": [{"reporter": "school", "name": "x", "elements": ["nothing"]}]},
    ],
)
def test_a_bad_regime_is_refused(change):
    """Whatever is unknown, missing, of another kind or contradicts itself."""
    build_regime(GOOD)
    with pytest.raises(CatalogueError, match="regime"):
        build_regime(GOOD | change)


@pytest.mark.parametrize("key", [*GOOD])
def test_a_missing_key_is_refused(key):
    """All that a regime needs must be said."""
    with pytest.raises(CatalogueError, match=key):
        build_regime({name: value for name, value in GOOD.items() if name != key})


def test_an_own_regime_changes_only_what_it_says():
    """The rest is the base's; the built-in one stays as it was."""
    own = build_own_regime({"base": "dakrong-2022", "id": "own", "covers": "administrative"})
    base = load_regimes()["dakrong-2022"]
    assert (own.id, own.coverage, own.deadlines) == ("own", Coverage.ADMINISTRATIVE, base.deadlines)
    assert base.covers is None


def test_choosing():
    """By id, by a table, or not at all; what is wrong is a usage error that lists what there is."""
    assert chosen_regime("") is None
    assert chosen_regime(" DAKRONG-2022 ") is load_regimes()["dakrong-2022"]
    with pytest.raises(UsageError, match="no reporting regime") as caught:
        chosen_regime("hanoi")
    assert "dakrong-2022" in caught.value.hint("vi")
    for table in ({"base": "hanoi"}, {}, {"base": "dakrong-2022", "deadline": 1}):
        with pytest.raises(UsageError, match="is wrong"):
            chosen_regime(table)
