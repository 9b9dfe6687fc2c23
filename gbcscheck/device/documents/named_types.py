"""The simple types of a schema by their names, as far as its elements and attributes have them.

An extract states types where elements have them, and of each those that it is derived from: ``sr:Short (sr:Text
(xs:string))``. A type that no element has is in no extract.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from gbcscheck.domains.literals import is_derived
from gbcscheck.model import Statement

Standing = Literal["same", "may", "not", "unknown"]
"""Whether one type may stand for another (XML Schema Part 1, 3.14.6): it is that type, is derived from it, is not, or
it is of another schema than the declared one."""


class NamedType(NamedTuple):
    """What an element of a type is stated to be, by attribute, and whether it has attributes: no simple type then."""

    by_attribute: Mapping[str, Statement]
    is_plain: bool

    @property
    def bases(self) -> tuple[str, ...]:
        """The types that it is derived from, the built-in one last (``xs:token``; none where it is a list or union)."""
        named = (self.by_attribute["type"].text or "").replace(")", "").partition(",")[0].split(" (")[1:]
        return tuple(name for name in named if " " not in name)


class NamedTypes:
    """The types that elements and attributes of a schema are stated to have, by prefix and name (``sr:EUI``).
    ``namespaces`` are those of its elements."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._by_name: dict[str, dict[str, Statement]] = {}
        self._subjects: dict[str, str] = {}
        self._names: dict[str, None] = {}
        self._with_attributes: set[str] = set()
        self.namespaces: set[str] = set()
        first: dict[str, dict[str, Statement]] = {}
        for statement in statements:
            subject = statement.subject
            if statement.attribute == "type":
                name = str(statement.value)
                self._names[name] = None
                if name not in self._subjects and not name.startswith("xs:"):
                    self._subjects[name] = subject
                    self._by_name[name] = first[subject] = {"type": statement}
            elif statement.attribute == "permitted" and subject in first:
                first[subject]["permitted"] = statement
            elif statement.attribute == "namespace":
                self.namespaces.add(str(statement.value))
            above, slash, _ = subject.partition("/@")
            if slash:
                self._with_attributes.add(above)

    def get(self, name: str) -> NamedType | None:
        """A simple type, or one of simple content, by prefix and name; None where no element has it."""
        found = self._by_name.get(name)
        if found is None or "permitted" not in found:
            return None
        return NamedType(found, self._subjects[name] not in self._with_attributes)

    def called(self, local: str) -> Iterator[str]:
        """The types of a name, with their prefixes."""
        return (name for name in self._names if name.rpartition(":")[2] == local)

    def standing(self, local: str, declared: str) -> Standing:
        """Whether the type of a name, of the namespace of the declared one, may stand for the declared one of an
        element (``sr:EUI``, ``xs:int``, ``anonymous``)."""
        prefix, _, own = declared.rpartition(":")
        if declared == "anonymous":
            return "not"
        if local == own and prefix != "xs":
            return "same"
        name = f"{prefix}:{local}" if prefix and prefix != "xs" else next(iter(self.called(local)), "")
        found = self.get(name)
        if found is None:
            return "not"
        if prefix == "xs" and found.bases[-1:]:
            return "may" if is_derived(found.bases[-1], declared) else "not"
        return "may" if declared in (*found.bases, "xs:anySimpleType") else "not"
