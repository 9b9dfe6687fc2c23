"""Documents held against the JSON Schemas that ship, by jsonschema alone."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator


@cache
def validator(schema: Path) -> Draft202012Validator:
    """What holds documents against a schema, which is held against that of schemas once and not for each document."""
    content = json.loads(schema.read_text(encoding="utf-8"))
    assert content["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(content)
    return Draft202012Validator(content)
