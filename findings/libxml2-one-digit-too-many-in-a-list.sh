#!/usr/bin/env bash
# libxml2 takes one repetition too many where a list is written as "(item,)*item".
#
# Software  lxml 6.1.3 (libxml2 2.14.6), beside xmlschema 4.3.2; both from the Python package index
# Input     the pattern ([0-9]{2},)*[0-9]{2}, the usual way to write a list of codes of fixed width (DUIS 5.4 writes
#           lists of device identifiers so), and the texts "00", "000", "0000", "00,000"
# Expected  "00" alone is valid: XML Schema Part 2, appendix F, S{n} is exactly n times S
# Observed  "000" is valid, too. "0000" is not, nor is "00,000" of this pattern; of
#           ([0-9]{2}-[0-9]{2},)*([0-9]{2}-[0-9]{2}) every group may begin with a digit too many: "00-11,000-11"
# Why       both copies of the item begin alike, and the counters of their repetitions are mixed up
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check lxml==6.1.3 xmlschema==4.3.2
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import xmlschema
from lxml import etree

SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="r"><xs:simpleType>
<xs:restriction base="xs:string"><xs:pattern value="{}"/></xs:restriction></xs:simpleType></xs:element></xs:schema>"""
CASES = {
    "([0-9]{2},)*[0-9]{2}": {"00": True, "000": True, "0000": False, "00,00": True, "00,000": False},
    "([0-9]{2}-[0-9]{2},)*([0-9]{2}-[0-9]{2})": {"00-11": True, "000-11": True, "00-111": False, "00-11,000-11": True},
}
print("lxml", etree.LXML_VERSION, "libxml2", etree.LIBXML_VERSION, "xmlschema", xmlschema.__version__)
changed = False
for pattern, texts in CASES.items():
    schema = SCHEMA.format(pattern)
    one, other = etree.XMLSchema(etree.fromstring(schema)), xmlschema.XMLSchema(schema)
    for text, observed in texts.items():
        element = etree.Element("r")
        element.text = text
        found, exact = one.validate(element), other.is_valid(element)
        print(f"{pattern:45} {text:13} libxml2 {found!s:6} xmlschema {exact}")
        changed |= found is not observed
sys.exit("libxml2 does something else now" if changed else 0)
PYTHON
