"""One configuration: its names matched to data items, its values read and held against every specification."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from gbcscheck.device.calendars import CALENDAR
from gbcscheck.device.configuration.calendars import calendar_faults
from gbcscheck.device.configuration.gather import Gatherer
from gbcscheck.device.configuration.json import Repeated
from gbcscheck.device.configuration.leaf import LONGEST_REMEMBERED, MOST_REMEMBERED, SIMPLE, ValueJudge, known
from gbcscheck.device.configuration.names import Node
from gbcscheck.device.configuration.rules import OTHER_DEVICE, TOO_MANY, TWICE, WRONG_SHAPE
from gbcscheck.device.device_types import names_another
from gbcscheck.device.model import Problem
from gbcscheck.evidence.house_rules import HouseRule
from gbcscheck.inputs.json_places import escape_token
from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue

ANNOTATIONS = frozenset(
    ("value", "type", "permitted", "constant", "default", "unit", "settable", "shown", "set by", "read by", "note")
)
"""What a template says beside ``value``; a filled-in template is read with these left out."""
COMMENT = "//"
"""A name that begins so is a comment, whatever stands behind it."""
MOST_NAMES = 500
"""Names of a configuration whose meaning is remembered as a whole."""
MOST_PLANS = 1_000
"""Different sets of names that are remembered."""
_NUMBERED = re.compile(r"\[[0-9]+\]")


_Part = tuple[Node | None, Node | None]
"""What a name means, and the only value in it, if there is but one."""


class _Plan(NamedTuple):
    """What the names of a configuration mean: each with its part and the part's only value; names of one item."""

    parts: tuple[_Part, ...]
    twice: tuple[tuple[str, str], ...]


class ConfigurationJudge:
    """Judges the configurations of one file. ``source`` turns a JSON pointer into a place; ``device_type`` is the type
    of the device (``ESME``), empty where nobody named it; ``house`` are house rules."""

    def __init__(
        self,
        catalogue: Catalogue,
        gatherer: Gatherer,
        source: Callable[[str], str],
        device_type: str = "",
        house: Iterable[HouseRule] = (),
    ) -> None:
        self.values = ValueJudge(catalogue, gatherer, source, house)
        self._catalogue = catalogue
        self._names = known(catalogue).names
        self._gatherer = gatherer
        self._record = gatherer.record
        self._source = source
        self._device_type = device_type
        self._of_another: dict[str, Problem | None] = {}
        self._plans: dict[tuple[str, ...], _Plan] = {}
        self._fields: dict[tuple[int, str], _Part] = {}
        self._counts: dict[tuple[int, int], Problem | None] = {}

    # --- a whole configuration ---------------------------------------------------------------------------------------

    def items(self, items: dict[str, Any], pointer: str) -> None:
        """Judge an object of data item names and values."""
        names = tuple(items)
        plan = self._plans.get(names)
        if plan is None:
            plan = self._plan(names)
            if len(names) <= MOST_NAMES:
                self._plans[names] = plan
        if type(items) is Repeated:
            self._repeated(items, pointer)
        for name, first in plan.twice:
            self.given_twice(name, f"{first} and {name} name", f"{pointer}/{escape_token(name)}")
        for (name, raw), (node, leaf) in zip(items.items(), plan.parts, strict=True):
            if self._device_type and node is not None:
                self.of_another_device(name, node, pointer)
            if leaf is not None and type(raw) in SIMPLE:
                self.values.leaf(leaf, raw, name, pointer)
            elif node is not None:
                self._part(node, raw, name, f"{pointer}/{escape_token(name)}")
            elif name.startswith(COMMENT):
                self.values.told(name, raw, f"{pointer}/{escape_token(name)}")
            else:
                self.values.unknown(name, raw, f"{pointer}/{escape_token(name)}")
        objects = [
            (node, raw, f"{pointer}/{escape_token(name)}")
            for (name, raw), (node, _) in zip(items.items(), plan.parts, strict=True)
            if node is not None and isinstance(raw, dict)
        ]
        for fault in calendar_faults(objects, self._part_and_path) if objects else ():
            spot = fault.mention.place
            problem = Problem(CALENDAR, fault.message, severity=fault.severity, suggestion=fault.suggestion)
            self._gatherer.add(problem, subject=spot.subject, written=spot.written, source=self._source(spot.pointer))

    def _part_and_path(self, node: Node, name: str) -> tuple[Node | None, str]:
        child, _ = self._field(node, name)
        return child, child.path if child is not None else ""

    def _plan(self, names: tuple[str, ...]) -> _Plan:
        """What some names mean: configurations of one file mostly have the same ones."""
        if len(self._plans) >= MOST_PLANS:
            self._plans.clear()
        parts, twice = [], []
        first: dict[tuple[int, str], str] = {}
        for name in names:
            node = None if name.startswith(COMMENT) else self._names.find(name)
            leaf = node.only() if node is not None else None
            parts.append((node, leaf))
            if node is not None:
                key = _identity(name, node, leaf)
                if first.setdefault(key, name) != name:
                    twice.append((name, first[key]))
        return _Plan(tuple(parts), tuple(twice))

    def identity(self, name: str) -> tuple[int, str] | None:
        """What two names have in common that mean the same part of an item; None for a name that is not known."""
        node = self._names.find(name)
        return None if node is None else _identity(name, node, node.only())

    def _repeated(self, items: Repeated, pointer: str) -> None:
        for name in items.twice:
            self.given_twice(name, f"{name} stands twice in one object and names", f"{pointer}/{escape_token(name)}")

    def given_twice(self, subject: str, how: str, pointer: str) -> None:
        """Tell that an item is named twice; ``how`` is the beginning of the sentence."""
        problem = Problem(TWICE, f"{how} the same data item", suggestion="remove one of the two")
        self._gatherer.add(problem, subject=subject, written=subject, source=self._source(pointer))

    def of_another_device(self, name: str, node: Node, pointer: str) -> None:
        """Tell where every use case that carries an item is for another device than this one."""
        if node.path not in self._of_another:
            self._of_another[node.path] = self._other_device(node)
        problem = self._of_another[node.path]
        if problem is not None:
            source = self._source(f"{pointer}/{escape_token(name)}")
            self._gatherer.add(problem, subject=node.path, written=name, source=source)

    def _other_device(self, node: Node) -> Problem | None:
        rows = [row for leaf in node.leaves() for row in self._catalogue.items[leaf.item].rows]
        found = [self._catalogue.first(use_case, "target") for use_case in dict.fromkeys(row.use_case for row in rows)]
        stated = [target for target in found if target is not None]
        if not stated or not all(names_another(str(target.value), self._device_type) for target in stated):
            return None
        named = ", ".join(dict.fromkeys(str(target.value) for target in stated))
        message = f"{node.path} is an item of {named}, and this is the configuration of {self._device_type}"
        return Problem(OTHER_DEVICE, message, tuple(stated[:2]))

    # --- parts -------------------------------------------------------------------------------------------------------

    def _part(self, node: Node, raw: Any, label: str, pointer: str) -> None:
        """Judge what stands under a name: a list of entries, an object of fields, or a value."""
        if isinstance(raw, dict):
            raw = self._without_annotations(node, raw, pointer)
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
        """The value that a template's object holds beside its remarks; the object itself where it is none."""
        if "value" not in raw or not all(name in ANNOTATIONS or name.startswith(COMMENT) for name in raw):
            return raw
        if node.only() is None or any(node.find(name) is not None for name in raw if name != "value"):
            return raw
        for name, annotation in raw.items():
            if name != "value":
                self.values.told(name, annotation, f"{pointer}/{escape_token(name)}")
        return raw["value"]

    def _object(self, node: Node, raw: dict[str, Any], label: str, pointer: str) -> None:
        if self.values.shows:
            self._record.branch(label, self._source(pointer), subject=node.path)
        self._record.depth += 1
        if isinstance(raw, Repeated):
            self._repeated(raw, pointer)
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
                self._part(child, value, name, here)
            elif name.startswith(COMMENT) or (node.item and name in ANNOTATIONS):
                self.values.told(name, value, here)
            else:
                self.values.unknown(f"{node.path}.{name}", value, here, within=node)
        self._record.depth -= 1

    def _field(self, node: Node, name: str) -> _Part:
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
                self._part(member, value, str(position + 1), here)
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


def _identity(name: str, node: Node, leaf: Node | None) -> tuple[int, str]:
    """Which part a name means, and which entries of its lists."""
    return id(leaf or node), "".join(_NUMBERED.findall(name)) if leaf else ""


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
