"""Where the makers of the corpus are listed, and the folder that they write into."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from corpus.forms import Form, form
from corpus.key import KEY, OPTIONS, README, Options, Passport, Planted, write_table
from corpus.stored import BY_SCRIPT


@dataclass
class Corpus:
    """A corpus that is being written.

    Args:
        root: Its folder.
        makes_kept: Whether files that other programs must save are made as well.
    """

    root: Path
    makes_kept: bool = False
    planted: list[Planted] = field(default_factory=list)
    passports: list[Passport] = field(default_factory=list)
    options: list[Options] = field(default_factory=list)

    def save(self, form: Form, path: str, *, full: bool = False) -> Path:
        """Write a form and keep what is planted in it."""
        target = self.root / path
        form.save(target, full=full)
        self.planted += form.key(path)
        return target

    def plant(self, path: str, rules: str, severity: str, what: str, **more: str) -> None:
        """Note a defect of a file; `sheet`, `cell` and `follows` may be said."""
        place = {"sheet": "", "cell": "", "follows": ""} | more
        self.planted.append(
            Planted(path, place["sheet"], place["cell"], rules, place["follows"], severity, what)
        )

    def passport(self, path: str, shows: str, made: str = BY_SCRIPT) -> None:
        """Say what a file or folder is."""
        self.passports.append(Passport(path, shows, made))

    def check_with(self, path: str, options: str) -> None:
        """Say with which options a file or folder is checked."""
        self.options.append(Options(path, options))

    def write_lists(self) -> None:
        """Write key, passports and options."""
        write_table(self.root / KEY, Planted, self.planted)
        write_table(self.root / README, Passport, self.passports)
        write_table(self.root / OPTIONS, Options, self.options)


Maker = Callable[[Corpus], None]
MAKERS: list[Maker] = []


def batch(path: str, shows: str, options: str = "") -> Callable[[Maker], Maker]:
    """Register a function that writes files that are checked together, or one file.

    Args:
        path: The file, or the folder with a slash at its end.
        shows: What it shows.
        options: With which options it is checked.
    """

    def register(make: Maker) -> Maker:
        def run(corpus: Corpus) -> None:
            corpus.passport(path, shows)
            if options:
                corpus.check_with(path, options)
            make(corpus)

        MAKERS.append(run)
        return make

    return register


def file(
    category: str, name: str, code: str, shows: str, **how: object
) -> Callable[[Callable[[Form], None]], Callable[[Form], None]]:
    """Register a function that changes one form; `how` is given to `forms.form`.

    Args:
        category: The folder below the corpus.
        name: The file's name without its ending.
        code: Code of the commune.
        shows: What the file shows.
        how: `period`, `habit`, `change`, `place`; `full` for ctk's own looks; `options` to check.
    """
    full, options = bool(how.pop("full", False)), str(how.pop("options", ""))
    path = f"{category}/{name}.xlsx"

    def register(edit: Callable[[Form], None]) -> Callable[[Form], None]:
        @batch(path, shows, options)
        def _make(corpus: Corpus) -> None:
            made = form(code, **how)  # type: ignore[arg-type]
            edit(made)
            corpus.save(made, path, full=full)

        return edit

    return register


def make_all(root: Path, makers: Iterable[Maker], *, kept: bool = False) -> Corpus:
    """Write the whole corpus and its lists.

    Args:
        root: The folder.
        makers: What makes it.
        kept: Whether also to make what other programs must save; else those files stay.
    """
    corpus = Corpus(root, kept)
    for make in makers:
        make(corpus)
    corpus.write_lists()
    return corpus
