"""The rule catalogue: ids, severities, tests and wording as data; a bad rule is refused."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import TYPE_CHECKING, Any

from ctk.errors import CatalogueError
from ctk.model import Severity
from ctk.validate.expressions import Expression, parse_expression

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

RELATIONS = {"sex", "age", "slice", "sum", "within", "cover", "subset", "equal"}
CHECKS = {"reading", "schema", "cell", "file", "batch"}
SCOPES = {"file", "sheet", "cell", "row", "rows", "batch"}
CATEGORIES = {"file", "form", "cell", "row", "between", "across"}
_TEXTS = ("title", "message", "remedy", "example")
_HOW = {"id", "category", "scope", "check", "relation", "expressions", "share"}
"""What no amendment changes: another way to test is another rule, with its own id and days."""


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
class Share:
    """One count as a share of others: a sanity check with limits, never an error by itself.

    Args:
        part: Elements that make up the numerator.
        of: Elements that make up the denominator.
        column: The column compared, `T` or a code of sex, age or ethnicity of the numerator;
            the denominator is always the total.
    """

    part: tuple[str, ...]
    of: tuple[str, ...]
    column: str = "T"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a check says and how it is made.

    Exactly one of these says how: `check` (the part of the program that notices it), `relation`
    (the kind of comparison that the catalogue of indicators declares), `expressions` (comparisons
    written out) or `share` (a ratio with limits).

    Args:
        scope: What one finding is about: `file`, `sheet`, `cell`, `row`, `rows` or `batch`.
        limits: Numbers that an office may set in `ctk.toml`.
        law: The legal item behind the rule, if any.
        in_force_from: First day of the periods that it applies to, by their last day.
        in_force_to: Last such day.
    """

    id: str
    category: Category
    severity: Severity
    scope: str
    title_vi: str
    title_en: str
    message_vi: str
    message_en: str
    remedy_vi: str
    remedy_en: str
    example_vi: str
    example_en: str
    check: str = ""
    relation: str = ""
    expressions: tuple[Expression, ...] = ()
    share: Share | None = None
    limits: dict[str, float] = field(default_factory=dict)
    law: str = ""
    in_force_from: date | None = None
    in_force_to: date | None = None

    def title(self, lang: str) -> str:
        """The rule's name."""
        return self.title_vi if lang == "vi" else self.title_en

    def example(self, lang: str) -> str:
        """A case that breaks it, in one sentence."""
        return self.example_vi if lang == "vi" else self.example_en

    def message(self, lang: str, **params: object) -> str:
        """Say what is wrong with these cells."""
        return (self.message_vi if lang == "vi" else self.message_en).format(**params)

    def remedy(self, lang: str, **params: object) -> str:
        """Say what to do about it."""
        return (self.remedy_vi if lang == "vi" else self.remedy_en).format(**params)

    def applies(self, at: date) -> bool:
        """Tell whether it is in force for a period that ends on this day."""
        begun = self.in_force_from is None or self.in_force_from <= at
        return begun and (self.in_force_to is None or at <= self.in_force_to)


def build_rules(text: str) -> list[Rule]:
    """Make the rules of one category from the text of its TOML file.

    Raises:
        CatalogueError: A key is missing or unknown, or a value is not allowed.
    """
    raw = tomllib.loads(text)
    try:
        category = Category(raw["category"], raw["title_vi"], raw["title_en"])
        _need(category.id in CATEGORIES, f"unknown category {category.id!r}")
        return [_rule(dict(rule), category) for rule in raw["rule"]]
    except (KeyError, TypeError, ValueError) as error:
        raise CatalogueError(f"rules {raw.get('category')}: {error}") from error


def _rule(raw: dict[str, Any], category: Category) -> Rule:
    raw["severity"] = Severity(raw["severity"])
    raw["expressions"] = tuple(map(parse_expression, raw.get("expressions", ())))
    if "share" in raw:
        raw["share"] = _share(**raw["share"])
    rule = Rule(**raw, category=category)
    check_rule(rule)
    return rule


def check_rule(rule: Rule) -> None:
    """Refuse a rule that does not say what it tests, or whose wording has gaps.

    Raises:
        ValueError: Names the rule and what is wrong with it.
    """
    ways = (rule.check, rule.relation, rule.expressions, rule.share)
    _need(sum(map(bool, ways)) == 1, f"{rule.id}: needs one way to test it")
    _need(not rule.relation or rule.relation in RELATIONS, f"{rule.id}: unknown relation")
    _need(not rule.check or rule.check in CHECKS, f"{rule.id}: unknown check {rule.check!r}")
    _need(rule.scope in SCOPES, f"{rule.id}: unknown scope {rule.scope!r}")
    _need(not rule.share or {"low", "high"} & set(rule.limits) != set(), f"{rule.id}: no limit")
    _need(all(_is_number(v) for v in rule.limits.values()), f"{rule.id}: a limit is no number")
    for name in _TEXTS:
        vi, en = (getattr(rule, f"{name}_{lang}") for lang in ("vi", "en"))
        _need(bool(vi and en), f"{rule.id}: no {name}")
        _need(_gaps(vi) == _gaps(en), f"{rule.id}: the languages fill in other things: {name}")


def _gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _share(part: list[str], of: list[str], column: str = "T") -> Share:
    return Share(tuple(part), tuple(of), column)


def _need(condition: bool, problem: str) -> None:
    if not condition:
        raise ValueError(problem)


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a later text changes: rules by id with the fields that are new; None drops a rule."""

    since: date
    source: str
    changes: dict[str, dict[str, Any] | None]

    def amend(self, rules: dict[str, Rule]) -> dict[str, Rule]:
        """Give the rules as they are from then on."""
        amended = dict(rules)
        for id_, new in self.changes.items():
            if new is None:
                del amended[id_]
            else:
                rule = amended[id_]
                limits = rule.limits | new.get("limits", {})
                _need(limits.keys() == rule.limits.keys(), f"{id_}: a limit that it has not")
                amended[id_] = replace(rule, **(new | {"limits": limits}))
                check_rule(amended[id_])
        return amended


def build_amendment(text: str) -> Amendment:
    """Make an amendment from the text of its TOML file.

    Raises:
        CatalogueError: It has no date or source, or a change names no rule.
    """
    raw = tomllib.loads(text)
    try:
        changes = {change.pop("id"): _change(change) for change in raw.pop("change")}
        another = {field for new in changes.values() for field in new or () if field in _HOW}
        _need(not another, f"changes how a rule is tested: {', '.join(sorted(another))}")
        since, source = raw.pop("in_force_from"), raw.pop("source")
        _need(isinstance(since, date) and bool(source) and not raw, "in_force_from, source, change")
    except (KeyError, TypeError, ValueError) as error:
        raise CatalogueError(f"amendment of the rules: {error}") from error
    return Amendment(since, source, changes)


def _change(raw: dict[str, Any]) -> dict[str, Any] | None:
    if raw.pop("drop", False):
        return None
    return raw | ({"severity": Severity(raw["severity"])} if "severity" in raw else {})


@cache
def load_rules() -> dict[str, Rule]:
    """All rules by id as they were first laid down, in order.

    Raises:
        CatalogueError: An id stands twice, or a file is bad.
    """
    folder = files(__package__).joinpath("rules")
    rules = [rule for text in _toml(folder) for rule in build_rules(text)]
    table = {rule.id: rule for rule in rules}
    if len(table) != len(rules):
        raise CatalogueError("a rule id stands twice")
    return table


@cache
def load_amendments() -> tuple[Amendment, ...]:
    """All amendments, the oldest first.

    Raises:
        CatalogueError: One of them changes a rule that there is not, or makes it bad.
    """
    texts = _toml(files(__package__).joinpath("rules", "amendments"))
    amendments = sorted(map(build_amendment, texts), key=lambda amendment: amendment.since)
    rules = load_rules()
    try:
        for amendment in amendments:
            rules = amendment.amend(rules)
    except (KeyError, TypeError, ValueError) as error:
        raise CatalogueError(f"amendment of the rules: {error}") from error
    return tuple(amendments)


def _toml(folder: Traversable) -> Iterator[str]:
    paths = sorted((p for p in folder.iterdir() if p.name.endswith(".toml")), key=lambda p: p.name)
    return (path.read_text(encoding="utf-8") for path in paths)
