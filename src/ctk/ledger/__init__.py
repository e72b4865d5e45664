"""Submissions kept for good: an archive of files and events, and an index that can be lost.

The archive is the truth. Nothing in it is changed or deleted, except that the bytes of a file may
be purged for good. The index (DuckDB) is made from the archive's events and brought up to date
whenever it is opened.
"""
