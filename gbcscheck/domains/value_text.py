"""Values written out: any value on one line for a reader."""

from __future__ import annotations

from fractions import Fraction

from gbcscheck.domains.base import Value
from gbcscheck.domains.bits import BitString
from gbcscheck.domains.rational import decimal_text
from gbcscheck.domains.words import quoted

MOST_ENTRIES = 8
"""Entries of a list that are shown; the rest is counted."""
LONGEST_VALUE = 120
"""Characters of a value that are shown; the rest is counted."""

KEYWORDS = frozenset(
    (
        *("any", "none", "null", "int", "decimal", "step", "text", "matching"),
        *("bits", "octets", "boolean", "true", "false", "list", "time", "date"),
    )
)
"""Words of the notation, which stand in quotes where they are the name of a field."""


def print_value(value: Value) -> str:
    """A value on one line: ``287``, ``"A"``, ``0b1111111``, ``0x0E``, ``17:00:00Z``. A long one is cut, and its length
    given.

    >>> print_value("x" * 500)[-23:]
    'xxxx…" (500 characters)'
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Fraction):
        return decimal_text(value)
    if isinstance(value, str):
        if len(value) <= LONGEST_VALUE:
            return quoted(value)
        return f'{quoted(value[:LONGEST_VALUE])[:-1]}…" ({len(value)} characters)'
    if isinstance(value, bytes):
        shown = f"0x{value[: LONGEST_VALUE // 2].hex().upper()}"
        return shown if len(value) <= LONGEST_VALUE // 2 else f"{shown}… ({len(value)} octets)"
    if isinstance(value, BitString):
        if len(value.bits) <= LONGEST_VALUE:
            return str(value)
        return f"0b{value.bits[:LONGEST_VALUE]}… ({len(value.bits)} bits)"
    if isinstance(value, tuple):
        entries = [print_value(entry) for entry in value[:MOST_ENTRIES]]
        more = f", … ({len(value)} entries)" if len(value) > MOST_ENTRIES else ""
        return f"[{', '.join(entries)}{more}]"
    return str(value)


def print_fields(fields: tuple[tuple[str, str], ...]) -> str:
    """Named fields, each with what is said of it, in braces: ``{index: 0..255, "a b": 1}``."""
    return "{" + ", ".join(f"{_name(name)}: {text}" for name, text in fields) + "}"


def _name(name: str) -> str:
    plain = name.isascii() and name.replace("_", "a").isalnum() and not name[:1].isdigit()
    return name if plain and name not in KEYWORDS else quoted(name)
