"""What could be written in the place of a statement so that findings go: candidates, before any check."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from gbcscheck.evidence.reading import in_own_type
from gbcscheck.evidence.value_words import printed, written_like
from gbcscheck.model import Finding, Statement
from gbcscheck.proposals.candidate import FOLLOWING, Candidate
from gbcscheck.proposals.column_voices import alike, siblings, that_have
from gbcscheck.proposals.data_types import types_alike, types_of_kind
from gbcscheck.proposals.instants import following_type, type_of_row
from gbcscheck.proposals.joints import Joints
from gbcscheck.proposals.mended_text import (
    NUMBER,
    is_near_word,
    with_clause,
    with_near_member,
    with_near_word,
    with_number,
    with_value,
    with_word,
    without_one,
)
from gbcscheck.proposals.renaming import Renames
from gbcscheck.proposals.replacing import Replacement, column_of, row_of
from gbcscheck.proposals.rereading import Columns, Said, said
from gbcscheck.proposals.silence import Silence
from gbcscheck.proposals.voices import Voices

MOST_TARGETS = 16
"""Statements of one finding that are tried."""
MOST_OF_TARGET = 8
"""Candidates for one place."""
MOST_SPEAKING = 12
"""Statements that are asked what they say of the same thing as one that is cited."""
FEW_VALUES = 5
"""A column with at most so many different texts is one of marks: the others may be what is meant."""

_WRITE = re.compile(r"(?:write|state) \"?(?P<text>.+?)\"?(?: in \S.*|, or .*| \([^()]*\))?")


class _Written:
    """What could be written in one place, by what it says: the first text of each, who says so, and whether a finding
    asks for it."""

    def __init__(self, columns: Columns, target: Statement) -> None:
        self._columns = columns
        self._target = target
        self.found: dict[Said, tuple[str, dict[Statement, None], bool]] = {}

    def add(self, text: str, by: Iterable[Statement] = (), *, told: bool = False) -> None:
        """One text, if it can be read there."""
        read = self._columns.read(self._target, text) if text else None
        if read is None or read == Said(None, None):
            return
        first, supports, was_told = self.found.get(read, (text, {}, False))
        self.found[read] = (first, supports | dict.fromkeys(by), told or was_told)


class Candidates:
    """The candidates for the findings of one catalogue; ``of_lists`` are the codes of rules about members of lists,
    which a list may have too many of, ``of_presence`` those about what may be left out."""

    def __init__(self, voices: Voices, of_lists: Container[str] = (), of_presence: Container[str] = ()) -> None:
        self._voices = voices
        self._of_lists = of_lists
        self._of_presence = of_presence
        self._catalogue = voices.catalogue
        self.columns = Columns(voices.catalogue)
        self._alike_columns: dict[object, bool] = {}
        self._renames = Renames(voices)
        self._joints = Joints(voices)
        self._silence = Silence(voices, self.columns)

    def of(self, finding: Finding, targets: Iterable[Statement]) -> list[Candidate]:
        """What could be written in one place of a finding, or in all places that say the same in one document; those
        with most support first."""
        parts = self._catalogue.parts  # a witness, or a person's own rule, is none of them
        chosen = [
            one for one in dict.fromkeys(targets) if one.specification in parts and one.attribute not in FOLLOWING
        ]
        chosen.sort(key=lambda one: not self._voices.is_changed(one))
        found: list[Candidate] = []
        for target in chosen[:MOST_TARGETS]:
            found += self._of_target(finding, target)
        found += self._together(found)
        return sorted(found, key=self.order)

    def order(self, one: Candidate) -> tuple[bool, int, float]:
        """Which candidates are tried first: those that give back what the version before said, the smallest, those
        with most support."""
        restores = any(self._voices.is_of_before(each) for each in (*one.supports, *one.silent))
        return (not restores, one.size, -one.net)

    def _together(self, single: Iterable[Candidate]) -> list[Candidate]:
        """The same edit of all places of a finding that say the same of one attribute."""
        groups: dict[object, dict[object, Candidate]] = {}
        for one in single:
            first = one.replacements[0]
            if first.is_text:
                key = (first.statement.specification, first.statement.attribute, said(first.statement), first[2:4])
                groups.setdefault(key, {}).setdefault(row_of(first.statement), one)
        found = []
        for group in groups.values():
            if len(group) > 1:
                own = {statement for one in group.values() for statement in one.statements}
                against = dict.fromkeys(each for one in group.values() for each in one.against if each not in own)
                supports = dict.fromkeys(each for one in group.values() for each in one.supports if each not in own)
                replacements = tuple(each for one in group.values() for each in one.replacements)
                found.append(Candidate(replacements, tuple(supports), tuple(against)))
        return found

    def _of_target(self, finding: Finding, target: Statement) -> list[Candidate]:
        peers = [one for one in finding.statements if one != target]
        speaking = dict.fromkeys((*self._voices.others(target), *peers))
        for one in peers:
            speaking |= dict.fromkeys(islice(self._voices.echoes(one), MOST_SPEAKING))
        speaking.pop(target, None)
        written = _Written(self.columns, target)
        for one in speaking:
            for text in self._texts(target, one, peers):
                written.add(text, [one])
        for one in (*alike(self._catalogue, target), *siblings(self._catalogue, target)):
            written.add(one.written, [one])
        for text in types_of_kind(self._catalogue, target):
            written.add(text)
        for text, word in _asked(finding, target):
            listing = self._renames.listing(text) if target.domain is None else ()
            written.add(text, (*that_have(self._catalogue, target, word), *listing), told=True)
        if finding.rule in self._of_presence and target.attribute == "occurs" and target.domain is not None:
            written.add(target.domain.removeprefix("0 | ").replace("0..", "1..", 1), told=True)
        shorter = list(without_one(target.written)) if finding.rule in self._of_lists else []
        for text in shorter:
            written.add(text)
        marks = self._other_marks(target)
        for text in marks:
            written.add(text, speaking if len(marks) == 1 and not written.found else ())
        own = said(target)
        against = tuple(written.found.pop(own)[1]) if own in written.found else ()
        if own == Said(None, None):
            against = tuple(self._silence.silent(target, peers))
        found = [
            self._written(target, read, text, Candidate((), tuple(supports), against, told))
            for read, (text, supports, told) in written.found.items()
        ]
        found += [*self._renames.of(finding, target), *self._joints.of(finding, target)]
        found += self._silence.of(finding, target, against)
        if finding.rule in self._of_lists and ", " not in target.written and " | " not in target.written:
            found.append(Candidate((Replacement(target, target.subject, None, None, None),), (), against))
        return sorted(found, key=self.order)[:MOST_OF_TARGET]

    # --- texts -------------------------------------------------------------------------------------------------------

    def _texts(self, target: Statement, one: Statement, peers: Sequence[Statement]) -> Iterator[str]:
        """How the target's column could write what another statement says."""
        if target.attribute == "type":
            yield from types_alike(self.columns, target, one)
        if one.attribute == target.attribute:
            slot, other = column_of(target), column_of(one)
            if slot[1:] == other[1:] and slot[0][::2] == other[0][::2]:
                yield one.written
                return
            if one.domain is None and isinstance(one.value, str):
                yield from self._in_words_here(target, one)
                return
        values = in_own_type(self._catalogue, one)
        if target.domain is not None and target.written.startswith("xs:"):
            for number in dict.fromkeys(NUMBER.findall(one.written)):
                if number.isdigit():
                    yield from with_number(target.written, int(number))
        if values is not None:
            yield from with_value(target.written, values)
            fits = bool(values.members(1)) or target.attribute not in ("constant", "default")
            if target.domain is not None and one.attribute != "type" and fits:
                for text in (written_like(values, target.written), printed(values)):
                    if '"' not in text or '"' in target.written:  # words as no other row of the column has them
                        yield text
        elif isinstance(one.value, str) and one.attribute != target.attribute:
            for number in _lacking(NUMBER.findall(one.value), target, peers)[:2]:
                yield from with_number(target.written, int(number, 0) if number[:2] in ("0x", "0b") else int(number))

    def _in_words_here(self, target: Statement, one: Statement) -> Iterator[str]:
        """A fact of another document as the target's column writes it: its own text with the one word put right in
        which they differ; the other's text where that is how the column writes what the other says."""
        if self._in_other_words(target, one):
            return
        mended = with_word(target.written, str(one.value)) or with_clause(target.written, str(one.value))
        if mended:
            yield mended
        elif self._writes_alike(target, one):
            yield str(one.value)

    def _writes_alike(self, target: Statement, one: Statement) -> bool:
        """Whether most rows of the target's column say, letter for letter, what another document says of them."""
        key = (column_of(target), one.specification[::2], one.attribute)
        if key not in self._alike_columns:
            part = self._catalogue.parts[target.specification]
            others = (own for spec, own in self._catalogue.parts.items() if spec[::2] == one.specification[::2])
            theirs = {each.subject: each.value for other in others for each in other.of_attribute(one.attribute)}
            column = [each for each in part.of_attribute(target.attribute) if column_of(each) == key[0]]
            both = [each for each in column if each.subject in theirs]
            alike = sum(each.written == theirs[each.subject] for each in both)
            self._alike_columns[key] = 2 * alike > len(both)
        return self._alike_columns[key]

    def _in_other_words(self, target: Statement, one: Statement) -> bool:
        """Whether two documents have words of their own for one fact, of which the crosswalk says which go together."""
        sides = {target.specification.name, one.specification.name}
        return any(
            target.attribute in (each.left.attribute, each.right.attribute)
            and {each.left.specification, each.right.specification} == sides
            and any(left != right for left, right in each.map)
            for each in self._catalogue.crosswalk.agreements
        )

    def _other_marks(self, target: Statement) -> Sequence[str]:
        """The other texts of a column that has few of them: ``none`` and ``service request``."""
        if target.domain is not None:
            return ()
        texts = self.columns.examples(target)
        return [one for one in texts if one != target.written] if len(texts) <= FEW_VALUES else ()

    def _written(self, target: Statement, read: Said, text: str, voices: Candidate) -> Candidate:
        """One text in the place of a target; where it is a data type, with what follows from it and from the kind of
        value that the list of objects gives."""
        following: tuple[Replacement, ...] = ()
        named = self._renames.retyped(target, read, text, voices)
        if named is not None:
            return named
        if target.attribute == "type":
            kinds = self._catalogue.about(target.subject, "value-type")
            of_kind = next((one for one in kinds if one.specification == target.specification), None)
            found = type_of_row(self._catalogue, target, text, of_kind)
            if found is not None:
                read = Said(found.domain, read.value)
                args = (self._catalogue, target, text, of_kind, target.subject, target.clause)
                following = tuple(following_type(*args))
        return replace(voices, replacements=self._replacements(target, read, text), following=following)

    def _replacements(self, target: Statement, read: Said, text: str) -> tuple[Replacement, ...]:
        """The statement with what it would say, and what else its place says of it in other words (the type that a
        set begins with)."""
        found = [Replacement(target, target.subject, read.domain, read.value, text)]
        if found[0].adds:
            return (*found, *self._of_its_row(found[0]))
        old, new = target.written.partition(",")[0], text.partition(",")[0]
        if old != new:
            for one in self._catalogue.about(target.subject):
                if (one.path, one.source, one.value) == (target.path, target.source, old) and one != target:
                    found.append(Replacement(one, one.subject, None, new, one.text))
        return tuple(found)

    def _of_its_row(self, new: Replacement) -> Iterator[Replacement]:
        """What an empty place says of the other subjects of its row from now on: a row of the list of objects is about
        several use cases."""
        told = {new.subject}
        for one in self._renames.row(new.statement):
            if one.subject not in told:
                told.add(one.subject)
                lacking = new.statement._replace(subject=one.subject, clause=one.clause)
                yield new._replace(statement=lacking, subject=one.subject)


def _lacking(numbers: Sequence[str], target: Statement, peers: Sequence[Statement]) -> Sequence[str]:
    """Of the numbers of a list those that no other statement of the conflict says where the target says one."""
    said_by = {one.domain for one in peers if one.attribute == target.attribute}
    return [
        one
        for one in numbers
        if len(numbers) == 1 or str(int(one, 0) if one[:1] == "0" and one[1:2] in "xb" else one) not in said_by
    ]


def _asked(finding: Finding, target: Statement) -> Iterator[tuple[str, str]]:
    """What a finding says is to be written, if it does: in this place, where it names one; and the word of it that is
    put right in a list of words, if one is."""
    for part in finding.suggestion.split(" and in "):
        match = _WRITE.fullmatch(part)
        if match is not None:
            named = part.partition(" in ")[2]
            if match["text"].startswith(("the ", "a ", "it ")):
                continue
            if not named or (target.source and target.source.rpartition("!")[2] in named) or "every" in named:
                mended = with_near_word(target.written, match["text"]) or with_near_member(
                    target.written, match["text"]
                )
                is_mended = bool(mended) or is_near_word(target.written, match["text"])
                yield mended or match["text"], match["text"] if is_mended else ""
