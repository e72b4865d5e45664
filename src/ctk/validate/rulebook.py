"""Which rules are in force for a period in this office: the base, the amendments, `ctk.toml`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from ctk.errors import UsageError
from ctk.model import Severity
from ctk.validate.rules import Rule, load_amendments, load_rules

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctk.periods import Period

OFF = "off"
ALWAYS_ON = {"V101"}
"""What cannot be read at all cannot be overlooked."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules in force for one period, by id; `version` tells two sets apart."""

    rules: dict[str, Rule]
    version: str

    def __contains__(self, id_: str) -> bool:
        return id_ in self.rules

    def __getitem__(self, id_: str) -> Rule:
        """Give the rule; where it is out of force, as it was first laid down."""
        return self.rules.get(id_) or load_rules()[id_]


class Rulebook:
    """Gives the rule set of any period.

    Args:
        switches: From `ctk.toml`: by rule id `severity` (or `off`) and limits.

    Raises:
        UsageError: A switch names no rule, no severity or no limit of the rule.
    """

    def __init__(self, switches: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        self._switches = {id_: _switch(id_, dict(raw)) for id_, raw in (switches or {}).items()}
        self._sets: dict[date | None, RuleSet] = {}

    def of(self, period: Period | None) -> RuleSet:
        """Give the rules for a period; without one, all that are in force in the end."""
        at = period.end if period else None
        if at not in self._sets:
            self._sets[at] = self._make(at)
        return self._sets[at]

    def _make(self, at: date | None) -> RuleSet:
        rules, since = dict(load_rules()), "base"
        for amendment in load_amendments():
            if at is None or amendment.since <= at:
                rules, since = amendment.amend(rules), amendment.since.isoformat()
        switched = {id_: self._switched(rule) for id_, rule in rules.items()}
        kept = {
            id_: rule
            for id_, rule in switched.items()
            if rule is not None and (at is None or rule.applies(at))
        }
        return RuleSet(kept, f"{since}-{_fingerprint(kept)}")

    def _switched(self, rule: Rule) -> Rule | None:
        switch = self._switches.get(rule.id)
        if switch is None:
            return rule
        severity, limits = switch
        if severity == OFF:
            return None
        return replace(
            rule,
            severity=Severity(severity) if severity else rule.severity,
            limits=rule.limits | limits,
        )


def _switch(id_: str, raw: dict[str, Any]) -> tuple[str, dict[str, float]]:
    rule = load_rules().get(id_)
    if rule is None:
        raise UsageError("unknown_rule", text=id_)
    severity = raw.pop("severity", "")
    allowed = [*map(str, Severity), *([] if id_ in ALWAYS_ON else [OFF])]
    if severity and severity not in allowed:
        raise UsageError("rule_severity", rule=id_, text=severity, known=", ".join(allowed))
    for name, value in raw.items():
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if name not in rule.limits or not number:
            known = ", ".join(rule.limits) or "-"
            raise UsageError("rule_limit", rule=id_, text=name, known=known)
    return severity, raw


def _fingerprint(rules: dict[str, Rule]) -> str:
    """Eight digits that change with any rule."""
    told = "\n".join(repr(rules[id_]) for id_ in sorted(rules))
    return hashlib.sha256(told.encode()).hexdigest()[:8]
