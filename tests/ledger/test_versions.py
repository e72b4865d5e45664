"""Ledgers of other versions of ctk: earlier ones are brought forward, later ones refused."""

import shutil
from pathlib import Path

import pytest

from ctk.errors import LedgerError
from ctk.ledger import migration
from ctk.ledger.events import EventKind
from ctk.ledger.ledger import Ledger

OLD = Path(__file__).parents[1] / "specimens" / "ledger-1"
JSON = ("--format", "json")


@pytest.fixture
def old(ctk, tmp_path):  # noqa: ARG001  (makes the folder)
    """A ledger that the first version made: a file received with errors, then accepted."""
    shutil.copytree(OLD, tmp_path / "home" / "ledger")
    return Ledger(tmp_path / "home" / "ledger", wait=1)


def test_an_old_ledger_is_brought_forward(ctk, old):
    """Receipt, acceptance, figures and texts are the same; the events hold no texts any more."""
    (receipt,) = ctk("history", "19588", *JSON).json["data"]["receipts"]
    assert (receipt["state"], receipt["file"], receipt["cells"]) == ("accepted", "a.xlsx", 13)
    with old.questions() as index:
        raw = set(index.figures([receipt["id"]])["raw"].dropna())
        messages = index.findings(receipt["id"])
    assert raw == {"…", "không rõ"}
    assert any("I-0101.1" in message for message in messages)
    assert not any("không rõ" in path.read_text() for path in (old.root / "events").iterdir())
    assert ctk("ledger", "check").code == 0
    assert (old.root / "VERSION").read_text() == "2\n"


@pytest.mark.parametrize("step", ["rename", "write_whole"])
def test_bringing_forward_can_be_interrupted(old, monkeypatch, step):
    """Stopped at any of its steps, it is done by the next opening, and nothing is lost."""
    for count in range(6):
        calls = iter(range(100))

        def stop(*arguments, real, calls=calls, count=count):
            if next(calls) == count:
                raise KeyboardInterrupt
            return real(*arguments)

        with monkeypatch.context() as patch:
            owner, name = (Path, "rename") if step == "rename" else (migration, "write_whole")
            real = getattr(owner, name)
            patch.setattr(owner, name, lambda *a, real=real, stop=stop: stop(*a, real=real))
            try:
                with old.locked():
                    pass
            except KeyboardInterrupt:
                continue
        break
    with old.locked(), old.index() as index:
        assert index.counts() == {"events": 2, "submissions": 1, "figures": 13}
        assert len(index.current()) == 1
    assert not (old.root / "events.1").exists()


def test_a_damaged_old_ledger_is_left_alone(old):
    """Where an old event is damaged nothing is changed, and the entry is named."""
    first = min((old.root / "events").iterdir())
    first.write_bytes(first.read_bytes().replace("không rõ".encode(), b"x"))
    with pytest.raises(LedgerError) as refused, old.locked():
        pass
    assert (refused.value.code, refused.value.params["what"]) == ("ledger_damaged", first.stem)
    assert len(list((old.root / "events").iterdir())) == 2


def test_a_later_ledger_is_refused(ctk, old):
    """What a later ctk made is neither read nor changed."""
    (old.root / "VERSION").write_text("3\n")
    for command in (["history", "19588"], ["ledger", "check"], ["ledger", "rebuild"]):
        answer = ctk(*command, *JSON)
        assert (answer.code, answer.json["errors"][0]["code"]) == (3, "ledger_version")


def test_an_index_of_another_version_is_made_again(old):
    """The index holds nothing of its own, so one of another version is simply replaced."""
    with old.locked(), old.index() as index:
        before = index.digest()
        index._db.execute("UPDATE meta SET version = 99")
    with old.locked(), old.index() as index:
        assert before == index.digest()
        kinds = {event.kind for event in map(old.archive.read_event, old.archive.event_ids())}
    assert kinds == {EventKind.RECEIVED, EventKind.ACCEPTED}
