"""Identity constraints (XML Schema Part 1, 3.11) against each other: which follow from which."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class _Constraint(NamedTuple):
    kind: str
    selected: frozenset[str]
    fields: frozenset[str]
    refers: str


def implied(words: str, others: Iterable[str]) -> bool:
    """Whether every document that satisfies one of some constraints satisfies another one, too.

    Values that are unique remain so among fewer elements, and together with further fields. A key has to have all of
    its fields, so it follows from one of the same fields alone.

    >>> implied("unique A: @k, @l", ["key A | B: @k"])
    True
    >>> implied("key A: @k", ["unique A: @k"])
    False
    """
    wanted = _read(words)
    return any(words == other or _follows(wanted, _read(other)) for other in others)


def _follows(wanted: _Constraint, given: _Constraint) -> bool:
    if "keyref" in (wanted.kind, given.kind) or not wanted.selected <= given.selected:
        return False
    if wanted.kind == "unique":
        return given.fields <= wanted.fields
    return given.kind == "key" and given.fields == wanted.fields


def _read(words: str) -> _Constraint:
    """``key A | B: @k, @l -> key C: @k``; names of other namespaces stand in braces and may hold any sign."""
    own, _, refers = words.partition(" -> ")
    kind, _, rest = own.partition(" ")
    selector, _, fields = rest.partition(": ")
    return _Constraint(kind, frozenset(selector.split(" | ")), frozenset(fields.split(", ")), refers)
