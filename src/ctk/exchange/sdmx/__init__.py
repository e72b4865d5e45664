"""Totals as SDMX: data in SDMX-CSV 2.0, their structure with its code lists in SDMX-JSON 2.0."""
