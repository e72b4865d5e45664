"""Words and numbers of the page in one language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctk.messages import message
from ctk.validate.findings import show_number
from ctk.validate.rules import load_rules

if TYPE_CHECKING:
    from datetime import datetime

    from ctk.validate.rules import Rule


@dataclass(frozen=True, slots=True)
class Wording:
    """Looks up what the page says."""

    lang: str

    def say(self, key: str, **params: object) -> str:
        """A sentence of the page; numbers are written as the language does."""
        shown = {k: self.number(v) if isinstance(v, int) else v for k, v in params.items()}
        return message(f"page.{key}", self.lang, **shown)

    def number(self, value: float) -> str:
        """A figure as the language writes it."""
        return show_number(value, self.lang)

    def day(self, moment: datetime) -> str:
        """A moment as it is written in the language."""
        return f"{moment:%H:%M, %d/%m/%Y}" if self.lang == "vi" else f"{moment:%Y-%m-%d %H:%M}"

    def rule(self, id_: str) -> Rule:
        """A rule of the catalogue."""
        return load_rules()[id_]

    def rule_title(self, id_: str) -> str:
        """Its name."""
        return self.rule(id_).title(self.lang)

    def category(self, id_: str) -> str:
        """The name of the group that a rule belongs to."""
        return self.rule(id_).category.title(self.lang)
