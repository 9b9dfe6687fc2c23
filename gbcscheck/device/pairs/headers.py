"""The headers of two files that are a pair: are they of one service request, from one sender to one device?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gbcscheck.cosem.envelope import Envelope, read_envelope
from gbcscheck.device.context import Context
from gbcscheck.device.documents.header import belongs, references_of
from gbcscheck.device.model import FileRecord, Problem
from gbcscheck.device.pairs.broker import may_be_of_broker
from gbcscheck.device.pairs.identity import (
    IDENTIFIER,
    MMC_HEADER,
    Identity,
    Part,
    identities_of_message,
    identities_of_reading,
    identity_of_request,
)
from gbcscheck.device.pairs.rules import HEADERS
from gbcscheck.device.pairs.values import Found, Values
from gbcscheck.model import Statement
from gbcscheck.model.device_files import DEVICE, JudgedFile

WORDS = {"duis": "request", "mmc": "document", "command": "command", "response": "response"}


class Compared(NamedTuple):
    """What was compared of two headers: how many parts, a line for each that was not, and (empty where they were) why
    nobody can tell whether sender and counter are those of the other."""

    parts: int
    left_out: tuple[str, ...] = ()
    unsure: str = ""


def name_of(file: JudgedFile) -> str:
    """What a file is called beside another; empty where it is neither a document nor a command or response."""
    if file.format == "message" and file.octets:
        return WORDS.get(read_envelope(file.octets).purpose, "")
    return WORDS.get(file.format, "")


def belong_together(first: JudgedFile, second: JudgedFile) -> bool:
    """Whether two files have one sender, receiver and counter."""
    one, other = ({each.key for each in _identities(file, Values(file.entries))} for file in (first, second))
    return bool(one & other)


def compare_headers(
    first: JudgedFile, second: JudgedFile, values: Values, others: Values, context: Context, record: FileRecord
) -> Compared:
    """Tell what is wrong between the headers of two files, and what of them was not compared. ``first`` is a document,
    with its ``values``; ``others`` are those of the second."""
    return _Headers(first, second, values, others, context, record).compare()


class _Headers:
    def __init__(
        self,
        first: JudgedFile,
        second: JudgedFile,
        values: Values,
        others: Values,
        context: Context,
        record: FileRecord,
    ) -> None:
        self._first, self._second = first, second
        self._values, self._others = values, others
        self._context, self._record = context, record
        self._names = name_of(first), name_of(second)
        self._compared = 0
        self._left_out: list[str] = []
        self._unsure = ""

    def compare(self) -> Compared:
        self._references()
        own, theirs = _identities(self._first, self._values), _identities(self._second, self._others)
        if not own or not theirs:
            without = self._names[1] if own else self._names[0]
            self._unsure = f"the {without} does not say its sender, receiver and counter"
        elif self._first.format == "mmc":
            self._reading(own, theirs)
        else:
            self._identity(own[0], theirs)
        if self._first.format == "mmc" and self._second.octets:
            self._message_code(read_envelope(self._second.octets))
        return Compared(self._compared, tuple(self._left_out), self._unsure)

    def _reading(self, own: Sequence[Identity], theirs: Sequence[Identity]) -> None:
        """A converted response has the parties, the device and the counters of the response."""
        for one, other in zip(own, theirs, strict=False):
            for what, shown, held in zip(("party", "device", "counter"), one, other, strict=True):
                self._part(what, shown, held)
        if len(own) != len(theirs):
            have, lack = self._names if len(own) > len(theirs) else self._names[::-1]
            self._left_out.append(f"the supplementary remote party of the {have}: the {lack} names none")

    def _identity(self, asked: Identity, theirs: Sequence[Identity]) -> None:
        """Device, party and counter; of a message that the DCC sends for another party, those count that have the
        sender of the request. What the DCC sends of its own names nobody that it is for: where its use case lets the
        DCC send it, another sender is no other request."""
        same = [one for one in theirs if one.user.value == asked.user.value]
        sent = same[0] if same else theirs[-1]
        self._part("receiver", asked.device, sent.device)
        use_case = self._context.use_cases.named(self._second.use_case)
        if not same and len(theirs) == 1 and may_be_of_broker(use_case):
            sender = sent.user.value.upper()
            self._unsure = (
                f"sender and counter were not compared: the {self._names[1]} is of {sender}, which may be the DCC, and "
                "names no party that it is for"
            )
            return
        self._part("sender", asked.user, sent.user)
        self._part("counter", asked.counter, sent.counter)

    def _part(self, what: str, asked: Part, sent: Part) -> None:
        self._compared += 1
        if asked.value == sent.value:
            return
        message = (
            f"the {what} is {asked.value.upper()} in the {self._names[0]} and {sent.value.upper()} in the "
            f"{self._names[1]}"
        )
        subject = IDENTIFIER if self._first.format == "duis" else MMC_HEADER.rstrip("/")
        own = Statement(
            subject, "value", DEVICE, "published", "", self._first.path, asked.source, text=asked.value.upper()
        )
        self._record.problem(
            Problem(HEADERS, message, (own,)),
            subject=subject,
            attribute=what,
            written=sent.value.upper(),
            source=sent.source,
        )

    def _references(self) -> None:
        """The use case of a message against the service reference of the document; of two documents, the variants."""
        variant, other = self._first.service_reference, self._second.service_reference
        if self._second.format != "message":
            if variant and other:
                self._compared += 1
            else:
                self._left_out.append(f"the service reference: the {self._names[bool(variant)]} has none")
            if variant and other and variant != other:
                self._of_another(f"the document is of service request {other}, the request of {variant}", (), other)
            return
        known = self._context.use_cases.named(self._second.use_case)
        stated = known.catalogue.first(known.name, "service-reference") if known is not None else None
        references = references_of(stated)
        if stated is None or not references or not variant:
            why = f"nothing states that of the {self._names[1]}" if variant else f"the {self._names[0]} has none"
            self._left_out.append(f"the service reference: {why}")
            return
        self._compared += 1
        if not any(belongs(variant, reference) or belongs(reference, variant) for reference in references):
            first, second = self._names
            message = (
                f"the {second} is one of service reference {' or '.join(references)}, the {first} one of {variant}"
            )
            self._of_another(message, (stated,), self._second.use_case)

    def _of_another(self, message: str, statements: tuple[Statement, ...], written: str) -> None:
        self._record.problem(
            Problem(HEADERS, message, statements),
            subject=self._second.use_case or written,
            attribute="service-reference",
            written=written,
            source="",
        )

    def _message_code(self, envelope: Envelope) -> None:
        for found in self._values.find(f"{MMC_HEADER}GBCSHexadecimalMessageCode"):
            written = str(found.value).strip().upper()
            sent = Part(f"{envelope.message_code:04X}", f"octets {envelope.other_information.offset}+2")
            self._part("message code", Part(written, found.entry.source), sent)


def _identities(file: JudgedFile, values: Values) -> list[Identity]:
    if file.format == "message":
        return list(identities_of_message(read_envelope(file.octets))) if file.octets else []
    if file.format == "duis":
        found = [identity_of_request(str(one.value), one.entry.source) for one in values.find(IDENTIFIER)[:1]]
        return [one for one in found if one is not None]
    names = (subject for subject in values.subjects if subject.startswith(MMC_HEADER))
    header: dict[str, Found] = {
        name.removeprefix(MMC_HEADER): values.find(name)[0] for name in names if values.find(name)
    }
    return list(identities_of_reading({name: Part(str(one.value), one.entry.source) for name, one in header.items()}))
