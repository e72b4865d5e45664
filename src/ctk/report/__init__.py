"""Documents for signature and files for further work, made from aggregated figures."""

from ctk.report.aggregate_book import write_aggregate
from ctk.report.appendices import write_appendices
from ctk.report.context import ReportContext

__all__ = ["ReportContext", "write_aggregate", "write_appendices"]
