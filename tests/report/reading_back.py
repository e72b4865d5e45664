"""Reads workbooks back with openpyxl, and says which figure every number should be."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from ctk.indicators import load_catalogue
from ctk.targets.loader import load_targets
from report.builder import TOTAL, ids_of
from report.produced import COMMUNES, DISTRICT

SLICES = {
    "Tổng số": TOTAL,
    "Nam": ("M", "T", "T", "T"),
    "Nữ": ("F", "T", "T", "T"),
    "Dưới 6 tuổi": ("T", "U6", "T", "T"),
    "6 đến dưới 16 tuổi": ("T", "6-15", "T", "T"),
    "Dân tộc thiểu số": ("T", "T", "minority", "T"),
    "Thành thị": ("T", "T", "T", "urban"),
    "Nông thôn": ("T", "T", "T", "rural"),
}
LINES = {100: "Tổng số", 110: "Nữ", 121: "Dưới 6 tuổi", 122: "6 đến dưới 16 tuổi"}
"""Lines of the forms of Circular 02/2025 by their code."""

GROUPS = range(1, 15)
COLUMNS = {
    "601-602": {3: "I-0101", 4: "I-0301"} | {4 + n: f"602.{n:02}" for n in GROUPS},
    "603": {3: "I-0302.r"} | {3 + n: f"603.{n:02}.r" for n in GROUPS},
    "604": {5: "I-0104", 7: "I-0104.r"},
    "605": {2 + n: f"605.{n:02}" for n in range(1, 14)},
}
"""Columns of those forms, from 1, as pages 58 to 61 of the Official Gazette order them."""

DIMENSIONS = ("Giới tính", "Nhóm tuổi", "Dân tộc", "Khu vực")
WORDS = {"Tất cả": "T"} | {
    title: next(code for code in slice_ if code != "T")
    for title, slice_ in SLICES.items()
    if slice_ != TOTAL
}
NAMES = {
    "Giá trị": "value",
    "Phần tính được": "partial",
    "Tử số": "numerator",
    "Mẫu số": "denominator",
    "Số đơn vị đã có": "reported",
    "Số đơn vị phải có": "expected",
}
"""Columns of the table to filter."""

NAMED = {name: code for code, name in COMMUNES.items()}


class Seen(NamedTuple):
    """A number that was printed, and what it should be; None: no number."""

    where: str
    found: object
    expected: object


def decimals(id_):
    """Counts have no decimals, rates two."""
    return 2 if re.search(r"\.r\d?$", id_) else 0


def half_up(number, places):
    """Rounded as on paper."""
    return Decimal(str(number)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def vietnamese(number, places):
    """With a point between thousands and a comma before decimals."""
    return f"{half_up(number, places):,}".translate(str.maketrans(".,", ",."))


class Reader:
    """Looks up what `ctk aggregate` says of a figure.

    Args:
        produced: What was written.
        unit: The unit of the document.
    """

    def __init__(self, produced, unit):
        self.now, self.before, self.unit = produced.now, produced.before, unit
        catalogue = load_catalogue()
        self.codes = {a: {c: i for i, c in ids_of(a, catalogue).items()} for a in ("I", "II")}
        self.catalogue = catalogue

    def raw(self, id_, slice_=TOTAL, unit=None, *, rows=None, name="value"):
        """A number of `ctk aggregate`, not rounded; None where it has none."""
        row = (self.now if rows is None else rows).get((unit or self.unit, id_, *slice_))
        return None if row is None else row[name]

    def shown(self, id_, slice_=TOTAL, unit=None, **how):
        """The same as a document prints it."""
        number = self.raw(id_, slice_, unit, **how)
        return None if number is None else float(half_up(number, decimals(id_)))

    def text(self, id_, slice_=TOTAL, unit=None):
        """The same in Vietnamese text; empty where there is none."""
        number = self.raw(id_, slice_, unit)
        return "" if number is None else vietnamese(number, decimals(id_))

    def change(self, id_, unit=None):
        """By how much a figure rose, and by how much per cent of the earlier one."""
        now, then = self.raw(id_, unit=unit), self.raw(id_, unit=unit, rows=self.before)
        if now is None or then is None:
            return None, None
        risen, then = Decimal(str(now)) - Decimal(str(then)), Decimal(str(then))
        return risen, risen * 100 / then if then else None

    # Sheets of the appendices.

    def appendix(self, sheet, appendix):
        """An appendix: a line a measure or element, a column a breakdown."""
        for id_, cells in self._lines(sheet, self.codes[appendix]):
            for title, cell in cells.items():
                if title in SLICES:
                    yield self._seen(cell, self.shown(id_, SLICES[title]))
            yield self._remark(id_, cells["Ghi chú"])
            if "Kỳ trước" in cells:
                yield from self._changes(id_, cells)

    def _remark(self, id_, cell):
        """What has come in so far is told beside an incomplete total."""
        told = re.match(r"Mới có ([\d.,]+)", cell.value or "")
        known = self._so_far(id_, TOTAL) if self.raw(id_) is None else None
        text = None if known is None else vietnamese(known, decimals(id_))
        return Seen(f"{cell.parent.title}!{cell.coordinate}", told and told[1], text)

    def _changes(self, id_, cells, unit=None):
        risen, percent = self.change(id_, unit)
        then = self.shown(id_, unit=unit, rows=self.before)
        asked = self.raw(id_, unit=unit, name="expected") is not None
        yield self._seen(cells["Kỳ trước"], then if asked else None)
        known = None if risen is None else float(half_up(risen, decimals(id_)))
        yield self._seen(cells["Tăng/giảm"], known)
        known = None if percent is None else float(half_up(percent, 2))
        yield self._seen(cells["% thay đổi"], known)

    def matrix(self, sheet, appendix):
        """Units side by side; their codes stand below their names."""
        codes = self.codes["I"] | self.codes["II"] if appendix is None else self.codes[appendix]
        top = _header(sheet, "Mã chỉ tiêu")
        units = {c.column: c.value for c in sheet[top + 1] if str(c.value).isdigit()}
        assert units
        repeated = appendix is None
        for id_, cells in self._lines(sheet, codes, by_section=repeated):
            row = next(iter(cells.values())).row
            for column, unit in units.items():
                yield self._seen(sheet.cell(row, column), self.shown(id_, unit=unit))

    def coverage(self, sheet, appendix):
        """Counts of figures by unit, then what has been added up of incomplete ones."""
        top = _header(sheet, "Số liệu đã có", missing_ok=self.unit != DISTRICT)
        for row in range((top or sheet.max_row) + 1, sheet.max_row + 1):
            unit = sheet.cell(row, 2).value
            if unit is None:
                break
            whole = [r for (code, *_), r in self.now.items() if code == unit and _of_all(r)]
            whole = [r for r in whole if not r.get("measure", "").startswith("603.")]
            have = [r for r in whole if r["reported"] == r["expected"]]
            yield self._seen(sheet.cell(row, 5), len(have))
            yield self._seen(sheet.cell(row, 6), len(whole))
        if not _header(sheet, "Đơn vị còn thiếu số liệu", missing_ok=True):
            return
        codes = self.codes["I"] | self.codes["II"] if appendix is None else self.codes[appendix]
        for id_, cells in self._lines(sheet, codes, title="Đơn vị còn thiếu số liệu"):
            for title, cell in cells.items():
                if title in SLICES:
                    yield self._seen(cell, self._so_far(id_, SLICES[title]))

    def _so_far(self, id_, slice_):
        """The total, else the sum so far if anything has come in."""
        whole = self.shown(id_, slice_)
        some = self.raw(id_, slice_, name="reported")
        return self.shown(id_, slice_, name="partial") if some and whole is None else whole

    def tracking(self, sheet, _):
        """Who has sent in: one file each, no date of a deadline."""
        top = _header(sheet, "Lần nộp")
        titles = {c.value: c.column for c in sheet[top]}
        for row in range(top + 1, sheet.max_row + 1):
            if sheet.cell(row, 2).value in COMMUNES:
                yield self._seen(sheet.cell(row, titles["Lần nộp"]), 1)
                for title in ("Lỗi", "Cảnh báo"):  # what the checks found, not figures
                    cell = sheet.cell(row, titles[title])
                    yield self._seen(cell, cell.value)

    def explaining(self, sheet, _):
        """What rose or fell abruptly, for several units one below the other."""
        top = _header(sheet, "Kỳ này")
        titles = {c.column: c.value for c in sheet[top]}
        names = NAMED | {"Thị xã Quảng Trị": DISTRICT}
        for row in range(top + 2, sheet.max_row + 1):
            cells = {titles.get(c.column): c for c in sheet[row]}
            unit = names.get(cells["Đơn vị"].value)
            if unit:
                code = cells["Mã chỉ tiêu"].value
                for id_ in self._either(code, cells):
                    yield self._seen(cells["Kỳ này"], self.shown(id_, unit=unit))
                    yield from self._changes(id_, cells, unit)

    def _either(self, code, cells):
        """The id of a code; two appendices have the same codes, so the name decides."""
        found = [self.codes[a][code] for a in ("I", "II") if code in self.codes[a]]
        if len(found) == 1:
            return found
        name = cells["Chỉ tiêu"].value
        named = [i for i in found if name.startswith(self._name_of(i))]
        assert len(named) == 1, (code, name)
        return named

    def _name_of(self, id_):
        (known,) = (m for m in self.catalogue.measures if m.id == id_)
        return self.catalogue.indicator(known.indicator).name("vi")

    def _lines(self, sheet, codes, title="Mã chỉ tiêu", *, by_section=False):
        """Rows of a table below its header: the id and the cells by title."""
        top = _header(sheet, title)
        titles = {c.column: c.value for c in sheet[top]}
        before, seen = codes, set()
        for row in sheet.iter_rows(min_row=top + 1):
            cells = {titles.get(c.column): c for c in row}
            code = cells["Mã chỉ tiêu"].value
            if by_section and cells["STT"].value and re.match(r"I+\.", str(cells["STT"].value)):
                before = self.codes[str(cells["STT"].value).partition(".")[0]]
            if code in (None, "B") or cells["Đơn vị tính"].value is None:
                continue
            if (
                title == "Đơn vị còn thiếu số liệu"
                and code in self.codes["I"]
                and code in self.codes["II"]
            ):
                yield self._either(code, cells)[0], cells
                continue
            id_ = before[code]
            assert id_ not in seen, id_
            seen.add(id_)
            yield id_, cells

    def _seen(self, cell, expected):
        return Seen(f"{cell.parent.title}!{cell.coordinate}", cell.value, expected)

    # Other tables.

    def official(self, sheet, form):
        """A form of Circular 02/2025; what is printed as a number of a line or column is fixed."""
        (top,) = (c.row for c in sheet["A"] if c.value == "A")
        for cell in (*sheet[top], *sheet["B"]):
            yield self._seen(cell, cell.value)
        rows = {c.row: LINES[c.value] for c in sheet["B"] if c.value in LINES}
        if form == "605":
            rows = {top + 1: "Tổng số"}
        assert rows
        for row, title in rows.items():
            for column, id_ in COLUMNS[form].items():
                cell = sheet.cell(row, column)
                yield self._seen(cell, self.shown(id_, SLICES[title]))
            if form == "604":
                own = self.unit == DISTRICT
                yield self._seen(sheet.cell(row, 4), len(COMMUNES) if own else 1)

    def targets(self, sheet, set_):
        """The table of targets: the figure of each."""
        top = _header(sheet, "Thực hiện")
        wanted = {t.no: t for t in set_of(set_).targets}
        for row in range(top + 1, sheet.max_row + 1):
            target = wanted.get(str(sheet.cell(row, 1).value))
            if target:
                number = self.target(target)
                known = None if number is None else float(half_up(number, places_of(target)))
                yield self._seen(sheet.cell(row, 5), known)

    def target(self, target):
        """The figure that a target is about; None where there is none."""
        if not target.measure:
            return None
        if not target.element:
            return self.raw(target.measure, target.slice)
        (measure,) = (m for m in self.catalogue.measures if m.id == target.measure)
        above = self.raw(target.element, target.slice)
        if measure.is_count:
            return above
        at = measure.numerator.index(target.element)
        below = self.raw(measure.denominator[at], target.slice)
        return None if None in (above, below) or not below else 100 * above / below

    def data(self, sheet, _):
        """The table to filter: everything that `ctk aggregate` says, nothing rounded."""
        titles = [cell.value for cell in sheet[1]]
        seen = set()
        for row in sheet.iter_rows(min_row=2):
            cells = dict(zip(titles, row, strict=True))
            slice_ = tuple(WORDS[cells[title].value] for title in DIMENSIONS)
            key = (cells["Mã đơn vị"].value, cells["Mã số liệu"].value, *slice_)
            assert key not in seen
            seen.add(key)
            for title, name in NAMES.items():
                found, known = cells[title].value, self.now[key].get(name)
                same = None not in (found, known) and abs(found - known) <= 1e-13 * abs(known)
                yield self._seen(cells[title], found if same else known)
        own = {key for key in self.now if key[0] == self.unit}
        assert seen == {key for key in own if not re.fullmatch(r"603\.\d\d\.r", key[1])}


def set_of(id_):
    """A document of targets."""
    return load_targets()[id_]


def places_of(target):
    """Decimals of the figure that a target is about."""
    return 0 if ".n" in target.measure else 2


def _of_all(row):
    return {row[k] for k in ("sex", "age", "ethnicity", "area")} == {"T"}


def _header(sheet, title, *, missing_ok=False):
    rows = [c.row for row in sheet.iter_rows() for c in row if c.value == title]
    assert rows or missing_ok, title
    return rows[0] if rows else None
