#!/usr/bin/env bash
# xmlschema 4.3.2 (Python): an element with minOccurs="0" within a choice may stand several times, though neither the
# element nor the choice may repeat, where the choice stands in a sequence before another element.
# Expected (XML Schema Part 1, 3.8.4): ((A | B?), C) has the sequences A C, B C and C, and no other.
# Observed: B B C and B B B C are valid. libxml2 refuses them.
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
        <xs:choice>
          <xs:element name="A"/>
          <xs:element name="B" minOccurs="0"/>
        </xs:choice>
        <xs:element name="C"/>
      </xs:sequence>
    </xs:complexType>
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
    "<R><A/><C/></R>": (True, True),
    "<R><B/><C/></R>": (True, True),
    "<R><C/></R>": (True, True),
    "<R><A/><A/><C/></R>": (False, False),
    "<R><B/><B/><C/></R>": (False, True),
    "<R><B/><B/><B/><C/></R>": (False, True),
}
changed = False
for document, (standard, observed) in EXPECTED.items():
    found, libxml2 = one.is_valid(document), other.validate(etree.fromstring(document))
    print(f"{document}\n  standard {standard}, xmlschema {found} (observed before: {observed}), libxml2 {libxml2}")
    changed |= found != observed or libxml2 != standard
sys.exit(changed)
PYTHON
"$folder/venv/bin/python" "$folder/try.py" "$folder/schema.xsd"
