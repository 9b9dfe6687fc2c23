"""Sequences of which nothing is made before somebody looks at them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar, overload

T = TypeVar("T")


def _when_begun(work_out: Callable[[], Iterable[T]]) -> Iterator[T]:
    """What a function gives, which is called with the first of it."""
    yield from work_out()


class WhenAsked(Sequence[T]):
    """What a function gives, each value made when somebody first looks that far; equal to the tuple of all, and pickled
    and copied as that."""

    __slots__ = ("_made", "_rest")

    def __init__(self, work_out: Callable[[], Iterable[T]]) -> None:
        self._made: list[T] = []
        self._rest = _when_begun(work_out)

    def _all(self) -> list[T]:
        self._made.extend(self._rest)
        return self._made

    def _reaches(self, place: int) -> bool:
        """Whether there is a value at a place; it is made now unless it was."""
        while len(self._made) <= place:
            for value in self._rest:
                self._made.append(value)
                break
            else:
                return False
        return True

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[T]:
        place = 0
        while self._reaches(place):
            yield self._made[place]
            place += 1

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...

    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self._all()[index]

    def __eq__(self, other: object) -> bool:
        return self is other or tuple(self) == (tuple(other) if isinstance(other, WhenAsked) else other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def __reduce__(self) -> tuple[object, ...]:
        return tuple, (tuple(self),)
