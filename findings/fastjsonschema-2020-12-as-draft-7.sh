#!/usr/bin/env bash
# fastjsonschema 2.22.3 (PyPI): a schema that says it is of draft 2020-12 is compiled as one of draft 7, without a word.
#
# Guess: a schema whose $schema names draft 2020-12 is either read as such or refused when it is compiled.
# Observed: it is compiled, and what draft 7 does not know is not checked: a member that another one requires
# (dependentRequired), a bound beside a $ref, members that no part of the schema speaks of (unevaluatedProperties).
# A row of columns (prefixItems, with items: false for "no more") works the other way: every row is refused.
# jsonschema 4.26.0 gives the answer of the draft for all of them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check fastjsonschema==2.22.3 jsonschema==4.26.0
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import fastjsonschema
import jsonschema

DRAFT = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
PERIOD = {"$defs": {"seconds": {"type": "integer"}}, "properties": {"period": {"$ref": "#/$defs/seconds", "maximum": 1799}}}
CASES = [
    ("a default without its unit", {"dependentRequired": {"default": ["unit"]}}, {"default": 600}, False, True),
    ("a period above its maximum", PERIOD, {"period": 7200}, False, True),
    ("a member nobody speaks of", {"properties": {"a": {}}, "unevaluatedProperties": False}, {"b": 1}, False, True),
    ("a row of two columns", {"prefixItems": [{"type": "string"}, {}], "items": False}, ["ECS37", 1], True, False),
]


def takes(check, value):
    try:
        check(value)
    except (fastjsonschema.JsonSchemaException, jsonschema.ValidationError):
        return False
    return True


same = True
for name, schema, value, by_draft, compiled in CASES:
    schema = {**DRAFT, **schema}
    found = takes(jsonschema.Draft202012Validator(schema).validate, value), takes(fastjsonschema.compile(schema), value)
    print(f"{name}: by the draft {found[0]}, compiled {found[1]}")
    same = same and found == (by_draft, compiled)
sys.exit(not same)
PYTHON
