"""What pairs of a service request and its command show of the crosswalk: for each value of the body of a request,
whether it is linked, whether it was compared, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from gbcscheck.device.documents.header import belongs
from gbcscheck.device.documents.leaves import REQUESTS, unlinked_reason
from gbcscheck.device.documents.links import PRESENT
from gbcscheck.device.pairs.meetings import Meeting, carriers, links_to, meetings
from gbcscheck.device.pairs.names import pair_name
from gbcscheck.device.pairs.values import Found, Values
from gbcscheck.device.pairs.verdicts import verdict_of
from gbcscheck.facts.crosswalk import Link
from gbcscheck.model.device_files import Entry, JudgedFile
from gbcscheck.release.catalogue import Catalogue

State = Literal["equal", "weak", "different", "open", "absent", "unlinked", "missing"]
"""What is known of a value of a request. ``equal``: the command has it, and it stands once in both, or in a list that
is equal as a whole; ``weak``: equal, and it stands more than once; ``different``; ``open``: it cannot be told;
``absent``: its row is not in the command; ``unlinked``: it has no link, for a reason; ``missing``: it has no link."""
STATES: tuple[State, ...] = ("equal", "weak", "different", "open", "absent", "unlinked", "missing")


class Told(NamedTuple):
    """One value of the body of a request: its subject, what was written, its line, what is known of it, and why."""

    subject: str
    written: str
    source: str
    state: State
    reason: str = ""


class Shown(NamedTuple):
    """What one pair shows of one link: equal values that stand once (``proved``), equal ones (``weak``), or
    ``different`` ones."""

    link: Link
    verdict: Literal["proved", "weak", "different"]


class PairProof(NamedTuple):
    """What a request and its command show: every value of the request's body, and every link with values in both."""

    request: str
    service_reference: str
    use_case: str
    values: tuple[Told, ...]
    links: tuple[Shown, ...]

    @property
    def name(self) -> str:
        """The name of the pair: that of the request's file without what says that it is one."""
        return pair_name(self.request)


def prove_pair(catalogue: Catalogue, request: JudgedFile, command: JudgedFile) -> PairProof:
    """What a request and its command show of the links of a catalogue, both judged with their entries."""
    prover = _Prover(catalogue, request, command)
    links = [shown for link in links_to(catalogue, command.use_case) if (shown := prover.show(link)) is not None]
    return PairProof(
        request.path, request.service_reference, command.use_case, tuple(prover.told(request.entries)), tuple(links)
    )


class _Prover:
    def __init__(self, catalogue: Catalogue, request: JudgedFile, command: JudgedFile) -> None:
        self._catalogue = catalogue
        self._asked, self._sent = Values(request.entries), Values(command.entries)
        self._reference, self._use_case = request.service_reference, command.use_case
        self._once_asked = _counted(self._asked.all())
        self._once_sent = _counted(self._sent.all())
        self._states: dict[int, tuple[State, str]] = {}
        self._linked = {
            end.subject: "no row of this use case carries it"
            for link in catalogue.crosswalk.links
            if belongs(self._reference, link.service_request)
            for end in link.all_ends_of("request")
        }
        self._present: set[str] = set()

    def show(self, link: Link) -> Shown | None:
        """What the pair shows of a link; None where it has no value on both sides."""
        if not belongs(self._reference, link.service_request):
            return None
        ends = link.all_ends_of("request")
        self._linked.update((end.subject, "its row is not in the command") for end in ends)
        if any(end.where == PRESENT for end in ends):
            return self._presence(link)
        met = list(meetings(link, self._use_case, self._asked, self._sent))
        found = [one for one in map(self._meet, met) if one is not None]
        if not found:
            return None
        if "different" in found:
            return Shown(link, "different")
        together = len({str(one.asked[0].value) for one in met if one.asked}) > 1
        if "equal" in found or together:
            for one in met if together else ():
                self._strengthen(one)
            return Shown(link, "proved")
        return Shown(link, "weak") if "weak" in found else None

    def _presence(self, link: Link) -> Shown | None:
        asked = [end.subject for end in link.ends_of("request") if end.subject in self._asked.subjects]
        sent = any(row.subject in self._sent.subjects for row in carriers(link, self._use_case))
        if asked and sent:
            self._present.update(asked)
            return Shown(link, "proved")
        return None

    def _meet(self, meeting: Meeting) -> State | None:
        """What is known of the values of the request that meet some of the command."""
        if not meeting.sent or not (meeting.asked or meeting.end.gather):
            return None
        verdict = verdict_of(self._catalogue, meeting)
        state: State = verdict.kind
        if verdict.kind == "equal" and not self._is_single(meeting):
            state = "weak"
        self._note(meeting, state, verdict.reason)
        return state

    def _note(self, meeting: Meeting, state: State, reason: str) -> None:
        for asked in meeting.asked:
            for place in (asked.place, *self._asked.named_by(asked, meeting.end)):
                known = self._states.get(place)
                if known is None or STATES.index(state) < STATES.index(known[0]) or state == "different":
                    self._states[place] = (state, reason)

    def _strengthen(self, meeting: Meeting) -> None:
        """A list of different values that is equal as a whole: each of its values is in its place."""
        if meeting.asked and self._states.get(meeting.asked[0].place, ("",))[0] == "weak":
            self._note(meeting, "equal", "")

    def _is_single(self, meeting: Meeting) -> bool:
        once = all(self._once_asked[_text(one.value)] == 1 for one in meeting.asked)
        if meeting.row.part:  # a part of a value is compared by itself, and stands in many values
            return once
        return once and all(self._once_sent[_text(one.value)] == 1 for one in meeting.sent)

    def told(self, entries: Sequence[Entry]) -> Iterator[Told]:
        """Every value of the body of the request."""
        for place, entry in enumerate(entries):
            if not entry.subject.startswith(REQUESTS) or entry.value is None:
                continue
            state, reason = self._state_of(place, entry.subject)
            yield Told(entry.subject, str(entry.value).strip(), entry.source, state, reason)

    def _state_of(self, place: int, subject: str) -> tuple[State, str]:
        if place in self._states:
            return self._states[place]
        if subject in self._present:
            return "equal", ""
        reason, _ = unlinked_reason(self._catalogue.crosswalk, subject)
        if reason:
            return "unlinked", reason
        for known in (subject, subject.rpartition("/@")[0]):
            if known in self._linked:
                return "absent", self._linked[known]
        return "missing", ""


def _counted(values: Iterable[Found]) -> Counter[str]:
    return Counter(_text(one.value) for one in values)


def _text(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value).strip()
