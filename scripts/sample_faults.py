"""The faulty samples: each is a clean workbook with one fault that its file name says."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sample_workbooks import Cells, ErrorValue

Edit = Callable[[Cells], None]


class Fault(NamedTuple):
    """A faulty file: its name without ending, the commune, what is done to it, the words for it."""

    name: str
    unit: str
    edit: Edit
    title: str
    shows: str


def _sex_sum_wrong(cells: Cells) -> None:
    _add(cells, "I-0208", "M", 1)


def _ambiguous_number(cells: Cells) -> None:
    count = cells.count("I-0101")
    cells.figure("I-0101", "T", f"{count // 1000}.{count % 1000:03}")


def _blank_cells(cells: Cells) -> None:
    for column in ("T", "M", "F"):
        cells.figure("I-0604", column, None)


def _not_collected(cells: Cells) -> None:
    for column in ("T", "M", "F"):
        cells.figure("I-0105.2", column, "…")


def _excel_error_value(cells: Cells) -> None:
    cells.figure("I-0320.1", "T", ErrorValue("#REF!", "SUM(#REF!)"))


def _missing_row(cells: Cells) -> None:
    cells.clear_row("II-0212")


def _part_exceeds_whole(cells: Cells) -> None:
    cells.figure("I-0605", "T", cells.count("I-0101") + 12)


def _appendices_disagree(cells: Cells) -> None:
    for column in ("T", "M", "F"):
        cells.figure("II-0104", column, 0)


def _unit_name_of_another(cells: Cells) -> None:
    cells.put_on_cover(2, "Xã Tà Rụt")


def _nothing(_cells: Cells) -> None:
    """The fault lies in the file, not in a cell."""


def _one_more(cells: Cells) -> None:
    _add(cells, "I-0605", "T", 1)


def _add(cells: Cells, element: str, column: str, more: int) -> None:
    cells.figure(element, column, cells.count(element, column) + more)


IN_CELLS = (
    Fault(
        "sex_sum_wrong",
        "19561",
        _sex_sum_wrong,
        "Nam + nữ khác tổng số",
        "The total of children injured is one less than boys and girls: V401.",
    ),
    Fault(
        "ambiguous_number",
        "19564",
        _ambiguous_number,
        "Số gõ dạng chữ có dấu chấm",
        "A total typed as text with a dot, so that it can be read in two ways: V307.",
    ),
    Fault(
        "blank_cells",
        "19567",
        _blank_cells,
        "Ô để trống",
        "A row was left blank, which is not zero: V301 (warning).",
    ),
    Fault(
        "not_collected",
        "19570",
        _not_collected,
        "Chưa thu thập được",
        "A row is marked “…”: V302 (warning); totals above it are incomplete.",
    ),
    Fault(
        "excel_error_value",
        "19576",
        _excel_error_value,
        "Ô báo lỗi Excel",
        "A formula shows #REF!: V310.",
    ),
    Fault(
        "missing_row",
        "19579",
        _missing_row,
        "Thiếu dòng",
        "The last row of section II.2 was cleared: V206.",
    ),
    Fault(
        "part_exceeds_whole",
        "19582",
        _part_exceeds_whole,
        "Phần lớn hơn toàn thể",
        "More children are counted in I-0605 than live in the commune: V537.",
    ),
    Fault(
        "appendices_disagree",
        "19585",
        _appendices_disagree,
        "Hai phụ lục ghi khác nhau",
        "Sexually abused children stand in I-0313 but not in II-0104: V504.",
    ),
    Fault(
        "unit_name_of_another",
        "19591",
        _unit_name_of_another,
        "Tên và mã xã không khớp",
        "The code is that of A Bung, the name that of Tà Rụt: V203.",
    ),
    Fault(
        "two_versions_a",
        "19594",
        _nothing,
        "Hai tệp khác nhau của một xã (tệp 1)",
        "With two_versions_b: V601; neither is added up.",
    ),
    Fault(
        "two_versions_b",
        "19594",
        _one_more,
        "Hai tệp khác nhau của một xã (tệp 2)",
        "With two_versions_a: V601; neither is added up.",
    ),
)

MOVED = Fault(
    "renamed_sheets_moved_table",
    "19558",
    _nothing,
    "Trang đổi tên, bảng dời chỗ",
    "Other sheet names, tables moved, a column and notes added: reads without any error.",
)
EARLIER = Fault(
    "wrong_period",
    "19555",
    _nothing,
    "Sai kỳ báo cáo",
    "A form of 2022-9m; with --period 2022-6m: V205.",
)
TRUNCATED = Fault(
    "truncated",
    "19588",
    _nothing,
    "Tệp bị cắt cụt",
    "The second half of the file is gone: V101, exit code 3.",
)
NO_WORKBOOK = Fault(
    "not_a_workbook",
    "19588",
    _nothing,
    "Không phải tệp Excel",
    "A text file with the ending .xlsx: V101, exit code 3.",
)
