"""The page docs/template-names.md: what a template may name, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

from ctk.messages import messages

HEAD = """\
# Names in an office's templates

What stands between `{{` and `}}`, and filters that follow a bar, in Excel and Word alike;
`ctk forms names` prints the same. How templates are made is told in [templates.md](templates.md).

Functions of a figure take an id of a measure (`I-0301.n`) or element (`I-0301`), and one of
`sex="M"|"F"`, `age="U6"|"6-15"`, `ethnicity="minority"`, `area="urban"|"rural"` as far as a form
asks for it; `unit=` only for another unit than that of the row."""

TITLES = {"name": "## Tên và hàm · Names and functions", "filter": "## Sau dấu gạch đứng · Filters"}


def names_page() -> Iterator[str]:
    """The lines of the page."""
    yield HEAD
    for kind, title in TITLES.items():
        yield from ("", title, "", "| | Ví dụ · Example | Cho ra | Gives |", "|---|---|---|---|")
        english = messages(f"own.{kind}", "en")
        for name, said in messages(f"own.{kind}", "vi").items():
            example = said["example"].replace("|", "\\|")
            meanings = (said["meaning"], english[name]["meaning"])
            shown = " | ".join(text.replace("|", "\\|") for text in meanings)
            yield f"| `{name}` | `{example}` | {shown} |"
