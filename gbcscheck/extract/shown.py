"""What a person sees in a cell: the text that the value and its number format make, or why that is not known."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Literal

from gbcscheck.extract.number_format import GENERAL, NotShown, sections_of, shown_number
from gbcscheck.extract.sheets import Cell, text_of
from gbcscheck.frozen import frozen

Kind = Literal["text", "number", "date", "time", "elapsed"]


@frozen
class Shown:
    """The text of a cell as a person sees it, in forms that settings are read in, and what kind of value it holds. For
    elapsed time ``seconds`` says how many."""

    text: str
    kind: Kind
    seconds: Decimal = Decimal(0)


def shown(cell: Cell) -> Shown:
    """What a person sees in a cell that has no problem. Raises NotShown where that is not what the cell holds.

    Dates are in ISO 8601, or as ``1 Nov`` where no year is shown; times as ``16:00``.
    """
    value, format_ = cell.value, cell.format or GENERAL
    if isinstance(value, bool):
        return Shown(text_of(value), "text")
    if isinstance(value, int | float):
        return Shown(shown_number(value, format_), "number")
    if isinstance(value, datetime.datetime | datetime.date):
        return _date(value, format_)
    if isinstance(value, datetime.time):
        return Shown(_clock(value, _parts(format_)), "time")
    if isinstance(value, datetime.timedelta):
        return _elapsed(value, _parts(format_))
    return Shown(text_of(value), "text")


def _parts(format_: str) -> str:
    return next((section.date for section in sections_of(format_) if section.date), "")


def _date(value: datetime.datetime | datetime.date, format_: str) -> Shown:
    """A date, a time of day, or both, by what the format shows of it."""
    parts = _parts(format_)
    moment = value if isinstance(value, datetime.datetime) else datetime.datetime(value.year, value.month, value.day)
    if not parts:
        return Shown(text_of(value), "date")
    if "h" in parts and not set("ymd") & set(parts):
        if moment.year < 1901:
            raise NotShown(f"it holds a day and a time, {moment:%H:%M}, and its format shows the time alone")
        return Shown(_clock(moment.time(), parts), "time")
    if "d" not in parts or "m" not in parts:
        raise NotShown(f"it holds {moment:%Y-%m-%d} and does not show the {'day' if 'm' in parts else 'month'}")
    if "y" not in parts:
        return Shown(f"{moment.day} {moment:%b}", "date")
    if "h" in parts and moment.time() != datetime.time():
        return Shown(text_of(moment), "date")
    return Shown(f"{moment:%Y-%m-%d}", "date")


def _clock(time: datetime.time, parts: str) -> str:
    """A time of day; NotShown where its seconds are held and not seen."""
    hundredths = time.microsecond // 10_000
    if parts and "h" not in parts:
        raise NotShown(f"it holds {time:%H:%M:%S} and does not show the hour")
    if parts and "s" not in parts and (time.second or hundredths):
        raise NotShown(f"it holds {time:%H:%M:%S} and shows no seconds")
    seconds = f":{time:%S}" + (f".{hundredths:02}" if hundredths else "") if time.second or hundredths else ""
    return f"{time:%H:%M}{seconds}"


def _elapsed(value: datetime.timedelta, parts: str) -> Shown:
    seconds = Decimal(value // datetime.timedelta(milliseconds=1)) / 1000
    if parts and "s" not in parts and "[s]" not in parts and seconds % 60:
        raise NotShown(f"it holds {seconds} s and shows no seconds")
    hours, rest = divmod(int(seconds), 3600)
    return Shown(f"{hours:02}:{rest // 60:02}" + (f":{rest % 60:02}" if rest % 60 else ""), "elapsed", seconds)
