"""Which data item a name in a configuration means: full subjects, bare items, elements, with or without a use case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gbcscheck.near_names import plain
from gbcscheck.release.catalogue import Catalogue

ENCODINGS = "COSEM"
"""The specification whose own subjects (``date``, ``time``) are encodings and no data items."""
_STEP = re.compile(r"((?:[^.\[(]|\([^)]*\)|\[[^\]]*\](?!$|\.))+)(?:\[([^\]]*)\])?(?:\.(?!\.)|$)")

_OF_FIRST = re.compile(r"\([A-Za-z]+\[1\]\)(.+)")
"""The data item of the first phase, and its name without that."""


@dataclass(eq=False, slots=True)
class Node:
    """A data item or a part of one. ``path`` is its name without a use case; ``item`` that name where statements are
    made of this very part, else empty. ``children`` are the fields by plain name; ``members`` the entries of a list,
    each with the index that its specification writes (``*``, ``2``, ``1..4``, ``1..m``)."""

    path: str
    item: str = ""
    children: dict[str, Node] = field(default_factory=dict)
    members: list[tuple[str, Node]] = field(default_factory=list)

    def leaves(self) -> Iterator[Node]:
        """The parts, this one included, of which statements are made."""
        if self.item:
            yield self
        for child in (*self.children.values(), *(member for _, member in self.members)):
            yield from child.leaves()

    def only(self) -> Node | None:
        """The part that a single value is for: this one, or the only one below it."""
        if self.item:
            return self
        found = self.leaves()
        first = next(found, None)
        return first if next(found, None) is None else None

    def member(self, position: int) -> Node | None:
        """The entry of a list at a position (from 0): the one whose index names it, else the one of any index."""
        if len(self.members) == 1 and not (only := self.members[0])[0].isdecimal():
            return only[1]
        for index, node in self.members:
            if index == str(position + 1):
                return node
        return next((node for index, node in self.members if not index.isdecimal()), None)

    @property
    def is_free_list(self) -> bool:
        """Whether every entry of the list is the same part: no entry has a number of its own."""
        return bool(self.members) and not any(index.isdecimal() for index, _ in self.members)

    def find(self, name: str) -> Node | None:
        """The part that a name means below this one: a field, a path of fields, or the only part whose last field has
        this name."""
        found = self._walk(steps(name))
        if found is not None:
            return found
        wanted = plain(name)
        below = [leaf for leaf in self.leaves() if plain(leaf.path.rpartition(".")[2]) == wanted]
        return below[0] if len(below) == 1 else None

    def _walk(self, path: list[tuple[str, str]]) -> Node | None:
        node: Node | None = self
        for name, index in path:
            if node is None:
                return None
            if node.members and plain(name) not in node.children:
                node = node.member(0)
            node = node.children.get(plain(name)) if node else None
            if node is not None and index:
                node = node.member(int(index) - 1 if index.isdecimal() else -1)
        return node


def steps(name: str) -> list[tuple[str, str]]:
    """The fields of an element path, each with what stands in brackets behind it.

    >>> steps("entries[*].switch_time"), steps("value #2")
    ([('entries', '*'), ('switch_time', '')], [('value #2', '')])
    """
    return [(match[1], match[2] or "") for match in _STEP.finditer(name)]


def head_of(name: str) -> tuple[str, str]:
    """A data item's own name, and the path of its element behind it.

    >>> head_of("(Phase[1])AverageRMSOverVoltageThreshold.value"), head_of("DebtRecoveryRates[1].period")
    (('(Phase[1])AverageRMSOverVoltageThreshold', 'value'), ('DebtRecoveryRates[1]', 'period'))
    """
    depth = 0
    for offset, sign in enumerate(name):
        depth += (sign in "([") - (sign in ")]")
        if sign == "." and depth == 0:
            return name[:offset], name[offset + 1 :]
    return name, ""


class Names:
    """The data items of a catalogue, found by what people write."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._written = catalogue.item_names
        self._heads: dict[str, Node] = {}
        self._series: dict[str, Node] = {}
        self._firsts: dict[str, Node] = {}
        self._exact: dict[str, Node] = {}
        self._use_cases = {subject for subject in catalogue.by_subject if "/" not in subject}
        self.heads: list[str] = []
        for item in catalogue.items.values():
            if (item.rows or item.direct) and "/" not in item.name and _is_item(catalogue, item.name):
                self._add(item.name)

    def _add(self, name: str) -> None:
        head, element = head_of(name)
        node = self._heads.get(plain(head))
        if node is None:
            node = self._heads[plain(head)] = Node(head)
            self.heads.append(head)
            if (first := _OF_FIRST.fullmatch(head)) is not None:
                self._firsts.setdefault(plain(first[1]), node)
            base, bracket, index = head.partition("[")
            if bracket and index[:-1].isdecimal():
                self._series.setdefault(plain(base), Node(base)).members.append((index[:-1], node))
        path = head
        for field_, index in steps(element):
            path = f"{path}.{field_}"
            node = node.children.setdefault(plain(field_), Node(path))
            if index:
                path = f"{path}[{index}]"
                known = dict(node.members).get(index)
                if known is None:
                    known = Node(path)
                    node.members.append((index, known))
                node = known
        node.item = name
        self._exact.setdefault(plain(name), node)

    def find(self, name: str) -> Node | None:
        """The data item, or the part of one, that a name means; None where no specification knows it.

        Case and blanks do not count; a use case may stand before it (``ECS37/...``); a name with the last field alone
        finds the only element of that name, and one that people write for it (``specs/names.json``) that element; one
        that says no phase that of the first, which is the only one of most meters.
        """
        use_case, slash, rest = name.partition("/")
        if slash and use_case.strip() in self._use_cases:
            name = rest
        wanted = plain(name)
        found = self._exact.get(wanted) or self._heads.get(wanted) or self._series.get(wanted)
        if found is not None:
            return found
        head, element = head_of(name)
        node = self._heads.get(plain(head)) or self._series.get(plain(head))
        found = node.find(element) if node is not None and element else None
        if found is None and len(meant := self._written.match(name)) == 1:
            found = self._exact.get(plain(meant[0]))
        if found is None and (first := self._firsts.get(plain(head))) is not None:
            found = first.find(element) if element else first
        return found

    def head(self, node: Node) -> Node:
        """The data item that a part belongs to."""
        return self._heads[plain(head_of(node.path)[0])]


def _is_item(catalogue: Catalogue, name: str) -> bool:
    statements = catalogue.item_statements(catalogue.items[name])
    return not statements or any(statement.specification.name != ENCODINGS for statement in statements)
