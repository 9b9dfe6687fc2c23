"""One configuration: its names matched to data items, its values read and held against every specification."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from gbcscheck.device.calendars import CALENDAR
from gbcscheck.device.configuration.calendars import calendar_faults
from gbcscheck.device.configuration.finding import Finder
from gbcscheck.device.configuration.gather import Gatherer
from gbcscheck.device.configuration.json import Repeated
from gbcscheck.device.configuration.leaf import SIMPLE, ValueJudge
from gbcscheck.device.configuration.names import Node
from gbcscheck.device.configuration.objects import read_object_name
from gbcscheck.device.configuration.parts import PartJudge
from gbcscheck.device.configuration.records import (
    COMMENT,
    Attributes,
    Record,
    attributes_of,
    records_of,
    role_of,
    why_scaled,
)
from gbcscheck.device.configuration.rules import NOT_OF_TYPE, OTHER_DEVICE
from gbcscheck.device.device_types import names_another
from gbcscheck.device.model import Problem
from gbcscheck.evidence.house_rules import HouseRule
from gbcscheck.extract.table_beside import unchanged_by
from gbcscheck.extract.table_mapping import TableMapping
from gbcscheck.inputs.json_places import escape_token
from gbcscheck.release.catalogue import Catalogue

MOST_NAMES = 500
"""Names of a configuration whose meaning is remembered as a whole."""
MOST_PLANS = 1_000
"""Different sets of names that are remembered."""
LOGICAL_NAME = 1
"""The attribute by which every object says its own name."""
NOT_READ = "a member that is not read"
_NUMBERED = re.compile(r"\[[0-9]+\]")
_Identity = tuple[int, str]
"""Which part of an item a name means, and which entries of its lists."""


class _Meant(NamedTuple):
    """What a name means: a part of a data item, the only value in it if there is but one and the name says no unit, the
    unit that it says, and whether it is that of an object."""

    node: Node | None
    leaf: Node | None
    unit: str
    is_object: bool


class _Plan(NamedTuple):
    """What the names of a configuration mean; names of one item; and the first name of each item."""

    parts: tuple[_Meant, ...]
    twice: tuple[tuple[str, str], ...]
    first: Mapping[_Identity, str]


class ConfigurationJudge:
    """Judges the configurations of one file. ``source`` turns a JSON pointer into a place; ``device_type`` is the type
    of the device (``ESME``), empty where nobody named it; ``house`` are house rules, and ``mapping`` says what names
    of one's own mean."""

    def __init__(
        self,
        catalogue: Catalogue,
        gatherer: Gatherer,
        source: Callable[[str], str],
        device_type: str = "",
        house: Iterable[HouseRule] = (),
        mapping: TableMapping | None = None,
    ) -> None:
        self.finder = Finder(catalogue, mapping)
        self.values = ValueJudge(catalogue, gatherer, source, self.finder, house)
        self._parts = PartJudge(catalogue, self.values)
        self._catalogue = catalogue
        self._mapping = mapping
        self._gatherer = gatherer
        self._record = gatherer.record
        self._source = source
        self._device_type = device_type
        self._of_another: dict[str, Problem | None] = {}
        self._plans: dict[tuple[str, ...], _Plan] = {}

    # --- a whole configuration ---------------------------------------------------------------------------------------

    def items(self, items: Mapping[str, Any], pointer: str, groups: tuple[str, ...] = ()) -> None:
        """Judge an object of data item names and values, which stands in some groups."""
        plan = self._plan_of(tuple(items), groups)
        if not plan.first and (records := self.records_in([items])) is not None:
            self.records(records, pointer)
            return
        if type(items) is Repeated:
            self._parts.repeated(items, pointer)
        for name, first in plan.twice:
            self.given_twice(name, f"{first} and {name} name", f"{pointer}/{escape_token(name)}")
        for (name, raw), (node, leaf, unit, is_object) in zip(items.items(), plan.parts, strict=True):
            if self._device_type and node is not None:
                self.of_another_device(name, node, pointer)
            if leaf is not None and type(raw) in SIMPLE:
                self.values.leaf(leaf, raw, name, pointer)
                continue
            here = f"{pointer}/{escape_token(name)}"
            if (
                is_object
                and isinstance(raw, dict)
                and (attributes := attributes_of(self.finder.meant(name, groups), raw)).values
            ):
                self._judge_attributes(attributes, here, groups)
            elif node is not None:
                with_unit = unit and type(raw) in SIMPLE and node.only() is not None
                self._parts.part(node, {"value": raw, "unit": unit} if with_unit else raw, name, here)
            elif name.startswith(COMMENT):
                self.values.told(name, raw, here)
            elif not self._group(name, raw, here, groups, plan):
                self.values.unknown(name, raw, here)
        self._calendars(items, plan, pointer)

    def _calendars(self, items: Mapping[str, Any], plan: _Plan, pointer: str) -> None:
        """Tell what is wrong between the lists of calendars, and between these and special days."""
        objects = [
            (meant.node, raw, f"{pointer}/{escape_token(name)}")
            for (name, raw), meant in zip(items.items(), plan.parts, strict=True)
            if meant.node is not None and isinstance(raw, dict)
        ]
        for fault in calendar_faults(objects, self._parts.field) if objects else ():
            spot = fault.mention.place
            problem = Problem(CALENDAR, fault.message, severity=fault.severity, suggestion=fault.suggestion)
            self._gatherer.add(problem, subject=spot.subject, written=spot.written, source=self._source(spot.pointer))

    def _plan_of(self, names: tuple[str, ...], groups: tuple[str, ...]) -> _Plan:
        """What some names mean: configurations of one file mostly have the same ones."""
        key = names if not groups else (*groups, "", *names)
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plan(names, groups)
            if len(self._plans) >= MOST_PLANS:
                self._plans.clear()
            if len(names) <= MOST_NAMES:
                self._plans[key] = plan
        return plan

    def _plan(self, names: tuple[str, ...], groups: tuple[str, ...]) -> _Plan:
        parts, twice = [], []
        first: dict[_Identity, str] = {}
        for name in names:
            meant = _Meant(None, None, "", is_object=False) if name.startswith(COMMENT) else self._meant(name, groups)
            parts.append(meant)
            if meant.node is not None:
                key = self._identity(name, meant.node, groups)
                if first.setdefault(key, name) != name:
                    twice.append((name, first[key]))
        return _Plan(tuple(parts), tuple(twice), first)

    def _meant(self, name: str, groups: tuple[str, ...]) -> _Meant:
        is_object = read_object_name(self.finder.meant(name, groups)) is not None
        node = self.finder.find(name, groups)
        titled = self.finder.with_unit(name, groups) if node is None else None
        if titled is not None:
            return _Meant(self.finder.find(titled[0], groups), None, titled[1], is_object)
        return _Meant(node, node.only() if node is not None else None, "", is_object)

    def _identity(self, name: str, node: Node, groups: tuple[str, ...]) -> _Identity:
        """Which part a name means, and which entries of its lists."""
        leaf = node.only()
        return id(leaf or node), "".join(_NUMBERED.findall(self.finder.meant(name, groups))) if leaf else ""

    def identity(self, name: str) -> _Identity | None:
        """What two names have in common that mean the same part of an item; None for a name that is not known."""
        node = self._meant(name, ()).node
        return None if node is None else self._identity(name, node, ())

    def is_number(self, name: str) -> bool:
        """Whether a name means a single value that is a number."""
        node = self._plan_of((name,), ()).parts[0].node
        leaf = node.only() if node is not None else None
        return leaf is not None and self.values.known.form(leaf.item).is_number

    def given_twice(self, subject: str, how: str, pointer: str) -> None:
        """Tell that an item is named twice; ``how`` is the beginning of the sentence."""
        self._parts.given_twice(subject, how, pointer)

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

    # --- groups, objects with their attributes, lists of records ----------------------------------------------------

    def _group(self, name: str, raw: Any, pointer: str, groups: tuple[str, ...], above: _Plan) -> bool:
        """Judge what stands under a name that is no data item and only holds some; whether it does."""
        if not isinstance(raw, dict | list) or not raw:
            return False
        if not self._holds_names(raw, (*groups, name)):
            return False
        self._record.remark(name, self._source(pointer), "no data item but a group: what is in it is judged")
        if self.values.shows:
            self._record.branch(name, self._source(pointer))
        self._record.depth += 1
        if isinstance(raw, dict):
            for key, own in self._plan_of(tuple(raw), (*groups, name)).first.items():
                if key in above.first:
                    self.given_twice(own, f"{above.first[key]} and {name}.{own} name", f"{pointer}/{escape_token(own)}")
            self.items(raw, pointer, (*groups, name))
        else:
            self.several(raw, pointer, (*groups, name))
        self._record.depth -= 1
        return True

    def _holds_names(self, raw: Any, groups: tuple[str, ...]) -> bool:
        """Whether an object, or a list of objects, has names of data items in it, at any depth, or is a record."""
        if isinstance(raw, list):
            return any(self._holds_names(one, groups) for one in raw)
        if not isinstance(raw, dict):
            return False
        return (
            any(
                self.finder.find(name, groups) is not None
                or self.finder.with_unit(name, groups) is not None
                or self._holds_names(value, (*groups, name))
                for name, value in raw.items()
            )
            or self.records_in([raw]) is not None
        )

    def several(self, raw: Any, pointer: str, groups: tuple[str, ...] = ()) -> None:
        """Judge an object of items, a list of such objects, or one of records."""
        if isinstance(raw, dict):
            self.items(raw, pointer, groups)
        elif (records := self.records_in(raw)) is not None:
            self.records(records, pointer)
        else:
            for number, one in enumerate(raw):
                here = f"{pointer}/{number}"
                if isinstance(one, dict):
                    self.items(one, here, groups)
                else:
                    self.values.unknown(".".join((*groups, str(number + 1))), one, here)

    def _judge_attributes(self, attributes: Attributes, pointer: str, groups: tuple[str, ...]) -> None:
        """Judge the attributes of an object, each by its own name and the keys under which it stands."""
        for key in attributes.others:
            if role_of(key) not in ("ignore", "object"):
                self.values.left_out(key, f"{pointer}/{escape_token(key)}", NOT_READ)
        for whole, keys, value in attributes.values:
            node = self.finder.find(whole, groups)
            here = "/".join((pointer, *map(escape_token, keys)))
            if node is not None:
                if self._device_type:
                    self.of_another_device(whole, node, pointer)
                self._parts.part(node, value, whole, here)
            elif (named := read_object_name(whole)) is not None and named.attribute == LOGICAL_NAME:
                self.values.told(whole, value, here)
            else:
                self.values.unknown(whole, value, here)

    def records_in(self, raw: Any) -> list[Record] | None:
        """The records of a list that has some of data items; None for anything else."""
        records = records_of(raw, self._mapping)
        named = any(
            record.is_of_object or any(self.finder.find(name) is not None for name in record.names)
            for record in records or ()
        )
        return records if named else None

    def records(self, records: Iterable[Record], pointer: str) -> None:
        """Judge a list of records, each of which names one data item and says its value."""
        first: dict[_Identity, str] = {}
        for record in records:
            here = f"{pointer}/{record.number}"
            name = next((one for one in record.names if self.finder.find(one) is not None), record.names[0])
            key = self.identity(name)
            if key is not None and first.setdefault(key, here) != here:
                self.given_twice(name, f"{self._source(first[key])} and {self._source(here)} name", here)
            if record.aside:
                self.values.left_out(name, here, record.aside)
                continue
            for member in record.beside:
                if not unchanged_by(member):
                    self.values.left_out(member, f"{here}/{escape_token(member)}", NOT_READ)
            why = why_scaled(record.value, record.beside)
            if record.is_of_object and not why:
                why = self.finder.disagreement(record.names[1:], record.names[0])
            if why:
                self.values.wrong(
                    Problem(NOT_OF_TYPE, f"{why}: there is no value to be judged"), name, record.value, name, here
                )
                continue
            self.items({name: record.value}, here)
