"""`ctk rules`: look up the rules that files are checked by."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ctk.errors import UsageError
from ctk.indicators import load_catalogue
from ctk.model import Result
from ctk.validate.relations import relations_of
from ctk.validate.rulebook import ALWAYS_ON
from ctk.validate.rules import Rule, load_rules


def list_rules(lang: str) -> Result:
    """All rules that files are checked by."""
    relations = _relations()
    rules = [_rule(rule, lang, relations) for rule in load_rules().values()]
    return Result("rules list", {"rules": rules}, "rules")


def show_rule(id_: str, lang: str) -> Result:
    """One rule.

    Raises:
        UsageError: No such rule.
    """
    rule = load_rules().get(id_.strip().upper())
    if rule is None:
        raise UsageError("unknown_rule", text=id_)
    return Result("rules show", {"rules": [_rule(rule, lang, _relations())]}, "rules")


def _relations() -> Counter[str]:
    """How many comparisons follow from each rule and the catalogue of indicators."""
    return Counter(relation.rule for relation in relations_of(load_catalogue()))


def _kind(rule: Rule) -> str:
    """How it is tested, in one word."""
    return rule.relation or rule.check or ("share" if rule.share else "expressions")


def _tests(rule: Rule) -> list[str]:
    if rule.share is None:
        return [expression.text for expression in rule.expressions]
    part, of = (" + ".join(ids) for ids in (rule.share.part, rule.share.of))
    column = "" if rule.share.column == "T" else f"[{rule.share.column}]"
    return [f"({part}){column} / ({of})"]


def _rule(rule: Rule, lang: str, relations: Counter[str]) -> dict[str, Any]:
    return {
        "id": rule.id,
        "category": rule.category.title(lang),
        "severity": rule.severity.value,
        "title": rule.title(lang),
        "message": rule.message_vi if lang == "vi" else rule.message_en,
        "remedy": rule.remedy_vi if lang == "vi" else rule.remedy_en,
        "example": rule.example(lang),
        "scope": rule.scope,
        "kind": _kind(rule),
        "tests": _tests(rule),
        "relations": relations[rule.id],
        "limits": rule.limits,
        "in_force_from": rule.in_force_from.isoformat() if rule.in_force_from else None,
        "in_force_to": rule.in_force_to.isoformat() if rule.in_force_to else None,
        "law": rule.law or None,
        "can_be_off": rule.id not in ALWAYS_ON,
    }
