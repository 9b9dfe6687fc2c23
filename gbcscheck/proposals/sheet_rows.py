"""The rows of the sheets of one document: what each says, and by what rows of different sheets are one.

A row of a list of objects and a row of a protocol are one where they have the same use case and the same number in the
mapping table; both stand in the clause of each statement (``ECS37, row 730``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from gbcscheck.model import Specification, Statement
from gbcscheck.release.catalogue import Catalogue

CELL = re.compile(r"(.+)!([A-Z]+)([1-9][0-9]*)")
"""A place in a workbook: sheet, column, row."""
ROW = ", row "
"""What stands before the number in the clause of a row."""
_OF_PROTOCOLS = ("class", "cluster")
"""What only rows of a protocol say."""
_OF_OBJECTS = ("category", "value-type")
"""What only rows of the list of objects say."""
_IDENTIFY = ("name", "object")
"""What a row says by which its thing is known."""

Row = tuple[str, int]
"""A sheet and the number of a row in it."""
Joint = tuple[str, str]
"""By what rows of different sheets are one: a use case and a number in the mapping table."""


def row_in(statement: Statement) -> Row | None:
    """The sheet and row in which a statement stands; None where it stands in no sheet."""
    cell = CELL.fullmatch(statement.source)
    return (cell[1], int(cell[3])) if cell is not None else None


def joint_of(statement: Statement) -> Joint:
    """The use case and the number of the row that a statement is of; the number is empty where it has none."""
    use_case, _, number = statement.clause.partition(ROW)
    return use_case, number


def is_of_another_thing(catalogue: Catalogue, one: Statement, other: Statement) -> bool:
    """Whether two statements are of rows of different things that go by one name: all by which a thing is known is
    another one, but for what the statements say themselves. The second value of an object in one use case is as a rule
    not the second one in another."""
    left, right = _known_by(catalogue, one), _known_by(catalogue, other)
    both = [(left[key], right[key]) for key in left.keys() & right.keys() if key != other.attribute]
    return one.subject != other.subject and len(both) > 1 and all(own != its for own, its in both)


def _known_by(catalogue: Catalogue, statement: Statement) -> Mapping[str, str]:
    """By what the thing of a row is known, as far as it is stated: its number, its name, its code."""
    number = joint_of(statement)[1]
    stated = ((key, catalogue.first(statement.subject, key)) for key in _IDENTIFY)
    return {**({"number": number} if number else {}), **{key: each.written for key, each in stated if each is not None}}


class SheetRows:
    """The rows of one document of a catalogue."""

    def __init__(self, catalogue: Catalogue, specification: Specification) -> None:
        self._part = catalogue.parts[specification]

    @cached_property
    def statements(self) -> Mapping[Row, list[Statement]]:
        """What each row says, in the order of the document."""
        found: dict[Row, list[Statement]] = {}
        for one in self._part:
            row = row_in(one)
            if row is not None:
                found.setdefault(row, []).append(one)
        return found

    @cached_property
    def carrying(self) -> Mapping[Joint, Sequence[Statement]]:
        """For each use case and number the rows of protocols that have them, each by a statement of it."""
        found: dict[Joint, list[Statement]] = {}
        for attribute in _OF_PROTOCOLS:
            for one in self._part.of_attribute(attribute):
                if row_in(one) is not None and joint_of(one)[1]:
                    found.setdefault(joint_of(one), []).append(one)
        return found

    @cached_property
    def carriers(self) -> Mapping[Joint, Statement]:
        """The first of these, of which the list of objects speaks."""
        return {joint: rows[0] for joint, rows in self.carrying.items()}

    @cached_property
    def objects(self) -> Mapping[Row, Mapping[Joint, list[Statement]]]:
        """What each row of the list of objects says of each use case."""
        found: dict[Row, dict[Joint, list[Statement]]] = {}
        for row, statements in self.statements.items():
            if row[0] in self._lists:
                for one in statements:
                    found.setdefault(row, {}).setdefault(joint_of(one), []).append(one)
        return found

    @cached_property
    def objects_by_joint(self) -> Mapping[Joint, Row]:
        """The row of the list of objects for each use case and number of which it says anything."""
        found: dict[Joint, Row] = {}
        for row, by_joint in self.objects.items():
            for joint in by_joint:
                found.setdefault(joint, row)
        return found

    def of_number(self, number: str) -> Iterator[Row]:
        """The rows of the list of objects of a number."""
        return (row for row, by_joint in self.objects.items() if any(joint[1] == number for joint in by_joint))

    def is_of_protocol(self, row: Row) -> bool:
        """Whether a row is one of a protocol, not of the list of objects."""
        return row[0] in self._protocols

    @cached_property
    def _protocols(self) -> frozenset[str]:
        return self._sheets(_OF_PROTOCOLS)

    @cached_property
    def _lists(self) -> frozenset[str]:
        return self._sheets(_OF_OBJECTS) - self._protocols

    def _sheets(self, attributes: tuple[str, ...]) -> frozenset[str]:
        rows = (row_in(one) for attribute in attributes for one in self._part.of_attribute(attribute))
        return frozenset(row[0] for row in rows if row is not None)
