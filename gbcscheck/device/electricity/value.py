"""A whole value of an attribute or a method against the shape that its rows give it."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from gbcscheck.cosem.axdr import ARRAY, COMPACT_ARRAY, NULL, STRUCTURE, Data
from gbcscheck.device.electricity.leaf import leaf_problems, meaning_of, value_of, written
from gbcscheck.device.electricity.rows import TWIN, Leaf, ValueShape, may_be_absent
from gbcscheck.device.electricity.rules import COUNT, TYPE
from gbcscheck.device.items.judge import ON_DEVICE
from gbcscheck.device.model import FileRecord, HouseValues, Problem, octets_source
from gbcscheck.domains import Value
from gbcscheck.evidence.grounds import Ground, grounds_of_row, in_words
from gbcscheck.model import Statement
from gbcscheck.model.device_files import FITS, OPEN, WRONG

ARRAYS = (ARRAY, COMPACT_ARRAY)
"""An array may come as a compact-array: GBCS lets devices send logs so, and says nothing of it in the tables' types."""
MOST_REMEMBERED = 2_000
"""Verdicts kept for one row and direction; the values of a log are many and seldom the same."""

SENT, READ, HELD = "sent", "read", "held"
"""Directions: a value that a command sets, one that a device returns, one that an object of a device holds."""


class Items(Protocol):
    """What other specifications say of a data item's value."""

    def sent(self, subject: str, value: Value) -> tuple[Problem, ...]:
        """Of a value that a command sets."""

    def read(self, subject: str, value: Value) -> tuple[Problem, ...]:
        """Of a value that a device returns."""

    def on_device(self, item: str, value: Value) -> tuple[Problem, ...]:
        """Of a value that a device holds of a data item."""

    def grounds(self, how: str, subject: str, value: Value) -> tuple[Ground, ...]:
        """What they say of a value against which they have nothing."""


class Places(Protocol):
    """Where values stand, and how their file writes them."""

    def source(self, data: Data) -> str:
        """The place of a value, as ``Place.parse`` reads it."""

    def written(self, data: Data) -> str:
        """What stands there."""


class MessageOctets:
    """Values in the octets of a message."""

    def __init__(self, octets: bytes) -> None:
        self._octets = octets

    def source(self, data: Data) -> str:
        """``octets 45+3``."""
        return octets_source(data.offset, data.length)

    def written(self, data: Data) -> str:
        """The octets as hexadecimal digits."""
        return written(data, self._octets)


class Lines:
    """Values in an XML document: ``offset`` of each is its line."""

    def source(self, data: Data) -> str:
        """``line 12``."""
        return f"line {data.offset}"

    def written(self, data: Data) -> str:
        """The value in plain words: XML writes some of them in forms of its own."""
        return meaning_of(data)


class Walk:
    """One value against its shape."""

    def __init__(self, places: Places, direction: str, items: Items, record: FileRecord, variant: str = "") -> None:
        self._places = places
        self.source = places.source
        self._direction = direction
        self._variant = variant
        self._items = items
        self.record = record
        self._entries: list[int] = []
        self._null_told: set[str] = set()

    def value(self, node: ValueShape, data: Data, label: str, subject: str) -> None:
        """Judge a value against a node, and everything in it."""
        if data.tag == NULL and max(self._entries, default=0) > 1 and _wants_a_value(node):
            self._as_before(node, data, label, subject)
        elif node.leaf is not None and not node.fields and node.element is None:
            self._leaf(node.leaf, data, label)
        elif node.element is not None or node.positions:
            self._array(node, data, label, subject)
        else:
            self._structure(node, data, label, subject)

    def open(self, data: Data, label: str, subject: str) -> None:
        """Everything in a value that no row describes further, named as open."""
        members = data.members
        if not self.record.tree:
            self.record.values += _values_in(members)
            return
        source = self.source(data)
        if not members:
            self.record.leaf(label, data, subject, OPEN, source)
            return
        self.record.branch(label, source, data, subject)
        self.record.depth += 1
        for number, member in enumerate(members, start=1):
            self.open(member, f"[{number}]", subject)
        self.record.depth -= 1

    def problem(self, problem: Problem, data: Data, subject: str, attribute: str, leaf: Leaf | None = None) -> None:
        """A finding on a value."""
        self.record.problem(
            problem,
            subject=subject,
            attribute=attribute,
            written=self._places.written(data),
            source=self.source(data),
            meaning=meaning_of(data, leaf),
        )

    def _as_before(self, node: ValueShape, data: Data, label: str, subject: str) -> None:
        """Null-data in an entry behind the first of an array: open, and a note once for each row."""
        subject = node.leaf.subject if node.leaf is not None else subject
        if subject not in self._null_told:
            self._null_told.add(subject)
            message = "null-data in an entry of an array: perhaps as in the entry before it"
            why = "No source at hand says what null-data stands for in an array; each such value is open."
            self.problem(Problem(TYPE, message, severity="note", why=why), data, subject, "type", node.leaf)
        self.record.leaf(label, data, subject, OPEN, self.source(data))

    def _leaf(self, leaf: Leaf, data: Data, label: str) -> None:
        value = data.value
        if isinstance(value, tuple) and data.members:
            self._compound_leaf(leaf, data, label)
            return
        key = (self._direction, data.tag, value)
        verdict = leaf.memo.get(key)
        if verdict is None:
            verdict = self._judge(leaf, data)
            if verdict != WRONG:
                if len(leaf.memo) >= MOST_REMEMBERED:
                    leaf.memo.clear()
                leaf.memo[key] = verdict
        if self.record.house is not None and self._breaks_house_rules(self.record.house, leaf, data):
            verdict = WRONG
        if self.record.tree:
            basis = partial(self._basis, leaf, data) if verdict == FITS else ""
            self.record.leaf(label, data, leaf.subject, verdict, self.source(data), basis)
        else:
            self.record.values += 1

    def _breaks_house_rules(self, house: HouseValues, leaf: Leaf, data: Data) -> bool:
        """Tell what house rules say of a value of its row's type; whether it is wrong by them."""
        if data.tag == NULL or leaf.tag not in (None, data.tag) or isinstance(data.value, tuple):
            return False
        value, entries = value_of(data, leaf.encoding), tuple(self._entries)
        problems = house.at_row((leaf.subject,), value, self._places.written(data), self.source(data), entries)
        for problem in problems:
            self.problem(problem, data, leaf.subject, "value", leaf)
        return any(problem.level != "note" for problem in problems)

    def _judge(self, leaf: Leaf, data: Data) -> str:
        problems = list(leaf_problems(leaf, data))
        if not problems and not leaf.is_open and data.tag != NULL:
            problems.extend(self._elsewhere(leaf, value_of(data, leaf.encoding)))
        for problem in problems:
            self.problem(problem, data, leaf.subject, "value", leaf)
        if any(problem.level != "note" for problem in problems):
            return WRONG
        return OPEN if leaf.is_open else FITS

    def _elsewhere(self, leaf: Leaf, value: Value) -> tuple[Problem, ...]:
        """What the other specifications say of the value."""
        if self._direction == SENT:
            return self._items.sent(leaf.subject, value)
        if self._direction == READ:
            return self._items.read(leaf.subject, value)
        return self._items.on_device(leaf.subject.partition("/")[2], value)

    def _basis(self, leaf: Leaf, data: Data) -> str:
        """What a value rests on that fits: its row, and the other specifications."""
        own = grounds_of_row(leaf.catalogue, leaf.subject)
        if data.tag == NULL:
            return in_words(own)
        subject = leaf.subject.partition("/")[2] if self._direction == HELD else leaf.subject
        how = ON_DEVICE if self._direction == HELD else self._direction
        return in_words((*own, *self._items.grounds(how, subject, value_of(data, leaf.encoding))))

    def _compound_leaf(self, leaf: Leaf, data: Data, label: str) -> None:
        """A structure or an array where one row stands for all of it: open, unless the row wants a simple value."""
        problems = list(leaf_problems(leaf, data))
        for problem in problems:
            self.problem(problem, data, leaf.subject, "value", leaf)
        self.open(data, label, leaf.subject)

    def _structure(self, node: ValueShape, data: Data, label: str, subject: str) -> None:
        members = data.members
        fields = self._fields(node, len(members))
        if data.tag != STRUCTURE:
            message = f"{data.type_name} where a structure of {len(fields)} fields is expected"
            self.problem(Problem(TYPE, message, _first_types(node)), data, subject, "type")
            self.open(data, label, subject)
            return
        if self.record.tree:
            self.record.branch(label, self.source(data), data, subject)
        self.record.depth += 1
        if len(members) != len(fields):
            names = ", ".join(field.name for field in fields)
            message = f"a structure of {len(members)} where {len(fields)} fields are expected: {names}"
            self.problem(Problem(COUNT, message, _first_types(node)), data, subject, "count")
            for number, member in enumerate(members, start=1):
                self.open(member, f"[{number}]", subject)
        else:
            for field, member in zip(fields, members, strict=True):
                self.value(field, member, field.name, subject)
        self.record.depth -= 1

    def _fields(self, node: ValueShape, found: int) -> list[ValueShape]:
        """The fields that a structure of so many members has to have: without those that may be absent where they are
        too many, and without those for two elements where the meter has one."""
        fields = list(node.fields.values())
        if self._variant not in ("", "twin"):
            fields = [field for field in fields if field.presence != TWIN]
        if found < len(fields):
            needed = [field for field in fields if not may_be_absent(field.presence, self._variant)]
            return needed if found == len(needed) else fields
        return fields

    def _array(self, node: ValueShape, data: Data, label: str, subject: str) -> None:
        if data.tag not in ARRAYS:
            self.problem(
                Problem(TYPE, f"{data.type_name} where an array is expected", _bounds(node)), data, subject, "type"
            )
            self.open(data, label, subject)
            return
        if self.record.tree:
            self.record.branch(label, self.source(data), data, subject)
        self.record.depth += 1
        members = data.members
        low, high = node.bounds or (0, len(members))
        if not low <= len(members) <= high:
            span = f"{low}" if low == high else f"{low} to {high}"
            message = f"an array of {len(members)} elements where {span} are expected"
            self.problem(Problem(COUNT, message, _bounds(node)), data, node.occurs or subject, "occurs")
        tree = self.record.tree
        for number, member in enumerate(members, start=1):
            element = node.positions.get(number) or node.element
            told = f"[{number}]" if tree else ""
            if element is None:
                self.open(member, told, subject)
            else:
                self._entries.append(number)
                self.value(element, member, told, subject)
                self._entries.pop()
        self.record.depth -= 1


def _wants_a_value(node: ValueShape) -> bool:
    """Whether a node's rows want something else than null-data there."""
    if node.leaf is None or node.fields or node.element is not None or node.positions:
        return True
    return node.leaf.tag not in (None, NULL)


def _values_in(members: tuple[Data, ...]) -> int:
    """How many simple values a value with these members is: one where it has none."""
    return sum(_values_in(member.members) for member in members) if members else 1


def _first_types(node: ValueShape) -> tuple[Statement, ...]:
    """What the rows of a structure's first and last field say of their types."""
    leaves = list(node.leaves())
    first_and_last = leaves[:1] if len(leaves) < 2 else [leaves[0], leaves[-1]]
    return tuple(statement for leaf in first_and_last for statement in leaf.statements("type"))


def _bounds(node: ValueShape) -> tuple[Statement, ...]:
    for leaf in node.leaves():
        return leaf.catalogue.about(node.occurs, "occurs")
    return ()
