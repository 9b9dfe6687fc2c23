"""Where the values of a link stand: in a service request, in a GBCS command or response.

A COSEM value is found by class, OBIS code and member of its row in the use case table and, inside an array, by the
order of the rows; a field of a gas message by the rows of the byte layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from crosswalk_messages import Component, Compound, Data, Leaf, Message

from gbcscheck.facts.crosswalk import LinkEnd
from gbcscheck.facts.extract_file import ExtractRow

READ_ATTRIBUTES_RESPONSE = 0x01
ZCL_OCTETS = {0x18: 1, 0x20: 1, 0x21: 2, 0x23: 4, 0x30: 1}
"""Octets of the ZCL data types in use here; the others are strings that begin with their length."""


class Different(Exception):
    """A value of the request is not where, or not what, the link says."""


# --- tables ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Table:
    """What was read in a use case table or a schema: subjects in their order, each with its statements by attribute."""

    rows: Mapping[str, Mapping[str, ExtractRow]]

    @classmethod
    def of(cls, rows: Iterable[ExtractRow]) -> Table:
        subjects: dict[str, dict[str, ExtractRow]] = {}
        for row in rows:
            subjects.setdefault(row.subject, {}).setdefault(row.attribute, row)
        return cls(subjects)

    def value(self, subject: str, attribute: str) -> str:
        """What a subject's statement says, as text; empty if there is none."""
        row = self.rows.get(subject, {}).get(attribute)
        return "" if row is None or row.value is None else str(row.value)

    def object_of(self, subject: str) -> tuple[int, str, str]:
        """Class, OBIS code and member of a row."""
        return int(self.value(subject, "class")), self.value(subject, "object"), self.value(subject, "member")

    def fields(self, subject: str) -> list[str]:
        """The rows of the same use case, object and member as this one, itself among them, in their order."""
        use_case = subject.partition("/")[0] + "/"
        wanted = self.object_of(subject)
        return [
            other
            for other, attributes in self.rows.items()
            if other.startswith(use_case)
            and {"class", "object", "member"} <= attributes.keys()
            and self.object_of(other) == wanted
        ]


# --- the request -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a request: its path without namespaces, its text, and the fields beside and above it."""

    path: str
    text: str | None
    beside: Mapping[str, str]


def read_request(path: Path) -> list[Element]:
    """The elements of a service request, in order; the text of those that hold others is None."""
    return list(_elements(ElementTree.parse(path).getroot(), "", {}))


def _elements(node: ElementTree.Element, above: str, beside: Mapping[str, str]) -> Iterable[Element]:
    path = f"{above}/{_local(node)}"
    yield Element(path, None if len(node) else (node.text or "").strip(), beside)
    own = {_local(child): (child.text or "").strip() for child in node if not len(child)}
    for child in node:
        yield from _elements(child, path, {**beside, **own})


def _local(node: ElementTree.Element) -> str:
    return node.tag.rpartition("}")[2]


def find_request(elements: list[Element], end: LinkEnd) -> Element | None:
    """The element of a request end, or None if the request does without it."""
    found = [element for element in elements if element.path == end.subject and _selected(end, element.beside)]
    if len(found) > 1:
        raise Different(f"{end.subject} stands {len(found)} times in the request")
    return found[0] if found else None


def _selected(end: LinkEnd, beside: Mapping[str, str]) -> bool:
    name, equals, value = end.where.partition(" = ")
    return not equals or beside.get(name) == value


# --- the command -----------------------------------------------------------------------------------------------------


def octets_of_obis(code: str) -> bytes:
    """``0-0:12.0.0.255`` as its six octets."""
    return bytes(int(group) for group in re.split(r"[-:.]", code))


def find_access(message: Message, table: Table, subject: str) -> Data | None:
    """The data of the access to a row's object, or None if the message has none."""
    class_id, name, member = table.object_of(subject)
    found = [
        access.data
        for access in message.accesses
        if (access.class_id, access.name, access.member) == (class_id, octets_of_obis(name), member)
    ]
    if len(found) > 1:
        raise Different(f"{subject}: {len(found)} accesses to its object")
    return found[0] if found else None


def find_values(data: Data, table: Table, end: LinkEnd) -> list[Leaf]:
    """The values of a row within its attribute: of every entry of an array, or of those chosen by their number or by
    a field of theirs (``script_selector = 1``)."""
    element = end.subject.partition("/")[2].partition(".")[2].partition(" #")[0]
    indexed = re.fullmatch(r"\w+\[(\*|\d+)\](?:\.\w+)?", element)
    if indexed is None:
        return [_simple(data, end)]
    if not isinstance(data, Compound) or data.kind != "array":
        raise Different(f"{end.subject}: an array was expected")
    if indexed[1] != "*":
        return [_simple(data.members[int(indexed[1]) - 1], end)]
    names = [field.rpartition(".")[2] for field in table.fields(end.subject)]
    entries = [dict(zip(names, _members(entry, len(names), end), strict=True)) for entry in data.members]
    name, chosen_by, value = end.where.partition(" = ")
    return [
        _simple(entry[end.subject.rpartition(".")[2]], end)
        for entry in entries
        if not chosen_by or entry[name] == Leaf("number", int(value))
    ]


def find_value(data: Data, table: Table, end: LinkEnd) -> Leaf:
    """The one value of a row within its attribute."""
    found = find_values(data, table, end)
    if len(found) != 1:
        raise Different(f"{end.subject}: {len(found)} values, one was expected {end.where}".rstrip())
    return found[0]


def _members(entry: Data, count: int, end: LinkEnd) -> tuple[Data, ...]:
    if isinstance(entry, Compound) and len(entry.members) == count:
        return entry.members
    raise Different(f"{end.subject}: a structure of {count} fields was expected")


def _simple(data: Data, end: LinkEnd) -> Leaf:
    if isinstance(data, Leaf):
        return data
    raise Different(f"{end.subject}: a simple value was expected")


def find_field(message: Message, table: Table, subject: str) -> tuple[Leaf, list[Leaf]]:
    """A field of a gas message by its row of the byte layout, and all fields of the message's payloads.

    The fields follow one another in the component; numbers are little-endian.
    """
    use_case, direction, name, element = subject.split("/")
    above = f"{use_case}/{direction}/"
    names = [row for row in table.rows if row.startswith(above) and row.count("/") == 3]
    components = list(dict.fromkeys(row.split("/")[2] for row in names))
    if len(components) != len(message.components):
        raise Different(f"{subject}: {len(message.components)} components, the table has {len(components)}")
    fields: dict[str, Leaf] = {}
    for title, component in zip(components, message.components, strict=True):
        rows = [row for row in names if row.split("/")[2] == title]
        fields.update(_fields(table, rows, component))
    return fields[f"{above}{name}/{element}"], list(fields.values())


def _fields(table: Table, rows: list[str], component: Component) -> dict[str, Leaf]:
    identifier = next(index for index, row in enumerate(rows) if row.endswith("/Command identifier"))
    fields, at = {}, 0
    for row in rows[identifier + 1 :]:
        octets = table.rows[row]["octets"].domain
        if octets is None or not octets.isdigit():
            raise Different(f"{row}: a fixed number of octets was expected")
        field = component.payload[at : at + int(octets)]
        fields[row] = Leaf("number", int.from_bytes(field, "little"))
        at += int(octets)
    if at != len(component.payload):
        raise Different(f"{rows[0]}: {len(component.payload)} octets of payload, the rows have {at}")
    return fields


def find_attribute(message: Message, identifier: int) -> Leaf:
    """An attribute in the ZCL responses to Read Attributes: identifier, status, and if that is 0 type and value."""
    for component in message.components:
        at = 0
        while component.command == READ_ATTRIBUTES_RESPONSE and at < len(component.payload):
            found, status, kind = (
                int.from_bytes(component.payload[at : at + 2], "little"),
                *component.payload[at + 2 : at + 4],
            )
            if status != 0:
                at += 3
                continue
            start = at + 4
            length = ZCL_OCTETS[kind] if kind in ZCL_OCTETS else component.payload[start] + 1
            if found == identifier:
                return Leaf("number", int.from_bytes(component.payload[start : start + length], "little"))
            at = start + length
    raise Different(f"no attribute 0x{identifier:04X}")
