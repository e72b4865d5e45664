"""Checks a batch and says what is wrong; the only place for pandera."""
