"""Values of gas messages in the words of their rows (``0xFFFFFFFF (do not change)``, ``0x00 = per hour``), and what was
expected in their stead."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gbcscheck.device.gas.rows import ALERT, BIG_ENDIAN, Field
from gbcscheck.device.gas.values import Hexadecimal, Meant
from gbcscheck.device.named import Named
from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue

Read = int | bytes | str
"""A value as it is read: a number, octets, or characters (octets where they are none)."""
_FORMS = (
    re.compile(r"0x([0-9A-Fa-f]+)\s*\(([^()]*[a-z][^()]*)\)"),
    re.compile(r"0x([0-9A-Fa-f]+)\s*=\s*([^;=]*?[a-z][^;=]*?)\s*(?=0x|[;,]|$)"),
    re.compile(r"0x([0-9A-Fa-f]+)\s+means\s+([^;]*[A-Za-z]{2}[^;]*)"),
    re.compile(r"Set to 0x([0-9A-Fa-f]+)\s+(to [^.;]*)"),
)
"""A number in hexadecimal and what it is said to mean."""


def stated_words(texts: Iterable[str]) -> dict[int, str]:
    """The words that some rows have for numbers, each as its octets read without a sign.

    >>> stated_words(["Cut Off Value\\nSet to 0xFFFFFFFF (do not change)", "0x00 = per hour 0x01 = per day"])
    {4294967295: 'do not change', 0: 'per hour', 1: 'per day'}
    >>> stated_words(["State\\n0x03 means supply state is UNCHANGED; 0x00 means supply state is LOCKED"])
    {3: 'supply state is UNCHANGED', 0: 'supply state is LOCKED'}
    """
    found: dict[int, str] = {}
    for text in texts:
        line = " ".join(text.split())
        for form in _FORMS:
            for match in form.finditer(line):
                found.setdefault(int(match[1], 16), match[2].strip())
    return found


def as_stated(field: Field, value: int, catalogue: Catalogue, alerts: Catalogue) -> int | None:
    """A number with what its row says of it in words, or the code of an alert with its name; None where nobody has a
    word on it. ``alerts`` has the alert codes."""
    if field.role == ALERT:
        name = alerts.first(f"0x{value:04X}", "name")
        return Meant(value, str(name.value)) if name is not None else Hexadecimal(value)
    known = catalogue.once(_words_by_subject)
    if field.asked not in known:
        stated = catalogue.about(field.asked, "constant", "permitted")
        known[field.asked] = stated_words(one.written for one in stated)
    words = known[field.asked].get(value & (1 << 8 * field.size) - 1, "") if field.size else ""
    if not words:
        return None
    return Named(value, words) if field.shown is int else Meant(value, words)


def _words_by_subject(catalogue: Catalogue) -> dict[str, dict[int, str]]:
    """The words of numbers by the row, filled as they are asked for."""
    return {}


def shown_as(field: Field, value: Read) -> str:
    """A value as findings name it."""
    if isinstance(value, int):
        unsigned = value & ((1 << 8 * field.size) - 1)
        return str(field.shown(value)) if field.shown is not int else f"{value} (0x{unsigned:0{2 * field.size}X})"
    if isinstance(value, str):
        return f'"{value}"'
    return f"0x{value.hex().upper()}" if value else "empty"


def text_of(octets: bytes) -> str | bytes:
    """Octets as characters, where they are some."""
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return octets


def suggestion(field: Field) -> str:
    """The octets of the one value that a field may have."""
    allowed = field.allowed
    if not isinstance(allowed, frozenset) or len(allowed) != 1:
        return ""
    (number,) = allowed
    octets = number.to_bytes(field.size, "big" if field.kind == BIG_ENDIAN else "little")
    return f"write {octets.hex(' ').upper()} here"


def expected(field: Field, catalogue: Catalogue) -> str:
    """The values that would have been right, in the words of the row; what a tolerance adds is told as numbers."""
    stated = [statement for statement in field.statements if statement.attribute in ("constant", "permitted")]
    if isinstance(field.allowed, frozenset) and not _says(stated, field.allowed, catalogue):
        return " or ".join(f"0x{number:0{2 * field.size}X}" for number in sorted(field.allowed))
    if isinstance(field.allowed, range) and not stated:
        return f"0x{field.allowed.start:02X} to 0x{field.allowed.stop - 1:02X}"
    return " or ".join(dict.fromkeys(" ".join(statement.written.split()) for statement in stated)) or "another value"


def _says(stated: list[Statement], allowed: frozenset[object], catalogue: Catalogue) -> bool:
    domains = [catalogue.domain(statement) for statement in stated]
    return all(any(domain is not None and domain.contains(number) for domain in domains) for number in allowed)
