"""`ctk receive`: what becomes of files, again and again, and what then counts."""

import json

import pytest

from ctk.indicators import load_catalogue
from ctk.ledger.figures import batch_of as batch_from
from ctk.ledger.ledger import Ledger
from workbooks import batch_of, book, consistent

JSON = ("--format", "json")


@pytest.fixture
def ledger(tmp_path):
    """The ledger of the folder in which commands run."""
    return Ledger(tmp_path / "home" / "ledger", wait=1)


def outcomes(answer):
    """The outcome of each file, in order."""
    return [row["outcome"] for row in answer.json["data"]["files"]]


def current(ledger, period=None):
    """The submissions that count."""
    with ledger.locked(), ledger.index() as index:
        return index.current([period] if period else None)


def test_a_clean_file_is_accepted(ctk, ledger, tmp_path):
    """File, event and figures are kept; the answer says which receipt it is."""
    path = book(tmp_path / "a.xlsx", consistent(1).rows())
    answer = ctk("receive", path, *JSON)
    (row,) = answer.json["data"]["files"]
    assert (answer.code, row["outcome"], row["unit"]) == (0, "accepted", "19588")
    assert path.read_bytes() == ledger.archive.read_file(row["sha256"])
    assert [row["submission"]] == ledger.archive.event_ids()
    assert [row["submission"]] == list(current(ledger)["id"])


def test_the_same_file_again_changes_nothing(ctk, ledger, tmp_path):
    """No event, no file; the answer says unchanged, under another name too."""
    path = book(tmp_path / "a.xlsx", consistent(1).rows())
    ctk("receive", path)
    before = ledger.archive.event_ids()
    other = tmp_path / "b.xlsx"
    other.write_bytes(path.read_bytes())
    assert outcomes(ctk("receive", path, *JSON)) == ["unchanged"]
    assert outcomes(ctk("receive", other, *JSON)) == ["unchanged"]
    assert before == ledger.archive.event_ids()


def test_a_file_with_errors_does_not_count(ctk, ledger, tmp_path):
    """It is kept, refused, and exit code 1 says so; a reason accepts it."""
    path = book(tmp_path / "a.xlsx", consistent(1).rows() | {"I-0103": [-1]})
    answer = ctk("receive", path, *JSON)
    assert (answer.code, outcomes(answer)) == (1, ["refused"])
    assert (len(list(ledger.archive.file_hashes())), len(current(ledger))) == (1, 0)
    again = ctk("receive", path, "--accept-with-errors", "Xã xác nhận", *JSON)
    assert outcomes(again) == ["accepted"]
    assert len(current(ledger)) == 1
    assert outcomes(ctk("receive", path, *JSON)) == ["unchanged"]


def test_a_later_file_replaces_the_earlier(ctk, ledger, tmp_path):
    """Only the later one counts; the earlier stays readable."""
    first = book(tmp_path / "a.xlsx", consistent(1).rows())
    second = book(tmp_path / "b.xlsx", consistent(2).rows())
    (old,) = ctk("receive", first, *JSON).json["data"]["files"]
    (new,) = ctk("receive", second, *JSON).json["data"]["files"]
    assert old["submission"] == new["replaces"]
    assert [new["submission"]] == list(current(ledger)["id"])
    assert first.read_bytes() == ledger.archive.read_file(old["sha256"])


def test_a_correction_beside_the_old_file_replaces_it(ctk, ledger, tmp_path):
    """An inbox that holds a received file and its correction is received as a whole."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    book(inbox / "a.xlsx", consistent(1).rows())
    ctk("receive", inbox)
    book(inbox / "a sua.xlsx", consistent(2).rows())
    answer = ctk("receive", inbox, *JSON)
    assert (answer.code, sorted(outcomes(answer))) == (0, ["accepted", "unchanged"])
    assert list(current(ledger)["file"]) == ["a sua.xlsx"]
    assert outcomes(ctk("receive", inbox, *JSON)) == ["unchanged", "unchanged"]


def test_two_new_versions_are_not_chosen_between(ctk, ledger, tmp_path):
    """Of two different files that came at once none is taken, nor when they are tried again."""
    book(tmp_path / "a.xlsx", consistent(1).rows())
    book(tmp_path / "b.xlsx", consistent(2).rows())
    paths = (tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    for _ in range(2):
        assert ctk("receive", *paths, *JSON).code == 1
        assert len(current(ledger)) == 0


def test_a_refused_file_replaces_nothing(ctk, ledger, tmp_path):
    """A later file with errors leaves the accepted one in force."""
    good = book(tmp_path / "a.xlsx", consistent(1).rows())
    bad = book(tmp_path / "b.xlsx", consistent(1).rows() | {"I-0103": [-1]})
    (kept,) = ctk("receive", good, *JSON).json["data"]["files"]
    assert outcomes(ctk("receive", bad, *JSON)) == ["refused"]
    assert [kept["submission"]] == list(current(ledger)["id"])


def test_a_file_accepted_later_says_what_it_replaces(ctk, ledger, tmp_path):
    """A refused file that is accepted after all counts from then on, and the answer says so."""
    bad = book(tmp_path / "a.xlsx", consistent(1).rows() | {"I-0103": [-1]})
    good = book(tmp_path / "b.xlsx", consistent(1).rows())
    assert outcomes(ctk("receive", bad, *JSON)) == ["refused"]
    (kept,) = ctk("receive", good, *JSON).json["data"]["files"]
    again = ctk("receive", bad, "--accept-with-errors", "đã hỏi", *JSON)
    (row,) = again.json["data"]["files"]
    assert (row["outcome"], row["replaces"]) == ("accepted", kept["submission"])
    assert [row["submission"]] == list(current(ledger)["id"])
    third = book(tmp_path / "c.xlsx", consistent(2).rows())
    assert ctk("receive", third, *JSON).json["data"]["files"][0]["replaces"] == row["submission"]


def test_periods_stand_side_by_side(ctk, ledger, tmp_path):
    """Six and nine months of a commune are two submissions that count."""
    book(tmp_path / "a.xlsx", consistent(1).rows())
    book(tmp_path / "b.xlsx", consistent(2).rows(), period="2022-9m")
    reason = ("--accept-with-errors", "random figures fall from one period to the next")
    ctk("receive", tmp_path / "a.xlsx", tmp_path / "b.xlsx", *reason)
    assert list(current(ledger)["period"]) == ["2022-6m", "2022-9m"]
    assert list(current(ledger, "2022-9m")["period"]) == ["2022-9m"]


def test_names_of_children_are_not_kept(ctk, ledger, tmp_path):
    """A file with a list of persons is not archived unless that is asked for."""
    from rule_cases.base import LIST
    from workbooks import cover, table, write_book

    rows = consistent(1).rows()
    path = write_book(tmp_path / "a.xlsx", {"Bìa": cover(), "A": table(rows), "DS": LIST})
    answer = ctk("receive", path, *JSON)
    assert (answer.code, outcomes(answer)) == (1, ["identities"])
    assert list(ledger.archive.file_hashes()) == []
    assert outcomes(ctk("receive", path, "--keep-identities", *JSON)) == ["accepted"]


def test_what_cannot_be_read_leaves_the_others(ctk, ledger, tmp_path):
    """An unreadable file and one of no known unit are told; the clean one is accepted."""
    book(tmp_path / "a.xlsx", consistent(1).rows())
    book(tmp_path / "b.xlsx", consistent(2).rows(), code="99999", name="")
    (tmp_path / "c.xlsx").write_bytes(b"rubbish")
    paths = [tmp_path / f"{name}.xlsx" for name in "abc"]
    answer = ctk("receive", *paths, *JSON)
    assert answer.code == 3
    assert outcomes(answer) == ["accepted", "unknown", "unreadable"]
    assert len(current(ledger)) == 1


def test_figures_come_back_as_they_were_read(ctk, ledger, tmp_path):
    """The batch made from the ledger has the frame of the file, cell by cell."""
    figures = consistent(3)
    figures.cells["I-0105", 1] = None
    figures.cells["I-0604", 0] = "…"
    path = book(tmp_path / "a.xlsx", figures.rows())
    ctk("receive", path, "--accept-with-errors", "x")
    with ledger.locked(), ledger.index() as index:
        found = index.current()
        restored = batch_from(load_catalogue(), found, index.figures(list(found["id"])))
    read = batch_of(path)
    keys = ["element", "breakdown", "value", "absence", "note", "sheet", "row", "col"]
    expected, actual = (
        batch.frame[keys].sort_values(["sheet", "row", "col"]).reset_index(drop=True)
        for batch in (read, restored)
    )
    assert expected.equals(actual)
    assert read.submissions[0].unit == restored.submissions[0].unit


def test_the_index_can_be_lost(ctk, ledger, tmp_path):
    """Deleted, broken or behind: the index is made again and answers the same."""
    for name, seed, code, title in (("a", 1, "19588", "Xã Tà Rụt"), ("b", 2, "19591", "Xã A Bung")):
        book(tmp_path / f"{name}.xlsx", consistent(seed).rows(), code=code, name=title)
        ctk("receive", tmp_path / f"{name}.xlsx")
    before = current(ledger)
    (ledger.root / "index.duckdb").write_bytes(b"rubbish")
    assert before.equals(current(ledger))
    ledger.forget_index()
    assert before.equals(current(ledger))
    counts = ctk("ledger", "rebuild", *JSON).json["data"]["counts"]
    assert counts == [{"events": 2, "submissions": 2, "figures": 836}]
    assert before.equals(current(ledger))


def test_a_busy_ledger_is_told(ctk, ledger, tmp_path, monkeypatch):
    """While another process holds the ledger the command waits, then says so."""
    from ctk.ledger import ledger as module

    monkeypatch.setattr(module, "WAIT_SECONDS", 0.2)
    path = book(tmp_path / "a.xlsx", consistent(1).rows())
    with ledger.locked():
        answer = ctk("receive", path, *JSON)
    assert answer.code == 3
    assert [error["code"] for error in json.loads(answer.out)["errors"]] == ["ledger_busy"]
    assert ledger.archive.event_ids() == []
