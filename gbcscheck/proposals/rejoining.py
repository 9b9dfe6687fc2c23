"""What a document says once a row of it has another number, or its list of use cases one more: as its reader joins
the rows of different sheets, by their use case and their number in the mapping table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from gbcscheck.model import Specification, Statement
from gbcscheck.proposals.instants import following_type, type_of_row
from gbcscheck.proposals.replacing import Replacement
from gbcscheck.proposals.sheet_rows import CELL, ROW, Joint, Row, SheetRows, joint_of, row_in
from gbcscheck.release.catalogue import Catalogue

NUMBER, USE_CASE = "number", "use-case"
"""The cells by which rows are joined, as members of an edit."""
_WHOLE = ("category", "value-type", "sensitive")
"""What is stated of every row that an object's row belongs to."""
_SECOND = re.compile(r" #[2-9]$")
_NO_LETTER = re.compile(r"[\W_]+")
_METHOD = re.compile(r"\bmethod\s*:", re.IGNORECASE)

Before = Callable[[Specification], "Catalogue | None"]
"""The version before of a document."""


class Rejoining:
    """Rows of one catalogue joined anew."""

    def __init__(self, catalogue: Catalogue, before: Before) -> None:
        self._catalogue = catalogue
        self._before = before
        self._rows: dict[tuple[bool, Specification], SheetRows] = {}

    def rows(self, specification: Specification) -> SheetRows:
        """The rows of a document."""
        key = (False, specification)
        if key not in self._rows:
            self._rows[key] = SheetRows(self._catalogue, specification)
        return self._rows[key]

    def rows_before(self, specification: Specification) -> SheetRows | None:
        """The rows of the version before; None where there is none."""
        before = self._before(specification)
        if before is None:
            return None
        key = (True, specification)
        if key not in self._rows:
            (older,) = before.specifications
            self._rows[key] = SheetRows(before, older)
        return self._rows[key]

    def written(self, statement: Statement, member: str, old: str, new: str) -> tuple[Replacement, ...]:
        """What is replaced once ``new`` stands for ``old`` in the cell by which the row of a statement is joined
        (``member`` is NUMBER or USE_CASE): first what is written anew, then what follows from it."""
        row = row_in(statement)
        if row is None:
            return ()
        rows = self.rows(statement.specification)
        if member == USE_CASE:
            more = (self._joined(rows, row, (one, joint_of(statement)[1])) for one in new.split() if one != old)
            following = tuple(one for some in more for one in some)
            clause = ""
        else:
            clause = _clause((joint_of(statement)[0], new))
            following = tuple(
                self._renumbered(rows, statement, row, new)
                if rows.is_of_protocol(row)
                else self._of_another_number(rows, statement.specification, row, new)
            )
        first = Replacement(statement, statement.subject, *statement[7:10], clause, (member, old, new))
        for one in following:
            if one.statement == statement:  # the row is one with another, or belongs to others
                first = first._replace(subject=one.subject, clause="" if one.leaves else clause)
        return first, *(one for one in dict.fromkeys(following) if one.statement != statement)

    # --- a row of a protocol -----------------------------------------------------------------------------------------

    def _renumbered(self, rows: SheetRows, statement: Statement, row: Row, number: str) -> Iterator[Replacement]:
        """What follows once a row of a protocol has another number: what the list of objects said of it is gone, and
        what it says of the new one is said of it."""
        use_case, old = joint_of(statement)
        subject = statement.subject
        is_first = rows.carriers.get((use_case, old)) in rows.statements[row]
        if is_first:
            for one in self._said_of(rows, (use_case, old)):
                yield Replacement(one, "", *one[7:10])
            others = [one for one in rows.carrying[use_case, old] if row_in(one) != row]
            at = rows.objects_by_joint.get((use_case, old))
            if at is not None and others:
                yield from self._copied(rows, at, others[0], (use_case, old))
        new = (use_case, number)
        twin = rows.carriers.get(new)
        if twin is not None and _SECOND.sub("", twin.subject) == _SECOND.sub("", subject):
            yield from self._as_one(statement, twin, row)
        else:
            yield from self._attached(rows, statement, new, subject)

    def moved(self, statement: Statement, subject: str) -> Iterator[Replacement]:
        """What the list of objects says of a row of a protocol once it is about another ``subject``, in another use
        case."""
        row, number = row_in(statement), joint_of(statement)[1]
        rows = self.rows(statement.specification)
        if row is not None and number and rows.is_of_protocol(row):
            yield from self._attached(rows, statement, (subject.partition("/")[0], number), subject)

    def _attached(self, rows: SheetRows, statement: Statement, new: Joint, subject: str) -> Iterator[Replacement]:
        """What the list of objects says of a use case and number, said of the row of a statement from now on."""
        if new in rows.carriers:
            return
        at = rows.objects_by_joint.get(new)
        if at is not None:
            for one in rows.objects[at][new]:
                own = self._first(statement.subject, one.attribute, one.specification)
                if one.attribute == "reference" and own is not None and own.written == one.written and own != one:
                    yield Replacement(one, "", *one[7:10])
                elif one.subject != subject:
                    yield Replacement(one, subject, *one[7:10])
            yield from self._of_type(rows.objects[at][new], statement, subject, _clause(new))
            for said in self._named(rows, {new: rows.objects[at][new]}, statement, new):
                if said.statement.attribute == "name":
                    yield said._replace(statement=said.statement._replace(subject=subject), subject=subject)
            yield from self._left_out(rows, at, new)
        elif self._listed_before(statement.specification, new):
            for of_number in rows.of_number(new[1]):
                yield from self._copied(rows, of_number, statement, new, subject)
                yield from self._left_out(rows, of_number, new)

    def _left_out(self, rows: SheetRows, row: Row, joint: Joint) -> Iterator[Replacement]:
        """What a row of the list of objects says of use cases that do not carry it goes once one of them does."""
        others = rows.objects[row]
        if not any(other in rows.carriers for other in others):
            for other, statements in others.items():
                for one in statements if other != joint and self._catalogue.about(other[0]) else ():
                    yield Replacement(one, "", *one[7:10])

    def _as_one(self, statement: Statement, twin: Statement, row: Row) -> Iterator[Replacement]:
        """Two rows of one name and one number are one subject, that of the first of them."""
        first, last = sorted((statement, twin), key=lambda one: (row_in(one) or ("", 0))[1])
        name = first.subject if not _SECOND.search(first.subject) else last.subject
        for one in (first, last):
            if one.subject != name:
                alike = self._catalogue.about(one.subject)
                rows = {row_in(each): each for each in reversed(alike) if each.specification == one.specification}
                for each in rows.values():
                    if one is twin or row_in(each) == row:
                        yield Replacement(each, name, *each[7:10])

    def _listed_before(self, specification: Specification, joint: Joint) -> bool:
        """Whether the list of objects of the version before had a use case under a number."""
        before = self.rows_before(specification)
        return before is not None and joint in before.objects_by_joint

    @staticmethod
    def _said_of(rows: SheetRows, joint: Joint) -> Sequence[Statement]:
        """What the list of objects says of a use case and number."""
        at = rows.objects_by_joint.get(joint)
        return rows.objects[at][joint] if at is not None else ()

    # --- a row of the list of objects --------------------------------------------------------------------------------

    def _of_another_number(
        self, rows: SheetRows, specification: Specification, row: Row, number: str
    ) -> Iterator[Replacement]:
        """What follows once a row of the list of objects has another number: all that it says is said of the rows of
        that number, in the use cases of its list; which these are besides those of which it says something, the version
        before tells."""
        own = rows.objects.get(row, {})
        for statements in own.values():
            for one in statements:
                yield Replacement(one, "", *one[7:10])
        use_cases = dict.fromkeys(use_case for use_case, _ in own)
        before = self.rows_before(specification)
        if before is not None:
            known = (joint for at in before.of_number(number) for joint in before.objects[at])
            use_cases |= dict.fromkeys(use_case for use_case, other in known if other == number)
        for use_case in use_cases:
            yield from self._joined(rows, row, (use_case, number))

    def _joined(self, rows: SheetRows, row: Row, joint: Joint) -> Iterator[Replacement]:
        """What a row of the list of objects says of the row of a protocol that it is joined with."""
        carrier = rows.carriers.get(joint)
        if carrier is not None:
            yield from self._copied(rows, row, carrier, joint)

    def _copied(
        self, rows: SheetRows, row: Row, carrier: Statement, joint: Joint, subject: str = ""
    ) -> Iterator[Replacement]:
        """What a row of the list of objects says of one use case, said of another one's row, or of the ``subject`` that
        this is about from now on."""
        subject = subject or carrier.subject
        groups = rows.objects.get(row, {})
        for statements in list(groups.values())[:1]:
            for one in statements:
                if one.attribute in _WHOLE:
                    yield _added(one, subject, joint, *one[7:10])
            yield from self._of_type(statements, carrier, subject, _clause(joint))
            for said in self._named(rows, groups, carrier, joint):
                yield said._replace(statement=said.statement._replace(subject=subject), subject=subject)

    def _of_type(
        self, statements: Sequence[Statement], carrier: Statement, subject: str, clause: str
    ) -> Iterator[Replacement]:
        """How octets are to be read, and how long they are, by the kind of value that an object's row gives."""
        of_kind = next((one for one in statements if one.attribute == "value-type"), None)
        own = self._first(carrier.subject, "type", carrier.specification)
        found = type_of_row(self._catalogue, own, own.written, of_kind) if own is not None else None
        if own is None or found is None:
            return
        if of_kind is not None:
            yield from following_type(self._catalogue, own, own.written, of_kind, subject, clause)
        if found.domain != own.domain:
            yield Replacement(own, subject, found.domain, own.value, own.text)

    def _named(
        self, rows: SheetRows, groups: Mapping[Joint, Sequence[Statement]], carrier: Statement, joint: Joint
    ) -> Iterator[Replacement]:
        """The name and the clauses of an object's row, which are stated where the row of the protocol has others."""
        statements = [one for some in groups.values() for one in some]
        for attribute, plain in (("name", letters), ("reference", str)):
            stated = next((one for one in statements if one.attribute == attribute), None)
            stated = stated or self._said_before(rows, statements[0], carrier, attribute)
            peers = (self._first(some[0].subject, attribute, carrier.specification) for some in groups.values())
            said = stated or next((one for one in peers if one is not None), None)
            own = self._first(carrier.subject, attribute, carrier.specification)
            if said is None or (own is not None and plain(own.written) == plain(said.written)):
                continue
            at = stated or self._in_column(rows, statements[0], attribute)
            if at is not None:
                yield _added(at, carrier.subject, joint, None, said.written, None)

    def _said_before(
        self, rows: SheetRows, statement: Statement, carrier: Statement, attribute: str
    ) -> Statement | None:
        """What the list of objects of the version before said of a row, in the place of it in a row of the list now."""
        row, before = row_in(statement), self._before(carrier.specification)
        for one in before.about(carrier.subject, attribute) if before is not None and row is not None else ():
            cell = CELL.fullmatch(one.source)
            if cell is not None and row is not None and cell[1] == row[0]:
                return statement._replace(source=f"{cell[1]}!{cell[2]}{row[1]}", attribute=attribute)._replace(
                    domain=None, value=one.value, text=one.text
                )
        return None

    @staticmethod
    def _in_column(rows: SheetRows, statement: Statement, attribute: str) -> Statement | None:
        """A statement in the place where the row of one would state an attribute, as other rows of its sheet do."""
        row = row_in(statement)
        for by_joint in rows.objects.values():
            for one in (each for some in by_joint.values() for each in some):
                other = row_in(one)
                if one.attribute == attribute and row is not None and other is not None:
                    source = one.source[: len(one.source) - len(str(other[1]))] + str(row[1])
                    return one._replace(source=source) if other[0] == row[0] else None
        return None

    def _first(self, subject: str, attribute: str, specification: Specification) -> Statement | None:
        return next(
            (one for one in self._catalogue.about(subject, attribute) if one.specification == specification), None
        )


def _added(
    at: Statement,
    subject: str,
    joint: Joint,
    domain: str | None,
    value: str | int | float | bool | None,
    text: str | None,
) -> Replacement:
    """A statement of the list of objects that was not there, of the row of a protocol."""
    lacking = at._replace(subject=subject, clause=_clause(joint), domain=None, value=None, text="")
    return Replacement(lacking, subject, domain, value, text)


def _clause(joint: Joint) -> str:
    use_case, number = joint
    return f"{use_case}{ROW}{number}" if number else use_case


def letters(name: str) -> str:
    """A name without blanks, case and signs, and without the word for a method, as the reader compares them."""
    return _NO_LETTER.sub("", _METHOD.sub("", name)).casefold()
