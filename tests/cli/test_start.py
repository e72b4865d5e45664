"""How the program starts: what it loads, in which encoding it speaks."""

import os
import subprocess
import sys

import pytest

HEAVY = ("pandas", "pandera", "rich", "openpyxl", "python_calamine", "xlsxwriter", "jinja2")
SCRIPT = """
import sys
from ctk.cli.main import run
code = run(sys.argv[1:])
heavy = [name for name in {heavy!r} if name in sys.modules]
sys.stderr.write(f"code={{code}} loaded={{heavy}}")
"""
# Workers start by importing the main module again, which must not run ctk then.
MAIN = """
from ctk.cli.main import main
if __name__ == "__main__":
    main()
"""


def start(*arguments, script=None, **environment):
    """Run ctk in a process of its own."""
    source = script or SCRIPT.format(heavy=HEAVY)
    return subprocess.run(
        [sys.executable, "-c", source, *arguments],
        capture_output=True,
        env=os.environ | environment,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["validate", "--help"],
        ["--version"],
        ["units", "find", "Tà Rụt", "--at", "2022-10-01", "--format", "json"],
    ],
    ids=" ".join,
)
def test_light_commands_load_nothing_heavy(arguments):
    """Help and look-ups answer at once: no table library, no reader, no terminal library."""
    done = start(*arguments)
    assert done.stderr == b"code=0 loaded=[]"
    assert done.stdout


@pytest.mark.parametrize("encoding", ["cp1252", "cp1258", "ascii"])
def test_utf8_on_any_code_page(encoding):
    """On a console of another code page the output is still UTF-8."""
    done = start("units", "show", "467", "--at", "2022-10-01", PYTHONIOENCODING=encoding,
                 script="from ctk.cli.main import main; main()")  # fmt: skip
    assert done.returncode == 0
    assert "Đa Krông" in done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("level", "wanted"),
    [("commune", 10), ("country", 0)],
    ids=["in the middle", "before the start"],
)
def test_a_closed_pipe_is_no_fault(level, wanted):
    """A reader that stops reading, as `head` does, leaves no traceback and no 1."""
    script = "from ctk.cli.main import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", script, "units", "list", "--at", "2022-10-01", "--level", level,
         "--format", "csv"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        process.stdout.read(wanted)
        process.stdout.close()
        errors = process.stderr.read()
    assert (process.returncode, errors) == (0, b"")


def test_real_workers_and_exit_code(tmp_path):
    """The whole program, with its workers, on a good and a bad file."""
    from workbooks import book

    book(tmp_path / "a.xlsx", {"I-0103": [3]})
    (tmp_path / "b.xlsx").write_bytes(b"rubbish")
    done = start("validate", str(tmp_path), "--format", "csv", CTK_LANG="en",
                 script=MAIN)  # fmt: skip
    assert done.returncode == 3
    assert done.stdout.startswith(b"\xef\xbb\xbffile,sheet,cell")
    assert b"V101" in done.stdout
    assert b"Traceback" not in done.stderr
