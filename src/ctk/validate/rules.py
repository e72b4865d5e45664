"""The rule catalogue: ids, severities and wording as data; a bad rule is refused."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ctk.errors import CatalogueError
from ctk.model import Severity

RELATIONS = {"sex", "age", "slice", "sum", "within", "cover", "subset", "equal"}


@dataclass(frozen=True, slots=True)
class Category:
    """One of the plainly named groups of rules; the first digit of a rule's number."""

    id: str
    title_vi: str
    title_en: str

    def title(self, lang: str) -> str:
        """The category's name."""
        return self.title_vi if lang == "vi" else self.title_en


@dataclass(frozen=True, slots=True)
class Rule:
    """What a check says: `relation` names the kind of comparison for rules between figures."""

    id: str
    category: Category
    severity: Severity
    title_vi: str
    title_en: str
    message_vi: str
    message_en: str
    remedy_vi: str
    remedy_en: str
    relation: str = ""
    law: str = ""

    def title(self, lang: str) -> str:
        """The rule's name."""
        return self.title_vi if lang == "vi" else self.title_en

    def message(self, lang: str, **params: object) -> str:
        """Say what is wrong with these cells."""
        return (self.message_vi if lang == "vi" else self.message_en).format(**params)

    def remedy(self, lang: str, **params: object) -> str:
        """Say what to do about it."""
        return (self.remedy_vi if lang == "vi" else self.remedy_en).format(**params)


def build_rules(text: str) -> list[Rule]:
    """Make the rules of one category from the text of its TOML file.

    Raises:
        CatalogueError: A key is missing or unknown, or a value is not allowed.
    """
    raw = tomllib.loads(text)
    try:
        category = Category(raw["category"], raw["title_vi"], raw["title_en"])
        return [_rule(dict(rule), category) for rule in raw["rule"]]
    except (KeyError, TypeError, ValueError) as error:
        raise CatalogueError(f"rules {raw.get('category')}: {error}") from error


def _rule(raw: dict[str, Any], category: Category) -> Rule:
    raw["severity"] = Severity(raw["severity"])
    rule = Rule(**raw, category=category)
    if rule.relation and rule.relation not in RELATIONS:
        raise ValueError(f"{rule.id}: unknown relation {rule.relation!r}")
    return rule


@cache
def load_rules() -> dict[str, Rule]:
    """All built-in rules by id, in order.

    Raises:
        CatalogueError: An id stands twice, or a file is bad.
    """
    folder = files(__package__).joinpath("rules")
    paths = sorted((p for p in folder.iterdir() if p.name.endswith(".toml")), key=lambda p: p.name)
    rules = [rule for p in paths for rule in build_rules(p.read_text(encoding="utf-8"))]
    table = {rule.id: rule for rule in rules}
    if len(table) != len(rules):
        raise CatalogueError("a rule id stands twice")
    return table
