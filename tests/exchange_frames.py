"""Frames as aggregation gives them, typed by hand, for the tests of what is exported."""

import math

import pandas as pd

from ctk.aggregate.roll_up import VALUES
from ctk.periods import Period
from ctk.units.lookup import find_unit

NAMES = {"I-0301.n": ("Trẻ em HCĐB", "người"), "I-0301.r": ("Tỷ lệ", "%"), "I-0301": ("E", "người")}
UNITS = {("467", "2022-6m"): find_unit("467", Period(2022, 6).end)}
NONE = math.nan


def frame(*rows, columns=VALUES):
    """A row is the id, then the figures, of the whole district in the first half of 2022."""
    whole = [("467", "2022-6m", id_, "T", "T", "T", "T", *figures) for id_, *figures in rows]
    return pd.DataFrame(whole, columns=list(columns))
