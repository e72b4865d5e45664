"""Files that cannot be read, or that need a word: cut off, no workbook, twice the same."""

from __future__ import annotations

from corpus.collection import Corpus, batch
from corpus.forms import form
from corpus.key import FAIL, REMARKS


@batch(f"{FAIL}/half_a_file.xlsx", "The second half of the file is gone")
def _half(corpus: Corpus) -> None:
    path = f"{FAIL}/half_a_file.xlsx"
    target = corpus.save(form("19585"), path)
    whole = target.read_bytes()
    target.write_bytes(whole[: len(whole) // 2])
    corpus.plant(path, "V101 V1*", "error", "cut off")


def _bytes(name: str, content: bytes, shows: str) -> None:
    path = f"{FAIL}/{name}"

    @batch(path, shows)
    def _make(corpus: Corpus) -> None:
        target = corpus.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        corpus.plant(path, "V101 V1*", "error", shows)


_bytes("empty_file.xlsx", b"", "A file without a byte")
_bytes("text_file_named_xlsx.xlsx", "Đây không phải là tệp Excel.\n".encode(), "A text named .xlsx")
_bytes("picture_named_xlsx.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(200), "A picture named .xlsx")
_bytes(
    "pdf_named_xlsx.xlsx", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n", "A PDF named .xlsx"
)


@batch(f"{REMARKS}/lock_file_beside_the_workbook/", "The workbook was open in Excel: its lock file")
def _lock(corpus: Corpus) -> None:
    folder = f"{REMARKS}/lock_file_beside_the_workbook"
    corpus.save(form("19558"), f"{folder}/Mo O.xlsx")
    lock = corpus.root / folder / "~$Mo O.xlsx"
    lock.write_bytes(b"\x06Xa Mo O" + bytes(157))
    corpus.plant(f"{folder}/~$Mo O.xlsx", "V102", "info", "a lock file")


@batch(f"{REMARKS}/same_file_twice/", "One file was sent twice under two names")
def _same(corpus: Corpus) -> None:
    folder = f"{REMARKS}/same_file_twice"
    first = corpus.save(form("19594"), f"{folder}/A Ngo.xlsx")
    second = first.with_name("A Ngo (1).xlsx")
    second.write_bytes(first.read_bytes())
    # Whichever comes first in the folder counts; the other one is told.
    corpus.plant(f"{folder}/{first.name}", "V104", "info", "the same as the other")
