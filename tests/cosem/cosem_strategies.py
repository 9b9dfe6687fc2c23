"""Values of every type, for property tests: their places are 0, as the writer does not look at them."""

from __future__ import annotations

from cosem_writing import write_length
from hypothesis import strategies as st

from gbcscheck.cosem.axdr import (
    ARRAY,
    BIT_STRING,
    BOOLEAN,
    COMPACT_ARRAY,
    FIXED,
    NULL,
    NUMBERS,
    STRINGS,
    STRUCTURE,
    Bits,
    Compact,
    Data,
)

Shape = tuple[int, int, tuple["Shape", ...]]
"""A type description: tag, count of an array's elements, shapes of the members."""


def made(tag: int, value: object) -> Data:
    """A value without a place."""
    return Data(tag, value, 0, 0)  # type: ignore[arg-type]


@st.composite
def bits(draw: st.DrawFn) -> Bits:
    """A bit-string, its padding zero or not."""
    length = draw(st.integers(0, 40))
    size = (length + 7) // 8
    return Bits(draw(st.binary(min_size=size, max_size=size)), length)


def simple(tag: int) -> st.SearchStrategy[Data]:
    """Any value of a type that holds no other."""
    values: st.SearchStrategy[object]
    if tag in NUMBERS:
        size, signed = NUMBERS[tag]
        least = -(1 << 8 * size - 1) if signed else 0
        values = st.integers(least, least + (1 << 8 * size) - 1)
    elif tag == BOOLEAN:
        values = st.integers(0, 255)
    elif tag == BIT_STRING:
        values = bits()
    elif tag in STRINGS:
        values = st.one_of(st.binary(max_size=12), st.binary(min_size=127, max_size=129))
    elif tag in FIXED:
        values = st.binary(min_size=FIXED[tag], max_size=FIXED[tag])
    else:
        values = st.none()
    return values.map(lambda value: made(tag, value))


EMPTY = frozenset((NULL, 255))
"""Types without a value."""
SIMPLE_TAGS = sorted({*NUMBERS, *STRINGS, *FIXED, *EMPTY, BOOLEAN, BIT_STRING})
SIMPLE = st.sampled_from(SIMPLE_TAGS).flatmap(simple)

SHAPES: st.SearchStrategy[Shape] = st.recursive(
    st.sampled_from(SIMPLE_TAGS).map(lambda tag: (tag, 0, ())),
    lambda inner: st.one_of(
        st.lists(inner, min_size=0, max_size=3).map(lambda members: (STRUCTURE, len(members), tuple(members))),
        st.tuples(st.integers(0, 3), inner).map(lambda pair: (ARRAY, pair[0], (pair[1],))),
    ),
    max_leaves=4,
)


def description(shape: Shape) -> bytes:
    """The octets of a type description."""
    tag, count, members = shape
    counted = b""
    if tag == ARRAY:
        counted = count.to_bytes(2, "big")
    elif tag == STRUCTURE:
        counted = write_length(count)
    return bytes((tag,)) + counted + b"".join(description(member) for member in members)


def described(shape: Shape) -> st.SearchStrategy[Data]:
    """Any value of a shape."""
    tag, count, members = shape
    if tag not in (ARRAY, STRUCTURE):
        return simple(tag)
    shapes = members * count if tag == ARRAY else members
    return st.tuples(*(described(member) for member in shapes)).map(lambda values: made(tag, values))


@st.composite
def compact_arrays(draw: st.DrawFn) -> Data:
    """A compact-array. An unsigned leads every member, for members without octets have no end."""
    shape: Shape = (STRUCTURE, 2, ((17, 0, ()), draw(SHAPES)))
    if draw(st.booleans()):
        shape = (draw(st.sampled_from(SIMPLE_TAGS).filter(lambda tag: tag not in EMPTY)), 0, ())
    members = tuple(draw(st.lists(described(shape), max_size=4)))
    return made(COMPACT_ARRAY, Compact(description(shape), members))


VALUES: st.SearchStrategy[Data] = st.recursive(
    st.one_of(SIMPLE, compact_arrays()),
    lambda inner: st.builds(made, st.sampled_from((ARRAY, STRUCTURE)), st.lists(inner, max_size=4).map(tuple)),
    max_leaves=8,
)


def without_places(data: Data) -> Data:
    """The same value with every place 0, to compare what was read with what was written."""
    value = data.value
    if isinstance(value, Compact):
        value = Compact(value.description, tuple(without_places(member) for member in value.members))
    elif data.tag in (ARRAY, STRUCTURE):
        value = tuple(without_places(member) for member in data.members)
    return Data(data.tag, value, 0, 0)
