"""Makes the corpus under data/corpus: workbooks with known defects, and odd ones that are right.

    python scripts/make_corpus.py           writes it again
    python scripts/make_corpus.py --check   tells whether the stored one still holds these cells

The figures depend on nothing but codes of units and periods, so they are always the same.
Files that another program saved are kept as they are (README.csv says which one);
`--kept` makes them again as well and needs LibreOffice and msoffcrypto-tool.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from corpus.collection import make_all
from corpus.makers import MAKERS
from corpus.stored import clear, differences

CORPUS = Path(__file__).parents[1] / "data" / "corpus"


def main() -> int:
    """Write the corpus, or check it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--kept", action="store_true", help="also what other programs save")
    asked = parser.parse_args()
    if asked.check:
        return _check()
    clear(CORPUS)
    made = make_all(CORPUS, MAKERS, kept=asked.kept)
    size = sum(path.stat().st_size for path in CORPUS.rglob("*") if path.is_file())
    print(f"{CORPUS}: {len(made.passports)} files and folders, {size / 1e6:.1f} MB")
    return 0


def _check() -> int:
    with tempfile.TemporaryDirectory() as fresh:
        make_all(Path(fresh), MAKERS)
        changed = differences(CORPUS, Path(fresh))
    print("\n".join(f"differs: {name}" for name in changed) or "the corpus is as the script says")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
