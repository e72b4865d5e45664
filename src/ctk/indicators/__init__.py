"""The indicators of Circular 13/2021/TT-BLĐTBXH: one TOML file each in `catalogue/`."""

from ctk.indicators.loader import load_catalogue
from ctk.indicators.types import (
    COMMUNES,
    Breakdown,
    Catalogue,
    Element,
    FormTable,
    Indicator,
    Measure,
)

__all__ = [
    "COMMUNES",
    "Breakdown",
    "Catalogue",
    "Element",
    "FormTable",
    "Indicator",
    "Measure",
    "load_catalogue",
]
