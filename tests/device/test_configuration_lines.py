"""Lines of the values of a JSON text."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.inputs.json_places import line_of_pointer
from gbcscheck.inputs.json_pointers import lines_by_pointer

DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text('a"\\/~{}[],:\n', max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('a"/~\\', max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(DOCUMENTS, st.sampled_from([None, 0, 2]))
def test_every_pointer_has_the_line_on_which_its_value_begins(document: object, indent: int | None) -> None:
    text = json.dumps(document, indent=indent)
    lines = lines_by_pointer(text)
    assert "" in lines
    assert all(line_of_pointer(text, pointer) == line for pointer, line in lines.items())


def test_arrays_and_objects() -> None:
    assert lines_by_pointer('[\n{"a":\n2},\n[]]') == {"": 1, "/0": 2, "/0/a": 3, "/1": 4}
