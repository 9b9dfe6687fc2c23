"""Converted responses (MMC) made from the responses of the Reference Test Data Set: every value that the crosswalk
brings from a row of a response to an element is written there, in the order and number that the schema states.

Nobody has published such documents: they are synthetic, and made by the crosswalk and the conversions of sets, not by
what judges them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from lxml import etree
from xml_documents import MMC, context_for, judged_message

from gbcscheck.cosem.envelope import read_envelope
from gbcscheck.device.documents.schema import SchemaNode, find_schema
from gbcscheck.device.gas.layouts import layouts
from gbcscheck.device.pairs.values import Found, Values
from gbcscheck.device.pairs.verdicts import part_of
from gbcscheck.domains import Domain
from gbcscheck.domains.base import NotExact
from gbcscheck.domains.literals import literals_of
from gbcscheck.evidence.conversion import EMPTY, at_end
from gbcscheck.evidence.reading import set_of
from gbcscheck.facts.crosswalk import Link, LinkEnd
from gbcscheck.notation.canonical import parse_domain

ROOT = "/GBCSResponse"
DATA = f"{ROOT}/Body/ResponseMessage/SMETSData/"

Step = tuple[str, int]
"""An element below another, and which of those of its name."""


@cache
def _schema() -> SchemaNode:
    found = find_schema(context_for().catalogue, "MMC", "", ROOT)
    assert found is not None
    return found.root


class Made:
    """A document, the number of values that were written, where each stands in the response with the subject of its
    row, and those rows that could not be written."""

    def __init__(self, name: str, content: bytes) -> None:
        message = judged_message(name, content)
        use_case = context_for().use_cases.named(message.use_case)
        rows = layouts(use_case.catalogue).rows(use_case.name, "response") if use_case is not None else {}
        self._values = Values(message.entries, rows)
        self._leaves: dict[tuple[Step, ...], str] = {}
        self.unwritten: list[str] = []
        self.sources: list[tuple[str, str]] = []
        self._variant = ""
        for link in context_for().catalogue.crosswalk.links:
            rows = [end for end in link.ends if end.role == "response" and _is_of(end, message.use_case)]
            readings = [end for end in link.ends if end.role == "reading"]
            if rows and readings:
                self._write(link, rows, readings)
        self.count = len(self._leaves)
        self.root = self._document(content) if self._leaves else None

    @property
    def text(self) -> str:
        assert self.root is not None
        return etree.tostring(self.root, encoding="unicode")

    def _write(self, link: Link, rows: list[LinkEnd], readings: list[LinkEnd]) -> None:
        found = [(row, one) for row in rows for one in self._values.find(row.subject, row.where)]
        found.sort(key=lambda one: one[1].place)
        if found and not self._variant:
            self._variant = link.read_service_request
        if not link.members:
            found = found[:1]
        for number, (row, one) in enumerate(found):
            written = next(_written(row, one, readings), None)
            if written is None or not _is_possible(link, row):
                self.unwritten.append(f"{row.subject}: {one.value}")
                continue
            end, text = written
            index = self._values.key_of(one, row.key) if link.members == "by key" else number + 1
            is_new = self._put(end, text, (index or 1) if link.members else 1)
            if is_new and not row.part and end.conversion != "unstated":
                self.sources.append((row.subject, one.entry.source))

    def _put(self, end: LinkEnd, text: str, number: int) -> bool:
        """Write a value at the path of an end, in the element of its number and beside what its ``where`` asks for;
        False where one stands there."""
        name, equals, wanted = end.where.partition(" = ")
        steps = end.subject.removeprefix("/").split("/")
        repeated = _repeated(steps)
        if equals and repeated is not None:
            number = int(wanted)
        path = tuple((step, number if place == repeated else 1) for place, step in enumerate(steps))
        if path in self._leaves:
            return False
        self._leaves[path] = text
        holder, _, label = name.rpartition("/")
        names = [label] if equals else [term.partition(":")[0] for term in end.key]
        for one in names:
            value = wanted if equals else str(number)
            if one.startswith("@"):
                at = steps.index(holder) + 1 if holder else next(_with_attribute(steps, one), len(steps))
                self._leaves.setdefault((*path[:at], (one, 1)), value)
            elif repeated is not None:
                self._leaves.setdefault((*path[: repeated + 1], (one, 1)), value)
        return True

    def _document(self, content: bytes) -> etree._Element:
        envelope = read_envelope(bytes.fromhex(content.decode().strip()))
        header = {
            "BusinessOriginatorID": envelope.originator.octets.hex("-").upper(),
            "BusinessTargetID": envelope.recipient.octets.hex("-").upper(),
            "OriginatorCounter": str(envelope.counter),
            "GBCSHexadecimalMessageCode": f"{envelope.message_code:04X}",
            "ServiceReferenceVariant": self._variant,
        }
        for name, text in header.items():
            self._leaves[(("GBCSResponse", 1), ("Header", 1), (name, 1))] = text
        root = etree.Element(f"{{{MMC}}}GBCSResponse", {"schemaVersion": "5.4"}, nsmap={"ra": MMC})
        root.append(etree.Comment(" synthetic: made from a response "))
        _grow(root, _schema(), {path[1:]: text for path, text in self._leaves.items()})
        return root


def _grow(parent: etree._Element, node: SchemaNode, leaves: dict[tuple[Step, ...], str]) -> None:
    """Put elements below one in the order of the schema."""
    order = list(node.children)
    below: dict[Step, dict[tuple[Step, ...], str]] = {}
    for path, text in leaves.items():
        if path:
            below.setdefault(path[0], {})[path[1:]] = text
    for step in sorted(below, key=lambda one: (_place(order, one[0]), one[1])):
        name = step[0]
        if name.startswith("@"):
            parent.set(name[1:], below[step][()])
            continue
        child = etree.SubElement(parent, f"{{{MMC}}}{name.partition(' ')[0]}")
        child.text = below[step].get(()) or None
        _grow(child, node.children.get(name, node), below[step])


def _place(order: list[str], name: str) -> int:
    return order.index(name) if name in order else -1


def _is_of(end: LinkEnd, use_case: str) -> bool:
    return end.subject.startswith(f"{use_case}/")


def _is_possible(link: Link, row: LinkEnd) -> bool:
    return link.members != "by key" or len(row.key) == 1


def _repeated(steps: list[str]) -> int | None:
    """Which element of a path is the last that may be there more than once."""
    node, found = _schema(), None
    for place, step in enumerate(steps[1:], 1):
        if step not in node.children:
            break
        node = node.children[step]
        if node.high != 1:
            found = place
    return found


def _with_attribute(steps: list[str], name: str) -> Iterator[int]:
    """How many steps lead to the elements of a path that have an attribute, the deepest first."""
    node, found = _schema(), []
    for place, step in enumerate(steps[1:], 2):
        if step not in node.children:
            break
        node = node.children[step]
        if name[1:] in node.attributes:
            found.append(place)
    return reversed(found)


def _written(row: LinkEnd, one: Found, readings: list[LinkEnd]) -> Iterator[tuple[LinkEnd, str]]:
    """The ends at which a value may be shown, each with what is written there."""
    try:
        value = part_of(one.value, row)
    except NotExact:
        return
    stated = set_of(value) if value is not None else None
    for end in readings:
        permitted = context_for().catalogue.first(end.subject, "permitted")
        images = at_end(end.conversion, stated) if stated is not None and not end.gather else None
        if permitted is None:  # an element without content, which says something by being there
            text = "" if images is not None and end.conversion.startswith(EMPTY) and images.contains("") else None
        else:
            text = _literal(images, parse_domain(permitted.domain or "any")) if images is not None else None
        if text is not None:
            yield end, text


def _literal(images: Domain, permitted: Domain) -> str | None:
    from gbcscheck.evidence.reading import read_as

    read = read_as(images, permitted)
    both = read.meet(permitted) if read is not None else None
    if both is None or both.is_empty() is not False:
        return None
    return next(literals_of(both.witness()), None)
