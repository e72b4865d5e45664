"""Folders whose files contradict each other."""

from __future__ import annotations

from corpus.collection import Corpus, batch
from corpus.forms import form
from corpus.key import FAIL


@batch(f"{FAIL}/two_versions_of_one_commune/", "Two files of one commune with different figures")
def _versions(corpus: Corpus) -> None:
    folder = f"{FAIL}/two_versions_of_one_commune"
    for name, more in (("A Ngo.xlsx", 0), ("A Ngo ban sua.xlsx", 1)):
        made = form("19594")
        made.put("I-0605", "T", made.count("I-0605") + more)
        made.plant(("", ""), "V601", "error", "two different files of one commune")
        corpus.save(made, f"{folder}/{name}")
    corpus.save(form("19591"), f"{folder}/A Bung.xlsx")
