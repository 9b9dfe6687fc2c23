"""A row under another name: the names that it could have, and what else is said of it then."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from gbcscheck.model import Finding, Statement, without_repeat
from gbcscheck.proposals.candidate import FOLLOWING, Candidate
from gbcscheck.proposals.data_types import name_with_type
from gbcscheck.proposals.mended_text import with_head, with_word
from gbcscheck.proposals.name_voices import belonging, beside, in_order, naming
from gbcscheck.proposals.near_subjects import is_near, is_one_sign_apart, under, without_numbers
from gbcscheck.proposals.rejoining import Rejoining
from gbcscheck.proposals.repeats import nth
from gbcscheck.proposals.replacing import Replacement, row_of
from gbcscheck.proposals.rereading import Said, said
from gbcscheck.proposals.sheet_rows import CELL
from gbcscheck.proposals.voices import Voices

MOST_NAMES = 6
"""Names that a finding quotes which are tried for a subject."""
FEWEST = 10
"""A list of codes has more members than this."""
_OF_CODE = re.compile(r"/x([0-9A-Fa-f]{4})(?=/|$)")
"""An element that is named for a code."""
_PERHAPS = re.compile(r"perhaps (?P<names>.+?) is meant")
_QUOTED = re.compile(r'"([^"]+)"')


class Renames:
    """The other names that rows of one catalogue could have."""

    def __init__(self, voices: Voices) -> None:
        self._voices = voices
        self._catalogue = voices.catalogue
        self._rejoining = Rejoining(voices.catalogue, voices.before)

    def of(self, finding: Finding, target: Statement) -> list[Candidate]:
        """The target's row under another name. Of two rows of a list that have one name each could be meant."""
        twins = () if CELL.fullmatch(target.source) else self._twins(target)
        return [one for each in (target, *twins) for one in self._of(finding, each)]

    def _twins(self, target: Statement) -> Sequence[Statement]:
        """The statements of other rows of a list that have the name of the target's, which is theirs with a number."""
        name = without_repeat(target.subject)
        names = (name, f"{name} #2")
        if target.subject not in names:
            return ()
        return [
            one
            for other in names
            for one in self._catalogue.about(other, target.attribute)
            if one.specification == target.specification and row_of(one) != row_of(target)
        ]

    def _of(self, finding: Finding, target: Statement) -> list[Candidate]:
        """The target's row under another name: one that the finding names, or that the version before had for it."""
        names: dict[str, dict[Statement, None]] = {}
        target = self._named_in(target)
        perhaps = _PERHAPS.search(finding.suggestion)
        for name in perhaps["names"].split(" or ") if perhaps else ():
            whole = under(target.subject, name, finding.subject)
            names.setdefault(nth(self._catalogue, target, without_repeat(whole)) if whole else "", {})
        for name in _QUOTED.findall(finding.message)[:MOST_NAMES]:
            if without_numbers(name) == without_numbers(target.subject):
                names.setdefault(name, {})
        for name, voices_for in self._lacking(finding, target):
            names.setdefault(name, {}).update(voices_for)
        for one in self._voices.names_before(target):
            if is_near(one.subject, target.subject):
                names.setdefault(one.subject, {})[one] = None
        found = []
        for name, supports in names.items():
            if name and name != target.subject:
                speaking = [
                    *self._catalogue.about(name)[:1],
                    *self._of_item(name),
                    *beside(self._rows_of(target), target, name),
                    *in_order(self._catalogue, target, name),
                    *belonging(self._of_row(target), target, name),
                    *naming(finding, name),
                ]
                stated = Replacement(target, name, target.domain, target.value, target.text)
                rest = [*self._in_the_name(target, name), *self._models_around(target, name)]
                called = [one for one in map(_called(name), self._of_row(target)) if one is not None]
                if any(one.statement == target for one in called):
                    (stated,) = called
                else:
                    rest += called
                voices = tuple(dict.fromkeys((*list(supports)[:2], *speaking)))
                follows = tuple(self._following(target, name))
                if name.partition("/")[0] != target.subject.partition("/")[0]:
                    follows = (*follows, *self._rejoining.moved(target, name))
                found.append(Candidate((stated, *rest), voices, (), bool(perhaps), following=follows))
        return found

    def row(self, statement: Statement) -> Sequence[Statement]:
        """What the row of a sheet says in which a statement stands."""
        cell = CELL.fullmatch(statement.source)
        return self._rows_of(statement).get((cell[1], int(cell[3])), ()) if cell is not None else ()

    def retyped(self, target: Statement, read: Said, text: str, voices: Candidate) -> Candidate | None:
        """The target's row under the name with another data type in it, where its type stands in its name: the version
        before speaks for it that had so many rows of that name; None where it does not."""
        new = name_with_type(target, text)
        if not new:
            return None
        name, before = nth(self._catalogue, target, new), self._voices.before(target.specification)
        stated = before.first(name, target.attribute) if before is not None else None
        is_lost = before is not None and not before.about(target.subject)
        supports = (*voices.supports, stated) if stated is not None and is_lost else voices.supports
        return replace(
            voices,
            replacements=(Replacement(target, name, read.domain, read.value, text),),
            supports=tuple(dict.fromkeys(supports)),
        )

    def _lacking(self, finding: Finding, target: Statement) -> Iterator[tuple[str, dict[Statement, None]]]:
        """What a finding says is lacking, or the crosswalk names and nothing speaks of, where the target is called
        nearly so; with those who speak of it."""
        others = [one for one in finding.statements if one.specification != target.specification]
        names = [finding.subject, *finding.also, *(one[-1] for one in finding.lacks)]
        if self._twins(target):
            names += self._elements
        for name in dict.fromkeys(names):
            is_there = any(one.specification == target.specification for one in self._catalogue.about(name))
            if not is_there and is_one_sign_apart(name, without_repeat(target.subject)):
                yield name, dict.fromkeys((*others[:1], *self.listing(name), *self._elements.get(name, ())))
        for name, subjects in self._mapped.items():
            if is_near(name, target.subject):
                yield name, dict.fromkeys(one for subject in subjects for one in self._catalogue.about(subject)[:1])

    def listing(self, name: str) -> Iterator[Statement]:
        """The lists that have a code as a member."""
        if "/" not in name and " " not in name:
            for one in self._lists:
                if f'"{name}"' in (one.domain or ""):
                    yield one

    @cached_property
    def _elements(self) -> Mapping[str, list[Statement]]:
        """What is said of elements that are named for a code: ``x81B1`` for ``0x81B1``; the first two of each."""
        found: dict[str, list[Statement]] = {}
        for one in self._catalogue.by_attribute.get("occurs", ()):
            match = _OF_CODE.search(one.subject)
            if match is not None:
                found.setdefault(f"0x{match[1]}", []).append(one)
        return {code: elements[:2] for code, elements in found.items()}

    @cached_property
    def _lists(self) -> tuple[Statement, ...]:
        """Sets of at least so many texts that they are lists of codes."""
        return tuple(
            one
            for one in self._catalogue.by_attribute.get("permitted", ())
            if (one.domain or "").count('" | "') > FEWEST
        )

    @cached_property
    def _mapped(self) -> Mapping[str, tuple[str, ...]]:
        """The subjects that the crosswalk names and nothing speaks of, each with the other ends of its links."""
        found: dict[str, tuple[str, ...]] = {}
        for link in self._catalogue.crosswalk.links:
            rows = tuple(dict.fromkeys(end.row for end in link.ends))
            there = tuple(row for row in rows if self._catalogue.about(row))
            for row in rows:
                if row not in there and there:
                    found[row] = tuple(dict.fromkeys((*found.get(row, ()), *there)))
        return found

    def _named_in(self, target: Statement) -> Statement:
        """The first statement of the row in which the name of a target stands: the one that says most of it. Rows of
        other sheets are about it by their number."""
        rows: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        for one in self._catalogue.about(target.subject):
            if one.specification == target.specification and CELL.fullmatch(one.source):
                rows[row_of(one)].append(one)
        own = rows.get(row_of(target), [target])
        most = max(rows.values(), key=len, default=own)
        return target if len(most) <= len(own) else most[0]

    def _of_item(self, name: str) -> Sequence[Statement]:
        """The first statement of a use case that has a data item of a name."""
        item = self._catalogue.items.get(name)
        return self._catalogue.about(item.rows[0].subject)[:1] if item is not None and item.rows else ()

    def _of_row(self, target: Statement) -> list[Statement]:
        """What the row of a target says of its subject."""
        return [one for one in self._catalogue.about(target.subject) if row_of(one) == row_of(target)]

    def _following(self, target: Statement, name: str) -> Iterator[Replacement]:
        """What rows of other sheets say of a row that is renamed: they name it by its number. What they said of the new
        name in the version before, and say of the number still, they say of it again."""
        sheet = target.source.partition("!")[0]
        for one in self._catalogue.about(target.subject) if CELL.fullmatch(target.source) else ():
            if one.specification == target.specification and one.source.partition("!")[0] != sheet:
                yield Replacement(one, name, one.domain, one.value, one.text)
        before, number = self._voices.before(target.specification), target.clause.partition(", ")[2]
        stated = {(one.attribute, one.source.partition("!")[0]) for one in self._catalogue.about(name)}
        for known in before.about(name) if before is not None and number else ():
            at = known.source.partition("!")[0]
            if at != sheet and CELL.fullmatch(known.source) and (known.attribute, at) not in stated:
                for one in self._catalogue.parts[target.specification].of_attribute(known.attribute):
                    is_of_row = one.source.partition("!")[0] == at and one.clause.partition(", ")[2] == number
                    if is_of_row and said(one) == said(known):
                        lacking = one._replace(subject=name, clause=known.clause, domain=None, value=None, text="")
                        yield Replacement(lacking, name, one.domain, one.value, one.written)
                        break

    def _models_around(self, target: Statement, name: str) -> Iterator[Replacement]:
        """What the element around one that is renamed says of its content: the name stands in it."""
        around, slash, old = target.subject.rpartition("/")
        if not slash or name.rpartition("/")[0] != around:
            return
        for one in self._catalogue.about(around, *FOLLOWING):
            if one.specification == target.specification and isinstance(one.value, str):
                new = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", name.rpartition("/")[2], one.value)
                if new != one.value:
                    yield Replacement(one, around, one.domain, new, one.text)

    def _rows_of(self, target: Statement) -> Mapping[tuple[str, int], list[Statement]]:
        """The statements of a document by sheet and row."""
        return self._rejoining.rows(target.specification).statements

    def _in_the_name(self, target: Statement, name: str) -> Iterator[Replacement]:
        """What the row says that stands in its name as well: the type in ``Week ID (UINT8)``."""
        before = self._voices.before(target.specification)
        for one in self._catalogue.about(target.subject):
            stated = before.first(name, one.attribute) if before is not None else None
            if stated is None or row_of(one) != row_of(target) or said(stated) == said(one):
                continue
            if one.written in target.subject and stated.written in name:
                yield Replacement(one, name, stated.domain, stated.value, stated.text)


def _called(name: str) -> Callable[[Statement], Replacement | None]:
    """What becomes of a statement that says how a row is called, once the row is about another name: the one word that
    is misspelt is put right in it."""

    def of(one: Statement) -> Replacement | None:
        is_name = one.attribute == "name" and isinstance(one.value, str)
        new = (with_word(one.written, name) or with_head(one.written, name)) if is_name else ""
        return Replacement(one, name, None, new, None if one.text is None else new) if new else None

    return of
