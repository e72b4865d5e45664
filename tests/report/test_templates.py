"""Texts as data: complete in both languages, and strict."""

import tomllib
from importlib.resources import files

import pytest
from jinja2 import UndefinedError

from ctk.report.templates import render, table


def keys(raw, path=()):
    """Paths of all sentences of a TOML table."""
    if not isinstance(raw, dict):
        return {path}
    return {key for name, value in raw.items() for key in keys(value, (*path, name))}


def test_both_languages_have_the_same_sentences():
    """Only the units of measurement, Vietnamese in the catalogue, are in one language."""
    texts = [
        tomllib.loads(files("ctk.messages").joinpath(f"report.{lang}.toml").read_text("utf-8"))
        for lang in ("vi", "en")
    ]
    vietnamese, english = (keys(text) for text in texts)
    assert {("units", name) for name in texts[1]["units"]} == english - vietnamese
    assert not vietnamese - english


def test_a_value_that_is_not_given_is_an_error():
    """A missing name is a fault, not an empty place on a signed paper."""
    with pytest.raises(UndefinedError):
        render("signature", "vi", place="Krông Klang")


def test_a_value_cannot_break_its_line():
    """Bars and line breaks in a setting do not shift it into another cell."""
    lines = render("footnotes", "vi", marks=[], stated=[], notes=["a | b\nc"], months=12)
    assert lines[1] == ("footnote", "- a / b c")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_line_names_a_style(lang):
    """A template line whose style does not exist would fail only when printed."""
    given = dict.fromkeys(
        ["superior", "agency", "receiver", "unit", "annex", "title", "period", "coverage"], "x"
    ) | dict.fromkeys(["place", "prepared_by", "checked_by", "signatory_name"], "x")
    given |= {"signatory_title": "", "cut_off": "", "kinds": "x", "notes": ["x"], "months": 6}
    given |= {"several_cut_offs": True, "has_special_zones": True, "copy": "x"}
    given |= {"marks": [("(1)", "x")], "stated": ["x"], "comparison": ["x"]}
    for name, parts in (
        ("heading", 2),
        ("footnotes", 2),
        ("matrix_footnotes", 2),
        ("remarks", 3),
        ("signature", 4),
        ("explaining_heading", 3),
    ):
        lines = render(name, lang, **given)
        assert {parts} == {len(line) for line in lines}
        assert {line[0] for line in lines} <= set(table("styles"))
