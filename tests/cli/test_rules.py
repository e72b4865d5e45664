"""What `ctk rules` prints for a person."""

import tomllib

import pytest

from ctk.settings import read_settings
from ctk.validate.rulebook import Rulebook
from ctk.validate.rules import load_rules

RULES = load_rules()


def test_list_by_category(ctk):
    """Each category is a heading above its rules, each rule a line with its severity."""
    lines = ctk("rules", "list").out.splitlines()
    heads = [line for line in lines if line.endswith("quy tắc)")]
    assert len(heads) == len({rule.category for rule in RULES.values()})
    listed = [line.split()[0] for line in lines if line.startswith("  ")]
    assert listed == list(RULES)
    assert any(line.split()[:2] == ["V401", "lỗi"] for line in lines)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("id_", RULES)
def test_one_rule_is_explained(ctk, id_, lang):
    """Title, message, remedy, example and law stand there, in the language asked for."""
    rule = RULES[id_]
    out = ctk("rules", "show", id_, "--lang", lang).out
    texts = [rule.title(lang), rule.example(lang), rule.law or ""]
    texts += (
        [rule.message_vi, rule.remedy_vi] if lang == "vi" else [rule.message_en, rule.remedy_en]
    )
    assert all(text in out for text in texts)
    assert all(expression.text in out for expression in rule.expressions)


@pytest.mark.parametrize("id_", RULES)
def test_switch_can_be_copied(ctk, id_, tmp_path):
    """The lines for ctk.toml are accepted as they stand, and change nothing."""
    lines = ctk("rules", "show", id_).out.splitlines()
    start = lines.index(f"  [rules.{id_}]")
    text = "\n".join(lines[start:])
    assert tomllib.loads(text)["rules"][id_]["severity"] == RULES[id_].severity
    (tmp_path / "ctk.toml").write_text(text, "utf-8")
    switched = Rulebook(read_settings(tmp_path / "ctk.toml").rules).of(None)
    assert switched.version == Rulebook().of(None).version
