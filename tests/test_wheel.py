"""The wheel, installed without the source tree: it holds all data, and every command works."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
SAMPLES = ROOT / "data" / "samples"
CLEAN = SAMPLES / "467-2022-6m"

pytestmark = pytest.mark.slow

CODE_PAGES = {
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "C": {"LC_ALL": "C"},
    "ASCII": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}
FILE_CODE_PAGES = {name: CODE_PAGES[name] for name in ("cp1252", "C")}
"""Where the file system itself takes only ASCII, no Vietnamese file name can be written."""


def run(command, folder, **env):
    """Run a command away from the source tree; gives its exit code and its bytes."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=clean | env,
        capture_output=True,
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel as pip builds it from this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    ran = run([*pip, "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT], folder)
    assert ran.returncode == 0, ran.stderr.decode()
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Folder of programs of a fresh environment that holds the wheel and what it depends on."""
    folder = tmp_path_factory.mktemp("installed")
    venv = folder / "venv"
    assert run([sys.executable, "-m", "venv", venv], folder).returncode == 0
    programs = venv / ("Scripts" if os.name == "nt" else "bin")
    pip = [programs / "python", "-m", "pip", "--disable-pip-version-check"]
    # Compiling what is never imported would take most of the time.
    ran = run([*pip, "install", "--quiet", "--no-compile", wheel], folder)
    assert ran.returncode == 0, ran.stderr.decode()
    return programs


@pytest.fixture
def ctk(installed, tmp_path):
    """Runs the installed program in an empty folder."""
    return lambda *args, **env: run([installed / "ctk", *args], tmp_path, **env)


def test_wheel_holds_every_data_file(wheel):
    """Code lists, catalogue, rules, layouts, wording, templates: what lies beside the code."""
    files = [path for path in (SOURCE / "ctk").rglob("*") if path.is_file()]
    wanted = {path.relative_to(SOURCE).as_posix() for path in files if path.suffix != ".pyc"}
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())

    assert {".toml", ".csv", ".j2", ".typed"} <= {Path(name).suffix for name in wanted}
    assert wanted - names == set()
    assert {"LICENSE", "NOTICE"} <= {Path(name).name for name in names}
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"ctk", "ctk_circular13"}


def test_program_is_the_installed_one(installed, tmp_path):
    """Nothing is imported from the source tree."""
    ran = run([installed / "python", "-c", "import ctk; print(ctk.__file__)"], tmp_path)
    found = Path(ran.stdout.decode().strip())

    assert installed.parent in found.parents
    assert SOURCE not in found.parents


@pytest.mark.parametrize(
    "args",
    [
        ("--help",),
        ("--version",),
        ("indicators", "list"),
        ("indicators", "show", "I-0301"),
        ("units", "list", "--within", "12", "--at", "2026-06-30"),
        ("units", "find", "Tà Rụt", "--at", "2022-06-30"),
        ("units", "convert", "19588", "--at", "2022-06-30"),
        ("rules", "list"),
        ("forms", "list"),
        ("validate", CLEAN, "--period", "2022-6m"),
        ("read", CLEAN / "19588 Tà Rụt 2022-6m.xlsx"),
        ("aggregate", CLEAN, "--level", "district"),
    ],
    ids=lambda args: " ".join(map(str, args[:2])).partition(str(SAMPLES))[0],
)
def test_command_works_after_installation(ctk, args):
    """Exit code 0 and something on stdout; no traceback."""
    ran = ctk(*args)

    assert (ran.returncode, b"Traceback" in ran.stderr) == (0, False), ran.stderr.decode()
    assert ran.stdout.strip()


def test_template_aggregate_and_report_write_workbooks(ctk, tmp_path):
    """The installed program writes blank forms, totals and appendices."""
    for args in (
        ("template", "--unit", "467", "--period", "2022-6m", "-o", "blank"),
        ("aggregate", CLEAN, "--level", "district", "-o", "total.xlsx"),
        ("report", CLEAN, "--period", "2022-6m", "--unit", "467", "-o", "report"),
    ):
        ran = ctk(*args)
        assert ran.returncode == 0, ran.stderr.decode()

    assert len(list((tmp_path / "blank").glob("*.xlsx"))) == 13
    assert (tmp_path / "total.xlsx").stat().st_size
    assert list((tmp_path / "report").glob("*.xlsx"))


def test_faulty_files_end_with_their_exit_codes(ctk):
    """1 for a finding, 3 for a file that cannot be read, 2 for wrong usage."""
    faulty = SAMPLES / "467-2022-6m-faulty"
    codes = [
        ctk("validate", faulty / "sex_sum_wrong.xlsx").returncode,
        ctk("validate", faulty).returncode,
        ctk("validate", CLEAN, "--period", "when").returncode,
    ]
    assert codes == [1, 3, 2]


@pytest.mark.parametrize("env", CODE_PAGES.values(), ids=CODE_PAGES)
@pytest.mark.parametrize("output_format", ["human", "json", "csv"])
def test_output_is_utf8_whatever_the_code_page(ctk, env, output_format):
    """Vietnamese names come out whole where the system's code page lacks their letters."""
    at = ("--at", "2022-06-30", "--format", output_format)
    ran = ctk("units", "show", "19588", *at, **env)

    assert ran.returncode == 0, ran.stderr.decode()
    assert "Tà Rụt" in ran.stdout.decode("utf-8-sig")


@pytest.mark.parametrize("env", FILE_CODE_PAGES.values(), ids=FILE_CODE_PAGES)
def test_files_are_written_and_named_in_utf8_whatever_the_code_page(ctk, tmp_path, env):
    """Messages and the names of files do not depend on the code page either."""
    ran = ctk("template", "--unit", "19588", "--period", "2022-6m", "-o", "blank", **env)

    assert ran.returncode == 0, ran.stderr.decode()
    assert [path.name for path in (tmp_path / "blank").iterdir()] == ["19588 Tà Rụt 2022-6m.xlsx"]
    assert "Đã lập 1 biểu mẫu" in ran.stderr.decode()


def test_csv_begins_with_the_mark_that_excel_needs(ctk):
    """CSV starts with a byte order mark, once; JSON with none."""
    args = ("units", "find", "Tà Rụt", "--at", "2022-06-30", "--format")
    csv, document = (ctk(*args, name).stdout for name in ("csv", "json"))

    assert csv.startswith(b"\xef\xbb\xbfcode,")
    assert csv.count(b"\xef\xbb\xbf") == 1
    assert json.loads(document)["data"]["units"][0]["code"] == "19588"
    assert not document.startswith(b"\xef\xbb\xbf")
