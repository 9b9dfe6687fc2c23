#!/usr/bin/env bash
# Blanks around a time or date are collapsed by XML Schema; libxml2 does it on one side, on the other, or on neither.
#
# Software  lxml 6.1.3 (libxml2 2.14.6), beside xmlschema 4.3.2
# Input     a valid literal of each built-in type, with a blank before it and with one behind it
# Expected  valid, all of them: whiteSpace is "collapse" for every type but the texts (XML Schema Part 2, 4.3.6)
# Observed  xs:dateTime: not with a blank before it. xs:time and xs:duration: not with one behind it. xs:date and xs:gYear:
#           with neither. xs:int, xs:boolean, xs:double, xs:hexBinary: with both. A pretty-printed document with a time on
#           a line of its own is refused, one with a number there is not
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check lxml==6.1.3 xmlschema==4.3.2
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import xmlschema
from lxml import etree

OBSERVED = {  # with a blank before, and behind
    ("dateTime", "2025-01-01T00:00:00Z"): (False, True),
    ("time", "12:00:00Z"): (True, False),
    ("date", "2025-01-01Z"): (False, False),
    ("gYear", "2025"): (False, False),
    ("duration", "P1D"): (True, False),
    ("int", "1"): (True, True),
    ("boolean", "true"): (True, True),
    ("double", "1"): (True, True),
    ("hexBinary", "0A"): (True, True),
}
print("lxml", etree.LXML_VERSION, "libxml2", etree.LIBXML_VERSION, "xmlschema", xmlschema.__version__)
changed = False
for (name, literal), observed in OBSERVED.items():
    schema = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="r" type="xs:{name}"/></xs:schema>'
    one, other = etree.XMLSchema(etree.fromstring(schema)), xmlschema.XMLSchema(schema)
    found, exact = [], []
    for text in (literal, f"\n{literal}", f"{literal}\n"):
        element = etree.Element("r")
        element.text = text
        found.append(one.validate(element))
        exact.append(other.is_valid(element))
    print(f"xs:{name:9} plain, blank before, blank behind: libxml2 {found} xmlschema {exact}")
    changed |= found != [True, *observed]
sys.exit("libxml2 does something else now" if changed else 0)
PYTHON
