"""What the ``ZCL`` sheet permits a field of a gas message, and values in a form that is quick to look up."""

from __future__ import annotations

import re
from typing import Protocol

from gbcscheck.domains import Domain
from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue

FEW = 64
"""Ranges of more numbers than these are kept as a range, not as a set."""
_PLAIN = re.compile(r"-?\d+(\.\.-?\d+)?( \| -?\d+(\.\.-?\d+)?)*")
_IDENTIFIER = re.compile(r": 0x([0-9A-F]+)$")


class Allowed(Protocol):
    """The values that fit: a set, a range, or a domain that answers like one."""

    def __contains__(self, value: object, /) -> bool: ...


class InDomain:
    """A domain that answers ``in``."""

    def __init__(self, domain: Domain) -> None:
        self._domain = domain

    def __contains__(self, value: object, /) -> bool:
        return self._domain.contains(value)


class BitPattern:
    """Values of a signed number that may also be given as its bits: the sheets write 0xFFFFFFFF for minus one, and
    ranges up to it, in fields of type INT32."""

    def __init__(self, allowed: Allowed, size: int) -> None:
        self._allowed = allowed
        self._mask = (1 << 8 * size) - 1

    def __contains__(self, value: object, /) -> bool:
        return value in self._allowed or (isinstance(value, int) and value & self._mask in self._allowed)


class AnyOf:
    """Values that fit one of several rows."""

    def __init__(self, parts: list[Allowed]) -> None:
        self._parts = parts

    def __contains__(self, value: object, /) -> bool:
        return any(value in part for part in self._parts)


def allowed_values(catalogue: Catalogue, statement: Statement) -> Allowed | None:
    """The values of a statement; None where it states no set."""
    text = statement.domain
    if text is None:
        return None
    if _PLAIN.fullmatch(text) is not None:
        spans = [part.partition("..")[::2] for part in text.split(" | ")]
        ranges = [range(int(low), int(high or low) + 1) for low, high in spans]
        if sum(map(len, ranges)) <= FEW:
            return frozenset(number for numbers in ranges for number in numbers)
        if len(ranges) == 1:
            return ranges[0]
    domain = catalogue.domain(statement)
    return None if domain is None else InDomain(domain)


class ZclRows:
    """The rows of one use case, by cluster, command and parameter, and by cluster and attribute."""

    def __init__(self, catalogue: Catalogue, use_case: str) -> None:
        self._catalogue = catalogue
        self._rows: dict[tuple[int, int, str], list[tuple[str, Statement | None]]] = {}
        for statement in catalogue.by_attribute.get("cluster", ()):
            if statement.subject.startswith(f"{use_case}/"):
                self._add(statement.subject, _identifier(statement))

    def _add(self, subject: str, cluster: int) -> None:
        about = {statement.attribute: statement for statement in reversed(self._catalogue.about(subject))}
        permitted = about.get("permitted")
        if permitted is not None and permitted.domain is None:
            permitted = None
        if "attribute-id" in about:
            for number in str(about["attribute-id"].value).split(", "):
                self._rows.setdefault((cluster, int(number, 16), ""), []).append((subject, permitted))
        elif "parameter" in about and "command" in about:
            command = _identifier(about["command"])
            if command < 0 and "response" in about:
                command = _identifier(about["response"])
            name = plain(str(about["parameter"].value))
            self._rows.setdefault((cluster, command, name), []).append((subject, permitted))

    def allowed(
        self, cluster: int, command: int, attribute: int, label: str
    ) -> tuple[Allowed | None, tuple[Statement, ...]]:
        """The values that the rows of a parameter (or of an attribute's value, where ``attribute`` is not negative)
        permit, and their statements; nothing where a row of it leaves them open, or there is none."""
        rows = self._found(cluster, command, attribute, label)
        statements = tuple(statement for _, statement in rows if statement is not None)
        if not statements or len(statements) < len(rows):
            return None, ()
        parts = [part for part in (allowed_values(self._catalogue, one) for one in statements) if part is not None]
        return parts[0] if len({one.domain for one in statements}) == 1 else AnyOf(parts), statements

    def subject(self, cluster: int, command: int, attribute: int, label: str) -> str:
        """The subject of the only row of a parameter or attribute; empty where there is none or several."""
        rows = self._found(cluster, command, attribute, label)
        return rows[0][0] if len(rows) == 1 else ""

    def _found(self, cluster: int, command: int, attribute: int, label: str) -> list[tuple[str, Statement | None]]:
        return self._rows.get((cluster, attribute, "") if attribute >= 0 else (cluster, command, plain(label)), [])


def _identifier(statement: Statement) -> int:
    found = _IDENTIFIER.search(str(statement.value))
    return int(found[1], 16) if found is not None else -1


def plain(name: str) -> str:
    """The letters and digits of a name, whatever their case."""
    return re.sub(r"[^a-z0-9]", "", name.casefold())
