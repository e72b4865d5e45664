"""Vietnamese unless asked otherwise; the same meaning in both languages."""

import shlex

import pytest

from ctk.cli.app import make_command
from ctk.cli.main import chosen_language
from workbooks import book


@pytest.mark.parametrize(
    ("arguments", "variable", "lang"),
    [
        ([], None, "vi"),
        (["--lang", "en"], None, "en"),
        (["--lang=en"], None, "en"),
        (["validate", "x", "--lang", "en"], None, "en"),
        ([], "en", "en"),
        (["--lang", "vi"], "en", "vi"),
        ([], "fr", "vi"),
        ([], "", "vi"),
    ],
)
def test_choice(monkeypatch, arguments, variable, lang):
    """The option goes before CTK_LANG, that before Vietnamese; unknown languages are Vietnamese."""
    if variable is None:
        monkeypatch.delenv("CTK_LANG", raising=False)
    else:
        monkeypatch.setenv("CTK_LANG", variable)
    assert lang == chosen_language(arguments)


@pytest.mark.parametrize("at", ["before", "after", "variable"])
def test_whole_answers_in_english(ctk, tmp_path, monkeypatch, at):
    """Wherever English is asked for, findings come in English."""
    path = book(tmp_path / "a.xlsx", {"I-0103": [-1]})
    words = ["validate", path, "--format", "json"]
    if at == "variable":
        monkeypatch.setenv("CTK_LANG", "en")
    else:
        words = ["--lang", "en", *words] if at == "before" else [*words, "--lang", "en"]
    messages = [f["message"] for f in ctk(*words).json["findings"] if f["rule"] == "V304"]
    assert len(messages) == 1
    assert "is negative" in messages[0]


def test_usage_errors_by_language(ctk):
    """A wrong usage is explained in the language asked for."""
    vi, en = (ctk("units", "show", "99999", "--lang", lang).err for lang in ("vi", "en"))
    assert vi != en
    assert "There is no unit" in en


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("read", "Thiếu PATH."),
        ("template --unit 467", "Thiếu --period."),
        ("validate a.xlsx --perid 2022", "Không có tùy chọn --perid; có phải là --period?"),
        ("validate a.xlsx --zzz", "Không có tùy chọn --zzz."),
        ("vaildate a.xlsx", "Không có lệnh “vaildate”; có phải là “validate”?"),
        ("zzz", "Không có lệnh “zzz”."),
        ("validate a.xlsx --html", "Sau --html phải ghi một giá trị."),
        ("rules list --format xml", "--format: không có “xml”; chọn một trong: human, json, csv."),
        ("rules show V401 V402", "Thừa trên dòng lệnh: V402."),
    ],
)
def test_mistyped_commands_are_explained(ctk, words, said):
    """What the parser of command lines refuses is told in Vietnamese too."""
    answer = ctk(*words.split())
    assert answer.code == 2
    assert answer.err.startswith(said)


def test_lang_that_ctk_does_not_speak(ctk):
    """Another language is wrong usage."""
    assert ctk("rules", "list", "--lang", "fr").code == 2


def commands(command, name=""):
    """All commands below one, by their words."""
    yield name, command
    for key, sub in getattr(command, "commands", {}).items():
        yield from commands(sub, f"{name} {key}".strip())


LEAVES = [name for name, c in commands(make_command("vi")) if not getattr(c, "commands", None)]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", LEAVES)
def test_help_has_an_example_that_parses(lang, name):
    """The help of each command shows a command line that ctk itself understands."""
    root = make_command(lang)
    found = dict(commands(root))[name]
    examples = [line.strip() for line in found.help.splitlines() if line.strip().startswith("ctk ")]
    assert any(line.startswith(f"ctk {name}") for line in examples)
    for line in examples:
        words = shlex.split(line.partition("  #")[0])[1:]
        target, rest = root, words
        while getattr(target, "commands", None):
            target, rest = target.commands[rest[0]], rest[1:]
        target.make_context("ctk", list(rest))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_option_is_explained(lang):
    """No command and no option is left with a key or without words."""
    for name, command in commands(make_command(lang)):
        assert command.help, name
        assert ".help" not in command.help
        for param in command.params:
            text = getattr(param, "help", None)
            assert text, (name, param.name)
            assert not text.startswith(("option.", "argument.")), (name, param.name)


@pytest.mark.parametrize("name", [n for n, _ in commands(make_command("vi"))])
def test_help_differs_by_language(name):
    """Each help exists in both languages."""
    vi, en = (dict(commands(make_command(lang)))[name].help for lang in ("vi", "en"))
    assert vi != en
