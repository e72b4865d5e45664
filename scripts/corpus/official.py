"""Form 601-602 of Circular 02/2025 as communes really send it: right, odd, and wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
from sample_official import Extra, write_official
from sample_population import Figures
from sample_workbooks import rewrite

from corpus.collection import Corpus, batch
from corpus.forms import consistent_figures
from corpus.key import FAIL, PASS
from ctk.periods import Period
from ctk.units.lookup import find_unit, path_to_root

YEAR_2024 = Period(2024, 12)
SHEET = "601-602"
LINES = {"T": 9, "F": 11, "U6": 13, "6-15": 14}
COLUMNS = dict(
    zip(
        ("I-0101", "I-0301", *(f"602.{n:02}" for n in range(1, 15))),
        "CDEFGHIJKLMNOPQR",
        strict=True,
    )
)


def cell(element: str, line: str = "T") -> str:
    """The cell of a figure on the form without a column of the commune's own."""
    return f"{COLUMNS[element]}{LINES[line]}"


class Official:
    """A form 601-602 that is being written."""

    def __init__(self, corpus: Corpus, path: str, code: str, extra: Extra | None = None) -> None:
        self.corpus = corpus
        self.path = path
        self.code = code
        unit, parent = path_to_root(code, YEAR_2024.end)[:2]
        self.figures: Figures = consistent_figures(code, YEAR_2024)
        self.target: Path = corpus.root / path
        write_official(self.target, unit, parent, YEAR_2024.year, self.figures, extra)
        self.book = openpyxl.load_workbook(self.target)
        self.sheet = self.book[SHEET]

    def count(self, element: str, line: str = "T") -> int:
        """The consistent figure."""
        return self.figures[element][line]

    def put(self, where: str, content: object) -> None:
        """Write into a cell."""
        self.sheet[where] = content

    def plant(self, where: str, rules: str, severity: str, what: str, follows: str = "") -> None:
        """Note a defect."""
        sheet = self.sheet.title if where else ""
        self.corpus.plant(
            self.path, rules, severity, what, sheet=sheet, cell=where, follows=follows
        )

    def save(self) -> None:
        """Write what was changed."""
        self.book.save(self.target)
        rewrite(self.target)


Edit = Callable[[Official], None]


def _simple(
    category: str, name: str, code: str, shows: str, extra: Extra | None = None
) -> Callable[[Edit], Edit]:
    """Register a function that changes one form 601-602."""
    path = f"{category}/{name}.xlsx"

    def register(edit: Edit) -> Edit:
        @batch(path, shows)
        def _make(corpus: Corpus) -> None:
            made = Official(corpus, path, code, extra)
            edit(made)
            made.save()

        return edit

    return register


@_simple(PASS, "official_form_601", "19555", "Form 601-602 as printed")
def _plain(_made: Official) -> None:
    """Nothing is wrong."""


@_simple(
    PASS,
    "official_form_with_a_column_more",
    "19561",
    "The commune put a column between",
    Extra(6, "Ghi chú"),
)
def _column(_made: Official) -> None:
    """Nothing is wrong."""


@_simple(PASS, "official_form_with_notes_below", "19564", "Notes and signatures under the table")
def _notes(made: Official) -> None:
    made.put("A18", "Ghi chú: số liệu đến 15/12/2024; “-” là không phát sinh.")
    made.put("A19", "2 trẻ chuyển đến trong tháng 12 đã được tính.")
    made.put("C19", 2)


@_simple(PASS, "official_form_renamed_sheet", "19567", "The sheet is called Sheet1 (2)")
def _renamed(made: Official) -> None:
    made.sheet.title = "Sheet1 (2)"


@_simple(
    FAIL, "official_form_part_above_whole", "19570", "More disabled girls than disabled children"
)
def _part(made: Official) -> None:
    where = cell("602.04", "F")
    made.put(where, made.count("602.04") + 4)
    made.plant(where, "V403 V4*", "error", "more girls than children", "V4* V5*")


@_simple(
    FAIL,
    "official_form_six_year_olds_twice",
    "19576",
    "The printed bounds 0-6 and 6-16 overlap: the six-year-olds stand in both lines",
)
def _six(made: Official) -> None:
    where = cell("I-0101", "U6")
    made.put(where, made.count("I-0101", "U6") + 17)
    made.plant(where, "V402 V4*", "error", "the six-year-olds twice", "V4* V5*")


@_simple(
    FAIL,
    "official_form_group_above_total",
    "19579",
    "One group is larger than the total",
)
def _group(made: Official) -> None:
    where = cell("602.01")
    made.put(where, made.count("I-0301") + 5)
    made.plant(where, "V501 V402 V4* V5*", "error", "a group above the total", "V4* V5*")


@_simple(FAIL, "official_form_ambiguous_numbers", "19582", "1.804 and 1,091 as text on one sheet")
def _ambiguous(made: Official) -> None:
    for where, text in ((cell("I-0101"), "1.804"), (cell("I-0101", "6-15"), "1,091")):
        made.put(where, text)
        made.plant(where, "V307", "error", f"text {text}")


FORM_604 = {
    "A1": "Biểu số 604/TE-Sở",
    "B1": "XÃ/PHƯỜNG PHÙ HỢP VỚI TRẺ EM",
    "A5": "Chỉ tiêu",
    "B5": "Mã số",
    "C5": "Xã, phường",
    "C6": "Tổng số xã phường",
    "D6": "Số xã phường phù hợp với Trẻ em",
    "E6": "Tỷ lệ (%)",
    "A8": "Tổng số",
    "B8": 100,
    "C8": 1,
    "D8": 1,
    "E8": 100,
}


@batch(
    f"{FAIL}/official_forms_of_a_district/",
    "Forms 601-602 and 604; one commune lacks 604, another has turned 601-602 round",
)
def _district(corpus: Corpus) -> None:
    for code in ("19555", "19558", "19561", "19564", "19567"):
        path = f"{FAIL}/official_forms_of_a_district/{code}.xlsx"
        made = Official(corpus, path, code)
        if code == "19561":
            made.plant("", "V640", "error", "form 604 is not in the file")
        else:
            more = made.book.create_sheet("604")
            for where, content in FORM_604.items():
                more[where] = content
        if code == "19564":
            _turn(made)
            made.plant("", "V255", "warning", "rows and columns exchanged")
        made.save()


def _turn(made: Official) -> None:
    """Put the lines of the form across and its groups down."""
    rows = [list(row) for row in made.sheet.iter_rows(values_only=True)]
    for area in list(made.sheet.merged_cells.ranges):
        made.sheet.unmerge_cells(str(area))
    made.sheet.delete_rows(1, len(rows))
    head, lines = rows[5:8], [rows[at - 1] for at in LINES.values()]
    made.put("A1", f"Đơn vị báo cáo: {find_unit(made.code, YEAR_2024.end).full_name}")
    made.put("A2", f"Năm báo cáo: {YEAR_2024.year}")
    for across, label in enumerate(("Tổng số", "Nữ", "0-6 tuổi", "6-16 tuổi"), 2):
        made.sheet.cell(4, across, label)
    for down, col in enumerate(range(2, 18), 5):
        made.sheet.cell(down, 1, head[1][col] or head[0][col])
        for across, line in enumerate(lines, 2):
            made.sheet.cell(down, across, line[col])


@batch(
    f"{FAIL}/annual_form_for_half_a_year.xlsx",
    "The annual form, sent for six months",
    "--period 2024-6m",
)
def _half_year(corpus: Corpus) -> None:
    made = Official(corpus, f"{FAIL}/annual_form_for_half_a_year.xlsx", "19585")
    for row in made.sheet.iter_rows():
        for one in row:
            if isinstance(one.value, str) and one.value.startswith(("Năm báo cáo", "(Tính")):
                one.value = None
    made.save()
    made.plant("", "V213", "error", "an annual form")
    made.plant("", "V204", "error", "and the year was erased")
