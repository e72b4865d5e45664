"""From the paths of a command to one batch; shared by all commands that read files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ctk.errors import CatalogueError, UsageError
from ctk.intake.passwords import NO_PASSWORDS, Passwords
from ctk.intake.paths import Inputs, gather
from ctk.intake.pool import FileReader
from ctk.messages import message
from ctk.model import InputError
from ctk.periods import Coverage, Period, parse_period
from ctk.settings import Settings
from ctk.units.lookup import find_unit
from ctk.units.table import table

if TYPE_CHECKING:
    from ctk.forms.loader import OwnForms
    from ctk.frame import Batch
    from ctk.validate.check import Checked
    from ctk.validate.rulebook import Rulebook


def local_today() -> date:
    """The day at the user's desk."""
    return datetime.now().astimezone().date()


@dataclass(frozen=True)
class Request:
    """What all commands that read files have in common.

    Args:
        paths: Files and folders.
        period: The period asked for, as typed; None: what each file says.
        unit: Code of the unit whose files these are; helps to tell communes of one name apart.
        lang: Language of the messages.
        settings: The office's settings.
        today: The current day.
        progress: Called with the number of files just read and the number of all files.
        passwords: What to try on files that have a password.
        leave_out: A folder for copies; what lies there is not read again.
    """

    paths: Sequence[Path]
    period: str | None = None
    unit: str | None = None
    lang: str = "vi"
    settings: Settings = field(default_factory=Settings)
    today: date = field(default_factory=local_today)
    progress: Callable[[int, int], None] | None = None
    passwords: Passwords = NO_PASSWORDS
    leave_out: Path | None = None

    @property
    def age_groups(self) -> str | None:
        """Path of the office's own age groups."""
        return str(self.settings.age_groups) if self.settings.age_groups else None

    @cached_property
    def own_forms(self) -> OwnForms:
        """The office's own layouts.

        Raises:
            UsageError: A file cannot be read.
        """
        from ctk.forms.own import read_own_forms  # noqa: PLC0415  (not needed to look things up)

        return read_own_forms(self.settings.workspace)

    @property
    def rulebook(self) -> Rulebook:
        """The rules as this office has switched them.

        Raises:
            UsageError: `ctk.toml` switches a rule or limit that there is not.
        """
        from ctk.validate.rulebook import Rulebook  # noqa: PLC0415  (not needed to read files)

        return Rulebook(self.settings.rules)

    @property
    def coverage(self) -> Coverage:
        """What a period covers by the office's reporting regime; the calendar without one.

        Raises:
            UsageError: There is no such regime, or the office's own is wrong.
        """
        from ctk.regimes.loader import chosen_regime  # noqa: PLC0415  (not needed to read files)

        regime = chosen_regime(self.settings.regime)
        return regime.coverage if regime else Coverage.CALENDAR

    @property
    def parsed_period(self) -> Period | None:
        """The period asked for; `6m` alone is of the workspace's year, else of this year."""
        if self.period is None:
            return None
        return parse_period(self.period, self.settings.year or self.today.year)


@dataclass(frozen=True, slots=True)
class Reading:
    """A request whose files are being read in the background."""

    request: Request
    inputs: Inputs
    reader: FileReader
    expected: Period | None


@contextmanager
def start_reading(request: Request) -> Iterator[Reading]:
    """Send the files of a request to the workers, before the heavy libraries are imported.

    Raises:
        UsageError: No path is given, the period or the unit is none, or the office's settings
            are bad.
    """
    if not request.paths:
        raise UsageError("no_paths")
    expected = request.parsed_period
    if request.age_groups:
        _check_age_groups(request.age_groups)
    if request.unit:
        _check_unit(request.unit, expected, request.today)
    elif request.settings.unit:  # of any time: a workspace outlives its district
        _check_unit(request.settings.unit, None, request.today)
    if request.own_forms:
        _check_own_forms(request)
    inputs = gather(request.paths, request.leave_out)
    known = (request.age_groups, request.passwords, request.own_forms)
    with FileReader(inputs.files, *known) as reader:
        yield Reading(request, inputs, reader, expected)


def load_batch(reading: Reading) -> Batch:
    """Wait for all files of a request and join them into one batch."""
    from ctk.intake.batch import build_batch  # noqa: PLC0415  (pandas, while the workers read)

    request = reading.request
    total = len(reading.inputs.files)
    tell = request.progress or (lambda _done, _total: None)
    tell(0, total)
    return build_batch(
        reading.reader.extracts(lambda done: tell(done, total)),
        reading.inputs,
        expected=reading.expected,
        scope=request.unit or request.settings.unit,
        today=request.today,
        age_groups=request.age_groups,
        own=request.own_forms,
    )


def _check_unit(code: str, expected: Period | None, today: date) -> None:
    """Refuse a mistyped code; without a period it may be of any time."""
    if expected is not None:
        find_unit(code, expected.end)
    elif not table().versions(code):
        find_unit(code, today)


def _check_own_forms(request: Request) -> None:
    from ctk.forms.own import check_own_forms  # noqa: PLC0415  (most offices have none)

    check_own_forms(request.own_forms, request.age_groups)


def _check_age_groups(path: str) -> None:
    from ctk.indicators import load_catalogue  # noqa: PLC0415  (rarely needed this early)

    try:
        load_catalogue(path)
    except (CatalogueError, OSError, UnicodeDecodeError) as error:
        raise UsageError("bad_age_groups", path=path, reason=error) from error


def input_errors(batch: Batch, lang: str) -> tuple[InputError, ...]:
    """The files that could not be read, for the result's errors."""
    return tuple(
        InputError(file, error.code, error.title(lang), error.hint(lang))
        for file, error in batch.unreadable
    )


def run_notes(batch: Batch, checked: Checked, lang: str) -> tuple[str, ...]:
    """Remarks about a run as a whole: files left out, how much could be tested."""
    said = []
    if batch.others:
        said.append(message("cli.notes.others", lang, count=len(batch.others)))
    if not batch.submissions and not batch.unreadable:
        said.append(message("cli.notes.no_files", lang))
    if batch.submissions:
        counts = {
            "tested": _grouped(sum(checked.tested.values()), lang),
            "untested": _grouped(sum(checked.untested.values()), lang),
        }
        said.append(message("cli.notes.tested", lang, **counts))
    if checked.advice.untried:
        said.append(message("suggest.untried", lang, count=checked.advice.untried))
    return tuple(said)


def _grouped(count: int, lang: str) -> str:
    text = f"{count:,}"
    return text.replace(",", ".") if lang == "vi" else text
