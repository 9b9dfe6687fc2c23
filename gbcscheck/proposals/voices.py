"""Who else speaks of what a statement says: other documents, other use cases, the version before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import PurePosixPath
from types import MappingProxyType

from gbcscheck.evidence.reading import in_own_type
from gbcscheck.facts.extract_file import Extract
from gbcscheck.model import Specification, Statement
from gbcscheck.proposals.sheet_rows import CELL, is_of_another_thing, row_in
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.item_names import split_row
from gbcscheck.release.releases import Release
from gbcscheck.release.versions import compare_versions

OF_ONE_PLACE = ("occurs",)
"""What is said of one place alone: how often an element stands in one message says nothing of another one."""

OF_BOTH_SHEETS = ("name", "reference")
"""What a row of the list of objects states where that of the protocol has another one."""


class Voices:
    """The statements of a catalogue, and those of the version before of each document that ships. ``before`` is what
    documents with tracked changes said before these, by what they are with them."""

    def __init__(self, catalogue: Catalogue, before: Mapping[Specification, Extract] = MappingProxyType({})) -> None:
        self.catalogue = catalogue
        self._before: dict[Specification, Catalogue | None] = {
            specification: _alone(extract, catalogue) for specification, extract in before.items()
        }

    def others(self, statement: Statement) -> Iterator[Statement]:
        """What else is said of the same thing: of its subject, of its item in other use cases, and what the version
        before said; nothing of the place itself."""
        seen = {(statement.path, statement.source)}
        for one in self._others(statement):
            place = (one.path, one.source)
            if one.specification != statement.specification or place not in seen:
                seen.add(place)
                yield one

    def _others(self, statement: Statement) -> Iterator[Statement]:
        attribute = statement.attribute
        yield from self.catalogue.about(statement.subject, attribute)
        item = self.catalogue.items.get(split_row(statement.subject)[1] or statement.subject)
        if item is not None and attribute not in OF_ONE_PLACE:
            for one in self.catalogue.item_statements(item, attribute):
                if not is_of_another_thing(self.catalogue, one, statement):
                    yield one
        before = self.before(statement.specification)
        if before is not None:
            yield from self._said_before(before, statement)[:1]

    def _said_before(self, before: Catalogue, statement: Statement) -> tuple[Statement, ...]:
        """What the version before said of what a statement says, in the same sheet where it did. A row of the list of
        objects states a name and a clause where that of the protocol has others: one that stated none said the same."""
        stated = before.about(statement.subject, statement.attribute)
        cell = CELL.fullmatch(statement.source)
        if cell is None or not stated:
            return stated
        of_sheet = tuple(one for one in stated if _sheet(one) == cell[1])
        rows = {row_in(one) for one in self.catalogue.about(statement.subject) if _sheet(one) == cell[1]}
        if of_sheet or statement.attribute not in OF_BOTH_SHEETS or len(rows) > 1:  # one has another's number
            return of_sheet or stated
        beside = (CELL.fullmatch(one.source) for one in before.about(statement.subject) if _sheet(one) == cell[1])
        at = (f"{cell[1]}!{cell[2]}{one[3]}" for one in beside if one is not None)
        return (*(stated[0]._replace(source=source) for source in at), *stated)

    def before(self, specification: Specification) -> Catalogue | None:
        """A document before its tracked changes, else the newest version that ships of it and is older; None where
        there is none."""
        if specification not in self._before:
            self._before[specification] = self._older(specification)
        return self._before[specification]

    def _older(self, specification: Specification) -> Catalogue | None:
        from gbcscheck.facts.store import load_shipped

        best: tuple[str, str] | None = None
        for path, known in self._shipped.items():
            slot = (known.name.casefold(), known.part.casefold())
            if slot != (specification.name.casefold(), specification.part.casefold()):
                continue
            is_older = compare_versions(known.version, specification.version) == -1
            if is_older and (best is None or compare_versions(known.version, best[0]) == 1):
                best = (known.version, path)
        if best is None:
            return None
        extract: Extract = load_shipped(best[1])
        return _alone(extract, self.catalogue)

    @cached_property
    def _shipped(self) -> Mapping[str, Specification]:
        """The documents that ship, by the paths of their extracts: those of releases, and other versions of these."""
        from gbcscheck.facts.shipped import shipped_root
        from gbcscheck.facts.store import summarise
        from gbcscheck.release.index import release_entries

        root = shipped_root()
        paths = dict.fromkeys(path for entry in release_entries() for path in entry.extracts)
        for path in [PurePosixPath(one) for one in paths if one.count("/") == 2]:
            versions = sorted((root / path.parts[0]).glob(f"*/{path.name}"))
            paths |= dict.fromkeys(one.relative_to(root).as_posix() for one in versions)
        return {path: summarise(root / path).header.specification for path in paths}

    def names_before(self, statement: Statement) -> Iterator[Statement]:
        """What the version before said, word for word, of subjects of which nothing speaks any more: one of them may
        be what a row with another name is about. Of a name, which is what may be wrong, whatever it said."""
        before = self.before(statement.specification)
        if before is None or before.about(statement.subject):
            return
        part = self.catalogue.parts[statement.specification]
        known = {one.subject for one in part.of_attribute(statement.attribute)}
        for one in before.statements.of_attribute(statement.attribute):
            if one.subject not in known and (statement.attribute == "name" or one[7:9] == statement[7:9]):
                yield one

    def echoes(self, statement: Statement) -> Iterator[Statement]:
        """Who else says what a statement says."""
        return (one for one in self.others(statement) if self.same(one, statement))

    def is_of_before(self, statement: Statement) -> bool:
        """Whether a statement is of the version before of a document, and of none of the release."""
        return statement.specification not in self.catalogue.parts and any(
            before is not None and statement.specification in before.parts for before in self._before.values()
        )

    def is_changed(self, statement: Statement) -> bool:
        """Whether the version before said otherwise, or did not know the subject."""
        before = self.before(statement.specification)
        if before is None:
            return False
        stated = before.about(statement.subject, statement.attribute)
        return not any(self.same(one, statement) for one in stated)

    def same(self, one: Statement, other: Statement) -> bool:
        """Whether two statements say the same, each read in the data type of its item."""
        if one.attribute == other.attribute and one.domain is None and other.domain is None:
            return " ".join(str(one.value).split()) == " ".join(str(other.value).split())
        left, right = in_own_type(self.catalogue, one), in_own_type(self.catalogue, other)
        return left is not None and left == right


def _sheet(statement: Statement) -> str:
    return statement.source.partition("!")[0]


def _alone(extract: Extract, around: Catalogue) -> Catalogue:
    """The statements of one extract by themselves, with the links of a release."""
    return Catalogue.of(Release("", "", "", (extract,), around.crosswalk))
