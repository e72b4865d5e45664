"""`ctk forms check` and how a layout is drawn on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ctk.cli.printer import Printer, plain
from ctk.messages import message

if TYPE_CHECKING:
    from ctk.model import Result

_INDENT = "  "


class LayoutPrinter(Printer):
    """Shows layouts, and what they read."""

    def _say(self, key: str, **params: object) -> str:
        return message(f"learning.{key}", self.lang, **params)

    def checked(self, result: Result) -> None:
        """For each file its figures by row, what is outside the catalogue, what is missing."""
        for error in result.errors:
            self.line(plain(f"{error.file}: {error.title} {error.hint}", "bold red"))
        for file in result.data["files"]:
            name = file["file"]
            self.line(plain(name, "bold"))
            mine = {
                key: [row for row in result.data[key] if row["file"] == name]
                for key in ("figures", "outside", "missing")
            }
            for sheet in dict.fromkeys(row["sheet"] for row in mine["figures"]):
                self.line(plain(self._say("check.sheet", sheet=sheet)))
                self._figures([row for row in mine["figures"] if row["sheet"] == sheet])
            self._outside(mine["outside"])
            self._missing(mine["missing"])
            self.line(self._say("check.count", **{k: v for k, v in file.items() if k != "file"}))

    def _figures(self, rows: list[dict[str, Any]]) -> None:
        """One line an element, its breakdowns side by side: cell and figure."""
        slices = list(dict.fromkeys(_slice(row) for row in rows))
        lines: dict[tuple[str, str, str], dict[str, str]] = {}
        for row in rows:
            key = row["label_cell"], row["label"], row["element"]
            lines.setdefault(key, {})[_slice(row)] = f"{row['cell']}: {self._value(row)}"
        titles = [self._say(f"check.{name}") for name in ("cell", "label", "element")]
        self.table(
            [*titles, *slices],
            [(*key, *(found.get(code, "") for code in slices)) for key, found in lines.items()],
        )

    def _value(self, row: dict[str, Any]) -> str:
        if row["absence"]:
            return self._say(f"check.{row['absence']}")
        return self.number(row["value"], 0 if row["value"] == int(row["value"]) else 2)

    def _outside(self, rows: list[dict[str, Any]]) -> None:
        if rows:
            self.line(plain(self._say("check.outside"), "cyan"))
        for row in rows:
            shown = self.number(row["value"]) if row["value"] is not None else row["raw"]
            self.line(plain(f"{_INDENT}{row['cell']}  {row['label']}: {shown}"))

    def _missing(self, rows: list[dict[str, Any]]) -> None:
        if rows:
            self.line(plain(self._say("check.missing"), "yellow"))
        for row in rows:
            told = {"label": row["label"], "sheet": row["sheet"]}
            what = self._say(f"check.{row['what']}", **told)
            self.line(plain(f"{_INDENT}{what}", "yellow"))

    def shown(self, result: Result) -> None:
        """A form drawn as a table for each of its tables; a document in a few lines."""
        row = result.data["forms"][0]
        if "tables" not in row:
            from ctk.cli.human import print_plainly

            print_plainly(result, self.lang)
            return
        self.line(plain(self._say("show.about", id=row["id"], title=row["title"]), "bold"))
        self.line(plain(self._say("show.source", source=row["source"])))
        self.line(plain(self._say("show.periods", periods=", ".join(row["periods"]))))
        for table in row["tables"]:
            self._draw(table)
        self.line(self._say("show.key"))

    def _draw(self, table: dict[str, Any]) -> None:
        key = "show.table" if table["elements_down"] else "show.turned"
        self.line(plain(self._say(key, table=table["table"]), "bold"))
        slices = [slice_ for slice_ in table["breakdowns"] if slice_["code"]]
        codes = any(entry["code"] for entry in table["elements"])
        names = ["label", *(["code"] if codes else []), "element", "name"]
        titles = [self._say(f"show.{name}") for name in names]
        rows = []
        for entry in table["elements"]:
            label = f"{_INDENT * entry['depth']}{entry['label']}"
            marks = (self._mark(entry, slice_["code"]) for slice_ in slices)
            tied = entry["element"] or self._say(f"print.{entry['kind']}")
            coded = [entry["code"]] if codes else []
            rows.append((label, *coded, tied, entry["name"] or "", *marks))
        self.table([*titles, *(slice_["label"] for slice_ in slices)], rows)
        ignored = [s["label"] for s in table["breakdowns"] if s["kind"] == "ignored"]
        if ignored:
            self.line(plain(self._say("show.ignored", labels=", ".join(ignored))))

    def _mark(self, entry: dict[str, Any], code: str) -> str:
        if code in entry["asked"]:
            return self._say("show.asked")
        return self._say("show.not_asked") if code in entry["not_asked"] else ""


def _slice(row: dict[str, Any]) -> str:
    return next((row[name] for name in ("sex", "age", "ethnicity") if row[name] != "T"), "T")
