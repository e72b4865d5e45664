"""A district's own form as communes send it: each file with a fault of its own."""

from __future__ import annotations

from collections.abc import Callable

from corpus.collection import Corpus, batch
from corpus.key import FAIL
from corpus.own_clean import PERIOD, write_workspace
from corpus.own_form import (
    BIRTHS,
    FIRST_ROW,
    ROWS,
    SHEET,
    SPECIAL,
    SWIMMING,
    OwnForm,
    Row,
)

FOLDER = f"{FAIL}/own_form_with_faults"
Fault = Callable[[Corpus, str], OwnForm]
_FAULTS: dict[str, Fault] = {}


def _fault(name: str) -> Callable[[Fault], Fault]:
    def register(make: Fault) -> Fault:
        _FAULTS[name] = make
        return make

    return register


def _plant(
    corpus: Corpus, path: str, rules: str, severity: str, cell: str = "", follows: str = ""
) -> None:
    what = {
        "V250": "rows typed again in other words",
        "V251": "a row of the commune's own",
        "V252": "last year's figures in a column put between",
        "V253": "a row whose words say nothing",
        "V254": "a row stands twice with the same figures",
        "V257": "last year's figures, as on the hidden sheet",
        "V258": "the title is of the year before",
        "V259": "the name is misspelt",
        "V360": "a blank, to be supplied",
        "V361": "one “Không” in merged cells",
        "V362": "blanks that mean none, as a note says",
        "V363": "blanks that are not collected, as a note says",
        "V364": "a formula in the remarks",
        "V365": "an error value in a row outside the catalogue",
        "V366": "a blank in a row outside the catalogue",
        "V541": "boys and girls exchanged",
        "V219": "a hidden sheet of last year",
        "V302": "a figure that is not collected",
        "V642": "two files of one commune",
    }[rules.split()[0]]
    sheet = SHEET if cell else ""
    corpus.plant(path, rules, severity, what, sheet=sheet, cell=cell, follows=follows)


@batch(f"{FOLDER}/", "A district's own form, one fault a file", PERIOD)
def _district(corpus: Corpus) -> None:
    write_workspace(corpus.root / FOLDER)
    for name, make in _FAULTS.items():
        path = f"{FOLDER}/inbox/{name}.xlsx"
        make(corpus, path).save(corpus.root / path)


@_fault("Huong Lap - go lai")
def _retyped(corpus: Corpus, path: str) -> OwnForm:
    form = OwnForm("19435")
    words = {
        "Toàn bộ trẻ em dưới 16 tuổi": "TS TE dưới 16t",
        SPECIAL: "TS TECHCĐB",
        "Trẻ có thẻ bảo hiểm y tế": "TE có BHYT",
        "Trẻ dưới 5 tuổi đã khai sinh": "TE <5t có KS",
    }
    for label, typed in words.items():
        form.put(f"B{form.row(label)}", typed)
    odd = form.row("Trẻ khuyết tật")
    form.put(f"A{odd}", None)
    form.put(f"B{odd}", "Nhóm 4")
    _plant(corpus, path, "V250", "info", f"B{form.row(SPECIAL)}")
    _plant(corpus, path, "V253", "warning", f"B{odd}")
    return form


@_fault("Huong Viet - them dong")
def _row_more(corpus: Corpus, path: str) -> OwnForm:
    form = OwnForm(
        "19438", (*ROWS[:17], Row("3a", "Trẻ theo cha mẹ đi làm xa", "I-0208"), *ROWS[17:])
    )
    _plant(corpus, path, "V251", "warning", f"B{form.row('Trẻ theo cha mẹ đi làm xa')}")
    return form


@_fault("Huong Son - cung ky")
def _column_more(corpus: Corpus, path: str) -> OwnForm:
    form = OwnForm("19444")
    form.sheet.unmerge_cells("E9:G9")
    form.sheet.insert_cols(4)
    form.put("D9", "Cùng kỳ năm 2022")
    for at, row in enumerate(ROWS, FIRST_ROW):
        if not row.number.isalpha():
            form.put(f"D{at}", 3 + at)
    _plant(corpus, path, "V252", "warning", "D9")
    return form


@_fault("Huong Linh - lap dong")
def _row_twice(corpus: Corpus, path: str) -> OwnForm:
    at = next(i for i, row in enumerate(ROWS) if row.label == "Trẻ khuyết tật")
    form = OwnForm("19447", (*ROWS[: at + 1], *ROWS[at:]))
    _plant(corpus, path, "V254", "warning", f"B{FIRST_ROW + at + 1}")
    return form


@_fault("Tan Hop - trang an")
def _copied(corpus: Corpus, path: str) -> OwnForm:
    form = OwnForm("19450")
    old = form.book.copy_worksheet(form.sheet)
    old.title, old.sheet_state = "6T2022", "hidden"
    old["A4"] = "BIỂU TỔNG HỢP VỀ TRẺ EM 6 THÁNG ĐẦU NĂM 2022"
    old["A7"] = "Số liệu chốt đến ngày 31/5/2022"
    old[f"D{FIRST_ROW + len(ROWS) + 1}"] = "Tân Hợp, ngày 02 tháng 6 năm 2022"
    _plant(corpus, path, "V257", "error")
    _plant(corpus, path, "V219", "warning")
    return form


@_fault("Huong Tan - sai nam")
def _wrong_year(corpus: Corpus, path: str) -> OwnForm:
    form = OwnForm("19453", title="BIỂU TỔNG HỢP VỀ TRẺ EM 6 THÁNG ĐẦU NĂM 2022")
    _plant(corpus, path, "V258", "error", "A4")
    return form


@_fault("Tan Lien")
def _misspelt(corpus: Corpus, path: str) -> OwnForm:
    form = OwnForm("19465")
    form.put("A6", "Tên xã, thị trấn: Xã Tân Liênn")
    _plant(corpus, path, "V259", "warning", "A6")
    return form


@_fault("xa Thanh - chua co so")
def _to_come(corpus: Corpus, path: str) -> OwnForm:
    form = OwnForm("19480")
    at = form.row("Trẻ bị tai nạn, thương tích")
    for letter in "DFG":
        form.put(f"{letter}{at}", None)
        _plant(corpus, path, "V360", "error", f"{letter}{at}", "V302")
    form.put(f"H{at}", "Trạm y tế chưa rà soát, bổ sung sau")
    return form


@_fault("A Doi - o gop")
def _merged(corpus: Corpus, path: str) -> OwnForm:
    form = OwnForm("19483")
    at = form.row("Nhiễm HIV/AIDS")
    for letter in "EFG":
        form.put(f"{letter}{at}", None)
    form.put(f"D{at}", "Không")
    form.sheet.merge_cells(f"D{at}:G{at}")
    _plant(corpus, path, "V361", "warning", f"D{at}")
    return form


@_fault("xa Xy - o trong la khong")
def _blank_is_none(corpus: Corpus, path: str) -> OwnForm:
    form = OwnForm("19492")
    at = form.row("Lượt trẻ nêu ý kiến, nguyện vọng")
    for row in form.sheet.iter_rows(min_row=FIRST_ROW, max_row=at):
        for cell in row:
            if cell.value == 0:
                cell.value = None
    form.put(f"A{at + 1}", "Ghi chú: những ô để trống là không phát sinh.")
    _plant(corpus, path, "V362", "warning", f"A{at + 1}")
    return form


@_fault("Huong Loc - o trong chua co")
def _blank_is_unknown(corpus: Corpus, path: str) -> OwnForm:
    form = OwnForm("19474")
    at = form.row("Lượt trẻ nêu ý kiến, nguyện vọng")
    form.put(f"D{at}", None)
    form.put(f"A{at + 1}", "Ghi chú: ô để trống là chưa thống kê được.")
    _plant(corpus, path, "V363", "warning", f"A{at + 1}")
    _plant(corpus, path, "V302", "warning", f"D{at}")
    return form


@_fault("xa Thuan - ghi chu la")
def _formula(corpus: Corpus, path: str) -> OwnForm:
    form = OwnForm("19471")
    where = f"H{form.row(SPECIAL)}"
    form.put(where, '=HYPERLINK("http://example.invalid","Xem")')
    form.sheet[where].data_type = "s"
    _plant(corpus, path, "V364", "warning", where)
    return form


@_fault("Tan Thanh - ngoai danh muc")
def _outside(corpus: Corpus, path: str) -> OwnForm:
    form = OwnForm("19456")
    where = form.cell(SWIMMING)
    form.put(where, None)
    _plant(corpus, path, "V366", "warning", where)
    return form


@_fault("Lao Bao - loi cong thuc")
def _error(corpus: Corpus, path: str) -> OwnForm:
    form = OwnForm("19432")
    where = form.cell(SWIMMING)
    form.put(where, "#DIV/0!")
    form.sheet[where].data_type = "e"
    _plant(corpus, path, "V365", "error", where)
    return form


@_fault("xa Huc - trai gai")
def _exchanged(corpus: Corpus, path: str) -> OwnForm:
    form = OwnForm("19468")
    boys, girls = form.cell("Trẻ trai"), form.cell("Trẻ gái")
    counts = form.sheet[boys].value, form.sheet[girls].value
    if counts[0] == counts[1]:
        raise ValueError("as many boys as girls: nothing to exchange")
    form.put(boys, counts[1])
    form.put(girls, counts[0])
    _plant(
        corpus,
        path,
        "V541",
        "error",
        f"{form.cell(BIRTHS, 'F')} {form.cell(BIRTHS)} {boys} {girls}",
    )
    return form


@_fault("Khe Sanh lan 1")
def _first(corpus: Corpus, path: str) -> OwnForm:
    form = OwnForm("19429")
    form.put(form.cell("Lượt trẻ nêu ý kiến, nguyện vọng"), form.figures["I-0604"]["T"] + 3)
    _plant(corpus, path, "V642", "warning")
    return form


@_fault("Khe Sanh lan 2")
def _second(corpus: Corpus, path: str) -> OwnForm:
    form = OwnForm("19429")
    form.put("A8", "(Bản sửa lần 2, thay thế biểu đã gửi)")
    _plant(corpus, path, "V642", "warning")
    return form
