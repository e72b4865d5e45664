"""Writes the reference pages of docs/ from the program itself.

`python scripts/make_docs.py` writes docs/cli.md, docs/rules.md, docs/indicators.md and
docs/template-names.md;
with `--check` it writes nothing and exits 1 if a page differs from what it would write.
"""

from __future__ import annotations

import argparse
import os
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

os.environ["TYPER_USE_RICH"] = "0"  # help is printed plainly, as ctk itself does

from names_page import names_page

from ctk.cli.app import make_command
from ctk.indicators import (
    COMMUNES,
    Catalogue,
    Element,
    FormTable,
    Indicator,
    Measure,
    load_catalogue,
)
from ctk.messages import LANGUAGES, message
from ctk.validate.relations import relations_of
from ctk.validate.rules import Rule, load_rules

DOCS = Path(__file__).resolve().parent.parent / "docs"
WIDTH = 80
MADE = "<!-- Made by scripts/make_docs.py; do not edit by hand. -->"
LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}
CLI_HEAD = """\
# Command line

What `ctk COMMAND --help` prints, in Vietnamese (the default) and in English (`--lang en`).
Exit codes, output formats and their keys are in [contract.md](contract.md)."""

RULES_HEAD = """\
# Rules of checking

`ctk validate` knows {rules} rules; `ctk rules show V401` prints one of them.
An error makes the exit code 1, a warning or a remark does not.
Words in braces are filled in for each finding.
Rules between figures are derived from the catalogue of indicators,
and the number of relations that follow from it is given.
A relation is tested only where all its figures are there."""

ERRORS_HEAD = """\
## Lỗi không phải do số liệu · Errors that are no findings

A file that cannot be read is told by rule V101 in the words below;
the other files go on, and the exit code is 3.
A command that cannot mean anything ends at once with exit code 2.

| Code | Lỗi và cách xử lý | Error and what to do |
|---|---|---|"""

INDICATORS_HEAD = """\
# Indicators of Circular 13/2021/TT-BLĐTBXH

{indicators} indicators, {measures} measures (figures that are reported)
and {elements} elements (figures that a commune types in).
Vietnamese names of indicators and measures, formulas, breakdowns and page numbers are those of the
Circular (Official Gazette 933+934 of 9 November 2021); English names are working translations.
Elements are what ctk asks a commune for; how they are used is told in
[methodology.md](methodology.md).

How to read the tables:

- *Formula*: ids of elements; a rate is recomputed from sums at every level.
  `units.communes` is the number of communes in the table of units, nobody types it.
  *part of*: the Circular makes the numerator a part of the denominator.
- *Adds*: how a figure behaves over time; over area all of them add.
  `event` something that happens in the period, `stock` what there is on its last day,
  `distinct` children of the period, each counted once, `cumulative` since the start of the year,
  `school_year` of a school year, `yes_no` yes (1) or no (0) of a commune.
- *Asked*: the periods whose form has the row.
  *optional*: the row stands on the last sheet and may stay blank.
- *Relations*: what is checked within a file.
  `≤ A` is not above A, `= A + B` has A and B as its parts,
  `≤ A + B` is not above the sum of groups that may overlap,
  *same as* A counts the same thing,
  *else* A stands in for the row where a form does not ask it."""

DIMENSIONS = {"sex": "sex", "age": "age group", "ethnicity": "ethnic minority"}


def main() -> int:
    """Write the pages, or with `--check` name those that differ; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    check = parser.parse_args().check
    stale = [path for path, text in pages() if _read(path) != text]
    for path, text in pages():
        if path in stale and not check:
            path.write_text(text, encoding="utf-8", newline="\n")
    for path in stale:
        print(f"{'differs' if check else 'written'}: docs/{path.name}")
    return int(check and bool(stale))


def pages() -> Iterator[tuple[Path, str]]:
    """Each page's path and text."""
    made: dict[str, Callable[[], Iterable[str]]] = {
        "cli.md": cli_page,
        "rules.md": rules_page,
        "indicators.md": indicators_page,
        "template-names.md": names_page,
    }
    for name, make in made.items():
        yield DOCS / name, "\n".join([MADE, "", *make()]).rstrip() + "\n"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


# --- docs/cli.md


def cli_page() -> Iterator[str]:
    """The help of every command in both languages."""
    yield CLI_HEAD
    helps = {lang: dict(walk(make_command(lang), "ctk")) for lang in LANGUAGES}
    for name in helps["vi"]:
        yield from ("", f"## {name}")
        for lang in LANGUAGES:
            yield from ("", LANGUAGE_NAMES[lang], "", "```text", helps[lang][name], "```")


def walk(command: Any, name: str, parent: Any = None) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Each command's full name and help, groups before their commands."""
    context = command.make_context(
        name.split()[-1], [], parent=parent, resilient_parsing=True, terminal_width=WIDTH
    )
    yield name, "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    for key, sub in getattr(command, "commands", {}).items():
        yield from walk(sub, f"{name} {key}", context)


# --- docs/rules.md


def rules_page() -> Iterator[str]:
    """All rules by category, then the errors that are no findings."""
    rules = tuple(load_rules().values())
    relations = Counter(relation.rule for relation in relations_of(load_catalogue()))
    yield RULES_HEAD.format(rules=len(rules))
    for category, group in groupby(rules, key=lambda rule: rule.category):
        yield from ("", f"## {category.title_vi} · {category.title_en}")
        for rule in group:
            yield from _rule(rule, relations[rule.id])
    yield from _errors()


def _rule(rule: Rule, relations: int) -> Iterator[str]:
    severities = [message(f"cli.severity.{rule.severity}", lang) for lang in LANGUAGES]
    yield from ("", f"### {rule.id} {rule.title_vi}", "")
    yield f"{rule.title_en} · **{severities[0]}** ({severities[1].lower()})"
    yield ""
    yield f"- Thông báo: {rule.message_vi}"
    yield f"- Cách sửa: {rule.remedy_vi}"
    yield f"- Message: {rule.message_en}"
    yield f"- Remedy: {rule.remedy_en}"
    yield f"- Ví dụ: {rule.example_vi}"
    yield f"- Example: {rule.example_en}"
    for expression in rule.expressions:
        yield f"- `{expression.text}`"
    if relations:
        yield f"- Số quan hệ · Relations: {relations}"
    if rule.limits:
        limits = ", ".join(f"`{name} = {value:g}`" for name, value in rule.limits.items())
        yield f"- Ngưỡng · Limits: {limits}"
    if rule.law:
        yield f"- Căn cứ · Law: {rule.law}"


def _errors() -> Iterator[str]:
    texts = {lang: _error_texts(lang) for lang in LANGUAGES}
    yield from ("", ERRORS_HEAD)
    for code, vi in texts["vi"].items():
        en = texts["en"][code]
        yield _row((f"`{code}`", f"{vi['title']} {vi['hint']}", f"{en['title']} {en['hint']}"))


def _error_texts(lang: str) -> dict[str, dict[str, str]]:
    text = files("ctk.messages").joinpath(f"errors.{lang}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


# --- docs/indicators.md


def indicators_page() -> Iterator[str]:
    """All indicators by group, with measures, formulas and elements."""
    catalogue = load_catalogue()
    yield _indicators_head(catalogue)
    for section in catalogue.sections:
        appendix = section.id.partition(".")[0]
        where = f"Appendix {appendix}, " if "." in section.id else ""
        yield from ("", f"## {section.id} {section.title_vi}", "")
        yield f"{section.title_en} ({where}sheet `{section.sheet}` of the workbook)"
        for indicator in catalogue.indicators:
            if indicator.section == section.id:
                yield from _indicator(catalogue, indicator)
        for form in catalogue.forms:
            if form.section == section.id:
                yield from _form(form)


def _form(form: FormTable) -> Iterator[str]:
    """What an official form asks besides the indicators."""
    yield from ("", f"### {form.id} {form.name_vi}", "", form.name_en, "", f"- {form.source}")
    if form.measures:
        yield from ("", "| Rate | Name | Unit | Formula |", "|---|---|---|---|")
    for measure in form.measures:
        yield _row((f"`{measure.id}`", measure.label_vi, measure.unit, formula(measure)))
    if form.elements:
        yield from _element_rows(form.elements)


def _indicators_head(catalogue: Catalogue) -> str:
    return INDICATORS_HEAD.format(
        indicators=len(catalogue.indicators),
        measures=len(catalogue.measures),
        elements=len(catalogue.elements),
    )


def _indicator(catalogue: Catalogue, indicator: Indicator) -> Iterator[str]:
    yield from ("", f"### {indicator.id} {indicator.name_vi}", "")
    yield f"{indicator.name_en}"
    yield ""
    if indicator.name_vi_content:
        yield f"- Name in the content appendix: {indicator.name_vi_content}"
    since = indicator.in_force_from.isoformat()
    yield f"- In force from {since}; published: {_words(indicator.period)}"
    yield f"- Sources: {_words(indicator.sources)}; lead agency: {indicator.lead_agency_vi}"
    yield f"- Breakdowns: {'; '.join(indicator.disaggregations) or 'none'}"
    yield f"- Official Gazette, pages {', '.join(map(str, indicator.gazette_pages))}"
    yield from ("", "| Measure | Name | Unit | Formula |", "|---|---|---|---|")
    for measure in indicator.measures:
        yield _row((f"`{measure.id}`", measure.label_vi, measure.unit, formula(measure)))
    yield from _elements(catalogue, indicator)


def formula(measure: Measure) -> str:
    """A measure by the ids of its elements, "`a` / `b` × 100"."""
    above = _sum(measure.numerator)
    if measure.is_count:
        return above
    above, below = (
        f"({text})" if " + " in text else text for text in (above, _sum(measure.denominator))
    )
    multiplier = f"{measure.multiplier:,}".replace(",", ".")
    return f"{above} / {below} × {multiplier}" + (" (part of)" if measure.subset else "")


def _sum(ids: Sequence[str]) -> str:
    return " + ".join(f"`{id_}`" for id_ in ids)


def _elements(catalogue: Catalogue, indicator: Indicator) -> Iterator[str]:
    if not indicator.elements:
        used = {id_ for m in indicator.measures for id_ in m.numerator + m.denominator}
        owners = {catalogue.element(id_).indicator for id_ in used if id_ != COMMUNES}
        yield from ("", f"No rows of its own: computed from rows of {', '.join(sorted(owners))}.")
        return
    yield from _element_rows(indicator.elements)


def _element_rows(elements: Sequence[Element]) -> Iterator[str]:
    titles = ("Mã số", "Element", "Unit", "Adds", "Broken down by", "Asked", "Relations")
    yield from ("", _row(titles), "|---|---|---|---|---|---|---|")
    for element in elements:
        names = f"{element.name_vi}<br>*{element.name_en}*"
        asked = ", ".join(element.asked) + (" (optional)" if element.place == "optional" else "")
        by = ", ".join(DIMENSIONS[name] for name in element.breakdowns)
        relations = "<br>".join(_relations(element))
        yield _row((f"`{element.id}`", names, element.unit, element.adds, by, asked, relations))


def _relations(element: Element) -> Iterator[str]:
    yield from (f"= {_sum(parts)}" for parts in element.sum_of)
    yield from (f"≤ {_sum(parts)}" for parts in element.at_most_sum_of)
    yield from (f"≤ `{whole}`" for whole in element.within)
    yield from (f"same as `{twin}`" for twin in element.equals)
    if element.same_as:
        yield f"else {_sum(element.same_as)}"


def _words(keys: Iterable[str]) -> str:
    return ", ".join(key.replace("_", " ") for key in keys)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


if __name__ == "__main__":
    sys.exit(main())
