"""What the row of a message can hold: its data type, what it permits, and its constant."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from gbcscheck.evidence.comparing import is_within
from gbcscheck.evidence.reading import Stated, read_as, read_like, stated_sets
from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue

if TYPE_CHECKING:
    from gbcscheck.domains import Domain


class MessageRow:
    """What the statements on a row say that it can hold: the data types first."""

    def __init__(self, types: Stated, narrower: Stated) -> None:
        self.types = types
        self.narrower = narrower

    def refusal(self, on_device: Domain, encodings: Domain) -> Statement | None:
        """The first statement that leaves out a device's value and its other encodings; None where there is none, or
        where nobody can say."""
        for statement, permitted in (*self.types, *self.narrower):
            read = read_as(on_device, permitted)
            left_out = read is not None and read.is_subset(permitted) is False
            if left_out and is_within(encodings, permitted) is False:
                return statement
        return None

    def carried(self) -> tuple[Domain, tuple[Statement, ...]] | None:
        """What all of them together leave of the first data type, and the statements that say so; None without a
        type."""
        return self._carried

    @cached_property
    def _carried(self) -> tuple[Domain, tuple[Statement, ...]] | None:
        if not self.types:
            return None
        statement, carried = self.types[0]
        statements = [statement]
        for stated, raw in self.narrower:
            # octets that a row calls a date or a time are held as such
            carried = read_like(carried, raw)
            values = read_as(raw, carried)
            if values is not None and values.meet(carried).is_empty() is False:
                narrowed = carried.meet(values)
                if narrowed != carried:
                    statements.append(stated)
                    carried = narrowed
        return carried, tuple(statements)


def row_of(catalogue: Catalogue, subject: str) -> MessageRow:
    """The row of a message by its subject."""
    known = catalogue.once(_known_rows)
    if subject not in known:
        types, permitted, constants = (
            stated_sets(catalogue, [subject], one) for one in ("type", "permitted", "constant")
        )
        known[subject] = MessageRow(types, (*permitted, *constants))
    return known[subject]


def _known_rows(_: Catalogue) -> dict[str, MessageRow]:
    """The rows that somebody asked for: the links of many elements end at one."""
    return {}
