"""The values of a service request, and those of the command that was made of it."""

from __future__ import annotations

from gbcscheck.device.documents.header import belongs
from gbcscheck.device.documents.links import PRESENT
from gbcscheck.device.pairs.compared import ComparedValues, last
from gbcscheck.device.pairs.meetings import Meeting, carriers, links_to, meetings
from gbcscheck.device.pairs.rules import DIFFERS, UNMATCHED
from gbcscheck.device.pairs.verdicts import is_at_once, is_at_rest, verdict_of
from gbcscheck.facts.crosswalk import Link, LinkEnd


def compare_command(values: ComparedValues) -> None:
    """Hold every value of a request against the command, and the other way round."""
    use_case = values.message.use_case
    for link in links_to(values.catalogue, use_case):
        if not belongs(values.document.service_reference, link.service_request):
            continue
        if any(end.where == PRESENT for end in link.ends_of("request")):
            _presence(values, link, carriers(link, use_case)[0])
            continue
        for meeting in meetings(link, use_case, values.asked, values.sent):
            values.compared += 1
            _meeting(values, meeting)


def _presence(values: ComparedValues, link: Link, row: LinkEnd) -> None:
    asked = next((end for end in link.ends_of("request") if end.subject in values.asked.subjects), None)
    sent = row.subject in values.sent.subjects
    if asked is None and not sent:
        return
    values.compared += 1
    values.present.update(end.subject for end in link.ends_of("request"))
    if asked is not None and not sent:
        message = f"{last(asked.subject)} has no counterpart in the command"
        values.unmatched(UNMATCHED, link, message, None, row)
    elif asked is None:
        message = f"the command has {last(row.subject)}, which the request does not ask for"
        values.unmatched(UNMATCHED, link, message, None, row)


def _meeting(values: ComparedValues, meeting: Meeting) -> None:
    link, end, row = meeting.link, meeting.end, meeting.row
    if not meeting.sent:
        if meeting.asked:
            values.note(meeting)
            message = f"{last(end.subject)} has no counterpart in the command"
            values.unmatched(UNMATCHED, link, message, meeting.asked[0], row)
    elif not meeting.asked and not end.gather:
        if not is_at_once(link, meeting.sent[0]) and not is_at_rest(meeting):
            message = f"the command sets {last(row.subject)}, which the request does not ask for"
            values.unmatched(UNMATCHED, link, message, None, row, meeting.sent[0])
    else:
        verdict = verdict_of(values.catalogue, meeting)
        values.note(meeting, verdict.reason if verdict.kind == "open" else "")
        values.differs(DIFFERS, meeting, verdict)
