"""Changes of the calendars of real commands, each in one place, made of their octets alone; no judge is imported."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import NamedTuple

from gbcscheck.cosem.access import Request
from gbcscheck.cosem.axdr import Data

SEASONS, WEEKS, DAYS, SPECIAL = (20, "attribute 7"), (20, "attribute 8"), (20, "attribute 9"), (11, "attribute 2")
Key = tuple[int, str]
Route = tuple[int, ...]

NO_WEEK, NO_DAY, NO_SPECIAL = "a week that is not there", "a day that is not there", "a special day's day not there"
TWICE = "an identifier twice"
NO_DATE, NO_WEEKDAY, NO_FIELD, NO_DEVIATION = (
    "no date of the calendar",
    "another day of week",
    "out of range",
    "too far",
)
WRONG = (NO_WEEK, NO_DAY, NO_SPECIAL, TWICE, NO_DATE, NO_WEEKDAY, NO_FIELD, NO_DEVIATION)
ORDER, RENAMED, OPENED = "another order", "another name throughout", "said otherwise"
SAME = (ORDER, RENAMED, OPENED)


class Change(NamedTuple):
    """A kind of change, what was done in words, and the values of the request by their number."""

    kind: str
    words: str
    data: tuple[Data, ...]


def wrong_changes(request: Request) -> Iterator[Change]:
    """Every change that no meter can mean."""
    lists = _lists(request)
    yield from _names(request, lists)
    for number, route, octets in _instants(lists):
        for kind, new in _wrong_instants(octets):
            yield _change(request, number, route, new, kind)


def same_changes(request: Request) -> Iterator[Change]:
    """Every change after which the calendar means what it meant."""
    lists = _lists(request)
    for number, data in lists.values():
        if len(data.members) > 1:
            yield _with(request, number, data._replace(value=data.members[::-1]), ORDER)
    yield from _renamed(request, lists)
    for number, route, octets in _instants(lists):
        for new in _said_otherwise(octets):
            yield _change(request, number, route, new, OPENED)


def _lists(request: Request) -> dict[Key, tuple[int, Data]]:
    keys = {(access.class_id, access.member): number for number, access in enumerate(request.accesses)}
    found = {key: keys[key] for key in (SEASONS, WEEKS, DAYS, SPECIAL) if key in keys}
    return {key: (number, request.data[number]) for key, number in found.items() if request.data[number].members}


def _names(request: Request, lists: dict[Key, tuple[int, Data]]) -> Iterator[Change]:
    days = {entry.members[0].value for entry in _entries(lists, DAYS)}
    other_day = next(number for number in range(1, 256) if number not in days)
    for kind, key, places, new in (
        (NO_WEEK, SEASONS, (2,), b"\x77"),
        (NO_DAY, WEEKS, tuple(range(1, 8)), other_day),
        (NO_SPECIAL, SPECIAL, (2,), other_day),
    ):
        for entry in range(len(_entries(lists, key))):
            for place in places:
                yield _change(request, lists[key][0], (entry, place), new, kind)
    for key in (WEEKS, DAYS, SPECIAL):
        entries = _entries(lists, key)
        for entry in range(1, len(entries)):
            yield _change(request, lists[key][0], (entry, 0), entries[0].members[0].value, TWICE)


def _renamed(request: Request, lists: dict[Key, tuple[int, Data]]) -> Iterator[Change]:
    """The first two weeks take each other's names, and so do the seasons that name them; and the same of days."""
    for key, users, places in ((WEEKS, (SEASONS,), (2,)), (DAYS, (WEEKS, SPECIAL), tuple(range(1, 8)))):
        names = [entry.members[0].value for entry in _entries(lists, key)][:2]
        if len(names) < 2:
            continue
        data = list(request.data)
        turned = dict(zip(names, names[::-1], strict=True))
        for one in (key, *users):
            if one not in lists:
                continue
            here = (0,) if one == key else (2,) if one == SPECIAL else places
            number, value = lists[one]
            for entry, member in enumerate(value.members):
                for place in here:
                    name = member.members[place].value
                    data[number] = _replaced(data[number], (entry, place), turned.get(name, name))
        yield Change(RENAMED, f"{names[0]!r} and {names[1]!r}", tuple(data))


def _entries(lists: dict[Key, tuple[int, Data]], key: Key) -> tuple[Data, ...]:
    return lists[key][1].members if key in lists else ()


def _instants(lists: dict[Key, tuple[int, Data]]) -> Iterator[tuple[int, Route, bytes]]:
    """Begins of seasons (12 octets), special days (5) and begins of a day's parts (4)."""
    for key in (SEASONS, SPECIAL):
        for entry, member in enumerate(_entries(lists, key)):
            value = member.members[1].value
            if isinstance(value, bytes):
                yield lists[key][0], (entry, 1), value
    for entry, member in enumerate(_entries(lists, DAYS)):
        for part, action in enumerate(member.members[1].members):
            value = action.members[0].value
            if isinstance(value, bytes):
                yield lists[DAYS][0], (entry, 1, part, 0), value


def _wrong_instants(octets: bytes) -> Iterator[tuple[str, bytes]]:
    if len(octets) != 4:
        for month, day in ((4, 31), (6, 31), (9, 31), (11, 31), (2, 30)):
            yield NO_DATE, octets[:2] + bytes((month, day, 0xFF)) + octets[5:]
        yield NO_DATE, (2023).to_bytes(2, "big") + bytes((2, 29, 0xFF)) + octets[5:]
        yield NO_DATE, (2100).to_bytes(2, "big") + bytes((2, 29, 0xFF)) + octets[5:]
        for at, new in ((2, 0), (2, 13), (2, 0xFC), (3, 0), (3, 32), (3, 0xE0), (4, 0), (4, 8)):
            yield NO_FIELD, octets[:at] + bytes((new,)) + octets[at + 1 :]
        for days in range(0, 366, 61):
            one = date(2024, 1, 1) + timedelta(days)
            weekday = one.isoweekday() % 7 + 1
            yield NO_WEEKDAY, _date(one, weekday) + octets[5:]
    clock = {4: 0, 12: 5}.get(len(octets))
    if clock is not None:
        for at, new in ((0, 24), (0, 0xFE), (1, 60), (2, 60), (3, 100), (3, 0xFE)):
            yield NO_FIELD, octets[: clock + at] + bytes((new,)) + octets[clock + at + 1 :]
    if len(octets) == 12:
        for minutes in (-721, 841, 0x7FFF, -0x7FFF):
            yield NO_DEVIATION, octets[:9] + minutes.to_bytes(2, "big", signed=True) + octets[11:]


def _said_otherwise(octets: bytes) -> Iterator[bytes]:
    """The day of the week as it is, hundredths 0 or not specified, a deviation of 0 or none, no clock status or 0."""
    if len(octets) != 4:
        year = int.from_bytes(octets[:2], "big")
        with suppress(ValueError):
            day = date(year, octets[2], octets[3])
            yield _date(day, day.isoweekday()) + octets[5:]
    at = {4: 3, 12: 8}.get(len(octets))
    if at is not None:
        yield octets[:at] + b"\xff" + octets[at + 1 :]
    if len(octets) == 12:
        yield octets[:9] + b"\x00\x00" + octets[11:]
        yield octets[:11] + b"\x00"
        yield octets[:11] + b"\x80"


def _date(day: date, weekday: int) -> bytes:
    return day.year.to_bytes(2, "big") + bytes((day.month, day.day, weekday))


def _replaced(data: Data, route: Route, new: object) -> Data:
    if not route:
        return data._replace(value=new)  # type: ignore[arg-type]
    members = list(data.members)
    members[route[0]] = _replaced(members[route[0]], route[1:], new)
    return data._replace(value=tuple(members))


def _change(request: Request, number: int, route: Route, new: object, kind: str) -> Change:
    return _with(request, number, _replaced(request.data[number], route, new), kind, f"{route} {new!r}")


def _with(request: Request, number: int, data: Data, kind: str, words: str = "") -> Change:
    return Change(kind, words, tuple(data if at == number else one for at, one in enumerate(request.data)))
