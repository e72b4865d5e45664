"""Help and documentation say what the program does."""

import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from ctk.cli.app import make_command
from ctk.messages import LANGUAGES, message
from ctk.report.documents import BUILT_IN, DEFAULT
from ctk.settings import Office, Settings, read_settings

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
EXAMPLE = {"vi": "Ví dụ:", "en": "Example:"}
OF_TYPER = {"install_completion", "show_completion"}
LEFT_OUT = "…"
_SAMPLES = "data/samples/467-2022-6m"
RECEIVED_BEFORE = {
    "ctk withdraw": (_SAMPLES,),
    "ctk history": (_SAMPLES,),
    "ctk confirm": (_SAMPLES, f"{_SAMPLES}-faulty/blank_cells.xlsx"),
    "ctk aggregate": (_SAMPLES,),
    "ctk report": (_SAMPLES,),
    "ctk dashboard": (_SAMPLES,),
    "ctk ledger export": (_SAMPLES,),
    "ctk ledger import": (_SAMPLES,),
    "ctk ledger purge": (_SAMPLES,),
}
"""What the examples of commands that work on the ledger take to have been received."""

CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
HOST = re.compile(r"\b(?:https?://)?((?:[a-z0-9-]+\.)+(?:org|com|net|io|dev|vn))\b")
KNOWN_HOSTS = {"keepachangelog.com", "semver.org", "vbpl.vn"}
FOLDER_OF_A_MACHINE = re.compile(r"(?<![\w.~/])/(?:home|root|tmp|work|mnt|opt|usr|Users)\b|C:\\")


def commands(lang):
    """All commands by their full name, as help in one language shows them."""
    found = {}

    def walk(command, name):
        found[name] = command
        for key, sub in getattr(command, "commands", {}).items():
            walk(sub, f"{name} {key}")

    walk(make_command(lang), "ctk")
    return found


COMMANDS = {lang: commands(lang) for lang in LANGUAGES}
LEAVES = [name for name, command in COMMANDS["vi"].items() if not hasattr(command, "commands")]


def examples(name, lang):
    """The command lines below "Example:" in a command's help."""
    _, marker, below = COMMANDS[lang][name].help.partition(EXAMPLE[lang])
    assert marker, f"{name}: no example in {lang}"
    return [line.strip() for line in below.splitlines() if line.strip()]


def console_blocks():
    """The console blocks: commands that follow each other, with the output that the page shows."""
    for page in PAGES:
        for block in CONSOLE.findall(page.read_text(encoding="utf-8")):
            _, *parts = re.split(r"^\$ ", block, flags=re.MULTILINE)
            steps = [part.partition("\n")[::2] for part in parts]
            yield pytest.param(steps, id=f"{page.name}: {steps[0][0][:60]}")


@pytest.fixture
def office(tmp_path):
    """A folder in which the examples run: the samples lie in it, and nothing else."""
    shutil.copytree(ROOT / "data" / "samples", tmp_path / "data" / "samples")
    return tmp_path


def run(line, folder):
    """Run one command line in a fresh process; gives exit code and what a terminal would show."""
    arguments = shlex.split(line)
    assert arguments[0] == "ctk"
    call = [sys.executable, "-c", "from ctk.cli.main import main; main()", *arguments[1:]]
    env = {name: value for name, value in os.environ.items() if name != "CTK_LANG"}
    done = subprocess.run(
        call, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False
    )
    return done.returncode, done.stdout + done.stderr


def plain(text):
    """Lines with single spaces: a page need not keep the width of columns."""
    return [" ".join(line.split()) for line in text.strip().splitlines()]


def test_every_command_has_help_in_both_languages():
    """No command is without help, and none shows the same text in both languages."""
    assert list(COMMANDS["vi"]) == list(COMMANDS["en"])
    for name in COMMANDS["vi"]:
        first = [COMMANDS[lang][name].help.strip().splitlines()[0] for lang in LANGUAGES]

        assert all(first), name
        assert first[0] != first[1], name


def test_every_option_has_help_in_both_languages():
    """Each option and argument is explained, in the language that was asked for."""
    for name in COMMANDS["vi"]:
        pairs = zip(*(COMMANDS[lang][name].params for lang in LANGUAGES), strict=True)
        for vi, en in pairs:
            if vi.name not in OF_TYPER:
                assert vi.help, f"{name}: {vi.name}"
                assert en.help, f"{name}: {en.name}"
                assert vi.help != en.help, f"{name}: {vi.name}"


@pytest.mark.parametrize("name", LEAVES)
def test_help_has_an_example_of_the_command_itself(name):
    """A command shows how it is called, alike in both languages."""
    lines = examples(name, "vi")

    assert lines
    assert examples(name, "en") == lines
    assert all(line.startswith(f"{name} ") or line == name for line in lines)


@pytest.mark.parametrize("name", LEAVES)
def test_examples_in_help_run(name, office):
    """What help shows can be typed as it stands, and ends without an error."""
    for received in RECEIVED_BEFORE.get(name, ()):
        run(f"ctk receive {received}", office)
    if name == "ctk ledger import":
        run("ctk ledger export ledger-2022.zip", office)
    for line in examples(name, "vi"):
        code, shown = run(line, office)

        assert code == 0, shown
        assert shown.strip()


def test_examples_of_decisions_name_what_the_samples_hold():
    """The receipt that the help withdraws is a file of the samples."""
    hashes = [
        hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (ROOT / "data" / "samples" / "467-2022-6m").glob("*.xlsx")
    ]
    (line,) = examples("ctk withdraw", "vi")
    assert sum(each.startswith(shlex.split(line)[2]) for each in hashes) == 1


@pytest.mark.parametrize("steps", list(console_blocks()))
def test_console_blocks_show_what_ctk_prints(steps, office):
    """The output on a page is that of the program; a line "…" stands for lines left out."""
    for command, output in steps:
        _, shown = run(command, office)
        pattern = "".join(
            r"(?:.*\n)*" if line == LEFT_OUT else re.escape(f"{line}\n") for line in plain(output)
        )

        assert re.fullmatch(pattern, "".join(f"{line}\n" for line in plain(shown))), shown


def test_readmes_show_the_three_commands():
    """Both readme files begin with validate, aggregate and report, then show an own form."""
    for name in ("README.md", "README.vi.md"):
        blocks = CONSOLE.findall((ROOT / name).read_text(encoding="utf-8"))
        shown = [block.split()[2] for block in blocks]

        assert shown == ["validate", "aggregate", "report", "init"]


def test_generated_pages_are_up_to_date():
    """The pages that a script makes from the program are as it would make them now."""
    call = [sys.executable, str(ROOT / "scripts" / "make_docs.py"), "--check"]
    done = subprocess.run(call, capture_output=True, encoding="utf-8", check=False)

    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def anchors(page):
    """The anchors that a page's headings get, as code hosting sites make them."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    kept = (re.sub(r"[^\w\- ]", "", title.lower()) for title in HEADING.findall(text))
    return {title.replace(" ", "-") for title in kept}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_relative_links_lead_somewhere(page):
    """Every link to a file of the project finds the file, and the heading if one is named."""
    for link in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page

        assert target.is_file(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_name_no_machine_and_no_other_host(page):
    """No page names a folder of somebody's machine, or a host besides the few that it is about."""
    text = page.read_text(encoding="utf-8")

    assert FOLDER_OF_A_MACHINE.findall(text) == []
    assert set(HOST.findall(text)) - KNOWN_HOSTS == set()


def test_the_settings_shown_are_accepted(tmp_path):
    """The example of ctk.toml can be copied as it stands, and shows every setting."""
    page = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```toml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "ctk.toml").write_text(example, encoding="utf-8")

    settings = read_settings(tmp_path / "ctk.toml")
    shown = tomllib.loads(example)
    assert settings.unit == "467"
    assert set(shown) == {each.name for each in fields(Settings)} - {"file"} | {"ctk"}
    assert set(shown["office"]) == {each.name for each in fields(Office)}


def test_all_dependencies_are_explained():
    """Each package of pyproject.toml has its line on the page of dependencies."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")

    explained = re.findall(r"^\| ([\w-]+) \|", page, re.MULTILINE)
    assert {re.split(r"[\[>]", each)[0] for each in wanted} == set(explained) - {"Package"}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_help_names_the_forms_that_a_report_can_have(lang):
    """The forms that help offers for `--form` are forms, and both single ones are offered."""
    offered = set(re.findall(r"[A-Z]+\d+-[IVX]+", message("help.report.form", lang)))
    assert offered <= {document.id for document in BUILT_IN} - {DEFAULT}
    assert {"TT13-I", "TT13-II"} <= offered
