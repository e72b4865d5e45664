"""What a sender is told in the workbook that goes back: marks at cells and the front page."""

from ctk.report.handed_back.case import Case
from ctk.report.handed_back.marks import make_marks
from ctk.report.handed_back.page import make_page

__all__ = ["Case", "make_marks", "make_page"]
