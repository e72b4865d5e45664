"""Proposes the layout of an office's own form from filled examples; pure, no files.

`tables.py` finds the tables of a sheet and what their columns are, `outline.py` which row belongs
to which, `names.py` what the elements of the catalogue may be called, `matching.py` ties rows to
elements, `proposal.py` joins all of it over several examples, `writing.py` makes the TOML.
"""
