"""Byte layouts of messages: their components, told apart by the element with which each begins, as the crosswalk names
it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gbcscheck.facts.crosswalk import LayoutHeader
from gbcscheck.frozen import frozen
from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue


@frozen
class Component:
    """One component of a message: the statements of its elements' octets, in the order of the layout."""

    use_case: str
    elements: tuple[Statement, ...]

    def element(self, name: str) -> str:
        """The subject of the element of that name; empty where there is none."""
        for statement in self.elements:
            if _element(statement.subject) == name:
                return statement.subject
        return ""

    def before(self, subject: str, count: int) -> str:
        """The subject of the element that stands so many before another one; empty where there is none."""
        at = self._at(subject) - count
        return self.elements[at].subject if at >= 0 else ""

    def behind(self, subject: str) -> tuple[Statement, ...]:
        """The elements that stand behind another one."""
        return self.elements[self._at(subject) + 1 :]

    def _at(self, subject: str) -> int:
        return [element.subject for element in self.elements].index(subject)


def _element(subject: str) -> str:
    """The last name of a subject, without the number of a repeat."""
    name, mark, number = subject.rpartition("/")[2].rpartition(" #")
    return name if mark and number.isdigit() else f"{name}{mark}{number}"


def layouts(catalogue: Catalogue) -> tuple[tuple[LayoutHeader, tuple[Component, ...]], ...]:
    """The byte layouts of the release, each with the components of its messages; ask by ``catalogue.once``."""
    return tuple((layout, tuple(_components(catalogue, layout))) for layout in catalogue.crosswalk.layouts)


def _components(catalogue: Catalogue, layout: LayoutHeader) -> Iterator[Component]:
    """The components of every message of a part."""
    group: list[Statement] = []
    inside = ""
    for statement in catalogue.in_part(layout.specification, layout.part, "octets"):
        parts = statement.subject.split("/")
        message = "/".join(parts[:2]) if len(parts) == 4 else ""
        if group and (message != inside or _element(statement.subject) == layout.begins):
            yield Component(inside.partition("/")[0], tuple(group))
            group = []
        if message and (group or _element(statement.subject) == layout.begins):
            group.append(statement)
            inside = message
    if group:
        yield Component(inside.partition("/")[0], tuple(group))


def least(catalogue: Catalogue, statement: Statement) -> int | None:
    """The one number that a statement gives, or the least where it gives a minimum."""
    from gbcscheck.domains import Numbers

    domain = catalogue.domain(statement)
    return int(domain.low) if isinstance(domain, Numbers) and domain.low is not None else None


def fixed(catalogue: Catalogue, statement: Statement) -> int:
    """Octets of a field that has one length; 0 for a field of variable length."""
    domain = catalogue.domain(statement)
    members = domain.members(1) if domain is not None else None
    return members[0] if members and isinstance(members[0], int) else 0


def identifier(statement: Statement) -> int | None:
    """The number behind a name, as in ``SetSupplyStatus: 0x0D``; None where there is none."""
    match = re.search(r":\s*0x([0-9A-Fa-f]+)$", str(statement.value))
    return int(match[1], 16) if match else None
