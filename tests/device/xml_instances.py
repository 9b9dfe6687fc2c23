"""Documents that a schema allows, made from the schema alone: one for each element that a body may hold."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree
from xml_mutations import INSTANCE
from xmlschema import XMLSchema
from xmlschema.validators import XsdAnyElement, XsdElement, XsdGroup

VALUES = (
    *("1", "2", "1.0", "0", "5", "A", "true", "2025-01-02T03:04:05Z", "2025-01-02", "17:00:00Z", "0A", "0A0B", "-1"),
    "00-DB-12-34-56-78-90-A0",
    "90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:1000",
    *("QUFB", "1234567890123", "AB1 2CD", "1234", "0.5", "1111111"),
)
"""Texts of which nearly every type has one."""


def instances(schema: XMLSchema, root: str, container: Sequence[str]) -> Iterator[tuple[str, etree._Element]]:
    """A document for each element that a path of elements may end in, with everything that may stand in it once, and
    of a choice the first alternative; with the name of that element."""
    top = schema.maps.elements[root]
    above = top
    for step in container:
        above = next(child for child in _children(above) if child.local_name == step)
    for child in _children(above):
        document = _Maker().element(top)
        document.set("schemaVersion", "5.4")
        place = document
        for step in container:
            place = next(one for one in place if etree.QName(one).localname == step)
        for other in list(place):
            place.remove(other)
        _Maker().element(child, place)
        yield child.local_name, document


def _children(element: Any) -> list[XsdElement]:
    return [one for one in element.type.content.iter_elements() if isinstance(one, XsdElement)]


class _Maker:
    def __init__(self) -> None:
        self._open: list[object] = []

    def element(self, declared: Any, parent: etree._Element | None = None) -> etree._Element:
        declared = declared.ref or declared
        kind = declared.type
        made = etree.Element(declared.name) if parent is None else etree.SubElement(parent, declared.name)
        if kind.abstract:
            types = declared.maps.types.values()
            kind = next(one for one in types if one.is_complex() and not one.abstract and one.is_derived(kind))
            made.set(f"{INSTANCE}type", kind.local_name)
        for name, attribute in kind.attributes.items() if kind.is_complex() else ():
            if name:
                made.set(name, attribute.fixed or _value(attribute.type))
        if kind.is_simple() or kind.has_simple_content():
            made.text = declared.fixed or _value(kind if kind.is_simple() else kind.content)
        elif isinstance(kind.content, XsdGroup) and self._open.count(kind) < 2:
            self._open.append(kind)
            self._group(kind.content, made)
            self._open.pop()
        return made

    def _group(self, group: XsdGroup, made: etree._Element) -> None:
        for part in list(group)[:1] if group.model == "choice" else list(group):
            for _ in range(part.min_occurs or 1):
                if isinstance(part, XsdGroup):
                    self._group(part, made)
                elif not isinstance(part, XsdAnyElement):
                    self.element(part, made)


def _value(kind: Any) -> str:
    """A value of a simple type."""
    tried = [str(one) for one in (kind.enumeration or ())[:1]]
    tried += VALUES
    tried += [word for pattern in (kind.patterns.regexps if kind.patterns else ()) for word in pattern.split("|")]
    tried += [str(end) for end in (kind.min_value, kind.max_value) if end is not None]
    tried += ["A" * length for length in range(1, 100)]
    tried += [base64.b64encode(b"A" * length).decode() for length in range(1, 100)]
    return next(text for text in tried if kind.is_valid(text))
