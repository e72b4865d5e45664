"""`ctk forms check`: what a layout reads from where in real files, and what it does not find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctk.commands.layouts import read_layout
from ctk.commands.read import plain_number
from ctk.errors import UnreadableError, UsageError
from ctk.forms.table import Planner
from ctk.indicators import load_catalogue
from ctk.intake.decoding import decoded
from ctk.intake.extract import extract
from ctk.intake.passwords import NO_PASSWORDS, Passwords
from ctk.intake.paths import gather
from ctk.messages import message
from ctk.model import Absence, InputError, Result
from ctk.workbook.addresses import a1
from ctk.workbook.opening import read_bytes
from ctk.workbook.parts import Parts
from ctk.workbook.reading import read_book

if TYPE_CHECKING:
    from ctk.forms.types import Cells, Layout
    from ctk.intake.extract import Extract
    from ctk.intake.tables import Table

COLUMNS = (
    "file", "sheet", "cell", "label", "label_cell", "element", "name", "sex", "age", "ethnicity",
    "value", "raw", "absence",
)  # fmt: skip
_PACKAGES = ("xlsx", "xlsm")


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What is to be checked.

    Args:
        layout: The layout's file.
        paths: Filled forms.
        lang: Language of messages and names.
        age_groups: Path of a CSV that replaces the built-in age groups.
        passwords: What to try on files that have a password.
    """

    layout: Path
    paths: Sequence[Path]
    lang: str = "vi"
    age_groups: str | None = None
    passwords: Passwords = field(default=NO_PASSWORDS, repr=False)


def run(request: CheckRequest) -> Result:
    """Read files with one layout and no other.

    Returns:
        `data.figures`: one row a figure, with the label of its row or column on the form;
        `data.outside`: figures that no element covers; `data.missing`: what the layout expects and
        a file does not have (exit code 1).

    Raises:
        UsageError: No path is given, or the layout cannot be read.
    """
    if not request.paths:
        raise UsageError("no_paths")
    catalogue = load_catalogue(request.age_groups)
    layout = read_layout(request.layout, catalogue)
    checker = _Checker(request, layout, Planner((layout,), catalogue))
    errors: list[InputError] = []
    data: dict[str, Any] = {"form": layout.id, "files": []}
    data |= {"figures": [], "outside": [], "missing": []}
    files = gather(request.paths).files
    notes = () if files else (message("cli.notes.no_files", request.lang),)
    for path in files:
        found = checker.read(path)
        if found.error is not None:
            error = found.error
            told = error.title(request.lang), error.hint(request.lang)
            errors.append(InputError(path, error.code, *told))
            continue
        rows = {
            "figures": list(checker.figures(found)),
            "outside": list(checker.outside(found)),
            "missing": list(checker.missing(found)),
        }
        data["files"].append({"file": path} | {key: len(listed) for key, listed in rows.items()})
        for key, listed in rows.items():
            data[key] += listed
    return Result("forms check", data, "figures", errors=tuple(errors), notes=notes,
                  columns=COLUMNS, wrong=bool(data["missing"]))  # fmt: skip


class _Checker:
    def __init__(self, request: CheckRequest, layout: Layout, planner: Planner) -> None:
        self.request = request
        self.layout = layout
        self.planner = planner
        self._cells: dict[str, list[Cells]] = {}

    def read(self, path: str) -> Extract:
        """Read a file as every command does, but with this layout only."""
        passwords = self.request.passwords.of(path)
        found = extract(path, self.request.age_groups, passwords, planner=self.planner)
        if found.error is None:
            self._cells[path] = _texts(path, passwords)
        elif found.error.code == "form_not_known":
            found.error = UnreadableError("layout_does_not_fit", layout=self.layout.id)
        return found

    def figures(self, found: Extract) -> Iterator[dict[str, Any]]:
        """One row a figure, in the order of the form."""
        for table in found.tables:
            plan = table.plan
            order = sorted(range(plan.size), key=lambda i: (int(plan.row[i]), int(plan.col[i])))
            for i in order:
                yield self._figure(found, table, i)

    def _figure(self, found: Extract, table: Table, i: int) -> dict[str, Any]:
        plan, catalogue = table.plan, self.planner.catalogue
        element = catalogue.elements[int(plan.element[i])]
        slice_ = catalogue.breakdowns[int(plan.breakdown[i])]
        label = int(plan.label_row[i]), int(plan.label_col[i])
        value = plain_number(float(table.value[i]))
        return {
            "file": found.path,
            "sheet": found.sheets[table.sheet],
            "cell": a1(int(plan.row[i]), int(plan.col[i])),
            "label": _text(self._cells[found.path][table.sheet][label[0]][label[1]]),
            "label_cell": a1(*label),
            "element": element.id,
            "name": element.name(self.request.lang),
            "sex": slice_.sex,
            "age": slice_.age,
            "ethnicity": slice_.ethnicity,
            "value": value,
            "raw": table.raw.get(i, "" if value is None else str(value)),
            "absence": Absence(int(table.absence[i])).label,
        }

    def outside(self, found: Extract) -> Iterator[dict[str, Any]]:
        """Figures of rows and columns that no element covers."""
        for table in found.tables:
            for one in table.outside:
                value = plain_number(one.value)
                yield {
                    "file": found.path,
                    "sheet": found.sheets[table.sheet],
                    "cell": a1(one.at.row, one.at.col),
                    "label": _text(one.label),
                    "value": value,
                    "raw": one.raw if value is None else str(value),
                }

    def missing(self, found: Extract) -> Iterator[dict[str, Any]]:
        """Tables, rows and columns of the layout that the file does not have."""
        there = {number for table in found.tables for number in table.plan.tables}
        for number, expected in enumerate(self.layout.tables):
            if number not in there:
                name = expected.name or str(number + 1)
                yield {"file": found.path, "sheet": None, "what": "table", "label": name}
        for table in found.tables:
            sheet = found.sheets[table.sheet]
            listed = {"column": table.plan.missing_heads, "row": table.plan.missing_lines}
            for what, labels in listed.items():
                for label in labels:
                    yield {"file": found.path, "sheet": sheet, "what": what, "label": label}


def _texts(path: str, passwords: Sequence[str]) -> list[Cells]:
    """The cells of a file in Unicode, for the words of its labels."""
    book = read_book(read_bytes(Path(path)), passwords)
    parts = Parts(book.data if book.kind in _PACKAGES else b"")
    changed = decoded(book.sheets, range(len(book.sheets)), parts)
    return [(changed[i][0] if i in changed else one).cells for i, one in enumerate(book.sheets)]


def _text(value: object) -> str:
    return " ".join(str(value).split())
