"""A few spoiled workbooks, always the same: `ctk validate` answers for each of them."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_forty_spoiled_files():
    """No traceback, no exit code but 0, 1 and 3, no file without an answer."""
    command = [sys.executable, "scripts/fuzz.py", "--seed", "3", "--count", "40"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.startswith("40 files")
    assert "faults: 0" in run.stdout
