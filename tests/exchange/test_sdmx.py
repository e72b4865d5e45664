"""SDMX: ids, periods and code lists as the standard allows; nothing of a withheld figure."""

import csv
import json
import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pysdmx.io import read_sdmx

from ctk.exchange.sdmx.codes import code_lists, safe_id, time_period, unit_measures
from ctk.exchange.sdmx.components import COMPONENTS
from ctk.exchange.sdmx.data import write_data
from ctk.exchange.sdmx.structure import write_structure
from ctk.exchange.tables import value_table
from ctk.indicators import load_catalogue
from ctk.messages import LANGUAGES, message
from ctk.periods import Coverage, Period
from ctk.units.lookup import path_to_root
from exchange_frames import NAMES, NONE, UNITS, frame

ID = re.compile(r"[A-Za-z0-9_@$-]+")


@given(st.text(min_size=1, max_size=20))
def test_an_id_holds_only_what_sdmx_allows(text):
    """And never begins like a formula."""
    assert ID.fullmatch(safe_id(text))
    assert not safe_id(text).startswith(("-", "=", "+"))


@pytest.mark.parametrize(
    ("period", "coverage", "said"),
    [
        (Period(2022, 12), Coverage.CALENDAR, "2022"),
        (Period(2022, 6), Coverage.CALENDAR, "2022-S1"),
        (Period(2022, 9), Coverage.CALENDAR, "2022-01-01/P9M"),
        (Period(2022, 12), Coverage.ADMINISTRATIVE, "2021-12-15/P12M"),
        (Period(2022, 6), Coverage.ADMINISTRATIVE, "2021-12-15/P6M"),
    ],
)
def test_a_period_says_what_it_covers(period, coverage, said):
    """Calendar years and halves as such, anything else by first day and length."""
    assert time_period(period, coverage) == said


def test_every_unit_of_measurement_has_a_code():
    """The catalogue has no measure without one."""
    assert {measure.unit for measure in load_catalogue().measures} <= set(unit_measures())


def lists(lang="vi", year=2022, unit="467"):
    """The code lists of one unit."""
    end = Period(year, 6).end
    dated = [(each, end) for each in path_to_root(unit, end)]
    return {each.id: each for each in code_lists(dated, load_catalogue(), lang)}


def test_all_132_measures_are_codes():
    """With the ids of the Circular, the dot written as SDMX allows it, in both languages."""
    codes = lists()["CL_INDICATOR"].codes
    assert len(codes) == len({code.id for code in codes}) == 132
    assert "I-0301_n" in {code.id for code in codes}
    assert all(code.name and code.other for code in codes)


def test_units_are_dated():
    """A code means what it meant at the period's end; the two lists of 2025 are two versions."""
    old, new = lists()["CL_UNIT"], lists(year=2026, unit="92")["CL_UNIT"]
    district = next(code for code in old.codes if code.id == "467")
    assert (district.name, district.parent, district.last_day) == (
        "Huyện Đa Krông", "45", date(2025, 6, 30),
    )  # fmt: skip
    assert (old.version, new.version) == ("1.0.0", "2.0.0")
    assert {code.id: code.name for code in new.codes}["92"] == "Thành phố Cần Thơ"


@pytest.fixture(scope="module", params=LANGUAGES)
def structure(request, tmp_path_factory):
    """The structure as it was read back, checked against the schema of SDMX-JSON 2.0."""
    path = tmp_path_factory.mktemp("sdmx") / "structure.json"
    made = datetime(2022, 7, 1, tzinfo=UTC)
    write_structure(path, lists(request.param).values(), made, request.param)
    json.loads(path.read_text(encoding="utf-8"))
    return read_sdmx(path, validate=True), request.param


def test_the_structure_can_be_loaded_again(structure):
    """Every component is there in order, with its code list and its concept."""
    loaded, lang = structure
    (definition,) = loaded.get_data_structure_definitions()
    assert sorted(each.id for each in definition.components) == sorted(p.id for p in COMPONENTS)
    for part in COMPONENTS:
        component = definition.components[part.id]
        assert component.required == part.required
        assert component.concept.name == message(f"exchange.concept.{part.id}", lang)
        assert bool(component.enumeration) == bool(part.codes)
        if part.codes:
            assert component.enumeration.id == part.codes
    (flow,) = loaded.get_dataflows()
    assert flow.structure == definition


def test_names_are_in_the_language_asked_for(structure):
    """The other language stands beside them."""
    loaded, lang = structure
    codes = {each.id: each for each in loaded.get_codelists()}["CL_SEX"]
    names = {code.id: code.name for code in codes.items}
    assert names["F"] == {"vi": "Nữ", "en": "Female"}[lang]
    female = next(code for code in codes.items if code.id == "F")
    assert {"vi": "Female", "en": "Nữ"}[lang] in [note.text for note in female.annotations]


def rows(tmp_path, given_):
    """Observations as they stand in the file."""
    table = value_table(given_, UNITS, NAMES)
    path, period = tmp_path / "data.csv", Period(2022, 6)
    write_data(path, table, {str(period): period}, load_catalogue(), Coverage.CALENDAR)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_missing_value_says_why(tmp_path):
    """Complete A; incomplete L, the sum so far apart; denominator 0 M; without a value."""
    complete, incomplete, undefined = rows(
        tmp_path,
        frame(
            ("I-0301.n", 5.0, NONE, NONE, NONE, 13, 13),
            ("I-0301.n", NONE, 4.0, NONE, NONE, 12, 13),
            ("I-0301.r", NONE, NONE, 0.0, 0.0, 13, 13),
        ),
    )
    assert (complete["OBS_VALUE"], complete["OBS_STATUS"]) == ("5", "A")
    told = [incomplete[name] for name in ("OBS_VALUE", "OBS_STATUS", "PARTIAL", "REPORTED")]
    assert told == ["", "L", "4", "12"]
    assert (undefined["OBS_VALUE"], undefined["OBS_STATUS"]) == ("", "M")
    assert {row["CONF_STATUS"] for row in (complete, incomplete, undefined)} == {"F"}


def test_a_withheld_figure_is_confidential_and_empty(tmp_path):
    """Status Q, confidentiality C, and none of its numbers anywhere in the row."""
    given_ = frame(("I-0301.r", 2.5, NONE, 37.0, 1480.0, 13, 13)).assign(withheld=True)
    (row,) = rows(tmp_path, given_)
    assert (row["OBS_STATUS"], row["CONF_STATUS"]) == ("Q", "C")
    empty = ("OBS_VALUE", "PARTIAL", "NUMERATOR", "DENOMINATOR")
    assert [row[name] for name in empty] == [""] * 4


def test_nothing_is_rounded(tmp_path):
    """One third has all its decimals; how many are printed is an attribute."""
    (row,) = rows(tmp_path, frame(("I-0301.r", 100 / 3, NONE, 1.0, 3.0, 13, 13)))
    assert (float(row["OBS_VALUE"]), row["DECIMALS"]) == (100 / 3, "2")


def test_the_data_refer_to_the_dataflow(tmp_path):
    """The three columns that SDMX-CSV 2.0 begins with, then the components in order."""
    (row,) = rows(tmp_path, frame(("I-0301.n", 5.0, NONE, NONE, NONE, 13, 13)))
    assert list(row)[:3] == ["STRUCTURE", "STRUCTURE_ID", "ACTION"]
    assert list(row)[3:] == [part.id for part in COMPONENTS]
    assert list(row.values())[:3] == ["dataflow", "CTK:DF_CHILD(1.0.0)", "I"]
