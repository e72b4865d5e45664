"""The page that an office opens in a browser: all that a check found, in one file."""

from ctk.report.findings_page.source import PageSource
from ctk.report.findings_page.write import write_page

__all__ = ["PageSource", "write_page"]
