"""`ctk ledger check` and `purge`: what is lost or changed is noticed, what is purged is gone."""

import pytest

from ctk.commands import ledger_check
from ctk.ledger.ledger import Ledger
from workbooks import book, consistent

JSON = ("--format", "json")


@pytest.fixture
def ledger(ctk, tmp_path, monkeypatch):
    """A ledger with one file, one of whose cells holds a text."""
    from ctk.commands import loading

    monkeypatch.setattr(ledger_check, "FileReader", loading.FileReader)
    path = book(tmp_path / "a.xlsx", consistent(1).rows() | {"I-0103": ["khoảng bảy"]})
    assert ctk("receive", path, "--accept-with-errors", "x").code == 1
    return Ledger(tmp_path / "home" / "ledger", wait=1)


def the_file(ledger):
    """Hash and path of the one file."""
    (sha256,) = ledger.archive.file_hashes()
    return sha256, ledger.archive.file_path(sha256)


def spoil_file(ledger):
    """Change one byte of the original."""
    path = the_file(ledger)[1]
    path.write_bytes(path.read_bytes()[:-1] + b"!")


def lose_texts(ledger):
    """Remove the texts without purging."""
    next(ledger.archive.texts_paths()).unlink()


def spoil_event(ledger):
    """Change a figure in the record."""
    (path,) = (ledger.root / "events").iterdir()
    path.write_bytes(path.read_bytes().replace(b'"cells":', b'"cells":1'))


def spoil_index(ledger):
    """Change a figure in the index only."""
    with ledger.locked(), ledger.index() as index:
        index._db.execute("UPDATE figures SET value = value + 1 WHERE element = 'I-0101'")


def kinds(ctk):
    """Exit code and the problems found."""
    answer = ctk("ledger", "check", *JSON)
    return answer.code, {problem["kind"] for problem in answer.json["data"]["problems"]}


def test_nothing_is_made_where_nothing_is(ctk, tmp_path):
    """A missing or empty ledger is sound, and checking makes no folder."""
    assert kinds(ctk) == (0, set())
    assert list((tmp_path / "home").iterdir()) == []


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (spoil_file, "file_damaged"),
        (lambda ledger: the_file(ledger)[1].unlink(), "file_missing"),
        (lose_texts, "texts_missing"),
        (spoil_event, "event_damaged"),
        (spoil_index, "index_differs"),
    ],
)
def test_what_is_lost_or_changed_is_noticed(ctk, ledger, spoil, expected):
    """A sound ledger passes; one fault is told by its name, and the exit code is 1."""
    assert kinds(ctk) == (0, set())
    spoil(ledger)
    code, found = kinds(ctk)
    assert (code, expected in found) == (1, True)


def test_remains_are_harmless(ctk, ledger):
    """What an interruption left is told, as no error; a rebuild clears half-written files."""
    ledger.archive.add_file(b"no event knows this")
    (ledger.root / "events" / "x.json.1234.part").write_bytes(b"half")
    assert kinds(ctk) == (0, {"orphan", "part"})
    ctk("ledger", "rebuild")
    assert kinds(ctk) == (0, {"orphan"})


@pytest.mark.parametrize(
    ("same", "expected"), [(True, (1, {"figures_differ"})), (False, (0, {"reading_changed"}))]
)
@pytest.mark.usefixtures("ledger")
def test_another_ctk_may_read_otherwise(ctk, monkeypatch, same, expected):
    """Other figures from the same file are an error, unless another version of ctk reads now."""
    real = ledger_check.stored_figures

    def other(batch, place):
        figures = real(batch, place)
        return figures | {"value": [0, *figures["value"][1:]]}

    monkeypatch.setattr(ledger_check, "stored_figures", other)
    if not same:
        monkeypatch.setattr(ledger_check, "reading_version", lambda *_: "another")
    assert expected == kinds(ctk)


def contents(ledger):
    """Everything that stands in the ledger's folder, in one."""
    return b"".join(path.read_bytes() for path in ledger.root.rglob("*") if path.is_file())


def test_a_purged_file_is_gone(ctk, ledger, tmp_path):
    """Bytes and texts are nowhere, the index included; receipt and figures stay, and it holds."""
    sha256, _ = the_file(ledger)
    with ledger.questions() as index:
        (id_,) = index.current()["id"]
        before = index.figures([id_]).drop(columns="raw")
    assert "khoảng bảy".encode() in contents(ledger)
    row = ctk("ledger", "purge", sha256[:10], "--why", "tên trẻ em", *JSON).json["data"]["purged"][
        0
    ]
    assert (row["sha256"], row["submissions"]) == (sha256, [id_])
    assert "khoảng bảy".encode() not in contents(ledger)
    assert list(ledger.archive.file_hashes()) == []
    with ledger.questions() as index:
        assert before.equals(index.figures([id_]).drop(columns="raw"))
    assert kinds(ctk) == (0, set())
    answer = ctk("receive", tmp_path / "a.xlsx", "--accept-with-errors", "x", *JSON)
    assert [file["outcome"] for file in answer.json["data"]["files"]] == ["purged"]


def test_an_interrupted_purge_is_finished(ctk, ledger, monkeypatch):
    """Stopped after its event, the next opening removes the bytes and makes the index again."""
    sha256, _ = the_file(ledger)
    with monkeypatch.context() as patch:
        patch.setattr("ctk.ledger.archive.Archive.purge_file", lambda *_: 1 / 0)
        assert ctk("ledger", "purge", sha256, "--why", "x").code == 4
    assert kinds(ctk)[0] == 1
    ctk("history", "19588")
    assert kinds(ctk) == (0, set())
    assert "khoảng bảy".encode() not in contents(ledger)
