"""A damaged template is a message, never a traceback."""

import random
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctk.errors import CtkError
from ctk.report.own.library import fill
from report.builder import Figures
from report.own.office import office_template, parts
from report.own.word_files import word_template

_CONTEXT = Figures().context()
_ROWS = [("{%tr for unit in units %}",), ("{{ unit }}",), ("{%tr endfor %}",)]
_TEMPLATES = {
    "a.xlsx": office_template(),
    "b.xlsx": office_template(False),
    "c.docx": word_template('{{ value("I-0101.n") }}', table=_ROWS),
}


def damaged(data, seed):
    """One part of the file is left out, cut off, overwritten here and there, or partly doubled."""
    draw = random.Random(seed)  # noqa: S311
    whole = parts(data)
    name = draw.choice([each for each in whole if each.endswith((".xml", ".rels", ".vml"))])
    part = bytearray(whole.pop(name))
    at = draw.randrange(len(part))
    match draw.randrange(5):
        case 0:
            part = bytearray()
        case 1:
            del part[at:]
        case 2:
            for _ in range(3):
                part[draw.randrange(len(part))] = draw.randrange(32, 127)
        case 3:
            del part[at : at + draw.randrange(1, 200)]
        case 4:
            part[at:at] = part[at : at + draw.randrange(1, 200)]
    target = BytesIO()
    with ZipFile(target, "w") as out:
        for each, text in (whole | ({name: bytes(part)} if part else {})).items():
            out.writestr(each, text)
    return target.getvalue()


@settings(max_examples=60)
@given(name=st.sampled_from(sorted(_TEMPLATES)), seed=st.integers(0, 10**9))
def test_a_damaged_template_is_filled_or_refused(name, seed):
    """Whatever is wrong with a part, the office gets a file or a sentence."""
    try:
        said = fill(damaged(_TEMPLATES[name], seed), Path(name), _CONTEXT)
    except CtkError as error:
        said = error.title("vi"), error.hint("en")

    assert said


@pytest.mark.parametrize("name", _TEMPLATES)
def test_the_undamaged_templates_are_filled(name):
    """So the test above does not pass by refusing everything."""
    assert fill(_TEMPLATES[name], Path(name), _CONTEXT)
