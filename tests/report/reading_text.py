"""Reads letters and pages back, and the office's own templates; see `reading_back`."""

from __future__ import annotations

import re

import docx
import openpyxl

from ctk.indicators import load_catalogue
from dashboards import Page
from report.produced import BEFORE, OWN_IDS
from report.reading_back import (
    NAMED,
    SLICES,
    Reader,
    Seen,
    decimals,
    places_of,
    set_of,
    vietnamese,
)

SENTENCES = {
    "Dân số trẻ em (dưới 16 tuổi)": ["I-0101.n"],
    "Tỷ lệ trẻ em ở trong hộ nghèo, hộ cận nghèo": ["I-0105.r"],
    "Trẻ em có hoàn cảnh đặc biệt": ["I-0301.n", "I-0301.r"],
    "Trẻ em bị xâm hại": ["II-0101.n"],
    "Tỷ lệ trẻ em dưới 5 tuổi suy dinh dưỡng thể nhẹ cân": ["I-0204.r1", "I-0204.r2"],
    "Tỷ lệ trẻ em dưới 1 tuổi được tiêm chủng đầy đủ các loại vắc xin": ["I-0206.r"],
    "Tỷ lệ trẻ em có bảo hiểm y tế": ["I-0211.r"],
    "Tai nạn, thương tích trẻ em": ["I-0208.r", "I-0209.r", "I-0210.r"],
    "Tỷ suất chết của trẻ em dưới 1 tuổi": ["I-0203.r", "I-0202.r"],
    "Xã, phường, thị trấn phù hợp với trẻ em": ["I-0104.n", "I-0104.r"],
    "Trẻ em có hoàn cảnh đặc biệt được trợ giúp": ["I-0302.n", "I-0302.r"],
    "Trẻ em mồ côi": ["I-0303.n", "I-0306.n", "I-0310.n"],
    "Trẻ em được chăm sóc thay thế tại cơ sở trợ giúp xã hội": ["I-0319.n", "I-0320.n"],
    "Trẻ em bị bạo lực": ["II-0102.n", "II-0104.n", "II-0106.n"],
    "Trẻ em bị xâm hại được trợ giúp": ["II-0112.n", "II-0112.r"],
    "Vụ vi phạm hành chính đối với hành vi xâm hại trẻ em": ["II-0201.n", "II-0202.n"],
    "Tỷ lệ trẻ em dưới 5 tuổi được đăng ký khai sinh": ["I-0323.r"],
    "Tỷ lệ huy động trẻ em 5 tuổi đi học mẫu giáo": ["I-0403.r"],
    "Tỷ lệ học sinh đi học đúng tuổi cấp tiểu học": ["I-0405.r2", "I-0407.r2"],
    "Tỷ lệ xã, phường, thị trấn có điểm văn hóa, vui chơi dành cho trẻ em": ["I-0502.r"],
    "Tỷ lệ trẻ em từ 7 tuổi trở lên được lấy ý kiến về các vấn đề của trẻ em": ["I-0601.r"],
    "Tỷ lệ trẻ em từ 11 tuổi trở lên tham gia mô hình, hoạt động thúc đẩy quyền tham gia": [
        "I-0603.r"
    ],
    "Tỷ lệ trẻ em được nâng cao nhận thức, năng lực về quyền tham gia": ["I-0602.r"],
}
"""The figures that sentences of the covering report tell, by how they begin."""

UNIT_COLUMNS = ("I-0101.n", "I-0301.n", "I-0301.r", "I-0302.n", "II-0101.n")

_SINCE = re.compile(
    r"(tăng|giảm) ([\d.,]+)(?: \(([\d.,]+)%\))?(?: điểm phần trăm)? so với năm 2021$"
)
_NUMBER = re.compile(r"-?\d[\d.]*(?:,\d+)?")


class TextReader(Reader):
    """Reads what is not one of ctk's own workbooks."""

    def covering(self, path):
        """The sentences of the covering report, and its tables."""
        made = docx.Document(path)
        told = [p.text[2:] for p in made.paragraphs if p.text.startswith("- ")]
        for text in told:
            yield from self._sentence(text)
        known = [ids for label, ids in SENTENCES.items() if any(t.startswith(label) for t in told)]
        assert len(known) == len(SENTENCES) == len(told)
        for table in made.tables:
            yield from self._table([[cell.text for cell in row.cells] for row in table.rows])

    def _sentence(self, text):
        text, _, breakdown = text.rstrip(".").partition(". Trong đó: ")
        label = text.partition(": ")[0]
        clauses = text.split("; ")
        for id_, clause in zip(SENTENCES[label], clauses, strict=True):
            yield self._said(id_, clause)
        if breakdown:
            parts = [SLICES[title] for title in list(SLICES)[1:4]] + [SLICES["Dân tộc thiểu số"]]
            known = [self.text(SENTENCES[label][0], part) for part in parts]
            yield Seen(breakdown, _NUMBER.findall(breakdown.replace("dưới 6 tuổi", "")), known)

    def _said(self, id_, clause):
        """One figure with its change, or why it is not there."""
        said = clause.partition(": ")[2]
        number = self.text(id_)
        if not number:
            partial = self.raw(id_, name="partial")
            row = [self.raw(id_, name=name) for name in ("reported", "expected")]
            known = [str(n) for n in row if n is not None]
            if partial is not None and self.raw(id_, name="reported"):
                known += [str(row[0])] * (decimals(id_) > 0) + [vietnamese(partial, decimals(id_))]
            said = said.removesuffix(_unit(id_))  # "trên 100.000 trẻ em" holds no figure
            return Seen(clause, _NUMBER.findall(said), known)
        now, _, since = said.partition(", ")
        if since.startswith(("phường", "thị trấn")):  # the unit of measurement has commas
            since = since.partition("thị trấn, ")[2]
        risen, percent = self.change(id_)
        found = [_NUMBER.match(now)[0], _SINCE.fullmatch(since) and _SINCE.fullmatch(since)[0]]
        return Seen(clause, found, [number, self._trend(id_, risen, percent)])

    @staticmethod
    def _trend(id_, risen, percent):
        if not risen:
            return None
        unit = " điểm phần trăm" if "%" in _unit(id_) else ""
        share = f" ({vietnamese(abs(percent), 1)}%)" if percent and not decimals(id_) else ""
        way = "tăng" if risen > 0 else "giảm"
        return f"{way} {vietnamese(abs(risen), decimals(id_))}{share}{unit} so với năm 2021"

    def _table(self, rows):
        """A table of targets, or of units; the others of a letter hold no figure."""
        if rows[0][:2] == ["Số", "Mục tiêu"]:
            wanted = {t.no: t for t in set_of("quocgia-2021-2030").targets}
            for no, _, _, actual, *_rest in rows[1:]:
                number = self.target(wanted[no])
                places = places_of(wanted[no])
                known = "" if number is None else vietnamese(number, places)
                yield Seen(f"target {no}", re.sub("[%‰]", "", actual), known)
        elif rows[0][:2] == ["STT", "Đơn vị"]:
            for _, name, *numbers in rows[1:]:
                unit = NAMED.get(name, self.unit)
                known = [self.text(id_, unit=unit) or "…" for id_ in UNIT_COLUMNS]
                yield Seen(name, numbers, known)

    def page(self, path):
        """The dashboard: cells, tiles and the labels of its drawings."""
        page = Page(path.read_text("utf-8"))
        shown = set()
        for (unit, id_, slice_, period), text in page.cells.items():
            rows = self.before if period == BEFORE else self.now
            number = self.raw(id_, tuple(slice_.split(",")), unit, rows=rows)
            known = "" if number is None else vietnamese(number, decimals(id_))
            found = text if _NUMBER.fullmatch(text) else ""
            shown.add(found)
            yield Seen(f"{unit} {id_} {slice_} {period}", found, known)
        for id_, (_, figure, *_rest) in page.tiles.items():
            yield Seen(f"tile {id_}", figure if _NUMBER.fullmatch(figure) else "", self.text(id_))
        for id_, chart in page.charts.items():
            for text in chart["values"]:
                yield Seen(f"{id_}: {text}", text in shown or not _NUMBER.fullmatch(text), True)

    def own_sheet(self, path):
        """The office's own table: a number, and the same in a text."""
        (sheet,) = openpyxl.load_workbook(path).worksheets
        for id_, (label, number, text) in zip(OWN_IDS, sheet.iter_rows(min_row=2), strict=True):
            assert label.value == id_
            yield self._seen(number, self.shown(id_))
            yield Seen(
                id_, text.value.startswith(f"{self.text(id_)} (") or not self.text(id_), True
            )

    def own_letter(self, path):
        """The office's own letter."""
        made = [p.text.partition(": ") for p in docx.Document(path).paragraphs[1:]]
        assert [id_ for id_, _, _ in made] == list(OWN_IDS)
        for id_, _, text in made:
            yield Seen(id_, text if _NUMBER.fullmatch(text) else "", self.text(id_))


def _unit(id_):
    (measure,) = (m for m in load_catalogue().measures if m.id == id_)
    return measure.unit
