"""The compiled validator and jsonschema agree on what is valid, for every schema that ships."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from shares import at_least, examples, portion

import gbcscheck
from gbcscheck.errors import Problems
from gbcscheck.facts.extract_file import SCHEMA, parse_extract
from gbcscheck.inputs.json_schema import is_plainly_valid, violations

PACKAGE = Path(gbcscheck.__file__).parent
SCHEMAS = sorted(PACKAGE.rglob("*.schema.json"))
ODD = (
    "",
    "a",
    "published",
    "2026-11\n",
    "0" * 64,
    "\ud800",
    0,
    -1,
    1.5,
    10**40,
    True,
    None,
    [],
    {},
    ["a"],
    {"name": "a"},
)
"""Values to put in the places of others."""

MEMBERS = (
    *("subject", "attribute", "domain", "value", "text", "clause", "source", "provenance", "specification", "version"),
    *("part", "date", "note", "statements", "name", "sha256", "other"),
)
values = st.recursive(
    st.sampled_from([one for one in ODD if not isinstance(one, (list, dict))]) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(MEMBERS), inner, max_size=6),
    max_leaves=12,
)


def mutants(document: Any, rng: random.Random, number: int) -> list[Any]:
    """Copies of a document, each with one to three places changed, left out or added."""
    found = []
    for _ in range(number):
        changed = copy.deepcopy(document)
        for _ in range(rng.randint(1, 3)):
            places = [(node, key) for node in _nodes(changed) for key in _keys(node)]
            if not places:
                continue
            node, key = rng.choice(places)
            choice = rng.random()
            if choice < 0.6:
                node[key] = copy.deepcopy(rng.choice(ODD))
            elif choice < 0.8:
                del node[key]
            elif isinstance(node, dict):
                node[rng.choice(MEMBERS)] = copy.deepcopy(rng.choice(ODD))
            else:
                node.append(copy.deepcopy(rng.choice(ODD)))
        found.append(changed)
    return found


def _nodes(value: Any) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [
        node for node in [value, *(one for each in inner for one in _nodes(each))] if isinstance(node, (dict, list))
    ]


def _keys(node: Any) -> list[Any]:
    return list(node) if isinstance(node, dict) else list(range(len(node)))


def documents(specs: Path) -> dict[str, list[Any]]:
    """A few documents for each schema that has any, by the name of the schema's file."""
    extract = json.loads((specs / "gbcs" / "4.0" / "use-cases.json").read_text(encoding="utf-8"))
    extract["statements"] = extract["statements"][:8]
    return {
        "extract.schema.json": [extract],
        "crosswalk.schema.json": [_short(path) for path in sorted((specs / "crosswalk").glob("*.json"))],
        "directions.schema.json": [_short(specs / "directions" / "directions.json")],
        "table-mapping.schema.json": [_short(specs / "mappings" / "table-28d.json")],
    }


def _short(path: Path) -> Any:
    """A document with the first of the members of its long lists."""
    document = json.loads(path.read_text(encoding="utf-8"))
    return {key: value[:6] if isinstance(value, list) else value for key, value in document.items()}


def test_schemas_are_found() -> None:
    assert {"extract.schema.json", "crosswalk.schema.json"} <= {path.name for path in SCHEMAS}


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda path: path.name)
def test_both_agree_on_mutations_of_what_ships(schema: Path, specs: Path) -> None:
    reference = Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
    rng = random.Random(schema.name)
    taken = refused = 0
    for document in documents(specs).get(schema.name, [{}]):
        for one in [document, *mutants(document, rng, portion(120))]:
            valid = reference.is_valid(one)
            taken, refused = taken + valid, refused + (not valid)
            assert valid or not is_plainly_valid(one, schema), one
            assert (not list(violations(one, schema))) == valid, one
    assert (taken > 0 and refused > at_least(50)) or schema.name not in documents(specs)


@given(values)
@settings(max_examples=examples(150))
def test_both_agree_on_any_value(value: object) -> None:
    reference = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    valid = reference.is_valid(value)
    assert valid or not is_plainly_valid(value, SCHEMA)
    assert (not list(violations(value, SCHEMA))) == valid


def test_what_only_the_compiled_one_refuses_is_taken() -> None:
    """In Python, ``$`` of a pattern lets a line feed follow."""
    document = {"specification": "A", "version": "1", "provenance": "derived", "date": "2026\n", "statements": []}
    assert not is_plainly_valid(document, SCHEMA)
    assert list(violations(document, SCHEMA)) == []


def test_half_a_character_is_left_to_the_other() -> None:
    assert not is_plainly_valid({"\ud800": 1}, SCHEMA)
    assert [one.pointer for one in violations({"\ud800": 1}, SCHEMA)]


def test_what_is_wrong_is_said_in_the_words_of_before() -> None:
    content = b'{"specification": "A", "version": "1", "provenance": "said",\n "statements": [{"subject": ""}]}'
    with pytest.raises(Problems) as raised:
        parse_extract(content, where="a.json")
    assert sorted(map(str, raised.value.problems)) == [
        "a.json:1: 'said' is not one of ['published', 'derived', 'synthetic'] (at /provenance)",
        "a.json:2: 'attribute' is a required property (at /statements/0)",
        "a.json:2: at least one character is needed (at /statements/0/subject)",
        "a.json:2: one of domain, value, text is needed (at /statements/0)",
    ]
