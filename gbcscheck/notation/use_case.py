"""Cells of the GBCS use case table: message codes, roles, service references, targets, types, clauses.

Identifiers stay strings: ``4.10`` is not ``4.1``.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from gbcscheck.frozen import frozen
from gbcscheck.notation.grammars import Builders, read


@frozen
class Target:
    """A device that a use case is addressed to; ``condition`` says when (``primary``, ``Supplier only``)."""

    device: str
    condition: str = ""


@frozen
class MessageType:
    """``SME.C.NC`` and the like; ``condition`` is what the cell adds to it."""

    category: str
    condition: str = ""


@frozen
class Reference:
    """A clause of a specification (``SMETS``, ``5.7.4.26``); a document alone where the cell gives no clause."""

    document: str
    clause: str = ""


@cache
def read_message_code(text: str) -> str:
    """Read a message code, ``0x004A``: capital digits, small x. Raises NotationError."""
    code: str = read("use_case", text, _BUILDERS, _WORDS, "message_code")
    return code


@cache
def read_roles(text: str) -> tuple[str, ...] | None:
    """Read the remote party roles, in their order: none for ``(none)``, None where the cell is blank or refers to the
    text of the GBCS. Raises NotationError."""
    roles: tuple[str, ...] | None = _read_or_blank("roles", text)
    return roles


@cache
def read_service_references(text: str) -> tuple[str, ...]:
    """Read service references, ``7.5, 7.6, 7.8``; none for ``N/A``. Raises NotationError."""
    services: tuple[str, ...] = read("use_case", text, _BUILDERS, _WORDS, "services")
    return services


@cache
def read_targets(text: str) -> tuple[Target, ...] | None:
    """Read the target devices; None where the cell is blank or refers to the text of the GBCS. Raises NotationError."""
    targets: tuple[Target, ...] | None = _read_or_blank("targets", text)
    return targets


@cache
def read_message_type(text: str) -> MessageType:
    """Read a message type, ``SME.C.NC``. Raises NotationError."""
    message_type: MessageType = read("use_case", text, _BUILDERS, _WORDS, "message_type")
    return message_type


@cache
def read_references(text: str) -> tuple[Reference, ...]:
    """Read references, ``SMETS 4.6.4.9`` and on further lines ``SMETS 5.7.4.12 / 5.13.2.3``, in their order.

    ``(DLMS)`` and ``(GBZ)`` mark a field that only the protocol needs, ``SMETS NA`` a document without the item: they
    give no reference. Raises NotationError.
    """
    references: tuple[Reference, ...] = read("use_case", text, _BUILDERS, _WORDS, "references")
    return references


@cache
def read_flag(text: str) -> bool | None:
    """Read ``Yes`` or ``No``; None for ``N/A``. Raises NotationError."""
    flag: bool | None = read("use_case", text, _BUILDERS, _WORDS, "flag")
    return flag


def _read_or_blank(rule: str, text: str) -> Any:
    return read("use_case", text, _BUILDERS, _WORDS, rule) if text.strip() else None


_BUILDERS: Builders = {
    "message_code": lambda code: "0x" + code[2:].upper(),
    "some_roles": lambda *names: tuple(str(name) for name in names),
    "no_roles": tuple,
    "elsewhere": lambda _: None,
    "some_services": lambda *services: tuple(str(service) for service in services),
    "no_services": tuple,
    "some_targets": lambda *targets: targets,
    "no_targets": tuple,
    "target": lambda device, condition="": Target(str(device), condition.strip("()")),
    "category": lambda category, condition="": MessageType(str(category), str(condition)),
    "zse": lambda: MessageType("ZSE specified"),
    "references": lambda *lines: tuple(reference for line in lines for reference in line),
    "clauses": lambda document, *clauses: tuple(Reference(str(document), str(clause)) for clause in clauses),
    "not_applicable": lambda _document: (),
    "document": lambda document, _protocol="": (Reference(str(document)),),
    "protocol": lambda _protocol: (),
    "yes": lambda: True,
    "no": lambda: False,
    "not_asked": lambda: None,
}

_WORDS = {
    "CODE": "a code as 0x004A",
    "NAME": "a role",
    "SERVICE": "a service reference as 6.18",
    "DEVICE": "a device",
    "CATEGORY": "a message type as SME.C.NC",
    "CONDITION": "what is additional",
    "RESTRICTION": "'in a ... only'",
    "NOTE": "a note in parentheses",
    "DOCUMENT": "'SMETS' or 'CHTS'",
    "CLAUSE": "a clause as 5.7.4.26",
    "PROTOCOL": "'DLMS' or 'GBZ'",
    "ELSEWHERE": "'See GBCS'",
    "_SEPARATOR": "';' or a line break",
}
