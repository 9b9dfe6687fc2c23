"""Sequences of which nothing is made before somebody looks at them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar, overload

T = TypeVar("T")


class WhenAsked(Sequence[T]):
    """What a function gives, called when somebody first looks; equal to the tuple of the same values, and pickled and
    copied as that."""

    __slots__ = ("_values", "_work_out")

    def __init__(self, work_out: Callable[[], Iterable[T]]) -> None:
        self._work_out: Callable[[], Iterable[T]] | None = work_out
        self._values: tuple[T, ...] = ()

    def _all(self) -> tuple[T, ...]:
        if self._work_out is not None:
            self._values, self._work_out = tuple(self._work_out()), None
        return self._values

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[T]:
        return iter(self._all())

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...

    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self._all()[index]

    def __eq__(self, other: object) -> bool:
        return self is other or self._all() == (other._all() if isinstance(other, WhenAsked) else other)

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return repr(self._all())

    def __reduce__(self) -> tuple[object, ...]:
        return tuple, (self._all(),)
