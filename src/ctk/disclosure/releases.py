"""What was published before, as text: for the office only, for it holds what was withheld too."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from ctk.disclosure.layers import Figure, Layer
from ctk.periods import parse_period
from ctk.settings import Policy

if TYPE_CHECKING:
    from collections.abc import Sequence

VERSION = 1


def as_text(layers: Sequence[Layer], note: str) -> str:
    """Write down what a release published and withheld.

    Args:
        layers: Its figures, with what was withheld.
        note: What the file is, for people who open it.
    """
    told = {"ctk_release": VERSION, "note": note, "layers": [_as_json(each) for each in layers]}
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def from_text(text: str) -> tuple[Layer, ...]:
    """Read what `as_text` has written.

    Raises:
        ValueError: It is something else, or of a later version.
    """
    raw = json.loads(text)
    if not isinstance(raw, dict) or raw.get("ctk_release") != VERSION:
        raise ValueError("ctk_release")
    try:
        return tuple(_from_json(each) for each in raw["layers"])
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError(str(error)) from error


def _as_json(layer: Layer) -> dict[str, Any]:
    withheld = layer.withheld if layer.withheld is not None else np.zeros_like(layer.values, bool)
    return {
        "period": str(layer.period),
        "units": list(layer.units),
        "parents": dict(layer.parents),
        "figures": [list(figure) for figure in layer.figures],
        "values": layer.values.tolist(),
        "elements": {key: list(ids) for key, ids in layer.elements.items()},
        "withheld": np.argwhere(withheld).tolist(),
        "policy": asdict(layer.policy or Policy()),
    }


def _from_json(raw: dict[str, Any]) -> Layer:
    values = np.array(raw["values"], np.int64).reshape(len(raw["units"]), len(raw["figures"]))
    withheld = np.zeros(values.shape, np.bool_)
    for unit, figure in raw["withheld"]:
        withheld[unit, figure] = True
    return Layer(
        parse_period(raw["period"]),
        tuple(raw["units"]),
        raw["parents"],
        tuple(Figure(*figure) for figure in raw["figures"]),
        values,
        {key: tuple(ids) for key, ids in raw["elements"].items()},
        {},
        withheld,
        Policy(**raw["policy"]),
    )
