"""Public copies on the command line."""

from pathlib import Path

import pytest

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "samples" / "467-2022-6m"
FILE = min(SAMPLE.glob("*.xlsx"))
REPORT = ("report", FILE, "-p", "2022-6m", "-u", FILE.name[:5], "--public", "-o")


def _workspace(monkeypatch, folder, threshold):
    """Work in a workspace that withholds sensitive counts below the threshold."""
    folder.mkdir(exist_ok=True)
    (folder / "ctk.toml").write_text(f"[public]\nthreshold = {threshold}\n", "utf-8")
    monkeypatch.chdir(folder)


def _withheld(ctk, *more):
    """What a report of one commune withholds, or how it ended."""
    answer = ctk(*REPORT, "out", *more, "--force", "--format", "json")
    return answer.json["data"]["public"] if answer.code in (0, 1) else answer.code


def _remembered(folder="releases"):
    return sorted(path.suffix for path in Path(folder).glob("*"))


@pytest.fixture
def clean(ctk, monkeypatch, tmp_path):
    """What a clean workspace with threshold 5 withholds."""
    _workspace(monkeypatch, tmp_path / "clean", 5)
    return _withheld(ctk)


def test_a_list_of_what_is_withheld_needs_a_public_copy(ctk, tmp_path):
    """Without --public nothing is withheld that could be listed: wrong usage, nothing written."""
    listed = tmp_path / "list.csv"
    answer = ctk("report", "-p", "2022-6m", "-o", tmp_path / "out", "--withheld", listed)
    assert answer.code == 2
    assert not listed.exists()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_list_of_true_figures_never_stands_among_the_public_files(ctk, lang):
    """In the folder that is published the list is refused, and nothing is written or remembered."""
    answer = ctk(*REPORT, "out", "--withheld", "out/../out/list.csv", "--lang", lang)
    assert answer.code == 2
    assert {"vi": "số liệu thật", "en": "true figures"}[lang] in " ".join(answer.err.split())
    assert not Path("out").exists()


def test_a_run_that_wrote_nothing_has_published_nothing(ctk, monkeypatch, tmp_path, clean):
    """Threshold 2, but the file is there already: then threshold 5 withholds as if never tried."""
    _workspace(monkeypatch, tmp_path / "failed", 5)
    made = next((tmp_path / "clean" / "out").iterdir()).name
    Path("out").mkdir()
    (Path("out") / made).write_text("mine", "utf-8")
    _workspace(monkeypatch, tmp_path / "failed", 2)
    assert ctk(*REPORT, "out").code == 2
    assert _remembered() == []
    _workspace(monkeypatch, tmp_path / "failed", 5)
    assert _withheld(ctk) == clean
    assert clean["exposed"] == 0


def test_what_was_published_is_remembered(ctk, monkeypatch, tmp_path):
    """Small counts that went out under threshold 2 are told under threshold 5."""
    _workspace(monkeypatch, tmp_path, 2)
    assert ctk(*REPORT, "out").code in (0, 1)
    assert _remembered() == [".json"]
    _workspace(monkeypatch, tmp_path, 5)
    assert _withheld(ctk)["exposed"] > 0


def test_a_killed_run_lets_out_no_small_count(ctk, monkeypatch, tmp_path, clean):
    """A record that was begun, threshold 2, stops a run with threshold 5 until it is settled."""
    _workspace(monkeypatch, tmp_path / "killed", 2)
    assert ctk(*REPORT, "gone").code in (0, 1)
    (record,) = Path("releases").iterdir()
    begun = record.rename(record.with_suffix(".begun"))
    _workspace(monkeypatch, tmp_path / "killed", 5)
    assert _withheld(ctk) == 2
    assert not Path("out").exists()
    begun.unlink()
    assert _withheld(ctk) == clean


def test_a_killed_run_is_settled_by_the_same_run(ctk, monkeypatch, tmp_path, clean):
    """Made again with the same figures and settings, the copy is the same and is remembered."""
    monkeypatch.chdir(tmp_path / "clean")
    (record,) = Path("releases").iterdir()
    record.rename(record.with_suffix(".begun"))
    again = _withheld(ctk)
    assert (again["primary"], again["exposed"]) == (clean["primary"], 0)
    assert _remembered() == [".json"]
