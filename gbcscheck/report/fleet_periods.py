"""Days of reads put together to days, weeks, months or years, as many as a plot has room for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from gbcscheck.frozen import frozen
from gbcscheck.model.fleet import FleetGroup

MOST = 62
"""Periods of a plot."""


@frozen
class Period:
    """A stretch of days by its first day: its name, the devices whose newest read lies in it, and how many of them hold
    a violation."""

    name: str
    devices: int
    wrong: int


@frozen
class Periods:
    """Periods one after the other, those without a read among them; ``kind`` is day, week, month or year. ``earlier``
    are those before the first one, ``undated`` what has no day."""

    kind: str
    periods: tuple[Period, ...]
    earlier: tuple[Period, ...] = ()
    undated: tuple[FleetGroup, ...] = ()


def periods(days: Sequence[FleetGroup]) -> Periods:
    """The days put together to the shortest kind of period of which there are at most MOST from the first to the last;
    of years, the last MOST."""
    dated, undated = [], []
    for group in days:
        day = _day(group.name)
        if day is None:
            undated.append(group)
        else:
            dated.append((day, group))
    if not dated:
        return Periods("day", (), undated=tuple(undated))
    found: list[Period] = []
    kind = ""
    for kind, first, following, name in _KINDS:
        starts = {first(day) for day, _ in dated}
        steps = _from(min(starts), max(starts), following, MOST if kind != "year" else None)
        if steps is not None:
            found = _counted(dated, first, steps, name)
            break
    return Periods(kind, tuple(found[-MOST:]), tuple(found[:-MOST]), tuple(undated))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _from(first: date, last: date, following: Callable[[date], date], most: int | None) -> list[date] | None:
    """The periods from the first to the last; None where there are too many."""
    found = [first]
    while found[-1] < last:
        if most is not None and len(found) == most:
            return None
        found.append(following(found[-1]))
    return found


def _counted(
    dated: Iterable[tuple[date, FleetGroup]],
    first: Callable[[date], date],
    steps: Iterable[date],
    name: Callable[[date], str],
) -> list[Period]:
    devices: Counter[date] = Counter()
    wrong: Counter[date] = Counter()
    for day, group in dated:
        devices[first(day)] += group.devices
        wrong[first(day)] += group.wrong
    return [Period(name(step), devices[step], wrong[step]) for step in steps]


def _monday(day: date) -> date:
    return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))


def _next_month(day: date) -> date:
    return day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1)


_KINDS: tuple[tuple[str, Callable[[date], date], Callable[[date], date], Callable[[date], str]], ...] = (
    ("day", lambda day: day, lambda day: day + timedelta(days=1), date.isoformat),
    ("week", _monday, lambda day: day + timedelta(days=7), date.isoformat),
    ("month", lambda day: day.replace(day=1), _next_month, lambda day: f"{day.year:04}-{day.month:02}"),
    (
        "year",
        lambda day: day.replace(month=1, day=1),
        lambda day: day.replace(year=day.year + 1),
        lambda day: f"{day.year:04}",
    ),
)
"""Kinds of periods, the shortest first: name, the first day of that in which a day lies, the period after one (there is
one up to the last that has a day), and how one is written."""
