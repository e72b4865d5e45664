"""Vietnamese text: folding and sorting, numbers as people type them, encodings of old fonts."""
