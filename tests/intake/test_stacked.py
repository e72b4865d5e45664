"""All sheets of a form one below the other, as text and web pages have them."""

import file_formats as formats
from workbooks import batch_of, cover, rules_of, table

GRID = [*cover(), [], *table({"I-0101": [60, 31, 29, 20, 40, 7]}), [], *table({"I-0102.1": [3]})]


def test_cover_above_the_tables_is_read(tmp_path):
    """Unit and period are those of the cover, although it stands on the sheet of the tables."""
    path = tmp_path / "a.xls"
    path.write_text(formats.html({"A": GRID}), "utf-8")
    (submission,) = batch_of(path).submissions

    assert (submission.unit.code, str(submission.period)) == ("19588", "2022-6m")


def test_column_numbers_below_a_repeated_heading_are_no_codes(tmp_path):
    """The second table's heading and its numbered row are not taken for rows of the form."""
    path = tmp_path / "a.xls"
    path.write_text(formats.html({"A": GRID}), "utf-8")

    assert rules_of(path) == ["V113"]


def test_unknown_code_after_a_repeated_heading_is_still_told(tmp_path):
    """Only what stands between a heading and its first row is passed over."""
    path = tmp_path / "a.xls"
    rows = [*GRID, ["", "I-02O9", "", 1], ["", "I-0102.2", "", 1]]
    path.write_text(formats.html({"A": rows}), "utf-8")

    assert sorted(rules_of(path)) == ["V113", "V208"]
