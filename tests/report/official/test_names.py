"""Who reports and who receives: the bodies of the time, or what the office says."""

from dataclasses import replace

import pytest
from openpyxl import load_workbook

from ctk.periods import Period
from ctk.report.official import write_official
from ctk.report.official.names import receiver, reporter
from ctk.settings import Office
from ctk.units.lookup import find_unit, path_to_root
from report.builder import Figures


@pytest.fixture(scope="module")
def context():
    """A report of a district for 2024."""
    return Figures(period=Period(2024, 12)).context(kinds=(), cut_offs=())


def of(context, code, year, **changes):
    """The report of another unit and year; its figures do not matter here."""
    period = Period(year, 12)
    unit, *parents = path_to_root(code, period.end)
    return replace(context, unit=unit, parents=tuple(parents), period=period, **changes)


@pytest.mark.parametrize(
    ("code", "year", "reports", "receives"),
    [
        ("45", 2024, "Sở LĐTBXH tỉnh Quảng Trị", "Cục Trẻ em"),
        ("44", 2025, "Sở Y tế tỉnh Quảng Trị", "Cục Bà mẹ và Trẻ em"),
        ("79", 2025, "Sở Y tế thành phố Hồ Chí Minh", "Cục Bà mẹ và Trẻ em"),
        ("467", 2024, "Phòng LĐTBXH huyện Đa Krông", "Sở LĐTBXH tỉnh Quảng Trị"),
        ("19588", 2024, "UBND xã Tà Rụt", "Phòng LĐTBXH huyện Đa Krông"),
        ("03388", 2025, "UBND phường Đoàn Kết", "Sở Y tế tỉnh Lai Châu"),
        ("VN", 2024, "Cục Trẻ em", "Bộ LĐTBXH"),
        ("VN", 2025, "Cục Bà mẹ và Trẻ em", "Bộ Y tế"),
    ],
)
def test_bodies_of_the_time(context, code, year, reports, receives):
    """Until February 2025 as printed; since then the Department of Health and its receiver."""
    made = of(context, code, year)
    assert (reporter(made), receiver(made)) == ((reports, ""), receives)


def test_the_office_says_its_own_name(context):
    """An agency that names its unit stands alone; else the unit follows, below a long name."""
    office = Office(agency="Phòng LĐ-TB&XH Đa Krông", receiver="UBND huyện")
    named = replace(context, office=office)
    assert (reporter(named), receiver(named)) == ((office.agency, ""), "UBND huyện")
    unnamed = replace(context, office=Office(agency="Phòng Y tế"))
    assert reporter(unnamed) == ("Phòng Y tế huyện Đa Krông", "")
    long = "Phòng Lao động - Thương binh và Xã hội"
    assert reporter(replace(context, office=Office(agency=long))) == (long, "huyện Đa Krông")


def test_a_communes_form_names_the_commune_first(context):
    """A commune's form is read by its name, so its office stands below."""
    made = of(context, "19588", 2024, office=Office(agency="Phòng VH-XH"))
    assert reporter(made) == ("UBND xã Tà Rụt", "Phòng VH-XH")


def test_a_district_office_is_not_the_commune_that_it_prints(context):
    """Names in the settings are those of the office's own unit only."""
    office = Office(agency="Phòng LĐ-TB&XH", receiver="Sở", prepared_by="Người lập", place="Huyện")
    made = of(context, "19588", 2024, office=office, office_of_unit=False)
    assert reporter(made) == ("UBND xã Tà Rụt", "")
    assert receiver(made) == "Phòng LĐTBXH huyện Đa Krông"


def test_names_are_text_whatever_they_begin_with(context, tmp_path):
    """A name that looks like a formula or link stays a text; place and signers stand below."""
    office = Office(
        agency="=1+1", prepared_by="@SUM(A1)", signatory_name="http://example.org", place="+Huyện"
    )
    (row,) = write_official(replace(context, office=office), tmp_path, "601-602")
    sheet = load_workbook(row["file"])["601-602"]
    found = {c.value: c for r in sheet.iter_rows() for c in r if c.value is not None}
    for text in ("=1+1 huyện Đa Krông", "@SUM(A1)", "http://example.org"):
        assert (found[text].data_type, found[text].hyperlink) == ("s", None)
    assert "+Huyện, ngày..... tháng..... năm...." in found


def test_days_of_another_regime_are_told(context, tmp_path):
    """Where a year runs from 15 December, its days are printed with their years."""
    from ctk.periods import Coverage

    made = replace(context, coverage=Coverage.ADMINISTRATIVE)
    (row,) = write_official(made, tmp_path, "603")
    texts = [str(c.value) for r in load_workbook(row["file"])["603"].iter_rows() for c in r]
    assert "(Từ 15/12/2023 đến 14/12/2024)" in texts


def test_full_names_are_those_of_the_list():
    """What is expected above is what the units are called."""
    assert find_unit("79", Period(2025, 12).end).full_name == "Thành phố Hồ Chí Minh"


def test_long_names_stay_within_the_page(context, tmp_path):
    """Cells of one line beside the title shrink what is longer than they are."""
    name = "Sở Lao động - Thương binh và Xã hội tỉnh Thừa Thiên Huế"
    made = replace(context, office=Office(agency=name, receiver=f"{name} nhận"))
    (row,) = write_official(made, tmp_path, "601-605")
    for sheet in load_workbook(row["file"]):
        found = [c for r in sheet.iter_rows() for c in r if name in str(c.value)]
        assert len(found) == 2
        assert all(c.alignment.shrink_to_fit or c.alignment.wrap_text for c in found)
