"""Constants of the GBCS DLMS sheet: ``||0x000001FFFF``, ``27``, ``||0x01 (credit) or 0x02 (prepayment)``."""

from __future__ import annotations

from functools import cache

from gbcscheck.domains import Domain, bits_of, octets_of, points, union
from gbcscheck.domains.interpret_as import interpret_as
from gbcscheck.frozen import frozen
from gbcscheck.notation.dlms_type import DlmsType
from gbcscheck.notation.grammars import Builders, Refusal, note_text, read, whole_number


@frozen
class DlmsConstant:
    """What a row fixes: one value or a choice of values.

    ``alternatives`` are (one-member domain, note) as written: octets or bits behind ``||``, else a number.
    ``instance`` is the name of an object that stands before ``||``.
    """

    alternatives: tuple[tuple[Domain, str], ...]
    instance: str = ""

    def domain(self, to: DlmsType | Domain) -> Domain:
        """The fixed values as values of the row's type (``0b11111110`` of bit-string(7) is seven ones).

        Raises NotInterpretable where a value is none of the type's.
        """
        target = to.domain(exact=True) if isinstance(to, DlmsType) else to
        first, *rest = (interpret_as(domain, to=target) for domain, _ in self.alternatives)
        for domain in rest:
            first = union(first, domain)
        return first

    def meanings(self, to: DlmsType | Domain) -> tuple[tuple[Domain, str], ...]:
        """Each value with the note that follows it, read as of the row's type."""
        target = to.domain(exact=True) if isinstance(to, DlmsType) else to
        return tuple((interpret_as(domain, to=target), note) for domain, note in self.alternatives if note)


@cache
def read_dlms_constant(text: str) -> DlmsConstant | None:
    """Read a cell of the column ``constant value``; nothing where it is blank or a dash. Raises NotationError."""
    if text.strip() in ("", "-", "--"):
        return None
    constant: DlmsConstant = read("dlms_constant", text, _BUILDERS, _WORDS)
    return constant


def _encodings(*parts: tuple[Domain, str] | str) -> DlmsConstant:
    first, *rest = parts
    if isinstance(first, str):
        return DlmsConstant(tuple(p for p in rest if not isinstance(p, str)), first)
    return DlmsConstant(tuple(p for p in parts if not isinstance(p, str)))


def _encoded(literal: str, note: str = "()") -> tuple[Domain, str]:
    if literal[:2].lower() == "0b":
        return bits_of(literal[2:]), note_text(note)
    return octets_of(bytes.fromhex(literal[2:])), note_text(note)


def _instance(name: str) -> str:
    if any(int(field) > 255 for field in name.replace("-", ".").replace(":", ".").split(".")):
        raise Refusal(name, "a field of a logical name is at most 255")
    return str(name)


_BUILDERS: Builders = {
    "encodings": _encodings,
    "numbers": lambda *alternatives: DlmsConstant(alternatives),
    "instance": _instance,
    "encoded": _encoded,
    "number": lambda literal, note="()": (points([whole_number(literal)]), note_text(note)),
}

_WORDS = {
    "NUMBER": "a number",
    "OCTETS": "octets as 0x000001FFFF",
    "BINARY": "bits as 0b11111110",
    "LOGICAL_NAME": "a logical name",
    "NOTE": "a note in parentheses",
}
