"""ASN.1 payloads judged: every value by its place in the sequence, the names of numbers, and the certificates."""

from __future__ import annotations

from collections.abc import Iterator

from gbcscheck.cosem.der import Element, NoSuchTime, as_type, read_der
from gbcscheck.cosem.envelope import Envelope
from gbcscheck.cosem.errors import OctetsError
from gbcscheck.device.asn1.certificates import judge_certificate, judge_usage
from gbcscheck.device.asn1.elements import bits_in_words, place, tell, written
from gbcscheck.device.asn1.payloads import PAYLOADS, REPLACEMENT
from gbcscheck.device.asn1.requests import judge_request
from gbcscheck.device.asn1.rules import STRUCTURE
from gbcscheck.device.asn1.shapes import Certificate, ListOf, Part, Record, Request, Shape, Simple
from gbcscheck.device.message_rules import ALERT_CODE, LONGER_LENGTH
from gbcscheck.device.model import FileRecord, Problem, octets_source
from gbcscheck.device.named import Named
from gbcscheck.device.results import Verdict
from gbcscheck.model.device_files import FITS, OPEN, WRONG
from gbcscheck.release.catalogue import Catalogue

TAGS = frozenset((0x02, 0x04, 0x05, 0x30))
"""First octets of such payloads: INTEGER, OCTET STRING, NULL, SEQUENCE."""
JUDGED_AS = "RTDS 4.5.0"
BASIS = "by the structure that published messages and a public parser show: GBCS's own ASN.1 is not at hand"


def is_asn1(envelope: Envelope) -> bool:
    """Whether a message of that code and purpose has an ASN.1 payload, whatever it begins with."""
    return (envelope.message_code, envelope.purpose) in PAYLOADS


def judge_asn1(envelope: Envelope, subject: str, codes: Catalogue, record: FileRecord) -> tuple[Verdict, int]:
    """Judge a payload; what became of it, and the offset behind its last element.

    ``codes`` has the alert codes. OctetsError where the payload is no DER.
    """
    octets = envelope.octets
    whole = read_der(octets, envelope.payload_start, envelope.payload_end)
    payload = PAYLOADS.get((envelope.message_code, envelope.purpose))
    verdict = Verdict("", JUDGED_AS, BASIS)
    if payload is None:
        tell(whole, record)
        verdict = Verdict(
            f"the payload is ASN.1, of which the structure was read: no source at hand says what a "
            f"{envelope.purpose or 'message'} with the message code 0x{envelope.message_code:04X} holds"
        )
    else:
        judge = Asn1Judge(octets, codes, subject, record, "" if payload.shown else "warning")
        judge.one_of(payload.shapes, whole, f"{payload.name} {envelope.purpose}")
    _longer_lengths(whole, octets, subject, record)
    return verdict, whole.end


class Asn1Judge:
    """Judges elements against shapes; ``severity`` is how bad another structure is."""

    def __init__(self, octets: bytes, codes: Catalogue, subject: str, record: FileRecord, severity: str = "") -> None:
        self._octets = octets
        self._codes = codes
        self._subject = subject
        self._record = record
        self._severity = severity

    def one_of(self, shapes: tuple[Shape, ...], element: Element, name: str) -> None:
        """A value that may have several shapes, told apart by their types."""
        for shape in shapes:
            if shape.type == element.name:
                self.value(shape, element, name)
                return
        self._another(element, name, " or ".join(shape.type for shape in shapes))

    def value(self, shape: Shape, element: Element, name: str) -> None:
        """A value of one shape, the type of which it has."""
        if isinstance(shape, Simple):
            self._simple(shape, element, name)
        elif isinstance(shape, Certificate):
            judge_certificate(element, self._octets, name, self._subject, self._record)
        elif isinstance(shape, Request):
            judge_request(element, self._octets, name, self._subject, self._record)
        elif isinstance(shape, ListOf):
            self._list(shape, element, name)
        else:
            self._sequence(shape, element, name)

    # --- sequences ----------------------------------------------------------------------------------------------------

    def _list(self, shape: ListOf, element: Element, name: str) -> None:
        self._record.branch(name, place(element), None, self._subject)
        self._record.depth += 1
        for number, member in enumerate(element.parts, start=1):
            self.one_of((shape.shape,), member, f"{shape.each} {number}")
        self._record.depth -= 1

    def _sequence(self, shape: Record, element: Element, name: str) -> None:
        self._record.branch(name, place(element), None, self._subject)
        self._record.depth += 1
        members = list(element.parts)
        for part in shape.parts:
            if members and members[0].name == part.tag_name:
                self._part(part, members.pop(0))
            elif part.absent:
                if self._record.tree:
                    self._record.fact(part.name, f"absent: {part.absent}", "")
            else:
                self._missing(part, members, element)
                break
        else:
            for extra in members:
                self._another(extra, "behind the last field", "nothing")
        if shape is REPLACEMENT and len(element.parts) == 2:
            self._replacement(*element.parts)
        self._record.depth -= 1

    def _part(self, part: Part, element: Element) -> None:
        if part.tag is not None:
            try:
                element = as_type(element, part.shape.type, self._octets)
            except OctetsError as error:
                self._another(element, f"{part.name}: {error}", _in_words(part))
                return
        self.value(part.shape, element, part.name)

    def _missing(self, part: Part, members: list[Element], element: Element) -> None:
        """What stands where a field was expected, and all behind it."""
        if not members:
            message = f"the sequence ends where {part.name} ({_in_words(part)}) is expected"
            self._problem(message, element)
        for number, member in enumerate(members):
            if number:
                tell(member, self._record, self._subject)
            else:
                self._another(member, part.name, _in_words(part))

    def _replacement(self, certificate: Element, cell: Element) -> None:
        """The key usage of a certificate and that of the cell that it is for."""
        usages = [one.value for one in cell.parts if one.name == "BIT STRING"]
        if len(usages) == 1 and isinstance(usages[0], bytes):
            judge_usage(certificate, self._octets, usages[0], self._subject, self._record)

    # --- simple values ------------------------------------------------------------------------------------------------

    def _simple(self, shape: Simple, element: Element, name: str) -> None:
        value = element.value
        shown: object = value
        verdict = OPEN
        if shape.size and element.end - element.start != shape.size:
            self._problem(f"{name} has {element.end - element.start} octets where {shape.size} are expected", element)
            verdict = WRONG
        elif isinstance(value, NoSuchTime):
            message = f"{name} is {value}, a time that there is not"
            self._report(Problem(STRUCTURE, message), element, "value")
            verdict = WRONG
        elif shape.size or shape.type in ("NULL", "GeneralizedTime"):
            verdict = FITS
        elif isinstance(value, int) and shape.alert:
            shown, verdict = self._alert(value, element, name)
        elif isinstance(value, int) and value in shape.numbers:
            shown, verdict = Named(value, shape.numbers[value]), FITS
        elif isinstance(value, bytes) and shape.bits:
            names = bits_in_words(value, shape.bits)
            shown, verdict = f"0x{value.hex().upper()} ({names})", FITS if names else OPEN
        self._record.leaf(name, shown, self._subject, verdict, place(element))

    def _alert(self, code: int, element: Element, name: str) -> tuple[object, str]:
        named = f"0x{code:04X}"
        known = self._codes.first(named, "name")
        if known is not None:
            return f"{named} {known.value}", FITS
        message = f"{named} is not in the list of event and alert codes"
        self._report(Problem(ALERT_CODE, message), element, "alert code", named)
        return named, OPEN

    # --- what is wrong ------------------------------------------------------------------------------------------------

    def _another(self, element: Element, name: str, expected: str) -> None:
        self._record.leaf(name, element.name, self._subject, WRONG, place(element))
        self._problem(f"{element.name} where {expected} is expected: {name}", element)

    def _problem(self, message: str, element: Element) -> None:
        self._report(Problem(STRUCTURE, message, severity=self._severity), element, "structure")

    def _report(self, problem: Problem, element: Element, attribute: str, meaning: str = "") -> None:
        self._record.problem(
            problem,
            subject=self._subject,
            attribute=attribute,
            written=written(element, self._octets),
            source=place(element),
            meaning=meaning,
        )


def _longer_lengths(whole: Element, octets: bytes, subject: str, record: FileRecord) -> None:
    """Note lengths in more octets than they need."""
    if whole.are_shortest:
        return
    longer = [element for element in _each(whole) if not element.is_shortest]
    first = longer[0]
    record.problem(
        Problem(LONGER_LENGTH, f"{len(longer)} of the lengths have more octets than they need; the first is here"),
        subject=subject,
        attribute="length",
        written=octets[first.offset : first.start].hex(" ").upper(),
        source=octets_source(first.offset, first.start - first.offset),
    )


def _each(element: Element) -> Iterator[Element]:
    yield element
    for part in element.parts:
        yield from _each(part)


def _in_words(part: Part) -> str:
    return part.tag_name if part.tag is None else f"{part.tag_name} {part.shape.type}"
