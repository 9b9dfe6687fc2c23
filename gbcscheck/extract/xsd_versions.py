"""Schemas are read as XSD 1.0: what other versions condition or add is left out as they say, or refused in words.

Conditional inclusion (XSD 1.1 Part 1, 4.2.2) marks parts of a schema document for some versions: these are taken or
left out as a processor of version 1.0 does that knows it. What only XSD 1.1 has beyond that would mean something else,
or nothing, if it were passed over, so that the schema is refused with its line.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from gbcscheck.errors import UnreadableSource
from gbcscheck.inputs.xml_safe import XmlDocument

if TYPE_CHECKING:
    from lxml.etree import _Element

XSD = "http://www.w3.org/2001/XMLSchema"
VERSIONING = "http://www.w3.org/2007/XMLSchema-versioning"
VERSION = Decimal("1.0")
"""The version as which schemas are read."""

_BOUNDED = ("byte", "decimal", "int", "integer", "long", "short")
TYPES = frozenset(
    (
        *("anySimpleType", "anyType", "anyURI", "base64Binary", "boolean", "date", "dateTime", "double", "duration"),
        *("ENTITIES", "ENTITY", "float", "gDay", "gMonth", "gMonthDay", "gYear", "gYearMonth", "hexBinary", "ID"),
        *("IDREF", "IDREFS", "language", "Name", "NCName", "negativeInteger", "NMTOKEN", "NMTOKENS"),
        *("nonNegativeInteger", "nonPositiveInteger", "normalizedString", "NOTATION", "positiveInteger", "QName"),
        *("string", "time", "token", "unsignedByte", "unsignedInt", "unsignedLong", "unsignedShort", *_BOUNDED),
    )
)
"""The built-in types of XSD 1.0 (Part 2, 3.2 and 3.3)."""
FACETS = frozenset(
    (
        *("length", "minLength", "maxLength", "pattern", "enumeration", "whiteSpace", "maxInclusive", "maxExclusive"),
        *("minInclusive", "minExclusive", "totalDigits", "fractionDigits"),
    )
)
"""The facets of XSD 1.0 (Part 2, 4.3)."""

_NEW_ELEMENTS = frozenset(
    ("alternative", "assert", "assertion", "defaultOpenContent", "explicitTimezone", "openContent", "override")
)
_NEW_TYPES = frozenset(("anyAtomicType", "dateTimeStamp", "dayTimeDuration", "error", "yearMonthDuration"))
_NEW_ATTRIBUTES = frozenset(
    (
        *("defaultAttributes", "defaultAttributesApply", "inheritable", "notNamespace", "notQName"),
        "xpathDefaultNamespace",
    )
)
_REFERRED = ("type", "base", "itemType", "memberTypes")
_DECIMAL = re.compile(r"[-+]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})", re.ASCII)


def as_version_1_0(document: XmlDocument) -> tuple[XmlDocument, bytes]:
    """A schema document without what is not for version 1.0, and the octets that a parser is given of it; the text and
    the lines are those of the file.

    Raises UnreadableSource with the line where the document is for other versions alone, or holds what only they know.
    """
    octets = document.text.encode("utf-8")
    if VERSIONING in document.text:
        document = _included(document)
        octets = _rendered(document)
    _refuse_new(document)
    return document, octets


def _rendered(document: XmlDocument) -> bytes:
    from lxml import etree

    return etree.tostring(document.root, encoding="utf-8")


# --- conditional inclusion -------------------------------------------------------------------------------------------


def _included(document: XmlDocument) -> XmlDocument:
    """The document without the elements that its conditions leave out, and without the conditions."""
    lines = document.line_by_element()
    for element, line in lines.items():
        where = f"{document.where}:{line}"
        parent = element.getparent()
        if not _reached(element, document.root):
            continue  # below one that was left out
        reason = _left_out(element, where)
        if reason and parent is None:
            raise UnreadableSource(f"{reason} leaves nothing of it for XSD 1.0, as which schemas are read", where=where)
        if reason and parent is not None:
            parent.remove(element)
        for name in [name for name in element.attrib if str(name).startswith(f"{{{VERSIONING}}}")]:
            del element.attrib[name]
    included = tuple(lines[element] for element in lines if _reached(element, document.root))
    return XmlDocument(document.where, document.root, document.text, included)


def _reached(element: _Element, root: _Element) -> bool:
    while (parent := element.getparent()) is not None:
        element = parent
    return element is root


def _attributes(element: _Element) -> list[tuple[str, str]]:
    return [(str(name), str(text)) for name, text in element.attrib.items()]


def _left_out(element: _Element, where: str) -> str:
    """The condition because of which an element is left out; empty where it is not."""
    for name, text in _attributes(element):
        if not name.startswith(f"{{{VERSIONING}}}"):
            continue
        local = name.rpartition("}")[2]
        told = f'vc:{local}="{text}"'
        if local in ("minVersion", "maxVersion"):
            bound = _version(text, told, where)
            if (bound > VERSION) if local == "minVersion" else (bound <= VERSION):
                return told
        elif local in ("typeAvailable", "typeUnavailable", "facetAvailable", "facetUnavailable"):
            known = [_is_known(element, one, local.startswith("facet"), where) for one in text.split()]
            if (local.endswith("Unavailable") and known and all(known)) or (
                not local.endswith("Unavailable") and not all(known)
            ):
                return told
    return ""


def _version(text: str, told: str, where: str) -> Decimal:
    if not _DECIMAL.fullmatch(text.strip()):
        raise UnreadableSource(f"{told}: a version as 1.1 was expected", where=where)
    return Decimal(text.strip())


def _is_known(element: _Element, name: str, facet: bool, where: str) -> bool:
    """Whether a type or facet, named with a prefix, is one of XSD 1.0."""
    prefix, _, local = name.rpartition(":")
    namespaces = element.nsmap
    if prefix and prefix not in namespaces:
        raise UnreadableSource(f"{name} has a prefix that is not declared", where=where)
    return namespaces.get(prefix or None) == XSD and local in (FACETS if facet else TYPES)


# --- what is new in XSD 1.1 ------------------------------------------------------------------------------------------


def _refuse_new(document: XmlDocument) -> None:
    """Raise UnreadableSource for what XSD 1.0 does not know, outside of annotations."""
    from lxml import etree

    annotated: set[_Element] = set()
    for element, line in zip(document.root.iter(etree.Element), document.lines, strict=True):
        parent = element.getparent()
        if element.tag == f"{{{XSD}}}annotation" or (annotated and parent in annotated):
            annotated.add(element)
            continue
        found = _new(element)
        if found:
            raise UnreadableSource(
                f"{found} belongs to XSD 1.1; schemas are read as XSD 1.0", where=f"{document.where}:{line}"
            )


def _new(element: _Element) -> str:
    """What of an element XSD 1.0 does not know, in words; empty where there is nothing."""
    namespace, _, local = str(element.tag)[1:].rpartition("}")
    if namespace != XSD:
        return ""
    if local in _NEW_ELEMENTS:
        return f"xs:{local}"
    for attribute, text in _attributes(element):
        if attribute in _NEW_ATTRIBUTES:
            return f"the attribute {attribute} of xs:{local}"
        if attribute == "targetNamespace" and local != "schema":
            return f"the attribute targetNamespace of xs:{local}"
        if attribute == "ref" and local in ("unique", "key", "keyref"):
            return f"the attribute ref of xs:{local}"
        if attribute == "substitutionGroup" and len(text.split()) > 1:
            return "a substitutionGroup of several elements"
        if attribute in _REFERRED:
            for one in text.split():
                prefix, _, its_type = one.rpartition(":")
                if its_type in _NEW_TYPES and element.nsmap.get(prefix or None) == XSD:
                    return f"the type xs:{its_type}"
    return ""
