"""Bins for numbers: between the least and the most, with the bounds of what is permitted as edges, and what lies
outside of these in bins of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import ceil, floor, inf, log10

from gbcscheck.frozen import frozen

MOST_BINS = 40
"""Bins of a distribution."""
MOST_OUTSIDE = 6
"""Different numbers outside of what is permitted that have a bin each; more share bins."""
_PER_GAP = 5
"""Bins of a stretch outside of what is permitted, at most."""
_GAPS = 3
"""Stretches outside that have bins of their own; where there are more, they share one each."""
Stretch = tuple[float | None, float | None]


@frozen
class Edges:
    """A bin: the numbers from ``low`` on and below ``high``, or the single one where both are the same; ``outside`` of
    what is permitted or not."""

    low: float
    high: float
    outside: bool


def single_bins(numbers: Iterable[float], permitted: Sequence[Stretch]) -> list[Edges]:
    """A bin for each of some numbers."""
    return [Edges(one, one, bool(permitted) and not _inside(one, permitted)) for one in sorted(numbers)]


def bins_between(
    least: float, most: float, permitted: Sequence[Stretch], outside: Sequence[float], *, is_whole: bool
) -> list[Edges]:
    """At most MOST_BINS bins from the least to the most number. ``outside`` are the numbers that lie outside of what is
    permitted, where there are few of them: each has a bin then, and is not looked for elsewhere; empty where there are
    none or too many. ``is_whole``: all numbers are whole, and so are the edges."""
    inside = _within(least, most, permitted, is_whole=is_whole)
    if not inside:
        if outside:
            return single_bins(outside, permitted)
        return _equal(least, _behind(most, is_whole), MOST_BINS, is_whole=is_whole, outside=bool(permitted))
    single = single_bins(outside, permitted)
    gaps = [] if single else _gaps(least, most, inside, is_whole=is_whole)
    tails = [one for gap in gaps for one in _tail(*gap, _PER_GAP if len(gaps) <= _GAPS else 1, is_whole=is_whole)]
    room = max(len(inside), MOST_BINS - len(single) - len(tails))
    return sorted([*single, *tails, *_shared(inside, room, is_whole=is_whole)], key=lambda one: one.low)


def _inside(number: float, permitted: Sequence[Stretch]) -> bool:
    return any((low is None or low <= number) and (high is None or number <= high) for low, high in permitted)


def _behind(number: float, is_whole: bool) -> float:
    """Where a bin ends that holds a number as its last."""
    return number + 1 if is_whole else number + max(abs(number) * 1e-9, 1e-9)


def _within(least: float, most: float, permitted: Sequence[Stretch], *, is_whole: bool) -> list[tuple[float, float]]:
    """The permitted stretches between the least and the most number, ends behind their last number."""
    found = []
    for low, high in permitted or ((None, None),):
        first = max(least, -inf if low is None else low)
        last = min(most, inf if high is None else high)
        if is_whole:
            first, last = ceil(first), floor(last)
        if first <= last:
            found.append((float(first), float(_behind(last, is_whole))))
    return found


def _gaps(
    least: float, most: float, inside: Sequence[tuple[float, float]], *, is_whole: bool
) -> list[tuple[float, float, bool]]:
    """What lies before, between and behind permitted stretches: its ends, and whether it is told from its end (before
    the first one) or its beginning."""
    found = [(least, inside[0][0], True)] if least < inside[0][0] else []
    found += [(end, start, False) for (_, end), (start, _) in pairwise(inside) if end < start]
    if most >= inside[-1][1]:
        found.append((inside[-1][1], _behind(most, is_whole), False))
    return found


def _tail(low: float, high: float, mirrored: bool, most: int, *, is_whole: bool) -> list[Edges]:
    """Bins that become wider with the distance from what is permitted, by powers of ten."""
    span = high - low
    if most == 1 or span <= 1:
        return [Edges(low, high, outside=True)]
    decades = max(1, ceil(log10(span)))
    first = 0 if is_whole else floor(log10(span)) - most + 1
    steps = range(first, decades, max(1, ceil((decades - first) / most)))
    ends = [float(10**step) if is_whole or step >= 0 else 10.0**step for step in steps]
    distances = [0.0, *(end for end in ends[1:] if end < span), span]
    edges = [high - one for one in reversed(distances)] if mirrored else [low + one for one in distances]
    return [Edges(start, end, outside=True) for start, end in pairwise(edges)]


def _shared(inside: Sequence[tuple[float, float]], room: int, *, is_whole: bool) -> list[Edges]:
    """Some bins shared among stretches by their length, at least one each."""
    whole = sum(end - start for start, end in inside)
    left = room - len(inside)
    found: list[Edges] = []
    for start, end in inside:
        number = 1 + floor(left * (end - start) / whole)
        found += _equal(start, end, number, is_whole=is_whole, outside=False)
    return found


def _equal(start: float, end: float, number: int, *, is_whole: bool, outside: bool) -> list[Edges]:
    """At most so many bins of one width, with round numbers as edges; the first and the last may be narrower."""
    width = next(
        one for one in _widths((end - start) / number, is_whole=is_whole) if _needed(start, end, one) <= number
    )
    first = floor(start / width)
    rounds = [(first + step) * width for step in range(1, _needed(start, end, width))]
    return [
        Edges(low, low if is_whole and high - low == 1 else high, outside=outside)
        for low, high in pairwise([start, *rounds, end])
    ]


def _needed(start: float, end: float, width: float) -> int:
    return max(1, ceil(end / width) - floor(start / width))


def _widths(least: float, *, is_whole: bool) -> Iterator[float]:
    """1, 2 and 5 times powers of ten, from the least on that is not smaller than a width; of whole numbers whole ones;
    in the end one that is enough for all numbers."""
    power = 0 if is_whole and least <= 1 else floor(log10(least))
    for step in range(power, 320):
        for times in (1.0, 2.0, 5.0):
            width = float(f"{times:.0f}e{step}") if step < 308 else inf
            if width >= least * (1 - 1e-12) and (width.is_integer() or width == inf or not is_whole):
                yield width
