"""Dates and times of day in gas messages, by what their parts say together.

A ZigBee date is four octets: years since 1900, month, day of the month, day of the week (1 is Monday), and 0xFF for
what is not specified (ZigBee Cluster Library, data type date). A schedule entry of the Calendar cluster starts at so
many minutes after midnight.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gbcscheck.device.gas.payloads import DATE, START_TIME, Piece

ANY = 0xFF
_FIRST_YEAR, _ANY_YEAR = 1900, 0xFFFF
_KNOWN = {"month": range(1, 15), "day of month": range(1, 35), "day of week": range(1, 8)}
"""Numbers that parts of a date may have. Behind the last month and the last day stand those for odd and even months,
for the last day of a month, and for odd and even days: of these, nothing more is asked."""
MINUTES = range(24 * 60)
"""Minutes of a day."""


class WrongPart(NamedTuple):
    """A part of an entry, and what is wrong with it."""

    piece: Piece
    message: str


def wrong_parts(entry: Sequence[Piece]) -> list[WrongPart]:
    """What is wrong with the date and the time of day of an entry; nothing where it has none."""
    by_name = {piece.part.name: piece for piece in entry}
    found = []
    if all(part.name in by_name for part in DATE) and (wrong := _wrong_date(by_name)) is not None:
        found.append(wrong)
    start = by_name.get(START_TIME)
    if start is not None and isinstance(start.value, int) and start.value not in MINUTES:
        message = f"minute {start.value} of a day, which has {len(MINUTES)} minutes, 0 to {MINUTES[-1]}"
        found.append(WrongPart(start, message))
    return found


def _wrong_date(by_name: dict[str, Piece]) -> WrongPart | None:
    year, month, day, week = (by_name[part.name] for part in DATE)
    for piece in (month, day, week):
        if piece.value != ANY and piece.value not in _KNOWN[piece.part.name]:
            return WrongPart(piece, f"no {piece.part.name} has the number {int(piece.value)}")
    from gbcscheck.domains import DateValue
    from gbcscheck.domains.cosem_calendar import no_such_day
    from gbcscheck.domains.cosem_words import in_words

    numbers = [int(piece.value) if isinstance(piece.value, int) else ANY for piece in (year, month, day, week)]
    numbers[0] = _ANY_YEAR if numbers[0] == ANY else _FIRST_YEAR + numbers[0]
    months, days = (number if number <= last else ANY for number, last in ((numbers[1], 12), (numbers[2], 31)))
    value = DateValue(numbers[0], months, days, numbers[3])
    why = no_such_day(value)
    return WrongPart(day, f"no date: {in_words(value)}; {why}") if why else None
