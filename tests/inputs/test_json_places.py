"""Lines of JSON pointers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.inputs.json_places import escape_token, line_of_pointer

TEXT = '{\n  "a": [1,\n    {"b/c": 2,\n     "d~e": [\n       3]}],\n  "f": "x, ] }"\n}'


@pytest.mark.parametrize(
    ("pointer", "line"),
    [("", 1), ("/a", 2), ("/a/0", 2), ("/a/1", 3), ("/a/1/b~1c", 3), ("/a/1/d~0e", 4), ("/a/1/d~0e/0", 5), ("/f", 6)],
)
def test_line_of_each_value(pointer: str, line: int) -> None:
    assert line_of_pointer(TEXT, pointer) == line


def test_a_pointer_that_goes_astray_gives_the_nearest_parent() -> None:
    assert line_of_pointer(TEXT, "/a/1/nothing/here") == 3
    assert line_of_pointer(TEXT, "/f/0") == 6


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_every_pointer_of_a_document_finds_the_line_of_its_value(document: Any) -> None:
    text = json.dumps(document, indent=1)
    lines = text.split("\n")
    for pointer, value in _walk("", document):
        line = lines[line_of_pointer(text, pointer) - 1]
        assert json.dumps(value, indent=1).split("\n")[0] in line


def _walk(pointer: str, value: Any) -> list[tuple[str, Any]]:
    found = [(pointer, value)]
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        found += _walk(f"{pointer}/{escape_token(str(key))}", member)
    return found
