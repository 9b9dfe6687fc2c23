#!/usr/bin/env bash
# xmlschema 4.3.2 (Python): text among elements is accepted in a type that is not mixed, where its content model has a
# wildcard.
# Expected (XML Schema Part 1, 3.4.4, 2.3): the content type is element-only, so that no character but white space may
# stand there, whatever elements may.
# Observed: the document with text is valid under the wildcard, and refused under a named element. libxml2 refuses both.
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
        <xs:any processContents="skip"/>
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
    "<R><A/></R>": (True, True),
    "<R> <A/> </R>": (True, True),
    "<R>words<A/></R>": (False, True),
    "<R><A/>words</R>": (False, True),
    "<R>words</R>": (False, False),
}
changed = False
for document, (standard, observed) in EXPECTED.items():
    found, libxml2 = one.is_valid(document), other.validate(etree.fromstring(document))
    print(f"{document}\n  standard {standard}, xmlschema {found} (observed before: {observed}), libxml2 {libxml2}")
    changed |= found != observed or libxml2 != standard
sys.exit(changed)
PYTHON
"$folder/venv/bin/python" "$folder/try.py" "$folder/schema.xsd"
