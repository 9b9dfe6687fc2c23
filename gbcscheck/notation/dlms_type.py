"""Data types of the GBCS DLMS sheet: ``octet-string(12)[[OPTIONAL]]``, ``double-long-unsigned``, ``structure``."""

from __future__ import annotations

import re
from functools import cache

from gbcscheck.domains import ANY, Domain, bits, booleans, integers, null, octets, texts
from gbcscheck.frozen import frozen
from gbcscheck.notation.grammars import Builders, note_text, read

MANDATORY = "mandatory"
OPTIONAL = "optional"
TWIN_ELEMENT = "twin element"

WHOLE_NUMBERS = {
    "integer": (-(2**7), 2**7 - 1),
    "unsigned": (0, 2**8 - 1),
    "enum": (0, 2**8 - 1),
    "long": (-(2**15), 2**15 - 1),
    "long-unsigned": (0, 2**16 - 1),
    "double-long": (-(2**31), 2**31 - 1),
    "double-long-unsigned": (0, 2**32 - 1),
    "long64": (-(2**63), 2**63 - 1),
    "long64-unsigned": (0, 2**64 - 1),
}
"""The whole numbers that each type holds (IEC 62056-6-2, clause 4.1.5)."""

STRINGS = {"octet-string": octets, "bit-string": bits, "visible-string": texts, "utf8-string": texts}
"""The types that a length in parentheses may follow: in octets, in bits, in characters."""


@frozen
class DlmsType:
    """A data type as a cell names it.

    ``length`` is the number in parentheses, in octets, bits or characters; ``presence`` is ``mandatory``, ``optional``
    or ``twin element`` (only on an electricity meter with two elements); ``note`` what else the cell says of the type.
    ``EXCEPTIONAL`` stands for a structure or an array that the row's notes describe.
    """

    name: str
    length: int | None = None
    presence: str = MANDATORY
    note: str = ""

    def domain(self, *, exact: bool = False) -> Domain:
        """The values of the type; everything for types that hold no single value (structures, arrays).

        ``exact`` says that a string has exactly ``length``: so for constants, for logical names and where the Objects
        sheet says DATE, TIME or DATE-TIME. Anywhere else the length is the longest.
        """
        if self.name in WHOLE_NUMBERS:
            return integers(*WHOLE_NUMBERS[self.name])
        if self.name == "boolean":
            return booleans()
        if self.name == "null":
            return null()
        if self.name in STRINGS:
            shortest = self.length if exact and self.length is not None else 0
            return STRINGS[self.name](shortest, self.length)
        return ANY


@cache
def read_dlms_type(text: str) -> DlmsType:
    """Read a cell of the column ``DLMS COSEM data types``. Raises NotationError."""
    return _plain(text) or by_grammar(text)


def by_grammar(text: str) -> DlmsType:
    """Read a cell by the grammar, which knows all that may stand there; errors as above."""
    data_type: DlmsType = read("dlms_type", text, _BUILDERS, _WORDS)
    return data_type


def _plain(text: str) -> DlmsType | None:
    """A type with its length and one presence at most, as the grammar reads it: most runs need no other. None for any
    other text, right or wrong."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    string, length, simple, flag = match.groups()
    presence = _PRESENCES[flag] if flag else MANDATORY
    return DlmsType(string or simple, int(length) if length else None, presence)


_PRESENCES = {"OPTIONAL": OPTIONAL, "TWIN_ELEMENT_ESME_ONLY": TWIN_ELEMENT}
_WITHOUT_LENGTH = (*WHOLE_NUMBERS, "boolean", "structure", "array", "EXCEPTIONAL")
_PLAIN = re.compile(
    rf"(?:({'|'.join(STRINGS)})(?:\(([0-9]{{1,9}})\))?|({'|'.join(_WITHOUT_LENGTH)}))"
    rf"(?:\[\[({'|'.join(_PRESENCES)})\]\])?"
)


def _start(named: tuple[str, int | None], *parts: tuple[str, str]) -> DlmsType:
    name, length = named
    annotations = dict(parts)
    return DlmsType(name, length, annotations.get("presence", MANDATORY), annotations.get("note", ""))


_BUILDERS: Builders = {
    "start": _start,
    "sized": lambda name, length: (str(name), int(note_text(length))),
    "unsized": lambda name: (str(name), None),
    "simple": lambda name: ("null" if name == "null-data" else str(name), None),
    "composite": lambda name: (str(name), None),
    "exceptional": lambda name: (str(name), None),
    "flag": lambda flag: ("presence", _PRESENCES[flag]),
    "remark": lambda note: ("note", note_text(note)),
}

_WORDS = {
    "SIZED": "a string type as octet-string(12)",
    "SIMPLE": "a data type as long-unsigned",
    "COMPOSITE": "'structure' or 'array'",
    "LENGTH": "a length in parentheses",
    "REMARK": "a remark in parentheses",
}
