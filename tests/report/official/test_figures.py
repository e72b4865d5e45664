"""What `ctk report` prints on the official forms equals what `ctk aggregate` says, cell by cell."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from openpyxl import load_workbook

from report.official import printed
from report.official.grid import Table, notes
from workbooks import DAKRONG, book, consistent

LACKING = ("19591", "19594")
DECIMALS = {"603": 2, "604": 2}


def fill(folder, codes, spoil=()):
    """Write the yearly workbooks of some communes; `spoil` empties or changes single cells."""
    for code in codes:
        figures = consistent(code, "2024")
        figures.cells |= {key: value for where, key, value in spoil if where == code}
        name = DAKRONG[code]
        book(folder / f"{code}.xlsx", figures.rows(), code=code, name=name, period="2024")
    return folder


def written(ctk, folder, out, unit="467"):
    """Write all forms of a unit, from files or the ledger; gives the sheets and the answer."""
    forms = [argument for form in printed.BOUND for argument in ("--form", form)]
    asked = ("-p", "2024", "-u", unit, "-o", out, "--format", "json")
    answer = ctk("report", *([folder] if folder else []), *forms, *asked)
    rows = answer.json["data"]["files"]
    return {row["form"]: load_workbook(row["file"])[row["form"]] for row in rows}, answer


def aggregated(ctk, folder, level="district", unit="467"):
    """Rows of the aggregate by id, sex and age."""
    answer = ctk(
        "aggregate", folder, "--level", level, "-u", unit, "-p", "2024", "--format", "json"
    )
    data = answer.json["data"]
    found = {}
    for kind, name in (("values", "measure"), ("form_rates", "measure"), ("elements", "element")):
        for row in data[kind]:
            if row["area"] == row["ethnicity"] == "T" and row["unit"] == unit:
                found.setdefault((row[name], row["sex"], row["age"]), row)
    return found


def cells(sheet, form):
    """Each figure's cell by id, sex and age, told by code and order of columns only."""
    for row in Table(sheet).lines():
        code = row[1].value
        if row[0].value and code in printed.SLICES and not row[0].value.startswith("Chia"):
            for id_, cell in zip(printed.BOUND[form], row[2:], strict=True):
                yield (id_, *printed.SLICES[code]), cell


def shown(value, form, id_):
    """A value as the form prints it: rates with two decimals, halves away from zero."""
    decimals = DECIMALS.get(form, 0) if id_.endswith(".r") else 0
    step = Decimal(1).scaleb(-decimals)
    return float(Decimal(repr(float(value))).quantize(step, ROUND_HALF_UP))


def compare(sheets, rows, communes):
    """Check all cells against the aggregate; gives how many hold a figure and how many do not."""
    filled = empty = 0
    for form, sheet in sheets.items():
        for key, cell in cells(sheet, form):
            if key[0] == "units.communes":
                assert cell.value == communes
            elif rows.get(key, {}).get("value") is None:
                assert cell.value is None, (form, key)
                empty += 1
            else:
                assert cell.value == shown(rows[key]["value"], form, key[0]), (form, key)
                filled += 1
    return filled, empty


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """All 13 communes of a district."""
    return fill(tmp_path_factory.mktemp("whole"), DAKRONG)


@pytest.fixture(scope="module")
def gaps(tmp_path_factory):
    """Two communes have sent nothing, a third has left one cell blank."""
    codes = [code for code in DAKRONG if code not in LACKING]
    spoil = [("19585", ("602.03", 2), None)]
    return fill(tmp_path_factory.mktemp("gaps"), codes, spoil)


def test_a_complete_district(ctk, whole, tmp_path):
    """Every figure of all four forms is the aggregate's, as a number, rounded half-up."""
    sheets, answer = written(ctk, whole, tmp_path)
    assert answer.code == 0
    rows = aggregated(ctk, whole)
    filled, empty = compare(sheets, rows, 13)
    undefined = [k for k, row in rows.items() if k[0].startswith("603") and row["value"] is None]
    assert (filled + empty, len(undefined)) == (4 * 16 + 4 * 15 + 2 + 13, empty)


def test_a_rate_over_nobody_is_blank_with_a_note(ctk, whole, tmp_path):
    """Where a group has no child there is no rate: the cell is empty and the note says why."""
    sheets, _ = written(ctk, whole, tmp_path)
    blank = [key for key, cell in cells(sheets["603"], "603") if cell.value is None]
    said = [text for text in notes(sheets["603"]) if "mẫu số bằng 0" in text]
    assert len(said) == (1 if blank else 0)


def test_incomplete_figures_are_left_blank(ctk, gaps, tmp_path):
    """No sum over 11 of 13 communes passes as the district's; only the communes are counted."""
    sheets, _ = written(ctk, gaps, tmp_path)
    filled, _ = compare(sheets, aggregated(ctk, gaps), 13)
    assert filled == 0
    (said,) = [t for t in notes(sheets["604"]) if "chưa đủ" in t]
    assert "(11/13 đơn vị, còn thiếu Xã A Bung, Xã A Ngo)" in said


def test_a_single_blank_is_told_by_column_and_code(ctk, gaps, tmp_path):
    """One commune that left girls of one group blank is named for that cell alone."""
    sheets, _ = written(ctk, gaps, tmp_path)
    first, second = [t for t in notes(sheets["601-602"]) if "chưa đủ" in t]
    assert "10/13 đơn vị, còn thiếu Xã A Vao, Xã A Bung, Xã A Ngo" in first
    assert first.endswith("“Trẻ em không nơi nương tựa” (mã số 110).")
    assert second.endswith("(11/13 đơn vị, còn thiếu Xã A Bung, Xã A Ngo): tất cả các ô khác.")


def test_a_province_of_one_reporting_district(ctk, whole, tmp_path):
    """The province has 125 communes and figures of 13: none is printed but their number."""
    sheets, _ = written(ctk, whole, tmp_path, "45")
    assert next(row[0].value for row in Table(sheets["603"]).lines()) == "Cả nước"
    filled, _ = compare(sheets, aggregated(ctk, whole, "province", "45"), 125)
    assert filled == 0


def test_a_commune(ctk, whole, tmp_path):
    """Of a commune the forms hold its own figures; it is one commune."""
    sheets, _ = written(ctk, whole, tmp_path, "19588")
    rows = aggregated(ctk, whole, "commune", "19588")
    assert compare(sheets, rows, 1)[0] > 100


@pytest.mark.parametrize("unit", ["467", "19588"])
def test_the_same_figures_from_the_ledger(ctk, whole, tmp_path, unit):
    """Received files give the forms that the files themselves give."""
    direct, _ = written(ctk, whole, tmp_path / "direct", unit)
    ctk("receive", whole, "-p", "2024", "--accept-with-errors", "thử")
    stored, _ = written(ctk, None, tmp_path / "stored", unit)
    for form, sheet in direct.items():
        values = {key: cell.value for key, cell in cells(stored[form], form)}
        assert {key: cell.value for key, cell in cells(sheet, form)} == values


def test_part_of_a_year_does_not_pass_as_the_year(ctk, tmp_path):
    """Six months say so above and below the table, and what they do not ask is blank."""
    folder = tmp_path / "in"
    folder.mkdir()
    book(folder / "a.xlsx", consistent(1).rows())
    asked = ("--form", "601-602", "--form", "605", "-p", "2022-6m", "-u", "19588")
    answer = ctk("report", folder, *asked, "-o", tmp_path / "out", "--format", "json")
    made = {
        row["form"]: load_workbook(row["file"])[row["form"]] for row in answer.json["data"]["files"]
    }
    for form, sheet in made.items():
        texts = [str(cell.value) for row in sheet.iter_rows() for cell in row]
        assert "Kỳ báo cáo: 6 tháng đầu năm 2022" in texts
        assert not [text for text in texts if "Năm báo cáo" in text]
        assert any("chưa phải số liệu cả năm" in text for text in notes(sheet))
        assert any("01/01 đến 30/06" in text for text in texts)
        assert any(cell.value for _, cell in cells(sheet, form)) == (form == "601-602")
    assert any("không thu thập" in text for text in notes(made["605"]))


def test_own_figures_of_the_office_on_form_605(ctk, tmp_path):
    """A district that reports its facilities itself prints those, and says whose they are."""
    folder = tmp_path / "in"
    folder.mkdir()
    rows = {f"605.{n:02}": [n] for n in range(2, 14)} | {"605.01": [2 + 4 + 6 + 8 + 10 + 12]}
    book(folder / "own.xlsx", rows, code="467", name="Huyện Đa Krông", period="2024")
    sheets, _ = written(ctk, folder, tmp_path / "out")
    values = [cell.value for _, cell in cells(sheets["605"], "605")]
    assert values == [42, *range(2, 14)]
    assert any("chưa có tệp nào" in text for text in notes(sheets["603"]))
    assert any("Huyện Đa Krông tự báo cáo" in text for text in notes(sheets["605"]))


@pytest.mark.parametrize(
    ("id_", "where"),
    [("I-0301.n", "601-602!D12"), ("603.04.r", "603!G13"), ("I-0302.r", "603!C13")],
)
def test_a_printed_figure_is_traced_to_its_cell_on_the_form(ctk, whole, tmp_path, id_, where):
    """What `ctk trace` says of the girls' figure is what stands in that cell of the form."""
    sheets, _ = written(ctk, whole, tmp_path)
    asked = ("-p", "2024", whole, "--sex", "F", "--format", "json")
    printed_at = ctk("trace", "467", id_, *asked).json["data"]["printed"]
    found = {f"{row['sheet']}!{row['cell']}": row["value"] for row in printed_at}
    form, cell = where.split("!")
    assert found[where] == sheets[form][cell].value


def test_other_age_groups_leave_two_lines_blank(ctk, tmp_path, whole):
    """An office that counts other ages has no figure for the form's: the note names their codes."""
    (tmp_path / "home" / "ctk.toml").write_text('ctk = 1\nage_groups = "age.csv"\n')
    ages = "code,title_vi,title_en\nU3,Dưới 3 tuổi,Under 3\n3-15,3 đến dưới 16 tuổi,3 to 16\n"
    (tmp_path / "home" / "age.csv").write_text(ages, encoding="utf-8")
    sheets, _ = written(ctk, whole, tmp_path / "out", "19588")
    values = {key: cell.value for key, cell in cells(sheets["601-602"], "601-602")}
    assert {key[2] for key, value in values.items() if value is None} == {"U6", "6-15"}
    assert any(t.endswith("tất cả các cột, mã số 121, 122.") for t in notes(sheets["601-602"]))
