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

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ctk.ledger.archive import Archive

SCHEMA_VERSION = 2

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
FIGURE_COLUMNS = (
    "element", "breakdown", "value", "absence", "note", "sheet", "row", "col", "label_row",
    "label_col", "raw",
)  # fmt: skip


class Index:
    """An open index; use it in a `with` statement and only under the ledger's lock.

    Args:
        path: The DuckDB file; made if it is not there.

    Raises:
        LedgerError: It is of a later version of ctk.
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
            raise LedgerError("ledger_version", text=str(version), known=str(SCHEMA_VERSION))

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def sync(self, archive: Archive) -> bool:
        """Take in the events that the archive has and the index has not.

        Returns:
            False if the index knows an event that the archive has not: it must be made again.
        """
        known = {id_ for (id_,) in self._db.execute("SELECT id FROM events").fetchall()}
        ids = archive.event_ids()
        if not known.issubset(ids):
            return False
        new = [(id_, archive.read_event(id_)) for id_ in ids if id_ not in known]
        if new:
            self._db.execute("BEGIN")
            self._take(new)
            self._db.execute("COMMIT")
        return True

    def _take(self, events: Sequence[tuple[str, Event]]) -> None:
        named = [(id_, event.kind.value, event.at) for id_, event in events]
        self._fill("events", named, ("id", "kind", "moment"))
        received = [(id_, e) for id_, e in events if e.kind is EventKind.RECEIVED]
        rows = [
            (id_, e.at, grade(e.data["status"]), *(e.data[name] for name in _SUBMISSION))
            for id_, e in received
        ]
        self._fill("submissions", rows, ("id", "moment", "grade", *_SUBMISSION))
        if received:
            frame = pd.concat([_figures(id_, event) for id_, event in received])
            self._insert("figures", frame)
        told = [
            (id_, i, finding)
            for id_, event in received
            for i, finding in enumerate(event.data["findings"])
        ]
        self._fill("findings", [(a, b, _json(c)) for a, b, c in told],
                   ("submission", "place", "finding"))  # fmt: skip
        for _, event in events:
            if event.kind is EventKind.ACCEPTED and "findings" in event.data:
                self._check_again(event.data)
        marks = [
            (id_, e.at, e.kind.value, e.data.get("target", ""), _json(e.data))
            for id_, e in events
            if e.kind is not EventKind.RECEIVED
        ]
        self._fill("marks", marks, ("id", "moment", "kind", "target", "detail"))

    def _check_again(self, data: dict[str, Any]) -> None:
        """Take the findings of a file that came a second time and is fit now, for those it had."""
        target = data["target"]
        self._db.execute("DELETE FROM findings WHERE submission = ?", [target])
        told = [(target, i, _json(finding)) for i, finding in enumerate(data["findings"])]
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
            SELECT f.*, list_position(?, f.submission) - 1 AS place FROM figures f
            WHERE list_contains(?, f.submission)
            ORDER BY place, f.sheet, f.row, f.col, f.element, f.breakdown
        """
        return self._db.execute(query, [list(ids), list(ids)]).df()

    def empty_ones(self, ids: Sequence[str]) -> set[str]:
        """Those of some submissions in which no figure is other than blank or zero."""
        query = """
            SELECT DISTINCT submission FROM figures
            WHERE value <> 0 AND list_contains(?, submission)
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

    def counts(self) -> dict[str, int]:
        """How many events, submissions and figures there are."""
        names = ("events", "submissions", "figures")
        return {name: self._one(f"SELECT count(*) FROM {name}")[0] for name in names}  # noqa: S608


def _figures(id_: str, event: Event) -> pd.DataFrame:
    columns = event.data["figures"]
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
