"""The components of messages whose octets a specification lays out: which elements each has, in their order."""

from __future__ import annotations

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
            if element_name(statement.subject) == name:
                return statement.subject
        return ""

    @property
    def group(self) -> str:
        """Message and component as the subjects of its elements begin: ``GCS04/Command/Change Debt``."""
        return self.elements[0].subject.rpartition("/")[0]


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
    inside = ""
    for statement in catalogue.in_part(layout.specification, layout.part, "octets"):
        parts = statement.subject.split("/")
        message = "/".join(parts[:2]) if len(parts) == 4 else ""
        if group and (message != inside or element_name(statement.subject) == layout.begins):
            yield Component(inside.partition("/")[0], tuple(group))
            group = []
        if message and (group or element_name(statement.subject) == layout.begins):
            group.append(statement)
            inside = message
    if group:
        yield Component(inside.partition("/")[0], tuple(group))
