"""The statements of extracts, made when somebody asks for them, and found by subject and by attribute."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain, repeat
from operator import itemgetter
from typing import cast, overload

from gbcscheck.facts.columns import ATTRIBUTE, CLAUSE, DOMAIN, PROVENANCE, SOURCE, SUBJECT, TEXT, VALUE, Cell, Columns
from gbcscheck.facts.extract_file import Extract
from gbcscheck.model import Specification, Statement

Group = tuple[Statement, ...]

_new = cast("Callable[[tuple[object, ...]], Statement]", partial(tuple.__new__, Statement))
"""A statement of its members, made without a call of Python code."""
_AT_ONCE = 4096
"""Statements that are made together, so that what they are made of takes little room."""
_WORTH_A_SEARCH = 6
"""As many statements are made by attribute in the time that one is looked for among all of its subject."""
_subject = itemgetter(SUBJECT)


class Statements(Sequence[Statement]):
    """The statements of one extract, as ``Extract.statements`` gives them; each is made once."""

    def __init__(self, extract: Extract) -> None:
        self.rows = extract.rows if isinstance(extract.rows, Columns) else Columns.of(extract.rows)
        self.specification = extract.specification
        self._provenance = extract.provenance
        self._path = extract.path
        self._read_from = extract.source_name or extract.path
        self._made: list[Statement | None] = [None] * len(self.rows)
        self._complete = not self._made

    def __len__(self) -> int:
        return len(self._made)

    @overload
    def __getitem__(self, index: int) -> Statement: ...

    @overload
    def __getitem__(self, index: slice) -> Group: ...

    def __getitem__(self, index: int | slice) -> Statement | Group:
        if isinstance(index, slice):
            return self.at(range(len(self))[index])
        return self._made[index] or self._make(range(len(self))[index])

    def __iter__(self) -> Iterator[Statement]:
        if not self._complete:
            made = self._anew(range(len(self)))
            self._made = [known or one for known, one in zip(self._made, made, strict=True)]
            self._complete = True
        return iter(cast("list[Statement]", self._made))

    def at(self, rows: Iterable[int]) -> Group:
        """The statements of some rows."""
        rows, made = tuple(rows), self._made
        if len(rows) < 2:
            return tuple([made[row] or self._make(row) for row in rows])
        found = itemgetter(*rows)(made)
        if not all(found):
            missing = [row for row, one in zip(rows, found, strict=True) if one is None]
            for row, statement in zip(missing, self._anew(missing), strict=True):
                made[row] = statement
            found = itemgetter(*rows)(made)
        return cast("Group", found)

    def first(self, number: int, attribute: str) -> Statement | None:
        """The first statement of one attribute of a subject, by its place among the subjects (from 0)."""
        rows = self.rows
        wanted, attributes, order = rows.number_of(attribute), rows.columns[ATTRIBUTE], rows.by_subject
        for place in range(rows.starts[number], rows.starts[number + 1]):
            row = order[place]
            if attributes[row] == wanted:
                return self._made[row] or self._make(row)
        return None

    def of_attribute(self, attribute: str) -> Group:
        """The statements that say one attribute."""
        return self.at(self.rows.rows_of_attribute(attribute))

    def sets_of(self, attribute: str) -> Group:
        """The statements of one attribute that state a set of values."""
        domains = self.rows.columns[DOMAIN]
        return self.at(row for row in self.rows.rows_of_attribute(attribute) if domains[row])

    def rows_that_speak(self, number: int, without: str) -> Sequence[int]:
        """The rows of a subject, by its place among the subjects (from 0), that do not say one attribute."""
        rows, left_out = self.rows.rows_of_subject(number), self.rows.number_of(without)
        if left_out is None:
            return rows
        attributes = self.rows.columns[ATTRIBUTE]
        return [row for row in rows if attributes[row] != left_out]

    def in_words_alone(self, attributes: Collection[str]) -> Group:
        """The statements of some attributes that state neither a set of values nor a fact."""
        domains, values = self.rows.columns[DOMAIN], self.rows.columns[VALUE]
        of_attributes = (row for name in attributes for row in self.rows.rows_of_attribute(name))
        return self.at(sorted(row for row in of_attributes if not domains[row] and not values[row]))

    def chosen(self, attribute: str, member: int, wanted: Callable[[str], bool]) -> Group:
        """The statements of one attribute of which one member, by its number, is wanted; no other is made."""
        column, text = self.rows.columns[member], self.rows.table
        rows = self.rows.rows_of_attribute(attribute)
        if len(rows) < 2:
            return self.at([row for row in rows if wanted(str(text[column[row]]))])
        numbers = itemgetter(*rows)(column)
        chosen = {number for number in set(numbers) if wanted(str(text[number]))}
        return self.at([row for row, number in zip(rows, numbers, strict=True) if number in chosen]) if chosen else ()

    def values_of(self, attribute: str) -> Iterator[str]:
        """The texts that are given as facts of one attribute, each once."""
        values, text = self.rows.columns[VALUE], self.rows.table
        numbers = dict.fromkeys(values[row] for row in self.rows.rows_of_attribute(attribute))
        return (value for number in numbers if isinstance(value := text[number], str))

    def subjects_of(self, attribute: str) -> Iterator[str]:
        """The subject of each statement of one attribute."""
        subjects, numbers = self.rows.table, self.rows.columns[SUBJECT]
        return cast("Iterator[str]", (subjects[numbers[row]] for row in self.rows.rows_of_attribute(attribute)))

    def subjects_that_say(self, attribute: str) -> Iterator[str]:
        """Each subject once of which one attribute is stated."""
        numbers = map(self.rows.columns[SUBJECT].__getitem__, self.rows.rows_of_attribute(attribute))
        return cast("Iterator[str]", map(self.rows.table.__getitem__, set(numbers)))

    def _make(self, row: int) -> Statement:
        text = self.rows.table
        subject, attribute, domain, value, words, clause, source, provenance = self.rows.columns
        cited = text[source[row]]
        made = _new(
            (
                text[subject[row]],
                text[attribute[row]],
                self.specification,
                text[provenance[row]] or self._provenance,
                text[clause[row]],
                self._read_from if cited else self._path,
                cited or f"/statements/{row}",
                text[domain[row]],
                text[value[row]],
                text[words[row]],
            )
        )
        self._made[row] = made
        return made

    def _anew(self, rows: Sequence[int]) -> Iterator[Statement]:
        """The statements of some rows anew."""
        return chain.from_iterable(self._some(rows[at : at + _AT_ONCE]) for at in range(0, len(rows), _AT_ONCE))

    def _some(self, rows: Sequence[int]) -> Iterable[Statement]:
        """The statements of a few rows anew, column by column."""
        if len(rows) == 1:
            return (self._make(rows[0]),)
        of_rows, columns, table, empty = itemgetter(*rows), self.rows.columns, self.rows.table, self.rows.empty

        def cells(member: int) -> Iterable[Cell]:
            if member in empty:
                return repeat(None, len(rows))
            numbers = of_rows(columns[member])
            return cast("tuple[Cell, ...]", itemgetter(*numbers)(table)) if any(numbers) else repeat(None, len(rows))

        provenances, sources = list(cells(PROVENANCE)), list(cells(SOURCE))
        paths: Iterable[str] = repeat(self._read_from)
        if not all(sources):
            paths = [self._read_from if source else self._path for source in sources]
            sources = [source or f"/statements/{row}" for row, source in zip(rows, sources, strict=True)]
        provenance: Iterable[object] = repeat(self._provenance)
        if any(provenances):
            provenance = [one or self._provenance for one in provenances]
        before = (cells(SUBJECT), cells(ATTRIBUTE), repeat(self.specification), provenance, cells(CLAUSE))
        return map(_new, zip(*before, paths, sources, cells(DOMAIN), cells(VALUE), cells(TEXT), strict=False))


class Joined(Sequence[Statement]):
    """The statements of several extracts, one after the other."""

    def __init__(self, parts: Iterable[Statements]) -> None:
        self.parts = tuple(parts)

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    @overload
    def __getitem__(self, index: int) -> Statement: ...

    @overload
    def __getitem__(self, index: slice) -> Group: ...

    def __getitem__(self, index: int | slice) -> Statement | Group:
        if isinstance(index, slice):
            return tuple(self)[index]
        at = range(len(self))[index]
        for part in self.parts:
            if at < len(part):
                return part[at]
            at -= len(part)
        raise IndexError(index)

    def __iter__(self) -> Iterator[Statement]:
        return chain.from_iterable(self.parts)

    def of_attribute(self, attribute: str) -> Group:
        """The statements that say one attribute."""
        return tuple(chain.from_iterable(part.of_attribute(attribute) for part in self.parts))


class OfAttribute:
    """The statements of one attribute by subject, those of each in the order of the release."""

    def __init__(self, statements: Group) -> None:
        self._statements = statements
        self.groups: dict[str, Group] = dict(zip(map(_subject, statements), zip(statements), strict=True))
        if len(self.groups) < len(statements):
            several: dict[str, list[Statement]] = {}
            for one in statements:
                several.setdefault(one.subject, []).append(one)
            self.groups.update((subject, tuple(group)) for subject, group in several.items() if len(group) > 1)

    @cached_property
    def firsts(self) -> Mapping[str, Statement]:
        """The first statement of each subject, those that stand last first."""
        backwards = self._statements[::-1]
        return dict(zip(map(_subject, backwards), backwards, strict=True))


class BySubject(Mapping[str, Group]):
    """Statements by subject, in the order in which the extracts first speak of each."""

    def __init__(self, parts: Sequence[Statements]) -> None:
        self._parts = parts
        self._begins: list[int] = []
        """The number of the first subject of each part, when the subjects of all are counted through."""
        self._last: dict[str, int] = {}
        self._several: dict[str, list[int]] = {}
        before = 0
        for part in parts:
            subjects = part.rows.subjects
            numbers = dict(zip(subjects, range(before, before + len(subjects)), strict=True))
            if self._last:
                for subject in self._last.keys() & numbers.keys():
                    self._several.setdefault(subject, [self._last[subject]]).append(numbers[subject])
                self._last.update(numbers)
            else:
                self._last = numbers
            self._begins.append(before)
            before += len(subjects)
        self._made: dict[str, Group] = {}
        self._of_attributes: dict[tuple[str, ...], Group] = {}
        self._by_attribute: dict[str, OfAttribute] = {}
        self._asked: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._last)

    def __iter__(self) -> Iterator[str]:
        return iter(self._last)

    def __contains__(self, subject: object) -> bool:
        return subject in self._last

    def __getitem__(self, subject: str) -> Group:
        made = self._made.get(subject)
        if made is None:
            made = tuple(chain.from_iterable(part.at(rows) for part, rows in self._rows(subject)))
            self._made[subject] = made
        return made

    def first(self, subject: str, attribute: str) -> Statement | None:
        """The first statement of a subject and attribute; None where there is none."""
        ready = self._ready(attribute)
        if ready is not None:
            group = ready.groups.get(subject)
            return group[0] if group is not None else None
        last = self._last.get(subject)
        if last is None:
            return None
        for number in self._several.get(subject) or (last,):
            at = bisect_right(self._begins, number) - 1
            found = self._parts[at].first(number - self._begins[at], attribute)
            if found is not None:
                return found
        return None

    def of_attribute(self, attribute: str) -> OfAttribute:
        """The statements of one attribute by subject, all of them made: for whoever asks of many subjects."""
        if attribute not in self._by_attribute:
            self._by_attribute[attribute] = OfAttribute(Joined(self._parts).of_attribute(attribute))
        return self._by_attribute[attribute]

    def of_attributes(self, subject: str, attributes: Collection[str]) -> Group:
        """The statements of a subject that say one of some attributes; none where nobody speaks of it."""
        found_in: Group = ()
        for attribute in attributes:
            ready = self._by_attribute.get(attribute) or self._ready(attribute)
            if ready is None:
                break
            group = ready.groups.get(subject)
            if group is not None:
                if found_in:  # their order is that of the rows
                    break
                found_in = group
        else:
            return found_in
        if subject not in self._last:
            return ()
        asked = (subject, *attributes)
        if asked not in self._of_attributes:
            found: list[Statement] = []
            for part, rows in self._rows(subject):
                column, numbers = part.rows.columns[ATTRIBUTE], list(map(part.rows.number_of, attributes))
                found.extend([part[row] for row in rows if column[row] in numbers])
            self._of_attributes[asked] = tuple(found)
        return self._of_attributes[asked]

    def _ready(self, attribute: str) -> OfAttribute | None:
        """The statements of one attribute by subject, where it was asked for as often as pays for making them all."""
        found = self._by_attribute.get(attribute)
        if found is None:
            left = self._asked.get(attribute)
            if left is None:
                left = sum(len(part.rows.rows_of_attribute(attribute)) for part in self._parts) // _WORTH_A_SEARCH
            if left <= 0:
                return self.of_attribute(attribute)
            self._asked[attribute] = left - 1
        return found

    def that_say(self, subjects: Iterable[str], attributes: Collection[str]) -> set[str]:
        """Those of some subjects that are there of which one of some attributes is stated; no statement is made."""
        numbers = {id(part): {part.rows.number_of(name) for name in attributes} for part in self._parts}
        found: set[str] = set()
        for subject in subjects:
            for part, rows in self._rows(subject):
                column, wanted = part.rows.columns[ATTRIBUTE], numbers[id(part)]
                if any(column[row] in wanted for row in rows):
                    found.add(subject)
                    break
        return found

    def about(self, subject: str) -> Group:
        """The statements of a subject; none where nobody speaks of it."""
        made = self._made.get(subject)
        return made if made is not None else self[subject] if subject in self._last else ()

    def speakers(self, subject: str) -> Iterator[Specification]:
        """The specifications that speak of a subject, once for each extract; no statement is made."""
        if subject in self._last:
            for number in self._several.get(subject) or (self._last[subject],):
                yield self._parts[bisect_right(self._begins, number) - 1].specification

    def _rows(self, subject: str) -> Iterator[tuple[Statements, Sequence[int]]]:
        """The extracts that speak of a subject, each with the rows in which it does."""
        for number in self._several.get(subject) or (self._last[subject],):
            at = bisect_right(self._begins, number) - 1
            part = self._parts[at]
            yield part, part.rows.rows_of_subject(number - self._begins[at])


class ByAttribute(Mapping[str, Group]):
    """Statements by what they say."""

    def __init__(self, parts: Sequence[Statements]) -> None:
        self._parts = parts
        self._made: dict[str, Group] = {}

    @cached_property
    def _names(self) -> Mapping[str, None]:
        return dict.fromkeys(chain.from_iterable(part.rows.attributes for part in self._parts))

    def __len__(self) -> int:
        return len(self._names)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __getitem__(self, attribute: str) -> Group:
        made = self._made.get(attribute)
        if made is None:
            made = Joined(self._parts).of_attribute(attribute)
            if not made:
                raise KeyError(attribute)
            self._made[attribute] = made
        return made


def by_part(by_extract: Iterable[tuple[Specification, Statements]]) -> Mapping[Specification, Statements | Joined]:
    """The statements of each part of a specification, whichever extracts they are in."""
    gathered: dict[Specification, list[Statements]] = {}
    for specification, statements in by_extract:
        gathered.setdefault(specification, []).append(statements)
    return {spec: group[0] if len(group) == 1 else Joined(group) for spec, group in gathered.items()}


def stated_twice(part: Statements | Joined, without: Collection[str]) -> Iterator[str]:
    """The subjects of which a part states an attribute twice that is not among those of ``without``."""
    parts = part.parts if isinstance(part, Joined) else (part,)
    if len(parts) > 1:
        named = Counter((statement.subject, statement.attribute) for statement in part)
        return (subject for (subject, attribute), count in named.items() if count > 1 and attribute not in without)
    rows = parts[0].rows
    subjects, attributes = rows.columns[SUBJECT], rows.columns[ATTRIBUTE]
    left_out = {rows.number_of(attribute) for attribute in without}
    return (rows.subjects[subjects[row] - 1] for row in rows.again if attributes[row] not in left_out)
