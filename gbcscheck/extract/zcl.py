"""Clusters of the ZigBee Cluster Library and of Smart Energy, as the XML of project-chip/zap defines them.

A cluster is the subject ``cluster 0x0705``; below it stand its commands, by the side that sends them and their
identifier (``cluster 0x0705/client 0x05``), with the fields of their payload in order, and its attributes
(``cluster 0x0705/server attribute 0x0000``). Commands that every cluster has stand below ``every cluster``. What is
stated of a field is ``type``, ``octets`` where every value takes as many, ``value-type`` (an enumeration, a bitmap or a
structure that has a name), ``occurs`` of an array and ``presence``; of an attribute ``name``, ``type``, ``value-type``
and, where its ends or its length leave less than its type, ``permitted``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.transcript import Transcript, as_name, one_line
from gbcscheck.facts.extract_file import Reading
from gbcscheck.frozen import frozen
from gbcscheck.inputs.xml_safe import load_xml
from gbcscheck.model import UNSTATED, Specification

if TYPE_CHECKING:
    from lxml.etree import _Element

    from gbcscheck.domains import Domain
    from gbcscheck.notation.zigbee_types import AtomicType

PART = "clusters"
SPECIFICATIONS = {"se": "Smart Energy", "zcl": "ZigBee Cluster Library"}
"""What a document is called by the first word of its name in a domain (``se-1.4-17-05019-001``)."""
EVERY_CLUSTER = "every cluster"

_DOCUMENT = re.compile(r"([a-z&;]+)-?([0-9]+(?:\.[0-9]+)*[a-z]?)-([0-9].*)")
_SIDES = {"client": ("client",), "server": ("server",), "either": ("client", "server")}
_NAMED = ("enum", "bitmap", "struct")
_PARTS = {
    "configurator": frozenset(("domain", "cluster", "global", *_NAMED)),
    "cluster": frozenset(
        ("name", "domain", "description", "code", "define", "client", "server", "command", "attribute")
    ),
    "global": frozenset(("command", "attribute")),
    "command": frozenset(("description", "arg")),
}
"""The elements that are read, or say nothing of a message, by the element that they stand in."""
_EXPECTED = 'definitions of clusters were expected: <configurator> with <cluster> or <global>, as of "zap"'


def read_zcl(path: Path, *, types: Path | None = None, version: str | None = None, shown: str | None = None) -> Reading:
    """The clusters that a file defines; specification and version are those of its first domain that names a document,
    the version unless it is given. ``types`` is another file whose named data types it uses.

    What cannot be read is listed with its line. Elements that are not taken are counted, a line for each kind. Raises
    UnreadableSource for what is no XML or defines no cluster.
    """
    where = shown or str(path)
    document = load_xml(path, shown=where)
    root = document.root
    if root.tag != "configurator" or not any(True for _ in root.iter("cluster", "global")):
        detail = f"  found     <{root.tag}>" + (" without a cluster" if root.tag == "configurator" else "")
        raise UnreadableSource(_EXPECTED, where=f"{where}:{document.lines[0]}", detail=detail)
    transcript = Transcript()
    others = _named_types(load_xml(types).root) if types is not None else {}
    reader = _Reader(transcript, document.line_by_element(), {**others, **_named_types(root)})
    for everywhere in root.iter("global"):
        reader.members(everywhere, EVERY_CLUSTER, "every cluster")
    for cluster in root.iter("cluster"):
        reader.cluster(cluster)
    reader.leave_out_others(root)
    name, stated = _document_of(root)
    specification = Specification(name, version or stated, PART)
    return transcript.reading(specification, path, where, recognised="its element <configurator>")


def _document_of(root: _Element) -> tuple[str, str]:
    """Name and version of the document that the first domain names."""
    for domain in root.iter("domain"):
        found = _DOCUMENT.fullmatch(domain.get("spec", ""))
        if found:
            return SPECIFICATIONS.get(found[1], domain.get("name", found[1])), found[2]
    return "ZigBee clusters", UNSTATED


def _named_types(root: _Element) -> Mapping[str, _Element]:
    """Enumerations, bitmaps and structures by their names in capitals."""
    return {one.get("name", "").upper(): one for one in root.iter(*_NAMED)}


@frozen
class _Type:
    """What a field is of: an atomic type or a structure, and the name of its own that either has; neither where the
    name is of a type that is not known."""

    atomic: AtomicType | None = None
    struct: _Element | None = None
    name: str = ""

    @property
    def is_known(self) -> bool:
        return self.atomic is not None or self.struct is not None


class _Reader:
    """Reads the clusters of one document into a transcript."""

    def __init__(self, transcript: Transcript, lines: Mapping[_Element, int], named: Mapping[str, _Element]) -> None:
        self._transcript = transcript
        self._lines = lines
        self._named = named

    def cluster(self, cluster: _Element) -> None:
        """State the name of a cluster, its commands and its attributes."""
        code, name = cluster.findtext("code", ""), one_line(cluster.findtext("name", ""))
        number = _identifier(code, 4)
        if number is None or not name:
            self._unread("cluster", cluster, f"{name} {code}".strip(), "a name and a code such as 0x0705 were expected")
            return
        if self._is_of_maker("cluster", cluster):
            return
        self._transcript.count("cluster", "read")
        subject = f"cluster {number}"
        self._transcript.say(subject, "name", self._place(cluster), value=name, clause=f"{name} cluster")
        self.members(cluster, subject, f"{name} cluster")

    def members(self, parent: _Element, subject: str, clause: str) -> None:
        """The commands and attributes of a cluster, or of every one."""
        for command in parent.iterfind("command"):
            self._command(command, subject, clause)
        for attribute in parent.iterfind("attribute"):
            self._attribute(attribute, subject, clause)

    def _command(self, command: _Element, cluster: str, clause: str) -> None:
        number, name = _identifier(command.get("code", ""), 2), command.get("name", "")
        sides = _SIDES.get(command.get("source", ""))
        if number is None or sides is None or not name:
            written = " ".join(f'{key}="{command.get(key)}"' for key in ("source", "code", "name") if command.get(key))
            self._unread("command", command, written, "source (client, server or either), code and name were expected")
            return
        if self._is_of_maker("command", command):
            return
        self._transcript.count("command", "read")
        for side in sides:
            subject = self._transcript.subject(cluster, f"{side} {number}", self._place(command))
            self._transcript.say(subject, "name", self._place(command), value=name, clause=clause)
            self._transcript.say(subject, "sent-by", self._place(command), value=side, clause=clause)
            for at, field in enumerate(command.iterfind("arg"), 1):
                self._field(field, subject, clause, at, self._place(field), is_first=side == sides[0])

    def _field(self, field: _Element, parent: str, clause: str, number: int, place: str, *, is_first: bool) -> None:
        """A field of a payload, the first of which has the number 1; one of an unknown type keeps its place among them.
        The members of a structure stand at the place of the field. ``is_first``: it was not told of before."""
        name = field.get("name") or f"field {number}"
        if field.get("removedIn"):
            if is_first:
                self._transcript.leave_out("arg", place, name, f"removed in {field.get('removedIn')}")
            return
        found = self._type(field)
        if is_first and found.is_known:
            self._transcript.count(str(field.tag), "read")
        elif is_first:
            self._unread(str(field.tag), field, name, f"no data type is called {found.name}")
        subject = self._transcript.subject(parent, as_name(name), number)
        self._say_type(subject, found, place, clause)
        if field.get("array") == "true":
            self._transcript.say(subject, "occurs", place, domain=_any_number(), clause=clause)
        elif found.atomic is not None and found.atomic.octets is not None:
            self._transcript.say(subject, "octets", place, domain=_exactly(found.atomic.octets), clause=clause)
        if field.get("optional") == "true" or field.get("presentIf"):
            self._transcript.say(subject, "presence", place, value="optional", clause=clause)
        if found.struct is not None:
            for at, item in enumerate(found.struct.iterfind("item"), 1):
                self._field(item, subject, clause, at, place, is_first=False)

    def _attribute(self, attribute: _Element, cluster: str, clause: str) -> None:
        number, name = _identifier(attribute.get("code", ""), 4), _name_of(attribute)
        sides, found = _SIDES.get(attribute.get("side", "")), self._type(attribute)
        if number is None or sides is None or not found.is_known or not name:
            written = " ".join(
                f'{key}="{attribute.get(key)}"' for key in ("side", "code", "type") if attribute.get(key)
            )
            self._unread("attribute", attribute, written, "side, code, a data type and a name were expected")
            return
        if self._is_of_maker("attribute", attribute):
            return
        self._transcript.count("attribute", "read")
        place = self._place(attribute)
        permitted = self._permitted(attribute, found)
        for side in sides:
            subject = self._transcript.subject(cluster, f"{side} attribute {number}", place)
            self._transcript.say(subject, "name", place, value=name, clause=clause)
            self._say_type(subject, found, place, clause)
            if permitted is not None:
                self._transcript.say(subject, "permitted", place, domain=permitted, clause=clause)

    def _say_type(self, subject: str, found: _Type, place: str, clause: str) -> None:
        if found.atomic is not None:
            domain, text = found.atomic.domain, found.atomic.name
            self._transcript.say(subject, "type", place, domain=domain, text=text, clause=clause)
        if found.name:
            self._transcript.say(subject, "value-type", place, value=found.name, clause=clause)

    def _permitted(self, attribute: _Element, found: _Type) -> Domain | None:
        """The values from the least to the greatest that the attribute has, or its strings up to their length."""
        from gbcscheck.domains import integers, octets, texts

        low, high, length = (attribute.get(key, "") for key in ("min", "max", "length"))
        atomic = found.atomic
        if atomic is not None and atomic.is_string and re.fullmatch("[0-9]{1,5}", length):
            return texts(0, int(length)) if "CHAR" in atomic.name else octets(0, int(length))
        if not (low and high) or (atomic is not None and atomic.name == "BOOLEAN"):
            return None
        try:
            if atomic is None or not atomic.is_number:
                raise ValueError
            ends = atomic.number(low), atomic.number(high)
            if ends[0] > ends[1]:
                raise ValueError
            permitted = integers(*ends)
        except ValueError:
            kind = atomic.name if atomic is not None else found.name
            self._unread("attribute", attribute, f"{low} to {high}", f"no range of numbers of {kind}")
            return None
        return permitted if atomic is None or permitted != atomic.domain else None

    # --- types --------------------------------------------------------------------------------------------------------

    def _type(self, element: _Element) -> _Type:
        """The data type of a field or attribute; of a named one also what it is made of."""
        from gbcscheck.notation.zigbee_types import ATOMIC

        written = element.get("type", "")
        if written.upper() in ATOMIC:
            return _Type(ATOMIC[written.upper()])
        named = self._named.get(written.upper())
        if named is None:
            return _Type(name=written or "(none)")
        if named.tag == "struct":
            return _Type(struct=named if self._is_flat(named) else None, name=named.get("name", ""))
        return _Type(ATOMIC.get(named.get("type", "").upper()), name=named.get("name", ""))

    def _is_flat(self, struct: _Element) -> bool:
        """Whether no member of a structure is a structure, which could hold itself."""
        types = (self._named.get(item.get("type", "").upper()) for item in struct.iterfind("item"))
        return all(one is None or one.tag != "struct" for one in types)

    # --- what is not read ---------------------------------------------------------------------------------------------

    def _is_of_maker(self, what: str, element: _Element) -> bool:
        """Whether something is a maker's own, which is not taken."""
        maker = element.get("manufacturerCode")
        if maker is None:
            return False
        self._transcript.leave_out(what, self._place(element), _name_of(element), f"of manufacturer {maker} alone")
        return True

    def leave_out_others(self, root: _Element) -> None:
        """One line for each kind of element that is not read, and for the values of named types."""
        others: dict[str, list[_Element]] = {}
        for parent in root.iter(*_PARTS):
            for child in parent.iterchildren("*"):
                if child.tag not in _PARTS[parent.tag]:
                    others.setdefault(f"<{child.tag}> in <{parent.tag}>", []).append(child)
        for kind, within in (("enum", "item"), ("bitmap", "field")):
            values = [value for one in root.iter(kind) for value in one.iterfind(within)]
            if values:
                others[f"<{within}> in <{kind}>"] = values
        for words, elements in others.items():
            count = "1 element" if len(elements) == 1 else f"{len(elements):,} elements"
            self._transcript.leave_out("element", self._place(elements[0]), words, f"{count} not read")

    def _unread(self, column: str, element: _Element, text: str, reason: str) -> None:
        self._transcript.unread(column, self._place(element), text, reason)

    def _place(self, element: _Element) -> str:
        return f"line {self._lines[element]}"


def _name_of(element: _Element) -> str:
    """The name of a command or an attribute, wherever the file has it."""
    return one_line(element.get("name") or element.text or "") or one_line(element.findtext("description", ""))


def _identifier(written: str, digits: int) -> str | None:
    """An identifier as ``0x`` and so many digits; None where it is none."""
    if not re.fullmatch(r"0[xX][0-9A-Fa-f]+|[0-9]{1,5}", written.strip()):
        return None
    number = int(written, 0) if not written.strip().isdigit() else int(written)
    return f"0x{number:0{digits}X}" if number < 1 << 4 * digits else None


def _exactly(count: int) -> Domain:
    from gbcscheck.domains import integers

    return integers(count, count)


def _any_number() -> Domain:
    from gbcscheck.domains import integers

    return integers(0, None)
