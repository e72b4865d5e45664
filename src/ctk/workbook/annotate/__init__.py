"""A sender's own workbook given back with marks: coloured cells, comments, a page in front.

openpyxl loses text boxes, rich text and stored results when it saves, so the parts of the file are
patched instead; what is not touched stays as it is, byte for byte.
"""

from ctk.workbook.annotate.convert import convert
from ctk.workbook.annotate.marking import annotate
from ctk.workbook.annotate.package import can_mark, has_macros
from ctk.workbook.annotate.types import Block, Line, Mark, Page, Paint

__all__ = ["Block", "Line", "Mark", "Page", "Paint", "annotate", "can_mark", "convert",
           "has_macros"]  # fmt: skip
