"""The page of `ctk dashboard`: where a unit stands, on one page that needs no network."""

from ctk.report.dashboard.content import load_content
from ctk.report.dashboard.source import DashboardSource, Moment
from ctk.report.dashboard.write import write_dashboard

__all__ = ["DashboardSource", "Moment", "load_content", "write_dashboard"]
