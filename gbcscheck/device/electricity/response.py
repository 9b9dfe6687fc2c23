"""Access-responses: the answers by their place, data and results."""

from __future__ import annotations

from gbcscheck.cosem.access import Response, Result
from gbcscheck.cosem.axdr import Data
from gbcscheck.device.electricity.calendars import Calendars
from gbcscheck.device.electricity.methods import output_of
from gbcscheck.device.electricity.order import pair_responses
from gbcscheck.device.electricity.payload import PayloadJudge
from gbcscheck.device.electricity.rows import PROTECTION_CLASS, Group
from gbcscheck.device.electricity.rules import ACCESS, RESULT
from gbcscheck.device.electricity.value import READ, MessageOctets, Walk
from gbcscheck.device.model import Problem, octets_source


class ResponseJudge(PayloadJudge):
    """A response against the rows of its use case."""

    def response(self, payload: Response) -> None:
        """The data and the results of a response, by the place of each."""
        if len(payload.data) != len(payload.results):
            message = f"{len(payload.results)} results for {len(payload.data)} values"
            self.problem(Problem(RESULT, message), self.rows.use_case, "results", payload.end, 0)
        walk = Walk(MessageOctets(self.octets), READ, self.items, self.record, self.variant)
        calendars = Calendars()
        for access in payload.accesses or ():
            self.heading("access", access, self.rows.use_case)
        count = max(len(payload.data), len(payload.results))
        pairs = pair_responses(payload, self.rows.groups, self.variant)
        for place, group in pairs:
            if place is None:
                assert group is not None
                self.missing(group, payload.end)
                continue
            data = payload.data[place] if place < len(payload.data) else None
            result = payload.results[place] if place < len(payload.results) else None
            self._answer(place, count, data, result, group, walk)
            if data is not None and group is not None and not group.is_method:
                calendars.take(group, data)
        calendars.judge(walk)

    def _answer(
        self, place: int, count: int, data: Data | None, result: Result | None, group: Group | None, walk: Walk
    ) -> None:
        subject = group.leaves[0].subject if group else self.rows.use_case
        if self.record.tree:
            label = group.item if group else f"answer {place + 1} of {count}"
            source = octets_source(data.offset, data.length) if data is not None else ""
            self.record.branch(label, source, f"answer {place + 1}", subject)
        self.record.depth += 1
        if group is None:
            at, length = (data.offset, data.length) if data is not None else (result.offset if result else 0, 2)
            message = f"{self.rows.use_case} has {len(self.rows.groups)} accesses; this answers one more"
            self.problem(Problem(ACCESS, message, self.whole_use_case()), subject, "access", at, length)
            if data is not None:
                walk.open(data, "data", subject)
        elif data is not None:
            self._returned(data, result, group, walk)
        if result is not None:
            self.result(result, subject)
        self.record.depth -= 1

    def _returned(self, data: Data, result: Result | None, group: Group, walk: Walk) -> None:
        """The data of an answer: nothing for a set or a failure, the value for a get, an action's output."""
        subject = group.leaves[0].subject
        if result is None or result.result != 0:
            walk.open(data, "data", subject)
        elif result.choice == 2:
            self.null(data, "data", subject, walk, "the answer to a set holds null-data")
        elif group.is_method:
            node = output_of(group)
            if node is not None:
                walk.value(node, data, node.name, subject)
            elif group.class_id == PROTECTION_CLASS:
                walk.open(data, "protected data", subject)
            else:
                walk.open(data, "returned", subject)
        elif group.value is not None:
            walk.value(group.value, data, group.value.name, subject)
        else:
            walk.open(data, "data", subject)
