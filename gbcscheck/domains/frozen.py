"""Immutable value classes, equal by their fields.

They do what frozen dataclasses with slots do, and take a hundredth of the time to define: each dataclass is compiled
when it is imported, and with thirty of them that would be most of the start-up time of the program.
"""

from __future__ import annotations

from operator import attrgetter
from typing import Any, ClassVar, Never, dataclass_transform


@dataclass_transform(frozen_default=True)
class Frozen:
    """A value with the fields that the class annotates and names in ``__slots__``, given in the order of the
    annotations or by name.

    Two values are equal if they are of the same class and their fields are equal.
    """

    __slots__ = ()

    field_names: ClassVar[tuple[str, ...]] = ()
    _values: ClassVar[Any] = None

    def __init_subclass__(cls) -> None:
        own = cls.__dict__.get("__slots__", ())
        if own:
            cls.field_names = tuple(name for name in cls.__annotations__ if name in own)
            cls._values = attrgetter(*own)

    def __init__(self, *values: object, **named: object) -> None:
        names = self.field_names
        if named:
            values = (*values, *(named.pop(name) for name in names[len(values) :] if name in named))
        if len(values) != len(names) or named:
            raise TypeError(f"{type(self).__name__} has the fields {', '.join(names) or '(none)'}")
        for name, value in zip(names, values, strict=True):
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> Never:
        raise AttributeError(f"{type(self).__name__} cannot be changed")

    def __delattr__(self, name: str) -> Never:
        raise AttributeError(f"{type(self).__name__} cannot be changed")

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return not self.field_names or bool(self._values(self) == self._values(other))

    def __hash__(self) -> int:
        return hash((type(self).__name__, self._values(self) if self.field_names else ()))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.field_names)
        return f"{type(self).__name__}({fields})"

    def __reduce__(self) -> tuple[type[Frozen], tuple[object, ...]]:
        return type(self), tuple(getattr(self, name) for name in self.field_names)
