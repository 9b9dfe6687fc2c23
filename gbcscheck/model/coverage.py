"""What a run looked at of a user's own files: what was read, what was not, and what each item was compared with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gbcscheck.frozen import frozen
from gbcscheck.model.statements import Place, Specification, Statement

UNREAD = ("cell",)
"""What cannot be read of a table that is read."""
NOT_TAKEN = ("row", "column", "sheet", "table", "text", "file")
"""What is not read at all."""
_UNIT = "unit"
"""Attribute that says what a value is measured in, and no value."""


@frozen
class NotRead:
    """A place of a user's file of which nothing is said to a rule: ``what`` is one of UNREAD and NOT_TAKEN, ``title``
    that of its column, ``text`` what stands there, ``reason`` why it is not read."""

    what: str
    place: Place
    reason: str
    title: str = ""
    text: str = ""


@frozen
class ItemCoverage:
    """What became of one thing that a user's table speaks of.

    ``statements`` is what the table says of it; ``compared_with`` are the statements of other documents that a rule
    held against one of them, ``rules`` the codes of these rules, ``uncompared`` those of its statements that none was
    held against; ``within`` are the statements of the same document that one was. ``is_known`` says whether any other
    document speaks of it; where none does, ``near`` are the data items whose names are nearly that.
    """

    subject: str
    statements: Sequence[Statement]
    compared_with: tuple[Statement, ...] = ()
    within: tuple[Statement, ...] = ()
    rules: tuple[str, ...] = ()
    uncompared: Sequence[Statement] = ()
    is_known: bool = True
    near: Sequence[str] = ()

    @property
    def is_compared(self) -> bool:
        """Whether something that is said of it was compared with another document: its unit alone only where nothing
        else is said."""
        if not self.compared_with:
            return False
        values = {one for one in self.statements if one.attribute != _UNIT}
        return not values or not values <= set(self.uncompared)

    @property
    def specifications(self) -> tuple[Specification, ...]:
        """The other documents with which it was compared."""
        return tuple(dict.fromkeys(statement.specification for statement in self.compared_with))


@frozen
class TableCoverage:
    """What was looked at of one table, schema or list: the specification it is taken for and the words that say so,
    the shipped parts whose place it took, how many statements it makes, its items, and what was not read of it."""

    path: str
    specification: Specification
    recognised: str
    replaces: tuple[Specification, ...]
    statements: int
    items: Sequence[ItemCoverage]
    not_read: Sequence[NotRead] = ()

    @property
    def compared(self) -> tuple[ItemCoverage, ...]:
        """The items of which something was held against another document."""
        return tuple(item for item in self.items if item.is_compared)

    @property
    def uncompared(self) -> tuple[ItemCoverage, ...]:
        """The items of which nothing was, though another document speaks of them."""
        return tuple(item for item in self.items if item.is_known and not item.is_compared)

    @property
    def unknown(self) -> tuple[ItemCoverage, ...]:
        """The items of which no other document speaks."""
        return tuple(item for item in self.items if not item.is_known and not item.is_compared)

    @property
    def specifications(self) -> tuple[Specification, ...]:
        """The other documents with which its items were compared."""
        return tuple(dict.fromkeys(spec for item in self.items for spec in item.specifications))

    @property
    def rules(self) -> tuple[str, ...]:
        """The codes of the rules that compared something."""
        return tuple(sorted({code for item in self.items for code in item.rules}))

    @property
    def is_whole(self) -> bool:
        """Whether all of it was read and every item compared."""
        return not (self.not_read or self.uncompared or self.unknown)

    def of(self, kinds: Iterable[str]) -> tuple[NotRead, ...]:
        """What was not read, of some kinds."""
        return tuple(one for one in self.not_read if one.what in kinds)


@frozen
class Coverage:
    """What was looked at of a user's own files: of each table, and the files that are not read. ``release`` is the one
    whose parts they were held against, empty where they stood alone."""

    tables: tuple[TableCoverage, ...]
    not_read: tuple[NotRead, ...] = ()
    release: str = ""

    @property
    def is_compared(self) -> bool:
        """Whether any of the user's statements was held against another one, be it of the same document."""
        return any(item.is_compared or item.within for table in self.tables for item in table.items)

    @property
    def is_whole(self) -> bool:
        """Whether everything was read and every item compared."""
        return not self.not_read and all(table.is_whole for table in self.tables)

    @property
    def specifications(self) -> tuple[Specification, ...]:
        """The documents with which something was compared."""
        return tuple(dict.fromkeys(spec for table in self.tables for spec in table.specifications))

    @property
    def items(self) -> tuple[ItemCoverage, ...]:
        """The items of all tables."""
        return tuple(item for table in self.tables for item in table.items)
