"""Totals as tables for other programs: CSV, Parquet, SDMX; unrounded, with their coverage."""
