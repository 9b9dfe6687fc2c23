"""What an element says of itself (XML Schema Part 1, 2.6): that it is nil, and of which type it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from gbcscheck.device.documents.content import MISSING, UNKNOWN
from gbcscheck.device.documents.named_types import NamedTypes, Standing
from gbcscheck.device.documents.schema import SchemaNode
from gbcscheck.device.documents.values import read_written
from gbcscheck.device.model import Problem
from gbcscheck.domains.literals import is_derived
from gbcscheck.model.rules import Rule

if TYPE_CHECKING:
    from lxml.etree import _Element

INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
"""The namespace of these attributes."""
SCHEMA_NAMESPACE = "http://www.w3.org/2001/XMLSchema"
KNOWN = frozenset(INSTANCE + name for name in ("type", "nil", "schemaLocation", "noNamespaceSchemaLocation"))
"""Those that there are: no element may have another of this namespace (3.2.7)."""
BLANKS = " \t\r\n"
"""What XML takes for blanks; a no-break space is none."""
_NAME = re.compile(r"[^\W\d][\w.\-\u00b7]*")


class Misstated(NamedTuple):
    """A problem with an attribute of the namespace, the attribute, and what is written there."""

    problem: Problem
    attribute: str
    written: str


def as_named(
    element: _Element, node: SchemaNode, name: str, types: Callable[[], NamedTypes]
) -> tuple[SchemaNode | None, Misstated | None]:
    """The element with the type that it names itself (``xsi:type``), and what is wrong with that; None where the
    extract does not state the type."""
    named = element.get(INSTANCE + "type")
    if named is None:
        if "abstract" not in node.by_attribute:
            return node, None
        message = f"{name} is of an abstract type: xsi:type has to name another"
        return node, _misstated(MISSING, message, node, "xsi:type", "absent")
    declared = str(node.by_attribute["type"].value) if "type" in node.by_attribute else ""
    if node.content == "any":
        return None, None  # of all that stands for any type, derivations are not stated
    prefix, _, local = named.strip(BLANKS).rpartition(":")
    namespace = element.nsmap.get(prefix or None, "" if not prefix else None)
    if namespace is None or not _NAME.fullmatch(local):
        message = f"xsi:type of {name} names no type" + (f": no namespace has the prefix {prefix}" if prefix else "")
        return None, _misstated(UNKNOWN, message, node, "xsi:type", named)
    if namespace == SCHEMA_NAMESPACE:
        if is_derived(f"xs:{local}", declared) and "permitted" in node.by_attribute:
            return node, None
        message = f"the type xs:{local} that {name} names may not stand for {declared or 'that of the schema'}"
        return None, _misstated(UNKNOWN, message, node, "xsi:type", named)
    if local in node.types and (node.namespace is None or namespace in types().namespaces):
        return node.types[local], None
    if node.namespace is None:
        return None, None
    standing = _standing(node, namespace, local, declared, types())
    if standing in ("same", "may"):
        return node, None
    if standing == "unknown":
        return None, None
    message = f"the type that {name} names may not stand for {declared or 'that of the schema'}"
    return None, _misstated(UNKNOWN, message, node, "xsi:type", named)


def _standing(node: SchemaNode, namespace: str, local: str, declared: str, types: NamedTypes) -> Standing:
    """Whether a type of a namespace may stand for the declared one of an element."""
    if namespace != node.namespace:
        return "unknown" if namespace in types.namespaces else "not"
    if "permitted" in node.by_attribute:
        standing = types.standing(local, declared)
        found = next(map(types.get, types.called(local)), None)
        plain = not node.attributes and (found is None or found.is_plain)
        return "unknown" if standing == "may" and not plain else standing
    is_same = local == declared.rpartition(":")[2] and "abstract" not in node.by_attribute
    return "same" if is_same else "not"


def beyond_named(element: _Element, node: SchemaNode, literal: str, types: Callable[[], NamedTypes]) -> str:
    """What was expected of a value where its element names a type that does not have it; empty where that type has it,
    and where none is named."""
    named = element.get(INSTANCE + "type")
    if named is None:
        return ""
    name = _built_in(element, named)
    if name is None:
        return _beyond_own(named.strip(BLANKS).rpartition(":")[2], node, literal, types())
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


def _beyond_own(local: str, node: SchemaNode, literal: str, types: NamedTypes) -> str:
    """The same of a type of the schema itself."""
    declared = str(node.by_attribute["type"].value) if "type" in node.by_attribute else ""
    found = next(map(types.get, types.called(local)), None) if types.standing(local, declared) == "may" else None
    if found is None or read_written(literal, found.by_attribute).permitted is not False:
        return ""
    return f"a value of {found.by_attribute['type'].value}, which xsi:type names, was expected"


def _built_in(element: _Element, named: str) -> str | None:
    """The type of XML Schema itself that a qualified name is of (``xs:int``); None where it is of another namespace."""
    prefix, _, local = named.strip(BLANKS).rpartition(":")
    return f"xs:{local}" if element.nsmap.get(prefix or None) == SCHEMA_NAMESPACE else None


def is_nil(element: _Element, node: SchemaNode, name: str, *, holds: bool) -> tuple[bool, Misstated | None]:
    """Whether an element says that it is nil, and what is wrong where it may not say so, or ``holds`` something all the
    same (3.3.4)."""
    written = element.get(INSTANCE + "nil")
    if written is None:
        return False, None
    said = written.strip(BLANKS)
    nil = said in ("true", "1")
    message = ""
    if "nillable" not in node.by_attribute:
        message = f"{name} has no xsi:nil in the schema"
    elif not nil and said not in ("false", "0"):
        message = f"xsi:nil of {name} is neither true nor false"
    elif nil and holds:
        message = f"{name} is nil and holds something"
    return nil, _misstated(UNKNOWN, message, node, "xsi:nil", written) if message else None


def _misstated(rule: Rule, message: str, node: SchemaNode, attribute: str, written: str) -> Misstated:
    stated = node.by_attribute.get("abstract") or node.stated
    known = f"the schema has {', '.join(node.types)}" if node.types and attribute == "xsi:type" else ""
    return Misstated(Problem(rule, message, (stated,) if stated else (), suggestion=known), attribute, written)
