"""A district's own form as communes send it: right, however it is wrapped."""

from __future__ import annotations

from pathlib import Path

from corpus.collection import Corpus, batch
from corpus.key import PASS
from corpus.own_form import DISTRICT, OLDER, ROWS, OwnForm, layout

WORKSPACE = f'ctk = 1\nunit = "{DISTRICT}"\nyear = 2023\n'
PERIOD = "--period 2023-6m"


def write_workspace(folder: Path) -> None:
    """Write the settings and the layouts of a district: this year's form and an older one."""
    (folder / "forms").mkdir(parents=True, exist_ok=True)
    (folder / "ctk.toml").write_text(WORKSPACE, encoding="utf-8")
    texts = {"bieu-te": layout("bieu-te", 2, ROWS), "bieu-te-cu": layout("bieu-te-cu", 1, OLDER)}
    for name, text in texts.items():
        (folder / "forms" / f"{name}.toml").write_text(text, encoding="utf-8")


@batch(f"{PASS}/own_form_of_a_district/", "A district's own form, wrapped in many ways", PERIOD)
def _district(corpus: Corpus) -> None:
    folder = corpus.root / PASS / "own_form_of_a_district"
    write_workspace(folder)
    made = {
        "Khe Sanh": OwnForm("19429"),
        "Huong Phung": _shifted(),
        "Tan Long": _in_other_order(),
        "Lia": OwnForm("19489", OLDER),
        "Tan Lap": _with_notes(),
        "Ba Tang": _titles_twice(),
    }
    for name, form in made.items():
        form.save(folder / "inbox" / f"{name}.xlsx")


def _shifted() -> OwnForm:
    """Lower and further right, on a sheet of another name."""
    form = OwnForm("19441")
    form.sheet.unmerge_cells("E9:G9")
    form.sheet.insert_rows(1, 3)
    form.sheet.insert_cols(1, 2)
    form.sheet.title = "Sheet1 (3)"
    return form


def _in_other_order() -> OwnForm:
    """Section C comes first, and the columns of girls and of the minority have changed places."""
    cut = next(at for at, row in enumerate(ROWS) if row.label == "SỐ LIỆU CHUNG")
    end = next(at for at, row in enumerate(ROWS) if row.label == "TIẾNG NÓI CỦA TRẺ EM")
    form = OwnForm("19459", (*ROWS[cut:end], *ROWS[:cut], *ROWS[end:]))
    for at in range(10, 12 + len(ROWS)):
        left, right = form.sheet[f"E{at}"], form.sheet[f"F{at}"]
        left.value, right.value = right.value, left.value
    return form


def _with_notes() -> OwnForm:
    """Notes and blank rows between rows, odd spaces and capitals in labels."""
    form = OwnForm("19462")
    form.put("B14", " 1.1)  mất cả cha\nlẫn mẹ")
    form.sheet.insert_rows(30, 2)
    form.put("A30", "(Trạm y tế xã cung cấp số liệu các mục 4 đến 6)")
    return form


def _titles_twice() -> OwnForm:
    """The table goes on below a second header, as when it is printed on two pages."""
    form = OwnForm("19477")
    at = form.row("Toàn bộ trẻ em dưới 16 tuổi")
    form.sheet.insert_rows(at, 3)
    for line in range(3):
        for letter in "ABCDEFGH":
            form.put(f"{letter}{at + line}", form.sheet[f"{letter}{9 + line}"].value)
    return form
