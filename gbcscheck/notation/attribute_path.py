"""Attribute paths of the GBCS DLMS sheet: ``entries:entries[1..2].schedule_table_entry.exec_weekdays``.

A path names an attribute or a method of a COSEM object and, after a colon, the way to one element of its value or of
its argument. Names of structure types stand between the elements; they are kept in the path and left out of the
element's name.
"""

from __future__ import annotations

import re
from functools import cache

from gbcscheck.frozen import frozen
from gbcscheck.notation.grammars import LONGEST, Builders, Refusal, read


@frozen
class Index:
    """Elements of an array: from ``low`` to ``high`` of them; ``position`` (from 1) where one is meant."""

    low: int
    high: int
    position: int | None = None

    def __str__(self) -> str:
        span = f"{self.low}..{self.high}"
        return f"[{span}]" if self.position is None else f"[{self.position}of{span}]"


@frozen
class Step:
    """One name on the way to an element, and which elements of it where it is an array."""

    name: str
    index: Index | None = None

    def __str__(self) -> str:
        return self.name if self.index is None else f"{self.name}{self.index}"


@frozen
class AttributePath:
    """An attribute (or method) and the way to an element of it; no attribute where the cell points at its notes."""

    attribute: str
    steps: tuple[Step, ...] = ()
    in_notes: bool = False

    def __str__(self) -> str:
        if self.in_notes:
            return "see notes column"
        return ":".join([self.attribute, ".".join(map(str, self.steps))] if self.steps else [self.attribute])

    @property
    def element(self) -> str:
        """The element's part of a data item: ``entries[*].exec_weekdays``, ``thresholds[1].threshold``, ``value``.

        The attribute's name is not repeated, a type's name (in its place, or after the index of an array) is left out
        unless the path ends with it, a range of elements becomes ``[*]`` and a particular one its position.
        """
        if not self.steps:
            return self.attribute
        first, *rest = self.steps
        elements = [self.attribute + _index(first.index)]
        if first.name != self.attribute and (not rest or first.index is not None):
            elements = [self.attribute, first.name + _index(first.index)]
        after_array = first.index is not None
        for place, step in enumerate(rest, start=1):
            type_name = after_array and step.index is None and place < len(rest)
            if not type_name:
                elements.append(step.name + _index(step.index))
            after_array = step.index is not None
        return ".".join(elements)

    @property
    def counts(self) -> tuple[tuple[str, int, int], ...]:
        """The arrays on the way: name, fewest and most elements."""
        return tuple((s.name, s.index.low, s.index.high) for s in self.steps if s.index is not None)


@cache
def read_attribute_path(text: str) -> AttributePath:
    """Read a cell of the column ``attribute/method name``. Raises NotationError."""
    return _plain(text) or by_grammar(text)


def by_grammar(text: str) -> AttributePath:
    """Read a cell by the grammar, which knows all that may stand there; errors as above."""
    path: AttributePath = read("attribute_path", text, _BUILDERS, _WORDS)
    return path


_PLAIN_NAME = r"[A-Za-z][A-Za-z0-9]*(?:_ ?[A-Za-z0-9]+|-[A-Za-z0-9]+)*"
_PLAIN_ATTRIBUTE = re.compile(_PLAIN_NAME)
_BETWEEN_STEPS = re.compile(r"(?<!\.)\.(?!\.)")
"""A dot, and none of the two between the bounds of an array."""
_PLAIN_STEP = re.compile(rf"({_PLAIN_NAME})(?:\[(?:([0-9]{{1,9}})of)?([0-9]{{1,9}})\.\.([0-9]{{1,9}})\])?")


def _plain(text: str) -> AttributePath | None:
    """A path whose arrays can be, with no blanks but those of a name, and that to the notes, as the grammar reads them:
    most runs need no other. None for any other text, right or wrong."""
    if text == "see notes column":
        return AttributePath("", in_notes=True)
    attribute, colon, rest = text.partition(":")
    if len(text) > LONGEST or _PLAIN_ATTRIBUTE.fullmatch(attribute) is None:
        return None
    steps = tuple(map(_plain_step, _BETWEEN_STEPS.split(rest))) if colon else ()
    found = [step for step in steps if step is not None]
    return AttributePath(_name(attribute), tuple(found)) if len(found) == len(steps) else None


def _plain_step(text: str) -> Step | None:
    match = _PLAIN_STEP.fullmatch(text)
    if match is None:
        return None
    name, position, low, high = match.groups()
    try:
        index = _one_element(position, low, high) if position else _elements(low, high) if low else None
    except Refusal:
        return None
    return Step(_name(name), index)


def _index(index: Index | None) -> str:
    if index is None:
        return ""
    return "[*]" if index.position is None else f"[{index.position}]"


def _elements(low: str, high: str) -> Index:
    if int(low) > int(high):
        raise Refusal(high, f"an array cannot have at least {low} and at most {high} elements")
    return Index(int(low), int(high))


def _one_element(position: str, low: str, high: str) -> Index:
    array = _elements(low, high)
    if not 1 <= int(position) <= array.high:
        raise Refusal(position, f"there is no element {position} in an array of at most {high}")
    return Index(array.low, array.high, int(position))


_BUILDERS: Builders = {
    "path": lambda attribute, *steps: AttributePath(_name(attribute), steps),
    "elsewhere": lambda _: AttributePath("", in_notes=True),
    "step": lambda name, index=None: Step(_name(name), index),
    "elements": _elements,
    "one_element": _one_element,
}

_WORDS = {"NAME": "a name", "DECIMAL": "a whole number"}


def _name(token: str) -> str:
    return token.replace(" ", "")
