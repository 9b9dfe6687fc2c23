"""Access-requests: the accesses against the rows of the use case, in their order, and the data of each."""

from __future__ import annotations

from gbcscheck.cosem.access import CHOICES, Access, Request
from gbcscheck.cosem.axdr import STRUCTURE, Data
from gbcscheck.device.electricity.calendars import Calendars
from gbcscheck.device.electricity.methods import input_of
from gbcscheck.device.electricity.order import pair_requests
from gbcscheck.device.electricity.payload import PayloadJudge
from gbcscheck.device.electricity.protection import protected_request
from gbcscheck.device.electricity.rows import PROTECTION_CLASS, Group, ValueShape
from gbcscheck.device.electricity.rules import ACCESS, COUNT, OBJECT
from gbcscheck.device.electricity.value import SENT, MessageOctets, Walk
from gbcscheck.device.model import Problem, octets_source
from gbcscheck.evidence.grounds import by_row
from gbcscheck.model.device_files import FITS, WRONG
from gbcscheck.notation.obis import object_name

RANGE_SELECTOR = 1
RANGE = ("restricting_object", "from_value", "to_value", "selected_values")
"""Selective access by a range, and its fields (COSEM class 7, range_descriptor)."""


class RequestJudge(PayloadJudge):
    """A request against the rows of its use case."""

    def request(self, payload: Request) -> None:
        """The accesses of a request, and the data of each."""
        if len(payload.data) != len(payload.accesses):
            message = f"{len(payload.data)} values for {len(payload.accesses)} accesses"
            self.problem(Problem(ACCESS, message), self.rows.use_case, "accesses", payload.end, 0)
        walk = Walk(MessageOctets(self.octets), SENT, self.items, self.record, self.variant)
        calendars = Calendars()
        for place, group in pair_requests(payload.accesses, self.rows.groups, self.variant):
            if place is None:
                assert group is not None
                self.missing(group, payload.end)
                continue
            access = payload.accesses[place]
            data = payload.data[place] if place < len(payload.data) else None
            if group is None:
                self._extra(access, data, walk)
            else:
                self._access(access, data, group, walk)
                if data is not None and not group.is_method:
                    calendars.take(group, data)
        calendars.judge(walk)

    def _access(self, access: Access, data: Data | None, group: Group, walk: Walk) -> None:
        subject = group.leaves[0].subject
        self.heading(group.item, access, subject)
        self.record.depth += 1
        self._object(access, group)
        self._kind(access, subject)
        if access.selection is not None:
            self._selection(access, group, walk)
        elif group.selection and access.choice == 1:
            self._no_selection(access, group)
        if data is not None:
            if group.class_id == PROTECTION_CLASS and access.choice == 3:
                protected_request(data, self.rows, walk, subject)
            else:
                self._sent(access, data, group, walk)
        self.record.depth -= 1

    def _object(self, access: Access, group: Group) -> None:
        """Class, logical name, and member with the kind of access, one value each."""
        found = (access.class_id, access.name, access.member)
        if found == group.key and not self.record.tree:
            self.record.values += len(found)
            return
        subject = group.leaves[0].subject
        parts = (
            ("class", "class", access.offset + 1, 2, str(found[0]), str(group.class_id), found[0] == group.class_id),
            (
                "logical name",
                "object",
                access.offset + 3,
                6,
                object_name(access.name),
                object_name(group.name or bytes(6)),
                access.name == group.name,
            ),
            ("member", "member", access.offset + 9, 1, found[2], group.member, found[2] == group.member),
        )
        for label, attribute, offset, length, is_now, expected, fits in parts:
            source = octets_source(offset, length)
            self.record.leaf(label, is_now, subject, FITS if fits else WRONG, source, by_row(subject))
            if not fits:
                problem = Problem(
                    OBJECT,
                    f"{label} {is_now} where {expected} is expected",
                    group.statements(attribute),
                    suggestion=f"write {expected}",
                )
                self.problem(problem, subject, attribute, offset, length, is_now)

    def _kind(self, access: Access, subject: str) -> None:
        """A use case that reads sets nothing. One that updates may read too: ECS70 reads the time that it has set."""
        if access.choice not in (2, 5):
            return
        direction = self.rows.catalogue.first(self.rows.use_case, "direction")
        if direction is not None and direction.value == "Read":
            message = f"a set in {self.rows.use_case}, which only reads"
            self.problem(Problem(OBJECT, message, (direction,)), subject, "access", access.offset, 1, "set")

    def _selection(self, access: Access, group: Group, walk: Walk) -> None:
        """Parameters of selective access: from and to of a range are rows; the rest is the class's own."""
        assert access.selection is not None
        selector, parameters = access.selection
        subject = group.leaves[0].subject
        members = parameters.members
        if not group.selection:
            walk.open(parameters, "selection", subject)
            return
        stated = tuple(s for leaf in group.selection.values() for s in leaf.statements("element"))
        if selector != RANGE_SELECTOR:
            message = f"selector {selector} where {RANGE_SELECTOR} (a range) is expected"
            self.problem(Problem(OBJECT, message, stated), subject, "selector", parameters.offset - 1, 1)
        if parameters.tag != STRUCTURE or len(members) != len(RANGE):
            message = f"{parameters.type_name} of {len(members)} where a range of {len(RANGE)} fields is expected"
            walk.problem(Problem(COUNT, message, stated), parameters, subject, "selection")
            walk.open(parameters, "selection", subject)
            return
        if self.record.tree:
            self.record.branch("selection", octets_source(parameters.offset, parameters.length), parameters, subject)
        self.record.depth += 1
        for name, member in zip(RANGE, members, strict=True):
            leaf = group.selection.get(name)
            if leaf is None:
                walk.open(member, name, subject)
            else:
                walk.value(ValueShape(name, leaf), member, name, subject)
        self.record.depth -= 1

    def _no_selection(self, access: Access, group: Group) -> None:
        """A get of all of a log whose rows list the range to read."""
        stated = tuple(s for leaf in group.selection.values() for s in leaf.statements("element"))
        problem = Problem(
            ACCESS,
            f"a {CHOICES[access.choice]} of all of {group.item}, where the rows list a range to read",
            stated,
            suggestion="read with selective access by range (selector 1)",
        )
        self.problem(problem, group.leaves[0].subject, "selection", access.offset, access.length)

    def _sent(self, access: Access, data: Data, group: Group, walk: Walk) -> None:
        """The data of an access: nothing for a get, the attribute's value for a set, the input of an action."""
        subject = group.leaves[0].subject
        if access.choice in (1, 4):
            self.null(data, "data", subject, walk, f"null-data is expected in a {CHOICES[access.choice]}")
            return
        node = input_of(group) if group.is_method else group.value
        if node is None:
            walk.open(data, "data", subject)
        else:
            walk.value(node, data, node.name, subject)

    def _extra(self, access: Access, data: Data | None, walk: Walk) -> None:
        named = f"class {access.class_id} {object_name(access.name)} {access.member}"
        self.heading("access", access, self.rows.use_case)
        self.record.depth += 1
        problem = Problem(
            ACCESS,
            f"{self.rows.use_case} has no access to {named} here",
            self.whole_use_case(),
            suggestion="leave it out, or put it where its row stands",
        )
        self.problem(problem, self.rows.use_case, "access", access.offset, access.length, named)
        if data is not None:
            walk.open(data, "data", self.rows.use_case)
        self.record.depth -= 1
