"""Reads what the rows or columns of a table stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ctk.forms.keys import of_type, only, texts
from ctk.forms.types import Are, Entry, Kind, Side
from ctk.forms.wording import label_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ctk.indicators import Catalogue

_KEYS = {
    "label", "variants", "code", "under", "element", "sex", "age", "ethnicity", "kind",
    "not_asked", "unit", "number",
}  # fmt: skip
_SLICES = ("sex", "age", "ethnicity")
_USUAL_AGES = ("U6", "6-15")


def read_side(raw: dict[str, Any], side: str, are: Are, catalogue: Catalogue, where: str) -> Side:
    """Read one side of a table.

    Args:
        raw: The table.
        side: `row` or `column`.
        are: What the side stands for.
        catalogue: What its elements and breakdowns are of.
        where: How an error names the table.

    Raises:
        ValueError: Names the entry and the key at fault.
    """
    if f"every_{side}" in raw:
        if side in raw:
            raise ValueError(f"{where}{side}: stands beside every_{side}")
        return Side(are, tuple(_whole(are, catalogue)))
    entries: list[Entry] = []
    for number, described in enumerate(of_type(raw, side, list, [], where), 1):
        label = of_type(described, "label", str, "", f"{where}{side} {number}: ")
        named = f"{where}{side} {label!r}: " if label.strip() else f"{where}{side} {number}: "
        entries.append(_entry(described, are, catalogue, entries, named))
    found = Side(are, tuple(entries))
    _check(found, side, where)
    return found


def _whole(are: Are, catalogue: Catalogue) -> Iterable[Entry]:
    if are is Are.ELEMENTS:
        return (
            Entry(element.name_vi, element=i, code=element.id)
            for i, element in enumerate(catalogue.elements)
        )
    return (Entry(b.title_vi, breakdown=i) for i, b in enumerate(catalogue.breakdowns))


def _entry(
    raw: dict[str, Any], are: Are, catalogue: Catalogue, above: list[Entry], where: str
) -> Entry:
    only(raw, _KEYS, where)
    label = of_type(raw, "label", str, where=where)
    if not label_key(label):
        raise ValueError(f"{where}label: is empty")
    kind = _kind(raw, are, where)
    return Entry(
        label,
        kind,
        _element(raw, are, catalogue, where),
        _breakdown(raw, catalogue, where),
        of_type(raw, "code", str, "", where),
        texts(raw, "variants", where),
        _under(texts(raw, "under", where), above, where),
        frozenset(_not_asked(raw, catalogue, where)),
        of_type(raw, "unit", str, "", where),
        of_type(raw, "number", str, "", where),
    )


def _kind(raw: dict[str, Any], are: Are, where: str) -> Kind:
    text = of_type(raw, "kind", str, Kind.FIGURES.value, where)
    if text not in Kind.__members__.values():
        raise ValueError(f"{where}kind: heading | outside | ignored, not {text!r}")
    kind = Kind(text)
    if are is Are.ELEMENTS and kind is Kind.FIGURES and "element" not in raw:
        raise ValueError(f"{where}element: is missing (or kind)")
    if kind is not Kind.FIGURES and "element" in raw:
        raise ValueError(f"{where}kind: {text!r} has no element")
    return kind


def _element(raw: dict[str, Any], are: Are, catalogue: Catalogue, where: str) -> int | None:
    id_ = of_type(raw, "element", str, "", where)
    if not id_:
        return None
    if are is Are.BREAKDOWNS:
        raise ValueError(f"{where}element: the other side names elements")
    if id_ not in catalogue.element_index:
        raise ValueError(f"{where}element: there is no element {id_!r}")
    return catalogue.element_index[id_]


def _breakdown(raw: dict[str, Any], catalogue: Catalogue, where: str) -> int | None:
    given = {name: of_type(raw, name, str, "T", where) for name in _SLICES}
    said = [name for name in _SLICES if given[name] != "T"]
    if len(said) > 1:
        raise ValueError(f"{where}{said[1]}: only one of {', '.join(_SLICES)}")
    wanted = tuple(given.values())
    slices = [(b.sex, b.age, b.ethnicity) for b in catalogue.breakdowns]
    if wanted in slices:
        return slices.index(wanted)
    if given["age"] in _USUAL_AGES:
        return None  # an office with age groups of its own: the line is known but not read
    raise ValueError(f"{where}{said[0]}: {given[said[0]]!r}")


def _under(named: tuple[str, ...], above: list[Entry], where: str) -> tuple[Entry, ...]:
    """The entries above to which one belongs, found from the outermost to the nearest."""
    path: tuple[Entry, ...] = ()
    for name in named:
        key = label_key(name)
        fits = [e for e in above if key in e.keys and (not path or e.under[-len(path) :] == path)]
        if not fits:
            raise ValueError(f"{where}under: nothing above has the label {name!r}")
        path = (*fits[-1].under, fits[-1])
    return path


def _not_asked(raw: dict[str, Any], catalogue: Catalogue, where: str) -> Iterable[int]:
    codes = [b.code for b in catalogue.breakdowns]
    for code in texts(raw, "not_asked", where):
        if code in codes:
            yield codes.index(code)
        elif code not in _USUAL_AGES:
            raise ValueError(f"{where}not_asked: {code!r} is none of {', '.join(codes)}")


def _check(side: Side, name: str, where: str) -> None:
    for key, same in side.by_key.items():
        paths = [entry.under for entry in same]
        if len(set(paths)) < len(paths):
            label = next(t for t in (same[-1].label, *same[-1].variants) if label_key(t) == key)
            raise ValueError(f"{where}{name} {label!r}: label stands twice, without under")
    codes = [entry.code.casefold() for entry in side.entries if entry.code]
    for place, code in enumerate(codes):
        if code in codes[:place]:
            raise ValueError(f"{where}{name}: code {code!r} stands twice")
    if not side.wanted and not any(entry.kind is Kind.OUTSIDE for entry in side.entries):
        raise ValueError(f"{where}{name}: is missing")
