"""Calendars of gas messages as a whole (ZigBee Calendar cluster): what its commands publish of one calendar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gbcscheck.cosem.gbz import Component
from gbcscheck.device.calendars import CALENDAR, Calendar, Fault, Mention, faults, missing
from gbcscheck.device.gas.dates import wrong_parts
from gbcscheck.device.gas.payloads import Piece, entries_of
from gbcscheck.device.gas.rows import OCTETS, TEXT, ComponentLayout, Field
from gbcscheck.device.gas.rules import NO_SUCH_DATE
from gbcscheck.device.model import FileRecord, Problem, octets_source
from gbcscheck.model.device_files import WRONG

CLUSTER = 0x0707
"""The Calendar cluster."""
_ID, _INDEX = "Issuer Calendar ID", "Command Index"
_NUMBERS = {"Number of Seasons": "week ID", "Number of Week Profiles": "Week ID", "Number of Day Profiles": "Day ID"}
"""Fields that say how many are published, and the field that each of these has."""
_ENTRIES = {"Total Number of SpecialDays": "day ID", "Total Number of Schedule Entries": "start time"}
"""Fields that say how many entries follow, in one command or several, and a part that each entry has."""
_TOTAL = "Total Number of Commands"
_DAY = "Day ID Ref "
"""How the fields of a week begin that name a day."""
_NEEDED = frozenset((_ID, _INDEX, _TOTAL, *_NUMBERS, *_NUMBERS.values(), *_ENTRIES, *_ENTRIES.values()))
"""The other fields and parts that are looked at."""


class _Value(NamedTuple):
    """A value of a field or of a part of an entry, and where its octets are."""

    label: str
    subject: str
    value: int
    at: int
    size: int


def judge_calendars(octets: bytes, found: Sequence[tuple[Component, ComponentLayout]], record: FileRecord) -> None:
    """Tell what is wrong between the calendar components of one message."""
    by_calendar: dict[int, list[list[_Value]]] = {}
    wrong: set[tuple[str, str]] = set()
    for component, layout in found:
        if component.cluster == CLUSTER and layout.answered is None:
            spans = list(_spans(octets, layout.fields, component.offset, component.end))
            values = list(_values(octets, spans))
            calendar = next((one.value for one in values if one.label == _ID), 0)
            by_calendar.setdefault(calendar, []).append(values)
            wrong.update(_judge_dates(octets, spans, record))
    wrong.update(
        told
        for components in by_calendar.values()
        for fault in _faults(components)
        if (told := _tell(octets, fault, record))
    )
    if wrong:
        record.entries[:] = [
            entry._replace(verdict=WRONG) if (entry.source, entry.subject) in wrong else entry
            for entry in record.entries
        ]


def _spans(octets: bytes, fields: Sequence[Field], at: int, end: int) -> Iterator[tuple[Field, int, int]]:
    """Where each field of a component begins and ends, as far as its octets go."""
    for field in fields:
        if field.kind <= OCTETS:
            stop = at + field.size
        elif field.kind <= TEXT:
            length = octets[at] if at < end else 0
            stop = at + 1 + (0 if length == 0xFF else length)
        else:
            stop = end
        if stop > end:
            return
        yield field, at, stop
        at = stop


def _values(octets: bytes, spans: Iterable[tuple[Field, int, int]]) -> Iterator[_Value]:
    """The whole numbers of a component that are looked at."""
    for field, at, stop in spans:
        if any(part.name in _NEEDED for part in field.parts):
            for entry in entries_of(field.parts, octets[at:stop]) or ():
                for piece in entry:
                    if piece.part.name in _NEEDED and isinstance(piece.value, int):
                        yield _Value(piece.part.name, _subject(field, piece), piece.value, at + piece.at, piece.size)
        elif field.kind < OCTETS and (field.label in _NEEDED or field.label.startswith(_DAY)):
            yield _Value(field.label, field.subject, int.from_bytes(octets[at:stop], "little"), at, stop - at)


def _subject(field: Field, piece: Piece) -> str:
    return f"{field.subject}[*].{piece.part.name}"


def _judge_dates(
    octets: bytes, spans: Iterable[tuple[Field, int, int]], record: FileRecord
) -> Iterator[tuple[str, str]]:
    """Tell dates and times of day that there are not; the place and the subject of each."""
    for field, at, stop in spans:
        for entry in entries_of(field.parts, octets[at:stop]) or () if field.parts else ():
            for piece, message in wrong_parts(entry):
                value = _Value(piece.part.name, _subject(field, piece), int(piece.value), at + piece.at, piece.size)
                _report(octets, Problem(NO_SUCH_DATE, message), value, record)
                yield octets_source(value.at, value.size), value.subject


def _faults(components: Sequence[Sequence[_Value]]) -> Iterator[Fault[_Value]]:
    each = [one for values in components for one in values]
    parts_behind = {values[0].at for values in components if any(v.label == _INDEX and v.value for v in values)}
    firsts = [one for values in components if values and values[0].at not in parts_behind for one in values]
    weeks, days = _mentions(firsts, "Week ID"), _mentions(firsts, "Day ID")
    yield from faults(
        Calendar(
            named_weeks=_mentions(each, "week ID", "season"),
            weeks=weeks or None,
            named_days=[Mention(v.value, v.label, v) for v in each if v.label.startswith(_DAY)],
            days=days or None,
        )
    )
    yield from missing(_mentions(each, "day ID", "special day"), days or None, "day")
    yield from _counted(each, _NUMBERS, firsts)
    for values in components:
        if all(one.value == 1 for one in values if one.label == _TOTAL):
            yield from _counted(values, _ENTRIES, values)


def _counted(values: Iterable[_Value], counts: Mapping[str, str], counted: Iterable[_Value]) -> Iterator[Fault[_Value]]:
    """The values that count others by their labels, as ``counts`` has it, and are not how many there are of these."""
    stated = [one for one in values if one.label in counts]
    labels = Counter(one.label for one in counted) if stated else Counter()
    for one in stated:
        found = labels[counts[one.label]]
        if found not in (0, one.value):
            yield _number(one, found)


def _number(stated: _Value, found: int) -> Fault[_Value]:
    message = f"{stated.label} is {stated.value}, and there are {found}"
    return Fault(message, Mention(stated.value, stated.label, stated), f"write {found}, or what is missing", "note")


def _mentions(values: Sequence[_Value], label: str, what: str = "") -> list[Mention[_Value]]:
    found = [one for one in values if one.label == label]
    kind = what or label.partition(" ")[0].lower()
    return [Mention(one.value, f"{kind} {number}", one) for number, one in enumerate(found, 1)]


def _tell(octets: bytes, fault: Fault[_Value], record: FileRecord) -> tuple[str, str] | None:
    """Tell a fault; the place and the subject of its value where that is wrong."""
    value = fault.mention.place
    problem = Problem(CALENDAR, fault.message, severity=fault.severity, suggestion=fault.suggestion)
    _report(octets, problem, value, record)
    return None if problem.level == "note" else (octets_source(value.at, value.size), value.subject)


def _report(octets: bytes, problem: Problem, value: _Value, record: FileRecord) -> None:
    written, source = octets[value.at : value.at + value.size].hex(" ").upper(), octets_source(value.at, value.size)
    record.problem(
        problem, subject=value.subject, attribute="value", written=written, source=source, meaning=str(value.value)
    )
