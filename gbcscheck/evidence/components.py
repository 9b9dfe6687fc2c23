"""The components of messages whose octets a specification lays out: which elements each has, in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from gbcscheck.facts.crosswalk import LayoutHeader
from gbcscheck.frozen import frozen
from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue

_BEHIND = (
    re.compile(r"\s*#\d+$"),
    re.compile(r"\s*:\s*0x[0-9A-Fa-f]+\s*$"),
    re.compile(r"\s*\([^()]*(\([^()]*\))?[^()]*\)\s*$"),
)
"""What may stand behind a name: the number of a repeat, an identifier, a type or a number of instances."""
_NO_LETTER = re.compile(r"[^a-z0-9]")
COMMAND = "Command"
"""What the message to the device is called; all others come from it."""


@frozen
class Component:
    """One component of a message: the statements of its elements' octets, in the order of the layout, and the names of
    the elements, without the numbers of repeats."""

    use_case: str
    elements: tuple[Statement, ...]
    names: tuple[str, ...]

    def element(self, name: str) -> str:
        """The subject of the element of that name; empty where there is none."""
        return self.elements[self.names.index(name)].subject if name in self.names else ""

    def before(self, subject: str, count: int) -> str:
        """The subject of the element that stands so many before another one; empty where there is none."""
        at = self._at(subject) - count
        return self.elements[at].subject if at >= 0 else ""

    def behind(self, subject: str) -> tuple[Statement, ...]:
        """The elements that stand behind another one."""
        return self.elements[self._at(subject) + 1 :]

    def _at(self, subject: str) -> int:
        return [element.subject for element in self.elements].index(subject)

    def called(self, name: re.Pattern[str]) -> Iterator[int]:
        """The places of the elements whose name a pattern finds."""
        return iter(_places(name, self.names))

    @property
    def group(self) -> str:
        """Message and component as the subjects of its elements begin: ``GCS04/Command/Change Debt``."""
        return self.elements[0].subject.rpartition("/")[0]


class Field(NamedTuple):
    """A field of a byte layout: the message and the plain name of the component that it is in, and what states its
    octets."""

    message: str
    command: str
    octets: Statement


@lru_cache(maxsize=16384)
def finds(pattern: re.Pattern[str], name: str) -> bool:
    """Whether a pattern finds something in a name: layouts have thousands of elements, and few names."""
    return pattern.search(name) is not None


@lru_cache(maxsize=4096)
def _places(pattern: re.Pattern[str], names: tuple[str, ...]) -> tuple[int, ...]:
    return tuple([at for at, one in enumerate(names) if finds(pattern, one)])


@lru_cache(maxsize=4096)
def plain_name(text: str) -> str:
    """A name as all tables would write it: no blanks, case, number of a repeat, identifier, or type behind it.

    >>> plain_name("Debt Amount (INT32) #2"), plain_name("Change Debt: 0x02")
    ('debtamount', 'changedebt')
    """
    for behind in _BEHIND:
        text = behind.sub("", text)
    return _NO_LETTER.sub("", text.casefold())


def element_name(subject: str) -> str:
    """The last name of a subject, without the number of a repeat.

    >>> element_name("GCS04/Command/Change Debt/Debt Amount (INT32) #2")
    'Debt Amount (INT32)'
    """
    name, mark, number = subject.rpartition("/")[2].rpartition(" #")
    return name if mark and number.isdigit() else f"{name}{mark}{number}"


def laid_out(catalogue: Catalogue) -> tuple[tuple[LayoutHeader, tuple[Component, ...]], ...]:
    """The byte layouts of the release, each with the components of its messages; ask by ``catalogue.once``."""
    return tuple((layout, tuple(_components(catalogue, layout))) for layout in catalogue.crosswalk.layouts)


def _components(catalogue: Catalogue, layout: LayoutHeader) -> Iterator[Component]:
    """The components of every message of a part, told apart by the element with which each begins."""
    group: list[Statement] = []
    names: list[str] = []
    inside = ""
    for statement in catalogue.in_part(layout.specification, layout.part, "octets"):
        parts = statement.subject.split("/")
        message = "/".join(parts[:2]) if len(parts) == 4 else ""
        name = element_name(statement.subject)
        if group and (message != inside or name == layout.begins):
            yield Component(inside.partition("/")[0], tuple(group), tuple(names))
            group, names = [], []
        if message and (group or name == layout.begins):
            group.append(statement)
            names.append(name)
            inside = message
    if group:
        yield Component(inside.partition("/")[0], tuple(group), tuple(names))


def fields_by_name(catalogue: Catalogue) -> Mapping[tuple[str, str], Sequence[Field]]:
    """The fields of the byte layouts by use case and name, in plain; ask by ``catalogue.once``."""
    found: dict[tuple[str, str], list[Field]] = {}
    for _, components in catalogue.once(laid_out):
        for component in components:
            use_case, message, name = component.group.split("/")
            command = plain_name(name)
            for element, called in zip(component.elements, component.names, strict=True):
                found.setdefault((use_case, plain_name(called)), []).append(Field(message, command, element))
    return found


def least(catalogue: Catalogue, statement: Statement) -> int | None:
    """The one number that a statement gives, or the least where it gives a minimum."""
    from gbcscheck.domains.numbers import Numbers

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
