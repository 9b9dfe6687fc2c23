"""The header of a DCC response against the message that it holds: are both of one service request?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gbcscheck.cosem.envelope import Envelope, read_envelope
from gbcscheck.cosem.errors import OctetsError
from gbcscheck.device.context import Context
from gbcscheck.device.documents.dcc import VARIANT
from gbcscheck.device.documents.header import belongs, references_of
from gbcscheck.device.documents.walk import in_order_of_lines, local_name, text_of
from gbcscheck.device.hexfile import HexMessage
from gbcscheck.device.model import FileRecord, Problem
from gbcscheck.device.pairs.broker import may_be_of_broker
from gbcscheck.device.pairs.identity import Identity, identities_of_message, identity_of_request
from gbcscheck.device.pairs.rules import HEADERS
from gbcscheck.device.use_cases import UseCase
from gbcscheck.errors import UnreadableSource
from gbcscheck.inputs.xml_safe import XmlDocument
from gbcscheck.model import Statement

HEADER = "/Response/Header/"
PARTS = ("sender", "receiver", "counter")


def compare_wrapped(
    document: XmlDocument, found: Iterable[HexMessage | UnreadableSource], context: Context, record: FileRecord
) -> None:
    """Tell what is wrong between a response of the DCC and the messages within, and what of it was not compared."""
    written = {
        local_name(one): (text_of(one).strip(), f"line {line}")
        for one, line in reversed(document.line_by_element().items())
    }
    for one in found:
        if not isinstance(one, HexMessage):
            continue
        try:
            envelope = read_envelope(one.octets)
        except OctetsError:
            continue  # its own judge says so
        _Wrapped(written, envelope, context.use_cases.get(envelope.message_code), record).compare()
    in_order_of_lines(record)


class _Wrapped:
    def __init__(
        self, written: dict[str, tuple[str, str]], envelope: Envelope, use_case: UseCase | None, record: FileRecord
    ) -> None:
        self._written, self._record = written, record
        self._envelope, self._use_case = envelope, use_case
        self._theirs = tuple(identities_of_message(envelope))

    def compare(self) -> None:
        purpose = self._envelope.purpose
        self._identifier("RequestID", "" if purpose in ("command", "response") else "an alert has a counter of its own")
        why = "" if purpose == "response" else f"nothing at hand says what it is beside a message that is {_a(purpose)}"
        self._identifier("ResponseID", why)
        self._reference()

    def _identifier(self, name: str, why_open: str) -> None:
        text, source = self._written.get(name, ("", ""))
        if not text:
            return
        own = identity_of_request(text, source)
        if own is not None and name == "ResponseID":
            own = own._replace(user=own.device, device=own.user)
        if own is None or why_open:
            self._record.left_out(name, source, why_open or "it names no sender, receiver and counter")
            return
        same = [one for one in self._theirs if one.user.value == own.user.value]
        if not same and len(self._theirs) == 1 and may_be_of_broker(self._use_case):
            sender = self._theirs[0].user.value.upper()
            why = f"the message is of or for {sender}, which may be the DCC, and names no other party"
            self._record.left_out(name, source, why)
            same = [self._theirs[0]._replace(user=own.user, counter=own.counter)]
        for part, said, held in self._differing(own, same[0] if same else self._theirs[-1]):
            self._tell(
                name, source, said, f"{name} has the {part} {said}, and the message within the {part} {held}", ()
            )

    def _differing(self, own: Identity, sent: Identity) -> Iterator[tuple[str, str, str]]:
        for part, one, other in zip(PARTS, own, sent, strict=True):
            if one.value != other.value:
                yield part, one.value.upper(), other.value.upper()

    def _reference(self) -> None:
        variant, source = self._written.get(VARIANT, ("", ""))
        if not variant:
            return
        stated = self._use_case.stated("service-reference") if self._use_case is not None else None
        references = references_of(stated)
        if not references or stated is None:
            self._record.left_out(VARIANT, source, "nothing states the service reference of the message within")
        elif not any(belongs(variant, one) or belongs(one, variant) for one in references):
            message = f"the message within is one of service reference {' or '.join(references)}, and not of {variant}"
            self._tell(VARIANT, source, variant, message, (stated,))

    def _tell(self, name: str, source: str, written: str, message: str, statements: Sequence[Statement]) -> None:
        self._record.problem(
            Problem(HEADERS, message, tuple(statements)),
            subject=f"{HEADER}{name}" if name != VARIANT else f"/Response/Body/ResponseMessage/{VARIANT}",
            attribute="identifier" if name != VARIANT else "service-reference",
            written=written,
            source=source,
        )


def _a(purpose: str) -> str:
    return f"an {purpose}" if purpose == "alert" else f"a {purpose}"
