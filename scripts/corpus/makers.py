"""Importing this module lists all makers of the corpus."""

from corpus import (
    faulty_batches,
    faulty_cells,
    faulty_files,
    faulty_forms,
    faulty_relations,
    faulty_shares,
    faulty_sums,
    faulty_together,
    faulty_typing,
    formats,
    kept,
    official,
    other_formats,
    own_clean,
    own_faulty,
    passing,
    passing_layouts,
)
from corpus.collection import MAKERS

__all__ = [
    "MAKERS",
    "faulty_batches",
    "faulty_cells",
    "faulty_files",
    "faulty_forms",
    "faulty_relations",
    "faulty_shares",
    "faulty_sums",
    "faulty_together",
    "faulty_typing",
    "formats",
    "kept",
    "official",
    "other_formats",
    "own_clean",
    "own_faulty",
    "passing",
    "passing_layouts",
]
