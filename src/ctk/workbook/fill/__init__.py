"""A workbook used as a template: cells are filled, rows repeated, and nothing else is lost.

Like marked copies it is made by patching the parts of the file; see `annotate`.
"""

from ctk.workbook.fill.book import WorkbookTemplate
from ctk.workbook.fill.types import Block, CellText, Fault, Placed, SheetFill, Step, Value

__all__ = ["Block", "CellText", "Fault", "Placed", "SheetFill", "Step", "Value",
           "WorkbookTemplate"]  # fmt: skip
