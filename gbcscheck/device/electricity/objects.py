"""Payloads of use cases that have no rows of their own, judged object by object: by what the rows of other use cases
say of the same class, logical name and member.

Taken over is what holds for an object whatever the use case: the types, structures, encodings and permitted values of
its rows. Left out is what one use case makes of it: constants, how many elements an array has, the order of accesses,
and what service requests could send. A value is wrong only where it is by the rows of every use case that has the
object, in every version of GBCS at hand: an object may have another type in a later one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from gbcscheck.cosem.access import CHOICES, Access, Request, Response
from gbcscheck.cosem.axdr import NULL, Data
from gbcscheck.device.context import Context
from gbcscheck.device.electricity.calendars import Calendars
from gbcscheck.device.electricity.methods import input_of
from gbcscheck.device.electricity.payload import PayloadJudge
from gbcscheck.device.electricity.rows import Group, Leaf, Rows, ValueShape, rows_of, use_cases_with_rows
from gbcscheck.device.electricity.rules import ACCESS, RESULT
from gbcscheck.device.electricity.value import READ, SENT, MessageOctets, Walk
from gbcscheck.device.model import FileRecord, Problem, octets_source
from gbcscheck.device.results import Verdict
from gbcscheck.domains import Value
from gbcscheck.evidence.grounds import Ground, grounds_of_statements, in_words
from gbcscheck.model.device_files import FITS
from gbcscheck.notation.obis import object_name
from gbcscheck.release.catalogue import Catalogue

BASIS = "object by object, by the rows of other use cases: no table of this one"
OF_OBJECT = "the tables of other use cases have this object"
RESULTS_ALONE = "its results alone: no table of the use case"
_GET, _SET, _ACTION = 1, 2, 3
_SELECTIVE = {4: _GET, 5: _SET}

Key = tuple[int | None, bytes | None, str]


class NobodyAsked:
    """No other specification is asked of a value: what it says is of a data item as one use case has it."""

    def sent(self, subject: str, value: Value) -> tuple[Problem, ...]:
        """Nothing."""
        return ()

    def read(self, subject: str, value: Value) -> tuple[Problem, ...]:
        """Nothing."""
        return ()

    def on_device(self, item: str, value: Value) -> tuple[Problem, ...]:
        """Nothing."""
        return ()

    def grounds(self, how: str, subject: str, value: Value) -> tuple[Ground, ...]:
        """Nothing."""
        return ()


class _ObjectWalk(Walk):
    """One value against its shape, which is that of a row of another use case."""

    def _basis(self, leaf: Leaf, data: Data) -> str:
        """What holds for the object whatever the use case: the type and the permitted values of the row."""
        return in_words(grounds_of_statements(leaf.catalogue, leaf.statements("type", "permitted")))


class ObjectsJudge(PayloadJudge):
    """A payload whose use case, called ``name``, has no rows."""

    def __init__(self, octets: bytes, name: str, context: Context, record: FileRecord) -> None:
        super().__init__(octets, Rows(name, context.catalogue, (), (), ()), context, record)
        self._context = context
        self._versions: set[str] = set()
        self._calendars = Calendars()

    def request(self, payload: Request) -> Verdict:
        """The accesses of a request, and the data of each."""
        if len(payload.data) != len(payload.accesses):
            message = f"{len(payload.data)} values for {len(payload.accesses)} accesses"
            self.problem(Problem(ACCESS, message), self.rows.use_case, "accesses", payload.end, 0)
        for number, access in enumerate(payload.accesses):
            data = payload.data[number] if number < len(payload.data) else None
            self._access(access, data)
        self._calendars.judge(self._walk(SENT, self.record))
        if not self._versions:
            return Verdict(f"no table at hand has the use case {self.rows.use_case}, nor any of the objects it names")
        return Verdict("", f"GBCS {max(self._versions)}", BASIS)

    def response(self, payload: Response) -> Verdict:
        """The results of a response. It does not say of which objects its values are."""
        if len(payload.data) != len(payload.results):
            message = f"{len(payload.results)} results for {len(payload.data)} values"
            self.problem(Problem(RESULT, message), self.rows.use_case, "results", payload.end, 0)
        walk = self._walk(READ, self.record)
        for number, data in enumerate(payload.data, start=1):
            walk.open(data, f"answer {number}", self.rows.use_case)
        for number, result in enumerate(payload.results, start=1):
            self.result(result, self.rows.use_case, f"result {number}")
        if any(data.tag != NULL for data in payload.data):
            named = f"no table at hand has the use case {self.rows.use_case}"
            return Verdict(f"{named}, and a response does not say of which objects its values are")
        return Verdict("", f"release {self._context.catalogue.release.name}", RESULTS_ALONE)

    def _walk(self, direction: str, record: FileRecord) -> Walk:
        return _ObjectWalk(MessageOctets(self.octets), direction, NobodyAsked(), record, self.variant)

    def _access(self, access: Access, data: Data | None) -> None:
        key = (access.class_id, access.name, access.member)
        version, groups = next(self._groups(key), ("", ()))
        named = f"class {access.class_id} {object_name(access.name)} {access.member}"
        subject = groups[0].leaves[0].subject if groups else self.rows.use_case
        place = octets_source(access.offset, access.length)
        self.heading(groups[0].item if groups else "access", access, subject)
        self.record.depth += 1
        if groups:
            self._versions.add(version)
            self._known(access, data, groups[0], place)
        else:
            self.record.left_out(named, place, "no table at hand speaks of this object")
            self.record.stranger("object", named, subject, place)
            selection = access.selection.parameters if access.selection is not None else None
            for label, value in (("selection", selection), ("data", data)):
                if value is not None:
                    self._strange(value, label, subject)
        self.record.depth -= 1

    def _known(self, access: Access, data: Data | None, group: Group, place: str) -> None:
        """An access to an object that tables have."""
        subject = group.leaves[0].subject
        named = f"class {access.class_id} {object_name(access.name)} {access.member}"
        self.record.leaf("object", named, subject, FITS, place, OF_OBJECT)
        walk = self._walk(SENT, self.record)
        if access.selection is not None:
            walk.open(access.selection.parameters, "selection", subject)
        if data is not None:
            self._data(access, data, group, walk, subject)

    def _strange(self, data: Data, label: str, subject: str) -> None:
        """What is sent to an object that no table has: nothing is held against it, and it is not judged."""
        source = octets_source(data.offset, data.length)
        if not data.members:
            self.record.stranger(label, data, subject, source)
            return
        self.record.branch(label, source, data, subject)
        self.record.depth += 1
        for number, member in enumerate(data.members, start=1):
            self._strange(member, f"[{number}]", subject)
        self.record.depth -= 1

    def _data(self, access: Access, data: Data, group: Group, walk: Walk, subject: str) -> None:
        choice = _SELECTIVE.get(access.choice, access.choice)
        if choice == _GET:
            self.null(data, "data", subject, walk, f"null-data is expected in a {CHOICES[access.choice]}")
            return
        best = self._nearest(group.key, data, subject)
        if best is None:
            walk.open(data, "data", subject)
            return
        shape, of_shape = best
        walk.value(shape, data, shape.name, subject)
        if choice == _SET:
            self._calendars.take(of_shape, data)

    def _nearest(self, key: Key, data: Data, subject: str) -> tuple[ValueShape, Group] | None:
        """The first shape by which nothing is wrong with a value, else that by which the least is, with the rows that
        it is of; None where nothing describes what is sent to the object."""
        least: tuple[int, ValueShape, Group] | None = None
        for version, groups in self._groups(key):
            for group in groups:
                shape = _shape(group)
                if shape is None:
                    continue
                wrong = self._wrong(shape, data, subject)
                if least is None or wrong < least[0]:
                    least = wrong, shape, group
                if not wrong:
                    self._versions.add(version)
                    return shape, group
        return None if least is None else least[1:]

    def _wrong(self, shape: ValueShape, data: Data, subject: str) -> int:
        """How much is wrong with a value by one use case's rows."""
        tried = FileRecord(self.record.path, tree=False)
        self._walk(SENT, tried).value(shape, data, shape.name, subject)
        return len(tried.findings)

    def _groups(self, key: Key) -> Iterator[tuple[str, tuple[Group, ...]]]:
        """The rows on an object in each version of GBCS that has it."""
        for version in self._context.versions:
            found = self._context.versions[version].once(_by_object).get(key)
            if found:
                yield version, found


def _by_object(catalogue: Catalogue) -> Mapping[Key, tuple[Group, ...]]:
    """The rows of all use cases by the object that they are about, as far as they hold for any use case."""
    found: dict[Key, list[Group]] = {}
    for use_case in use_cases_with_rows(catalogue):
        rows = rows_of(use_case, catalogue)
        for group in (*rows.groups, *rows.protected):
            found.setdefault(group.key, []).append(group)
    return {key: tuple(groups) for key, groups in found.items()}


def _shape(group: Group) -> ValueShape | None:
    """What a command sends to an object, without what one use case makes of it."""
    shape = input_of(group) if group.is_method else group.value
    return _without_use_case(shape) if shape is not None else None


def _without_use_case(shape: ValueShape) -> ValueShape:
    leaf = replace(shape.leaf, constant=None, memo={}) if shape.leaf is not None else None
    return ValueShape(
        shape.name,
        leaf,
        {name: _without_use_case(field) for name, field in shape.fields.items()},
        _without_use_case(shape.element) if shape.element is not None else None,
        {number: _without_use_case(one) for number, one in shape.positions.items()},
    )


def judge_objects(
    octets: bytes, payload: Request | Response, name: str, context: Context, record: FileRecord
) -> Verdict:
    """Judge the payload of a message whose use case, called ``name``, has no rows."""
    judge = ObjectsJudge(octets, name, context, record)
    return judge.request(payload) if isinstance(payload, Request) else judge.response(payload)
