"""What `ctk report` can write: every document by the id that `--form` names."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from ctk.errors import UsageError
from ctk.messages import message
from ctk.report.context import ReportContext

Row = dict[str, str]
Writer = Callable[[ReportContext, Path, bool], list[Row]]


@dataclass(frozen=True, slots=True)
class Document:
    """One document that a report may consist of.

    Args:
        id: What `--form` names, and what stands in the file's name.
        kind: `xlsx` or `docx`.
        write: Writes it for a context into a folder, replacing a file only if told so, and gives
            the rows of the JSON contract: file, unit, form.
        own_title: Title of an office's own template; that of a built-in one is a message.
    """

    id: str
    kind: str
    write: Writer
    own_title: str = ""

    def title(self, lang: str) -> str:
        """The document's name in words."""
        return self.own_title or message(f"report.document.{self.id}", lang)


def _appendices(form: str, appendices: tuple[str, ...]) -> Document:
    def write(context: ReportContext, out_dir: Path, force: bool) -> list[Row]:
        from ctk.report.appendices import write_appendices  # noqa: PLC0415  (only when asked for)

        return write_appendices(context, out_dir, form, appendices, force=force)

    return Document(form, "xlsx", write)


def _official(form: str) -> Document:
    def write(context: ReportContext, out_dir: Path, force: bool) -> list[Row]:
        from ctk.report.official import write_official  # noqa: PLC0415  (only when asked for)

        return write_official(context, out_dir, form, force=force)

    return Document(form, "xlsx", write)


def _apart(form: str, appendices: tuple[str, ...]) -> Document:
    def write(context: ReportContext, out_dir: Path, force: bool) -> list[Row]:
        from ctk.report.appendices import write_separately  # noqa: PLC0415  (only when asked for)

        return write_separately(context, out_dir, appendices, force=force)

    return Document(form, "xlsx", write)


def _covering(form: str) -> Document:
    def write(context: ReportContext, out_dir: Path, force: bool) -> list[Row]:
        from ctk.report.own.covering import write_covering  # noqa: PLC0415  (only when asked for)

        return write_covering(context, out_dir, form, force=force)

    return Document(form, "docx", write)


def _targets(context: ReportContext, out_dir: Path, force: bool) -> list[Row]:
    from ctk.report.targets.book import write_targets  # noqa: PLC0415  (only when asked for)

    return write_targets(context, out_dir, force=force)


DEFAULT = "TT13"
"""What is written when no form is named."""

_APPENDICES = {DEFAULT: ("I", "II"), "TT13-I": ("I",), "TT13-II": ("II",)}

BUILT_IN: tuple[Document, ...] = (
    *(_appendices(form, appendices) for form, appendices in _APPENDICES.items()),
    *(_official(form) for form in ("601-602", "603", "604", "605", "601-605")),
    _covering("BC"),
    _covering("BC-DV"),
    Document("TARGETS", "xlsx", _targets),
)


def separated(known: tuple[Document, ...]) -> tuple[Document, ...]:
    """The same documents, but each table of the appendices in a file of its own."""
    apart = {form: _apart(form, appendices) for form, appendices in _APPENDICES.items()}
    return tuple(apart.get(document.id, document) for document in known)


def write_documents(
    context: ReportContext,
    out_dir: Path,
    forms: Collection[str],
    *,
    known: tuple[Document, ...] = BUILT_IN,
    force: bool = False,
) -> list[Row]:
    """Write the documents named, in the order in which they are known.

    Raises:
        UsageError: `unknown_form`, `file_exists` or `cannot_write`.
    """
    chosen = choose_documents(forms, known)
    return [row for document in chosen for row in document.write(context, out_dir, force)]


def choose_documents(
    forms: Collection[str], known: tuple[Document, ...] = BUILT_IN
) -> tuple[Document, ...]:
    """The documents of these ids; of none: the default one.

    Raises:
        UsageError: `unknown_form`.
    """
    wanted = set(forms or (DEFAULT,))
    unknown = sorted(wanted - {document.id for document in known})
    if unknown:
        listed = ", ".join(document.id for document in known)
        raise UsageError("unknown_form", form=unknown[0], known=listed)
    return tuple(document for document in known if document.id in wanted)
