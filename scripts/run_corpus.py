"""Checks the corpus under data/corpus and prints recall and false alarms.

python scripts/run_corpus.py            all of it; exit code 1 if anything is missed or cries wolf
python scripts/run_corpus.py WORD…      only files and folders whose path holds one of the words
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from corpus.checking import check_corpus
from corpus.key import CATEGORIES, read_key
from corpus.score import score, unproven_rules
from corpus.table import lines

from ctk.validate.rules import load_rules

CORPUS = Path(__file__).parents[1] / "data" / "corpus"


def main() -> int:
    """Check, print, and say by the exit code whether all is well."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("words", nargs="*")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    asked = parser.parse_args()
    answers = check_corpus(asked.corpus, asked.words)
    checked = {answer.batch for answer in answers}
    key = [row for row in read_key(asked.corpus) if not asked.words or _in(row.file, checked)]
    result = score(answers, key)
    unproven = [] if asked.words else unproven_rules(load_rules(), result)
    files = [
        path.name
        for category in CATEGORIES
        for path in (asked.corpus / category).rglob("*")
        if path.is_file()
    ]
    print("\n".join(lines(result, files, unproven)))
    return 0 if result.is_good and not unproven else 1


def _in(file: str, checked: set[str]) -> bool:
    return any(file == batch or file.startswith(batch) for batch in checked)


if __name__ == "__main__":
    sys.exit(main())
