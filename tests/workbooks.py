"""Small workbooks and random figures for tests; written without any code of ctk's writers."""

from __future__ import annotations

import random
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache, partial
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

from ctk.indicators import load_catalogue
from ctk.intake.batch import build_batch
from ctk.intake.extract import extract
from ctk.intake.paths import gather
from ctk.periods import parse_period
from ctk.validate.check import check
from ctk.validate.rules import load_rules

TITLES = ("Tổng số", "Nam", "Nữ", "Dưới 6 tuổi", "6 đến dưới 16 tuổi", "Dân tộc thiểu số")
T, M, F, U6, SIX, MINORITY = range(6)
TODAY = date(2022, 7, 1)
DAKRONG = {
    "19555": "Thị trấn Krông Klang",
    "19558": "Xã Mò Ó",
    "19561": "Xã Hướng Hiệp",
    "19564": "Xã Đa Krông",
    "19567": "Xã Triệu Nguyên",
    "19570": "Xã Ba Lòng",
    "19576": "Xã Ba Nang",
    "19579": "Xã Tà Long",
    "19582": "Xã Húc Nghì",
    "19585": "Xã A Vao",
    "19588": "Xã Tà Rụt",
    "19591": "Xã A Bung",
    "19594": "Xã A Ngo",
}


@dataclass(frozen=True)
class Formula:
    """A formula with the result that Excel stored."""

    text: str
    result: object = 0


def write_book(path, sheets):
    """Write grids of plain cells, each sheet from A1 on."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": datetime(2022, 1, 1, tzinfo=UTC)})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, grid in sheets.items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(grid):
                for c, cell in enumerate(row):
                    _write(sheet, r, c, cell, day)
    return Path(path)


def _write(sheet, r, c, cell, day):
    match cell:
        case None | "":
            return
        case bool():
            sheet.write_boolean(r, c, cell)
        case Formula():
            sheet.write_formula(r, c, cell.text, None, cell.result)
        case datetime():
            sheet.write_datetime(r, c, cell.replace(tzinfo=None), day)
        case date():
            sheet.write_datetime(r, c, cell, day)
        case str():
            sheet.write_string(r, c, cell)
        case _:
            sheet.write_number(r, c, cell)


def cover(code="19588", name="Xã Tà Rụt", period="2022-6m", stamp="ctk-commune 1", **more):
    """A cover sheet: labels left, values right."""
    rows = [
        ["BIỂU THU THẬP"],
        ["Mẫu biểu", stamp],
        ["Mã đơn vị", code],
        ["Tên đơn vị", name],
        ["Kỳ báo cáo", period],
    ]
    return rows + [[label, value] for label, value in more.items()]


def table(rows, titles=TITLES, box=None):
    """A data sheet: `rows` maps a code to its cells under `titles`."""
    head = [["BIỂU SỐ LIỆU"], ["Không phát sinh", box], []]
    head.append(["Chỉ tiêu", "Mã số", "Đơn vị tính", *titles])
    head.append(["(A)", "(B)", "(C)", *(f"({i + 1})" for i in range(len(titles)))])
    return head + [[f"Dòng {code}", code, "người", *cells] for code, cells in rows.items()]


def book(path, rows, *, box=None, titles=TITLES, **covered):
    """Write a commune's workbook with some rows; a row's first cell stands at D6, E6 is next."""
    return write_book(path, {"Bìa": cover(**covered), "Số liệu": table(rows, titles, box)})


def form_601(rows, *, unit="Xã Tà Rụt", parent="Huyện Đa Krông", year="2024", titles=None):
    """A sheet of form 601-602: `rows` maps a line's code to its 16 cells."""
    titles = list(titles or FORM_601_TITLES)
    return [
        ["Biểu số 601-602/TE-Sở", *[None] * 8, f"Đơn vị báo cáo: {unit}"],
        [None, None, None, None, f"Năm báo cáo: {year}"],
        ["Ngày nhận báo cáo:", *[None] * 8, "Đơn vị nhận báo cáo:"],
        [None, *[None] * 8, parent],
        ["Chỉ tiêu", "Mã số", *titles[:2], "Chia theo loại đối tượng"],
        [None, None, None, None, *titles[2:]],
        ["A", "B", "1", "2", "3", "4", "5", "6", "7", "9", None, "10", "11"],
        *([f"Dòng {code}", code, *cells] for code, cells in rows.items()),
    ]


FORM_601_TITLES = (
    "Tổng số trẻ em",
    "Tổng số trẻ em có hoàn cảnh đặc biệt",
    "Trẻ em mồ côi cả cha và mẹ",
    "Trẻ em bị bỏ rơi",
    "Trẻ em không nơi nương tựa",
    "Trẻ em khuyết tật",
    "Trẻ em bị nhiễm HIV/AIDS",
    "Trẻ em vi phạm pháp luật",
    "Trẻ em nghiện ma túy",
    "Trẻ em phải bỏ học kiếm sống chưa hoàn thành phổ cập giáo dục trung học cơ sở",
    "Trẻ em bị tổn hại nghiêm trọng về thể chất và tinh thần do bị bạo lực",
    "Trẻ em bị bóc lột",
    "Trẻ em bị xâm hại tình dục",
    "Trẻ em bị mua bán",
    "Trẻ em mắc bệnh hiểm nghèo hoặc bệnh phải điều trị dài ngày thuộc hộ nghèo hoặc hộ cận nghèo",
    "Trẻ em di cư, trẻ em lánh nạn, tị nạn chưa xác định được cha mẹ hoặc không có người chăm sóc",
)


def batch_of(*paths, period=None, scope=None, today=TODAY, passwords=(), own=()):
    """Read files in this process."""
    inputs = gather([Path(path) for path in paths])
    return build_batch(
        [extract(file, None, passwords, own=own) for file in inputs.files],
        inputs,
        expected=parse_period(period) if period else None,
        scope=scope,
        today=today,
        own=own,
    )


def findings_of(*paths, lang="vi", **how):
    """Read and check files in this process."""
    return check(batch_of(*paths, **how), lang).findings


def rules_of(*paths, **how):
    """The rules that files break, without that of the rows that small workbooks lack."""
    return [found.rule for found in findings_of(*paths, **how) if found.rule != "V206"]


# Random figures of a commune that contradict nothing.

# Figures of a group of children that are as large, one against the other, as they are in life.
_LARGE = {
    "I-0101": (500, 900),
    "I-0101.1": (30, 60),
    "I-0101.2": (300, 450),
    "I-0101.3": (300, 450),
    "I-0101.4": (300, 450),
    "I-0101.5": (200, 300),
    "I-0102.1": (20, 26),
    "I-0102.2": (19, 25),
    "I-0103.m": (2000, 3000),
    "I-0211": (400, 500),
    "I-0323": (250, 300),
    **{f"I-0409.{grade}m": (40, 60) for grade in (11, 12, 13, 14, 15, 26, 27, 28, 29)},
}
_RARE = {
    element.id
    for element in load_catalogue().elements
    if element.id.startswith(("I-0201", "I-0202", "I-0203", "I-0209", "I-0210"))
}
# Whom no child of an age group can belong to, and whatever is a part of them.
_OF_OTHER_AGES = {
    "U6": {"I-0101.4", "I-0101.5", "I-0405.m", "I-0407.m"},
    "6-15": {"I-0101.1", "I-0101.2", "I-0401.m", "I-0402.m", "I-0403.m"},
}


@dataclass
class Figures:
    """What one commune typed: (element, column) to a number or a sign; absent = not asked."""

    cells: dict[tuple[str, int], object] = field(default_factory=dict)

    def rows(self):
        """The cells by element, for `table`."""
        found: dict[str, list[object]] = {}
        for (code, column), value in self.cells.items():
            found.setdefault(code, [None] * len(TITLES))[column] = value
        return found


def columns_of(element):
    """The columns in which an element is asked."""
    asked = {"sex": (M, F), "age": (U6, SIX), "ethnicity": (MINORITY,)}
    return (T, *(c for dimension in element.breakdowns for c in asked[dimension]))


def consistent(seed, period="2022-6m"):
    """Random figures of all elements asked, made child by child group so that all sums hold.

    Every declared relation is linear and of the same columns on both sides, so figures that keep
    it in each cell of sex x age x ethnicity keep it in all margins.
    """
    rng = random.Random(seed)  # noqa: S311
    elements = load_catalogue().asked(parse_period(period))
    figures = Figures()
    for sex in (M, F):
        for age in (U6, SIX):
            for minority in (False, True):
                group = _group(rng, period, "U6" if age == U6 else "6-15")
                for element in elements:
                    columns = {T, sex, age} | ({MINORITY} if minority else set())
                    for column in columns & set(columns_of(element)):
                        key = element.id, column
                        figures.cells[key] = figures.cells.get(key, 0) + group[element.id]
    for element in elements:
        for column in columns_of(element):
            figures.cells.setdefault((element.id, column), 0)
        if element.adds == "yes_no":
            figures.cells[element.id, T] = rng.randint(0, 1)
    return figures


def _group(rng, period, age):
    """Raise random figures of one group of children until no relation is broken."""
    absent = _absent(period, age)
    value = {
        e.id: 0
        if e.id in absent
        else rng.randint(*_LARGE[e.id])
        if e.id in _LARGE
        else rng.choice((0, 0, 0, 0, 0, 1) if e.id in _RARE else (0, 0, 0, 1, 2, 5))
        for e in load_catalogue().asked(parse_period(period))
    }
    for _ in range(80):
        before = dict(value)
        for raise_ in _raisers(period, age):
            raise_(value)
        if value == before:
            return value
    raise AssertionError("the declared relations contradict each other")


@cache
def _absent(period, age):
    """The elements that are zero in an age group."""
    absent = set(_OF_OTHER_AGES[age])
    pairs = [r.keywords for r in _declared(parse_period(period)) if r.func is _contain]
    for _ in pairs:
        absent |= {pair["part"] for pair in pairs if pair["whole"] in absent}
    return absent


@cache
def _raisers(period, age):
    asked = {element.id for element in load_catalogue().asked(parse_period(period))}
    raisers = list(_declared(parse_period(period)))
    if age == "U6" and "I-0101.3" in asked:  # all of them are of 8 at most
        raisers.append(partial(_contain, part="I-0101", whole="I-0101.3"))
    if age == "6-15" and "I-0405.m" in asked:
        raisers.append(partial(_hold, whole="I-0101", parts=["I-0405.m", "I-0407.m"]))
    return tuple(raisers)


def _declared(period):
    catalogue = load_catalogue()
    asked = {element.id for element in catalogue.asked(period)}
    for element in catalogue.asked(period):
        for parts in filter(asked.issuperset, element.sum_of):
            yield partial(_add_up, whole=element.id, parts=parts)
        for parts in filter(asked.issuperset, element.at_most_sum_of):
            yield partial(_cover, whole=element.id, parts=parts)
        for whole in filter(asked.__contains__, element.within):
            yield partial(_contain, part=element.id, whole=whole)
        for twin in filter(asked.__contains__, element.equals):
            yield partial(_contain, part=element.id, whole=twin)
            yield partial(_contain, part=twin, whole=element.id)
    for measure in catalogue.measures:
        pair = (*measure.numerator, *measure.denominator)
        if measure.subset and len(pair) == 2 and asked.issuperset(pair):
            yield partial(_contain, part=pair[0], whole=pair[1])
    yield from _written(asked)


def _written(asked):
    """What rules write out beyond the catalogue; the ages of children are dealt with above."""
    for rule in load_rules().values():
        for expression in rule.expressions:
            left, right = (
                [t.element for t in side] for side in (expression.left, expression.right)
            )
            if expression.terms[0].column or expression.exact or not asked.issuperset(left + right):
                continue
            if len(left) > 1:
                yield partial(_hold, whole=right[0], parts=left)
            elif len(right) > 1:
                yield partial(_cover, whole=left[0], parts=right)
            else:
                yield partial(_contain, part=left[0], whole=right[0])


def _hold(value, whole, parts):
    value[whole] = max(value[whole], sum(value[part] for part in parts))


def _contain(value, part, whole):
    value[whole] = max(value[whole], value[part])


def _add_up(value, whole, parts):
    missing = value[whole] - sum(value[part] for part in parts)
    if missing > 0:
        value[parts[0]] += missing
    else:
        value[whole] -= missing


def _cover(value, whole, parts):
    value[parts[0]] += max(0, value[whole] - sum(value[part] for part in parts))


def write_ods(path, sheets):
    """Write grids as an OpenDocument spreadsheet: the same cells in another format."""
    tables = "".join(
        f'<table:table table:name="{name}">{"".join(map(_ods_row, grid))}</table:table>'
        for name, grid in sheets.items()
    )
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content{names}><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return Path(path)


def _ods_row(row):
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(cell):
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return (
            '<table:table-cell office:value-type="string">'
            f"<text:p>{escape(cell)}</text:p></table:table-cell>"
        )
    return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
