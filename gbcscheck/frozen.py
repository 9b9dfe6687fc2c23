"""A decorator for frozen values: dataclasses whose methods cost nothing before they are called.

``dataclass(frozen=True, slots=True)`` compiles seven methods for each class as it is imported, which for a hundred
classes is a sixth of the time of a short command. Of these ``__init__`` is compiled here when the first value of a
class is made; the others are the same code for all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from reprlib import recursive_repr
from typing import Any, Never, TypeVar, cast, dataclass_transform

Class = TypeVar("Class", bound=type)
Members = Callable[[object], tuple[object, ...]]
"""What gives the members of a value that are compared."""

_put = object.__setattr__


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: Class) -> Class:
    """As ``dataclass(frozen=True, slots=True)``: values equal and hashed by their fields, shown, copied and pickled as
    such, and what is in ``dataclasses`` works on them. A method that the class itself defines stays.

    ``InitVar``, and a subclass that is a dataclass and not made by this, are not provided for.
    """
    own = cls.__dict__
    mine = {
        name: _field(name, kind, own.get(name, MISSING))
        for name, kind in own.get("__annotations__", {}).items()
        if not str(kind).startswith(_OF_CLASS)
    }
    every: dict[str, Field[Any]] = {}
    for base in cls.__mro__[:0:-1]:
        every |= getattr(base, _FIELDS, {})
    slots = tuple([name for name in mine if name not in every])
    every |= mine
    members = _members([one.name for one in every.values() if one.compare])
    methods = {"__eq__": _equal(members), "__hash__": _hash(members), "__init__": _first_init, **_METHODS}
    kept = {name: value for name, value in own.items() if name not in mine and name not in _OF_LAYOUT}
    added = {name: method for name, method in methods.items() if own.get(name) is None}
    names = tuple([one.name for one in every.values() if one.init and not one.kw_only])
    made: Any = type(cls)(
        cls.__name__, cls.__bases__, {**kept, **added, _FIELDS: every, "__slots__": slots, "__match_args__": names}
    )
    made.__qualname__ = cls.__qualname__
    if "__init__" in added:
        made.__init__ = _first_init(made)
    found: Class = made
    return found


_OF_CLASS = ("ClassVar", "typing.ClassVar")
"""How the annotation of a name begins that is no field."""
_FIELDS = "__dataclass_fields__"
"""Where ``dataclasses`` looks for the fields of a class."""
_OF_LAYOUT = ("__dict__", "__weakref__")
"""Members of a class without slots that one with slots does not have."""


@dataclass
class _Sample:
    """A dataclass, to see by it what ``dataclasses`` marks a field with."""

    one: int


_IS_FIELD = _Sample.__dict__[_FIELDS]["one"]._field_type


def _field(name: str, kind: object, given: Any) -> Field[Any]:
    """The field of a class, of what stands behind its name there."""
    found: Any = given if isinstance(given, Field) else field(default=given)
    if found.default.__class__.__hash__ is None:
        raise ValueError(f"mutable default {type(found.default)} for field {name}: use default_factory")
    found.name, found.type, found._field_type = name, kind, _IS_FIELD
    found.kw_only = found.kw_only is True
    return cast("Field[Any]", found)


# --- __init__ --------------------------------------------------------------------------------------------------------


_FEW = 8
"""Of most classes no more values are made in a run: to compile a method for these takes longer than to do without."""


def _first_init(cls: Any) -> Callable[..., None]:
    """What makes the first few values field by field; then it compiles the method, puts it in its own place, and calls
    it, as it does for arguments that do not fit, which the method refuses."""
    every = fields(cls)
    taken = {one.name for one in every if one.init}
    in_order = [one.name for one in every if one.init and not one.kw_only]
    set_on = [one.name for one in every if one.init or _has_default(one)]
    defaults = {one.name: one.default for one in every if one.default is not MISSING}
    factories = [(one.name, one.default_factory) for one in every if one.default_factory is not MISSING]
    left = _FEW

    def first(self: Any, *given: object, **named: object) -> None:
        nonlocal left
        left -= 1
        values = {**dict(zip(in_order, given, strict=False)), **named}
        if left >= 0 and len(values) == len(given) + len(named) and values.keys() <= taken:
            values = {**defaults, **values}
            for name, make in factories:
                if name not in values:
                    values[name] = make()
            if len(values) == len(set_on):
                for name in set_on:
                    _put(self, name, values[name])
                if hasattr(cls, "__post_init__"):
                    self.__post_init__()
                return
        cls.__init__ = compiled = _compiled_init(cls)
        compiled(self, *given, **named)

    return first


def _compiled_init(cls: Any) -> Callable[..., None]:
    """The method that takes the fields and puts them into a new value."""
    names: dict[str, object] = {"_put": _put, "_missing": MISSING}
    ordered = sorted((one for one in fields(cls) if one.init), key=lambda one: bool(one.kw_only))
    given: list[str] = []
    for one in ordered:
        if one.kw_only and "*" not in given:
            given.append("*")
        given.append(_parameter(one, names))
    body = [f"_put(self, {one.name!r}, {_value(one, names)})" for one in fields(cls) if one.init or _has_default(one)]
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    exec(f"def __init__(self, {', '.join(given)}):\n " + ("\n ".join(body) or "pass"), names)
    made = cast("Callable[..., None]", names["__init__"])
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__annotations__ = {one.name: one.type for one in ordered} | {"return": None}
    return made


def _parameter(one: Field[Any], names: dict[str, object]) -> str:
    if one.default_factory is not MISSING:
        return f"{one.name}=_missing"
    if one.default is MISSING:
        return one.name
    return f"{one.name}=_default_{one.name}"


def _has_default(one: Field[Any]) -> bool:
    return one.default is not MISSING or one.default_factory is not MISSING


def _value(one: Field[Any], names: dict[str, object]) -> str:
    if one.default_factory is MISSING:
        names[f"_default_{one.name}"] = one.default
        return one.name if one.init else f"_default_{one.name}"
    names[f"_make_{one.name}"] = one.default_factory
    made = f"_make_{one.name}()"
    return f"{made} if {one.name} is _missing else {one.name}" if one.init else made


# --- the other methods -----------------------------------------------------------------------------------------------


def _equal(members: Members) -> Callable[[object, object], object]:
    def equal(self: object, other: object) -> object:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return members(self) == members(other)

    return equal


def _hash(members: Members) -> Callable[[object], int]:
    def hashed(self: object) -> int:
        return hash(members(self))

    return hashed


def _members(names: Sequence[str]) -> Members:
    if len(names) > 1:
        return attrgetter(*names)
    if not names:
        return lambda value: ()
    only = attrgetter(names[0])
    return lambda value: (only(value),)


@recursive_repr()
def _repr(self: Any) -> str:
    shown = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({shown})"


def _setattr(self: object, name: str, value: object) -> Never:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(self: object, name: str) -> Never:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: Any) -> list[object]:
    return [getattr(self, one.name) for one in fields(self)]


def _setstate(self: Any, state: list[object]) -> None:
    for one, value in zip(fields(self), state, strict=True):
        _put(self, one.name, value)


_METHODS = {
    "__repr__": _repr,
    "__setattr__": _setattr,
    "__delattr__": _delattr,
    "__getstate__": _getstate,
    "__setstate__": _setstate,
}
