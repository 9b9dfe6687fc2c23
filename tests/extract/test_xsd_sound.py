"""What libxml2 takes for a schema document, xmlschema takes too, so that it need not be asked."""

from __future__ import annotations

import copy
import random
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from lxml import etree
from xmlschema import XMLResource, XMLSchema

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.xsd import read_schema
from gbcscheck.extract.xsd_sound import XML, keeps_schema_for_schemas

XS = "http://www.w3.org/2001/XMLSchema"
SCHEMA = f"""<xs:schema xmlns:xs="{XS}" targetNamespace="urn:a" xmlns="urn:a" elementFormDefault="qualified">
<xs:element name="A" type="T"><xs:key name="K"><xs:selector xpath="B"/><xs:field xpath="@c"/></xs:key></xs:element>
<xs:complexType name="T"><xs:sequence minOccurs="0"><xs:element name="B" type="xs:int" maxOccurs="unbounded"/>
<xs:any namespace="##other" processContents="lax"/></xs:sequence>
<xs:attribute name="c" use="required"/></xs:complexType>
<xs:simpleType name="S"><xs:restriction base="xs:token"><xs:enumeration value="a"/><xs:maxLength value="3"/>
</xs:restriction></xs:simpleType></xs:schema>"""
ELEMENTS = (
    *("schema", "element", "attribute", "complexType", "simpleType", "sequence", "choice", "all", "group", "any"),
    *("annotation", "restriction", "extension", "simpleContent", "list", "union", "import", "key", "field", "length"),
)
ATTRIBUTES = (
    *("name", "type", "ref", "base", "minOccurs", "maxOccurs", "use", "default", "fixed", "value", "id", "final"),
    *("block", "abstract", "mixed", "form", "memberTypes", "namespace", "processContents", "xpath", "wrong"),
)
VALUES = (
    *("", "a", "xs:string", "a:b:c", "1", "-1", "unbounded", "2.5", " 1 ", "true", "0", "#all", "restriction list"),
    *(
        "qualified",
        "optional",
        "prohibited",
        "lax",
        "##any",
        "##other",
        "##local urn:a",
        "a b",
        "1a",
        "@c",
        ".//B",
        "%",
    ),
)


def changed(root: Any, rng: random.Random) -> bytes:
    """A schema document with one or two places changed."""
    root = copy.deepcopy(root)
    for _ in range(rng.choice((1, 1, 2))):
        places = list(root.iter(etree.Element))
        place, choice = rng.choice(places), rng.random()
        if choice < 0.5:
            place.set(rng.choice(ATTRIBUTES), rng.choice(VALUES))
        elif choice < 0.65 and place.attrib:
            del place.attrib[rng.choice(list(place.attrib))]
        elif choice < 0.75:
            place.tag = f"{{{XS}}}{rng.choice(ELEMENTS)}"
        elif choice < 0.85 and place.getparent() is not None:
            place.getparent().remove(place)
        else:
            place.insert(rng.randint(0, len(place)), copy.deepcopy(rng.choice(places)))
    return etree.tostring(root)


def taken_by_xmlschema(octets: bytes) -> bool:
    """Whether xmlschema's own validation by the schema for schemas finds nothing."""
    namespaces = XMLResource(octets).get_namespaces({"xml": XML}, False, True)
    XMLSchema.meta_schema.build()
    try:
        return not list(XMLSchema.meta_schema.iter_errors(ElementTree.fromstring(octets), namespaces=namespaces))
    except Exception:  # what it fails with on some documents
        return False


def test_what_libxml2_takes_is_taken_by_xmlschema() -> None:
    rng, found = random.Random(7), Counter[tuple[bool, bool]]()
    root = etree.fromstring(SCHEMA)
    for _ in range(400):
        octets = changed(root, rng)
        sound = keeps_schema_for_schemas(etree.fromstring(octets))
        taken = taken_by_xmlschema(octets)
        assert taken or not sound, octets
        found[sound, taken] += 1
    assert found[True, True] > 30
    assert found[False, False] > 100


@pytest.mark.parametrize("name", ["DUIS", "MMC"])
def test_published_schemas_are_sound(corpus: Path, name: str) -> None:
    document = etree.parse(corpus / "xsd" / "5.4" / f"{name} Schema V5.4.xsd").getroot()
    assert keeps_schema_for_schemas(document)


def test_what_is_wrong_is_told_by_xmlschema(tmp_path: Path) -> None:
    path = tmp_path / "a.xsd"
    path.write_text(SCHEMA.replace('minOccurs="0"', 'minOccurs="none"'), encoding="utf-8")
    with pytest.raises(UnreadableSource, match=r"a\.xsd:3: not a valid schema: .*'none'"):
        read_schema(path)
