"""Frozen values do what frozen dataclasses with slots do."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import field
from typing import Any

import pytest

from gbcscheck.frozen import frozen


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    name: str
    size: int = 3
    parts: list[int] = field(default_factory=list, compare=False)
    note: str = field(default="", repr=False)
    last: str = field(default="end", kw_only=True)


@frozen
class Ours:
    name: str
    size: int = 3
    parts: list[int] = field(default_factory=list, compare=False)
    note: str = field(default="", repr=False)
    last: str = field(default="end", kw_only=True)


@frozen
class More(Ours):
    """A subclass with a field, a check and a repr of its own."""

    extra: float = 0.0
    made: int = field(default=7, init=False)

    def __post_init__(self) -> None:
        if self.size < 0:
            raise ValueError("negative")

    def __repr__(self) -> str:
        return "more"


ARGUMENTS: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    (("a",), {}),
    (("a", 4), {}),
    ((), {"name": "a", "size": 4}),
    (("a", 4, [1]), {"last": "b"}),
    (("a",), {"note": "n"}),
    (("b",), {}),
]


@pytest.mark.parametrize(("given", "named"), ARGUMENTS)
def test_made_shown_and_taken_apart_as_a_dataclass(given: tuple[Any, ...], named: dict[str, Any]) -> None:
    ours, theirs = Ours(*given, **named), Theirs(*given, **named)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert hash(ours) == hash(theirs)
    assert Ours.__match_args__ == Theirs.__match_args__


def test_equal_as_a_dataclass_is() -> None:
    for one, named in ARGUMENTS:
        for other, named_too in ARGUMENTS:
            wanted = Theirs(*one, **named) == Theirs(*other, **named_too)
            assert (Ours(*one, **named) == Ours(*other, **named_too)) is wanted
    assert Ours("a") != More("a")
    assert Ours("a") != ("a", 3, [], "", "end")
    assert Ours("a", float("nan")) != Ours("a", float("nan"))  # type: ignore[arg-type]


@pytest.mark.parametrize("named", [{}, {"name": "a", "nothing": 1}, {"name": "a", "size": 1, "note": 2, "more": 3}])
def test_wrong_arguments_are_refused(named: dict[str, Any]) -> None:
    for cls in (Ours, Theirs):
        with pytest.raises(TypeError):
            cls(**named)
        with pytest.raises(TypeError):
            cls("a", 3, [], "", "end")  # type: ignore[misc]


def test_cannot_be_changed_and_has_no_other_members() -> None:
    value: Any = Ours("a")
    for name in ("name", "other"):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, name, 1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        del value.name
    assert not hasattr(value, "__dict__")


def test_each_value_has_its_own_default_that_is_made() -> None:
    assert Ours("a").parts is not Ours("a").parts


@pytest.mark.parametrize("value", [Ours("a", 4, [1, 2], last="z"), More("a", extra=2.5)])
def test_copied_replaced_and_pickled(value: Ours) -> None:
    assert pickle.loads(pickle.dumps(value)) == value == copy.deepcopy(value)
    assert copy.deepcopy(value).parts is not value.parts
    changed = dataclasses.replace(value, size=9)
    assert (type(changed), changed.size, changed.last) == (type(value), 9, value.last)


def test_what_the_class_defines_stays() -> None:
    more = More("a", extra=1.5)
    assert (repr(more), more.extra, more.made, more.size) == ("more", 1.5, 7, 3)
    with pytest.raises(ValueError, match="negative"):
        More("a", -1)
    with pytest.raises(ValueError, match="negative"):
        dataclasses.replace(more, size=-1)


def test_a_class_may_have_its_own_equality() -> None:
    @frozen
    class ByName:
        name: str
        size: int

        def __eq__(self, other: object) -> bool:
            return isinstance(other, ByName) and self.name == other.name

        def __hash__(self) -> int:
            return hash(self.name)

    assert {ByName("a", 1), ByName("a", 2)} == {ByName("a", 3)}
