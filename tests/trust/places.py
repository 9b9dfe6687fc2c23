"""Which subjects stand at a place of a document, and which places a report may cite for a planted line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from documents import DOUBLED, GBCS, SCHEMAS, Edit, Sources
from link_ends import End
from link_sources import LinkSources
from lxml import etree
from operators import LineEdit
from planting import Place, Plant

from gbcscheck.device.documents.leaves import request_leaves, response_leaves
from gbcscheck.facts.crosswalk import Link
from gbcscheck.facts.extract_file import Extract
from gbcscheck.model import Specification, Statement
from gbcscheck.release.catalogue import Catalogue

_XS = "{http://www.w3.org/2001/XMLSchema}"
_CELL = re.compile(r"(.+)!([A-Z]+)(\d+)")


@dataclass(frozen=True)
class Places:
    """The places of a release's documents; ``parts`` are the specifications by the name of their document."""

    sources: Sources
    catalogue: Catalogue = field(repr=False)
    parts: Mapping[str, Specification]

    def cites(self, statement: Statement, plant: Plant) -> bool:
        """Whether a statement stands at a planted place: in its row, or in its declaration."""
        for edit in plant.edits:
            if statement.specification != self.parts[edit.document]:
                continue
            if edit.document == GBCS:
                cell = _CELL.fullmatch(statement.source)
                if cell and cell[1] == edit.sheet and int(cell[3]) in (edit.number, edit.number + DOUBLED):
                    return True
            elif edit.document in SCHEMAS:
                if statement.source.removeprefix("line ") in self._lines_around(edit.document, edit.number):
                    return True
            elif self._is_of_row(statement, edit):
                return True
        return False

    def _is_of_row(self, statement: Statement, edit: Edit) -> bool:
        """Whether a statement is that of a row of a list or table; a new row is known by its subject."""
        rows = self.sources.rows_of(edit.document)
        own = rows[edit.number].get("source") if edit.number < len(rows) else None
        if edit.document in self.sources.lists:
            at = re.match(r"/(\d+)/", statement.source)
            is_new = edit.action == "double" and at is not None and int(at[1]) >= len(rows)
            return at is not None and (int(at[1]) == edit.number or is_new)
        subject = edit.cells.get("subject") or (rows[edit.number]["subject"] if edit.number < len(rows) else "")
        return statement.subject == subject or (own is None and statement.source == f"/statements/{edit.number}")

    # --- what stands at a place --------------------------------------------------------------------------------------

    def is_linked(self, place: Place) -> bool:
        """Whether the crosswalk links what stands at a place: the row, the element, or the request that is meant."""
        return not self._linked.isdisjoint(self.subjects(place))

    def should_be_linked(self, place: Place) -> bool:
        """Whether an element of a request or response stands there that has no link and no reason for it."""
        return not self._missing.isdisjoint(self.subjects(place))

    def states(self, one: LineEdit, place: Place, new: str) -> bool:
        """Whether a link states what an edit changes at a line of a schema, which becomes a new one."""
        schema, _, number = place
        lines = self.sources.schemas[schema]
        return self._sources_by_link.states(one, schema, self.subjects(place), new, _beside(lines, number - 1))

    @cached_property
    def _sources_by_link(self) -> LinkSources:
        return LinkSources(self.catalogue)

    def subjects(self, place: Place) -> Iterable[str]:
        """The subjects of the statements at a place."""
        document, sheet, number = place
        by_place = self._by_place[document]
        if document in SCHEMAS:
            return {one for line in self._lines_around(document, number) for one in by_place.get(("", line), ())}
        return by_place.get((sheet, str(number)), set())

    def statements(self, place: Place) -> Mapping[str, Sequence[tuple[object, ...]]]:
        """What the published document says at a place, by subject: attribute, set, fact and text of each statement."""
        document = place[0]
        subjects, lines = set(self.subjects(place)), self._lines_around(document, place[2])
        found: dict[str, list[tuple[object, ...]]] = {}
        for one in self.catalogue.parts[self.parts[document]]:
            if one.subject in subjects and one.source.removeprefix("line ") in lines:
                found.setdefault(one.subject, []).append((one.attribute, one.domain, one.value, one.text))
        return found

    def other_ends(self, place: Place) -> Sequence[End]:
        """The other ends of the links that name what stands at a place, and the parts of it that they mean."""
        own = set(self.subjects(place))
        links = dict.fromkeys(link for subject in own for link in self._links.get(subject, ()))
        found: list[End] = []
        for end in (end for link in links for end in link.ends):
            if end.row not in own:
                stated = self.catalogue.first(end.row, "permitted") or self.catalogue.first(end.row, "type")
                found.append(End(end.role, end.conversion, "", stated.written if stated is not None else ""))
            elif end.part:
                found.append(End("itself", "", end.part, ""))
        return found

    @cached_property
    def _links(self) -> Mapping[str, list[Link]]:
        found: dict[str, list[Link]] = {}
        for link in self.catalogue.crosswalk.links:
            for subject in dict.fromkeys(end.row for end in link.ends):
                found.setdefault(subject, []).append(link)
        return found

    @cached_property
    def _linked(self) -> set[str]:
        found: set[str] = set()
        for link in self.catalogue.crosswalk.links:
            ends = {end.subject for end in link.ends}
            found |= ends | {link.item, link.service_request, link.read_service_request}
            found |= {subject.partition("/")[0] for subject in ends}
        return found - {""}

    @cached_property
    def _missing(self) -> set[str]:
        leaves = (*request_leaves(self.catalogue), *response_leaves(self.catalogue))
        return {leaf.subject for leaf in leaves if leaf.state == "missing"}

    @cached_property
    def _by_place(self) -> Mapping[str, Mapping[tuple[str, str], set[str]]]:
        found: dict[str, dict[tuple[str, str], set[str]]] = {}
        by_part = {part: name for name, part in self.parts.items()}
        for extract in self.catalogue.release.extracts:
            if extract.specification not in by_part:
                continue
            name = by_part[extract.specification]
            of_document = found.setdefault(name, {})
            for number, statement in enumerate(extract.statements()):
                for key in _keys(name, statement, number):
                    of_document.setdefault(key, set()).add(statement.subject)
        return found

    # --- declarations of schemas -------------------------------------------------------------------------------------

    def _lines_around(self, schema: str, number: int) -> frozenset[str]:
        around = self._declarations[schema]
        return around.get(number) or frozenset({str(number)})

    @cached_property
    def _declarations(self) -> Mapping[str, Mapping[int, frozenset[str]]]:
        return {name: _declared_around(lines) for name, lines in self.sources.schemas.items()}


def _keys(document: str, statement: Statement, number: int) -> Iterable[tuple[str, str]]:
    cell = _CELL.fullmatch(statement.source)
    if document == GBCS:
        return [(cell[1], cell[3])] if cell else []
    if document in SCHEMAS:
        return [("", statement.source.removeprefix("line "))]
    listed = re.match(r"/(\d+)/", statement.source)
    return [("", listed[1] if listed else str(number))]


def _declared_around(lines: tuple[str, ...]) -> dict[int, frozenset[str]]:
    """By line, the lines at which a statement of what is declared there may stand: the element or type that it is in,
    and the elements that have that type."""
    root = etree.fromstring("".join(lines).encode())
    users: dict[str, set[int]] = {}
    for node in root.iter(f"{_XS}element", f"{_XS}attribute", f"{_XS}restriction", f"{_XS}extension"):
        name = (node.get("type") or node.get("base") or "").rpartition(":")[2]
        users.setdefault(name, set()).update(_owners(node))
    found: dict[int, frozenset[str]] = {}
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        around = _owners(node)
        named = _named_type(node)
        if named is not None and node.tag not in (f"{_XS}element", f"{_XS}attribute"):
            around |= users.get(named, set())
        for line in range(node.sourceline or 0, _last_line(node, lines) + 1):
            found[line] = frozenset(map(str, around | {line}))
    return found


def _beside(lines: tuple[str, ...], at: int) -> str:
    """What stands beside a line in the same restriction of a type."""
    start = next((n for n in range(at, -1, -1) if "<xs:restriction" in lines[n]), at)
    end = next((n for n in range(at, len(lines)) if "</xs:restriction" in lines[n]), at)
    return "".join(lines[start:at] + lines[at + 1 : end])


def _last_line(node: etree._Element, lines: tuple[str, ...]) -> int:
    """The line on which the start tag of a node ends."""
    line = node.sourceline or 1
    while ">" not in lines[line - 1] and line < len(lines):
        line += 1
    return line


def _owners(node: etree._Element) -> set[int]:
    """The lines of a node and of what it is declared in, up to the element or named type."""
    found: set[int] = set()
    at: etree._Element | None = node
    while at is not None:
        found.add(at.sourceline or 0)
        if at.get("name"):
            break
        at = at.getparent()
    return found


def _named_type(node: etree._Element) -> str | None:
    at: etree._Element | None = node
    while at is not None:
        if at.get("name"):
            return at.get("name") if at.tag in (f"{_XS}simpleType", f"{_XS}complexType") else None
        at = at.getparent()
    return None


def parts_of(extracts: Iterable[Extract], names: Mapping[str, str]) -> dict[str, Specification]:
    """The specification of each document, by the paths of the extracts that ship."""
    by_path = {extract.path: extract.specification for extract in extracts}
    return {name: by_path[path] for name, path in names.items()}
