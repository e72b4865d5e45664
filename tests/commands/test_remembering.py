"""When a release counts as published."""

import pytest

from ctk.commands.remembering import remembered
from ctk.workbook.writing import atomic_path


def _files(folder):
    return sorted(path.suffix for path in folder.iterdir())


def _place(path):
    with atomic_path(path) as part:
        part.write_text("public", "utf-8")


def test_it_is_written_down_before_any_file(tmp_path):
    """A run that is killed in the block leaves the record, marked as begun."""
    with remembered(tmp_path / "releases", "text"):
        assert _files(tmp_path / "releases") == [".begun"]
    assert _files(tmp_path / "releases") == [".json"]


def _failing(folder, error, *, placed):
    with remembered(folder / "releases", "text"):
        if placed:
            _place(folder / "first.csv")
        raise error


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
@pytest.mark.parametrize(("placed", "left"), [(False, []), (True, [".json"])])
def test_a_failure_forgets_it_unless_a_file_is_in_place(tmp_path, error, placed, left):
    """The first of two files is published: so is the release."""
    with pytest.raises(error):
        _failing(tmp_path, error, placed=placed)
    assert _files(tmp_path / "releases") == left


@pytest.mark.parametrize("ending", [".json", ".begun"])
def test_a_failure_forgets_no_earlier_run(tmp_path, ending):
    """The same release was made, or begun, before: a failure now does not take it back."""
    with remembered(tmp_path / "releases", "text"):
        pass
    (record,) = (tmp_path / "releases").iterdir()
    record.rename(record.with_suffix(ending))
    with pytest.raises(ValueError, match="broken"), remembered(tmp_path / "releases", "text"):
        raise ValueError("broken")
    assert _files(tmp_path / "releases") == [ending]
