"""An office's own form reads by its words, however it is typed, moved or turned."""

import unicodedata

import pytest

from annexes import FIRST, OWN, ROWS, annex
from ctk.forms.loader import load_layouts
from ctk.forms.nearest import nearest
from ctk.forms.order import longest_rise
from ctk.forms.table import Planner
from ctk.indicators import load_catalogue

CATALOGUE = load_catalogue()
T, F, U6, MINORITY = 0, 2, 3, 5
COLUMNS = {2: T, 3: F, 4: U6, 5: MINORITY}
ELEMENTS = {
    1: "I-0101", 2: "I-0101.2", 3: "I-0103", 4: "I-0102.1", 5: "I-0102.2", 8: "I-0301",
    9: "602.04", 10: "602.10", 11: "II-0101", 12: "II-0102", 13: "II-0103",
}  # fmt: skip
EXPECTED = {
    (element, COLUMNS[col]): ROWS[row][col]
    for row, element in ELEMENTS.items()
    for col in COLUMNS
    if ROWS[row][col] != "x"
}


@pytest.fixture
def planner():
    """A planner that knows the office's form and has seen nothing yet."""
    return Planner(load_layouts(None, OWN), CATALOGUE)


def padded(grid):
    """Cells as the reader gives them: empty texts, rows of equal length."""
    width = max(len(row) for row in grid)
    full = [list(row) + [None] * (width - len(row)) for row in grid]
    return [["" if cell is None else cell for cell in row] for row in full]


def read(planner, grid):
    """What a plan finds: (element, column) to the cell's content."""
    cells = padded(grid)
    plan = planner.plan(cells)
    assert plan is not None
    places = zip(plan.element, plan.breakdown, plan.row, plan.col, strict=True)
    found = [((CATALOGUE.elements[e].id, int(b)), cells[r][c]) for e, b, r, c in places]
    assert len(dict(found)) == len(found)
    return dict(found)


def turned(grid):
    """Rows as columns."""
    return [list(column) for column in zip(*padded(grid), strict=True)]


def test_as_printed(planner):
    """Equal words in two sections are told apart by what they stand under."""
    assert read(planner, annex()) == EXPECTED
    plan = planner.plan(padded(annex()))
    assert (plan.layout, plan.issues, plan.missing_lines) == ("annex", (), ())


def test_figures_outside_the_catalogue(planner):
    """A row that no element covers keeps its figures, beside the others."""
    plan = planner.plan(padded(annex()))
    assert {(at.row, at.col) for at in plan.outside} == {(FIRST + 5, col) for col in COLUMNS}


def test_what_is_not_asked(planner):
    """Cells that the form crosses out are no figures."""
    plan = planner.plan(padded(annex()))
    assert (FIRST + 1, 4) in plan.unused


@pytest.mark.parametrize(("down", "right"), [(0, 3), (7, 0), (4, 2)])
def test_moved(planner, down, right):
    """The table may stand anywhere."""
    assert read(planner, [[]] * down + [[None] * right + row for row in annex()]) == EXPECTED


@pytest.mark.parametrize(
    "spell",
    [
        str.upper,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: f" {text.replace(' ', chr(0xA0))}\n",
        lambda text: f"1.2) {text}",
        lambda text: f"+ Trong đó: {text}",
        lambda text: f"{text} (*)",
    ],
    ids=["capitals", "NFD", "spaces", "number", "lead word", "footnote"],
)
def test_spelling_of_labels(planner, spell):
    """Case, composition, spaces, numbers and lead words leave a label what it is."""
    grid = [[*row[:1], spell(row[1]), *row[2:]] if len(row) > 6 else row for row in padded(annex())]
    assert read(planner, grid) == EXPECTED


def test_turned_round(planner):
    """Rows as columns read the same, and the plan says so."""
    assert read(planner, turned(annex())) == EXPECTED
    assert planner.plan(padded(turned(annex()))).turned


def test_sections_in_another_order(planner):
    """A section that stands elsewhere is the same section."""
    assert read(planner, annex(rows=(*ROWS[7:], *ROWS[:7]))) == EXPECTED


def test_columns_in_another_order(planner):
    """Columns are known by their titles."""
    grid = [[*row[:3], row[5], row[3], row[4]] for row in padded(annex())]
    grid[6][3:6] = ["Chia ra", "", ""]
    assert read(planner, grid) == EXPECTED


def test_a_second_header_on_the_next_page(planner):
    """The table may go on below its header once more."""
    head = annex()[6:8]
    grid = annex()
    assert read(planner, [*grid[: FIRST + 5], *head, *grid[FIRST + 5 :]]) == EXPECTED


def test_notes_between_rows(planner):
    """Notes and blank rows change nothing."""
    grid = annex()
    more = [["(2 trẻ mới chuyển đến)"], []]
    assert read(planner, [*grid[: FIRST + 3], *more, *grid[FIRST + 3 :]]) == EXPECTED


def test_last_years_columns(planner):
    """Columns below a heading that speaks of another time are not read."""
    more = [["Cùng kỳ năm trước", ""], ["Tổng số", "Nữ"], *[[5, 2]] * len(ROWS), ["", ""]]
    front = [["", ""]] * 6
    grid = [
        [*row[:2], *new, *row[2:]] for row, new in zip(padded(annex()), front + more, strict=True)
    ]
    assert read(planner, grid) == EXPECTED


def test_of_two_years_the_later():
    """Where a form has a column for each year, the later one is this report's."""
    layout = OWN[0][1].replace('label = "Tổng số"', 'label = "Năm {year}"')
    of_years = Planner(load_layouts(None, (("a.toml", layout),)), CATALOGUE)
    grid = [[*row[:2], *([7] if len(row) > 2 else [""]), *row[2:]] for row in padded(annex())]
    grid[6][2:4] = ["Năm 2021", "Năm 2022"]
    assert read(of_years, grid) == EXPECTED


def test_retyped(planner):
    """Rows in other words are read as what they say, at their place."""
    changes = [
        (1, 1, "TS TE < 16t"), (2, 1, "TE < 5 tuổi"), (4, 1, "Nam"), (5, 1, "Nữ"),
        (8, 1, "TS TECHCĐB"), (9, 1, "TEKT"), (11, 1, "TE bị XH"),
    ]  # fmt: skip
    assert read(planner, annex(*changes)) == EXPECTED
    rules = {issue.rule for issue in planner.plan(padded(annex(*changes))).issues}
    assert rules == {"V250"}


def test_an_unknown_row_is_no_other(planner):
    """A row that the form does not have is not taken for one that the file lacks."""
    strange = (4, "Số xã đạt chuẩn nông thôn mới", 1, "x", "x", "x")
    rows = (*ROWS[:11], strange, *ROWS[12:])
    found = read(planner, annex(rows=rows))
    assert ("II-0101", T) not in found


def test_remembered_plans_are_those_of_the_sheet(planner):
    """Sheets of equal labels but other columns are told apart, in whatever order they come."""
    plain = annex()
    swapped = [[*row[:3], row[5], row[3], row[4]] for row in padded(annex())]
    swapped[6][3:6] = ["Chia ra", "", ""]
    longer = annex(rows=(*ROWS, ("-", "Bị mua bán", 0, 0, 0, 0)))
    for grid in (plain, swapped, longer, plain, swapped):
        assert EXPECTED.items() <= read(planner, grid).items()
    assert planner.plan(padded(longer)).issues


def test_a_table_of_other_figures(planner):
    """A sheet that shares a few words with a form is not that form."""
    strange = tuple((n, f"Chỉ tiêu khác {n}", 1, 1, 1, 1) for n in range(20))
    assert planner.plan(padded(annex(rows=(*strange, *ROWS[1:6])))) is None


def test_the_version_that_explains_more():
    """Of two versions the one that misses fewer rows is taken; then the newer one."""
    older = OWN[0][1].replace('id = "annex"', 'id = "older"')
    cut = older.index('[[table.row]]\nlabel = "Trẻ em bị xâm hại"')
    layouts = load_layouts(None, (*OWN, ("b.toml", older[:cut])))
    planner = Planner(layouts, CATALOGUE)
    assert planner.plan(padded(annex())).layout == "annex"
    assert planner.plan(padded(annex(rows=ROWS[:11]))).layout == "older"


def test_the_nearest_form_is_named(planner):
    """A sheet that fits no form says which one it is like and what is missing."""
    near = nearest([padded(annex(rows=ROWS[:3]))[:10]], planner.layouts.values())
    assert (near.form, near.rows) == ("annex", 1)
    assert "Trẻ em dưới 5 tuổi" in near.missing
    assert nearest([padded([["Kính gửi", "UBND xã"]])], planner.layouts.values()) is None


def test_longest_rise():
    """The longest rising part, for sequences checked by hand."""
    assert longest_rise([5, 1, 2, 9, 3]) == [1, 2, 4]
    assert longest_rise([]) == []
    assert longest_rise([3, 3]) in ([0], [1])


SECOND = """
[[table]]
row_titles = ["Chỉ tiêu"]

[[table.column]]
label = "Tổng số"

[[table.column]]
label = "Nữ"
sex = "F"

[[table.row]]
label = "Trẻ em dưới 5 tuổi được cân"
number = "1"
element = "I-0204.1m"

[[table.row]]
label = "Suy dinh dưỡng nhẹ cân"
number = "2"
element = "I-0204.1"

[[table.row]]
label = "Trẻ em có bảo hiểm y tế"
number = "3"
element = "I-0211"
"""
SECOND_ROWS = [
    ["TT", "Chỉ tiêu", "Tổng số", "Nữ"],
    [1, "Trẻ em dưới 5 tuổi được cân", 150, 70],
    [2, "Suy dinh dưỡng nhẹ cân", 12, 5],
    [3, "Trẻ em có bảo hiểm y tế", 590, 280],
]
OF_SECOND = {
    ("I-0204.1m", T): 150, ("I-0204.1m", F): 70, ("I-0204.1", T): 12, ("I-0204.1", F): 5,
    ("I-0211", T): 590, ("I-0211", F): 280,
}  # fmt: skip


@pytest.fixture
def two_tables():
    """A planner that knows a form of two tables with the same heads."""
    return Planner(load_layouts(None, (("a.toml", OWN[0][1] + SECOND),)), CATALOGUE)


def test_two_tables_on_two_sheets(two_tables):
    """Each sheet holds the table whose rows it has, though the heads are the same."""
    assert read(two_tables, annex()) == EXPECTED
    assert read(two_tables, SECOND_ROWS) == OF_SECOND
    for grid, table in ((annex(), 0), (SECOND_ROWS, 1)):
        plan = two_tables.plan(padded(grid))
        assert (plan.tables, plan.missing_lines, plan.issues) == ((table,), (), ())


def test_two_tables_on_one_sheet(two_tables):
    """Below each other they are told apart as well."""
    assert read(two_tables, [*annex(), [], *SECOND_ROWS]) == EXPECTED | OF_SECOND


def test_a_row_of_one_table_is_none_of_the_other():
    """A row that is outside the catalogue in its own table is never taken for one of another."""
    outside = OWN[0][1].replace('element = "I-0101.2"', 'kind = "outside"')
    planner = Planner(load_layouts(None, (("a.toml", outside + SECOND),)), CATALOGUE)
    found = read(planner, annex())
    assert {element for element, _ in found} == set(ELEMENTS.values()) - {"I-0101.2"}


def test_a_table_ends_where_the_next_begins():
    """Rows of a table with other heads are no strangers in the one above it."""
    columns = SECOND.replace('label = "Nữ"', 'label = "Trong đó: gái"')
    planner = Planner(load_layouts(None, (("a.toml", OWN[0][1] + columns),)), CATALOGUE)
    second = [[str(cell).replace("Nữ", "Trong đó: gái") for cell in SECOND_ROWS[0]]]
    plan = planner.plan(padded([*annex(), [], *second, *SECOND_ROWS[1:]]))
    assert (sorted(plan.tables), plan.issues) == ([0, 1], ())
