"""What is seen in an .xls before its cells are read."""

import struct

import pytest

from ctk.errors import UnreadableError
from ctk.workbook.compound import look_into_compound
from file_formats import SPECIMENS, biff5, compound

BEGIN = struct.pack("<HHHHHH", 0x809, 8, 0x600, 5, 0, 0)
END = struct.pack("<HH", 0x0A, 0)


def globals_of(*records, **streams):
    """What is said of an .xls with these records about the whole workbook."""
    body = b"".join(
        struct.pack("<HH", number, len(content)) + content for number, content in records
    )
    return look_into_compound(compound({"Workbook": BEGIN + body + END, **streams}))


def rules(inside):
    """The remarks' rules."""
    return [remark.rule for remark in inside.remarks]


def test_plain():
    """A plain workbook has nothing to be said of; one of Excel 95 has."""
    assert (rules(globals_of()), globals_of().encrypted) == ([], False)
    assert rules(look_into_compound(biff5({"A": [[1]]}))) == ["V118"]


def test_macros():
    """A project of macros, and a sheet of Excel 4 macros, are noticed."""
    assert rules(globals_of(_VBA_PROJECT_CUR=b"x")) == ["V109"]
    assert rules(globals_of((0x85, bytes(5) + b"\x01" + b"\x01\0a"))) == ["V109"]
    assert rules(globals_of((0x85, bytes(5) + b"\0" + b"\x01\0a"))) == []


def test_links():
    """Another workbook as a source is noticed; references of a workbook to itself are none."""
    assert rules(globals_of((0x1AE, b"\x01\0\x05\0\0other"))) == ["V110"]
    assert rules(globals_of((0x1AE, b"\x01\0\x01\x04"), (0x1AE, b"\x01\0\x01\x3a"))) == []


def test_password():
    """Encryption is seen, and what follows it is not taken for records."""
    inside = globals_of((0x2F, b"\0\0\x12\x34\x56\x78"), (0x1AE, b"\x01\0\x05\0\0other"))
    assert (inside.encrypted, inside.package, rules(inside)) == (True, False, [])


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.85])
def test_cut_off(share):
    """A compound file whose end is missing is told as cut off."""
    data = (SPECIMENS / "rc4_password.xls").read_bytes()
    with pytest.raises(UnreadableError) as caught:
        look_into_compound(data[: int(len(data) * share)])
    assert caught.value.code == "truncated"
