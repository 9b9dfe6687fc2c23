#!/usr/bin/env bash
# xmlschema 4.3.2 (Python): a unique constraint of two fields refuses elements that lack one of the fields.
# Expected (XML Schema Part 1, 3.11.4): only elements for which all fields are there are compared (the qualified node
# set); two elements that lack a field are never duplicates.
# Observed: two elements with k="1" and no l are refused as duplicates. libxml2 accepts them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check xmlschema==4.3.2 lxml==6.1.3
cat > "$folder/schema.xsd" <<'XSD'
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="R">
    <xs:complexType>
      <xs:sequence>
        <xs:element name="I" maxOccurs="unbounded">
          <xs:complexType>
            <xs:attribute name="k"/>
            <xs:attribute name="l"/>
          </xs:complexType>
        </xs:element>
      </xs:sequence>
    </xs:complexType>
    <xs:unique name="u">
      <xs:selector xpath="I"/>
      <xs:field xpath="@k"/>
      <xs:field xpath="@l"/>
    </xs:unique>
  </xs:element>
</xs:schema>
XSD
cat > "$folder/try.py" <<'PYTHON'
import sys

import lxml.etree as etree
import xmlschema

path = sys.argv[1]
one, other = xmlschema.XMLSchema(path), etree.XMLSchema(etree.parse(path))
EXPECTED = {
    '<R><I k="1" l="1"/><I k="1" l="2"/></R>': (True, True),
    '<R><I k="1" l="1"/><I k="1" l="1"/></R>': (False, False),
    '<R><I k="1"/><I k="1"/></R>': (True, False),
    '<R><I l="1"/><I l="1"/></R>': (True, False),
    "<R><I/><I/></R>": (True, True),
}
changed = False
for document, (standard, observed) in EXPECTED.items():
    found, libxml2 = one.is_valid(document), other.validate(etree.fromstring(document))
    print(f"{document}\n  standard {standard}, xmlschema {found} (observed before: {observed}), libxml2 {libxml2}")
    changed |= found != observed or libxml2 != standard
sys.exit(changed)
PYTHON
"$folder/venv/bin/python" "$folder/try.py" "$folder/schema.xsd"
