"""The corpus as it is stored: made by the script, listed, small, and of every rule."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from corpus.checking import check_corpus
from corpus.key import FAIL, PASS, REMARKS, batches, read_key, read_options, read_passports
from corpus.score import score

from ctk.validate.rules import load_rules

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "data" / "corpus"
SOME = ("saved_by_libreoffice", "mostly_zero", "sex_sum_wrong", "half_a_file", "same_file_twice")


def test_every_rule_has_a_workbook_that_breaks_it():
    """No rule is without a planted defect that it is named for."""
    named = {rule for row in read_key(CORPUS) for rule in row.rules.split()}
    assert set(load_rules()) - named == set()


def test_names_only_rules_that_exist():
    """No defect waits for a rule that is gone."""
    named = {rule for row in read_key(CORPUS) for rule in f"{row.rules} {row.follows}".split()}
    assert {rule for rule in named if not rule.endswith("*")} - set(load_rules()) == set()


def test_what_should_pass_has_nothing_planted():
    """In should-pass nothing is planted, and in should-pass-with-remarks only infos."""
    kinds = {(row.file.partition("/")[0], row.severity) for row in read_key(CORPUS)}
    assert {kind for kind in kinds if kind[0] == PASS} == set()
    assert {kind for kind in kinds if kind[0] == REMARKS} == {(REMARKS, "info")}


def test_every_faulty_file_is_in_the_key():
    """No file of should-fail is without a planted defect, at least of its folder."""
    named = {row.file for row in read_key(CORPUS)}
    for batch in batches(CORPUS):
        name = batch.relative_to(CORPUS).as_posix()
        if name.startswith(FAIL):
            assert any(file == name or file.startswith(f"{name}/") for file in named), name


def test_everything_has_its_passport():
    """README.csv lists each file and folder, and nothing else; so do the options."""
    there = {b.relative_to(CORPUS).as_posix() + "/" * b.is_dir() for b in batches(CORPUS)}
    assert set(read_passports(CORPUS)) == there
    assert set(read_options(CORPUS)) <= there


def test_names_are_plain_words():
    """Files and folders are named for what is wrong, in words."""
    names = {batch.stem for batch in batches(CORPUS)}
    assert {name for name in names if not re.fullmatch(r"[a-z0-9_]{6,}", name)} == set()


def test_corpus_stays_small():
    """All of it takes less than 6 MB."""
    assert sum(path.stat().st_size for path in CORPUS.rglob("*") if path.is_file()) < 6_000_000


def test_corpus_is_what_the_script_makes():
    """The script, run again, gives the same cells and the same key."""
    command = [sys.executable, "scripts/make_corpus.py", "--check"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout


@pytest.fixture(scope="module")
def some():
    """A few batches, checked; `make corpus` checks them all."""
    answers = check_corpus(CORPUS, SOME)
    checked = {answer.batch for answer in answers}
    return score(answers, [row for row in read_key(CORPUS) if _of(row.file, checked)])


def _of(file, checked):
    return any(file == batch or file.startswith(batch) for batch in checked)


def test_some_of_it_is_found_without_false_alarms(some):
    """Planted defects are found, and nothing else is said."""
    assert (some.missed, some.alarms, some.faults) == ([], [], [])
    assert len(some.found) >= 4
