"""Simple types that xsi:type names, by a small schema: which may stand for which is as validators say."""

from __future__ import annotations

import io
from itertools import product
from pathlib import Path

from lxml import etree
from xml_mutations import objections
from xmlschema import XMLSchema

from gbcscheck.device.documents.schema import find_schema
from gbcscheck.device.documents.walk import walk
from gbcscheck.device.model import FileRecord
from gbcscheck.extract.xsd import read_schema
from gbcscheck.facts.crosswalk import Crosswalk
from gbcscheck.inputs.xml_safe import parse_xml
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import Release

NAMESPACE = "http://www.dccinterface.co.uk/ServiceUserGateway"
ELEMENTS = {
    "Any": "xs:string",
    "Text": "sr:Text",
    "Short": "sr:Short",
    "Word": "sr:Word",
    "Count": "xs:int",
    "Few": "sr:Few",
    "List": "sr:Several",
}
SCHEMA = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:sr="{NAMESPACE}" targetNamespace="{NAMESPACE}"
  elementFormDefault="qualified">
  <xs:simpleType name="Text"><xs:restriction base="xs:string"><xs:maxLength value="5"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Short"><xs:restriction base="sr:Text"><xs:maxLength value="3"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Word"><xs:restriction base="xs:token"><xs:maxLength value="2"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Few"><xs:restriction base="xs:byte"><xs:maxInclusive value="3"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Several"><xs:list itemType="sr:Few"/></xs:simpleType>
  <xs:element name="Request"><xs:complexType>
    <xs:choice>{"".join(f'<xs:element name="{name}" type="{kind}"/>' for name, kind in ELEMENTS.items())}</xs:choice>
    <xs:attribute name="schemaVersion" type="xs:decimal"/>
  </xs:complexType></xs:element>
</xs:schema>"""
NAMED = (
    "sr:Text",
    "sr:Short",
    "sr:Word",
    "sr:Few",
    "sr:Several",
    "xs:token",
    "xs:byte",
    "xs:short",
    "sr:Odd",
    "x:Text",
    "",
)


def test_types_that_stand_for_others(tmp_path: Path) -> None:
    path = tmp_path / "schema.xsd"
    path.write_text(SCHEMA)
    extract = read_schema(path, shown="schema.xsd", specification="DUIS").extract
    schema = find_schema(Catalogue.of(Release("", "", "", (extract,), Crosswalk())), "DUIS", "", "/Request")
    assert schema is not None
    first, second = XMLSchema(str(path)), etree.XMLSchema(etree.parse(io.BytesIO(SCHEMA.encode())))
    taken = 0
    for element, named, value in product(ELEMENTS, NAMED, ("1", "ab", "abcd", "100", "abcdefgh", "1 2")):
        text = (
            f'<sr:Request xmlns:sr="{NAMESPACE}" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
            f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><sr:{element} xsi:type="{named}">{value}'
            f"</sr:{element}></sr:Request>"
        )
        root = etree.fromstring(text)
        verdicts = {not objections(first, root), second.validate(root)}
        if len(verdicts) > 1:  # one of them takes a list of a type for that type
            assert "sr:Several" in (named, ELEMENTS[element])
            continue
        record = FileRecord("request.xml")
        walk(parse_xml(text.encode(), where="request.xml"), schema, record, lambda leaf: ())
        assert (not record.findings) in verdicts, (element, named, value, [one.message for one in record.findings])
        taken += True in verdicts
    assert taken > 30
