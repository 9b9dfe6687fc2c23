"""Sequences that are made when somebody looks: once, and alike in all else to the tuple of their values."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator

from gbcscheck.model.when_asked import WhenAsked


def test_nothing_is_made_before_it_is_asked_for_and_nothing_twice() -> None:
    made = []

    def work_out() -> Iterator[int]:
        made.append("once")
        yield from (3, 4, 5)

    values = WhenAsked(work_out)
    assert made == []
    assert (len(values), values[0], values[-1], values[1:], list(values)) == (3, 3, 5, [4, 5], [3, 4, 5])
    assert made == ["once"]


def test_only_as_much_is_made_as_is_looked_at() -> None:
    made = []

    def work_out() -> Iterator[int]:
        for number in range(5):
            made.append(number)
            yield number

    values = WhenAsked(work_out)
    assert any(number == 1 for number in values)
    assert made == [0, 1]
    assert [(one, other) for one, other in zip(values, values, strict=True)] == [(one, one) for one in range(5)]
    assert made == [0, 1, 2, 3, 4]


def test_it_is_as_the_tuple_of_its_values() -> None:
    values, others = WhenAsked(lambda: [1, 2]), WhenAsked(lambda: [1, 2])
    assert values == (1, 2) == values
    assert values == others
    assert values != (1,)
    assert hash(values) == hash((1, 2))
    assert repr(values) == "(1, 2)"
    assert type(pickle.loads(pickle.dumps(values))) is tuple
    assert copy.deepcopy(values) == (1, 2)
