"""Whatever is on the sheets, a proposal is made, and what is written can be read."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from ctk.forms.learning.joining import Example
from ctk.forms.learning.proposal import propose
from ctk.forms.learning.sheets import Sheet
from ctk.forms.learning.writing import Naming, is_writable, layout_text
from ctk.forms.loader import build_layout
from ctk.indicators import load_catalogue
from invented import annexes

CATALOGUE = load_catalogue()
ANNEXES = [annexes()[name] for name in ("births", "participation", "matrix")]
JUNK = [
    "", "x", "…", "-", 1.5, -3.0, True, "Tổng số", "Nữ", "=1+1", "I.", "12.", "Trong đó:",
    "{year}", "Năm 2022", "Cùng kỳ", "a" * 300, "Ghi chú", "TT", "Nội dung", '"\\',
]  # fmt: skip


def spoilt(cells: list[list[object]], draw: random.Random) -> list[list[object]]:
    """Cells with rows and columns put in, left out and repeated, and junk in some cells."""
    rows = [list(row) for row in cells]
    for _ in range(draw.randint(0, 6)):
        row, width = draw.randrange(len(rows)), len(rows[0])
        what = draw.randrange(5)
        if what == 0:
            rows[row][draw.randrange(width)] = draw.choice(JUNK)
        elif what == 1 and len(rows) > 3:
            del rows[row]
        elif what == 2:
            rows.insert(row, list(draw.choice(rows)))
        elif what == 3:
            rows = [[*one[:1], draw.choice(JUNK), *one[1:]] for one in rows]
        elif width > 2:
            rows = [one[:-1] for one in rows]
    return rows


@settings(max_examples=40)
@given(draw=st.randoms(use_true_random=False))
def test_any_sheets_give_a_readable_layout(draw: random.Random) -> None:
    """Nothing on a sheet breaks the search or the file that is written."""
    sheet = draw.choice(ANNEXES).sheet
    examples = [
        Example(f"{i}.xlsx", (Sheet("Biểu", spoilt(sheet.cells, draw), sheet.merged),))
        for i in range(draw.randint(1, 2))
    ]
    proposal = propose(examples, CATALOGUE)
    text = layout_text(proposal, Naming("bieu", "Biểu", ("1.xlsx",)), CATALOGUE, "vi")
    tables = sum(map(is_writable, proposal.tables))

    assert tables == (len(build_layout(text, CATALOGUE).tables) if tables else 0)
