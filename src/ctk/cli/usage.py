"""What is wrong with a command line, in the language asked for."""

from __future__ import annotations

import re

from ctk.messages import message

# The parser speaks English only. A sentence of it that is not here is passed on as it is.
_SENTENCES = {
    "no_option": r"No such option: (?P<name>\S+)",
    "no_option_near": r"No such option: (?P<name>\S+) \(Possible options: (?P<near>.+)\)",
    "no_command": r"No such command '(?P<name>.+)'\.",
    "no_command_near": r"No such command '(?P<name>.+)'\. Did you mean '?(?P<near>.+?)'?\?",
    "missing": r"Missing (?:argument|option) '(?P<name>[^']+)'.*",
    "needs_value": r"Option '(?P<name>[^']+)' requires an argument\.",
    "not_one_of": (
        r"Invalid value for '(?P<name>[^']+)'.*: (?:Value error, )?'(?P<given>.*)' "
        r"is not one of (?P<allowed>.+)\."
    ),
    "extra": r"Got unexpected extra arguments?(?:\(s\))? \((?P<given>.+)\)",
}


def told(sentence: str, lang: str) -> str:
    """Translate a sentence of the parser."""
    for key, pattern in _SENTENCES.items():
        if found := re.fullmatch(pattern, sentence, re.DOTALL):
            words = {name: text.replace("'", "") for name, text in found.groupdict().items()}
            return message(f"cli.usage.{key}", lang, **words)
    return sentence
