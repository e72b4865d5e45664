"""What a district or province reports of itself stands in place of its communes' figures."""

import pytest

from ctk.aggregate.grouping import add_up
from ctk.periods import parse_period
from ctk.units.lookup import find_unit
from workbooks import DAKRONG, batch_of, book, findings_of

YEAR = parse_period("2024")
FACILITIES = {
    "605.01": [6], "605.02": [1], "605.03": [10], "605.04": [1], "605.05": [20], "605.06": [1],
    "605.07": [5], "605.08": [1], "605.09": [7], "605.10": [1], "605.11": [8], "605.12": [1],
    "605.13": ["-"],
}  # fmt: skip


def commune(folder, code, rows):
    """The yearly workbook of a commune, as far as these rows go."""
    return book(folder / f"{code}.xlsx", rows, code=code, name=DAKRONG[code], period="2024")


def office(folder, rows, name="own.xlsx", code="467", unit="Huyện Đa Krông"):
    """The workbook of the office for its own unit."""
    return book(folder / name, rows, code=code, name=unit, period="2024")


def figures(*paths, code="467"):
    """Value, sum so far and coverage of each element of the unit."""
    found = add_up(batch_of(*paths), YEAR, (find_unit(code, YEAR.end),), None)
    rows = found.elements[found.elements["area"].eq("T")]
    kept = rows[["value", "partial", "reported", "expected"]].to_numpy().tolist()
    pairs = zip(rows["element"], kept, strict=True)
    return {id_: tuple(None if v != v else v for v in row) for id_, row in pairs}, found


@pytest.fixture
def communes(tmp_path):
    """Two communes that report two facilities each."""
    return [commune(tmp_path, code, {"605.01": [2]}) for code in ("19588", "19591")]


def test_without_it_communes_add_up(communes):
    """Two of 13 communes give a sum so far and no total."""
    found, _ = figures(*communes)
    assert found["605.01"] == (None, 4, 2, 13)


def test_own_figures_replace_the_sum(communes, tmp_path):
    """The office's own file answers alone, 1 of 1; the sign for nothing is 0."""
    found, totals = figures(*communes, office(tmp_path, FACILITIES))
    assert found["605.01"] == (6, None, 1, 1)
    assert found["605.13"] == (0, None, 1, 1)
    assert [file.unit.code for file in totals.own] == ["467"]
    assert len(totals.own[0].elements) == 13


def test_blank_cells_leave_the_question_to_the_communes(communes, tmp_path):
    """What the office left blank is still the sum over communes, with their coverage."""
    found, _ = figures(*communes, office(tmp_path, FACILITIES | {"605.01": [None]}))
    assert found["605.01"] == (None, 4, 2, 13)
    assert found["605.02"] == (1, None, 1, 1)


def test_not_collected_is_no_figure(tmp_path):
    """The sign … in the office's file answers for the figure: it is missing, 0 of 1."""
    found, _ = figures(office(tmp_path, FACILITIES | {"605.01": ["…"]}))
    assert found["605.01"] == (None, None, 0, 1)


def test_two_different_own_files_count_as_none(communes, tmp_path):
    """Which of two is meant is not known."""
    first = office(tmp_path, FACILITIES)
    second = office(tmp_path, FACILITIES | {"605.03": [11]}, "other.xlsx")
    found, totals = figures(*communes, first, second)
    assert found["605.01"] == (None, 4, 2, 13)
    assert totals.own == ()


def test_it_is_never_added_to_the_unit_above(communes, tmp_path):
    """The province still adds up communes: an office's own figure goes no further."""
    found, totals = figures(*communes, office(tmp_path, FACILITIES), code="45")
    assert (found["605.01"][1], found["605.01"][2]) == (4, 2)
    assert totals.own == ()


def test_a_commune_form_sent_as_a_districts_is_not_its_own(tmp_path):
    """A file with rows of indicators says nothing of the district itself, and that is told."""
    path = office(tmp_path, FACILITIES | {"I-0101": [5]})
    assert "V214" in {finding.rule for finding in findings_of(path)}
    assert "605.01" not in figures(path)[0]


def test_own_file_is_complete_in_itself(tmp_path):
    """Rows of indicators are not asked of the office, and the unit is right."""
    assert findings_of(office(tmp_path, FACILITIES)) == ()


def test_parts_must_make_the_sum(tmp_path):
    """Five facilities by kind cannot be six in all."""
    wrong = findings_of(office(tmp_path, FACILITIES | {"605.12": [0]}))
    assert [finding.severity for finding in wrong] == ["error"]
    assert {"605.01"} == {finding.element for finding in wrong}
