"""Runs all checks on a batch: file and form first, then cells, then relations; none hides another.

A relation is tested only on figures that the cell checks found fit, so one bad cell is told once
and a rule that cannot be tested is counted, not taken as kept.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ctk.forms.together import layouts_of
from ctk.model import Absence, Finding, Level
from ctk.text.notes import NOTES
from ctk.validate.figures import compare_figures, periods_of
from ctk.validate.findings import Writer, show_number
from ctk.validate.formulas import wrong_sums
from ctk.validate.rulebook import Rulebook
from ctk.validate.schema import VALUE_RULES, failing_rows
from ctk.validate.suggest import Advice, advise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from ctk.frame import Batch
    from ctk.validate.rules import Rule

_BY_NOTE = {
    "text_number": "V309",
    "decimal_text": "",  # the schema speaks of a value that is not whole
    "ambiguous_separator": "V307",
    "percent_text": "V313",
    "not_a_number": "V308",
    "date_cell": "V312",
    "boolean_cell": "V314",
    "error_value": "V310",
    "formula_without_value": "V311",
    "word_beside": "V321",
    "several_numbers": "V322",
    "footnote_mark": "V323",
    "letter_for_digit": "V324",
    "formula_as_text": "V325",
    "too_large": "V326",
    "fraction_as_date": "V327",
    "number_as_date": "V328",
}
_LISTED = ("several_numbers", "fraction_as_date")
_BY_ABSENCE = {
    Absence.BLANK: "V301",
    Absence.NOT_COLLECTED: "V302",
    Absence.NOT_APPLICABLE: "V303",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """Findings in the order of the files, and how often each rule could and could not be tested."""

    findings: tuple[Finding, ...]
    tested: dict[str, int]
    untested: dict[str, int]
    versions: dict[str, str]
    """The version of the rule set by period."""
    advice: Advice


def check(
    batch: Batch,
    lang: str,
    rulebook: Rulebook | None = None,
    previous: Batch | None = None,
    weights: Mapping[str, Mapping[str, float]] | None = None,
) -> Checked:
    """Check a batch.

    Args:
        batch: The files as read.
        lang: Language of the messages.
        rulebook: The rules of this office; None: as they are laid down.
        previous: Reports of earlier periods to compare with; they are not checked.
        weights: By unit divided in July 2025, the share of its population in each new one.
    """
    rulebook = rulebook or Rulebook()
    writer = Writer(batch, rulebook, lang)
    compared = compare_figures(batch, rulebook, previous, weights)
    found = [*_files(batch, rulebook, lang)]
    found += [writer.observed(seen) for seen in batch.observations]
    found += _forms(batch, writer)
    found += _duplicates(batch, writer)
    found += _cells(batch, writer)
    broken = [writer.broken(each) for each in compared.broken]
    found += broken
    found += [writer.share(odd) for odd in compared.shares]
    found += [writer.told(told) for told in compared.told]
    advice = advise(writer, compared.broken, broken, rulebook)
    found = [advice.on(each) for each in _in_force(found, batch, rulebook)]
    order = {submission.file: i for i, submission in enumerate(batch.submissions)}
    found.sort(key=lambda f: order.get(f.file or "", -1))
    versions = {str(p): rulebook.of(p).version for p in periods_of(batch) if p is not None}
    untested = dict(compared.untested | _unfit_cells(batch))
    return Checked(tuple(found), dict(compared.tested), untested, versions, advice)


def _unfit_cells(batch: Batch) -> Counter[str]:
    """How many cells the rules on values could not test, as no figure can be read from them."""
    unread = int((batch.frame["absence"].to_numpy() == Absence.UNREADABLE).sum())
    return Counter(dict.fromkeys(VALUE_RULES, unread)) if unread else Counter()


def _in_force(found: list[Finding], batch: Batch, rulebook: Rulebook) -> list[Finding]:
    """Leave out what rules said that are not in force for the file's period, or switched off."""
    sets = {s.file: rulebook.of(s.period) for s in batch.submissions}
    latest = rulebook.of(None)
    return [each for each in found if each.rule in sets.get(each.file or "", latest)]


def _files(batch: Batch, rulebook: Rulebook, lang: str) -> Iterator[Finding]:
    rules = rulebook.of(None)
    for file, error in batch.unreadable:
        told = {"title": error.title(lang), "hint": error.hint(lang)}
        yield _about_file(rules["V101"], file, lang, **told)
    for file in batch.locks:
        yield _about_file(rules["V102"], file, lang)


def _about_file(rule: Rule, file: str, lang: str, **params: str) -> Finding:
    text, remedy = rule.message(lang, **params), rule.remedy(lang, **params)
    return Finding(file, rule.id, rule.severity, text, remedy)


def _forms(batch: Batch, writer: Writer) -> Iterator[Finding]:
    for i, submission in enumerate(batch.submissions):
        period, unit = submission.period, submission.unit
        allowed = {
            p for layout in layouts_of(submission.form, batch.layouts) for p in layout.periods
        }
        if period is not None and allowed and f"{period.months}m" not in allowed:
            yield writer.of_submission("V213", i, form=submission.form, period=str(period))
        if unit is not None and unit.level is not Level.COMMUNE and i not in batch.own_figures:
            yield writer.of_submission("V214", i, unit=f"{unit.code} {unit.full_name}")


def _duplicates(batch: Batch, writer: Writer) -> Iterator[Finding]:
    for same in _groups(batch):
        first: dict[str, int] = {}
        for i in same:
            twin = first.setdefault(batch.submissions[i].sha256, i)
            if twin != i:
                yield writer.of_submission("V104", i, other=batch.submissions[twin].file)
        if len(first) > 1:
            files = "; ".join(batch.submissions[i].file for i in first.values())
            newest = {batch.superseded[i] for i in first.values() if i in batch.superseded}
            for i in first.values():
                unit, period = batch.submissions[i].unit, batch.submissions[i].period
                named = {"unit": unit.full_name if unit else "", "period": str(period)}
                named |= {"count": str(len(first)), "files": files}
                if newest:
                    other = batch.submissions[min(newest)].file
                    yield writer.of_submission("V642", i, **named, other=other)
                else:
                    yield writer.of_submission("V601", i, **named)


def _groups(batch: Batch) -> list[list[int]]:
    """Submissions of the same unit and period, where there are several."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, submission in enumerate(batch.submissions):
        if submission.unit is not None:
            groups[submission.unit.code, str(submission.period)].append(i)
    return [same for same in groups.values() if len(same) > 1]


def _cells(batch: Batch, writer: Writer) -> Iterator[Finding]:
    for rule, rows in failing_rows(batch).items():
        if rule == "V207":
            repeated = _by_element(batch, np.array(rows, np.intp))
            yield from (writer.at_rows(rule, same) for same in repeated)
        else:
            yield from (writer.at_row(rule, row) for row in rows)
    yield from _notes(batch, writer)
    yield from _sums(batch, writer)
    yield from _absences(batch, writer)


def _notes(batch: Batch, writer: Writer) -> Iterator[Finding]:
    notes, values = (batch.frame[name].to_numpy() for name in ("note", "value"))
    for row in np.flatnonzero(notes).tolist():
        note = NOTES[notes[row]]
        whole = float(values[row]).is_integer()
        rule = "V309" if note == "decimal_text" and whole else _BY_NOTE[note]
        refused = rule == "V309" and values[row] < 0  # no "nothing to do" beside an error
        if rule and not refused:
            options = batch.readings.get(row, ())
            readings = [_unmistakable(option, writer.lang) for option in options]
            yield writer.at_row(
                rule, row, readings=(", " if note in _LISTED else " / ").join(readings)
            )


def _sums(batch: Batch, writer: Writer) -> Iterator[Finding]:
    for wrong in wrong_sums(batch):
        for rule, rows in (("V333", wrong.left_out), ("V335", wrong.too_much)):
            if rows:
                yield writer.at_formula(rule, wrong.row, rows)


def _unmistakable(option: str, lang: str) -> str:
    """A reading of an ambiguous number, without the thousands mark that made it ambiguous."""
    return option if option.isdigit() or "/" in option else show_number(float(option), lang)


def _absences(batch: Batch, writer: Writer) -> Iterator[Finding]:
    """Missing figures, told once a row of the form; a wholly blank sheet is told once."""
    frame = batch.frame
    main = np.array([element.place == "main" for element in batch.catalogue.elements])
    absence = frame["absence"].to_numpy()
    asked = main[frame["element"].to_numpy()]
    for kind, rule in _BY_ABSENCE.items():
        rows = np.flatnonzero((absence == kind) & asked)
        if kind is Absence.BLANK and rows.size:
            blank = _blank_sheets(batch, asked)
            for submission, sheet, count in sorted(blank):
                name = batch.submissions[submission].sheets[sheet]
                yield writer.of_submission("V316", submission, sheet=name, count=count)
            covered = {(submission, sheet) for submission, sheet, _ in blank}
            rows = _outside(batch, rows, covered)
        for same in _by_element(batch, rows):
            yield writer.at_rows(_for_yes_no(rule, writer, same), same)


def _for_yes_no(rule: str, writer: Writer, rows: list[int]) -> str:
    """An "x" says nothing of a yes or no, which applies to every commune."""
    return "V320" if rule == "V303" and writer.element(rows[0]).adds == "yes_no" else rule


def _blank_sheets(batch: Batch, asked: NDArray[np.bool_]) -> set[tuple[int, int, int]]:
    frame = batch.frame[asked]
    blank = frame["absence"].to_numpy() == Absence.BLANK
    most_sheets = int(batch.frame["sheet"].max()) + 1
    keys = frame["submission"].to_numpy(np.int64) * most_sheets + frame["sheet"].to_numpy()
    found, place = np.unique(keys, return_inverse=True)
    total = np.bincount(place)
    empty = np.bincount(place, weights=blank) == total
    pairs = zip(found[empty].tolist(), total[empty].tolist(), strict=True)
    return {(*divmod(key, most_sheets), count) for key, count in pairs}


def _outside(
    batch: Batch, rows: NDArray[np.intp], covered: set[tuple[int, int]]
) -> NDArray[np.intp]:
    if not covered:
        return rows
    submission = batch.frame["submission"].to_numpy()[rows].tolist()
    sheet = batch.frame["sheet"].to_numpy()[rows].tolist()
    keep = [pair not in covered for pair in zip(submission, sheet, strict=True)]
    return np.asarray(rows[np.array(keep, bool)])


def _by_element(batch: Batch, rows: NDArray[np.intp]) -> list[list[int]]:
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    submission = batch.frame["submission"].to_numpy()[rows].tolist()
    element = batch.frame["element"].to_numpy()[rows].tolist()
    for row, key in zip(rows.tolist(), zip(submission, element, strict=True), strict=True):
        groups[key].append(row)
    return list(groups.values())
