"""A layout proposed from several examples: what they share, what they do not agree on."""

from __future__ import annotations

import tomllib

from ctk.forms.learning.entries import EntryKind, Proposal
from ctk.forms.learning.joining import Example
from ctk.forms.learning.proposal import propose
from ctk.forms.learning.sheets import Sheet
from ctk.forms.learning.writing import Naming, id_of, is_writable, layout_text
from ctk.forms.loader import build_layout
from ctk.indicators import load_catalogue

CATALOGUE = load_catalogue()
HEAD = [["TT", "Nội dung", "ĐVT", "Tổng số", "Nữ", "Dưới 6 tuổi"]]
ROWS = [
    ["1", "Trẻ em dưới 16 tuổi", "Trẻ", 90.0, 40.0, 30.0],
    ["2", "Trẻ em có hoàn cảnh đặc biệt", "Trẻ", 9.0, 4.0, 3.0],
    ["2.1", "Trẻ em khuyết tật", "Trẻ", 5.0, 2.0, 1.0],
    ["3", "Trẻ em tảo hôn", "Trẻ", 1.0, 1.0, "x"],
]


def proposed(*examples: list[list[object]]) -> Proposal:
    """What is proposed from sheets, one a file."""
    files = [
        Example(f"{number}.xlsx", (Sheet("Biểu", [*HEAD, *rows]),))
        for number, rows in enumerate(examples, 1)
    ]
    return propose(files, CATALOGUE)


def tied(proposal: Proposal) -> dict[str, str | None]:
    """The element of each row of the first table, by its label."""
    return {
        row.label: CATALOGUE.elements[row.index].id if row.kind is EntryKind.ELEMENT else None
        for row in proposal.tables[0].rows
        if row.kind is not EntryKind.ELEMENT or row.index is not None
    }


def written(proposal: Proposal, lang: str = "vi") -> str:
    """The text of a proposed layout."""
    return layout_text(proposal, Naming("bieu", "Biểu", ("1.xlsx",)), CATALOGUE, lang)


def test_rows_columns_and_what_is_not_asked() -> None:
    """Rows are tied to elements and columns to breakdowns; "x" in all examples is not asked."""
    layout = build_layout(written(proposed(ROWS, ROWS)), CATALOGUE)
    rows, columns = layout.tables[0].rows.entries, layout.tables[0].columns.entries

    assert [CATALOGUE.elements[row.element].id for row in rows if row.element is not None] == [
        "I-0101", "I-0301", "602.04", "I-0317",
    ]  # fmt: skip
    assert [CATALOGUE.breakdowns[c.breakdown or 0].code for c in columns] == ["T", "F", "U6"]
    assert {CATALOGUE.breakdowns[i].code for i in rows[3].not_asked} == {"U6"}


def test_a_sign_of_one_example_only_is_no_part_of_the_form() -> None:
    """A cell is not asked only if no example has a figure there."""
    other = [row if row[0] != "3" else [*row[:5], 0.0] for row in ROWS]

    assert [row.not_asked for row in proposed(ROWS, other).tables[0].rows] == [(), (), (), ()]


def test_examples_that_differ_say_so() -> None:
    """Rows that only one of the examples has are learned, and told."""
    more = [*ROWS, ["4", "Trẻ em có thẻ BHYT", "Trẻ", 80.0, 40.0, 29.0]]
    proposal = proposed(ROWS, more)
    told = [(one.kind, one.file, one.labels) for one in proposal.differences]

    assert told == [("rows_more", "2.xlsx", ("Trẻ em có thẻ BHYT",))]
    assert tied(proposal)["Trẻ em có thẻ BHYT"] == "I-0211"


def test_other_words_of_one_row_become_variants() -> None:
    """The same row in other words, at the same place, is learned as a variant."""
    other = [row if row[0] != "2.1" else ["2.1", "TE bị KT", *row[2:]] for row in ROWS]
    proposal = proposed(ROWS, other)

    assert proposal.differences == ()
    assert proposal.tables[0].rows[2].variants == ("TE bị KT",)
    assert (
        "TE bị KT" in build_layout(written(proposal), CATALOGUE).tables[0].rows.entries[2].variants
    )


def test_another_form_among_the_examples_is_told() -> None:
    """A file with another form is not mixed in."""
    other = [["1", "Số thôn", "Thôn", 9.0, "", ""], ["2", "Số hộ", "Hộ", 400.0, "", ""]]
    told = {one.kind for one in proposed(ROWS, other).differences}

    assert told == {"missing_table", "other_table"}


def test_what_is_not_sure_is_a_comment() -> None:
    """A tie in doubt is written as outside the catalogue, with the tie as a comment to take."""
    doubt = [*ROWS, ["4", "Trẻ em khuyết tật nặng", "Trẻ", 2.0, 1.0, 0.0]]
    text = written(proposed(doubt))
    block = text[text.index("Trẻ em khuyết tật nặng") :]

    assert 'kind = "outside"' in block.splitlines()[1]
    assert "CHƯA CHẮC" in block
    assert any(line.startswith('# element = "') for line in block.splitlines())
    assert "NOT SURE" in written(proposed(doubt), "en")


def test_what_means_nothing_by_itself_names_the_row_above() -> None:
    """Equal words, and words that need the row above, say what they stand under."""
    rows = [
        ["1", "Trẻ em bị xâm hại", "Trẻ", 9.0, 4.0, 3.0],
        ["-", "Bị bóc lột", "Trẻ", 2.0, 1.0, 0.0],
        ["2", "Vụ xử lý vi phạm quy định về cấm bạo lực với trẻ em", "Vụ", 3.0, "", ""],
        ["-", "Tổ chức", "Vụ", 1.0, "", ""],
        ["-", "Cá nhân", "Vụ", 2.0, "", ""],
        ["3", "Đối tượng bị xử lý vi phạm hành chính", "Người", 5.0, "", ""],
        ["-", "Tổ chức", "Người", 1.0, "", ""],
    ]
    entries = build_layout(written(proposed(rows)), CATALOGUE).tables[0].rows.entries
    under = [(row.label, row.under[-1].label if row.under else "") for row in entries]

    assert under[1] == ("Bị bóc lột", "Trẻ em bị xâm hại")
    assert [label for _, label in under[3:]] == [rows[2][1], rows[2][1], "", rows[5][1]]
    organisations = [row.element or 0 for row in entries if row.label == "Tổ chức"]
    assert [CATALOGUE.elements[e].id for e in organisations] == ["II-0204.1", "II-0202.1"]


def test_a_row_that_cannot_be_told_from_another_is_a_comment() -> None:
    """The same words twice, under the same row, would make the layout ambiguous."""
    again = [*ROWS, ["4", "Trẻ em tảo hôn", "Trẻ", 1.0, 1.0, "x"]]
    text = written(proposed(again))

    assert '# label = "Trẻ em tảo hôn"' in text
    assert len(build_layout(text, CATALOGUE).tables[0].rows.entries) == len(ROWS)


def test_no_breakdown_no_layout() -> None:
    """A table whose columns are all of other years or rates is not written."""
    head = [["TT", "Nội dung", "Cùng kỳ năm trước", "Tỷ lệ (%)"]]
    sheet = Sheet("Biểu", [*head, *([*row[:2], *row[3:5]] for row in ROWS)])
    proposal = propose([Example("1.xlsx", (sheet,))], CATALOGUE)

    assert not any(map(is_writable, proposal.tables))


def test_of_columns_that_differ_in_the_year_the_latest_is_read() -> None:
    """Two columns of two years are one column of the layout, for any year."""
    head = ["TT", "Nội dung", "Thực hiện năm 2021", "Thực hiện năm 2022", "Trong đó nữ", "Dân tộc"]
    rows = [[r[0], r[1], 1.0, r[3], r[4], 0.0] for r in ROWS]
    proposal = propose([Example("1.xlsx", (Sheet("Biểu", [head, *rows]),))], CATALOGUE)
    columns = build_layout(written(proposal), CATALOGUE).tables[0].columns.entries

    assert [(c.label, CATALOGUE.breakdowns[c.breakdown or 0].code) for c in columns] == [
        ("Thực hiện năm {year}", "T"), ("Trong đó nữ", "F"), ("Dân tộc", "minority"),
    ]  # fmt: skip
    assert all(column.sure for column in proposal.tables[0].columns)


def test_codes_of_a_matrix_are_kept() -> None:
    """Lines of a matrix keep their codes: the form may be turned round and name them so."""
    sheet = Sheet(
        "601",
        [
            ["Chỉ tiêu", "Mã số", "Tổng số trẻ em", "Trẻ em khuyết tật", "Trẻ em bị bỏ rơi"],
            ["Tổng số", 100.0, 90.0, 5.0, 1.0],
            ["- Nữ", 110.0, 40.0, 2.0, 1.0],
        ],
    )
    table = propose([Example("1.xlsx", (sheet,))], CATALOGUE).tables[0]

    assert table.across
    assert [row.code for row in table.rows] == ["100", "110"]


def test_a_rate_is_no_element() -> None:
    """Rates are computed and never read."""
    rate = [*ROWS, ["4", "Tỷ lệ trẻ em có thẻ BHYT", "%", 88.0, "", ""]]
    row = proposed(rate).tables[0].rows[-1]

    assert (row.kind, row.sure) == (EntryKind.OUTSIDE, True)


def test_figures_that_cannot_be_keep_a_tie_from_being_sure() -> None:
    """A part that is larger than its whole in the examples is not tied without a question."""
    impossible = [
        *ROWS[:2], ["2.1", "Trẻ em khuyết tật", "Trẻ", 50.0, 20.0, 10.0], ROWS[3],
    ]  # fmt: skip
    rows = {row.label: row for row in proposed(impossible).tables[0].rows}

    assert rows["Trẻ em khuyết tật"].reasons == ("figures",)


def test_a_total_that_does_not_say_of_what_is_asked_about() -> None:
    """A bare "Tổng số" above the parts of one whole is proposed to be that, and asked about."""
    rows = [
        ["1", "Tổng số", "Vụ", 3.0, "", ""],
        ["2", "Vụ bị xử phạt vi phạm hành chính", "Vụ", 1.0, "", ""],
        ["3", "Chuyển truy cứu trách nhiệm hình sự", "Vụ", 1.0, "", ""],
        ["4", "Đang trong quá trình giải quyết", "Vụ", 1.0, "", ""],
    ]
    first = proposed(rows).tables[0].rows[0]

    assert (first.sure, first.reasons) == (False, ("total",))


def test_text_of_cells_does_nothing_in_the_layout() -> None:
    """Quotes, backslashes and line breaks of a label do not break the TOML."""
    odd = [*ROWS, ["4", 'Trẻ em "mới"\\n\x07 = 1 # [x]', "Trẻ", 2.0, 1.0, 0.0]]
    raw = tomllib.loads(written(proposed(odd)))

    assert raw["table"][0]["row"][-1]["label"] == 'Trẻ em "mới"\\n  = 1 # [x]'


def test_ids_are_made_of_names() -> None:
    """An id has letters, digits and dashes only, whatever the form is called."""
    assert id_of("Phụ lục số 01/BC-TE") == "phu-luc-so-01-bc-te"
    assert id_of("…") == "bieu"


def test_blank_in_every_example_and_unknown_to_the_catalogue_is_not_asked() -> None:
    """A form that has no "x" leaves the cells of breakdowns blank that it does not ask."""
    rows = [
        ["1", "Trẻ em tảo hôn", "Trẻ", 1.0, 1.0, ""],
        ["2", "Trẻ em khuyết tật", "", 5.0, "", 1.0],
    ]
    (table,) = proposed([*ROWS[:3], *rows], [*ROWS[:3], *rows]).tables
    assert [row.not_asked for row in table.rows[-2:]] == [("U6",), ()]


def test_a_part_in_the_list_of_the_circular_needs_no_other_words() -> None:
    """What "bóc lột" alone leaves open is told by the parts above and below it."""
    labels = ["Mồ côi cả cha, mẹ", "Bỏ rơi", "Không nơi nương tựa", "Khuyết tật", "HIV/AIDS",
              "Vi phạm pháp luật", "Nghiện ma túy", "Bỏ học kiếm sống", "Tổn hại do bạo lực",
              "Bóc lột", "XHTD", "Mua bán", "Bệnh hiểm nghèo"]  # fmt: skip
    rows: list[list[object]] = [
        [str(n), label, "Trẻ", 20.0 - n, 5.0, 4.0] for n, label in enumerate(labels, 1)
    ]
    (table,) = proposed(rows).tables
    found = {row.label: (row.sure, CATALOGUE.elements[row.index or 0].id) for row in table.rows}
    assert {label: found[label] for label in ("Bóc lột", "XHTD", "Mua bán")} == {
        "Bóc lột": (True, "602.10"), "XHTD": (True, "602.11"), "Mua bán": (True, "602.12"),
    }  # fmt: skip
