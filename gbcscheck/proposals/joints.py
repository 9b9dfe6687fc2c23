"""Rows under another number of the mapping table, and use cases that a list of them lacks: what could be written in
the cells by which rows of different sheets are one."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from gbcscheck.model import Finding, Statement, without_repeat
from gbcscheck.proposals.candidate import Candidate
from gbcscheck.proposals.rejoining import NUMBER, USE_CASE, Rejoining, letters
from gbcscheck.proposals.sheet_rows import Joint, Row, SheetRows, joint_of, row_in
from gbcscheck.proposals.voices import Voices
from gbcscheck.release.item_names import head_and_element, split_row

MOST_NUMBERS = 4
"""Other numbers of a row that are tried."""
_DESCRIBES = ("category", "value-type", "sensitive")
"""What a row of the list of objects says of every item that it is joined with."""


class Joints:
    """By what else rows of one catalogue could be joined."""

    def __init__(self, voices: Voices) -> None:
        self._voices = voices
        self._rejoining = Rejoining(voices.catalogue, voices.before)

    def of(self, finding: Finding, target: Statement) -> list[Candidate]:
        """The target's row under another number, or in the list of one use case more."""
        row = row_in(target)
        rows = self._rejoining.rows(target.specification)
        if row is None or not rows.carriers or row not in rows.statements:
            return []
        if row in rows.objects:
            return [*self._numbers_of_object(rows, row), *self._more_use_cases(finding, rows, row)]
        if rows.is_of_protocol(row):
            own = next((one for one in rows.statements[row] if joint_of(one)[1] and one.attribute == "name"), None)
            return [*self._numbers(own), *self._lists_for(rows, own)] if own is not None else []
        return []

    # --- rows of a protocol ------------------------------------------------------------------------------------------

    def _numbers(self, own: Statement) -> Iterator[Candidate]:
        """The row under the number that the version before had for it, or that other use cases have."""
        number = joint_of(own)[1]
        sheet = (row_in(own) or ("", 0))[0]
        found: dict[str, dict[Statement, None]] = {}
        against: dict[Statement, None] = {}
        if not self._may_leave(own):
            return
        for one in self._voices.others(own):
            other = joint_of(one)[1]
            is_alike = one.specification.part == own.specification.part and (row_in(one) or ("", 0))[0] == sheet
            if not other or not is_alike:
                continue
            if other == number:
                against[one] = None
            else:
                found.setdefault(other, {})[one] = None
        for other in self._freed(own):
            found.setdefault(other, {})
        ranked = sorted(found, key=lambda one: -len(found[one]))
        for other in ranked[:MOST_NUMBERS]:
            yield self._numbered(own, number, other, tuple(found[other]), tuple(against))

    def _may_leave(self, own: Statement) -> bool:
        """Whether the row of the list of objects that describes a row describes others too, if there is one: what is
        said of one that nobody carries is not known here."""
        rows = self._rejoining.rows(own.specification)
        at = rows.objects_by_joint.get(joint_of(own))
        if at is None or row_in(rows.carriers[joint_of(own)]) != row_in(own):
            return True
        return any(len(rows.carrying.get(joint, ())) > (joint == joint_of(own)) for joint in rows.objects[at])

    def _freed(self, own: Statement) -> Iterator[str]:
        """The numbers of rows of the list of objects that no row of the use case carries, and that are called so."""
        rows = self._rejoining.rows(own.specification)
        use_case, _ = joint_of(own)
        for one in self._voices.catalogue.about(own.subject):
            joint = joint_of(one)
            if row_in(one) in rows.objects and joint[0] == use_case and joint not in rows.carriers:
                yield joint[1]

    def _numbered(
        self, own: Statement, old: str, new: str, by: tuple[Statement, ...], against: tuple[Statement, ...]
    ) -> Candidate:
        first, *following = self._rejoining.written(own, NUMBER, old, new)
        return Candidate((first,), by, against, following=tuple(following))

    # --- rows of the list of objects ---------------------------------------------------------------------------------

    def _numbers_of_object(self, rows: SheetRows, row: Row) -> Iterator[Candidate]:
        """A row of the list of objects under the number of rows of its use cases of which it says nothing, where the
        version before described these as it does, or they have its name."""
        before = self._rejoining.rows_before(next(iter(rows.statements[row])).specification)
        statements = rows.statements[row]
        own = {joint[1] for joint in rows.objects[row]}
        use_cases = {joint[0] for joint in rows.objects[row]}
        found: dict[str, dict[Statement, None]] = {}
        called = {letters(_named(statements).written) for statements in rows.objects[row].values()}
        for joint, carrier in rows.carriers.items():
            if joint[0] not in use_cases or joint[1] in own or joint in rows.objects_by_joint:
                continue
            at = before.objects_by_joint.get(joint) if before is not None else None
            said = before.objects[at][joint] if before is not None and at is not None else []
            if said and _describes(said) == _describes(next(iter(rows.objects[row].values()))):
                found.setdefault(joint[1], {})[said[0]] = None
                found[joint[1]][carrier] = None
            named = _named(rows.statements[row_in(carrier) or row])
            if letters(named.written) in called:
                found.setdefault(joint[1], {})[named] = None
        against = tuple(_named(some) for some in self._of_name_before(before, rows.objects[row], called))
        ranked = sorted(found, key=lambda one: -len(found[one]))
        for number in ranked[:MOST_NUMBERS]:
            yield self._numbered(statements[0], joint_of(statements[0])[1], number, tuple(found[number]), against)

    @staticmethod
    def _of_name_before(
        before: SheetRows | None, by_joint: Mapping[Joint, Sequence[Statement]], called: Container[str]
    ) -> Iterator[Sequence[Statement]]:
        """What the version before said under the number that a row of the list of objects has, of its use cases, where
        that had the row's name."""
        for joint in by_joint if before is not None else ():
            carrier = before.carriers.get(joint) if before is not None else None
            said = before.statements.get(row_in(carrier) or ("", 0), ()) if before is not None and carrier else ()
            if said and letters(_named(said).written) in called:
                yield said

    def _lists_for(self, rows: SheetRows, own: Statement) -> Iterator[Candidate]:
        """The rows of the list of objects that have the number of a row, and do not list its use case."""
        joint = joint_of(own)
        if joint not in rows.objects_by_joint and self._is_listed(joint[0]) and self._are_known(rows, [joint[1]]):
            for row in rows.of_number(joint[1]):
                yield self._listed(rows, row, joint[0])

    def _more_use_cases(self, finding: Finding, rows: SheetRows, row: Row) -> Iterator[Candidate]:
        """A row of the list of objects with the use case of another row that a finding cites, of the same number."""
        numbers = {number for _, number in rows.objects[row]}
        for one in finding.statements if self._are_known(rows, numbers) else ():
            joint = joint_of(one)
            is_lacking = rows.carriers.get(joint) == one and joint not in rows.objects_by_joint
            if joint[1] in numbers and is_lacking and self._is_listed(joint[0]):
                yield self._listed(rows, row, joint[0])

    def _listed(self, rows: SheetRows, row: Row, use_case: str) -> Candidate:
        """A row of the list of objects with a use case more. The version before speaks for it where it said of the use
        case and number what the row would say of it."""
        known, statements = next(iter(rows.objects[row].items()))
        target = next((one for one in statements if one.attribute in _DESCRIBES), statements[0])
        before = self._rejoining.rows_before(target.specification)
        joint = (use_case, known[1])
        at = before.objects_by_joint.get(joint) if before is not None else None
        said = before.objects[at][joint] if before is not None and at is not None else []
        first, *following = self._rejoining.written(target, USE_CASE, known[0], f"{known[0]} {use_case}")
        would_say = {
            (one.statement.attribute, one.text or one.value)
            for one in following
            if one.adds and one.statement.attribute in _DESCRIBES
        }
        said_so = would_say == _describes(said)
        listed_with = {other for other, _ in before.objects[at]} if before is not None and at is not None else set()
        shares = bool(listed_with & {other for other, _ in rows.objects[row]}) or listed_with == {use_case}
        by = said[:1] if said_so and shares and not self._may_lack_its_number(rows, row, use_case) else []
        return Candidate((first,), tuple(by), (), told=True, following=tuple(following))

    @staticmethod
    def _may_lack_its_number(rows: SheetRows, row: Row, use_case: str) -> bool:
        """Whether another row of the list of objects lists a use case for the item of a row, under a number that none
        of its rows has: that number may be the one that is wrong."""
        items = {_item(some[0]) for some in rows.objects[row].values()}
        return any(
            joint[0] == use_case and joint not in rows.carriers and _item(rows.objects[at][joint][0]) in items
            for joint, at in rows.objects_by_joint.items()
        )

    def _are_known(self, rows: SheetRows, numbers: Iterable[str]) -> bool:
        """Whether all rows of the list of objects of some numbers list use cases alone that there are: one that there
        is not may be the one that is lacking."""
        of_numbers = (row for number in numbers for row in rows.of_number(number))
        return all(self._is_listed(use_case) for row in of_numbers for use_case, _ in rows.objects[row])

    def _is_listed(self, use_case: str) -> bool:
        """Whether there is a use case of a name."""
        return bool(self._voices.catalogue.about(use_case))


def _item(statement: Statement) -> str:
    """The data item that a statement is of, without its element."""
    return head_and_element(split_row(statement.subject)[1])[0]


def _named(statements: Sequence[Statement]) -> Statement:
    """What says the name of a row: the first statement under its subject's name, where none gives another."""
    first = statements[0]._replace(
        domain=None, value=without_repeat(statements[0].subject).partition("/")[2], text=None
    )
    return next((one for one in statements if one.attribute == "name"), first)


def _describes(statements: Sequence[Statement]) -> frozenset[tuple[str, str]]:
    return frozenset((one.attribute, one.written) for one in statements if one.attribute in _DESCRIBES)
