"""Products: sets of values with named fields, in which each field varies by itself."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import ClassVar, Self

from gbcscheck.domains.base import ENUMERABLE, NONE, Classes, Domain, NotExact, Value, try_witness
from gbcscheck.domains.choice import union
from gbcscheck.domains.value_text import print_fields, print_value
from gbcscheck.frozen import frozen


class Product(Domain):
    """A set of values whose fields lie each in a set of their own. A product with an empty field is NONE."""

    __slots__ = ()

    names: ClassVar[tuple[str, ...]] = ()

    @property
    def parts(self) -> tuple[Domain, ...]:
        """The sets of the fields, in the order of the names."""
        raise NotImplementedError

    def _with(self, parts: tuple[Domain, ...]) -> Self:
        """The product of the same shape with other sets, none of them NONE."""
        raise NotImplementedError

    def _fields_of(self, value: Value) -> tuple[Value, ...] | None:
        """The fields of a value of this shape; None for every other value."""
        raise NotImplementedError

    def _value(self, fields: tuple[Value, ...]) -> Value:
        """The value that has some fields."""
        raise NotImplementedError

    def _same_shape(self, other: Product) -> bool:
        return True

    def _field_names(self) -> tuple[str, ...]:
        return self.names

    @property
    def exact(self) -> bool:
        return all(part.exact for part in self.parts)

    def contains(self, value: Value) -> bool:
        fields = self._fields_of(value)
        return fields is not None and all(p.contains(f) for p, f in zip(self.parts, fields, strict=True))

    def is_empty(self) -> bool | None:
        return False if all(part.is_empty() is False for part in self.parts) else None

    def witness(self) -> Value:
        return self._value(tuple(part.witness() for part in self.parts))

    def members(self, limit: int = ENUMERABLE) -> tuple[Value, ...] | None:
        lists = []
        size = 1
        for part in self.parts:
            listed = part.members(limit)
            if listed is None or size * len(listed) > limit:
                return None
            size *= len(listed)
            lists.append(listed)
        return tuple(self._value(fields) for fields in itertools.product(*lists))

    def _meet(self, other: Domain) -> Domain:
        assert isinstance(other, Product)
        if not self._same_shape(other):
            return NONE
        parts = []
        for mine, theirs in zip(self.parts, other.parts, strict=True):
            both = mine.meet(theirs)
            if both is NONE:
                return NONE
            parts.append(both)
        return self._with(tuple(parts))

    def _join(self, other: Domain) -> Domain:
        assert isinstance(other, Product)
        if self._same_shape(other):
            apart = [i for i, (a, b) in enumerate(zip(self.parts, other.parts, strict=True)) if a != b]
            if len(apart) == 1:
                at = apart[0]
                joined = union(self.parts[at], other.parts[at])
                return self._with((*self.parts[:at], joined, *self.parts[at + 1 :]))
        raise NotExact(f"{self} or {other} is no box: more than one field differs")

    def _classes(self, other: Domain) -> Classes:
        assert isinstance(other, Product)
        if not self._same_shape(other):
            found = try_witness(self)
            return () if found is None else (("other fields", found),)
        classes: list[tuple[str, Value]] = []
        names = self._field_names()
        common = [self._common(*field) for field in zip(names, self.parts, other.parts, strict=True)]
        for at, (mine, theirs) in enumerate(zip(self.parts, other.parts, strict=True)):
            rest = [field for i, field in enumerate(common) if i != at]
            if any(field is None for field in rest):
                continue
            for label, example in self._field_classes(names[at], mine, theirs):
                fields = (*common[:at], example, *common[at + 1 :])
                classes.append((label, self._value(fields)))
        return tuple(classes)

    def _field_classes(self, name: str, mine: Domain, theirs: Domain) -> Classes:
        """The classes of values of one field that the other side lacks, labelled with the field."""
        return tuple((f"{name} {label}", example) for label, example in mine.difference_classes(theirs))

    def _common(self, name: str, mine: Domain, theirs: Domain) -> Value | None:
        """A value of one field: one that both sides have, if there is any that can be shown."""
        both = self._typical(name, mine.meet(theirs))
        return self._typical(name, mine) if both is None else both

    def _typical(self, name: str, part: Domain) -> Value | None:
        """A member of one field, for an example; None where there is none or none can be shown."""
        return try_witness(part)


@frozen
class RecordValue:
    """A value with named fields, sorted by name."""

    fields: tuple[tuple[str, Value], ...]

    def __str__(self) -> str:
        return print_fields(tuple((name, print_value(field)) for name, field in self.fields))

    def get(self, name: str) -> Value | None:
        """The value of a field, or None where there is no such field."""
        return dict(self.fields).get(name)


@frozen
class Record(Product):
    """Values with exactly these named fields, sorted by name; see ``record``."""

    kind: ClassVar[str] = "a record"
    rank: ClassVar[int] = 13

    fields: tuple[tuple[str, Domain], ...]

    @property
    def parts(self) -> tuple[Domain, ...]:
        return tuple(part for _, part in self.fields)

    def _field_names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.fields)

    def _with(self, parts: tuple[Domain, ...]) -> Self:
        return type(self)(tuple(zip(self._field_names(), parts, strict=True)))

    def _same_shape(self, other: Product) -> bool:
        return self._field_names() == other._field_names()

    def _fields_of(self, value: Value) -> tuple[Value, ...] | None:
        if not isinstance(value, RecordValue) or tuple(n for n, _ in value.fields) != self._field_names():
            return None
        return tuple(field for _, field in value.fields)

    def _value(self, fields: tuple[Value, ...]) -> Value:
        return RecordValue(tuple(zip(self._field_names(), fields, strict=True)))

    def _field_classes(self, name: str, mine: Domain, theirs: Domain) -> Classes:
        return tuple((f"{name}: {label}", example) for label, example in mine.difference_classes(theirs))


def record(fields: Mapping[str, Domain]) -> Domain:
    """The records that have exactly these fields, each in its set.

    >>> from gbcscheck.domains import integers
    >>> str(record({"selector": integers(1, 2), "index": integers(0, 255)}))
    '{index: 0..255, selector: 1 | 2}'
    """
    if any(part is NONE for part in fields.values()):
        return NONE
    return Record(tuple(sorted(fields.items())))
