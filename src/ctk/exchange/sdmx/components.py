"""What an observation consists of: the one list that data and structure are both written from."""

from __future__ import annotations

from dataclasses import dataclass

AGENCY = "CTK"
VERSION = "1.0.0"
CONCEPTS = "CS_CHILD"
STRUCTURE = "DSD_CHILD"
FLOW = "DF_CHILD"
DATAFLOW = f"{AGENCY}:{FLOW}({VERSION})"

DIMENSION, MEASURE, ATTRIBUTE = "dimension", "measure", "attribute"
TEXT, TIME, NUMBER, WHOLE = "text", "time", "number", "whole"


@dataclass(frozen=True, slots=True)
class Part:
    """A component of the structure.

    Args:
        id: Its id, and that of its concept.
        role: `dimension`, `measure` or `attribute`.
        kind: `text`, `time`, `number` or `whole`.
        codes: Id of its code list.
        of: What an attribute belongs to: the observation, or a dimension.
        required: Whether every row has it.
    """

    id: str
    role: str
    kind: str = TEXT
    codes: str = ""
    of: str = "O"
    required: bool = True


COMPONENTS = (
    Part("REF_AREA", DIMENSION, codes="CL_UNIT"),
    Part("INDICATOR", DIMENSION, codes="CL_INDICATOR"),
    Part("SEX", DIMENSION, codes="CL_SEX"),
    Part("AGE", DIMENSION, codes="CL_AGE"),
    Part("ETHNICITY", DIMENSION, codes="CL_ETHNICITY"),
    Part("AREA", DIMENSION, codes="CL_AREA"),
    Part("TIME_PERIOD", DIMENSION, TIME),
    Part("OBS_VALUE", MEASURE, NUMBER, required=False),
    Part("OBS_STATUS", ATTRIBUTE, codes="CL_OBS_STATUS"),
    Part("CONF_STATUS", ATTRIBUTE, codes="CL_CONF_STATUS"),
    Part("PARTIAL", ATTRIBUTE, NUMBER, required=False),
    Part("NUMERATOR", ATTRIBUTE, NUMBER, required=False),
    Part("DENOMINATOR", ATTRIBUTE, NUMBER, required=False),
    Part("REPORTED", ATTRIBUTE, WHOLE),
    Part("EXPECTED", ATTRIBUTE, WHOLE),
    Part("UNIT_MEASURE", ATTRIBUTE, codes="CL_UNIT_MEASURE", of="INDICATOR"),
    Part("DECIMALS", ATTRIBUTE, WHOLE, of="INDICATOR"),
    Part("PERIOD", ATTRIBUTE),
)
