"""What an ASN.1 value can be, as plain data: simple types with the names of their numbers, sequences of named fields,
lists, certificates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from gbcscheck.frozen import frozen


@frozen
class Simple:
    """A value without parts of a type of ASN.1: ``numbers`` are the names that some of its numbers have, ``bits`` those
    of its bits (the first is bit 0), ``size`` how many octets it has (0: any number), ``alert`` whether it is the code
    of an alert."""

    type: str
    numbers: Mapping[int, str] = field(default_factory=dict)
    bits: Mapping[int, str] = field(default_factory=dict)
    size: int = 0
    alert: bool = False


@frozen
class Certificate:
    """An X.509 certificate (RFC 5280)."""

    type: str = "SEQUENCE"


@frozen
class Request:
    """A certification request (RFC 2986)."""

    type: str = "SEQUENCE"


@frozen
class Part:
    """A field of a sequence: ``tag`` is the number of its own tag (None: that of its type), ``absent`` what it means
    that it is not there, empty where it has to be."""

    name: str
    shape: Shape
    tag: int | None = None
    absent: str = ""

    @property
    def tag_name(self) -> str:
        """The tag as elements have it."""
        return self.shape.type if self.tag is None else f"[{self.tag}]"


@frozen
class Record:
    """A sequence of fields in their order."""

    parts: tuple[Part, ...]
    type: str = "SEQUENCE"


@frozen
class ListOf:
    """A sequence of any number of values of one shape, each called ``each``."""

    each: str
    shape: Shape
    type: str = "SEQUENCE"


Shape = Simple | Certificate | Request | Record | ListOf


@frozen
class Payload:
    """What a payload is called and the shapes that it may have, told apart by their types; ``shown`` is whether a
    published test message has it, and not the public parser alone."""

    name: str
    shapes: tuple[Shape, ...]
    shown: bool
