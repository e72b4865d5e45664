"""Settings: the nearest ctk.toml, and nothing in it that ctk does not know."""

import pytest

from ctk.errors import UsageError
from ctk.settings import Office, Policy, Settings, load_settings


def write(folder, text):
    """Put a ctk.toml into a folder."""
    file = folder / "ctk.toml"
    file.write_text(text, encoding="utf-8")
    return file


def refusal(folder):
    """Load settings that must be refused."""
    with pytest.raises(UsageError) as caught:
        load_settings(folder)
    return caught.value


def test_without_a_file_everything_is_default(tmp_path):
    """A folder without ctk.toml works with empty names, to be filled in by hand."""
    found = load_settings(tmp_path)
    assert (Office(), None) == (found.office, found.file)
    assert Settings() == found


def test_the_nearest_file_upwards_counts(tmp_path):
    """Of two files above the working folder the nearer one is read."""
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    write(tmp_path, 'unit = "45"')
    near = write(tmp_path / "a", 'unit = "467"\nyear = 2022')
    found = load_settings(inner)
    assert ("467", 2022, near) == (found.unit, found.year, found.file)


def test_office_names_are_read_and_trimmed(tmp_path):
    """Names of the office are taken as typed, without stray spaces."""
    write(tmp_path, '[office]\nagency = " PHÒNG  LAO ĐỘNG "\nplace = "Krông Klang"')
    expected = Office(agency="PHÒNG LAO ĐỘNG", place="Krông Klang")
    assert expected == load_settings(tmp_path).office


def test_age_groups_start_from_the_files_folder(tmp_path):
    """A relative path means a file beside ctk.toml, wherever the command runs."""
    write(tmp_path, 'age_groups = "lists/age.csv"')
    (tmp_path / "inbox").mkdir()
    assert tmp_path / "lists/age.csv" == load_settings(tmp_path / "inbox").age_groups


def test_a_byte_order_mark_does_not_matter(tmp_path):
    """Windows Notepad puts a mark before the text; the file is read all the same."""
    (tmp_path / "ctk.toml").write_bytes("\ufeffunit = '467'".encode())
    assert load_settings(tmp_path).unit == "467"


@pytest.mark.parametrize(
    ("text", "key"),
    [("unti = '467'", "unti"), ("[office]\nboss = 'x'", "office.boss")],
)
def test_an_unknown_key_is_refused_by_name(tmp_path, text, key):
    """A misspelt key is no silent default: key and file are named."""
    file = write(tmp_path, text)
    error = refusal(tmp_path)
    named = (error.code, error.params["setting"], error.params["file"])
    assert ("settings_key", key, file) == named
    assert key in error.title("vi")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("unit = 467", "unit"),
        ("year = '2022'", "year"),
        ("year = true", "year"),
        ("special_zone_area = 'sea'", "special_zone_area"),
        ("ctk = 2", "ctk"),
        ("office = 'x'", "office"),
        ("rules = 'x'", "rules"),
        ("[rules]\nV503 = 'off'", "rules"),
        ("[office]\nplace = 1", "office.place"),
    ],
)
def test_a_wrong_value_is_refused_with_an_example(tmp_path, text, key):
    """A value of the wrong kind, or a later version of the file, is refused."""
    write(tmp_path, text)
    error = refusal(tmp_path)
    assert ("settings_value", key) == (error.code, error.params["setting"])
    assert "=" in error.hint("vi")


@pytest.mark.parametrize("content", [b"unit = ", b'unit = "\xff"'])
def test_a_file_that_is_no_toml_is_refused(tmp_path, content):
    """Broken syntax or another encoding is a usage error, not a fault."""
    (tmp_path / "ctk.toml").write_bytes(content)
    assert refusal(tmp_path).code == "settings_unreadable"


def test_what_public_copies_protect_is_read(tmp_path):
    """Threshold, zeros and width of doubt; what is left out follows from the threshold."""
    write(tmp_path, '[public]\nthreshold = 10\nzeros = "protect"')
    found = load_settings(tmp_path).public
    assert (found.threshold, found.lowest, found.width) == (10, 0, 10)
    assert (Policy().threshold, Policy().lowest, Policy().width) == (5, 1, 4)


@pytest.mark.parametrize(
    "line",
    ["threshold = 1", "threshold = true", 'zeros = "no"', "protection = 1", "limit = 5"],
)
def test_bad_settings_of_public_copies_are_refused(tmp_path, line):
    """Nothing that would protect nobody, and no unknown key."""
    write(tmp_path, f"[public]\n{line}")
    assert refusal(tmp_path).code in ("settings_value", "settings_key")
