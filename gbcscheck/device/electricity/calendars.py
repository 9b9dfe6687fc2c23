"""Activity calendars and special days (COSEM classes 20 and 11) as they stand in one message or one dump."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gbcscheck.cosem.axdr import Data
from gbcscheck.device.calendars import CALENDAR, Calendar, Fault, Mention, faults, missing
from gbcscheck.device.electricity.rows import Group, ValueShape
from gbcscheck.device.electricity.rules import COUNT, LENGTH, TYPE
from gbcscheck.device.electricity.value import ARRAYS, Walk
from gbcscheck.device.model import Problem
from gbcscheck.model.device_files import WRONG

CALENDAR_CLASS, SPECIAL_DAYS_CLASS = 20, 11
ENTRIES = "attribute 2"
SEASONS, WEEKS, DAYS = ("attribute 3", "attribute 7"), ("attribute 4", "attribute 8"), ("attribute 5", "attribute 9")
"""The attributes of a calendar, first of the active one, then of the passive one."""
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class _Spot(NamedTuple):
    """A value and the subject of its row."""

    data: Data
    subject: str


class Calendars:
    """Takes the values of one message or dump, and then says what is wrong between them."""

    def __init__(self) -> None:
        self._values: dict[tuple[int, str], dict[str, tuple[Group, Data]]] = {}

    def take(self, group: Group, data: Data) -> None:
        """A value of an access; what is no part of a calendar is left."""
        if group.class_id in (CALENDAR_CLASS, SPECIAL_DAYS_CLASS) and data.tag in ARRAYS:
            self._values.setdefault((group.class_id, group.item), {})[group.member] = group, data

    def judge(self, walk: Walk) -> None:
        """Tell what is wrong, once, and forget it all. A list whose values have not the shape or the type of their rows
        is told so already, and nothing is looked for in it."""
        shapeless = {
            finding.statements[0].source
            for finding in walk.record.findings
            if finding.rule in (TYPE.code, LENGTH.code, COUNT.code)
        }
        if shapeless:
            for values in self._values.values():
                for member, (_, data) in list(values.items()):
                    if any(walk.source(one) in shapeless for one in _all_in(data)):
                        del values[member]
        wrong: set[int] = set()
        for fault in self._faults():
            spot = fault.mention.place
            problem = Problem(CALENDAR, fault.message, severity=fault.severity, suggestion=fault.suggestion)
            walk.problem(problem, spot.data, spot.subject, "element")
            wrong.add(id(spot.data))
        if wrong:
            walk.record.entries[:] = [
                entry._replace(verdict=WRONG) if id(entry.value) in wrong else entry for entry in walk.record.entries
            ]
        self._values.clear()

    def _faults(self) -> Iterator[Fault[_Spot]]:
        days_by_item: dict[str, list[Mention[_Spot]]] = {}
        for (class_id, item), values in self._values.items():
            if class_id == CALENDAR_CLASS:
                for members in zip(SEASONS, WEEKS, DAYS, strict=True):
                    calendar = _calendar(*(values.get(member) for member in members))
                    yield from faults(calendar)
                    if calendar.days is not None:
                        days_by_item.setdefault(item, []).extend(calendar.days)
            elif ENTRIES in values:
                entries = _spots(values[ENTRIES], 0, "entry", "index")
                yield from faults(Calendar(entries=entries))
        for (class_id, item), values in self._values.items():
            days = days_by_item.get(_owner(item))
            if class_id == SPECIAL_DAYS_CLASS and ENTRIES in values:
                yield from missing(_spots(values[ENTRIES], 2, "special day", "day_id"), days, "day")


def _all_in(data: Data) -> Iterator[Data]:
    """A value and everything in it."""
    yield data
    for member in data.members:
        yield from _all_in(member)


def _owner(item: str) -> str:
    """The item of the calendar to which special days belong: ``TariffSwitchingTable`` of
    ``TariffSwitchingTable(SpecialDays)``."""
    return item.rpartition("(")[0]


def _calendar(
    seasons: tuple[Group, Data] | None, weeks: tuple[Group, Data] | None, days: tuple[Group, Data] | None
) -> Calendar[_Spot]:
    return Calendar(
        seasons=_spots(seasons, 0, "season", "season_profile_name"),
        named_weeks=_spots(seasons, 2, "season", "week_name"),
        weeks=_spots(weeks, 0, "week", "week_profile_name") if weeks is not None else None,
        named_days=[
            spot for place, day in enumerate(_WEEK, 1) for spot in _spots(weeks, place, f"{day} of week", day.lower())
        ],
        days=_spots(days, 0, "day", "day_id") if days is not None else None,
    )


def _spots(found: tuple[Group, Data] | None, place: int, what: str, name: str) -> list[Mention[_Spot]]:
    """The identifiers at one place of the structures of a list; those of another type or shape are told elsewhere."""
    if found is None:
        return []
    group, data = found
    subject = _subject(group, name)
    mentions = []
    for number, entry in enumerate(data.members, 1):
        if len(entry.members) > place and isinstance(value := entry.members[place].value, int | bytes):
            mentions.append(Mention(value, f"{what} {number}", _Spot(entry.members[place], subject)))
    return mentions


def _subject(group: Group, name: str) -> str:
    """The subject of the row of a field in the structures of a list; that of the first row where it has none."""
    shape: ValueShape | None = group.value.element if group.value is not None else None
    field = shape.fields.get(name) if shape is not None else None
    return field.leaf.subject if field is not None and field.leaf is not None else group.leaves[0].subject
