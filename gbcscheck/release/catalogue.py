"""The statements of one release, indexed by subject, and the data items that several specifications speak of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from gbcscheck.attributes import named
from gbcscheck.facts.columns import CLAUSE, DOMAIN, SUBJECT, VALUE
from gbcscheck.facts.crosswalk import Crosswalk, Link
from gbcscheck.frozen import frozen
from gbcscheck.limits import ALIKE
from gbcscheck.model import Specification, Statement
from gbcscheck.release.first_of_each import FirstOfEach
from gbcscheck.release.item_names import ItemNames, split_row
from gbcscheck.release.releases import Release
from gbcscheck.release.statements import (
    ByAttribute,
    BySubject,
    Joined,
    Statements,
    by_part,
    stated_twice,
)

if TYPE_CHECKING:
    from gbcscheck.domains import Domain
    from gbcscheck.facts.extract_file import Extract

T = TypeVar("T")

OF_ITEMS = named("of items")
"""Attributes by which a subject without a use case or a path shows that it is a data item."""
ALIGNED = "aligned-with"
"""Attribute of a specification's own subject: the version of another specification that it says it follows."""


Shared = dict[tuple[object, ...], tuple["Extract", Statements]]
"""The statements of extracts, by all that makes them what they are; each extract is kept with them."""


class UseCaseRow(NamedTuple):
    """One use case's row of a data item; ``direction`` is ``Update``, ``Read`` or empty where the table is silent."""

    subject: str
    use_case: str
    direction: str


_row = cast("Callable[[tuple[str, str, str]], UseCaseRow]", partial(tuple.__new__, UseCaseRow))
"""A row of its members, made without a call of Python code."""


@frozen
class Item:
    """A data item: the rows of the use cases that carry it, the subjects that name it directly (tables of defaults,
    SMETS), and the links of the crosswalk through which it travels."""

    name: str
    rows: tuple[UseCaseRow, ...]
    direct: tuple[str, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Catalogue:
    """The statements of one release, in the order of its extracts."""

    release: Release
    statements: Joined = field(repr=False, compare=False)
    parts: Mapping[Specification, Statements | Joined] = field(repr=False, compare=False)
    _worked_out: dict[Callable[[Any], object], object] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def of(cls, release: Release, shared: Shared | None = None) -> Catalogue:
        """The statements of a release, each made when somebody asks for it. ``shared`` keeps those of extracts for
        other releases that have them too."""
        parts = by_part((extract.specification, _statements_of(extract, shared)) for extract in release.extracts)
        single = (one for part in parts.values() for one in (part.parts if isinstance(part, Joined) else (part,)))
        return cls(release, Joined(single), parts)

    def once(self, work_out: Callable[[Catalogue], T]) -> T:
        """What a function works out of this catalogue: worked out when it is first asked for, and kept for as long as
        the catalogue is."""
        if work_out not in self._worked_out:
            self._worked_out[work_out] = work_out(self)
        found: T = self._worked_out[work_out]  # type: ignore[assignment]  # kept under the function that returned it
        return found

    # --- statements --------------------------------------------------------------------------------------------------

    @property
    def crosswalk(self) -> Crosswalk:
        """The links and lists of the release."""
        return self.release.crosswalk

    @cached_property
    def by_subject(self) -> BySubject:
        """Statements by subject."""
        return BySubject(self.statements.parts)

    @cached_property
    def by_attribute(self) -> ByAttribute:
        """Statements by what they say."""
        return ByAttribute(self.statements.parts)

    def about(self, subject: str, *attributes: str) -> tuple[Statement, ...]:
        """The statements of a subject, of these attributes only if any are named, in the order of the release."""
        return self.by_subject.of_attributes(subject, attributes) if attributes else self.by_subject.about(subject)

    def first(self, subject: str, attribute: str) -> Statement | None:
        """The first statement of a subject and attribute, if there is one."""
        return self.by_subject.first(subject, attribute)

    def firsts(self, attribute: str) -> Mapping[str, Statement]:
        """The first statement of an attribute by its subject: what ``first`` says, for whoever asks of many."""
        return self.by_subject.of_attribute(attribute).firsts

    def groups(self, attribute: str) -> Mapping[str, tuple[Statement, ...]]:
        """The statements of an attribute by subject: what ``about`` says, for whoever asks of many."""
        return self.by_subject.of_attribute(attribute).groups

    def said_of(self, attribute: str) -> Iterator[tuple[Specification, str]]:
        """Specification and subject of each statement of an attribute, in the order of the release; no statement is
        made."""
        for part in self.statements.parts:
            for subject in part.subjects_of(attribute):
                yield part.specification, subject

    def sets_of(self, attribute: str) -> tuple[Statement, ...]:
        """The statements of one attribute that state a set of values."""
        return tuple(one for part in self.statements.parts for one in part.sets_of(attribute))

    def of_subjects(self, attribute: str, wanted: Callable[[str], bool]) -> tuple[Statement, ...]:
        """The statements of one attribute of whose subjects something holds."""
        return tuple(one for part in self.statements.parts for one in part.chosen(attribute, SUBJECT, wanted))

    def of_clauses(self, attribute: str, wanted: Callable[[str], bool]) -> tuple[Statement, ...]:
        """The statements of one attribute of whose clauses something holds."""
        return tuple(one for part in self.statements.parts for one in part.chosen(attribute, CLAUSE, wanted))

    def of_domains(self, attribute: str, wanted: Callable[[str], bool]) -> tuple[Statement, ...]:
        """The statements of one attribute of whose set, as it is written, something holds."""
        return tuple(one for part in self.statements.parts for one in part.chosen(attribute, DOMAIN, wanted))

    def values_of(self, attribute: str) -> Iterator[str]:
        """The texts that statements of one attribute give as facts, each once for an extract; no statement is made."""
        for part in self.statements.parts:
            yield from part.values_of(attribute)

    def of_values(self, attribute: str, value: str) -> tuple[Statement, ...]:
        """The statements of one attribute that give one text as a fact."""
        parts = self.statements.parts
        return tuple(one for part in parts for one in part.chosen(attribute, VALUE, value.__eq__))

    def subjects_stated_twice(self, without: Collection[str] = ()) -> Iterator[str]:
        """The subjects of which a part states an attribute twice, in the order of the release; attributes of
        ``without`` do not count."""
        twice = {subject for part in self.parts.values() for subject in stated_twice(part, without)}
        return (subject for subject in self.by_subject if subject in twice) if twice else iter(())

    def domain(self, statement: Statement) -> Domain | None:
        """The set of values that a statement sets out; None where it states none."""
        return None if statement.domain is None else self._parse_domain(statement.domain)

    @cached_property
    def _parse_domain(self) -> Callable[[str], Domain]:
        from gbcscheck.notation.canonical import parse_domain

        return parse_domain

    @property
    def specifications(self) -> tuple[Specification, ...]:
        """Every specification and part of the release, in its order."""
        return tuple(self.parts)

    def in_part(self, specification: str, part: str = "", attribute: str = "") -> tuple[Statement, ...]:
        """The statements of one part of one specification, of all its parts where none is named; of one attribute
        only, if it is named."""
        if attribute:
            return tuple(
                statement
                for spec, statements in self.parts.items()
                if spec.name == specification and part in ("", spec.part)
                for statement in statements.of_attribute(attribute)
            )
        return tuple(
            statement
            for spec, statements in self.parts.items()
            if spec.name == specification and part in ("", spec.part)
            for statement in statements
        )

    def firsts_in_part(self, specification: str, part: str = "") -> Mapping[str, Statement]:
        """The first statement of each subject of one part of a specification, of all its parts where none is named."""
        statements = (one for spec, one in self.parts.items() if spec.name == specification and part in ("", spec.part))
        return FirstOfEach(each for one in statements for each in (one.parts if isinstance(one, Joined) else (one,)))

    @cached_property
    def witnesses(self) -> Catalogue:
        """What documents from outside say, which are no part of the release; read when it is first asked for."""
        return Catalogue.of(replace(self.release, extracts=tuple(self.release.witnesses), witnesses=(), sources=()))

    # --- data items --------------------------------------------------------------------------------------------------

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Data items by name, in the order in which the release first speaks of them."""
        rows, links = self._rows_and_links
        direct: dict[str, list[str]] = {}
        named = {subject: self.item_names.match(subject) for subject in self.by_subject if "/" not in subject}
        of_items = self.by_subject.that_say((subject for subject, names in named.items() if not names), OF_ITEMS)
        for subject, names in named.items():
            for name in names or ((subject,) if subject in of_items else ()):
                direct.setdefault(name, []).append(subject)
        return {
            name: Item(name, tuple(rows.get(name, ())), tuple(direct.get(name, ())), tuple(links.get(name, ())))
            for name in dict.fromkeys((*rows, *direct, *links))
        }

    @cached_property
    def item_names(self) -> ItemNames:
        """The names of the data items that rows of use cases and links speak of."""
        rows, links = self._rows_and_links
        return ItemNames((*rows, *links), {name: _requests(name, of_item) for name, of_item in links.items()})

    @cached_property
    def _rows_and_links(self) -> tuple[dict[str, list[UseCaseRow]], dict[str, list[Link]]]:
        """The rows of use cases and the links of the crosswalk by the names of the data items that they are of."""
        rows: dict[str, list[UseCaseRow]] = {}
        typed = self.subjects_that_say("type")
        directions: dict[str, str] = {}
        for statement in self.by_attribute.get("direction", ()):
            directions.setdefault(statement.subject, str(statement.value))
        for subject in self.by_subject:
            if subject[:1] == "/":  # a path of XML
                continue
            use_case, slash, name = subject.partition("/")
            if slash and subject in typed and use_case and name and "/" not in name:  # as ``split_row``
                rows.setdefault(name, []).append(_row((subject, use_case, directions.get(use_case, ""))))
        links: dict[str, list[Link]] = {}
        for link in self.crosswalk.links:
            ends = (split_row(end.subject)[1] for end in link.ends_of("command", "response"))
            for name in dict.fromkeys([link.item, *filter(None, ends)]):  # an element of a byte layout names none
                links.setdefault(name, []).append(link)
        return rows, links

    def subjects_that_say(self, *attributes: str) -> set[str]:
        """The subjects of which one of some attributes is stated."""
        parts = self.statements.parts
        return set().union(*(part.subjects_that_say(attribute) for part in parts for attribute in attributes))

    def item_statements(self, item: Item, *attributes: str) -> tuple[Statement, ...]:
        """What every specification says of an item under its own name: use case rows, tables, SMETS; no XML. Of these
        attributes only if any are named."""
        if not attributes:
            return tuple(s for subject in subjects_of(item) for s in self.by_subject.about(subject))
        if len(attributes) == 1:
            return self._of_items(attributes[0]).get(item.name, ())
        return tuple([one for attribute in attributes for one in self._of_items(attribute).get(item.name, ())])

    def items_that_say(self, *attributes: str) -> Iterator[Item]:
        """The data items of which something is stated by one of some attributes, in the order of ``items``."""
        named = set[str]()
        for attribute in attributes:
            named.update(self._of_items(attribute))
        return (item for name, item in self.items.items() if name in named)

    def _of_items(self, attribute: str) -> Mapping[str, tuple[Statement, ...]]:
        """The statements of one attribute by the names of the data items that they are of, gathered once."""
        gathered = self._statements_of_items
        if attribute not in gathered:
            gathered[attribute] = self._gathered(attribute)
        return gathered[attribute]

    def _gathered(self, attribute: str) -> Mapping[str, tuple[Statement, ...]]:
        """The statements of one attribute by the names of the data items that they are of."""
        found: dict[str, list[tuple[int, Statement]]] = {}
        for part, items in zip(self.statements.parts, self._items_of_parts, strict=True):
            if not items:
                continue
            subjects = part.rows.columns[SUBJECT]
            rows = [row for row in part.rows.rows_of_attribute(attribute) if subjects[row] in items]
            for row, statement in zip(rows, part.at(rows), strict=True):
                for place, name in items[subjects[row]]:
                    found.setdefault(name, []).append((place, statement))
        for name, group in found.items():  # every two of them are held against each other
            ALIKE.hold(len(group), where=f"{attribute} of {name[:100]}")
            group.sort(key=itemgetter(0))
        return {name: tuple([statement for _, statement in group]) for name, group in found.items()}

    @cached_property
    def _statements_of_items(self) -> dict[str, Mapping[str, tuple[Statement, ...]]]:
        return {}

    @cached_property
    def _items_of_parts(self) -> Sequence[Mapping[int, list[tuple[int, str]]]]:
        """For each extract the data items that a subject, by its number, is of, each with its place among the subjects
        of the item."""
        named: dict[str, list[tuple[int, str]]] = {}
        for item in self.items.values():
            for place, subject in enumerate(subjects_of(item)):
                named.setdefault(subject, []).append((place, item.name))
        return [
            {number: named[subject] for number, subject in enumerate(part.rows.subjects, 1) if subject in named}
            for part in self.statements.parts
        ]

    def encoding(self, item: Item) -> str:
        """How the octets of an item are to be understood (``weekdays``, ``date``, ...); empty where nobody says."""
        for statement in self.item_statements(item, "encoding"):
            return str(statement.value)
        return self.encoding_of_class(item)

    def encoding_of_class(self, item: Item) -> str:
        """What COSEM says of the octets of an item, by the class of its object; empty where it says nothing."""
        element = item.name.partition(".")[2]
        for row in item.rows:
            of_class = self.first(row.subject, "class")
            if of_class is not None:
                stated = self.first(f"class {of_class.value}/{element}", "encoding")
                if stated is not None:
                    return str(stated.value)
        return ""

    # --- versions ----------------------------------------------------------------------------------------------------

    @cached_property
    def aligned(self) -> Mapping[str, Statement]:
        """Which version of another specification each specification says it follows (``GBCS 4.3``)."""
        return {s.specification.name: s for s in self.by_attribute.get(ALIGNED, ())}


def _statements_of(extract: Extract, shared: Shared | None) -> Statements:
    if shared is None:
        return Statements(extract)
    key = (id(extract.rows), extract.specification, extract.provenance, extract.path, extract.source_name)
    if key not in shared:
        shared[key] = (extract, Statements(extract))
    return shared[key][1]


def _requests(name: str, links: Iterable[Link]) -> list[str]:
    """The elements of requests by which an item is set."""
    return [end.subject for link in links if link.item == name for end in link.ends_of("request")]


def subjects_of(item: Item) -> Iterable[str]:
    """The subjects of the statements of a data item."""
    return dict.fromkeys((item.name, *item.direct, *(row.subject for row in item.rows)))


def independent(left: Statement, right: Statement) -> bool:
    """Whether two statements may be held against each other: not where one is derived from the other's source, and
    not where they are of two versions of the same part, which follow each other on purpose."""
    if "derived" in (left.provenance, right.provenance) and left.path == right.path:
        return False
    one, other = left.specification, right.specification
    return one.version == other.version or (one.name, one.part) != (other.name, other.part)


def pairs(statements: tuple[Statement, ...]) -> Iterator[tuple[Statement, Statement]]:
    """Every pair of statements that may be held against each other."""
    for index, left in enumerate(statements):
        for right in statements[index + 1 :]:
            if independent(left, right):
                yield left, right
