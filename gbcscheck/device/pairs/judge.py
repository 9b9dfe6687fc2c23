"""A service request and the command that was made of it: do they say the same?

Both files are judged for themselves first; here their values are held against each other through the crosswalk, and
the sender, receiver and counter of the two headers.
"""

from __future__ import annotations

import re

from gbcscheck.cosem.envelope import read_envelope
from gbcscheck.device.context import Context
from gbcscheck.device.documents.header import belongs, references_of
from gbcscheck.device.documents.leaves import REQUESTS, unlinked_reason
from gbcscheck.device.documents.links import PRESENT
from gbcscheck.device.items.problems import words_along
from gbcscheck.device.model import FileRecord, Problem
from gbcscheck.device.pairs.meetings import Meeting, carriers, links_to, meetings
from gbcscheck.device.pairs.values import Found, Values
from gbcscheck.device.pairs.verdicts import Verdict, is_at_once, is_at_rest, part_of, verdict_of
from gbcscheck.errors import UsageError
from gbcscheck.evidence.conversion import Route
from gbcscheck.evidence.reading import set_of
from gbcscheck.evidence.value_words import value_words
from gbcscheck.facts.crosswalk import REASONS, Link, LinkEnd
from gbcscheck.model import Statement
from gbcscheck.model.device_files import DEVICE, JudgedFile
from gbcscheck.model.rules import Rule, declare
from gbcscheck.release.catalogue import Catalogue

DIFFERS = declare(
    "D701",
    "command-differs-from-request",
    kind="value",
    severity="error",
    reads=("permitted", "type", "octets"),
    question="Does the command set what the request asks for?",
    text="""
    Request and command are two forms of one thing: after conversion, every value of the request is the value of the
    command. Where messages do not prove that element and row belong together, the finding is a warning.

    **Example.** A request for 17:00:00Z whose command has the hour 18.
    """,
)
UNMATCHED = declare(
    "D702",
    "value-without-counterpart",
    kind="missing",
    severity="error",
    reads=("type", "octets"),
    question="Has every value of the request its place in the command, and the other way round?",
    text="""
    The request has an element whose row the command lacks, or the command sets something that the request does not
    ask for.

    **Example.** A reset of a register in the command, and no such element in the request.
    """,
)
HEADERS = declare(
    "D703",
    "headers-of-different-messages",
    kind="reference",
    severity="error",
    reads=("service-reference",),
    question="Are the two of one service request, from one sender to one device?",
    text="""
    The identifier of a request names sender, receiver and counter. The command goes to the same receiver; it has the
    sender and counter of the request as its own, or, where the DCC sends it, as those of the supplementary remote
    party (GBCS, other information). Its use case is one of the request's service reference.

    **Example.** The command of another meter of the same type.
    """,
)
RULES: tuple[Rule, ...] = (DIFFERS, UNMATCHED, HEADERS)

NO_COMMAND = {"response": "a response", "alert": "an alert"}
IDENTIFIER = "/Request/Header/RequestID"
SUPPLEMENTARY = 18
"""Octets of other information that hold a message code, a supplementary remote party and its counter."""


def judge_pair(request: JudgedFile, command: JudgedFile, context: Context) -> JudgedFile:
    """A request and its command, both judged and with their entries: what is wrong between them, as a file of the
    format ``pair`` whose ``values`` counts what was compared. UsageError where they are no such two files."""
    if request.format != "duis" or command.format != "message":
        found = f"{request.format or 'an unknown file'} and {command.format or 'an unknown file'}"
        raise UsageError(f"a DUIS request and a GBCS message were expected, these are {found}", where=command.path)
    purpose = read_envelope(command.octets).purpose if command.octets else ""
    if purpose in NO_COMMAND:
        raise UsageError(
            f"a command was expected beside the request, this is {NO_COMMAND[purpose]}", where=command.path
        )
    record = FileRecord(command.path)
    pair = _Pair(request, command, context, record)
    reason = pair.judge()
    asked, unmet = pair.unmet() if not reason else (0, ())
    if asked and len(unmet) == asked:
        reason = "no value of the request could be compared with one of the command"
    return JudgedFile(
        f"{request.path} + {command.path}",
        "pair",
        judged=not reason,
        reason=reason,
        use_case=command.use_case,
        service_reference=request.service_reference,
        judged_as=f"release {context.catalogue.release.name}",
        values=pair.compared,
        findings=tuple(record.findings),
        octets=command.octets,
        not_read=unmet,
        asked=asked,
        met=asked - len(unmet),
    )


class _Pair:
    def __init__(self, request: JudgedFile, command: JudgedFile, context: Context, record: FileRecord) -> None:
        self._request, self._command = request, command
        self._asked, self._sent = Values(request.entries), Values(command.entries)
        self._context, self._catalogue = context, context.catalogue
        self._record = record
        self._met: set[int] = set()
        self._open: dict[int, str] = {}
        self._present: set[str] = set()
        self.compared = 0

    def judge(self) -> str:
        self._headers()
        for file in (self._request, self._command):
            if not file.judged:
                return f"only the headers were compared: {file.path} is not judged ({file.reason})"
            if file.basis:
                return f"only the headers were compared: {file.path} was judged {file.basis}"
        for link in links_to(self._catalogue, self._command.use_case):
            if belongs(self._request.service_reference, link.service_request):
                self._link(link)
        return ""

    def unmet(self) -> tuple[int, tuple[str, ...]]:
        """How many values the body of the request has, and a line for each that was not compared, with the reason. An
        empty element that no row carries is no value."""
        asked, lines = 0, []
        for place, entry in enumerate(self._request.entries):
            if not entry.subject.startswith(REQUESTS) or entry.value is None:
                continue
            is_met = place in self._met or entry.subject in self._present
            if is_met or str(entry.value).strip():
                asked += 1
            if not is_met and str(entry.value).strip():
                why = self._open.get(place) or _why_unlinked(self._catalogue, entry.subject)
                lines.append(f'{entry.source} of the request, "{entry.label}": {why}')
        return asked, tuple(lines)

    # --- headers -----------------------------------------------------------------------------------------------------

    def _headers(self) -> None:
        self._use_case()
        identifiers = self._asked.find(IDENTIFIER)
        parts = str(identifiers[0].value).strip().split(":") if identifiers else []
        if len(parts) != 3 or not self._command.octets:
            return
        envelope = read_envelope(self._command.octets)
        sender, receiver, counter = (part.replace("-", "").lower() for part in parts)
        told = [("receiver", receiver, envelope.recipient.octets.hex(), envelope.recipient.offset, 8)]
        other = envelope.other_information
        if envelope.originator.octets.hex() == sender:
            told.append(("counter", counter, str(envelope.counter), envelope.transaction.offset + 1, 8))
        elif len(other.octets) >= SUPPLEMENTARY:
            number = int.from_bytes(other.octets[10:18], "big")
            told.append(("sender", sender, other.octets[2:10].hex(), other.offset + 2, 8))
            told.append(("counter", counter, str(number), other.offset + 10, 8))
        for what, asked, sent, offset, length in told:
            self.compared += 1
            if asked != sent:
                problem = Problem(
                    HEADERS,
                    f"the {what} is {asked.upper()} in the request and {sent.upper()} in the command",
                    (self._own(identifiers[0]),),
                )
                self._record.problem(
                    problem,
                    subject=IDENTIFIER,
                    attribute=what,
                    written=sent.upper(),
                    source=f"octets {offset}+{length}",
                )

    def _use_case(self) -> None:
        """The use case of the command against the service reference of the request."""
        known = self._context.use_cases.named(self._command.use_case)
        variant = self._request.service_reference
        stated = known.catalogue.first(known.name, "service-reference") if known is not None else None
        references = references_of(stated)
        if stated is None or not references or not variant:
            return
        self.compared += 1
        if not any(belongs(variant, reference) or belongs(reference, variant) for reference in references):
            message = f"the command is one of service reference {' or '.join(references)}, the request one of {variant}"
            self._record.problem(
                Problem(HEADERS, message, (stated,)),
                subject=self._command.use_case,
                attribute="service-reference",
                written=self._command.use_case,
                source="",
            )

    # --- values ------------------------------------------------------------------------------------------------------

    def _link(self, link: Link) -> None:
        rows = carriers(link, self._command.use_case)
        if any(end.where == PRESENT for end in link.ends_of("request")):
            self._presence(link, rows[0])
            return
        for meeting in meetings(link, self._command.use_case, self._asked, self._sent):
            self.compared += 1
            self._meeting(meeting)

    def _presence(self, link: Link, row: LinkEnd) -> None:
        asked = next((end for end in link.ends_of("request") if end.subject in self._asked.subjects), None)
        sent = row.subject in self._sent.subjects
        if asked is None and not sent:
            return
        self.compared += 1
        self._present.update(end.subject for end in link.ends_of("request"))
        if asked is not None and not sent:
            self._unmatched(link, f"{_last(asked.subject)} has no counterpart in the command", None, row)
        elif asked is None:
            message = f"the command has {_last(row.subject)}, which the request does not ask for"
            self._unmatched(link, message, None, row)

    def _meeting(self, meeting: Meeting) -> None:
        link, end, row = meeting.link, meeting.end, meeting.row
        if not meeting.sent:
            if meeting.asked:
                self._compared(meeting)
                message = f"{_last(end.subject)} has no counterpart in the command"
                self._unmatched(link, message, meeting.asked[0], row)
        elif not meeting.asked and not end.gather:
            if not is_at_once(link, meeting.sent[0]) and not is_at_rest(meeting):
                message = f"the command sets {_last(row.subject)}, which the request does not ask for"
                self._unmatched(link, message, None, row, meeting.sent[0])
        else:
            verdict = verdict_of(self._catalogue, meeting)
            self._compared(meeting, verdict.reason if verdict.kind == "open" else "")
            self._values(meeting, verdict)

    def _compared(self, meeting: Meeting, why_open: str = "") -> None:
        """Remember of the values of the request that meet some of the command that they were compared, or why not."""
        for asked in meeting.asked:
            for place in (asked.place, *self._asked.named_by(asked, meeting.end)):
                if why_open:
                    self._open[place] = why_open
                else:
                    self._met.add(place)

    def _values(self, meeting: Meeting, verdict: Verdict) -> None:
        if verdict.kind != "different" or verdict.sent is None or verdict.expected is None:
            return
        end, found = meeting.end, verdict.sent
        stated = self._catalogue.first(end.subject, "permitted")
        should = value_words(verdict.expected)
        part = f" ({meeting.row.part})" if meeting.row.part else ""
        own = tuple(self._own(one) for one in meeting.asked)
        written = ", ".join(str(one.value).strip() for one in meeting.asked) or "not there"
        problem = Problem(
            DIFFERS,
            f"{_last(end.subject)} is {written} in the request; the command has "
            f"{_in_command(found, meeting.row, verdict.route)}{part}",
            (*own, *((stated,) if stated is not None else ()), *self._row(meeting.row)),
            severity=_severity(meeting.link),
            witness=should,
            suggestion=f"write {should}",
        )
        self._record.problem(
            problem,
            subject=found.entry.subject,
            attribute="value",
            written=self._octets(found),
            source=found.entry.source,
            meaning=_in_command(found, meeting.row, verdict.route),
        )

    def _unmatched(
        self, link: Link, message: str, asked: Found | None, row: LinkEnd, sent: Found | None = None
    ) -> None:
        own = (self._own(asked),) if asked is not None else ()
        self._record.problem(
            Problem(UNMATCHED, message, (*own, *self._row(row)), severity=_severity(link)),
            subject=row.subject,
            attribute="value",
            written=self._octets(sent) if sent is not None else "absent",
            source=sent.entry.source if sent is not None else "",
        )

    def _row(self, row: LinkEnd) -> tuple[Statement, ...]:
        stated = self._catalogue.first(row.subject, "type") or self._catalogue.first(row.subject, "octets")
        return (stated,) if stated is not None else ()

    def _own(self, found: Found) -> Statement:
        """The request's own statement of a value."""
        text = str(found.value).strip()
        path, source = self._request.path, found.entry.source
        return Statement(found.entry.subject, "value", DEVICE, "published", "", path, source, text=text)

    def _octets(self, found: Found) -> str:
        """The octets of a value of the command, as hexadecimal digits."""
        match = re.fullmatch(r"octets (\d+)\+(\d+)", found.entry.source)
        if match is None:
            return str(found.value)
        start = int(match[1])
        return self._command.octets[start : start + int(match[2])].hex(" ").upper()


def _why_unlinked(catalogue: Catalogue, subject: str) -> str:
    """Why a value of a request meets none of the command."""
    reason, note = unlinked_reason(catalogue.crosswalk, subject)
    said = {str(key): text for key, text in REASONS.items()}
    return note or said.get(reason, "no row of this command is linked to it")


def _last(subject: str) -> str:
    return subject.rpartition("/")[2]


def _severity(link: Link) -> str:
    """Empty (the rule's own) where messages prove the link; a warning where it rests on less."""
    return "" if link.proof.startswith("proved") else "warning"


def _in_command(found: Found, row: LinkEnd, route: Route | None) -> str:
    part = part_of(found.value, row)
    value = set_of(part) if part is not None else None
    if value is None:
        return str(found.value)
    return words_along(route, value) if route is not None else value_words(value)
