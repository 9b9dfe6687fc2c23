"""Requests changed in one place, and what a validator that has the schema file says of them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree
from xml_documents import SIGNATURE
from xmlschema import XMLSchema
from xmlschema.validators import XsdElement

VALUES = ("x", "", " ", "-1", "1.5", "99999999999999999999999", "2025-02-30T00:00:00Z", "true", " 1 ")
"""Texts of which each type refuses some."""


class Mutation(NamedTuple):
    """One change: what is done, to which element in document order, and with what."""

    kind: str
    element: int
    detail: str = ""


INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
TYPES = ("sr:Nothing", "sr:EUI", "ra:EUI", "ra:PaymentMode", "sr:MPAN", "EUI", "nothing:EUI", "")
"""Names of types, some of which no schema has, and some no namespace."""


def mutations(root: etree._Element) -> Iterator[Mutation]:
    """Every change of one element or attribute outside of the signature."""
    for number, element in enumerate(_elements(root)):
        if element is not root:
            yield from (Mutation(kind, number) for kind in ("drop", "double", "rename", "unqualified", "elsewhere"))
            following = element.getnext()
            if following is not None and SIGNATURE not in str(following.tag):
                yield Mutation("swap", number)
        yield Mutation("attribute", number, "odd")
        yield from (Mutation("no attribute", number, str(name)) for name in element.attrib if element is not root)
        yield from (Mutation("attribute", number, str(name)) for name in element.attrib if element is not root)
        yield from (Mutation("nil", number, value) for value in ("true", "false"))
        yield Mutation("instance", number, "odd")
        if len(element):
            yield Mutation("text", number, "odd")
            yield Mutation("type", number, "sr:Nothing")
            yield Mutation("emptied", number)
        else:
            yield Mutation("child", number)
            yield from (Mutation("type", number, name) for name in TYPES)
            yield from (Mutation("value", number, value) for value in VALUES)


def alternatives(schema: XMLSchema, root: etree._Element, most: int = 4) -> Iterator[Mutation]:
    """Elements that the schema has beside each one, put behind it: among them, the other alternatives of a choice."""
    for number, element in enumerate(_elements(root)):
        parent = element.getparent()
        declared = _declared(schema, parent) if parent is not None else None
        if declared is not None and declared.type.has_complex_content():
            names = [one.name for one in declared.type.content.iter_elements() if one.name not in (None, element.tag)]
            yield from (Mutation("beside", number, str(name)) for name in names[:most])


def _declared(schema: XMLSchema, element: etree._Element) -> XsdElement | None:
    """The declaration of an element of a valid document."""
    parent = element.getparent()
    if parent is None:
        return schema.maps.elements.get(element.tag)
    around = _declared(schema, parent)
    if around is None:
        return None
    found = (one for one in around.type.content.iter_elements() if one.name == element.tag)
    return next((one for one in found if isinstance(one, XsdElement)), None)


def mutated(root: etree._Element, mutation: Mutation) -> etree._Element:
    """A copy of the document with one change."""
    root = copy.deepcopy(root)
    element = _elements(root)[mutation.element]
    parent = element.getparent()
    if mutation.kind == "drop":
        assert parent is not None
        parent.remove(element)
    elif mutation.kind == "double":
        assert parent is not None
        parent.insert(parent.index(element), copy.deepcopy(element))
    elif mutation.kind == "swap":
        following = element.getnext()
        assert parent is not None
        assert following is not None
        parent.remove(element)
        following.addnext(element)
    elif mutation.kind == "rename":
        element.tag = f"{element.tag}Odd"
    elif mutation.kind == "unqualified":
        element.tag = etree.QName(element).localname
    elif mutation.kind == "elsewhere":
        element.tag = f"{{urn:elsewhere}}{etree.QName(element).localname}"
    elif mutation.kind in ("nil", "type"):
        element.set(f"{INSTANCE}{mutation.kind}", mutation.detail)
    elif mutation.kind == "instance":
        element.set(f"{INSTANCE}{mutation.detail}", "1")
    elif mutation.kind == "emptied":
        for child in list(element):
            element.remove(child)
        element.text = None
    elif mutation.kind == "beside":
        element.addnext(etree.Element(mutation.detail))
    elif mutation.kind == "child":
        etree.SubElement(element, f"{element.tag}Odd")
    elif mutation.kind == "attribute":
        element.set(mutation.detail, "odd!")
    elif mutation.kind == "no attribute":
        del element.attrib[mutation.detail]
    else:
        element.text = mutation.detail
    return root


def objections(schema: XMLSchema, root: etree._Element) -> list[str]:
    """Why a validator refuses a document, its signature (a placeholder) left out."""
    try:
        return [
            str(error.reason)
            for error in schema.iter_errors(root)
            if "Signature" not in str(error.path) and SIGNATURE not in str(getattr(error.elem, "tag", ""))
        ]
    except KeyError as error:  # what it fails with where xsi:type names no type
        return [str(error)]


def _elements(root: etree._Element) -> list[etree._Element]:
    return [element for element in root.iter(etree.Element) if SIGNATURE not in str(element.tag)]
