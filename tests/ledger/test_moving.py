"""`ctk ledger export` and `import`: the same answers elsewhere; what may harm stays out."""

import zipfile
from datetime import UTC, datetime

import pytest

from ctk.ledger import commit
from ctk.ledger.events import Event, EventKind
from ctk.ledger.ledger import Ledger
from workbooks import book, consistent

JSON = ("--format", "json")
QUESTIONS = (
    ("aggregate", "--level", "district", "--period", "2022-6m", "--unit", "467", *JSON),
    ("history", "467", *JSON),
    ("status", "--period", "2022-6m", "--unit", "467", *JSON),
)


@pytest.fixture
def office(ctk, tmp_path, monkeypatch):
    """Run commands in one of two offices, of which the first has received three files."""

    def at(name, *arguments):
        (tmp_path / name).mkdir(exist_ok=True)
        monkeypatch.chdir(tmp_path / name)
        return ctk(*arguments)

    book(tmp_path / "a.xlsx", consistent(1).rows())
    book(tmp_path / "b.xlsx", consistent(2).rows() | {"I-0103": ["khoảng bảy"]})
    book(tmp_path / "c.xlsx", consistent(3).rows(), code="19591", name="Xã A Bung")
    for name in "abc":
        at("one", "receive", tmp_path / f"{name}.xlsx")
    return at


@pytest.fixture
def packed(office, tmp_path):
    """The first office's export."""
    path = tmp_path / "one.zip"
    assert office("one", "ledger", "export", path).code == 0
    return path


@pytest.mark.parametrize("name", ["one.zip", "one"])
def test_another_machine_gives_the_same_answers(office, tmp_path, name):
    """Exported and imported, all questions are answered byte for byte alike; twice is once."""
    path = tmp_path / "moved" / name
    path.parent.mkdir()
    assert office("one", "ledger", "export", path).code == 0
    for new in (3, 0):
        (row,) = office("two", "ledger", "import", path, *JSON).json["data"]["imports"]
        assert (row["new_events"], row["submissions"]) == (new, 3)
    for question in QUESTIONS:
        assert office("one", *question).out == office("two", *question).out


def test_an_import_adds_to_what_is_there(office, packed, tmp_path):
    """Two ledgers become their union, and nothing of either is lost or replaced."""
    path = book(tmp_path / "d.xlsx", consistent(4).rows(), code="19594", name="Xã A Ngo")
    office("two", "receive", path)
    before = set(Ledger(tmp_path / "two" / "ledger").archive.event_ids())
    office("two", "ledger", "import", packed)
    after = set(Ledger(tmp_path / "two" / "ledger").archive.event_ids())
    assert after == before | set(Ledger(tmp_path / "one" / "ledger").archive.event_ids())


def test_an_interrupted_import_can_be_repeated(office, packed, monkeypatch):
    """Stopped after the files, no event speaks of what is not there, and once more completes it."""
    with monkeypatch.context() as patch:
        real, calls = commit.write_whole, iter(range(9))
        patch.setattr(commit, "write_whole", lambda c: 1 / 0 if next(calls) else real(c))
        assert office("two", "ledger", "import", packed).code == 4
    assert office("two", "ledger", "import", packed).code == 0
    assert office("one", *QUESTIONS[0]).out == office("two", *QUESTIONS[0]).out


def test_purged_files_do_not_come_back(office, packed, tmp_path):
    """An import neither brings back what was purged here nor keeps what was purged there."""
    one, two = (Ledger(tmp_path / name / "ledger") for name in ("one", "two"))
    office("two", "ledger", "import", packed)
    sha256 = next(one.archive.file_hashes())
    office("two", "ledger", "purge", sha256, "--why", "x")
    office("two", "ledger", "import", packed)
    assert sha256 not in set(two.archive.file_hashes())
    office("two", "ledger", "export", tmp_path / "two.zip")
    assert office("one", "ledger", "import", tmp_path / "two.zip").code == 0
    assert sha256 not in set(one.archive.file_hashes())
    assert office("one", *QUESTIONS[0]).out == office("two", *QUESTIONS[0]).out


def changed(packed, change):
    """The export with its entries changed by a function of a dictionary."""
    with zipfile.ZipFile(packed) as pack:
        entries = {name: pack.read(name) for name in pack.namelist()}
    change(entries)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in entries.items():
            pack.writestr(name, content)


def _first(entries, folder):
    return next(name for name in entries if name.startswith(folder))


def spoil(folder):
    """Change the last byte of a file of a folder."""

    def change(entries):
        name = _first(entries, folder)
        entries[name] = entries[name][:-1] + b"!"

    return change


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda e: e.update({"../../evil.txt": b"x"}), "import_unsafe"),
        (lambda e: e.update({"/tmp/evil.txt": b"x"}), "import_unsafe"),  # noqa: S108
        (lambda e: e.update({"events/..\\evil.json": b"x"}), "import_unsafe"),
        (lambda e: e.update({"originals/x/bomb": bytes(65 * 2**20)}), "import_unsafe"),
        (lambda e: e.update({"readme.txt": b"x"}), "import_unsafe"),
        (spoil("originals/"), "import_damaged"),
        (spoil("events/"), "import_damaged"),
        (spoil("texts/"), "import_damaged"),
        (lambda e: e.pop(_first(e, "events/")), "import_damaged"),
        (lambda e: e.pop("export.json"), "import_no_export"),
        (lambda e: e.update({"export.json": b'{"ctk_export": 99}'}), "ledger_version"),
    ],
)
def test_a_bad_export_is_refused(office, packed, tmp_path, change, code):
    """What was spoilt or made to do harm is refused by name, and nothing is taken in."""
    changed(packed, change)
    answer = office("two", "ledger", "import", packed, *JSON)
    assert [error["code"] for error in answer.json["errors"]] == [code]
    assert Ledger(tmp_path / "two" / "ledger").is_empty()
    assert not list(tmp_path.rglob("evil*"))


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (EventKind.PURGED, {"target": "{victim}", "why": "x"}),
        (EventKind.PURGED, {"why": "x"}),
        (EventKind.CLOSED, {"period": "../../evil", "why": "x"}),
    ],
)
def test_an_event_that_points_outside_is_refused(office, tmp_path, kind, data):
    """A sound event whose hash or period is a path neither removes nor writes anything."""
    victim = tmp_path / "letter.txt"
    victim.write_text("x", encoding="utf-8")
    event = Event(kind, datetime.now(UTC), {k: v.format(victim=victim) for k, v in data.items()})
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(path, "w") as pack:
        pack.writestr("export.json", '{"ctk_export": 1, "events": 1}')
        pack.writestr(f"events/{event.id}.json", event.encoded())
    answer = office("two", "ledger", "import", path, *JSON)
    assert (answer.code, answer.json["errors"][0]["code"]) == (2, "import_unsafe")
    assert victim.exists()


def test_an_export_writes_over_nothing(office, packed, tmp_path):
    """A target that exists is refused and stays as it is; nothing half-made is left."""
    before = packed.read_bytes()
    answer = office("one", "ledger", "export", packed, *JSON)
    assert (answer.code, answer.json["errors"][0]["code"]) == (2, "export_exists")
    assert before == packed.read_bytes()
    assert not list(tmp_path.glob("*.part*"))


def test_a_cut_file_is_told(office, packed):
    """A .zip that was cut on the way is refused, also where a workbook's own directory ends it."""
    for size, code in ((100, "import_unreadable"), (-100, "import_no_export")):
        cut = packed.with_name(f"cut{size}.zip")
        cut.write_bytes(packed.read_bytes()[:size])
        answer = office("two", "ledger", "import", cut, *JSON)
        assert (answer.code, answer.json["errors"][0]["code"]) == (2, code)
