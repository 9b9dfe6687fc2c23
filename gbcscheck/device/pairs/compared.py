"""The values of a document held against those of a message, by meetings of the crosswalk: what was compared, what was
not and why, and the findings."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from gbcscheck.device.documents.leaves import unlinked_reason
from gbcscheck.device.items.problems import words_along
from gbcscheck.device.model import FileRecord, Problem
from gbcscheck.device.pairs.meetings import Meeting
from gbcscheck.device.pairs.sides import Sides
from gbcscheck.device.pairs.values import Found, Values
from gbcscheck.device.pairs.verdicts import Verdict, part_of
from gbcscheck.evidence.conversion import Route
from gbcscheck.evidence.reading import set_of
from gbcscheck.evidence.value_words import value_words
from gbcscheck.facts.crosswalk import REASONS, Link, LinkEnd
from gbcscheck.model import Statement
from gbcscheck.model.device_files import DEVICE, JudgedFile
from gbcscheck.model.rules import Rule
from gbcscheck.release.catalogue import Catalogue

BY_NAMES = "element and row are linked by their names; no document at hand proves that they belong together."


class ComparedValues:
    """What was compared of a document and a message so far; ``compared`` counts it."""

    def __init__(
        self,
        sides: Sides,
        files: tuple[JudgedFile, JudgedFile],
        values: tuple[Values, Values],
        catalogue: Catalogue,
        record: FileRecord,
    ) -> None:
        self.sides = sides
        self.document, self.message = files
        self.asked, self.sent = values
        self.catalogue, self.record = catalogue, record
        self.present: set[str] = set()
        self.compared = 0
        self._met: set[int] = set()
        self._open: dict[int, str] = {}

    def unmet(self) -> tuple[int, tuple[str, ...]]:
        """How many values the body of the document has, and a line for each that was not compared, with the reason. An
        empty element that no row carries is no value."""
        asked, lines = 0, []
        for place, entry in enumerate(self.document.entries):
            if not entry.subject.startswith(self.sides.body) or entry.value is None:
                continue
            is_met = place in self._met or entry.subject in self.present
            if is_met or str(entry.value).strip():
                asked += 1
            if not is_met and str(entry.value).strip():
                why = self._open.get(place) or self._why_unlinked(entry.subject)
                lines.append(f'{entry.source} of the {self.sides.document}, "{entry.label}": {why}')
        return asked, tuple(lines)

    def note(self, meeting: Meeting, why_open: str = "") -> None:
        """Remember of the values of the document that meet some of the message that they were compared, or why not."""
        for asked in meeting.asked:
            for place in (asked.place, *self.asked.named_by(asked, meeting.end)):
                if why_open:
                    self._open[place] = why_open
                else:
                    self._met.add(place)

    def differs(self, rule: Rule, meeting: Meeting, verdict: Verdict) -> None:
        """Tell of values that meet and are not one."""
        if verdict.kind != "different" or verdict.sent is None or verdict.expected is None:
            return
        end, found = meeting.end, verdict.sent
        stated = self.catalogue.first(end.subject, "permitted")
        should = value_words(verdict.expected)
        part = f" ({meeting.row.part})" if meeting.row.part else ""
        own = tuple(self._own(one) for one in meeting.asked)
        written = ", ".join(str(one.value).strip() for one in meeting.asked) or "not there"
        is_command = self.sides.elements == "request"
        problem = Problem(
            rule,
            f"{last(end.subject)} is {written} in the {self.sides.document}{self._scaled(written, should)}; the "
            f"{self.sides.message} has {_in_message(found, meeting.row, verdict.route)}{part}",
            (*own, *((stated,) if stated is not None else ()), *self._row(meeting.row)),
            severity=self._severity(meeting.link),
            witness=should,
            suggestion=f"write {should}" if is_command else "",
            why="" if is_command or self.sides.is_proved(meeting.link) else BY_NAMES,
        )
        self.record.problem(
            problem,
            subject=found.entry.subject,
            attribute="value",
            written=self._octets(found),
            source=found.entry.source,
            meaning=_in_message(found, meeting.row, verdict.route),
        )

    def unmatched(
        self, rule: Rule, link: Link, message: str, asked: Found | None, row: LinkEnd, sent: Found | None = None
    ) -> None:
        """Tell of a value of the one that has none of the other."""
        own = (self._own(asked),) if asked is not None else ()
        self.record.problem(
            Problem(rule, message, (*own, *self._row(row)), severity=self._severity(link)),
            subject=row.subject,
            attribute="value",
            written=self._octets(sent) if sent is not None else "absent",
            source=sent.entry.source if sent is not None else "",
        )

    def _scaled(self, written: str, should: str) -> str:
        """What a number of the document is in the message, where it is written otherwise there; empty where it is no
        number."""
        numbers = [_number(text) for text in (written, should)]
        return (
            f", which the {self.sides.message} writes as {should}"
            if None not in numbers and len(set(numbers)) > 1
            else ""
        )

    def _row(self, row: LinkEnd) -> tuple[Statement, ...]:
        stated = self.catalogue.first(row.subject, "type") or self.catalogue.first(row.subject, "octets")
        return (stated,) if stated is not None else ()

    def _own(self, found: Found) -> Statement:
        """The document's own statement of a value."""
        text = str(found.value).strip()
        path, source = self.document.path, found.entry.source
        return Statement(found.entry.subject, "value", DEVICE, "published", "", path, source, text=text)

    def _octets(self, found: Found) -> str:
        """The octets of a value of the message, as hexadecimal digits."""
        match = re.fullmatch(r"octets (\d+)\+(\d+)", found.entry.source)
        if match is None:
            return str(found.value)
        start = int(match[1])
        return self.message.octets[start : start + int(match[2])].hex(" ").upper()

    def _severity(self, link: Link) -> str:
        """Empty (the rule's own) where the link is proved; a warning where it rests on less."""
        return "" if self.sides.is_proved(link) else "warning"

    def _why_unlinked(self, subject: str) -> str:
        """Why a value of the document meets none of the message."""
        reason, note = unlinked_reason(self.catalogue.crosswalk, subject)
        said = {str(key): text for key, text in REASONS.items()}
        return note or said.get(reason, f"no row of this {self.sides.message} is linked to it")


def last(subject: str) -> str:
    """The last step of a subject."""
    return subject.rpartition("/")[2]


def shown_name(found: Found) -> str:
    """What a value is called in a report: by its label, and a member of a list, which has only its number, by what
    that is a list of."""
    label = found.entry.label
    return label if not label.startswith("[") else last(found.entry.subject) or label


def _number(text: str) -> Decimal | None:
    """The number that a text begins with, before what is said of it in words; None where there is none."""
    try:
        return Decimal(text.partition(" (")[0])
    except InvalidOperation:
        return None


def _in_message(found: Found, row: LinkEnd, route: Route | None) -> str:
    part = part_of(found.value, row)
    value = set_of(part) if part is not None else None
    if value is None:
        return str(found.value)
    return words_along(route, value) if route is not None else value_words(value)
