"""What a place could lose, and what a row could state besides: by who says something there, and who says nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from gbcscheck.evidence.marks import BLANK
from gbcscheck.model import Finding, Statement
from gbcscheck.proposals.candidate import Candidate
from gbcscheck.proposals.replacing import Replacement, row_of
from gbcscheck.proposals.rereading import Columns, Said, said
from gbcscheck.proposals.sheet_rows import CELL, joint_of
from gbcscheck.proposals.voices import Voices
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.item_names import split_row


class Silence:
    """Cells of one catalogue that hold something or nothing."""

    def __init__(self, voices: Voices, columns: Columns) -> None:
        self._voices = voices
        self._columns = columns
        self._catalogue = voices.catalogue

    def of(self, finding: Finding, target: Statement, against: tuple[Statement, ...]) -> list[Candidate]:
        """The target's place with nothing in it, and the target's row with what it lacks."""
        peers = [one for one in finding.statements if one != target]
        return [*self._gone(target, peers, against), *self._there(target, peers)]

    def _gone(self, target: Statement, peers: Sequence[Statement], against: tuple[Statement, ...]) -> list[Candidate]:
        """Nothing in the place: where the version before has the row and says nothing there, or other use cases have
        and do, or a finding cites the empty place of a mark."""
        if said(target) == Said(None, None):
            return []
        before = self._voices.before(target.specification)
        knows = before is not None and bool(before.about(target.subject))
        if before is not None and before.about(target.subject, target.attribute):
            return []
        silent = tuple(self.silent(target, peers))
        has_empty_peer = any(one.text == BLANK for one in peers)
        if not silent and not knows and not has_empty_peer:
            return []
        nothing = Replacement(target, target.subject, None, None, None)
        return [Candidate((nothing,), (), against, silent=silent)]

    def _there(self, target: Statement, peers: Sequence[Statement]) -> list[Candidate]:
        """What the row of the target lacks, and the version before or another row that is cited says in that column."""
        cell = CELL.fullmatch(target.source)
        if cell is None:
            return []
        stated = {one.attribute for one in self._catalogue.about(target.subject)}
        before = self._voices.before(target.specification)
        said_before = before.about(target.subject) if before is not None else ()
        speaking = [one for one in (*said_before, *peers) if one.attribute not in stated and one.text != BLANK]
        found: dict[tuple[str, Said], tuple[Replacement, dict[Statement, None]]] = {}
        for one in speaking:
            source = CELL.fullmatch(one.source)
            if source is None or source[1] != cell[1] or one.specification.part != target.specification.part:
                continue
            column = self._column_of(target, one.attribute, cell[1]) or source[2]
            at = f"{cell[1]}!{column}{cell[3]}"
            lacking = target._replace(attribute=one.attribute, source=at, domain=None, value=None, text="")
            new = Replacement(lacking, target.subject, one.domain, one.value, one.written)
            found.setdefault((one.attribute, said(one)), (new, {}))[1][one] = None
        return [Candidate((new,), tuple(by), tuple(self.silent(new.statement, peers))) for new, by in found.values()]

    def silent(self, target: Statement, without: Collection[Statement] = ()) -> Iterator[Statement]:
        """Other rows of the target's sheet for its data item and number, of it or of the version before, that say
        nothing where it says something: each as the statement of an empty place. None of the rows of ``without``. Of
        what stands in no sheet: what the version before says of the subject, if it does not say that."""
        cell = CELL.fullmatch(target.source)
        if cell is None:
            before = self._voices.before(target.specification)
            known = before.about(target.subject) if before is not None else ()
            if known and not any(one.attribute == target.attribute for one in known):
                yield _empty(known[0], target.attribute)
            return
        seen = {row_of(target), *map(row_of, without)}
        for catalogue in (self._catalogue, self._voices.before(target.specification)):
            for one in _rows_for(catalogue, target) if catalogue is not None else ():
                own = CELL.fullmatch(one.source)
                if own is None or own[1] != cell[1] or row_of(one) in seen:
                    continue
                seen.add(row_of(one))
                said_there = catalogue.about(one.subject, target.attribute) if catalogue is not None else ()
                if not any(row_of(each) == row_of(one) for each in said_there):
                    yield _empty(one, target.attribute)

    def _column_of(self, target: Statement, attribute: str, sheet: str) -> str:
        """The letters of the column in which a sheet of a document says an attribute."""
        for one in self._catalogue.parts[target.specification].of_attribute(attribute):
            cell = CELL.fullmatch(one.source)
            if cell is not None and cell[1] == sheet:
                return cell[2]
        return ""


def _empty(beside: Statement, attribute: str) -> Statement:
    """A statement of an empty place, in the row of another one."""
    return beside._replace(attribute=attribute, domain=None, value=None, text=BLANK)


def _rows_for(catalogue: Catalogue, target: Statement) -> Iterator[Statement]:
    """What a catalogue says of the subject of a target, and of its data item in other use cases under its number."""
    yield from catalogue.about(target.subject)
    number = joint_of(target)[1]
    item = catalogue.items.get(split_row(target.subject)[1])
    for row in item.rows if item is not None and number else ():
        for one in catalogue.about(row.subject):
            if joint_of(one)[1] == number and one.specification[::2] == target.specification[::2]:
                yield one
