"""The rules of a period are the base, the amendments in force and the office's switches."""

from datetime import date

import pytest

from ctk.errors import CatalogueError, UsageError
from ctk.indicators import load_catalogue
from ctk.indicators.wide import widened
from ctk.model import Severity
from ctk.periods import parse_period
from ctk.validate.check import check
from ctk.validate.expressions import parse_expression
from ctk.validate.relations import relations_of
from ctk.validate.rulebook import Rulebook
from ctk.validate.rules import build_amendment, build_rules, load_amendments, load_rules
from workbooks import batch_of, book

PERIOD = parse_period("2022-6m")
RULE = """
category = "between"
title_vi = "Giữa"
title_en = "Between"
[[rule]]
id = "V599"
severity = "error"
scope = "rows"
{test}
title_vi = "a"
title_en = "b"
message_vi = "{{left}}"
message_en = "{{left}}"
remedy_vi = "c"
remedy_en = "d"
example_vi = "e"
example_en = "f"
"""
SAYS = 'expressions = ["I-0201 <= I-0203"]'


def test_a_rule_with_an_expression():
    """A comparison is read from the text of the rule."""
    (rule,) = build_rules(RULE.format(test=SAYS))
    assert parse_expression("I-0201 <= I-0203") == rule.expressions[0]


@pytest.mark.parametrize(
    "test",
    [
        "",
        SAYS + '\ncheck = "cell"',
        'check = "magic"',
        'relation = "magic"',
        'expressions = ["I-0201 < I-0203"]',
        'expressions = ["I-0201[T] <= I-0203"]',
        'share = {part = ["I-0301"], of = ["I-0101"]}',
        SAYS + "\nlimits = {floor = true}",
        SAYS + '\nwhy = "x"',
        SAYS + '\nlaw = "x"\nscope = "universe"',
    ],
)
def test_a_bad_rule_is_refused(test):
    """A rule that does not say one way to test it, or says it wrongly, is refused."""
    with pytest.raises((CatalogueError, ValueError)):
        build_rules(RULE.format(test=test))


def test_languages_must_fill_in_the_same_things():
    """A message that names a cell in one language only is refused."""
    text = RULE.format(test=SAYS).replace('message_en = "{left}"', 'message_en = "x"')
    with pytest.raises(CatalogueError, match="languages"):
        build_rules(text)


@pytest.mark.parametrize("text", ["[[change]]\nid = 'V401'", "in_force_from = 2026-01-01"])
def test_a_bad_amendment_is_refused(text):
    """An amendment without date, source or change is refused."""
    with pytest.raises(CatalogueError):
        build_amendment(text)


@pytest.mark.parametrize(
    "field", ["expressions = ['I-0101 <= I-0103']", "share = { part = ['A'], of = ['B'] }",
              "relation = 'sex'", "check = 'cell'", "scope = 'file'"],
)  # fmt: skip
def test_an_amendment_makes_no_other_test(field):
    """Another way to test would not be used, so it is refused: it is another rule."""
    text = "in_force_from = 2026-07-01\nsource = 'x'\n[[change]]\nid = 'V405'\n"
    with pytest.raises(CatalogueError, match="tested"):
        build_amendment(text + field)


def test_an_amendment_keeps_the_other_limits():
    """One limit of several can change; one that the rule has not is refused."""
    text = "in_force_from = 2026-07-01\nsource = 'x'\n[[change]]\nid = 'V606'\nlimits = {{ {} }}"
    limits = build_amendment(text.format("z = 7")).amend(load_rules())["V606"].limits
    assert load_rules()["V606"].limits | {"z": 7} == limits
    with pytest.raises(ValueError, match="limit"):
        build_amendment(text.format("zz = 7")).amend(load_rules())


def test_an_amendment_changes_and_drops():
    """From its day on an amendment gives a rule another severity, or takes it away."""
    amendment = build_amendment(
        "in_force_from = 2026-07-01\nsource = 'x'\n"
        "[[change]]\nid = 'V401'\nseverity = 'info'\n[[change]]\nid = 'V402'\ndrop = true"
    )
    amended = amendment.amend(load_rules())
    assert date(2026, 7, 1) == amendment.since
    assert (amended["V401"].severity, "V402" in amended) == (Severity.INFO, False)
    assert load_rules()["V401"].severity is Severity.ERROR


def test_amendments_are_in_force_from_their_day():
    """The rules of a period that ends before an amendment are as they were."""
    versions = {Rulebook().of(parse_period(text)).version[:4] for text in ("2022-6m", "2022")}
    assert {"base"} == versions
    for amendment in load_amendments():
        later = Rulebook().of(parse_period(str(amendment.since.year)))
        assert later.version >= amendment.since.isoformat()


def test_the_office_switches(tmp_path):
    """A rule that is switched off says nothing; another severity is what findings carry."""
    path = book(tmp_path / "a.xlsx", {"I-0105": [9, 4, 6], "I-0103": [-1]})
    switches = {"V401": {"severity": "off"}, "V304": {"severity": "warning"}}
    found = {f.rule: f.severity for f in check(batch_of(path), "vi", Rulebook(switches)).findings}
    assert "V401" not in found
    assert found["V304"] == Severity.WARNING


def test_versions_differ_with_the_switches():
    """Two offices with other rules have other versions, the same office always one."""
    switched = Rulebook({"V401": {"severity": "info"}}).of(PERIOD).version
    assert Rulebook().of(PERIOD).version == Rulebook().of(PERIOD).version != switched


@pytest.mark.parametrize(
    ("switches", "code"),
    [
        ({"V999": {}}, "unknown_rule"),
        ({"V401": {"severity": "fatal"}}, "rule_severity"),
        ({"V101": {"severity": "off"}}, "rule_severity"),
        ({"V401": {"floor": 3}}, "rule_limit"),
    ],
)
def test_wrong_switches_are_refused(switches, code):
    """An unknown rule, severity or limit is a usage error with what is possible."""
    with pytest.raises(UsageError) as refused:
        Rulebook(switches)
    assert code == refused.value.code
    assert refused.value.hint("vi")


def test_written_comparisons_take_over():
    """Where a rule writes a comparison out, the general rule of its kind is silent."""
    written = {
        (expression.left, frozenset(expression.right), expression.exact)
        for rule in load_rules().values()
        for expression in rule.expressions
    }
    # Some rules compare columns that only the form of an office has.
    relations = relations_of(widened(load_catalogue()))
    keys = [(r.left, frozenset(r.right), r.exact) for r in relations]
    assert len(keys) == len(set(keys))
    named = {r.rule for r in relations}
    assert {rule.id for rule in load_rules().values() if rule.expressions} <= named
    assert len(written) == sum(len(rule.expressions) for rule in load_rules().values())


def test_a_rule_switched_off_silences_no_other(tmp_path):
    """What another rule made needless is tested where that one is off."""
    rows = {"602.01": [70], "I-0301": [65], "I-0101": [60]}
    path = book(tmp_path / "a.xlsx", rows | {"I-0105": [9, 10, 5]})
    named = {"V505", "V507", "V401", "V403"}

    def told(*off):
        rulebook = Rulebook({rule: {"severity": "off"} for rule in off})
        return sorted(
            f.rule for f in check(batch_of(path), "vi", rulebook).findings if f.rule in named
        )

    assert told() == ["V401", "V505", "V507"]
    assert told("V507") == ["V401", "V505"]
    assert told("V401") == ["V403", "V505", "V507"]
