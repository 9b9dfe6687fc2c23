"""Forms of one setting that people write in several ways, put into those that ``table_value.lark`` reads.

A form that may mean two things is refused with both: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from gbcscheck.domains.unit_words import short_units
from gbcscheck.notation.errors import NotationError

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november")
MONTHS = tuple(month[:3] for month in (*_MONTHS, "december"))
_MONTH = "|".join((*_MONTHS, "december", *MONTHS, "sept"))

_FOOTNOTE = re.compile(
    r"\s*(?:\((?:see )?(?:foot)?notes?\b[^()]*\)|\((?:see )?(?:table|section|clause|annex|appendix) [^()]*\)"
    r"|\[(?:note )?[0-9a-z]{1,2}\])\s*$|(?<=[\w)%°.])\s*[*†‡§¶]+\s*$",
    re.I,
)
_RAISED = re.compile(r"([\d.]*\d|[^\W\d_]+|[)%°])\s*([⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+)")
_PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_POWER_OF_TEN = re.compile(
    r"(\d+(?:\.\d+)?) ?(?:[x×*·] ?10(?:\^| ?(?=[-+⁰¹²³⁴⁵⁶⁷⁸⁹⁻]))|[eE](?=[-+]?\d))"
    r"([-+]?\d{1,2}(?!\d)|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]{1,3}(?![⁰¹²³⁴⁵⁶⁷⁸⁹]))"
)
_COMMAS = re.compile(r"(?<![\w,.])[+-]?\d+(?:,\d+)+(?:\.\d+)?")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(\.\d+)?")
_BLANKS_BETWEEN = re.compile(r"(?<![\w.:/-])\d{1,3}(?: \d{3})+(?![\w:/-])")
_ADDED = r"(?:inclusive|incl\.?|only|by default|default|rms|r\.m\.s\.?)"
_INCLUSIVE = re.compile(rf"\s*\({_ADDED}\)|[ ,]*\b{_ADDED}(?!\w)(?=$|[\s,;–-])", re.I)
_CURRENT = re.compile(r"(?<=[VA])(?: ?[ad]c| ?[AD]C| [ad]\.c\.| [AD]\.C\.)(?!\w)")
_MAX_BEHIND = re.compile(r"(.*\d[^()]*?)[ ,]*(?:\((?:max(?:imum)?\.?)\)|\bmax(?:imum)?\.?)", re.I)
_MIN_BEHIND = re.compile(
    r"(.*\d(?: ?[^\W\d]+\S*)?)[ ,]*(?:\(minimum\)|\bminimum)|(.*\d ?[^\W\d]+\S*) (?:\(min\.?\)|min\.?)", re.I
)
_AM_PM = re.compile(r"(?<![\w:.])(\d{1,2})(?:[:.](\d{2}))?(?::(\d{2}))? ?([ap])\.? ?m(?:\.|\b)", re.I)
_NOON = re.compile(r"\b12 (?=noon|midnight|midday)|\bmidday\b", re.I)
_CLOCK_SUFFIX = re.compile(r"(?<=\d:\d\d) ?(?:hours|hrs|hr|h)\b\.?", re.I)
_FRENCH_CLOCK = re.compile(r"(?<![\w.])(\d{1,2})h(\d{2})(?!\w)")
_FOUR_DIGITS = re.compile(r"(?<![\w.])([01]\d|2[0-3])([0-5]\d) ?(?:hours|hrs|hr|h)\b\.?", re.I)
_ZONE = re.compile(r"(?<=\d:\d\d) ?(?:\(?(?:UTC|GMT|BST|CET|CEST|local(?: time)?|clock time)\)?)(?!\w)", re.I)
_POINTED_CLOCK = re.compile(r"(?<![\w.:])(\d{1,2})\.(\d{2})(?![\w.:])")
_COMPOUND = re.compile(
    r"(?:(?P<h>\d+) ?h(?:ours?|rs?)?)?[ ,]*(?:and )?(?:(?P<min>\d+) ?m(?:in(?:ute)?s?)?)?[ ,]*(?:and )?"
    r"(?:(?P<s>\d+) ?s(?:ec(?:ond)?s?)?)?",
    re.I,
)
_ISO_SLASHES = re.compile(r"(?<!\d)(\d{4})/(\d{2})/(\d{2})(?!\d)")
_NUMERIC_DATE = re.compile(r"(?<![\w./-])(\d{1,2})([/.])(\d{1,2})(?:\2(\d{4}|\d{2}))?(?![\w/-]|\.\d)")
_DAY_MONTH = re.compile(
    rf"\b(\d{{1,2}}(?:st|nd|rd|th)?)(?: of |[- ]?of |-)({_MONTH})\b\.?(?:[-,/ ]+(\d{{4}})\b)?", re.I
)
_MONTH_DAY = re.compile(rf"\b({_MONTH})\.?[ -]?(?:(\d{{1,2}})(st|nd|rd|th)?)(?:,? (\d{{4}}))?(?![\d:])", re.I)
_MONTH_YEAR = re.compile(rf"(?<!\d )(?<!\d)(?<!st )(?<!nd )(?<!rd )(?<!th )\b({_MONTH})\.?[ -](\d{{4}}|'\d{{2}})", re.I)
_BETWEEN_SIGNS = re.compile(r"(.+?) ?(<=|≤|<) ?[A-Za-z]\w* ?(<=|≤|<) ?(.+)")


def usual_form(text: str, expected: str = "") -> str:
    """A text in the forms that the grammar of settings reads.

    ``expected`` is what the row is known to hold (``time``, ``date``, ``days``, ``duration``), empty where nobody
    knows. Raises NotationError for a form that may mean two things.
    """
    written = " ".join(text.split())
    for put in _FORMS:
        written = put(written, expected)
    return written


def _refusal(problem: str, text: str, found: re.Match[str]) -> NotationError:
    return NotationError(problem, text, start=found.start(), end=found.end())


def _without_footnotes(text: str, _expected: str) -> str:
    """Marks of footnotes are no part of a value; powers are."""
    text = _POWER_OF_TEN.sub(lambda found: _in_full(found[1], found[2].translate(_PLAIN_DIGITS)), text)
    text = _RAISED.sub(lambda found: _raised(text, found), text)
    while len(found := _FOOTNOTE.sub("", text)) < len(text) and found:
        text = found
    return text


def _in_full(number: str, power: str) -> str:
    return f"{Decimal(number).scaleb(int(power)):f}"


def _raised(text: str, found: re.Match[str]) -> str:
    """What a raised number behind a number, a unit or a word is: a power in a unit, else the mark of a footnote."""
    before, sign = found[1], found[2]
    plain = sign.translate(_PLAIN_DIGITS)
    if before == "10" and plain.startswith("-"):
        return _in_full("1", plain)
    if before[-1].isdigit() and not (plain == "1" and before != "10") and (len(before) < 3 or len(plain) > 1):
        raise _refusal(f"{before} with a footnote {plain}, or {before} to the power of {plain}?", text, found)
    if before[-1].isalpha() and (plain.startswith("-") or (before[-1] == "m" and plain in "23")):
        return before + plain
    return before


def _plain_numbers(text: str, expected: str) -> str:
    """Digits in groups of three stand together; a comma that may be a decimal comma, or stand between two values, is
    refused."""
    for found in _COMMAS.finditer(text):
        number, groups = found[0], found[0].count(",")
        grouped = _GROUPED.fullmatch(number)
        if grouped and (groups > 1 or grouped[1]):
            text = text.replace(number, number.replace(",", ""))
        else:
            point = number.replace(",", ".")
            meant = f"{number.replace(',', '')} or {point}" if grouped else f"{point} or two values"
            meant = meant if groups == 1 else "one number or several values"
            raise _refusal(f"a comma between digits: {meant}?", text, found)
    blank = _BLANKS_BETWEEN.search(text)
    if blank and expected != "date":
        one = blank[0].replace(" ", "")
        raise _refusal(f"a blank between digits: {one}, or several values?", text, blank)
    return text


def _without_qualifiers(text: str, _expected: str) -> str:
    text = short_units(_CURRENT.sub("", _INCLUSIVE.sub("", text)).strip() or text)
    for pattern, words in ((_MAX_BEHIND, "at most"), (_MIN_BEHIND, "at least")):
        found = pattern.fullmatch(text)
        if found:
            return f"{words} {(found[1] or found[found.lastindex or 1]).strip(' ,(')}"
    return text


def _clocks(text: str, expected: str) -> str:
    """Times of day as ``16:00``."""
    zone = _ZONE.search(text)
    if zone:
        raise _refusal("a time of day on a device has no time zone", text, zone)
    text = _AM_PM.sub(lambda found: _of_twelve(text, found), text)
    text = _CLOCK_SUFFIX.sub("", _NOON.sub(lambda found: "noon" if found[0].lower() == "midday" else "", text))
    if expected == "time":
        text = _POINTED_CLOCK.sub(r"\1:\2", _FRENCH_CLOCK.sub(r"\1:\2", _FOUR_DIGITS.sub(r"\1:\2", text)))
    four = _FOUR_DIGITS.search(text)
    if four and expected != "duration":
        meant = f"{four[1]}:{four[2]}, or {four[1]}{four[2]} hours?"
        raise _refusal(meant, text, four)
    return text


def _of_twelve(text: str, found: re.Match[str]) -> str:
    hour, minute, second = int(found[1]), found[2] or "00", f":{found[3]}" if found[3] else ""
    if not 1 <= hour <= 12:
        raise _refusal(f"{hour} is no hour of a clock with am and pm", text, found)
    return f"{hour % 12 + (12 if found[4].lower() == 'p' else 0):02}:{minute}{second}"


def _durations(text: str, _expected: str) -> str:
    """Hours, minutes and seconds one behind the other, as seconds."""
    found = _COMPOUND.fullmatch(text)
    parts = {name: int(number) for name, number in (found.groupdict() if found else {}).items() if number}
    if len(parts) < 2:
        return text
    return f"{parts.get('h', 0) * 3600 + parts.get('min', 0) * 60 + parts.get('s', 0)} s"


def _dates(text: str, expected: str) -> str:
    """Dates with the month by name, or as in ISO 8601."""
    text = _ISO_SLASHES.sub(r"\1-\2-\3", text)
    text = _NUMERIC_DATE.sub(lambda found: _numeric_date(text, found, expected), text)
    text = _DAY_MONTH.sub(lambda found: " ".join(filter(None, found.groups())), text)
    no_day = _MONTH_YEAR.search(text)
    if no_day:
        raise _refusal("a month of a year, without a day", text, no_day)
    return _MONTH_DAY.sub(lambda found: _month_day(text, found), text)


def _month_day(text: str, found: re.Match[str]) -> str:
    """``Nov 1``, ``November 1st, 2026``; two digits that may be a year are refused. ``1 Nov`` stays as it is."""
    before = text[: found.start()].rstrip()
    if before and re.search(r"(?:\d|st|nd|rd|th|of|end|day)$", before, re.I):
        return found[0]
    if not found[3] and not found[4] and int(found[2]) > 19:
        meant = f"day {found[2]}, or the year 20{found[2]}?"
        raise _refusal(meant, text, found)
    return " ".join(filter(None, (found[2], found[1], found[4])))


def _numeric_date(text: str, found: re.Match[str], expected: str) -> str:
    first, sign, second, year = int(found[1]), found[2], int(found[3]), found[4]
    if sign == "." and len(year or "") != 4:
        return found[0]  # a decimal number, or a time of day
    if year is not None and len(year) == 2:
        raise _refusal("a year of two digits", text, found)
    readings = {
        (day, month) for day, month in ((first, second), (second, first)) if 1 <= month <= 12 and 1 <= day <= 31
    }
    named = [
        f"{day} {MONTHS[month - 1].capitalize()}" for day, month in sorted(readings, key=lambda one: one[0] != first)
    ]
    if len(named) == 1 and (year or expected == "date"):
        return f"{named[0]} {year}" if year else named[0]
    if not named:
        raise _refusal("the calendar has no such day" if year else "two values, or a fraction?", text, found)
    fraction = ", or a fraction" if not year and expected != "date" else ""
    raise _refusal(f"{' or '.join(named)}{fraction}? write the month by name", text, found)


def _between_signs(text: str, _expected: str) -> str:
    """``207 V <= x <= 253 V`` as two bounds."""
    found = _BETWEEN_SIGNS.fullmatch(text)
    if not found:
        return text
    lower = {"<=": ">=", "≤": ">=", "<": ">"}[found[2]]
    return f"{lower} {found[1]} and {found[3]} {found[4]}"


_FORMS: tuple[Callable[[str, str], str], ...] = (
    _without_footnotes,
    _plain_numbers,
    _without_qualifiers,
    _between_signs,
    _clocks,
    _durations,
    _dates,
)
