"""`ctk forms learn`: propose a layout for an office's own form from filled examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctk.commands.examples import read_examples
from ctk.errors import UsageError
from ctk.forms.learning.entries import Entry, EntryKind, Proposal, ProposedTable
from ctk.forms.learning.proposal import propose
from ctk.forms.learning.writing import Naming, id_of, is_writable, layout_text
from ctk.forms.loader import build_layout
from ctk.indicators import load_catalogue
from ctk.intake.passwords import NO_PASSWORDS, Passwords
from ctk.messages import message
from ctk.model import InputError, Result
from ctk.workbook.addresses import a1
from ctk.workbook.writing import atomic_path, refuse_existing

if TYPE_CHECKING:
    from ctk.forms.learning.joining import Difference
    from ctk.indicators import Catalogue

COLUMNS = (
    "table", "side", "file", "sheet", "cell", "label", "kind", "element", "name", "sex", "age",
    "ethnicity", "score", "sure", "runner_up", "runner_up_name", "runner_up_score", "reasons",
)  # fmt: skip
_LISTED = 5

Ask = Callable[["Proposal", "Catalogue"], "Proposal"]


@dataclass(frozen=True, slots=True)
class LearnRequest:
    """What is to be learned.

    Args:
        paths: Filled examples.
        out: The layout's file.
        name: The form's name; empty: its title.
        force: Whether a file that is there may be replaced.
        lang: Language of messages and of the comments in the layout.
        age_groups: Path of a CSV that replaces the built-in age groups.
        passwords: What to try on files that have a password.
    """

    paths: Sequence[Path]
    out: Path
    name: str = ""
    force: bool = False
    lang: str = "vi"
    age_groups: str | None = None
    passwords: Passwords = field(default=NO_PASSWORDS, repr=False)


def run(request: LearnRequest, ask: Ask | None = None) -> Result:
    """Propose a layout and write it.

    Args:
        request: What is to be learned.
        ask: Called with the proposal, may settle what is not sure.

    Returns:
        `data.layout`, `data.form` and `data.ties`: one row a row or column of a table. What is not
        sure stands in the layout as a comment.

    Raises:
        UsageError: No path is given, or the layout's file is there or cannot be written.
    """
    if not request.paths:
        raise UsageError("no_paths")
    refuse_existing(request.out, request.force)
    catalogue = load_catalogue(request.age_groups)
    examples, errors = read_examples(request.paths, request.passwords, request.lang)
    if not examples:
        return _result(request, None, catalogue, "", errors)
    proposal = propose(examples, catalogue)
    if ask is not None:
        proposal = ask(proposal, catalogue)
    naming = _naming(request, proposal, tuple(Path(example.file).name for example in examples))
    if not any(map(is_writable, proposal.tables)):
        return _result(request, proposal, catalogue, "", errors)
    text = layout_text(proposal, naming, catalogue, request.lang)
    build_layout(text, catalogue, request.out.name)  # what is written must be readable
    with atomic_path(request.out, request.force) as part:
        part.write_text(text, encoding="utf-8", newline="\n")
    return _result(request, proposal, catalogue, naming.id, errors)


def _naming(request: LearnRequest, proposal: Proposal, files: tuple[str, ...]) -> Naming:
    title = request.name.strip() or next(iter(proposal.titles), request.out.stem)
    return Naming(id_of(request.name or request.out.stem), title, files)


def _result(
    request: LearnRequest,
    proposal: Proposal | None,
    catalogue: Catalogue,
    form: str,
    errors: tuple[InputError, ...],
) -> Result:
    ties = list(tie_rows(proposal, catalogue, request.lang)) if proposal else []
    data = {"layout": str(request.out) if form else None, "form": form or None, "ties": ties}
    notes = [_difference(one, request.lang) for one in (proposal.differences if proposal else ())]
    if proposal and not form:
        notes.append(message("learning.nothing_tied", request.lang))
    if not (proposal or errors):
        notes.append(message("cli.notes.no_files", request.lang))
    wrong = bool(proposal) and not form
    return Result("forms learn", data, "ties", errors=errors, notes=tuple(notes),
                  columns=COLUMNS, wrong=wrong)  # fmt: skip


def tie_rows(proposal: Proposal, catalogue: Catalogue, lang: str) -> Iterator[dict[str, Any]]:
    """One row a row or column of a proposal, in the order of the form."""
    for table in proposal.tables:
        for side, entries in (("column", table.columns), ("row", table.rows)):
            for entry in entries:
                yield {"table": table.name, "side": side, **tie_row(entry, catalogue, lang)}


def tie_row(entry: Entry, catalogue: Catalogue, lang: str) -> dict[str, Any]:
    """What a row or column is, and how sure that is."""
    element = slice_ = other = None
    if entry.kind is EntryKind.ELEMENT and entry.index is not None:
        element = catalogue.elements[entry.index]
    elif entry.kind is EntryKind.BREAKDOWN and entry.index is not None:
        slice_ = catalogue.breakdowns[entry.index]
    if entry.runner_up is not None:
        other = catalogue.elements[entry.runner_up]
    place = entry.place
    return {
        "file": place.file,
        "sheet": place.sheet,
        "cell": a1(place.row, place.col),
        "label": entry.label,
        "kind": entry.kind.value,
        "element": element.id if element else None,
        "name": element.name(lang) if element else slice_.title(lang) if slice_ else None,
        "sex": slice_.sex if slice_ else None,
        "age": slice_.age if slice_ else None,
        "ethnicity": slice_.ethnicity if slice_ else None,
        "score": entry.score,
        "sure": entry.sure,
        "runner_up": other.id if other else None,
        "runner_up_name": other.name(lang) if other else None,
        "runner_up_score": entry.runner_up_score if other else None,
        "reasons": list(entry.reasons),
    }


def _difference(one: Difference, lang: str) -> str:
    labels = ", ".join(f"“{label}”" for label in one.labels[:_LISTED])
    if len(one.labels) > _LISTED:
        more = len(one.labels) - _LISTED
        labels = message("learning.difference.more", lang, labels=labels, count=more)
    told = {"file": Path(one.file).name, "table": one.table, "labels": labels}
    return message(f"learning.difference.{one.kind}", lang, count=len(one.labels), **told)


def settle(proposal: Proposal, answer: Callable[[ProposedTable, Entry], Entry]) -> Proposal:
    """Ask about each row and column that is not sure.

    Args:
        proposal: The proposal.
        answer: Gives an entry as a person decided it, or the same one.
    """
    tables = tuple(
        replace(
            table,
            columns=tuple(e if e.sure else answer(table, e) for e in table.columns),
            rows=tuple(e if e.sure else answer(table, e) for e in table.rows),
        )
        for table in proposal.tables
    )
    return replace(proposal, tables=tables)
