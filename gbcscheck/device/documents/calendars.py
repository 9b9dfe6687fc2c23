"""Calendars, dates and lists of an XML document as wholes: what its elements say together, where each by itself may.

A switching table of a request (DUIS) or of a response (MMC) is the calendar of a command: what is asked of COSEM and
ZigBee calendars (``device/calendars.py``) is asked of it. Names of elements are those of both schemas, which differ by
what stands before them (``Gas``, ``Electricity``, ``ALCSHCALCS``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gbcscheck.device.calendars import CALENDAR, Calendar, Mention, faults, missing
from gbcscheck.device.documents.walk import children, local_name, text_of
from gbcscheck.device.model import FileRecord, Problem
from gbcscheck.inputs.xml_safe import XmlDocument
from gbcscheck.model.device_files import WRONG
from gbcscheck.model.rules import Rule, declare

if TYPE_CHECKING:
    from lxml.etree import _Element

SAME_INDEX = declare(
    "D412",
    "index-twice",
    kind="reference",
    severity="warning",
    reads=("element",),
    question="Does each index of a list stand in it once?",
    text="""
    The elements of a list say by `index` (or `identifier`) which place of the device's list each is for: the day of the
    week, the rate, the block, the special day. Two with the same index set one place twice, and which of them counts is
    not defined; the place that was meant is then often not set at all. Schemas permit it, and no document at hand
    forbids it in words, hence a warning.

    **How to fix it.** Give each element the index of its own place.

    **Example.** A week with two days of index 6 and none of index 7.
    """,
)
NO_SUCH_DATE = declare(
    "D413",
    "no-such-date",
    kind="joint",
    severity="error",
    reads=("permitted",),
    question="Do the parts of each date name a day that there is?",
    text="""
    Year, month, day of the month and day of the week of a date are elements of their own, and each is one that its
    schema permits; together they name no day of the calendar. In the command the same date is D206.

    **Example.** 31 November, or 29 February 2015.
    """,
)
RULES: tuple[Rule, ...] = (SAME_INDEX, NO_SUCH_DATE)

_INDEXES = ("index", "identifier")
_SPECIFIED = "Specified"
_PARTS = {"Year": (0xFFFF, 9999), "Month": (0xFF, 12), "DayOfMonth": (0xFF, 31), "DayOfWeek": (0xFF, 7)}
"""The parts of a date: what each is where it is not specified, and its last number."""
_DAYS, _WEEKS, _SEASONS, _SPECIAL = "DayProfiles", "WeekProfiles", ("Seasons", "SeasonProfiles"), "SpecialDays"
_DAY, _WEEK, _SEASON = ("DayName", "Day"), ("WeekName",), ("SeasonName",)
_NAMED_DAY, _NAMED_WEEK = ("ReferencedDayName", "ReferencedDay", "ReferencedElecDay"), ("ReferencedWeekName",)
"""What identifies a day, a week and a season, and what names them, in requests and in responses."""
_MOST_DIGITS = 9


def judge_wholes(document: XmlDocument, record: FileRecord) -> None:
    """Tell what is wrong between the elements of a document, and let the entries of these values say so."""
    told = _Wholes(document, record)
    for element in document.root.iter("{*}*"):
        told.indexes(element)
        told.date(element)
        told.calendar(element)
    if told.wrong:
        record.entries[:] = [
            one._replace(verdict=WRONG) if (one.source, one.subject) in told.wrong else one for one in record.entries
        ]


class _Wholes:
    def __init__(self, document: XmlDocument, record: FileRecord) -> None:
        self._lines = document.line_by_element()
        self._record = record
        self.wrong: set[tuple[str, str]] = set()

    def indexes(self, around: _Element) -> None:
        """Children of one name with the same index, as far as they hold something."""
        seen: set[tuple[str, str, str]] = set()
        for child in children(around):
            for attribute in _INDEXES:
                written = (child.get(attribute) or "").strip()
                if not written or not (len(child) or text_of(child).strip()):
                    continue
                key = (local_name(child), attribute, written.lstrip("0"))
                if key in seen:
                    message = f"{key[0]} with {attribute} {written} stands twice in one {local_name(around)}"
                    problem = Problem(SAME_INDEX, message, suggestion="give each its own")
                    self._tell(problem, child, written, f"/@{attribute}")
                seen.add(key)

    def date(self, element: _Element) -> None:
        """A date whose parts stand in elements of their own."""
        stated = {name: found for child in children(element) for name, found in _specified(child)}
        if not stated:
            return
        from gbcscheck.domains import DateValue
        from gbcscheck.domains.cosem_calendar import no_such_day
        from gbcscheck.domains.cosem_words import in_words

        numbers = {name: _number(text_of(one)) for name, one in stated.items()}
        if any(number is None or not 1 <= number <= _PARTS[name][1] for name, number in numbers.items()):
            return
        value = DateValue(*(numbers.get(name) or unstated for name, (unstated, _) in _PARTS.items()))
        if why := no_such_day(value):
            last = stated.get("DayOfMonth", next(reversed(stated.values())))
            self._tell(Problem(NO_SUCH_DATE, f"no date: {in_words(value)}; {why}"), last, text_of(last).strip())

    def calendar(self, element: _Element) -> None:
        """The lists of a calendar in an element, and its special days."""
        lists = {local_name(child): child for child in children(element)}
        if not any(name.endswith(_SPECIAL) or name in (_DAYS, _WEEKS, *_SEASONS) for name in lists):
            return
        seasons = next((lists[name] for name in _SEASONS if name in lists), None)
        weeks, days = lists.get(_WEEKS), lists.get(_DAYS)
        calendar = Calendar(
            seasons=_mentions(seasons, _SEASON, "season"),
            named_weeks=_mentions(seasons, _NAMED_WEEK, "season"),
            weeks=_all(weeks, _WEEK, "week"),
            named_days=_mentions(weeks, _NAMED_DAY, "week"),
            days=_all(days, _DAY, "day"),
        )
        special = [list_ for name, list_ in lists.items() if name.endswith(_SPECIAL)]
        of_calendar = list(element.iter("{*}" + _DAYS)) if special else []
        owner = _all(of_calendar[0], _DAY, "day") if len(of_calendar) == 1 else None
        found = list(faults(calendar))
        for one in special:
            found.extend(missing(_mentions(one, _NAMED_DAY, "special day"), owner, "day"))
        for fault in found:
            problem = Problem(CALENDAR, fault.message, severity=fault.severity, suggestion=fault.suggestion)
            self._tell(problem, fault.mention.place, text_of(fault.mention.place).strip())

    def _tell(self, problem: Problem, element: _Element, written: str, below: str = "") -> None:
        source, subject = f"line {self._lines[element]}", _path(element) + below
        self._record.problem(problem, subject=subject, attribute="value", written=written, source=source)
        if problem.level != "note":
            self.wrong.add((source, subject))


def _specified(element: _Element) -> list[tuple[str, _Element]]:
    """A part of a date (``Year``, ``GasYearWithWildcards``) with the element in it that specifies it; none else."""
    name = local_name(element).removeprefix("Gas").removesuffix("WithWildcards")
    if name not in _PARTS:
        return []
    return [(name, one) for one in children(element) if local_name(one).startswith(_SPECIFIED)]


def _mentions(found: _Element | None, names: Sequence[str], what: str) -> list[Mention[_Element]]:
    """The identifiers of these names in the entries of a list, as far as they can be read: ``GasDayName``, too, is a
    ``DayName``; that a week refers to has a name of its own."""
    mentions = []
    for number, entry in enumerate(children(found) if found is not None else (), 1):
        for one in children(entry):
            if local_name(one).removeprefix("Gas") in names and (key := _key(text_of(one))) is not None:
                mentions.append(Mention(key, f"{what} {number}", one))
    return mentions


def _all(found: _Element | None, names: Sequence[str], what: str) -> Sequence[Mention[_Element]] | None:
    """The identifiers of a list; None where there is no list, or an entry has none that can be read."""
    mentions = _mentions(found, names, what)
    return mentions if found is not None and len(mentions) == len(children(found)) else None


def _key(text: str) -> int | bytes | None:
    """An identifier as it is compared: a number however it is written, or the octets of a text."""
    number = _number(text)
    return number if number is not None else text.strip().encode() or None


def _number(text: str) -> int | None:
    digits = text.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS else None


def _path(element: _Element) -> str:
    above = [local_name(one) for one in element.iterancestors()]
    return "/".join(("", *reversed(above), local_name(element)))
