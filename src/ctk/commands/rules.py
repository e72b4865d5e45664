"""`ctk rules`: look up the rules that files are checked by."""

from __future__ import annotations

from typing import Any

from ctk.errors import UsageError
from ctk.model import Result
from ctk.validate.rules import Rule, load_rules


def list_rules(lang: str) -> Result:
    """All rules that files are checked by."""
    return Result("rules list", {"rules": [_rule(r, lang) for r in load_rules().values()]}, "rules")


def show_rule(id_: str, lang: str) -> Result:
    """One rule.

    Raises:
        UsageError: No such rule.
    """
    rule = load_rules().get(id_.strip().upper())
    if rule is None:
        raise UsageError("unknown_rule", text=id_)
    return Result("rules show", {"rules": [_rule(rule, lang)]}, "rules")


def _rule(rule: Rule, lang: str) -> dict[str, Any]:
    return {
        "id": rule.id,
        "category": rule.category.title(lang),
        "severity": rule.severity.value,
        "title": rule.title(lang),
        "message": rule.message_vi if lang == "vi" else rule.message_en,
        "remedy": rule.remedy_vi if lang == "vi" else rule.remedy_en,
        "example": rule.example(lang),
        "scope": rule.scope,
        "tests": [expression.text for expression in rule.expressions],
        "limits": rule.limits,
        "in_force_from": rule.in_force_from.isoformat() if rule.in_force_from else None,
        "in_force_to": rule.in_force_to.isoformat() if rule.in_force_to else None,
        "law": rule.law or None,
    }
