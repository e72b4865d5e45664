"""Checks the corpus as an office would: `ctk validate` once for each folder, with its options."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shlex
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from corpus.key import batches, read_options
from ctk.cli.main import run

INBOX = "inbox"
"""Where a workspace of the corpus, a folder with a ctk.toml, keeps its files."""


@dataclass(frozen=True)
class Answer:
    """What ctk said about one batch.

    Args:
        batch: The folder or file below the corpus.
        exit_code: As the shell sees it.
        findings: As in the JSON document, with paths below the corpus.
        unanswered: Files about which the document says nothing.
    """

    batch: str
    exit_code: int
    findings: tuple[dict[str, Any], ...]
    unanswered: tuple[str, ...]


def check_corpus(corpus: Path, only: Sequence[str] = ()) -> list[Answer]:
    """Check all batches, or those whose path contains one of some words."""
    options = read_options(corpus)
    names = [path.relative_to(corpus).as_posix() + "/" * path.is_dir() for path in batches(corpus)]
    wanted = [name for name in names if not only or any(word in name for word in only)]
    with ProcessPoolExecutor(
        min(os.cpu_count() or 1, 4),
        mp_context=get_context("spawn"),
        initializer=os.chdir,  # so that paths in options are those below the corpus
        initargs=(corpus,),
    ) as workers:
        return list(workers.map(_check, wanted, (options.get(name, ()) for name in wanted)))


def _check(name: str, options: Sequence[str]) -> Answer:
    path = Path(name)
    workspace = (path / "ctk.toml").is_file()
    said = io.StringIO()
    what = INBOX if workspace else str(path)
    arguments = ["validate", what, *options, "--format", "json", "--lang", "en"]
    quiet = (contextlib.redirect_stdout(said), contextlib.redirect_stderr(io.StringIO()))
    with contextlib.chdir(path if workspace else "."), quiet[0], quiet[1]:
        code = run(arguments)
    try:
        document = json.loads(said.getvalue())
    except ValueError as error:
        raise RuntimeError(f"no answer: ctk {shlex.join(arguments)}") from error
    base = path if workspace else Path()
    findings = tuple(
        found | {"file": (base / found["file"]).as_posix()} for found in document["findings"]
    )
    files = (row["file"] for row in document["data"].get("files", ()))
    told = {(base / file).as_posix() for file in files} | {found["file"] for found in findings}
    inbox = path / INBOX if workspace else path
    sent = [p for p in inbox.rglob("*") if p.is_file()] if path.is_dir() else [path]
    return Answer(
        name, code, findings, tuple(p.as_posix() for p in sent if p.as_posix() not in told)
    )
