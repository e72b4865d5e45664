"""Adds up figures on the tree of units, with coverage; rates are recomputed from sums."""
