"""The values of a device's response, and those that the DCC shows of it (MMC)."""

from __future__ import annotations

from collections.abc import Iterator

from gbcscheck.device.documents.header import belongs
from gbcscheck.device.pairs.compared import ComparedValues, last, shown_name
from gbcscheck.device.pairs.meetings import Meeting, carriers, links_to, meetings
from gbcscheck.device.pairs.rules import SHOWN_DIFFERS, SHOWN_UNMATCHED
from gbcscheck.device.pairs.sides import READINGS
from gbcscheck.device.pairs.values import Found
from gbcscheck.device.pairs.verdicts import Verdict, verdict_of
from gbcscheck.facts.crosswalk import Link

UNSTATED = "no document at hand says which value of the one is which of the other"


def compare_reading(values: ComparedValues) -> tuple[str, ...]:
    """Hold every value that a document shows against the response; a line for each linked value of the response that
    it does not show."""
    use_case = values.message.use_case
    by_place: dict[int, list[Meeting]] = {}
    hidden: dict[int, Found] = {}
    shown: set[int] = set()
    for link in links_to(values.catalogue, use_case, READINGS):
        for meeting in _meetings(values, link):
            if meeting.asked:
                by_place.setdefault(meeting.asked[0].place, []).append(meeting)
            for sent in meeting.sent:
                if meeting.asked:
                    shown.add(sent.place)
                else:
                    hidden.setdefault(sent.place, sent)
    for _, alternatives in sorted(by_place.items()):
        values.compared += 1
        _alternatives(values, alternatives)
    return tuple(
        f'{found.entry.source} of the response, "{shown_name(found)}": the document does not show it'
        for place, found in sorted(hidden.items())
        if place not in shown
    )


def _meetings(values: ComparedValues, link: Link) -> Iterator[Meeting]:
    if not values.document.service_reference or belongs(values.document.service_reference, link.read_service_request):
        use_case = values.message.use_case
        if carriers(link, use_case, READINGS):
            yield from meetings(link, use_case, values.asked, values.sent, READINGS)


def _alternatives(values: ComparedValues, several: list[Meeting]) -> None:
    """One value of the document by all of its links, of which one has to fit."""
    told = [(meeting, _verdict(values, meeting)) for meeting in several if meeting.sent]
    if not told:
        meeting = several[0]
        values.note(meeting)
        message = f"{last(meeting.end.subject)} has no counterpart in the response"
        values.unmatched(SHOWN_UNMATCHED, meeting.link, message, meeting.asked[0], meeting.row)
        return
    order = ("equal", "open", "different")
    meeting, verdict = min(told, key=lambda one: order.index(one[1].kind))
    for one, its_verdict in told:
        if its_verdict.kind == verdict.kind:
            values.note(one, verdict.reason if verdict.kind == "open" else "")
    values.differs(SHOWN_DIFFERS, meeting, verdict)


def _verdict(values: ComparedValues, meeting: Meeting) -> Verdict:
    if meeting.end.conversion == "unstated":
        return Verdict("open", UNSTATED)
    return verdict_of(values.catalogue, meeting)
