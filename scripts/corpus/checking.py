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
    said = io.StringIO()
    arguments = ["validate", str(path), *options, "--format", "json", "--lang", "en"]
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(io.StringIO()):
        code = run(arguments)
    try:
        document = json.loads(said.getvalue())
    except ValueError as error:
        raise RuntimeError(f"no answer: ctk {shlex.join(arguments)}") from error
    findings = tuple(
        found | {"file": Path(found["file"]).as_posix()} for found in document["findings"]
    )
    files = (row["file"] for row in document["data"].get("files", ()))
    told = {Path(file).as_posix() for file in files} | {found["file"] for found in findings}
    sent = [p for p in path.rglob("*") if p.is_file()] if path.is_dir() else [path]
    return Answer(
        name, code, findings, tuple(p.as_posix() for p in sent if p.as_posix() not in told)
    )
