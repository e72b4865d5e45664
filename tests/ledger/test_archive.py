"""The archive keeps files and events whole, once, and says when something is wrong with them."""

import errno
import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctk.errors import LedgerError
from ctk.ledger.archive import Archive
from ctk.ledger.events import Event, EventKind, decode_event

NOON = datetime(2022, 5, 20, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path):
    """An archive in an empty folder."""
    return Archive(tmp_path / "ledger")


def test_a_file_stands_under_its_hash(archive):
    """What was received is given back byte for byte, under the SHA-256 of its content."""
    content = b"PK\x03\x04 a workbook"
    sha256 = archive.add_file(content)
    assert hashlib.sha256(content).hexdigest() == sha256
    assert content == archive.read_file(sha256)
    assert [sha256] == list(archive.file_hashes())


def test_the_same_file_is_kept_once(archive):
    """Receiving it again writes nothing."""
    sha256 = archive.add_file(b"one")
    before = archive.file_path(sha256).stat().st_mtime_ns
    assert sha256 == archive.add_file(b"one")
    assert before == archive.file_path(sha256).stat().st_mtime_ns


def test_a_changed_file_is_noticed(archive):
    """A file that is no longer what its name says is never given out as the original."""
    sha256 = archive.add_file(b"one")
    archive.file_path(sha256).write_bytes(b"two")
    with pytest.raises(LedgerError) as refused:
        archive.read_file(sha256)
    assert refused.value.code == "ledger_damaged"


def test_a_missing_file_is_told(archive):
    """A file that was never there, or was lost, has its own error."""
    with pytest.raises(LedgerError) as refused:
        archive.read_file("0" * 64)
    assert refused.value.code == "ledger_file_missing"


START = datetime(2020, 2, 29, tzinfo=UTC)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(
    st.sampled_from(list(EventKind)),
    st.dictionaries(st.text(), _JSON),
    st.integers(0, 99_999_999_999_999),
)
def test_an_event_reads_back_equal(kind, data, microseconds):
    """Whatever an event says, its record says the same, and equal events have one id."""
    event = Event(kind, START + timedelta(microseconds=microseconds), data)
    assert event == decode_event(event.id, event.encoded())


@pytest.mark.parametrize(
    "spoil", [lambda b: b[:-1], lambda b: b.replace(b"x", b"y"), lambda _: b""]
)
def test_a_damaged_event_is_noticed(archive, spoil):
    """An event whose content does not fit its name is not trusted."""
    event = Event(EventKind.CLOSED, NOON, {"period": "2022-6m", "why": "x"})
    id_ = archive.add_event(event)
    path = archive.event_path(id_)
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(LedgerError) as refused:
        archive.read_event(id_)
    assert refused.value.code == "ledger_damaged"


def test_an_event_of_a_later_version_is_refused():
    """A record that a later ctk wrote is not half understood."""
    event = Event(EventKind.CLOSED, NOON, {})
    content = event.encoded().replace(b'"ctk_event":2', b'"ctk_event":3')
    with pytest.raises(LedgerError) as refused:
        decode_event(event.id, content)
    assert refused.value.code == "ledger_version"


def test_events_sort_by_time(archive):
    """Their ids, in order, are their order in time."""
    times = [NOON, NOON.replace(year=2023), NOON.replace(microsecond=5)]
    for at in times:
        archive.add_event(Event(EventKind.CLOSED, at, {"period": "2022-6m"}))
    assert sorted(times) == [archive.read_event(id_).at for id_ in archive.event_ids()]


def test_a_full_disk_leaves_nothing(archive, monkeypatch):
    """Where a file cannot be written whole there is none, and the reason is told."""
    archive.add_file(b"one")

    def full(_descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LedgerError) as refused:
        archive.add_file(b"two")
    assert refused.value.code == "cannot_write"
    left = [path for path in archive.root.rglob("*") if path.is_file()]
    assert [Path(archive.file_path(hashlib.sha256(b"one").hexdigest()))] == left


def test_an_interrupted_write_is_no_file(archive):
    """What a crash left half-written beside it counts for nothing."""
    sha256 = archive.add_file(b"one")
    (archive.file_path(sha256).parent / "abc.part").write_bytes(b"half")
    (archive.root / "events").mkdir()
    (archive.root / "events" / "x.json.1234.part").write_bytes(b"half")
    assert [sha256] == list(archive.file_hashes())
    assert archive.event_ids() == []
