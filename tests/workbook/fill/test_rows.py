"""Rows are repeated and everything that points to them follows: checked by what formulas add up."""

import re
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from ctk.workbook.fill import Block, Placed, SheetFill, Step, WorkbookTemplate
from ctk.workbook.fill.formulas import Place, areas, pieces, shifted
from ctk.workbook.fill.plan import Plan
from ctk.workbook.fill.types import CannotShiftError

ROWS = 24
SHEET, OTHER = "Bảng 1", "Trang khác"


@st.composite
def blocks(draw):
    """Up to three blocks of one to three rows that do not meet, and how often each is repeated."""
    found, row = [], draw(st.integers(0, 4))
    for _ in range(draw(st.integers(0, 3))):
        last = row + draw(st.integers(0, 2))
        if last >= ROWS:
            break
        found.append((Block(row, last), draw(st.integers(1, 4))))
        row = last + 1 + draw(st.integers(0, 4))
    return found


def laid(found):
    """The rows of the filled sheet up to the last block."""
    rows, next_row = [], 0
    for number, (block, times) in enumerate(found):
        rows += [Placed(row) for row in range(next_row, block.first)]
        for turn in range(times):
            path = (Step(number, turn),)
            rows += [Placed(row, path) for row in range(block.first, block.last + 1)]
        next_row = block.last + 1
    return tuple(rows)


def times_of(row, found):
    """How often a row of the template stands in the filled sheet."""
    return next((times for block, times in found if row in block), 1)


def covers_whole(first, last, found):
    """Whether a range takes each repeated block whole or not at all."""
    return all(
        times == 1
        or (first <= block.first and block.last <= last)
        or last < block.first
        or block.last < first
        for block, times in found
    )


def template(formulas):
    """Row r holds 2^r in column A and is labelled in B; formulas stand on another sheet."""
    book = Workbook()
    sheet, other = book.active, book.create_sheet(OTHER)
    sheet.title = SHEET
    for row in range(ROWS):
        sheet.cell(row + 1, 1, 2**row)
        sheet.cell(row + 1, 2, f"dòng {row}")
        sheet.cell(row + 1, 3, f"=A{row + 1}+0")
    for i, formula in enumerate(formulas, 1):
        other.cell(i, 1, formula)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def filled(data, found):
    """Fill a template whose rows are repeated."""
    parts = SheetFill(tuple(block for block, _ in found), laid(found))
    made, faults = WorkbookTemplate(data).fill({SHEET: parts})
    return made, faults


def added(book, formula):
    """What a SUM over one column adds up to, computed here from the cells."""
    found = re.fullmatch(rf"=SUM\('?{SHEET}'?!\$?A\$?(\d+):\$?A\$?(\d+)\)", formula)
    first, last = map(int, found.groups())
    values = (book[SHEET].cell(row, 1).value for row in range(first, last + 1))
    return sum(value or 0 for value in values)


@settings(max_examples=60)
@given(found=blocks(), data=st.data())
def test_a_sum_adds_every_copy_of_each_row_in_it(found, data):
    """A range over whole blocks adds each of its rows as often as it is repeated, no other."""
    pairs = data.draw(
        st.lists(st.tuples(st.integers(0, ROWS - 1), st.integers(0, ROWS - 1)).map(sorted),
                 min_size=1, max_size=6)
    )  # fmt: skip
    whole = [pair for pair in pairs if covers_whole(*pair, found)]
    formulas = [f"=SUM('{SHEET}'!A{first + 1}:A{last + 1})" for first, last in whole]
    made, faults = filled(template(formulas), found)

    assert not faults
    book = load_workbook(BytesIO(made))
    for i, (first, last) in enumerate(whole, 1):
        wanted = sum(2**row * times_of(row, found) for row in range(first, last + 1))
        assert added(book, book[OTHER].cell(i, 1).value) == wanted


@settings(max_examples=40)
@given(found=blocks(), first=st.integers(0, ROWS - 1), last=st.integers(0, ROWS - 1))
def test_a_range_that_ends_within_a_block_is_a_fault(found, first, last):
    """It would add rows that are not meant; the file is not made."""
    first, last = sorted((first, last))
    made, faults = filled(template([f"=SUM('{SHEET}'!A{first + 1}:A{last + 1})"]), found)

    assert bool(faults) is not covers_whole(first, last, found)
    assert bool(made) is covers_whole(first, last, found)


@settings(max_examples=40)
@given(found=blocks())
def test_rows_stand_in_their_order_and_look_at_themselves(found):
    """The labels read as laid out; the formula in each row points to that very row."""
    made, faults = filled(template([]), found)
    sheet = load_workbook(BytesIO(made))[SHEET]
    rest = range(max((block.last for block, _ in found), default=-1) + 1, ROWS)
    wanted = [placed.source for placed in laid(found)] + list(rest)

    assert not faults
    assert [cell.value for cell in sheet["B"]] == [f"dòng {row}" for row in wanted]
    assert [cell.value for cell in sheet["C"]] == [f"=A{n}+0" for n in range(1, len(wanted) + 1)]


def plan(*found):
    """A plan of blocks and how often each is repeated."""
    return Plan([block for block, _ in found], laid(found))


THREE = plan((Block(5, 5), 3))
PAIRS = plan((Block(5, 6), 2))
AT_TWO = Place(SHEET, (Step(0, 1),))


@pytest.mark.parametrize(
    ("formula", "at", "wanted"),
    [
        ("SUM(C6:C6)", Place(SHEET), "SUM(C6:C8)"),
        ("SUM($C$6:$C$6)/C9", Place(SHEET), "SUM($C$6:$C$8)/C11"),
        ("C6/C9", AT_TWO, "C7/C11"),
        ("SUM(C$6:C6)", AT_TWO, "SUM(C$6:C7)"),
        ("C6/SUM(C$6:C$6)", AT_TWO, "C7/SUM(C$6:C$8)"),
        ("C$6", AT_TWO, "C$6"),
        ('IF(A1="C9",C9,"C9:C9")', Place(SHEET), 'IF(A1="C9",C11,"C9:C9")'),
        ("SUM(A:A)+SUM(2:9)+TongSo", Place(SHEET), "SUM(A:A)+SUM(2:11)+TongSo"),
        (f"'{SHEET}'!$C$9+'{OTHER}'!C9", Place(OTHER), f"'{SHEET}'!$C$11+'{OTHER}'!C9"),
        ("C9:C1048576", Place(SHEET), "C11:C1048576"),
        ("Bang[Số]+LOG10(C9)", Place(SHEET), "Bang[Số]+LOG10(C11)"),
    ],
)
def test_formulas_follow(formula, at, wanted):
    """As an office writes them: totals, shares, running sums, texts, names, other sheets."""
    assert shifted(formula, at, {SHEET: THREE}) == wanted


@pytest.mark.parametrize(
    "formula", ["C6", "C6*2", "$C$6", 'INDIRECT("C6")', "OFFSET(C1,5,0)", "SUM(A1:INDEX(C:C,6))",
                f"SUM('{SHEET}:{OTHER}'!C6)"]
)  # fmt: skip
def test_formulas_that_cannot_follow_are_refused(formula):
    """From outside the rows it is not clear which copy is meant, or nothing can be told at all."""
    with pytest.raises(CannotShiftError):
        shifted(formula, Place(SHEET), {SHEET: THREE})


def test_ranges_of_formats_and_merges_are_repeated_with_their_rows():
    """A format covers all copies; a merge becomes one for each; one half inside is refused."""
    assert areas("A6:C6 E9", THREE) == "A6:C8 E11"
    assert areas("A6", PAIRS) == "A6 A8"
    assert pieces("A6:B6", THREE) == ["A6:B6", "A7:B7", "A8:B8"]
    assert pieces("A6:A7", PAIRS) == ["A6:A7", "A8:A9"]
    assert pieces("A5:A8", PAIRS) == ["A5:A10"]
    assert pieces("A10:B11", THREE) == ["A12:B13"]
    with pytest.raises(CannotShiftError):
        pieces("A5:A6", PAIRS)


def test_shared_formulas_are_written_out():
    """Excel keeps one text for a column of like formulas; repeated rows need their own."""
    data = template([])
    found = [(Block(2, 2), 3)]
    from zipfile import ZipFile

    target = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(target, "w") as out:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(
                    b"<f>A1+0</f>", f'<f t="shared" si="0" ref="C1:C{ROWS}">A1+0</f>'.encode()
                )
                for row in range(2, ROWS + 1):
                    part = part.replace(f"<f>A{row}+0</f>".encode(), b'<f t="shared" si="0"/>')
            out.writestr(name, part)
    made, faults = filled(target.getvalue(), found)

    assert not faults
    cells = load_workbook(BytesIO(made))[SHEET]["C"]
    assert [cell.value for cell in cells] == [f"=A{n}+0" for n in range(1, ROWS + 3)]
