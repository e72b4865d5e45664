"""The data structure with its code lists and concepts, written by pysdmx."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from pysdmx.io import write_sdmx
from pysdmx.io.format import Format
from pysdmx.model import (
    Annotation,
    Code,
    Codelist,
    Component,
    Components,
    Concept,
    ConceptScheme,
    Dataflow,
    DataStructureDefinition,
    DataType,
    ItemReference,
    Organisation,
    Role,
)
from pysdmx.model.dataflow import Group
from pysdmx.model.message import Header

from ctk.exchange.sdmx.components import (
    AGENCY,
    ATTRIBUTE,
    COMPONENTS,
    CONCEPTS,
    DIMENSION,
    FLOW,
    MEASURE,
    NUMBER,
    STRUCTURE,
    TEXT,
    TIME,
    VERSION,
    WHOLE,
    Part,
)
from ctk.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ctk.exchange.sdmx.codes import CodeItem, CodeList

_ROLES = {DIMENSION: Role.DIMENSION, MEASURE: Role.MEASURE, ATTRIBUTE: Role.ATTRIBUTE}
_TYPES = {
    TEXT: DataType.STRING,
    TIME: DataType.PERIOD,
    NUMBER: DataType.DOUBLE,
    WHOLE: DataType.INTEGER,
}
_OTHER = {"vi": "NAME_EN", "en": "NAME_VI"}


def write_structure(path: Path, lists: Iterable[CodeList], prepared: datetime, lang: str) -> None:
    """Write code lists, concepts, data structure and dataflow as one SDMX-JSON 2.0 message.

    Args:
        path: The file.
        lists: The code lists.
        prepared: When the data were made.
        lang: Language of the names; the other one stands in annotations.
    """
    codes = [_codelist(each, lang) for each in lists]
    scheme = ConceptScheme(
        id=CONCEPTS,
        name=message("exchange.title.concepts", lang),
        agency=AGENCY,
        version=VERSION,
        items=[
            Concept(id=part.id, name=message(f"exchange.concept.{part.id}", lang))
            for part in COMPONENTS
        ],
    )
    by_id = {each.id: each for each in codes}
    structure = DataStructureDefinition(
        id=STRUCTURE,
        name=message("exchange.title.structure", lang),
        agency=AGENCY,
        version=VERSION,
        components=Components([_component(part, by_id) for part in COMPONENTS]),
        # The schema of SDMX-JSON refuses a structure whose list of groups is empty.
        groups=[Group(id="GROUP_INDICATOR", dimensions=["INDICATOR"])],
    )
    flow = Dataflow(
        id=FLOW,
        name=message("exchange.title.flow", lang),
        agency=AGENCY,
        version=VERSION,
        structure=structure,
    )
    header = Header(
        id=f"{AGENCY}-{prepared:%Y%m%d%H%M%S}", prepared=prepared, sender=Organisation(id=AGENCY)
    )
    message_ = write_sdmx(
        [*codes, scheme, structure, flow], Format.STRUCTURE_SDMX_JSON_2_0_0, header=header
    )
    path.write_text(message_ or "", encoding="utf-8", newline="\n")


def _codelist(of: CodeList, lang: str) -> Codelist:
    return Codelist(
        id=of.id,
        name=message(f"exchange.list.{of.id}", lang),
        agency=AGENCY,
        version=of.version,
        is_partial=of.partial,
        items=[_code(each, lang) for each in of.codes],
    )


def _code(of: CodeItem, lang: str) -> Code:
    notes = []
    if of.other and of.other != of.name:
        notes.append(Annotation(type=_OTHER[lang], text=of.other))
    if of.parent:
        notes.append(Annotation(type="PARENT", text=of.parent))
    return Code(
        id=of.id,
        name=of.name,
        valid_from=_moment(of.first_day),
        valid_to=_moment(of.last_day),
        annotations=notes,
    )


def _moment(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), UTC)


def _component(part: Part, lists: dict[str, Codelist]) -> Component:
    codes = lists[part.codes] if part.codes else None
    concept = ItemReference(
        sdmx_type="Concept", agency=AGENCY, id=CONCEPTS, version=VERSION, item_id=part.id
    )
    return Component(
        id=part.id,
        required=part.required,
        role=_ROLES[part.role],
        concept=concept,
        local_dtype=_TYPES[part.kind],
        local_codes=codes,
        local_enum_ref=_reference(codes) if codes else None,
        attachment_level=part.of if part.role == ATTRIBUTE else None,
    )


def _reference(codes: Codelist) -> str:
    return f"urn:sdmx:org.sdmx.infomodel.codelist.Codelist={AGENCY}:{codes.id}({codes.version})"
