"""What an element says of itself (XML Schema Part 1, 2.6): that it is nil, and of which type it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gbcscheck.device.documents.content import MISSING, UNKNOWN
from gbcscheck.device.documents.schema import Node
from gbcscheck.device.model import Problem
from gbcscheck.device.rules import DeviceRule
from gbcscheck.domains.content_models import NO_CHILD

if TYPE_CHECKING:
    from lxml.etree import _Element

INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
"""The namespace of these attributes."""


class Misstated(NamedTuple):
    """A problem with an attribute of the namespace, the attribute, and what is written there."""

    problem: Problem
    attribute: str
    written: str


def as_named(element: _Element, node: Node, name: str) -> tuple[Node | None, Misstated | None]:
    """The element with the type that it names itself (``xsi:type``), and what is wrong with that; None where the
    extract does not state the type."""
    named = element.get(INSTANCE + "type")
    if named is None:
        if "abstract" not in node.said:
            return node, None
        message = f"{name} is of an abstract type: xsi:type has to name another"
        return node, _misstated(MISSING, message, node, "xsi:type", "absent")
    local = named.strip().rpartition(":")[2]
    if local in node.types:
        return node.types[local], None
    if node.namespace is None or node.content == "any" or (node.model == NO_CHILD and not node.types):
        return None, None  # of simple types, and of all that stands for any type, derivations are not stated
    declared = str(node.said["type"].value) if "type" in node.said else ""
    if local == declared.rpartition(":")[2] and "abstract" not in node.said:
        return node, None
    message = f"the type that {name} names may not stand for {declared or 'that of the schema'}"
    return None, _misstated(UNKNOWN, message, node, "xsi:type", named)


def is_nil(element: _Element, node: Node, name: str, *, holds: bool) -> tuple[bool, Misstated | None]:
    """Whether an element says that it is nil, and what is wrong where it may not say so, or ``holds`` something all the
    same (3.3.4)."""
    said = element.get(INSTANCE + "nil")
    if said is None:
        return False, None
    nil = said.strip() in ("true", "1")
    message = ""
    if "nillable" not in node.said:
        message = f"{name} has no xsi:nil in the schema"
    elif not nil and said.strip() not in ("false", "0"):
        message = f"xsi:nil of {name} is neither true nor false"
    elif nil and holds:
        message = f"{name} is nil and holds something"
    return nil, _misstated(UNKNOWN, message, node, "xsi:nil", said) if message else None


def _misstated(rule: DeviceRule, message: str, node: Node, attribute: str, written: str) -> Misstated:
    stated = node.said.get("abstract") or node.stated
    known = f"the schema has {', '.join(node.types)}" if node.types and attribute == "xsi:type" else ""
    return Misstated(Problem(rule, message, (stated,) if stated else (), suggestion=known), attribute, written)
