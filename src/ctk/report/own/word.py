"""Fills a .docx template through docxtpl: the same names and functions as in a spreadsheet."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2.exceptions import TemplateError, TemplateSyntaxError
from lxml.etree import LxmlError

from ctk.errors import UsageError
from ctk.messages import message
from ctk.report.copies import copy_status
from ctk.report.own.functions import make_environment
from ctk.report.own.problems import Problem, Problems
from ctk.report.own.sandbox import fault_of
from ctk.report.own.tags import loop_head, typed_plainly
from ctk.workbook.annotate.markup import local, parse
from ctk.workbook.annotate.package import Package
from ctk.workbook.fill.broken import told_as_broken
from ctk.workbook.fill.identity import clear_identity, drop_template_path, outside_links

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctk.report.context import ReportContext
    from ctk.report.own.sandbox import Environment

_FAILURES = (TypeError, ArithmeticError, RecursionError)
_CONTROL = re.compile("[\x00-\x1f]+")
_OUTPUT = re.compile(r"\{\{(?:tr|tc|p|r)?\s(.*?)\}\}|\{\{(.*?)\}\}", re.DOTALL)
_STATEMENT = re.compile(r"\{%[-+]?\s*(?:tr|tc|p|r)?\s*(for|if|elif)\s+(.*?)[-+]?%\}", re.DOTALL)
_LONGEST_PLACE = 60


class _Template(DocxTemplate):  # type: ignore[misc]
    """Reads placeholders as people type them."""

    def patch_xml(self, src_xml: str) -> str:
        """Put each placeholder into one piece of text, its quotes straight."""
        return typed_plainly(super().patch_xml(src_xml))


def fill_word(data: bytes, file: Path, context: ReportContext) -> bytes:
    """Fill a template.

    Args:
        data: The template.
        file: Its name, for messages.
        context: The report.

    Raises:
        FaultyTemplateError: Something in it means nothing; all of it is told.
        UsageError: It cannot be read, holds macros or links, or turns for ever.
    """
    problems = Problems()
    with told_as_broken(file.name):
        package = Package(data)
        _refuse(package, file)
        paragraphs = list(_paragraphs(package))
    environment = make_environment(context, problems, _one_line)
    environment.scope = {name for text in paragraphs for name in _loop_names(text)} | {"loop"}
    for text in paragraphs:
        _check(text, environment, problems, context.lang)
    problems.raise_if_any(file)
    filled = _rendered(data, file, environment, problems)
    _find_places(problems, paragraphs, context.lang)
    problems.raise_if_any(file)
    with told_as_broken(file.name):
        return _without_identity(filled, copy_status(context))


def _refuse(package: Package, file: Path) -> None:
    if any("vbaproject" in name.lower() for name in package.names()):
        raise UsageError("template_macros", file=file.name)
    if links := outside_links(package):
        raise UsageError("template_links", file=file.name, links="; ".join(links))


def _paragraphs(package: Package) -> Iterator[str]:
    """The texts of paragraphs that hold placeholders, in the body, heads, feet and notes."""
    for part in package.names():
        if not part.lower().startswith("word/") or not part.endswith(".xml"):
            continue
        for each in parse(package.read(part)).iter():
            if local(each) == "p":
                text = "".join(t.text or "" for t in each.iter() if local(t) == "t")
                if "{{" in text or "{%" in text:
                    yield typed_plainly(text)


def _loop_names(text: str) -> Iterator[str]:
    for kind, rest in _STATEMENT.findall(text):
        if kind == "for" and (head := loop_head(rest.strip())):
            yield head.name


def _check(text: str, environment: Environment, problems: Problems, lang: str) -> None:
    """Look at each placeholder by itself, so that all faults are told with their paragraph."""
    problems.place = _place(text, lang)
    for opening, closing in (("{{", "}}"), ("{%", "%}")):
        if text.count(opening) != text.count(closing):
            problems.add("unclosed", opening)
            return
    sources = [first or second for first, second in _OUTPUT.findall(text)]
    for kind, rest in _STATEMENT.findall(text):
        head = loop_head(rest.strip()) if kind == "for" else None
        if kind == "for" and head is None:
            problems.add("loop_head", rest)
        else:
            sources.append(head.items if head else rest)
    for source in sources:
        try:
            environment.expression(source)
        except TemplateSyntaxError as error:
            problems.add(*fault_of(error))
        except RecursionError:
            problems.add("syntax", source)


def _rendered(data: bytes, file: Path, environment: Environment, problems: Problems) -> bytes:
    problems.place = ""
    target = BytesIO()
    try:
        with told_as_broken(file.name):
            template = _Template(BytesIO(data))
            template.render({}, environment, autoescape=True)
            template.save(target)
    except TemplateError as error:
        context = " ".join(" ".join(getattr(error, "docx_context", ())).split())
        code, said = fault_of(error)
        problems.add(code, f"{said} ({context})" if context else said)
    except _FAILURES as error:
        problems.add("failed", error)
    except (PackageNotFoundError, LxmlError) as error:
        raise UsageError("template_broken", file=file.name, reason=type(error).__name__) from error
    return target.getvalue()


def _find_places(problems: Problems, paragraphs: list[str], lang: str) -> None:
    """Say in which paragraph something stands that was found wrong while filling."""
    for i, problem in enumerate(problems.found):
        where = next((text for text in paragraphs if problem.found and problem.found in text), "")
        if where and not problem.place:
            problems.found[i] = Problem(
                problem.code, problem.found, problem.nearest, _place(where, lang), problem.known
            )


def _place(text: str, lang: str) -> str:
    shown = text if len(text) <= _LONGEST_PLACE else text[: _LONGEST_PLACE - 1] + "…"
    return message("own.place.text", lang, text=shown)


def _without_identity(data: bytes, category: str) -> bytes:
    package = Package(data)
    clear_identity(package, category)
    drop_template_path(package)
    return package.save()


def _one_line(text: str) -> str:
    """Line breaks and tabs in a value would become Word's own."""
    return _CONTROL.sub(" ", text)
