"""What an element says of itself (XML Schema Part 1, 2.6): that it is nil, and of which type it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gbcscheck.device.documents.content import MISSING, UNKNOWN
from gbcscheck.device.documents.schema import SchemaNode
from gbcscheck.device.model import Problem
from gbcscheck.domains.content_models import NO_CHILD
from gbcscheck.domains.literals import is_derived
from gbcscheck.model.rules import Rule

if TYPE_CHECKING:
    from lxml.etree import _Element

INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
"""The namespace of these attributes."""
SCHEMA_NAMESPACE = "http://www.w3.org/2001/XMLSchema"


class Misstated(NamedTuple):
    """A problem with an attribute of the namespace, the attribute, and what is written there."""

    problem: Problem
    attribute: str
    written: str


def as_named(element: _Element, node: SchemaNode, name: str) -> tuple[SchemaNode | None, Misstated | None]:
    """The element with the type that it names itself (``xsi:type``), and what is wrong with that; None where the
    extract does not state the type."""
    named = element.get(INSTANCE + "type")
    if named is None:
        if "abstract" not in node.by_attribute:
            return node, None
        message = f"{name} is of an abstract type: xsi:type has to name another"
        return node, _misstated(MISSING, message, node, "xsi:type", "absent")
    declared = str(node.by_attribute["type"].value) if "type" in node.by_attribute else ""
    built_in = _built_in(element, named)
    if built_in is not None and node.content != "any" and declared:
        if is_derived(built_in, declared) and "permitted" in node.by_attribute:
            return node, None
        message = f"the type {built_in} that {name} names may not stand for {declared}"
        return None, _misstated(UNKNOWN, message, node, "xsi:type", named)
    local = named.strip().rpartition(":")[2]
    if local in node.types:
        return node.types[local], None
    if node.namespace is None or node.content == "any" or (node.model == NO_CHILD and not node.types):
        return None, None  # of simple types, and of all that stands for any type, derivations are not stated
    if local == declared.rpartition(":")[2] and "abstract" not in node.by_attribute:
        return node, None
    message = f"the type that {name} names may not stand for {declared or 'that of the schema'}"
    return None, _misstated(UNKNOWN, message, node, "xsi:type", named)


def beyond_named(element: _Element, literal: str) -> str:
    """What was expected of a value where its element names a built-in type that does not have it; empty where that type
    has it, and where none is named."""
    named = element.get(INSTANCE + "type")
    name = _built_in(element, named) if named is not None else None
    if name is None:
        return ""
    from gbcscheck.domains.literals import COLLAPSE, Form, accepts, built_in
    from gbcscheck.extract.xsd_chain import LISTS
    from gbcscheck.extract.xsd_types import NoDomain, builtin_domain

    local = name.removeprefix("xs:")
    form = Form("list", COLLAPSE, (built_in(f"xs:{LISTS[local]}"),)) if local in LISTS else built_in(name)
    try:
        domain = builtin_domain(local)
    except NoDomain:
        domain = None
    return "" if accepts(literal, form, domain) else f"a value of {name}, which xsi:type names, was expected"


def _built_in(element: _Element, named: str) -> str | None:
    """The type of XML Schema itself that a qualified name is of (``xs:int``); None where it is of another namespace."""
    prefix, _, local = named.strip(" \t\r\n").rpartition(":")
    return f"xs:{local}" if element.nsmap.get(prefix or None) == SCHEMA_NAMESPACE else None


def is_nil(element: _Element, node: SchemaNode, name: str, *, holds: bool) -> tuple[bool, Misstated | None]:
    """Whether an element says that it is nil, and what is wrong where it may not say so, or ``holds`` something all the
    same (3.3.4)."""
    written = element.get(INSTANCE + "nil")
    if written is None:
        return False, None
    nil = written.strip() in ("true", "1")
    message = ""
    if "nillable" not in node.by_attribute:
        message = f"{name} has no xsi:nil in the schema"
    elif not nil and written.strip() not in ("false", "0"):
        message = f"xsi:nil of {name} is neither true nor false"
    elif nil and holds:
        message = f"{name} is nil and holds something"
    return nil, _misstated(UNKNOWN, message, node, "xsi:nil", written) if message else None


def _misstated(rule: Rule, message: str, node: SchemaNode, attribute: str, written: str) -> Misstated:
    stated = node.by_attribute.get("abstract") or node.stated
    known = f"the schema has {', '.join(node.types)}" if node.types and attribute == "xsi:type" else ""
    return Misstated(Problem(rule, message, (stated,) if stated else (), suggestion=known), attribute, written)
