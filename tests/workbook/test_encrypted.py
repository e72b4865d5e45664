"""Files with a password: opened with the right one, told apart without or with a wrong one."""

import pytest

from ctk.errors import UnreadableError
from ctk.workbook import decrypt
from ctk.workbook.reading import read_book
from file_formats import PASSWORD, SPECIMENS, agile, compound, standard
from workbooks import cover, table, write_book

SHEETS = {"Bìa": cover(), "Số liệu": table({"I-0103": [12], "I-0105": [9, 4, 5, "1.234"]})}


@pytest.fixture(scope="module")
def locked(tmp_path_factory):
    """The same workbook encrypted in the ways of Excel 2010, 2007, 97 and 5."""
    folder = tmp_path_factory.mktemp("locked")
    plain = write_book(folder / "a.xlsx", SHEETS).read_bytes()
    old = {way: (SPECIMENS / f"{way}_password.xls").read_bytes() for way in ("rc4", "xor")}
    return {"agile": agile(plain), "standard": standard(plain), "plain": plain, **old}


KINDS = {"agile": "xlsx", "standard": "xlsx", "rc4": "xls", "xor": "xls"}


@pytest.mark.parametrize(("way", "kind"), KINDS.items())
def test_right_password(locked, way, kind):
    """The password may be one of several; the cells are those of the plain file."""
    book = read_book(locked[way], ["sai", PASSWORD, "TaRut2022"])
    assert (book.kind, [remark.rule for remark in book.remarks]) == (kind, ["V111"])
    assert [sheet.name for sheet in book.sheets] == ["Bìa", "Số liệu"]
    assert book.sheets[1].cells[6][3:7] == [9, 4, 5, "1.234"]


def test_decrypted_container(locked):
    """The bytes of the book are those of the decrypted file: others look into its parts."""
    assert locked["plain"] == read_book(locked["agile"], [PASSWORD]).data


@pytest.mark.parametrize("way", KINDS)
@pytest.mark.parametrize(
    ("passwords", "code"),
    [([], "encrypted"), (["sai"], "wrong_password"), ([""], "wrong_password"),
     (["x" * 5000, "\0", "mat khau"], "wrong_password")],
)  # fmt: skip
def test_no_or_wrong_password(locked, way, passwords, code):
    """No password and a wrong one are two errors, and neither repeats what was tried."""
    with pytest.raises(UnreadableError) as caught:
        read_book(locked[way], passwords)
    assert (code, caught.value.params) == (caught.value.code, {})


def test_protected_structure_needs_no_password(locked):
    """Excel encrypts a workbook with protected structure under a word that everybody knows."""
    book = read_book(agile(locked["plain"], "VelvetSweatshop"))
    assert (len(book.sheets), book.remarks) == (2, ())


@pytest.mark.parametrize(
    "data",
    [
        compound({"EncryptedPackage": bytes(5000)}),
        compound({"EncryptedPackage": bytes(5000), "EncryptionInfo": b"\x04\0\x04\0" + bytes(99)}),
        compound({"EncryptedPackage": bytes(5000), "EncryptionInfo": b"\x03\0\x03\0" + bytes(99)}),
        compound(
            {"EncryptedPackage": bytes(9), "EncryptionInfo": b"\x04\0\x04\0\x40\0\0\0<a>&b;</a>"}
        ),
    ],
    ids=["no key", "damaged key", "unknown way", "damaged XML"],
)
def test_other_encryption(data):
    """Encryption that is damaged or not known says so."""
    with pytest.raises(UnreadableError) as caught:
        read_book(data, [PASSWORD])
    assert caught.value.code == "encryption_unknown"


def test_file_that_asks_for_endless_work(locked, monkeypatch):
    """A file that makes each password cost minutes is refused before the first is tried."""
    monkeypatch.setattr(decrypt, "_MOST_SPINS", 99_999)
    monkeypatch.setattr(decrypt, "_try", lambda *_: pytest.fail("was tried"))
    with pytest.raises(UnreadableError) as caught:
        read_book(locked["agile"], [PASSWORD])
    assert caught.value.code == "encryption_unknown"


def test_flipped_bytes(locked):
    """Damage within an encrypted file is one of the clear errors, or is not noticed at all."""
    codes = set()
    for place in range(600, len(locked["agile"]), 1999):
        data = bytearray(locked["agile"])
        data[place] ^= 0x55
        try:
            read_book(bytes(data), [PASSWORD])
        except UnreadableError as error:
            codes.add(error.code)
    assert codes <= {
        "damaged",
        "truncated",
        "encryption_unknown",
        "wrong_password",
        "unpacks_too_large",
    }
