"""Files of a commune and of its agencies: kept side by side, compared, never added."""

from pathlib import Path

import pytest

from ctk.messages import message
from ctk.regimes.loader import build_own_regime
from ctk.regimes.reporters import reporter_kinds
from workbooks import DAKRONG, book

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "samples" / "467-2022-6m"
JSON = ("--format", "json")
TOTALS = ("aggregate", "--level", "district", "--unit", "467", "--period", "2022-6m", *JSON)
REGIME = """
[regime]
base = "dakrong-2022"
[[regime.agency]]
reporter = "health_station"
name = "Trạm y tế"
"""
CHILDREN, WEIGHED = "I-0101", "I-0204.1m"
"""Counted by the commune, and by its health station (catalogue of indicators)."""


@pytest.fixture
def station_answers(ctk):  # noqa: ARG001  (makes the folder)
    """An office whose regime lets the health station answer for what health stations count."""
    Path("ctk.toml").write_text('unit = "467"\n' + REGIME, encoding="utf-8")


def file(folder, name, rows, code="19588", **covered):
    """A workbook of a commune with some rows."""
    return book(folder / f"{name}.xlsx", rows, code=code, name=DAKRONG[code], **covered)


def take(ctk, path, reporter="commune"):
    """Receive a file although other rows of the form are not in it."""
    why = ("--accept-with-errors", "one row is enough here")
    return ctk("receive", path, "--reporter", reporter, *why, *JSON)


def so_far(ctk, element, *options):
    """What has come in of an element, and of how many communes."""
    rows = ctk(*TOTALS, *options).json["data"]["elements"]
    slice_ = {"element": element, "sex": "T", "age": "T", "ethnicity": "T", "area": "T"}
    (row,) = (row for row in rows if row.items() >= slice_.items())
    return row["partial"], row["reported"]


def warnings(ctk, command=TOTALS):
    """Codes and units of the warnings that travel with the totals."""
    return [(row["code"], row["unit"]) for row in ctk(*command).json["data"]["warnings"]]


def test_an_agency_replaces_nothing_of_the_commune(ctk, tmp_path):
    """Both files stay current; a later file of the agency replaces the agency's only."""
    take(ctk, file(tmp_path, "own", {CHILDREN: [7]}))
    for name, count in (("a", 3), ("b", 4)):
        answer = take(ctk, file(tmp_path, name, {CHILDREN: [count]}), "school")
    (row,) = answer.json["data"]["files"]
    receipts = ctk("history", "19588", *JSON).json["data"]["receipts"]
    told = [(each["reporter"], each["state"], each["file"]) for each in receipts]
    assert told == [
        ("commune", "accepted", "own.xlsx"),
        ("school", "replaced", "a.xlsx"),
        ("school", "accepted", "b.xlsx"),
    ]
    assert (row["reporter"], row["replaces"]) == ("school", receipts[1]["id"])


def test_the_same_bytes_of_two_reporters_are_two_submissions(ctk, tmp_path):
    """Who sent a file is part of what it is; sent again by the same one it changes nothing."""
    path = file(tmp_path, "one", {CHILDREN: [7]})
    outcomes = [
        take(ctk, path, reporter).json["data"]["files"][0]["outcome"]
        for reporter in ("commune", "school", "school", "commune")
    ]
    assert outcomes == ["accepted", "accepted", "unchanged", "unchanged"]
    assert so_far(ctk, CHILDREN) == (7, 1)


def test_without_a_regime_the_commune_answers(ctk, tmp_path):
    """The agency's figure is not added and not used; that it differs is said with both figures."""
    take(ctk, file(tmp_path, "own", {CHILDREN: [70], WEIGHED: [41]}))
    take(ctk, file(tmp_path, "station", {CHILDREN: [70], WEIGHED: [43]}), "health_station")
    assert so_far(ctk, WEIGHED) == (41, 1)
    (warning,) = ctk(*TOTALS).json["data"]["warnings"]
    assert (warning["unit"], warning["code"]) == ("19588", "second_source")
    assert all(text in warning["message"] for text in (WEIGHED, "41", "43"))
    assert CHILDREN not in warning["message"]


@pytest.mark.usefixtures("station_answers")
def test_the_regime_says_who_answers(ctk, tmp_path):
    """The station's figure stands for what stations count, the commune's for everything else."""
    take(ctk, file(tmp_path, "own", {CHILDREN: [70], WEIGHED: [41]}))
    take(ctk, file(tmp_path, "station", {CHILDREN: [69], WEIGHED: [43]}), "health_station")
    assert (so_far(ctk, CHILDREN), so_far(ctk, WEIGHED)) == ((70, 1), (43, 1))
    assert warnings(ctk) == [("second_source", "19588")] * 2


@pytest.mark.usefixtures("station_answers")
def test_a_traced_figure_leads_to_the_file_that_gave_it(ctk, tmp_path):
    """File, hash, receipt and reporter of the cell are the station's; the warnings come along."""
    take(ctk, file(tmp_path, "own", {CHILDREN: [70], WEIGHED: [41]}))
    answer = take(ctk, file(tmp_path, "station", {WEIGHED: [43]}), "health_station")
    (sent,) = answer.json["data"]["files"]
    traced = ctk("trace", "19588", WEIGHED, "--period", "2022-6m", *JSON).json["data"]
    (cell,) = traced["cells"]
    assert (cell["file"], cell["value"], cell["cell"]) == ("station.xlsx", 43, "D6")
    assert (cell["sha256"], cell["receipt"]) == (sent["sha256"], sent["submission"])
    assert cell["reporter"] == "health_station"
    assert [row["code"] for row in traced["warnings"]] == ["second_source"]
    (cell,) = ctk("trace", "19588", CHILDREN, "--period", "2022-6m", *JSON).json["data"]["cells"]
    assert (cell["file"], cell["reporter"]) == ("own.xlsx", "commune")


@pytest.mark.usefixtures("station_answers")
@pytest.mark.parametrize("station", [None, [None], [""]], ids=["no file", "blank", "empty"])
def test_where_the_one_that_answers_says_nothing_the_commune_does(ctk, tmp_path, station):
    """Blank is not zero: the commune's own figure stands, and that is said."""
    take(ctk, file(tmp_path, "own", {CHILDREN: [70], WEIGHED: [41]}))
    if station is not None:
        take(ctk, file(tmp_path, "station", {WEIGHED: station}), "health_station")
    assert so_far(ctk, WEIGHED) == (41, 1)
    assert warnings(ctk) == [("answered_by_unit", "467")]


@pytest.mark.usefixtures("station_answers")
def test_a_zero_of_the_one_that_answers_stands(ctk, tmp_path):
    """A zero that was typed is a figure."""
    take(ctk, file(tmp_path, "own", {WEIGHED: [41]}))
    take(ctk, file(tmp_path, "station", {WEIGHED: [0]}), "health_station")
    assert so_far(ctk, WEIGHED) == (0, 1)


@pytest.mark.usefixtures("station_answers")
def test_an_element_is_of_one_reporter_in_all_its_columns(ctk, tmp_path):
    """The station gave no girls: they stay missing, the commune's are not put in between."""
    take(ctk, file(tmp_path, "own", {WEIGHED: [41, 20, 21]}))
    take(ctk, file(tmp_path, "station", {WEIGHED: [43, 22, None]}), "health_station")
    rows = ctk(*TOTALS).json["data"]["elements"]
    girls = {"element": WEIGHED, "sex": "F"}
    (row,) = (row for row in rows if row.items() >= girls.items())
    assert (row["partial"], row["reported"]) == (None, 0)


@pytest.mark.usefixtures("station_answers")
def test_an_agency_alone_gives_only_what_it_answers_for(ctk, tmp_path):
    """The commune's own figures are missing, and that its file is missing is said."""
    take(ctk, file(tmp_path, "station", {CHILDREN: [70], WEIGHED: [43]}), "health_station")
    assert so_far(ctk, WEIGHED) == (43, 1)
    rows = ctk(*TOTALS).json["data"]["elements"]
    assert not any(row["reported"] for row in rows if row["element"] == CHILDREN)
    assert warnings(ctk) == [("agency_only", "19588")]


def test_an_agency_that_answers_for_nothing_makes_no_total(ctk, tmp_path):
    """Who answers has sent nothing: there is no total, and whose files there are is said."""
    take(ctk, file(tmp_path, "station", {WEIGHED: [43]}), "health_station")
    (error,) = ctk(*TOTALS).json["errors"]
    assert error["code"] == "ledger_only_agencies"


@pytest.mark.usefixtures("station_answers")
def test_a_withdrawn_agency_file_leaves_the_commune_s_figure(ctk, tmp_path):
    """After withdrawal the commune's own figure stands again."""
    take(ctk, file(tmp_path, "own", {WEIGHED: [41]}))
    answer = take(ctk, file(tmp_path, "station", {WEIGHED: [43]}), "health_station")
    id_ = answer.json["data"]["files"][0]["submission"]
    withdrawn = ctk("withdraw", id_, "--why", "wrong station", *JSON).json["data"]["receipts"]
    assert [row["reporter"] for row in withdrawn] == ["health_station"]
    assert so_far(ctk, WEIGHED) == (41, 1)


@pytest.mark.usefixtures("station_answers")
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_order_of_receiving_does_not_matter(ctk, tmp_path, order):
    """The same totals and warnings whoever sent first."""
    sent = [
        (file(tmp_path, "own", {CHILDREN: [70], WEIGHED: [41]}), "commune"),
        (file(tmp_path, "station", {CHILDREN: [70], WEIGHED: [43]}), "health_station"),
        (file(tmp_path, "school", {CHILDREN: [66], WEIGHED: [43]}), "school"),
    ]
    for place in order:
        take(ctk, *sent[place])
    assert (so_far(ctk, CHILDREN), so_far(ctk, WEIGHED)) == ((70, 1), (43, 1))
    said = [row["message"] for row in ctk(*TOTALS, "--lang", "en").json["data"]["warnings"]]
    assert [text.count("differ") for text in said] == [1, 1]
    assert (WEIGHED in said[0], CHILDREN in said[1]) == (True, True)


def test_an_unknown_kind_is_refused_with_those_there_are(ctk, tmp_path):
    """Nothing is recorded; the kinds are listed, the unit itself among them."""
    answer = take(ctk, file(tmp_path, "own", {CHILDREN: [7]}), "hospital")
    (error,) = answer.json["errors"]
    assert (answer.code, error["code"]) == (2, "unknown_reporter")
    assert all(f"{kind}" in error["hint"] for kind in ("commune", "school", "union"))
    assert not Path("ledger").exists()


def test_an_office_may_have_kinds_of_its_own():
    """The agencies of its regime count too; all others have a name in both languages."""
    table = {"base": "dakrong-2022", "agency": [{"reporter": "orphanage", "name": "Mái ấm"}]}
    own = set(reporter_kinds(build_own_regime(table)))
    kinds = set(reporter_kinds())
    assert own - kinds == {"orphanage"}
    for lang in ("vi", "en"):
        assert all(message(f"reporters.{kind}", lang) for kind in kinds)


def test_screens_name_the_agency(ctk, tmp_path):
    """History, comparison and status say whose file it is."""
    take(ctk, file(tmp_path, "own", {CHILDREN: [7]}))
    answer = take(ctk, file(tmp_path, "station", {CHILDREN: [8]}), "health_station")
    id_ = answer.json["data"]["files"][0]["submission"]
    status = ("status", "--unit", "467", "--period", "2022-6m")
    for command in (["history", "19588"], ["diff", tmp_path / "own.xlsx", id_], status):
        assert "trạm y tế" in ctk(*command).out
    others = ctk(*status, *JSON).json["data"]["others"]
    assert [(row["unit"], row["reporter"]) for row in others] == [("19588", "health_station")]


def test_other_dates_of_an_agency_are_told(ctk, tmp_path, station_answers):  # noqa: ARG001
    """A total from two files with different cut-off dates says so, though of one commune."""
    day = "Ngày chốt số liệu"
    take(ctk, file(tmp_path, "own", {CHILDREN: [70]}, **{day: "15/05/2022"}))
    station = file(tmp_path, "station", {WEIGHED: [43]}, **{day: "20/05/2022"})
    take(ctk, station, "health_station")
    assert warnings(ctk) == [("mixed_cut_off", "467")]


def test_a_regime_changes_no_total_where_agencies_send_nothing(ctk):
    """The sample district under a regime that names agencies: the same figures, and it is said."""
    ctk("receive", SAMPLE)
    before = ctk(*TOTALS).json["data"]
    Path("ctk.toml").write_text('regime = "haugiang-2022"\n', encoding="utf-8")
    after = ctk(*TOTALS).json["data"]
    assert (after["values"], after["elements"]) == (before["values"], before["elements"])
    assert before["warnings"] == []
    told = {(row["code"], row["unit"]) for row in after["warnings"]}
    assert told == {("answered_by_unit", "467")}
    assert all("13" in row["message"] for row in after["warnings"])
