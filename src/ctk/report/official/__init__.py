"""The official forms 601 to 605/TE-Sở of Circular 02/2025/TT-BLĐTBXH, laid out as printed."""

from ctk.report.official.layout import FORMS
from ctk.report.official.write import write_official

__all__ = ["FORMS", "write_official"]
