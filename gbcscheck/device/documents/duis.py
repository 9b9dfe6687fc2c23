"""Service requests (DUIS XML): held against their own schema version, and against what a device can be sent.

A request that its schema permits may still hold what its command has no octets for. The signature is not verified.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gbcscheck.device.context import Context
from gbcscheck.device.documents.calendars import judge_wholes
from gbcscheck.device.documents.carried import Carriage, carry
from gbcscheck.device.documents.content import RULES as CONTENT_RULES
from gbcscheck.device.documents.header import BODY, wrong_body, wrong_command_variant, wrong_reference
from gbcscheck.device.documents.header import RULES as HEADER_RULES
from gbcscheck.device.documents.links import Linked, request_links, requests_of_bodies, use_cases_of_requests
from gbcscheck.device.documents.schema import Schema
from gbcscheck.device.documents.times import time_at
from gbcscheck.device.documents.walk import RULES as WALK_RULES
from gbcscheck.device.documents.walk import (
    Leaf,
    XmlVerdict,
    children,
    header_of,
    in_order_of_lines,
    local_name,
    schema_of,
    walk,
)
from gbcscheck.device.items.judge import item_judge
from gbcscheck.device.model import FileRecord, Problem
from gbcscheck.domains.content_models import nullable
from gbcscheck.inputs.xml_safe import XmlDocument
from gbcscheck.model.rules import Rule, declare
from gbcscheck.release.catalogue import Catalogue

if TYPE_CHECKING:
    from lxml.etree import _Element


CANNOT_BE_CARRIED = declare(
    "D409",
    "request-cannot-be-carried",
    kind="encoding",
    severity="warning",
    reads=("permitted", "type"),
    question="Does the command have octets for what the request holds?",
    text="""
    The schema lets the value through, and the command that is made of the request cannot carry it: a time of day has
    no zone, no third decimal and no 24:00:00 in COSEM; a number can lie beyond the data type of its row. What becomes
    of the value on the way is not defined, so the finding shows the octets of each way of reading it.

    **How to fix it.** Write times in UTC with `Z` and at most two decimals (`+00:00` and `.2500Z` are fine).

    **Example.** `17:00:00+01:00` as start of the maximum demand period.
    """,
)
PERIOD = declare(
    "D410",
    "period-without-length",
    kind="joint",
    severity="warning",
    reads=("permitted",),
    question="Does the period end after it starts?",
    text="""
    Start and end of a period of the day are equal, or the end comes first. No specification at hand says whether the
    period is then empty, a whole day, or goes on past midnight. The reference test data have one that a device returns
    (ECS18b, 12:00 to 09:00), so it is a warning and no error.

    **Example.** A maximum demand period from 22:00:00Z to 17:00:00Z.
    """,
)
RULES: tuple[Rule, ...] = (*CONTENT_RULES, *WALK_RULES, *HEADER_RULES, CANNOT_BE_CARRIED, PERIOD)

HEADER, REQUEST_BODY = "/Request/Header/", "/Request/Body"
COMMAND = Carriage(
    CANNOT_BE_CARRIED,
    "for which the command has no octets",
    "has no place in the command",
    "warning",
    "what becomes of it on the way is not defined.",
)


def judge_duis(document: XmlDocument, context: Context, record: FileRecord) -> XmlVerdict:
    """Judge a service request; a reason instead where there is no schema of its version."""
    return _Request(document, context, record).judge()


class _Request:
    def __init__(self, document: XmlDocument, context: Context, record: FileRecord) -> None:
        self._document = document
        self._catalogue: Catalogue = context.catalogue
        self._record = record
        self._links = self._catalogue.once(request_links)
        self._items = item_judge(self._catalogue)
        self._header: dict[str, str] = {}
        self._times: dict[_Element, dict[str, Leaf]] = {}

    def judge(self) -> XmlVerdict:
        root = self._document.root
        schema, reason = schema_of(self._document, self._catalogue, "/Request")
        if schema is None:
            return XmlVerdict(reason)
        self._header = header_of(root)
        walk(self._document, schema, self._record, self._of_value)
        self._body(root, schema)
        judge_wholes(self._document, self._record)
        self._record.end()
        in_order_of_lines(self._record)
        variant = self._header.get("ServiceReferenceVariant", "")
        return XmlVerdict("", self._use_case(variant), variant, f"DUIS {schema.specification.version}")

    def _use_case(self, variant: str) -> str:
        """The use case of the command, where the crosswalk knows only one of this service request."""
        names = self._catalogue.once(use_cases_of_requests).get(variant, frozenset())
        return next(iter(names)) if len(names) == 1 else ""

    # --- what is judged once -----------------------------------------------------------------------------------------

    def _body(self, root: _Element, schema: Schema) -> None:
        """The element of the body against the header, and that there is one."""
        lines = self._document.line_by_element()
        requests_of = self._catalogue.once(requests_of_bodies)
        variant = self._header.get("ServiceReferenceVariant", "")
        for body in (child for child in children(root) if local_name(child) == "Body"):
            elements = children(body)
            for child in elements:
                path = f"{REQUEST_BODY}/{local_name(child)}"
                for problem in wrong_body(self._catalogue, requests_of, path, variant):
                    self._report(problem, path, local_name(child), lines[child])
            node = schema.root.children.get("Body")
            if not elements and node is not None and node.children and (node.model is None or nullable(node.model)):
                stated = next(iter(node.children.values())).by_attribute.get("choice") or node.stated
                problem = Problem(BODY, "the body of the request holds no element", (stated,) if stated else ())
                self._report(problem, REQUEST_BODY, "empty", lines[body])

    def _report(self, problem: Problem, subject: str, written: str, line: int) -> None:
        self._record.problem(
            problem, subject=subject, attribute="service-reference", written=written, source=f"line {line}"
        )

    # --- values ------------------------------------------------------------------------------------------------------

    def _of_value(self, leaf: Leaf) -> Iterable[tuple[Problem, str]]:
        yield from self._of_house(leaf)
        if leaf.path.startswith(HEADER):
            yield from ((problem, "") for problem in self._of_header(leaf))
            return
        told: set[str] = set()
        meant = [linked for linked in self._links.get(leaf.path, ()) if linked.selects(leaf.element)]
        for linked in meant:
            others = [other for other in meant if linked.use_cases and not linked.use_cases & other.use_cases]
            for problem, meaning in (*self._of_link(leaf, linked, others), *self._of_period(leaf, linked)):
                if problem.message not in told:
                    told.add(problem.message)
                    yield problem, meaning

    def _of_house(self, leaf: Leaf) -> Iterable[tuple[Problem, str]]:
        if self._record.house is None:
            return
        from gbcscheck.device.documents.house import by_house_rules

        linked = (one for one in self._links.get(leaf.path, ()) if one.link.settable and one.selects(leaf.element))
        carried = ((one, carry(self._catalogue, leaf, one, COMMAND)) for one in linked)
        yield from by_house_rules(self._record.house, leaf, carried)

    def _of_header(self, leaf: Leaf) -> Iterable[Problem]:
        name = leaf.path.removeprefix(HEADER)
        variant = self._header.get("ServiceReferenceVariant", "")
        if name == "ServiceReferenceVariant":
            yield from wrong_reference(self._catalogue, self._header.get("ServiceReference", ""), variant)
        elif name == "CommandVariant":
            yield from wrong_command_variant(self._catalogue, str(leaf.value), variant)

    def _of_link(self, leaf: Leaf, linked: Linked, others: Iterable[Linked]) -> Iterable[tuple[Problem, str]]:
        """What is wrong with a value for a link. Which of several commands is made of the request (of a meter for gas
        or for electricity) its element does not say: it is enough that one of them carries the value."""
        if not linked.link.settable:
            return
        carried = carry(self._catalogue, leaf, linked, COMMAND)
        if carried.problem is not None:
            if not any(carry(self._catalogue, leaf, other, COMMAND).problem is None for other in others):
                yield carried.problem, carried.meaning
        elif carried.image is not None:
            found = self._items.requested(linked.link, carried.image)
            yield from ((problem, carried.meaning) for problem in found)

    # --- periods -----------------------------------------------------------------------------------------------------

    def _of_period(self, leaf: Leaf, linked: Linked) -> Iterable[tuple[Problem, str]]:
        """The end of a period of the day against its start, which stands before it under the same parent."""
        from gbcscheck.domains.xml_moments import XsTimeValue

        around = leaf.element.getparent()
        if not isinstance(leaf.value, XsTimeValue) or around is None:
            return
        beside = self._times.setdefault(around, {})
        name = local_name(leaf.element)
        beside[name] = leaf
        start = beside.get("StartTime")
        if name != "EndTime" or start is None or not isinstance(start.value, XsTimeValue):
            return
        if start.value.zone != leaf.value.zone or leaf.value.seconds > start.value.seconds:
            return
        same = leaf.value.seconds == start.value.seconds
        octets = [time_at(int(value.seconds * 100)) for value in (start.value, leaf.value)]
        yield (
            Problem(
                PERIOD,
                f"the period ends at {leaf.value}, {'when' if same else 'before'} it starts"
                + ("" if same else f" at {start.value}"),
                (leaf.stated, start.stated),
                witness=f"start {octets[0]}, end {octets[1]}",
                why="no specification at hand says whether such a period is empty, lasts a whole day, or goes past "
                "midnight.",
            ),
            f"the end of a period that starts at {start.value}",
        )
