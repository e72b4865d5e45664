"""What must not leave the office in a file: who made it, and links that lead out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctk.workbook.annotate.markup import child, children, local, make, parse, serialise

if TYPE_CHECKING:
    from ctk.workbook.annotate.package import Package

_PERSONS = ("creator", "lastModifiedBy", "Manager", "Company")
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_KINDS = ("core-properties", "extended-properties")
_INERT = ("attachedTemplate",)
"""Word notes where its own template lies, with the name of the user; it is dropped, not refused."""


def outside_links(package: Package) -> list[str]:
    """Targets outside the file that any part refers to, and parts that read other files."""
    found = [
        part for part in package.names()
        if any(name in part.lower() for name in ("externallinks/external", "connections.xml"))
    ]  # fmt: skip
    for part in package.names():
        if part.endswith(".rels"):
            for each in children(parse(package.read(part)), "Relationship"):
                kind = each.get("Type", "").rpartition("/")[2]
                if each.get("TargetMode") == "External" and kind not in _INERT:
                    found.append(each.get("Target", ""))
    return list(dict.fromkeys(found))


def clear_identity(package: Package, category: str = "") -> None:
    """Take the names of persons out of the document's properties, and say which copy it is."""
    for kind in _KINDS:
        found = package.relation("", kind)
        if found is None:
            continue
        root = parse(package.read(found.target))
        before = serialise(root)
        for each in root:
            if local(each) in _PERSONS and each.text:
                each.text = ""
        if category and kind == _KINDS[0]:
            wanted = child(root, "category")
            if wanted is None:
                wanted = make(root, "category")
            wanted.text = category
        if serialise(root) != before:
            package.write(found.target, serialise(root))


def drop_template_path(package: Package) -> None:
    """Take out where a Word document's own template lies: the path holds a user's name."""
    settings = package.relation(package.book, "settings")
    if settings is None:
        return
    root = parse(package.read(settings.target))
    for each in [each for each in root if local(each) in _INERT]:
        root.remove(each)
        package.write(settings.target, serialise(root))
    for kind in _INERT:
        package.unrelate(settings.target, kind)
