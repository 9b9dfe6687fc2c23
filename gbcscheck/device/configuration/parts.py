"""The parts of one data item: lists of entries, objects of fields and single values, each judged as what it is."""

from __future__ import annotations

from typing import Any

from gbcscheck.device.configuration.json import Repeated
from gbcscheck.device.configuration.leaf import LONGEST_REMEMBERED, MOST_REMEMBERED, SIMPLE, ValueJudge
from gbcscheck.device.configuration.names import Node
from gbcscheck.device.configuration.number_text import NotRead, in_unit
from gbcscheck.device.configuration.records import COMMENT, role_of, why_scaled
from gbcscheck.device.configuration.rules import NOT_OF_TYPE, TOO_MANY, TWICE, WRONG_SHAPE
from gbcscheck.device.model import Problem
from gbcscheck.domains.unit_words import UnknownUnit
from gbcscheck.inputs.json_places import escape_token
from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue

ANNOTATIONS = frozenset(
    ("value", "type", "permitted", "constant", "default", "unit", "settable", "shown", "set by", "read by", "note")
)
"""What a template says beside ``value``; a filled-in template is read with these left out, but for the unit."""

Part = tuple[Node | None, Node | None]
"""What a name means, and the only value in it, if there is but one."""


class PartJudge:
    """Judges what stands under the names of data items, by the values of ``values``."""

    def __init__(self, catalogue: Catalogue, values: ValueJudge) -> None:
        self.values = values
        self._catalogue = catalogue
        self._gatherer = values.gatherer
        self._record = values.record
        self._source = values.source
        self._fields: dict[tuple[int, str], Part] = {}
        self._counts: dict[tuple[int, int], Problem | None] = {}

    def repeated(self, items: Repeated, pointer: str) -> None:
        """Tell of the names that an object has twice."""
        for name in items.twice:
            self.given_twice(name, f"{name} stands twice in one object and names", f"{pointer}/{escape_token(name)}")

    def given_twice(self, subject: str, how: str, pointer: str) -> None:
        """Tell that an item is named twice; ``how`` is the beginning of the sentence."""
        problem = Problem(TWICE, f"{how} the same data item", suggestion="remove one of the two")
        self._gatherer.add(problem, subject=subject, written=subject, source=self._source(pointer))

    def part(self, node: Node, raw: Any, label: str, pointer: str) -> None:
        """Judge what stands under a name: a list of entries, an object of fields, or a value."""
        if isinstance(raw, dict):
            try:
                raw = self._without_annotations(node, raw, pointer)
            except (UnknownUnit, NotRead) as error:
                problem = Problem(NOT_OF_TYPE, f"{error}: there is no value to be judged")
                self.values.wrong(problem, node.path, raw, label, pointer)
                return
        if isinstance(raw, dict) and (node.children or node.members):
            self._object(node, raw, label, pointer)
        elif isinstance(raw, list) and (node.members or node.children) and not self._is_value(node, raw):
            self._list(node, raw, label, pointer)
        else:
            self._single(node, raw, label, pointer)

    def _is_value(self, node: Node, raw: list[Any]) -> bool:
        """Whether a list is the value of the only element of an item (bits, octets), not a list of entries."""
        return _list_below(node) is None and node.only() is not None and not any(isinstance(one, dict) for one in raw)

    def _without_annotations(self, node: Node, raw: dict[str, Any], pointer: str) -> Any:
        """The value that an object holds beside its unit and remarks, such as a template's; the object itself where it
        is none. Raises UnknownUnit, and NotRead for a number that something beside it scales."""
        if "value" not in raw or node.only() is None:
            return raw
        beside = {name: one for name, one in raw.items() if name != "value"}
        roles = {name: role_of(name) for name in beside}
        known = (name in ANNOTATIONS or role == "ignore" for name, role in roles.items())
        unit = next((one for name, one in beside.items() if roles[name] == "unit"), None)
        if any(node.find(name) is not None for name in beside):
            return raw
        if why := why_scaled(raw["value"], beside):
            raise NotRead(why)
        if not all(known) and unit is None:
            return raw
        for name, one in beside.items():
            here = f"{pointer}/{escape_token(name)}"
            if name in ANNOTATIONS or roles[name] in ("ignore", "unit"):
                self.values.told(name, one, here)
            else:
                self.values.unknown(f"{node.path}.{name}", one, here, within=node)
        return in_unit(raw["value"], unit)

    def _object(self, node: Node, raw: dict[str, Any], label: str, pointer: str) -> None:
        if self.values.shows:
            self._record.branch(label, self._source(pointer), subject=node.path)
        self._record.depth += 1
        if isinstance(raw, Repeated):
            self.repeated(raw, pointer)
        given: dict[int, str] = {}
        for name, value in raw.items():
            child, leaf = self._field(node, name)
            if leaf is not None and type(value) in SIMPLE and given.setdefault(id(child), name) == name:
                self.values.leaf(leaf, value, name, pointer)
                continue
            here = f"{pointer}/{escape_token(name)}"
            if child is not None:
                if given.setdefault(id(child), name) != name:
                    self.given_twice(child.path, f"{given[id(child)]} and {name} name", here)
                self.part(child, value, name, here)
            elif name.startswith(COMMENT) or (node.item and name in ANNOTATIONS):
                self.values.told(name, value, here)
            else:
                self.values.unknown(f"{node.path}.{name}", value, here, within=node)
        self._record.depth -= 1

    def field(self, node: Node, name: str) -> tuple[Node | None, str]:
        """The part that a name means below a part, and its path."""
        child, _ = self._field(node, name)
        return child, child.path if child is not None else ""

    def _field(self, node: Node, name: str) -> Part:
        """The part that a name means below a part; the names of one file are few."""
        key = (id(node), name)
        found = self._fields.get(key)
        if found is None:
            child = None if name.startswith(COMMENT) else _child(node, name)
            found = child, child.only() if child is not None else None
            if len(self._fields) >= MOST_REMEMBERED:
                self._fields.clear()
            if len(name) <= LONGEST_REMEMBERED:
                self._fields[key] = found
        return found

    def _list(self, node: Node, raw: list[Any], label: str, pointer: str) -> None:
        listed = _list_below(node) or node
        if self.values.shows:
            self._record.branch(label, self._source(pointer), subject=listed.path)
        if listed.is_free_list:
            self._count(listed, len(raw), pointer)
        self._record.depth += 1
        for position, value in enumerate(raw):
            here = f"{pointer}/{position}"
            member = listed.member(position)
            if member is not None:
                self.part(member, value, str(position + 1), here)
            elif value is not None:
                self.values.unknown(f"{listed.path}[{position + 1}]", value, here, within=node)
        self._record.depth -= 1

    def _count(self, node: Node, count: int, pointer: str) -> None:
        key = (id(node), count)
        if key not in self._counts:
            if len(self._counts) >= MOST_REMEMBERED:
                self._counts.clear()
            self._counts[key] = self._wrong_count(node, count)
        problem = self._counts[key]
        if problem is not None:
            source = self._source(pointer)
            self._gatherer.add(problem, subject=node.path, written=problem.witness, source=source)

    def _wrong_count(self, node: Node, count: int) -> Problem | None:
        """Hold the number of entries of a list against what the use cases that carry it state."""
        catalogue = self._catalogue
        leaf = next(node.leaves(), None)
        rows = catalogue.items[leaf.item].rows if leaf is not None else ()
        outside: list[Statement] = []
        stated = 0
        for row in rows:
            for statement in catalogue.about(f"{row.use_case}/{node.path}", "occurs"):
                domain = catalogue.domain(statement)
                if domain is not None:
                    stated += 1
                    if not domain.contains(count):
                        outside.append(statement)
        if not outside:
            return None
        entries = "1 entry" if count == 1 else f"{count:,} entries"
        return Problem(
            TOO_MANY,
            f"a list of {entries} was found; {outside[0].specification} has {_described(catalogue, outside[0])}",
            tuple(outside),
            severity="error" if len(outside) == stated else "warning",
            witness=entries,
        )

    def _single(self, node: Node, raw: Any, label: str, pointer: str) -> None:
        only = node.only()
        if only is not None:
            self.values.leaf(only, raw, label, "", pointer)
            return
        if raw is None:
            self.values.told(label, None, pointer)
            return
        if isinstance(raw, str) and (bounds := _period(self._catalogue, node, raw)):
            for leaf, text in bounds:
                self.values.leaf(leaf, text, label, "", pointer)
            return
        fields = [leaf.path[len(node.path) + 1 :] for leaf in node.leaves()]
        shown = ", ".join(fields[:6]) + (f" and {len(fields) - 6} more" if len(fields) > 6 else "")
        problem = Problem(WRONG_SHAPE, f"one value was found for an item with several elements ({shown})")
        self.values.wrong(problem, node.path, raw, label, pointer)


def _child(node: Node, name: str) -> Node | None:
    """The field of an object; the object stands for the only entry where the part is a list of entries."""
    found = node.find(name)
    if found is None and node.members:
        member = node.member(0)
        found = member.find(name) if member is not None else None
    if found is None and node.item and name == "value":
        return node
    return found


def _list_below(node: Node) -> Node | None:
    """The list that a list at an item means: the item's own, or that of its only field."""
    if node.members:
        return node
    if len(node.children) == 1 and not node.item:
        return _list_below(next(iter(node.children.values())))
    return None


def _period(catalogue: Catalogue, node: Node, raw: str) -> list[tuple[Node, str]]:
    """The two values of a period of the day (``16:00-20:00``), where a service request sets exactly such a pair: its
    elements StartTime and EndTime, each linked to one part of the item."""
    from gbcscheck.notation.errors import NotationError
    from gbcscheck.notation.setting import PERIOD, Setting
    from gbcscheck.notation.table_value import read_setting

    bounds = {}
    for link in catalogue.crosswalk.links:
        if link.item.startswith(f"{node.path}."):
            leaf = node.find(link.item[len(node.path) + 1 :])
            for end in link.ends_of("request"):
                if leaf is not None:
                    bounds[end.subject.rpartition("/")[2]] = leaf
    if not {"StartTime", "EndTime"} <= bounds.keys():
        return []
    try:
        setting = read_setting(raw)
    except NotationError:
        return []
    if not isinstance(setting, Setting) or setting.reading != PERIOD:
        return []
    from gbcscheck.domains import Record

    assert isinstance(setting.domain, Record)
    written = {name: str(part) for name, part in setting.domain.fields}
    return [(bounds["StartTime"], written["start"]), (bounds["EndTime"], written["end"])]


def _described(catalogue: Catalogue, statement: Statement) -> str:
    domain = catalogue.domain(statement)
    return domain.describe() if domain is not None else statement.written
