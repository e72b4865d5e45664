"""What a person sees in the terminal: whole sentences, Vietnamese numbers, nothing cut off."""

from workbooks import book


def test_findings_with_their_cells(ctk, tmp_path):
    """Each error stands with its cell and what to do; a long path is not broken up."""
    path = book(tmp_path / "a.xlsx", {"I-0105": [9, 4, 6]})
    out = ctk("validate", path).out
    assert str(path) in out.splitlines()
    assert "Số liệu!D6" in out
    assert "V401" in out
    assert "Cách sửa: Kiểm tra ba ô này" in out


def test_totals_with_coverage(ctk, tmp_path):
    """A partial total never looks like a total: its coverage stands beside it."""
    path = book(tmp_path / "a.xlsx", {"I-0101": [1234567]})
    vi = ctk("aggregate", path, "--level", "district").out
    en = ctk("aggregate", path, "--level", "district", "--lang", "en").out
    line = next(line for line in vi.splitlines() if line.lstrip().startswith("I-0101.n"))
    assert "1.234.567" in line
    assert "1/13" in line
    assert "1,234,567" in en


def test_empty_denominator_is_blank(ctk, tmp_path):
    """An undefined rate is printed as a blank, not as "-", which means nothing occurred."""
    path = book(tmp_path / "a.xlsx", {"I-0102.1": [0], "I-0102.2": [0]})
    out = ctk("aggregate", path, "--level", "commune").out
    line = next(line for line in out.splitlines() if "I-0102.r" in line)
    assert "-" not in line.replace("I-0102.r", "")
    assert "1/1" in line


def test_the_list_of_forms_leaves_room_for_titles(ctk):
    """Where a form comes from is told by `forms show` only."""
    assert "Phụ lục II" not in ctk("forms", "list").out.replace("Phụ lục II Thông tư 13", "")
    assert "Thông tư 02/2025/TT-BLĐTBXH, Phụ lục II" in ctk("forms", "show", "605").out


def test_nothing_found(ctk):
    """A search without result says so and is no error."""
    answer = ctk("units", "find", "zzzzqq", "--within", "467", "--at", "2022-10-01")
    assert answer.code == 0
    assert answer.out.strip()


def test_markup_in_cells_is_text(ctk, tmp_path):
    """Brackets typed into a cell are printed, not taken for colours."""
    path = book(tmp_path / "a.xlsx", {"I-0103": ["[red]5[/red]"]})
    assert "[red]5[/red]" in ctk("validate", path).out
