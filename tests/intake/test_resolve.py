"""Which unit and which period a file speaks for, from what it says; nothing is guessed."""

from datetime import date

import pytest

from ctk.forms.said import Stated
from ctk.forms.titles import Title
from ctk.intake.extract import Extract
from ctk.intake.resolve import identify
from ctk.model import Level
from ctk.periods import Period, parse_period
from workbooks import batch_of, book

TODAY = date(2022, 7, 1)


def identity(*, period="2022-6m", expected=None, scope=None, today=TODAY, **said):
    """Identify a file that states these things."""
    said = {"period": period, **said}
    stated = {name: Stated(v, 0, i, 1) for i, (name, v) in enumerate(said.items()) if v is not None}
    wanted = parse_period(expected) if expected else None
    return identify(Extract("a.xlsx", stated=stated), 7, wanted, scope, today)


def seen(found):
    """The rules of what was noticed."""
    return [observation.rule for observation in found.observations]


@pytest.mark.parametrize("code", ["19588", 19588.0, " 19588 "])
def test_unit_by_code(code):
    """The code decides, as text or as the number that Excel made of it."""
    found = identity(unit_code=code, unit_name="Xã Tà Rụt")
    assert (found.unit.code, seen(found)) == ("19588", [])


@pytest.mark.parametrize("code", ["00070", 70.0, "70"])
def test_code_that_lost_its_zeros(code):
    """Excel drops leading zeros of a code typed as a number: they are put back."""
    found = identity(unit_code=code, unit_name="Phường Hàng Trống", period="2022")
    expected = identity(unit_code="00070", period="2022").unit
    assert expected.code == "00070"
    assert found.unit == expected


@pytest.mark.parametrize("name", ["Tà Rụt", "xã Tà Rụt", "UBND xã Tà Rụt", "TA RUT", None, ""])
def test_name_that_agrees(name):
    """Any sure spelling of the name agrees with its code; a missing name disagrees with none."""
    assert seen(identity(unit_code="19588", unit_name=name)) == []


@pytest.mark.parametrize("name", ["Xã A Bung", "Xã Tà Long", "Phường 5"])
def test_name_of_another_unit(name):
    """A file copied from another commune keeps one of the two: that is told."""
    found = identity(unit_code="19588", unit_name=name)
    assert seen(found) == ["V203"]
    (told,) = found.observations
    assert ("19588 Xã Tà Rụt", name) == (dict(told.params)["unit"], dict(told.params)["text"])
    assert (told.submission, told.row, told.col) == (7, 2, 1)


def test_code_of_a_district():
    """A district's code is that of a unit, though of none that sends such forms."""
    found = identity(unit_code="467", unit_name="Huyện Đa Krông")
    assert (found.unit.code, found.unit.level, seen(found)) == ("467", Level.DISTRICT, [])


@pytest.mark.parametrize("code", ["99999", "TR-1", "1958"])
def test_unknown_code(code):
    """A code of no unit names no commune; the name does not take its place."""
    found = identity(unit_code=code, unit_name="Xã Tà Rụt")
    assert (found.unit, seen(found)) == (None, ["V201"])


def test_code_of_another_time():
    """A commune that ended in 2020 or July 2025 sends nothing for 2026."""
    found = identity(unit_code="19558", period="2026-6m")
    assert (found.unit, seen(found)) == (None, ["V201"])


def test_units_are_those_of_the_periods_end():
    """Code 19588 is Xã Tà Rụt before and after July 2025, each time that version."""
    old, new = (identity(unit_code="19588", period=p).unit for p in ("2025", "2024"))
    assert (old.parent, new.parent) == ("44", "467")


def test_unique_name_needs_no_code():
    """A name that only one commune of the country has is enough."""
    found = identity(unit_name="Xã Húc Nghì")
    assert (found.unit.code, seen(found)) == ("19582", [])


def test_ambiguous_name():
    """Of many communes of one name none is taken; the candidates are proposed."""
    found = identity(unit_name="Xã Tân Lập")
    assert (found.unit, seen(found)) == (None, ["V202"])
    assert dict(found.observations[0].params)["proposals"].count("Tân Lập") > 1


def test_ambiguous_name_within_a_scope():
    """Told whose files these are, the same name means one commune."""
    assert identity(unit_name="Xã Hướng Hiệp", scope="467").unit.code == "19561"
    assert identity(unit_name="Xã A Bung", scope="467").unit.code == "19591"
    assert identity(unit_name="Xã Tân Lập", scope="465").unit.parent == "465"


def test_ambiguous_name_with_its_receiver():
    """The district's office that the form is sent to narrows the name."""
    found = identity(unit_name="Xã Tân Lập", parent_name="Phòng LĐTBXH huyện Hướng Hóa")
    assert (found.unit.parent, seen(found)) == ("465", [])


def test_misspelt_name_is_proposed_not_taken():
    """A typing error is shown with what it may mean."""
    found = identity(unit_name="Xã Tà Rụtt", scope="467")
    assert (found.unit, seen(found)) == (None, ["V202"])
    assert "19588 Xã Tà Rụt" in dict(found.observations[0].params)["proposals"]


@pytest.mark.parametrize("said", [{}, {"unit_code": "", "unit_name": " "}])
def test_no_unit(said):
    """A form that does not say whose it is belongs to nobody."""
    found = identity(**said)
    assert (found.unit, seen(found)) == (None, ["V201"])


@pytest.mark.parametrize(
    ("text", "period"),
    [("2022-6m", Period(2022, 6)), ("2022", Period(2022, 12)), (2022.0, Period(2022, 12))],
)
def test_period(text, period):
    """The period stands on the cover as people type it."""
    assert period == identity(period=text, unit_code="19588").period


@pytest.mark.parametrize("text", [None, "", "quý 3", "6m", "2022-7m", "năm nay"])
def test_no_period(text):
    """A missing period, or one that is none, is told; no year is guessed."""
    found = identity(period=text, unit_code="19588")
    assert (found.period, seen(found)) == (None, ["V204"])


def test_expected_period_fills_in():
    """What the user asked for stands in for a period that the file does not say."""
    found = identity(period="", expected="2022-6m", unit_code="19588")
    assert (Period(2022, 6), ["V204"]) == (found.period, seen(found))


def test_other_period_than_expected():
    """A file of another period keeps its own, and that is told."""
    found = identity(period="2021", expected="2022-6m", unit_code="19588")
    assert (Period(2021, 12), ["V205"]) == (found.period, seen(found))
    assert dict(found.observations[0].params) == {"stated": "2021-12m", "expected": "2022-6m"}


@pytest.mark.parametrize(
    ("code", "name", "unit", "rule"),
    [
        ("", "Xã A Vao, huyện Đa Krông", "19585", None),
        ("", "A Vao - H. Đa Krông - tỉnh Quảng Trị", "19585", None),
        ("", "Xã Tân Lập (huyện Hướng Hóa)", "19462", None),
        ("19585", "Xã A Vao, huyện Đa Krông, tỉnh Quảng Trị", "19585", None),
        ("19585", "Xã A Vao, huyện Hướng Hóa", None, "V203"),
        ("19585", "Xã A Bung, huyện Đa Krông", None, "V203"),
    ],
)
def test_a_name_with_the_unit_above_it(tmp_path, code, name, unit, rule):
    """Names are often written with their district and province: these tell communes apart."""
    path = book(tmp_path / "a.xlsx", {"I-0103": [3]}, code=code, name=name)
    (found,) = batch_of(path).submissions
    assert unit == (found.unit.code if found.unit else None)
    told = {seen.rule for seen in batch_of(path).observations} & {"V201", "V202", "V203", "V227"}
    assert told == ({rule} if rule else set())


def bare(*names):
    """What is made of a file in whose head the names of communes stand alone."""
    titles = [Title("place", Stated(name, 0, 0, i)) for i, name in enumerate(names)]
    file = Extract("a.xlsx", stated={"period": Stated("2022-6m", 0, 1, 1)}, titles=titles)
    return identify(file, 7, None, "467", TODAY)


def test_a_bare_name_is_the_unit():
    """A commune's name alone above a table says whose it is; several names say nothing."""
    assert bare("XÃ TÀ RỤT").unit.code == "19588"
    assert bare("XÃ TÀ RỤT", "Xã A Bung").unit is None


def test_figures_closed_long_after_the_period():
    """A day of the year after is none to which the figures of a year run."""
    assert seen(identity(period="2022", unit_code="19588", cut_off="31/12/2023")) == ["V226"]
    assert seen(identity(period="2022", unit_code="19588", cut_off="31/12/2022")) == []
