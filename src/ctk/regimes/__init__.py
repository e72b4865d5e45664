"""Reporting regimes: who reports what to whom and by when, as data from their documents."""
