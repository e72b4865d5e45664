"""Tables are found and tied to figures by their words and codes, wherever they stand."""

import unicodedata

import numpy as np
import pytest

from ctk.forms.loader import load_layouts
from ctk.forms.table import Planner
from ctk.indicators import load_catalogue
from workbooks import FORM_601_TITLES, TITLES, form_601, table

CATALOGUE = load_catalogue()
ROWS = {"I-0101": [60, 31, 29, 20, 40, 7], "I-0105": [9, 4, 5], "I-0103": [3]}
OWN = {
    ("I-0101", 0): 60, ("I-0101", 1): 31, ("I-0101", 2): 29, ("I-0101", 3): 20,
    ("I-0101", 4): 40, ("I-0101", 5): 7, ("I-0105", 0): 9, ("I-0105", 1): 4, ("I-0105", 2): 5,
    ("I-0103", 0): 3,
}  # fmt: skip
LINES = {
    "100": list(range(1001, 1017)),
    "110": list(range(101, 117)),
    "121": list(range(201, 217)),
    "122": list(range(301, 317)),
}


@pytest.fixture
def planner():
    """A planner that has seen nothing yet."""
    return Planner(load_layouts(), CATALOGUE)


def padded(grid):
    """Cells as the reader gives them: empty texts, rows of equal length."""
    width = max(len(row) for row in grid)
    full = [list(row) + [None] * (width - len(row)) for row in grid]
    return [["" if cell is None else cell for cell in row] for row in full]


def read(planner, grid):
    """What a plan finds: (element, column) to the cell's content; blank cells left out."""
    cells = padded(grid)
    plan = planner.plan(cells)
    assert plan is not None
    places = zip(plan.element, plan.breakdown, plan.row, plan.col, strict=True)
    found = [((CATALOGUE.elements[e].id, int(b)), cells[r][c]) for e, b, r, c in places]
    assert len(dict(found)) == len(found)
    return {key: cell for key, cell in found if cell != ""}


def columns_swapped(grid, first, second):
    """Exchange two columns of a grid."""
    return [
        [row[second] if c == first else row[first] if c == second else v for c, v in enumerate(row)]
        for row in padded(grid)
    ]


def test_own_layout(planner):
    """Elements down, breakdowns across: each cell is the figure of its row and column."""
    assert read(planner, table(ROWS)) == OWN
    assert planner.plan(padded(table(ROWS))).layout == "ctk-commune"


def test_official_layout(planner):
    """Breakdowns down, elements across: groups are found by wording though numbers skip 8."""
    found = read(planner, form_601(LINES))
    assert len(found) == 64
    assert tuple(found["I-0101", b] for b in (0, 2, 3, 4)) == (1001, 101, 201, 301)
    assert (found["602.14", 0], found["602.14", 4]) == (1016, 316)
    assert found["602.07", 0] == 1009
    assert planner.plan(padded(form_601(LINES))).layout == "601-602"


def test_heading_line_has_no_figures(planner):
    """Line 120 of form 601-602 is a heading: what stands there is no figure."""
    with_heading = LINES | {"120": ["x"] * 16}
    assert read(planner, form_601(LINES)) == read(planner, form_601(with_heading))


def test_codes_kept_as_numbers(planner):
    """Excel keeps 100 typed in a General cell as a number; it is the same code."""
    numbers = {float(code): cells for code, cells in LINES.items()}
    assert read(planner, form_601(LINES)) == read(planner, form_601(numbers))


@pytest.mark.parametrize(("down", "right"), [(0, 3), (17, 0), (31, 9)])
def test_moved_table(planner, down, right):
    """A table may stand anywhere near the top of its sheet."""
    moved = [[]] * down + [[None] * right + row for row in table(ROWS)]
    assert read(planner, moved) == OWN


def test_inserted_rows_and_columns(planner):
    """Empty or noted rows and columns between the others change nothing."""
    grid = padded(table(ROWS))
    for at in (1, 4, 6, 9):
        grid = [[*row[:at], "ghi chú" if r > 9 else "", *row[at:]] for r, row in enumerate(grid)]
    grid = [*grid[:6], [""] * len(grid[0]), *grid[6:], ["Ghi chú: số liệu sơ bộ"]]
    assert read(planner, grid) == OWN


def test_column_order(planner):
    """Columns are found by title: swapped with their figures they read the same."""
    assert read(planner, columns_swapped(table(ROWS), 4, 5)) == OWN
    assert read(planner, columns_swapped(table(ROWS), 1, 8)) == OWN


def test_row_order(planner):
    """Rows are found by code: their order means nothing."""
    assert read(planner, table(dict(reversed(ROWS.items())))) == OWN


@pytest.mark.parametrize(
    "spell",
    [
        str.upper,
        str.lower,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: f"  {text.replace(' ', chr(0xA0))} ",
        lambda text: text.replace(" ", "\n", 1),
        lambda text: "".join(
            "d" if char == "đ" else char
            for char in unicodedata.normalize("NFD", text)
            if not unicodedata.combining(char)
        ),
    ],
    ids=["capitals", "lower case", "NFD", "no-break spaces", "line break", "no accents"],
)
@pytest.mark.parametrize("what", ["titles", "code header"])
def test_spelling_of_headers(planner, spell, what):
    """Case, accents, composition and spaces of a header do not matter."""
    grid = [
        [
            spell(cell) if (cell == "Mã số" if what == "code header" else cell in TITLES) else cell
            for cell in row
        ]
        for row in padded(table(ROWS))
    ]
    assert read(planner, grid) == OWN


def test_spelling_of_the_official_groups(planner):
    """Form 601-602 reads the same in capitals, decomposed, or with the older words for HIV."""
    plain = read(planner, form_601(LINES))
    odd = [unicodedata.normalize("NFD", title.upper()) for title in FORM_601_TITLES]
    assert plain == read(planner, form_601(LINES, titles=odd))
    other = [t.replace("bị nhiễm HIV", "nhiễm HIV") for t in FORM_601_TITLES]
    assert other != list(FORM_601_TITLES)
    assert plain == read(planner, form_601(LINES, titles=other))


def test_code_repeated(planner):
    """A code that stands twice gives both rows, so that neither can pass for the one."""
    grid = [*table(ROWS), ["Dòng lặp", "I-0103", "ca", 5]]
    plan = planner.plan(padded(grid))
    of = CATALOGUE.element_index["I-0103"]
    assert int(np.sum(plan.element == of)) == 2


def test_unknown_codes_between_known_ones(planner):
    """A mistyped code is told with its cell; notes below the table are none."""
    rows = {"I-0101": [60], "I-O105": [9], "I-0103": [3]}
    grid = [*table(rows), ["Người lập", "Nguyễn", "biểu"]]
    (issue,) = planner.plan(padded(grid)).issues
    assert (issue.rule, issue.row, issue.col, issue.text) == ("V208", 6, 1, "I-O105")


def test_header_repeated_on_a_page(planner):
    """A table continued on the next page repeats its header, which is no unknown code."""
    head = ["Chỉ tiêu", "Mã số", "Đơn vị tính", *TITLES]
    grid = table(ROWS)
    assert planner.plan(padded([*grid[:6], head, *grid[6:]])).issues == ()


def test_missing_columns_are_named(planner):
    """A table without the women's column says which title it lacks; the rest is read."""
    titles = [title for title in TITLES if title != "Nữ"]
    grid = padded(table({"I-0101": [60, 31, 20, 40, 7]}, titles))
    assert planner.plan(grid).missing_heads == ("Nữ",)
    assert {("I-0101", b): OWN["I-0101", b] for b in (0, 1, 3, 4, 5)} == read(planner, grid)


def test_columns_without_a_title_are_not_read(planner):
    """A column that nothing names holds no figure, wherever it stands."""
    titles = ("Tổng số", "", "Nữ", "Ghi chú", "", "")
    assert read(planner, table({"I-0101": [60, 31, 29, 20, 40, 7]}, titles)) == {
        ("I-0101", 0): 60,
        ("I-0101", 2): 29,
    }


def test_cells_that_ask_nothing(planner):
    """Births have no sex column on the form: what stands there is told, not read."""
    grid = padded(table({"I-0103": [3, 9]}))
    assert read(planner, grid) == {("I-0103", 0): 3}
    assert (5, 4) in planner.plan(grid).unused


def test_a_sheet_without_table(planner):
    """A cover, a list and an empty sheet hold no table."""
    assert planner.plan([]) is None
    assert planner.plan(padded([["Mã đơn vị", "19588"], ["Tên đơn vị", "Tà Rụt"]])) is None
    assert planner.plan(padded([["TT", "Mã số", "Số tiền"], [1, "A7", 5]])) is None


def test_a_stray_code_header_above_the_table(planner):
    """The words "Mã số" above the table (of the unit, say) do not hide the table."""
    grid = table(ROWS)
    assert read(planner, [["Mã số", "19588"], [], *grid]) == OWN


def test_remembered_plans_are_those_of_the_sheet(planner):
    """Sheets of equal codes but other columns are told apart, in whatever order they come."""
    plain, swapped = padded(table(ROWS)), columns_swapped(table(ROWS), 4, 5)
    for grid in (plain, swapped, plain, swapped):
        assert read(planner, grid) == OWN


def test_labels(planner):
    """A figure's label is its row's text, in form 601-602 its column's title."""
    own, official = padded(table(ROWS)), padded(form_601(LINES))
    plan = planner.plan(own)
    assert {0} == set(plan.label_col.tolist())
    assert plan.row.tolist() == plan.label_row.tolist()
    plan = planner.plan(official)
    assert {4, 5} == set(plan.label_row.tolist())
    assert plan.col.tolist() == plan.label_col.tolist()


def test_missing_lines_of_the_official_form(planner):
    """Form 601-602 without its line of women says so; its heading line is not missed."""
    lines = {code: cells for code, cells in LINES.items() if code != "110"}
    assert planner.plan(padded(form_601(lines))).missing_lines == ("110",)
    assert planner.plan(padded(form_601(LINES))).missing_lines == ()


def test_missing_columns_in_their_order(planner):
    """Several missing titles are named in the order of the form."""
    grid = padded(table({"I-0101": [60, 7]}, ("Tổng số", "Dân tộc thiểu số")))
    assert planner.plan(grid).missing_heads == TITLES[1:5]
