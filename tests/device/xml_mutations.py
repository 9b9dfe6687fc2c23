"""Requests changed in one place, and what a validator that has the schema file says of them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree
from xml_documents import SIGNATURE
from xmlschema import XMLSchema

VALUES = ("x", "", " ", "-1", "1.5", "99999999999999999999999", "2025-02-30T00:00:00Z", "true", " 1 ")
"""Texts of which each type refuses some."""


class Mutation(NamedTuple):
    """One change: what is done, to which element in document order, and with what."""

    kind: str
    element: int
    detail: str = ""


def mutations(root: etree._Element) -> Iterator[Mutation]:
    """Every change of one element or attribute outside of the signature."""
    for number, element in enumerate(_elements(root)):
        if element is not root:
            yield from (Mutation(kind, number) for kind in ("drop", "double", "rename"))
            following = element.getnext()
            if following is not None and SIGNATURE not in str(following.tag):
                yield Mutation("swap", number)
        yield Mutation("attribute", number, "odd")
        yield from (Mutation("no attribute", number, str(name)) for name in element.attrib if element is not root)
        yield from (Mutation("attribute", number, str(name)) for name in element.attrib if element is not root)
        if len(element):
            yield Mutation("text", number, "odd")
        else:
            yield Mutation("child", number)
            yield from (Mutation("value", number, value) for value in VALUES)


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
    return [
        str(error.reason)
        for error in schema.iter_errors(root)
        if "Signature" not in str(error.path) and SIGNATURE not in str(getattr(error.elem, "tag", ""))
    ]


def _elements(root: etree._Element) -> list[etree._Element]:
    return [element for element in root.iter(etree.Element) if SIGNATURE not in str(element.tag)]
