"""What a COSEM time of day could become of a time in XML that it cannot carry: the octets of each way of reading it.

A COSEM time has hour, minute, second and hundredths and no zone (Blue Book 4.1.6.1). No specification here says what
becomes of a zone offset, of a third decimal or of 24:00:00, so each way is shown and none is chosen.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gbcscheck.domains import TimeValue, XsTimeValue

DAY = 86400
"""Seconds of a day."""


def time_outcomes(value: XsTimeValue) -> str:
    """The octets that could be sent for a time, with the reading of each: ``0x11000000 (17:00:00) if ...``."""
    if value.zone:
        ways = [("if the offset is left out", value.seconds), ("if it is turned to UTC", _in_utc(value))]
    elif value.zone is None:
        ways = [("if it is taken to be UTC", value.seconds)]
    else:
        ways = [("", value.seconds)]
    found = []
    for way, seconds in ways:
        for how, hundredths in _hundredths(seconds):
            time = time_at(hundredths)
            reading = " ".join(word for word in (way, "and" if way and how else "", how or "") if word)
            found.append(f"{time} ({_clock(time)}){' ' + reading if reading else ''}")
    return ", ".join(dict.fromkeys(found))


def time_at(hundredths: int) -> TimeValue:
    """The COSEM time at so many hundredths of a second after midnight; 24:00:00 is midnight again."""
    from gbcscheck.domains import TimeValue

    whole, rest = divmod(hundredths % (DAY * 100), 100)
    return TimeValue(whole // 3600, whole // 60 % 60, whole % 60, rest)


def _in_utc(value: XsTimeValue) -> Fraction:
    return (Fraction(value.seconds) - 60 * (value.zone or 0)) % DAY


def _hundredths(seconds: int | Fraction) -> list[tuple[str, int]]:
    """Hundredths of a second, cut off and rounded where there are finer digits."""
    exact = Fraction(seconds) * 100
    if seconds == DAY:
        return [("if 24:00:00 is taken as midnight", 0)]
    if exact.denominator == 1:
        return [("", int(exact))]
    return [("if finer digits are cut off", int(exact)), ("if they are rounded", int(exact + Fraction(1, 2)))]


def _clock(time: TimeValue) -> str:
    rest = f".{time.hundredths:02}" if time.hundredths else ""
    return f"{time.hour:02}:{time.minute:02}:{time.second:02}{rest}"
