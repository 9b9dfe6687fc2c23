"""How the elements of an attribute are read, by the form in which gurux-dlms writes them.

An element that holds what an attribute has before it is ever read (0, nothing) is told apart from a value wherever that
is possible; elsewhere it is ``Unclear``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from gbcscheck.cosem.axdr import ARRAY, NULL, NUMBERS, OCTET_STRING, STRUCTURE
from gbcscheck.device.objects import values as read
from gbcscheck.device.objects.unclear import Unclear
from gbcscheck.device.objects.values import ENUM, INTEGER, LONG_UNSIGNED, UNSIGNED, Readings

if TYPE_CHECKING:
    from lxml.etree import _Element

NEVER_READ = "empty: not read from the meter, or without a value"
MAYBE_NEVER_READ = "0 is also what is written of an attribute that was never read"
DEEPEST = 24
_NUMBER_TYPES = frozenset(str(tag) for tag in NUMBERS)

Lines = Mapping["_Element", int]
Reader = Callable[[Sequence["_Element"], Lines], Readings]
"""Reads the elements of one attribute. Raises Unclear."""


def elements_of(parent: _Element) -> list[_Element]:
    """The elements in another, without comments and instructions."""
    return [one for one in parent if isinstance(one.tag, str)]


def _text(element: _Element) -> str:
    """The text of an element, with what stands behind comments in it."""
    return (element.text or "") + "".join(one.tail or "" for one in element)


def _child(element: _Element, name: str) -> _Element:
    found = element.find(name)
    if found is None:
        raise Unclear(f"the element {name} is missing", faulty=True)
    return found


def value(element: _Element, lines: Lines, depth: int = 0) -> Readings:
    """An element with a ``Type``, simple or with items in it."""
    type_ = element.get("Type", "")
    line = lines[element]
    if not type_:
        if elements_of(element) or _text(element).strip():
            raise Unclear("its type is not written")
        return Readings.one(NULL, None, line)
    if type_ in (str(ARRAY), str(STRUCTURE)):
        if depth >= DEEPEST:
            raise Unclear(f"nested more than {DEEPEST} deep", faulty=True)
        return read.compound(int(type_), [value(item, lines, depth + 1) for item in elements_of(element)], line)
    return read.typed(_text(element), type_, element.get("UIType", ""), line)


def typed_value(elements: Sequence[_Element], lines: Lines) -> Readings:
    """The value of an attribute whose type is written; one that was not read has neither."""
    element = elements[0]
    if not element.get("Type") and not elements_of(element):
        raise Unclear(NEVER_READ if not _text(element).strip() else "its type is not written")
    return value(element, lines)


def register_value(elements: Sequence[_Element], lines: Lines) -> Readings:
    """A register's value: multiplied by the scaler where that is not 1."""
    element = elements[0]
    type_, shown = element.get("Type", ""), element.get("UIType", "")
    if not shown or type_ not in _NUMBER_TYPES:
        return typed_value(elements, lines)
    beside = element.getparent()
    scaler = beside.findtext("Scaler") if beside is not None else None
    return read.scaled(_text(element), int(type_), _decimal(scaler or ""), lines[element])


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise Unclear(f'"{text[:40]}" is no scaler', faulty=True) from None


def scaler_unit(elements: Sequence[_Element], lines: Lines) -> Readings:
    """Scaler and unit. The scaler is written as a power of ten; an object that was not read has unit 0."""
    by_name = {str(element.tag): element for element in elements}
    if len(by_name) < 2 or _text(by_name["Unit"]) in ("", "0"):
        raise Unclear(MAYBE_NEVER_READ)
    scaler = _decimal(_text(by_name["Scaler"])).normalize()
    sign, digits, exponent = scaler.as_tuple()
    if sign or digits != (1,) or not isinstance(exponent, int):
        raise Unclear(f"the scaler {scaler} is no power of ten", faulty=True)
    fields = (
        read.number(str(exponent), INTEGER, lines[by_name["Scaler"]]),
        read.number(_text(by_name["Unit"]), ENUM, lines[by_name["Unit"]]),
    )
    return read.compound(STRUCTURE, fields, lines[elements[0]])


def mode_and_status(elements: Sequence[_Element], lines: Lines) -> Readings:
    """Payment mode and status of an account; one that was not read has 1 and 1."""
    texts = [_text(element) for element in elements]
    if len(texts) < 2 or texts == ["1", "1"]:
        raise Unclear("1 and 1 are also what is written of an attribute that was never read")
    fields = [read.number(_text(element), ENUM, lines[element]) for element in elements]
    return read.compound(STRUCTURE, fields, lines[elements[0]])


def simple(of_text: Callable[[str, int], Readings], *, zero_is_unread: bool = False) -> Reader:
    """A reader of an element that holds a text alone."""

    def reader(elements: Sequence[_Element], lines: Lines) -> Readings:
        text = _text(elements[0])
        if not text.strip():
            raise Unclear(NEVER_READ)
        if zero_is_unread and text.strip() == "0":
            raise Unclear(MAYBE_NEVER_READ)
        return of_text(text, lines[elements[0]])

    return reader


def whole_number(tag: int, *, zero_is_unread: bool = False) -> Reader:
    """A reader of an element that holds a whole number of a type."""
    return simple(lambda text, line: read.number(text.strip(), tag, line), zero_is_unread=zero_is_unread)


Field = tuple[str, Callable[[str, int], Readings]]
"""The element of a field, and how its text is read."""


def of_type(tag: int) -> Callable[[str, int], Readings]:
    """How a field is read that holds a whole number of a type."""
    return lambda text, line: read.number(text, tag, line)


def _structure(element: _Element, fields: Sequence[Field], lines: Lines) -> Readings:
    found = []
    for name, of_text in fields:
        child = _child(element, name)
        found.append(of_text(_text(child), lines[child]))
    return read.compound(STRUCTURE, found, lines[element])


def entries_of(fields: Sequence[Field]) -> Reader:
    """A reader of an array of structures, each an element with an element for each field."""

    def reader(elements: Sequence[_Element], lines: Lines) -> Readings:
        return read.compound(
            ARRAY, [_structure(one, fields, lines) for one in elements_of(elements[0])], lines[elements[0]]
        )

    return reader


_DAY_ACTION: tuple[Field, ...] = (
    ("Start", read.time),
    ("LN", read.logical_name),
    ("Selector", of_type(LONG_UNSIGNED)),
)


def day_profiles(elements: Sequence[_Element], lines: Lines) -> Readings:
    """The day profiles of a calendar, each with its schedule (class 20)."""
    days = []
    for one in elements_of(elements[0]):
        day, actions = _child(one, "DayId"), _child(one, "Actions")
        schedule = [_structure(action, _DAY_ACTION, lines) for action in elements_of(actions)]
        fields = (
            read.number(_text(day), UNSIGNED, lines[day]),
            read.compound(ARRAY, schedule, lines[actions]),
        )
        days.append(read.compound(STRUCTURE, fields, lines[one]))
    return read.compound(ARRAY, days, lines[elements[0]])


def values_of(elements: Sequence[_Element], lines: Lines) -> Readings:
    """An array of values, each with its type."""
    return read.compound(ARRAY, [value(one, lines) for one in elements_of(elements[0])], lines[elements[0]])


def moments(elements: Sequence[_Element], lines: Lines) -> Readings:
    """An array of execution times."""
    found = [read.moment(_text(one), lines[one]) for one in elements_of(elements[0])]
    return read.compound(ARRAY, found, lines[elements[0]])


def buffer(elements: Sequence[_Element], lines: Lines) -> Readings:
    """A profile's buffer, of which the types are lost."""
    raise Unclear("the cells of a buffer are written without the types that the meter gave them")


def octets(text: str, line: int) -> Readings:
    """How a field of octets is read."""
    return read.octet_string(text, line, OCTET_STRING)
