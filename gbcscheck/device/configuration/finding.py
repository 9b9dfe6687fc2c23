"""Which part of a data item a name in a file means: by a mapping of one's own, by its name, or by its object."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gbcscheck.device.configuration.names import Names, Node
from gbcscheck.device.configuration.objects import Objects, read_object_name
from gbcscheck.device.configuration.rules import SEVERAL_ITEMS, UNKNOWN_ITEM
from gbcscheck.device.model import Problem
from gbcscheck.domains.unit_words import is_unit_text
from gbcscheck.extract.sheets import plain_title
from gbcscheck.extract.table_beside import is_scale
from gbcscheck.extract.table_mapping import TableMapping
from gbcscheck.release.catalogue import Catalogue

_UNIT_BEHIND = re.compile(r"(.+?)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*", re.DOTALL)
MOST_OBJECTS = 6
"""Data items of an object that a message names."""


def says_unit(text: str) -> bool:
    """Whether what stands behind a name says of what its numbers are so many: a unit, or a scale that is none and whose
    numbers are refused (``hex``, ``% of nominal``)."""
    return is_unit_text(text) or is_scale(text)


class Finder:
    """Finds the parts of data items that names mean. ``mapping`` says what names of one's own mean."""

    def __init__(self, catalogue: Catalogue, mapping: TableMapping | None = None) -> None:
        self.names = catalogue.once(Names)
        self._catalogue = catalogue
        self._own = {plain_title(name): item for name, item in mapping.subjects.items()} if mapping is not None else {}

    @property
    def _objects(self) -> Objects:
        return self._catalogue.once(_objects)

    def find(self, name: str, groups: Sequence[str] = ()) -> Node | None:
        """The part that a name means within some groups; None for a name that means none, or may mean several, and for
        one with a unit behind it."""
        name = self.meant(name, groups)
        if (behind := _UNIT_BEHIND.fullmatch(name)) is not None and says_unit(behind[2]):
            return None
        found = self.names.find(name)
        if found is None and (wanted := read_object_name(name)) is not None:
            parts = self._objects.parts(wanted)
            found = parts[0] if len(parts) == 1 else None
        return found

    def meant(self, name: str, groups: Sequence[str] = ()) -> str:
        """What a mapping says for a name, alone or behind the names of its groups; else the name as it is."""
        if not self._own:
            return name
        whole = self._own.get(plain_title(".".join((*groups, name))))
        return whole or self._own.get(plain_title(name), name)

    def with_unit(self, name: str, groups: Sequence[str] = ()) -> tuple[str, str] | None:
        """A name that means a part, and the unit in parentheses behind it; None where it is no such name."""
        found = _UNIT_BEHIND.fullmatch(name)
        if found is None or not says_unit(found[2]) or self.find(found[1], groups) is None:
            return None
        return found[1], found[2]

    def means(self, name: str) -> bool:
        """Whether a name means a part, maybe with a unit behind it."""
        return self.find(name) is not None or self.with_unit(name) is not None

    def is_object(self, text: str) -> bool:
        """Whether a text names an object that holds data items, one or several."""
        wanted = read_object_name(self.meant(text))
        return wanted is not None and bool(self._objects.members(wanted))

    def disagreement(self, names: Sequence[str], object_name: str) -> str:
        """Why an object and the names that stand beside it cannot mean the same; empty where they can, or one of them
        means nothing."""
        for name in names:
            node = self.find(name) if read_object_name(name) is None else None
            if node is not None:
                wanted = read_object_name(object_name)
                if wanted is None or self._objects.disagrees(node, wanted):
                    return f"no use case table has {node.path} in {wanted or object_name}"
        return ""

    def why_not(self, name: str, near: str) -> Problem:
        """What is told of a name that means no part of a data item, or may mean several; ``near`` are names like it."""
        wanted = read_object_name(self.meant(name))
        if wanted is None:
            return Problem(UNKNOWN_ITEM, f'no specification of the release has a data item "{name}"', suggestion=near)
        heads = [self.names.head(part).path for part in self._objects.parts(wanted)]
        members = self._objects.members(wanted)
        if not heads:
            help_ = f"the object has {members}" if members else ""
            return Problem(
                UNKNOWN_ITEM, f"no use case table of the release has a data item in {wanted}", suggestion=help_
            )
        named = ", ".join(heads[:MOST_OBJECTS]) + (" and others" if len(heads) > MOST_OBJECTS else "")
        return Problem(
            SEVERAL_ITEMS,
            f"{wanted} holds several data items ({named}), and nothing says which one is meant",
            suggestion="name the data item" if wanted.attribute else f"name the attribute or the data item: {members}",
        )


def _objects(catalogue: Catalogue) -> Objects:
    return Objects(catalogue, catalogue.once(Names))
