"""Writing aside and moving into place: whole, or not at all."""

import pytest
from openpyxl import load_workbook

from ctk.errors import UsageError
from ctk.workbook.writing import FONT, Styles, atomic_path, new_workbook


def write_badly(path):
    """Fail half way."""
    with atomic_path(path, force=True) as part:
        part.write_text("half")
        raise ZeroDivisionError


def write_too_late(path):
    """Write while another program puts its file there."""
    with atomic_path(path) as part:
        part.write_text("new")
        path.write_text("other")


def test_the_file_appears_whole_when_the_block_ends(tmp_path):
    """Folders are made, and before the end nothing stands under the name."""
    path = tmp_path / "a" / "b.txt"
    with atomic_path(path) as part:
        part.write_text("x")
        assert not path.exists()
    assert path.read_text() == "x"
    assert [path] == list(path.parent.iterdir())


def test_an_error_leaves_nothing_behind(tmp_path):
    """A failure in the block leaves the old file and no temporary one."""
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError):
        write_badly(path)
    assert path.read_text() == "old"
    assert [path] == list(tmp_path.iterdir())


def test_an_existing_file_is_kept_unless_forced(tmp_path):
    """Also one that another program has put there in the meantime."""
    path = tmp_path / "a.txt"
    with pytest.raises(UsageError) as caught:
        write_too_late(path)
    assert (caught.value.code, path.read_text()) == ("file_exists", "other")
    with atomic_path(path, force=True) as part:
        part.write_text("new")
    assert path.read_text() == "new"


def test_what_cannot_be_written_is_a_usage_error(tmp_path):
    """A folder's place taken by a file is told with the reason."""
    (tmp_path / "a").write_text("")
    with pytest.raises(UsageError) as caught:
        write_badly(tmp_path / "a" / "b.xlsx")
    assert caught.value.code == "cannot_write"


def test_texts_stay_texts(tmp_path):
    """Text that looks like a formula, link or number is a string in the file."""
    path = tmp_path / "a.xlsx"
    texts = ["=1+1", "+1", "-1", "@A1", "http://example.org", "0101"]
    with atomic_path(path) as part:
        workbook = new_workbook(part, "Title", "Subject")
        sheet = workbook.add_worksheet()
        for row, text in enumerate(texts):
            sheet.write(row, 0, text)
        workbook.close()
    cells = [row[0] for row in load_workbook(path).active.iter_rows()]
    assert [(text, "s") for text in texts] == [(cell.value, cell.data_type) for cell in cells]
    assert {FONT} == {cell.font.name for cell in cells}


def test_styles_are_laid_over_each_other_and_made_once(tmp_path):
    """The later name wins, and asking again gives the same format."""
    workbook = new_workbook(tmp_path / "a.xlsx")
    styles = Styles(workbook, {"a": {"bold": True, "font_size": 9}, "b": {"font_size": 12}})
    assert styles.properties("a", "b") == {"bold": True, "font_size": 12}
    assert styles("a", "b") is styles("a", "b")
    workbook.add_worksheet()
    workbook.close()
