"""The parts of an .xlsx or .xlsm file: what is not changed is copied byte for byte."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ctk.workbook.annotate.markup import children, make, new_root, parse, serialise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES_PART = "[Content_Types].xml"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part says of another: an id, a kind ("worksheet") and the other's name."""

    id: str
    kind: str
    target: str


class Package:
    """A workbook's parts.

    Args:
        data: The bytes of the file.

    Raises:
        ValueError: It holds no workbook of XML parts.
    """

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._entries = {_key(name): name for name in self._archive.namelist()}
        self._changed: dict[str, bytes] = {}
        self._dropped: set[str] = set()
        books = [each.target for each in self.relations("") if each.kind == "officeDocument"]
        if not books or not books[0].lower().endswith(".xml"):
            raise ValueError("no workbook")
        self.book = books[0]
        self.strict = self._is_strict()

    @property
    def relation_namespace(self) -> str:
        """Namespace of `r:id` and of the kinds of relations in this file."""
        return _STRICT if self.strict else _TRANSITIONAL

    def has(self, part: str) -> bool:
        """Tell whether a part is there; names differ in more than upper and lower case."""
        return _key(part) in self._entries

    def names(self) -> list[str]:
        """Names of all parts."""
        return list(self._entries.values())

    def read(self, part: str) -> bytes:
        """Give a part's bytes.

        Raises:
            KeyError: There is no such part.
        """
        name = self._entries[_key(part)]
        return self._changed[name] if name in self._changed else self._archive.read(name)

    def write(self, part: str, data: bytes) -> None:
        """Change a part or add one."""
        self._changed[self._entries.setdefault(_key(part), part)] = data

    def free_name(self, pattern: str) -> str:
        """Fill `{}` in a part's name with the first number that is not taken."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def relations(self, part: str) -> list[Relation]:
        """What a part (empty: the package) refers to inside the file."""
        return [
            Relation(each.get("Id", ""), _kind(each.get("Type", "")), _resolve(part, target))
            for each in self._relation_elements(part)
            if each.get("TargetMode") != "External" and (target := each.get("Target", ""))
        ]

    def relation(self, part: str, kind: str) -> Relation | None:
        """The first relation of a kind whose target is there."""
        found = (each for each in self.relations(part) if each.kind == kind)
        return next((each for each in found if self.has(each.target)), None)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation and give its id."""
        name = _relations_part(part)
        root = parse(self.read(name)) if self.has(name) else new_root("Relationships", _RELATIONS)
        taken = {each.get("Id") for each in root}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        kinds = f"{self.relation_namespace}/{kind}"
        make(root, "Relationship", Id=f"rId{number}", Type=kinds, Target=f"/{target}")
        self.write(name, serialise(root))
        return f"rId{number}"

    def unrelate(self, part: str, kind: str) -> None:
        """Take out a part's relations of a kind, inside the file or out of it."""
        name = _relations_part(part)
        if not self.has(name):
            return
        root = parse(self.read(name))
        found = [each for each in root if _kind(each.get("Type", "")) == kind]
        for each in found:
            root.remove(each)
        if found:
            self.write(name, serialise(root))

    def drop(self, part: str, kind: str) -> None:
        """Take out the part of a kind that another part refers to, if there is one."""
        found = self.relation(part, kind)
        if found is None:
            return
        for name, attribute, value in (
            (_relations_part(part), "Id", found.id),
            (_TYPES_PART, "PartName", f"/{found.target}"),
        ):
            root = parse(self.read(name))
            for each in list(root):
                if each.get(attribute) == value:
                    root.remove(each)
            self.write(name, serialise(root))
        self._dropped.add(self._entries.pop(_key(found.target)))

    def declare(self, part: str, content_type: str) -> None:
        """Say of which type a part is, unless its name's ending says so."""
        root = parse(self.read(_TYPES_PART))
        ending = part.rpartition(".")[2].lower()
        for each in children(root, "Default"):
            if each.get("Extension", "").lower() == ending:
                if each.get("ContentType") == content_type:
                    return
                break
        make(root, "Override", PartName=f"/{part}", ContentType=content_type)
        self.write(_TYPES_PART, serialise(root))

    def save(self) -> bytes:
        """Give the bytes of the changed file."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
            out.comment = self._archive.comment
            for info in self._archive.infolist():
                if info.filename in self._dropped:
                    continue
                if self._archive.NameToInfo[info.filename] is info:  # of two alike the last counts
                    changed = self._changed.get(info.filename)
                    data = self._archive.read(info) if changed is None else changed
                    out.writestr(_same_entry(info), data)
            for name in self._changed.keys() - self._archive.NameToInfo.keys():
                info = zipfile.ZipInfo(name)
                info.compress_type = zipfile.ZIP_DEFLATED
                out.writestr(info, self._changed[name])
        return target.getvalue()

    def _relation_elements(self, part: str) -> Iterator[Element]:
        name = _relations_part(part)
        return children(parse(self.read(name)), "Relationship") if self.has(name) else iter(())

    def _is_strict(self) -> bool:
        kinds = [each.get("Type", "") for each in self._relation_elements(self.book)]
        return any(kind.startswith(_STRICT) for kind in kinds)


def _same_entry(old: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """An entry with the old one's date, attributes and way of packing."""
    info = zipfile.ZipInfo(old.filename, old.date_time)
    info.compress_type = old.compress_type
    info.comment = old.comment
    info.create_system = old.create_system
    info.internal_attr, info.external_attr = old.internal_attr, old.external_attr
    return info


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _kind(relation_type: str) -> str:
    return relation_type.rpartition("/")[2]


def _resolve(part: str, target: str) -> str:
    """The name of the part that a target means: absolute, relative, with dots or escapes."""
    path = posixpath.join("/", posixpath.dirname(part), unquote(target.replace("\\", "/")))
    return posixpath.normpath(path).lstrip("/")


def _relations_part(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def can_mark(data: bytes) -> bool:
    """Tell whether a file is an .xlsx or .xlsm workbook, whose parts can be changed."""
    try:
        Package(data)
    except (ValueError, KeyError, zipfile.BadZipFile, RuntimeError, zlib.error, OSError):
        return False
    return True


def has_macros(data: bytes) -> bool:
    """Tell whether Excel wants a workbook's name to end in .xlsm."""
    return b"macroEnabled" in Package(data).read(_TYPES_PART)
