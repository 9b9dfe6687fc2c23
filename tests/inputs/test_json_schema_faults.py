"""What is told of a JSON value that breaks its schema: one message a fault, at the place that is to be corrected."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gbcscheck.errors import Problems
from gbcscheck.inputs.json_schema import MOST_FAULTS, refuse_invalid, violations

SCHEMA = {
    "title": "gbcscheck index",
    "type": "object",
    "required": ["colour", "name"],
    "additionalProperties": False,
    "patternProperties": {"^//": True},
    "properties": {
        "colour": {"type": "string"},
        "name": {"title": "name of a thing", "anyOf": [{"enum": ["left", "right"]}, {"enum": ["above"]}]},
        "end": {"anyOf": [{"$ref": "#/$defs/end"}, {"type": "array", "items": {"$ref": "#/$defs/end"}}]},
    },
    "$defs": {
        "end": {
            "type": "object",
            "anyOf": [{"required": ["from"]}, {"required": ["to"]}],
            "additionalProperties": False,
            "properties": {"from": {}, "to": {}},
        }
    },
}
GOOD = {"colour": "red", "name": "left"}


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("schema") / "index.schema.json"
    path.write_text(json.dumps(SCHEMA), encoding="utf-8")
    return path


def faults(document: Any, schema: Path) -> list[str]:
    with pytest.raises(Problems) as caught:
        refuse_invalid(document, json.dumps(document).encode(), schema, where="a.json")
    return [str(problem).removeprefix("a.json:1: ") for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"color": "red", "name": "left"}, ['"color" is no member of an index; did you mean "colour"? (at /color)']),
        ({"name": "left"}, ["'colour' is a required property (at /)"]),
        ({**GOOD, "x": 1, "// a": 2}, ['"x" is no member of an index (at /x)']),
        ({**GOOD, "name": "rigth"}, ['"rigth" is no name of a thing; did you mean "right"? (at /name)']),
        ({**GOOD, "name": "abvoe"}, ['"abvoe" is no name of a thing; did you mean "above"? (at /name)']),
        ({**GOOD, "name": "x" * 99}, [f'"{"x" * 60} …" is no name of a thing (at /name)']),
        ({**GOOD, "end": {"form": 1}}, ['"form" is no member here; did you mean "from"? (at /end/form)']),
        ({**GOOD, "end": [{"to": 1}, {}]}, ["one of from, to is needed (at /end/1)"]),
        ({**GOOD, "end": 5}, ["5 is not valid under any of the given schemas (at /end)"]),
        ({**GOOD, "end": {"fr~/": 1, "to": 2}}, ['"fr~/" is no member here (at /end/fr~0~1)']),
    ],
)
def test_what_is_told(document: Any, expected: list[str], schema: Path) -> None:
    assert faults(document, schema) == expected


def test_faults_beyond_the_hundredth_are_counted(schema: Path) -> None:
    told = faults({**GOOD, **{f"stranger {number}": 1 for number in range(MOST_FAULTS + 7)}}, schema)
    assert len(told) == MOST_FAULTS + 1
    assert told[-1] == "a.json: 7 more faults, which are not listed"


def test_violations_are_the_validators_own(schema: Path) -> None:
    """Findings of configurations and reports of ``device`` are made of them, and keep their places."""
    found = [(one.pointer, one.message) for one in violations({**GOOD, "x": 1}, schema)]
    assert [pointer for pointer, _ in found] == [""]
    assert found[0][1].startswith("'x' does not match")
