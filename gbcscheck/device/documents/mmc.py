"""Responses as the DCC shows them (MMC XML): held against their own schema version, and against what a device returns.

The other way round from ``duis``: what the document shows has to be something that a device can hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gbcscheck.device.context import Context
from gbcscheck.device.documents.calendars import judge_wholes
from gbcscheck.device.documents.carried import Carriage, Carried, carry
from gbcscheck.device.documents.content import RULES as CONTENT_RULES
from gbcscheck.device.documents.header import BODY, REFERENCE, belongs, references_of, wrong_body, wrong_reference
from gbcscheck.device.documents.links import Linked, reading_links, requests_of_answers
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
from gbcscheck.inputs.xml_safe import XmlDocument
from gbcscheck.model.rules import Rule, declare
from gbcscheck.release.catalogue import Catalogue

if TYPE_CHECKING:
    from lxml.etree import _Element

NOT_RETURNED = declare(
    "D411",
    "no-device-returns-this",
    kind="encoding",
    severity="error",
    reads=("permitted", "type"),
    question="Could a device have returned what the response shows?",
    text="""
    The response shows a value that the row of the message cannot hold: a number beyond its data type, a time of day
    with a zone offset or without a zone, an hour 24. Either the document was not made from a device's response, or
    something was changed on the way. The finding is a warning for the form of a time, and where the link of element
    and row rests on their names alone.

    **Example.** A voltage threshold of 4294967296 V: the row is a `double-long-unsigned`.
    """,
)
RULES: tuple[Rule, ...] = (*CONTENT_RULES, *WALK_RULES, REFERENCE, BODY, NOT_RETURNED)

HEADER, DATA = "/GBCSResponse/Header/", "/GBCSResponse/Body/ResponseMessage/SMETSData"
RESPONSE = Carriage(
    NOT_RETURNED,
    "which a device's response has no octets for",
    "is no value that the response can hold",
    "",
    "a device returns times of day without a zone, in hundredths of a second.",
)


def judge_mmc(document: XmlDocument, context: Context, record: FileRecord) -> XmlVerdict:
    """Judge a response; a reason instead where there is no schema of its version."""
    return _Response(document, context, record).judge()


class _Response:
    def __init__(self, document: XmlDocument, context: Context, record: FileRecord) -> None:
        self._document = document
        self._context = context
        self._catalogue: Catalogue = context.catalogue
        self._record = record
        self._links = self._catalogue.once(reading_links)
        self._items = item_judge(self._catalogue)
        self._header: dict[str, str] = {}

    def judge(self) -> XmlVerdict:
        root = self._document.root
        schema, reason = schema_of(self._document, self._catalogue, "/GBCSResponse")
        if schema is None:
            return XmlVerdict(reason)
        self._header = header_of(root)
        walk(self._document, schema, self._record, self._of_value)
        self._containers(root)
        judge_wholes(self._document, self._record)
        self._record.end()
        in_order_of_lines(self._record)
        return XmlVerdict(
            "",
            self._use_case(),
            self._header.get("ServiceReferenceVariant", ""),
            f"MMC {schema.specification.version}",
        )

    def _use_case(self) -> str:
        """The use case of the message code in the header."""
        code = self._header.get("GBCSHexadecimalMessageCode", "")
        try:
            found = self._context.use_cases.get(int(code, 16))
        except ValueError:
            return ""
        return found.name if found is not None else ""

    def _containers(self, root: _Element) -> None:
        """The elements that hold the data of a response, against the variant of the header."""
        lines = self._document.line_by_element()
        variant = self._header.get("ServiceReferenceVariant", "")
        requests_of = self._catalogue.once(requests_of_answers)
        data = [root]
        for name in DATA.split("/")[2:]:
            data = [child for element in data for child in children(element) if local_name(child) == name]
        for element in (child for one in data for child in children(one)):
            path = f"{DATA}/{local_name(element)}"
            for problem in wrong_body(self._catalogue, requests_of, path, variant):
                self._record.problem(
                    problem,
                    subject=path,
                    attribute="service-reference",
                    written=local_name(element),
                    source=f"line {lines[element]}",
                )

    # --- values ------------------------------------------------------------------------------------------------------

    def _of_value(self, leaf: Leaf) -> Iterable[tuple[Problem, str]]:
        house = self._record.house
        if leaf.path.startswith(HEADER):
            yield from ((problem, "") for problem in self._of_header(leaf))
            return
        linked = [one for one in self._links.get(leaf.path, ()) if one.selects(leaf.element)]
        carried = [(one, carry(self._catalogue, leaf, one, RESPONSE)) for one in linked]
        if house is not None:
            from gbcscheck.device.documents.house import by_house_rules

            yield from by_house_rules(house, leaf, carried)
        refused = [(one, found, found.problem) for one, found in carried if found.problem is not None]
        if refused and len(refused) == len(carried):
            # several links of one element are alternatives: scales of devices of several versions
            one, found, problem = refused[0]
            yield self._graded(one, found, problem), found.meaning
            return
        for one, found in carried:
            if found.image is not None:
                problems = self._items.requested(one.link, found.image)
                yield from ((problem, found.meaning) for problem in problems)

    def _graded(self, linked: Linked, found: Carried, problem: Problem) -> Problem:
        """A form that is lost, or a link that no structure or message proves, is a warning."""
        proved = linked.link.reading_proof.startswith(("proved", "structure"))
        lost = found.image is None
        return problem._replace(severity="" if proved and not lost else "warning")

    def _of_header(self, leaf: Leaf) -> Iterable[Problem]:
        name = leaf.path.removeprefix(HEADER)
        if name == "ServiceReferenceVariant":
            reference = self._header.get("ServiceReference", "")
            yield from wrong_reference(self._catalogue, reference, self._header.get(name, ""))
        elif name == "GBCSHexadecimalMessageCode":
            yield from self._of_message_code()

    def _of_message_code(self) -> Iterable[Problem]:
        """The message code against the service reference, as the table of use cases pairs them."""
        reference = self._header.get("ServiceReference", "")
        known = self._context.use_cases.named(self._use_case())
        if known is None or not reference:
            return
        stated = known.catalogue.first(known.name, "service-reference")
        own = references_of(stated)
        if stated is None or not own or any(belongs(one, reference) or belongs(reference, one) for one in own):
            return
        named = f"{known.name}, service reference {' or '.join(own)}"
        message = f"the message code is that of {named}, and the header says {reference}"
        yield Problem(REFERENCE, message, (stated,), severity="warning")
