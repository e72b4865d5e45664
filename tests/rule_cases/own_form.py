"""Cases of the rules that office's own forms bring with them."""

import openpyxl

from annexes import FIRST, OWN, ROWS, annex
from rule_cases.base import ERROR, INFO, WARNING, Case, hidden, named, sheets
from workbooks import Formula, form_601, write_book

READ = {"own": OWN}
FINE = sheets(A=annex())
BLANKS = [(10, 2, None), (10, 3, None), (10, 4, None), (10, 5, None)]
NOTE = [["Ghi chú: các ô để trống là không có trường hợp nào."]]


def _cell(row, col):
    return f"{'ABCDEFG'[col]}{FIRST + row}"


def _merged(*cells):
    """Writes a sheet with cells of a row merged over their first one's content."""

    def write(folder):
        path = write_book(folder / "a.xlsx", {"A": annex(*cells)})
        workbook = openpyxl.load_workbook(path)
        workbook["A"].merge_cells(f"{_cell(10, 2)}:{_cell(10, 5)}")
        workbook.save(path)

    return write


def _turned(grid):
    width = max(map(len, grid))
    full = [list(row) + [None] * (width - len(row)) for row in grid]
    return [list(column) for column in zip(*full, strict=True)]


def _labelled(grid):
    names = {"100": "Tổng số", "110": "- Nữ", "121": "0- 6 tuổi", "122": "6- 16 tuổi"}
    return [[names.get(row[1], row[0]) if len(row) > 1 else row[0], *row[1:]] for row in grid]


LAST_YEAR = annex((1, 2, 599), year=2021, day="20/5/2021")
WITH_COLUMN = [[*row[:2], n, *row[2:]] for n, row in zip(
    [*[None] * 6, "Cùng kỳ năm 2021", None, *[7] * 14, None], annex(), strict=True
)]  # fmt: skip
EXTRA = (*ROWS[:7], (4, "Trẻ em học võ", 5, 2, 1, 3), *ROWS[7:])
TITLES = annex()[:8]
LINES = {"100": [9] * 16, "110": [4] * 16, "121": [4] * 16, "122": [5] * 16}

FORM_604 = [
    ["Biểu số 604/TE-Sở"],
    [],
    ["Chỉ tiêu", "Mã số", "Xã, phường"],
    [None, None, "Tổng số xã phường", "Số xã phường phù hợp với Trẻ em", "Tỷ lệ (%)"],
    ["Tổng số", "100", 1, 1, 100],
]


def _noted(text):
    """A sheet with a text in the column of remarks."""
    return [[*row, text] if r == FIRST + 2 else row for r, row in enumerate(annex())]


def files_of(**grids):
    """Writes a workbook of one sheet for each."""

    def write(folder):
        for name, grid in grids.items():
            write_book(folder / f"{name}.xlsx", {"A": grid})

    return write


def _two(*days):
    """Two files of one commune, signed on different days of June, with different figures."""
    signed = [
        annex((1, 2, 600 + n), below=[[f"Tà Rụt, ngày {day} tháng 6 năm 2022"]])
        for n, day in enumerate(days)
    ]
    return files_of(a=signed[0], b=signed[1])


def _official(lacking=""):
    """Form 601-602 of four communes, all with 604 but one."""

    def write(folder):
        for name in ("Tà Rụt", "A Bung", "A Ngo", "Ba Nang"):
            grids = {"601": form_601(LINES, unit=f"Xã {name}")}
            grids |= {} if name == lacking else {"604": FORM_604}
            write_book(folder / f"{name}.xlsx", grids)

    return write


CASES = {
    "V250": Case(
        INFO, sheets(A=annex((2, 1, "TE < 5 tuổi"), (8, 1, "TS TECHCĐB"))), FINE,
        cell=_cell(2, 1), read=READ,
    ),
    "V251": Case(WARNING, sheets(A=annex(rows=EXTRA)), FINE, cell=_cell(7, 1), read=READ),
    "V252": Case(WARNING, sheets(A=WITH_COLUMN), FINE, cell="C7", read=READ),
    "V253": Case(
        WARNING, sheets(A=annex((9, 1, "Nhóm B"))), FINE, cell=_cell(9, 1), read=READ
    ),
    "V254": Case(
        WARNING, sheets(A=annex(rows=(*ROWS[:9], ROWS[8], *ROWS[9:]))), FINE,
        cell=_cell(9, 1), read=READ,
    ),
    "V255": Case(WARNING, sheets(A=_turned(_labelled(form_601(LINES)))), sheets(A=form_601(LINES))),
    "V257": Case(
        ERROR, hidden("Cũ", A=annex(), Cũ=LAST_YEAR),
        hidden("Cũ", A=annex(*((r, 2, 50 + r) for r in range(1, 14) if r != 7)), Cũ=LAST_YEAR),
        read=READ,
    ),
    "V258": Case(
        ERROR, sheets(A=annex(year=2023)), FINE, cell="A3",
        read=READ | {"period": "2022-6m"},
    ),
    "V259": Case(
        WARNING, named("Ta Rut.xlsx", {"A": annex(unit="UBND xã Tà Ruýt")}),
        named("Ta Rut.xlsx", {"A": annex()}), cell="A4", read=READ | {"scope": "467"},
    ),
    "V360": Case(
        ERROR, sheets(A=[[*row, "chưa rà soát" if r == FIRST + 9 else None]
                         for r, row in enumerate(annex(BLANKS[0]))]), FINE,
        cell=_cell(10, 2), read=READ,
    ),
    "V361": Case(
        WARNING, _merged((10, 2, "Không"), *BLANKS[1:]), FINE, cell=_cell(10, 2), read=READ
    ),
    "V362": Case(
        WARNING, sheets(A=annex(*BLANKS, below=NOTE)), sheets(A=annex(below=NOTE)),
        cell=f"A{FIRST + len(ROWS)}", read=READ,
    ),
    "V363": Case(
        WARNING, sheets(A=annex(*BLANKS, below=[["Ghi chú: ô trống: chưa có số liệu."]])), FINE,
        read=READ,
    ),
    "V364": Case(
        WARNING, sheets(A=_noted('=HYPERLINK("http://example.invalid","x")')),
        sheets(A=_noted("=> xem báo cáo")), cell=f"G{FIRST + 3}", read=READ,
    ),
    "V365": Case(
        ERROR, sheets(A=annex((6, 2, Formula("=1/0", "#DIV/0!")))), FINE,
        cell=_cell(6, 2), read=READ,
    ),
    "V366": Case(
        WARNING, sheets(A=annex(*((6, col, None) for col in range(2, 6)))),
        sheets(A=annex((6, 3, None))), cell=_cell(6, 2), read=READ,
    ),
    "V640": Case(
        ERROR, _official(lacking="A Bung"), _official(), read={"scope": "467"}
    ),
    "V642": Case(
        WARNING, _two("25", "28"), files_of(a=annex(unit="Xã Tà Rụt"), b=annex(unit="Xã A Bung")),
        read=READ | {"scope": "467"}, count=2,
    ),
    "V541": Case(
        ERROR, sheets(A=annex((4, 2, 9), (5, 2, 11))), FINE, cell=_cell(3, 3), element="I-0103",
        read=READ, count=2,
    ),
}  # fmt: skip
