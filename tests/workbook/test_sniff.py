"""What a file is, its content says: each thing that is no workbook is told by name."""

import pytest

from ctk.errors import UnreadableError
from ctk.messages import LANGUAGES
from ctk.workbook.reading import read_book
from file_formats import archive, compound

OPEN_TEXT = "application/vnd.oasis.opendocument.text"
OPEN_SHEET = "application/vnd.oasis.opendocument.spreadsheet"
FLAT = '<?xml version="1.0"?><office:document xmlns:office="urn" office:version="1.2">'
MANIFEST = "<manifest:encryption-data/>"

FOREIGN = {
    "PDF": (b"%PDF-1.7\n%\xe2\xe3", "is_pdf"),
    "PNG": (b"\x89PNG\r\n\x1a\n" + bytes(50), "is_image"),
    "photograph": (b"\xff\xd8\xff\xe0\0\x10JFIF", "is_image"),
    "photograph of a telephone": (b"\0\0\0\x18ftypheic" + bytes(20), "is_image"),
    "film": (b"\0\0\0\x18ftypmp42" + bytes(20), "is_media"),
    ".docx": (archive({"[Content_Types].xml": "", "word/document.xml": "<w/>"}), "is_word"),
    ".doc": (compound({"WordDocument": b"x"}), "is_word"),
    ".rtf": (b"{\\rtf1\\ansi Bao cao}", "is_word"),
    "Word 2003 XML": (
        b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument>',
        "is_word",
    ),
    ".odt": (archive({"mimetype": OPEN_TEXT, "content.xml": "<a/>"}), "is_word"),
    ".pptx": (archive({"ppt/presentation.xml": "<p/>"}), "is_powerpoint"),
    ".ppt": (compound({"PowerPoint Document": b"x"}), "is_powerpoint"),
    "Outlook .msg": (compound({"__properties_version1.0": b"x"}), "is_email"),
    ".eml": (b"Received: from a\r\nFrom: xa@b\r\nSubject: Bao cao\r\n\r\nKinh gui", "is_email"),
    "ZIP of workbooks": (archive({"Ta Rut.xlsx": "PK"}), "archive_with_workbooks"),
    "ZIP of pictures": (archive({"1.jpg": "x"}), "is_archive"),
    "RAR": (b"Rar!\x1a\x07\x01\0" + bytes(20), "is_archive"),
    "7z": (b"7z\xbc\xaf'\x1c" + bytes(20), "is_archive"),
    "program": (b"MZ\x90\0" + bytes(60), "is_program"),
    "Access": (b"\0\x01\0\0Standard ACE DB\0", "is_database"),
    "Excel 4": (b"\x09\x04\x06\0\0\0\x10\0", "is_old_excel"),
    "Excel 2": (b"\x09\0\x04\0\x02\0\x10\0", "is_old_excel"),
    "Lotus": (b"\0\0\x02\0\x06\x04\x06\0", "is_lotus"),
    "Works": (b"\xff\0\x02\0\x04\x04\x05\x54", "is_lotus"),
    "Works 4": (compound({"MatOST": b"x"}), "is_lotus"),
    ".numbers": (archive({"Index/Document.iwa": "x"}), "is_numbers"),
    ".fods": (FLAT.encode(), "is_flat_ods"),
    "Google Sheets": (
        b'{"url": "https://docs.google.com/open?id=1", "doc_id": "1"}',
        "is_shortcut",
    ),
    "Windows shortcut": (b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F", "is_shortcut"),
    "web shortcut": (b"[InternetShortcut]\r\nURL=https://a\r\n", "is_shortcut"),
    "login page": (b"<!DOCTYPE html><html><body><p>Login</p></body></html>", "is_web_page"),
    "placeholder of zeros": (bytes(9000), "only_zeros"),
    "encrypted .ods": (
        archive({"mimetype": OPEN_SHEET, "content.xml": "x", "META-INF/manifest.xml": MANIFEST}),
        "encrypted_ods",
    ),
    "JSON": (b'{"a": [1, 2]}', "not_a_workbook"),
    "letter": ("Kính gửi:\nPhòng LĐTBXH, huyện\n".encode(), "not_a_workbook"),
    "SVG": (b'<?xml version="1.0"?><svg xmlns="a"></svg>', "is_image"),
    "compound file of something": (compound({"Whatever": b"x"}), "not_a_workbook"),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_told_by_name(what):
    """The error says what the file is, in both languages, with something to do."""
    data, code = FOREIGN[what]
    with pytest.raises(UnreadableError) as caught:
        read_book(data)
    assert code == caught.value.code
    for lang in LANGUAGES:
        assert caught.value.title(lang).endswith((".", ")"))
        assert caught.value.hint(lang)
