"""The index: one DuckDB file made from the events; all SQL of ctk stands here.

It is opened only under the ledger's lock, brought up to date with the archive, and may be deleted
at any time. Dates and texts are stored as the events have them; nothing in it is new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd

from ctk.errors import LedgerError
from ctk.forms.statements import grade
from ctk.ledger.events import Event, EventKind
from ctk.ledger.texts import join_texts
from ctk.ledger.twins import Twin

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ctk.ledger.archive import Archive

SCHEMA_VERSION = 4

_AT_ONCE = 500
"""Receipts taken in at once; what they hold is in memory then."""

_TABLES = """
CREATE TABLE meta (version INTEGER NOT NULL);
CREATE TABLE events (id VARCHAR PRIMARY KEY, kind VARCHAR NOT NULL, moment TIMESTAMP NOT NULL);
CREATE TABLE submissions (
  id VARCHAR PRIMARY KEY, moment TIMESTAMP NOT NULL, sha256 VARCHAR NOT NULL, file VARCHAR NOT NULL,
  unit VARCHAR NOT NULL, period VARCHAR NOT NULL, reporter VARCHAR NOT NULL, form VARCHAR NOT NULL,
  cut_off VARCHAR NOT NULL, kind VARCHAR NOT NULL, status VARCHAR NOT NULL,
  grade VARCHAR NOT NULL, accepted BOOLEAN NOT NULL, reason VARCHAR NOT NULL,
  rules VARCHAR NOT NULL,
  errors INTEGER NOT NULL, warnings INTEGER NOT NULL, cells INTEGER NOT NULL,
  sheets VARCHAR[] NOT NULL
);
CREATE TABLE figures (
  submission VARCHAR NOT NULL, element VARCHAR NOT NULL, breakdown VARCHAR NOT NULL,
  value DOUBLE, absence TINYINT NOT NULL, note TINYINT NOT NULL, sheet SMALLINT NOT NULL,
  row INTEGER NOT NULL, col INTEGER NOT NULL,
  label_row INTEGER NOT NULL, label_col INTEGER NOT NULL, raw VARCHAR
);
CREATE TABLE findings (submission VARCHAR NOT NULL, place INTEGER NOT NULL, finding JSON NOT NULL);
CREATE TABLE marks (
  id VARCHAR NOT NULL, moment TIMESTAMP NOT NULL, kind VARCHAR NOT NULL, target VARCHAR NOT NULL,
  detail JSON NOT NULL
);
CREATE VIEW standing AS
SELECT s.*,
  s.accepted OR EXISTS (SELECT 1 FROM marks m WHERE m.target = s.id AND m.kind = 'accepted')
    AS taken,
  EXISTS (SELECT 1 FROM marks m WHERE m.target = s.id AND m.kind = 'withdrawn') AS withdrawn,
  coalesce(
    (SELECT min(m.moment) FROM marks m WHERE m.target = s.id AND m.kind = 'accepted'), s.moment
  ) AS counts_from
FROM submissions s;
CREATE VIEW current AS
SELECT * FROM standing WHERE taken AND NOT withdrawn
QUALIFY row_number() OVER (
  PARTITION BY unit, period, reporter, grade ORDER BY counts_from DESC, id DESC
) = 1;
"""

_SUBMISSION = (
    "sha256", "file", "unit", "period", "reporter", "form", "cut_off", "kind", "status",
    "accepted", "reason", "rules", "errors", "warnings", "cells", "sheets",
)  # fmt: skip
TABLES = ("events", "submissions", "figures", "findings", "marks")
_ORDER = {
    "submissions": "moment, id",
    "findings": "submission, place",
    "figures": "submission, sheet, row, col, element, breakdown",
}
FIGURE_COLUMNS = (
    "element", "breakdown", "value", "absence", "note", "sheet", "row", "col", "label_row",
    "label_col", "raw",
)  # fmt: skip


class Index:
    """An open index; use it in a `with` statement and only under the ledger's lock.

    Args:
        path: The DuckDB file; made if it is not there.

    Raises:
        LedgerError: `index_version`: another version of ctk made it.
        duckdb.Error: The file is no index, or broken: it can be deleted and made again.
    """

    def __init__(self, path: Path) -> None:
        self._db = duckdb.connect(str(path))
        tables = {name for (name,) in self._db.execute("SHOW TABLES").fetchall()}
        if "meta" not in tables:
            self._db.execute("BEGIN; " + _TABLES)
            self._db.execute("INSERT INTO meta VALUES (?)", [SCHEMA_VERSION])
            self._db.execute("COMMIT")
        (version,) = self._one("SELECT version FROM meta")
        if version != SCHEMA_VERSION:
            self._db.close()
            raise LedgerError("index_version", text=str(version), known=str(SCHEMA_VERSION))

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def sync(self, archive: Archive) -> bool:
        """Take in the events that the archive has and the index has not.

        Returns:
            False if it must be made again: it knows an event that the archive has not, or a file
            has been purged whose texts it holds.
        """
        known = {id_ for (id_,) in self._db.execute("SELECT id FROM events").fetchall()}
        ids = archive.event_ids()
        if not known.issubset(ids):
            return False
        new = [id_ for id_ in ids if id_ not in known]
        for some in (new[i : i + _AT_ONCE] for i in range(0, len(new), _AT_ONCE)):
            events = [(id_, archive.read_event(id_)) for id_ in some]
            if self._purge(events, archive, known=bool(known)):
                return False
            self._db.execute("BEGIN")
            self._take(events, archive)
            self._db.execute("COMMIT")
        return True

    def _purge(self, events: Sequence[tuple[str, Event]], archive: Archive, *, known: bool) -> bool:
        """Finish what a purge began, here or elsewhere; tell whether this index may hold texts."""
        purged = [event.data["target"] for _, event in events if event.kind is EventKind.PURGED]
        removed = [archive.purge_file(sha256) for sha256 in purged]
        return any(removed) or (known and bool(purged))

    def _take(self, events: Sequence[tuple[str, Event]], archive: Archive) -> None:
        named = [(id_, event.kind.value, event.at) for id_, event in events]
        self._fill("events", named, ("id", "kind", "moment"))
        received = [(id_, e) for id_, e in events if e.kind is EventKind.RECEIVED]
        rows = [
            (id_, e.at, grade(e.data["status"]), *(e.data[name] for name in _SUBMISSION))
            for id_, e in received
        ]
        self._fill("submissions", rows, ("id", "moment", "grade", *_SUBMISSION))
        read = [(id_, *_contents(event, archive)) for id_, event in received]
        if received:
            frames = [_figures(id_, columns) for id_, columns, _ in read]
            self._insert("figures", pd.concat(frames))
        told = [(id_, i, _json(one)) for id_, _, found in read for i, one in enumerate(found)]
        self._fill("findings", told, ("submission", "place", "finding"))
        for _, event in events:
            if event.kind is EventKind.ACCEPTED and "findings" in event.data:
                self._check_again(event.data["target"], event.data, _contents(event, archive)[1])
        marks = [
            (id_, e.at, e.kind.value, e.data.get("target", ""), _json(e.data))
            for id_, e in events
            if e.kind is not EventKind.RECEIVED
        ]
        self._fill("marks", marks, ("id", "moment", "kind", "target", "detail"))

    def _check_again(self, target: str, data: dict[str, Any], found: list[dict[str, Any]]) -> None:
        """Take the findings of a file that came a second time and is fit now, for those it had."""
        self._db.execute("DELETE FROM findings WHERE submission = ?", [target])
        told = [(target, i, _json(finding)) for i, finding in enumerate(found)]
        self._fill("findings", told, ("submission", "place", "finding"))
        values = [data["errors"], data["warnings"], data["rules"], target]
        query = "UPDATE submissions SET errors = ?, warnings = ?, rules = ? WHERE id = ?"
        self._db.execute(query, values)

    def _fill(self, table: str, rows: Sequence[tuple[Any, ...]], columns: Iterable[str]) -> None:
        if rows:
            self._insert(table, pd.DataFrame(rows, columns=list(columns)))

    def _insert(self, table: str, frame: pd.DataFrame) -> None:
        self._db.register("incoming", frame.assign(**_naive(frame)))
        names = ", ".join(frame.columns)
        self._db.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM incoming")  # noqa: S608
        self._db.unregister("incoming")

    def _one(self, query: str, values: Sequence[object] = ()) -> tuple[Any, ...]:
        row = self._db.execute(query, list(values)).fetchone()
        return row if row is not None else ()

    # --- questions

    def submissions(self, unit: str | None = None, period: str | None = None) -> pd.DataFrame:
        """All submissions ever received, the earliest first, with `taken` and `withdrawn`."""
        query = "SELECT * FROM standing WHERE (? IS NULL OR unit = ?) AND (? IS NULL OR period = ?)"
        return self._db.execute(f"{query} ORDER BY moment, id", [unit, unit, period, period]).df()

    def twins(self, periods: Sequence[str]) -> list[Twin]:
        """The receipts of some periods that were not withdrawn, in the order they count from."""
        query = """
            SELECT id, unit, period, reporter, sha256, grade, taken FROM standing
            WHERE list_contains(?, period) AND NOT withdrawn ORDER BY counts_from, id
        """
        rows = self._db.execute(query, [list(periods)]).fetchall()
        return [Twin(id_, (unit, period, by), sha256, grade_, taken)
                for id_, unit, period, by, sha256, grade_, taken in rows]  # fmt: skip

    def purged(self) -> set[str]:
        """The hashes of the files that were purged."""
        query = "SELECT DISTINCT target FROM marks WHERE kind = 'purged'"
        return {target for (target,) in self._db.execute(query).fetchall()}

    def current(
        self,
        periods: Sequence[str] | None = None,
        units: Sequence[str] | None = None,
        status: str | None = None,
    ) -> pd.DataFrame:
        """The submissions that count: accepted, not withdrawn, not replaced by a later one.

        Args:
            periods: Only these; None: all.
            units: Only of these units; None: of all.
            status: Only `preliminary` or only `official` ones; None: each unit's official one,
                else its preliminary one.
        """
        query = """
            SELECT * FROM current
            WHERE ($1 IS NULL OR list_contains($1, period))
              AND ($2 IS NULL OR list_contains($2, unit)) AND ($3 IS NULL OR grade = $3)
            QUALIFY row_number() OVER (
              PARTITION BY unit, period, reporter ORDER BY grade = 'official' DESC
            ) = 1
            ORDER BY period, unit, moment, id
        """
        chosen = [None if wanted is None else list(wanted) for wanted in (periods, units)]
        return self._db.execute(query, [*chosen, status]).df()

    def periods(self) -> list[str]:
        """The periods of the submissions that count."""
        found = self._db.execute("SELECT DISTINCT period FROM current ORDER BY period").fetchall()
        return [period for (period,) in found]

    def figures(self, ids: Sequence[str]) -> pd.DataFrame:
        """The figures of submissions, in the order of the ids and of the cells."""
        query = """
            SELECT f.*, w.place FROM figures f
            JOIN (SELECT unnest($1) AS id, unnest(range(len($1))) AS place) w ON f.submission = w.id
            ORDER BY w.place, f.sheet, f.row, f.col, f.element, f.breakdown
        """
        return self._db.execute(query, [list(ids)]).df()

    def empty_ones(self, ids: Sequence[str]) -> set[str]:
        """Those of some submissions in which no figure is other than blank or zero."""
        query = """
            SELECT DISTINCT submission FROM figures
            WHERE value <> 0 AND submission IN (SELECT unnest(?))
        """
        told = {id_ for (id_,) in self._db.execute(query, [list(ids)]).fetchall()}
        return set(ids) - told

    def findings(self, id_: str) -> list[str]:
        """The findings of a submission as JSON, in their order."""
        query = "SELECT finding FROM findings WHERE submission = ? ORDER BY place"
        return [text for (text,) in self._db.execute(query, [id_]).fetchall()]

    def marks(self, kinds: Sequence[str]) -> pd.DataFrame:
        """Events other than receipts, of these kinds, the earliest first."""
        query = "SELECT * FROM marks WHERE list_contains(?, kind) ORDER BY moment, id"
        return self._db.execute(query, [list(kinds)]).df()

    def digest(self) -> dict[str, tuple[Any, ...]]:
        """A number for the content of each table, whatever the order of its rows."""
        query = "SELECT count(*), sum(hash(t)::HUGEINT) FROM {} t"
        return {name: self._one(query.format(name)) for name in TABLES}

    def write_table(self, name: str, path: Path) -> None:
        """Write a table as a file for other programs, CSV or Parquet by the path's ending.

        Raises:
            duckdb.IOException: It cannot be written.
        """
        form = "HEADER" if path.suffix == ".csv" else "FORMAT parquet"
        target = str(path).replace("'", "''")
        query = f"SELECT * FROM {name} ORDER BY {_ORDER[name]}"  # noqa: S608
        self._db.execute(f"COPY ({query}) TO '{target}' ({form})")

    def counts(self) -> dict[str, int]:
        """How many events, submissions and figures there are."""
        names = ("events", "submissions", "figures")
        return {name: self._one(f"SELECT count(*) FROM {name}")[0] for name in names}  # noqa: S608


def _contents(event: Event, archive: Archive) -> tuple[dict[str, list[Any]], list[dict[str, Any]]]:
    """Figures and findings of a receipt; without the texts where these are gone."""
    sha256, digest = event.data["sha256"], event.data["texts"]
    there = bool(digest) and archive.texts_path(sha256, digest).exists()
    return join_texts(event.data, archive.read_texts(sha256, digest) if there else None)


def _figures(id_: str, columns: dict[str, list[Any]]) -> pd.DataFrame:
    frame = pd.DataFrame({name: columns[name] for name in FIGURE_COLUMNS})
    return frame.assign(submission=id_)


def _naive(frame: pd.DataFrame) -> dict[str, Any]:
    """DuckDB's plain timestamps are in universal time here."""
    if "moment" not in frame:
        return {}
    return {"moment": pd.to_datetime(frame["moment"], utc=True).dt.tz_localize(None)}


def _json(value: object) -> str:
    import json  # noqa: PLC0415

    return json.dumps(value, ensure_ascii=False)
