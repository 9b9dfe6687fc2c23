"""JSON of anybody: a name that stands twice."""

from __future__ import annotations

import pytest

from gbcscheck.errors import UnreadableSource
from gbcscheck.inputs.json_values import decode_json


@pytest.mark.parametrize(
    ("text", "line", "name", "first"),
    [
        ('{"a": 1,\n "a": 2}', 2, "a", 1),
        ('[{"a": {"b": 1}, "b": 2},\n {"c": [],\n  "d": "{}",\n "c": 1}]', 4, "c", 2),
        ('{"x\\u0061": 1, "xa": 2}', 1, "xa", 1),
    ],
)
def test_a_name_that_stands_twice_is_told_with_its_lines(text: str, line: int, name: str, first: int) -> None:
    with pytest.raises(UnreadableSource, match=f'"{name}" stands twice in one object, first in line {first}') as error:
        decode_json(text.encode(), where="a.json")
    assert error.value.where == f"a.json:{line}"


def test_a_judge_of_its_own_takes_the_last_and_names_of_two_objects_are_two() -> None:
    assert decode_json(b'{"a": 1, "a": 2}', where="a.json", repeats=True) == {"a": 2}
    assert decode_json(b'[{"a": 1}, {"a": {"a": 2}}]', where="a.json") == [{"a": 1}, {"a": {"a": 2}}]
