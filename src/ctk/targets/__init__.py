"""Targets of programmes and plans as data, with the figures that an office types beside them."""
