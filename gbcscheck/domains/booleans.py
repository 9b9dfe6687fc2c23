"""The two truth values, and the null value of COSEM."""

from __future__ import annotations

from typing import ClassVar

from gbcscheck.domains.base import ENUMERABLE, NONE, Classes, Domain, Value
from gbcscheck.frozen import frozen


@frozen
class Booleans(Domain):
    """True, false, or both; not to be created itself."""

    kind: ClassVar[str] = "a boolean"
    rank: ClassVar[int] = 2

    values: tuple[bool, ...]

    def contains(self, value: Value) -> bool:
        return isinstance(value, bool) and value in self.values

    def members(self, limit: int = ENUMERABLE) -> tuple[Value, ...] | None:
        return self.values if len(self.values) <= limit else None

    def witness(self) -> Value:
        return self.values[0]

    def _meet(self, other: Domain) -> Domain:
        assert isinstance(other, Booleans)
        both = tuple(value for value in self.values if value in other.values)
        return Booleans(both) if both else NONE

    def _join(self, other: Domain) -> Domain:
        return booleans()

    def _classes(self, other: Domain) -> Classes:
        return tuple(("true" if value else "false", value) for value in self.values if not other.contains(value))


def booleans() -> Domain:
    """True and false."""
    return Booleans((True, False))


def boolean(value: bool) -> Domain:
    """Exactly one truth value."""
    return Booleans((value,))


@frozen
class Null:
    """The null value (COSEM null-data); also "absent", as of the zone of a time."""

    def __str__(self) -> str:
        return "null"


NULL = Null()


@frozen
class Nulls(Domain):
    """The null value and nothing else."""

    kind: ClassVar[str] = "null"
    rank: ClassVar[int] = 14

    def contains(self, value: Value) -> bool:
        return isinstance(value, Null)

    def members(self, limit: int = ENUMERABLE) -> tuple[Value, ...] | None:
        return (NULL,) if limit else None

    def witness(self) -> Value:
        return NULL


def null() -> Domain:
    """The null value."""
    return Nulls()
