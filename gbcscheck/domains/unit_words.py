"""Units as people write them in tables: any case, plurals, scaled units, what stands around them.

Everything that names a unit is read here: beside a value, in a column of its own, in the title of a column, in the
number format of a cell, in a note on the whole table. What is read stands for one unit of ``units``; anything else is
refused with the reason, so that no number is taken in a unit that nobody wrote.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from gbcscheck.domains.rational import decimal_text, exact, quotient, tidy
from gbcscheck.domains.units import SIZE, all_unit_names, base_unit, is_unit

NO_UNIT = ("none", "no unit", "no units", "unitless", "dimensionless", "number", "count", "integer")
"""What a column of units says of plain numbers."""

_QUALIFIER = "rms|r\\.m\\.s\\.|ac|a\\.c\\.|dc|max|min|maximum|minimum|peak|average|avg|mean|nominal|per phase|typical"
_IN_PARENTHESES = re.compile(rf"\s*[(\[]\s*(?:{_QUALIFIER})\.?\s*[)\]]", re.I)
_BEHIND = re.compile(r"(?<=[a-z%°])[ ,]+(?:rms|r\.m\.s\.?|ac|a\.c\.?|dc|per phase)$|(?<=^[Vv])(?:rms|ac|RMS|AC)$", re.I)
"""What says how a quantity is measured and leaves its unit as it is."""

_BEFORE = re.compile(r"(?:(?:in|units?)(?: of)?(?: :|:| =|=)?|units?)\s+(?=\S)", re.I)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_POWER = r"10\^?[-+]?[0-9]{1,2}"
_SCALE_BEFORE = re.compile(rf"(?:[x×*] ?)?({_POWER}|{SIZE}) ?(?:[x×*] ?)?(?=[^\W\d]|[%°£])")
_SCALE_BEHIND = re.compile(rf"(.*[^\W\d]|%|.*3) ?([x×*/]) ?({_POWER}|{SIZE})")
_PARTS = {"tenth": 10, "tenths": 10, "hundredth": 100, "hundredths": 100, "thousandth": 1000, "thousandths": 1000}
_PART_OF = re.compile(r"(\w+) of (?:an? )?(.+)", re.I)
_PHRASES = (
    (re.compile(r"\bcubic (?:metres?|meters?)", re.I), "m3"),
    (re.compile(r"\bdeg(?:rees?)?\.? ?c(?:elsius)?\b|\bdegrees? centigrade|° ?C\b", re.I), "°C"),
    (re.compile(r"\b(kilo|mega)?watt[ -]?hours?\b", re.I), lambda found: f"{(found[1] or '').lower()}watthour"),
    (re.compile(r"\b(kilo)?volt[ -]?amp(?:ere)?s?\b", re.I), lambda found: f"{(found[1] or '').lower()}voltampere"),
    (re.compile(r"\bper cent\b", re.I), "%"),
    (re.compile(r"\s+per\s+", re.I), "/"),
    (re.compile(r"(?<=[WwAr3]) ?[·.⋅] ?(?=[hH])"), ""),
    (re.compile(r"(?<=[WwAr]) (?=h\b)"), ""),
    (re.compile(r"\s*/\s*"), "/"),
    (re.compile(r"\^(?=[0-9])"), ""),
    (re.compile(r"[ ·.⋅]?(h|hr|hour|kWh|m3|d|day)-1$", re.I), r"/\1"),
)


_IN_SENTENCES = (*_PHRASES[:5], (re.compile(r"(?<=[3WhpVJ£e]) (?:per|/) (?=[^\W\d])", re.I), "/"))
"""Those of the phrases that are safe within a longer text."""


class UnknownUnit(ValueError):
    """A text that names no unit, or that may name several; the message says which."""


@lru_cache(maxsize=4096)
def read_unit(text: str) -> str | None:
    """The name of the unit that a text stands for, as ``base_unit`` takes it; None where it says that there is none.

    Raises UnknownUnit for any other text.

    >>> read_unit("Minutes (max)"), read_unit("0.1 V"), read_unit("m³ per hour"), read_unit("none")
    ('min', '0.1 V', 'm3/h', None)
    """
    plain = _plain(text)
    if plain.casefold() in NO_UNIT:
        return None
    name = _name(plain)
    if name is not None:
        return name
    part = _PART_OF.fullmatch(plain)
    if part and part[1].lower() in _PARTS:
        return _scaled(f"1/{_PARTS[part[1].lower()]}", "x", part[2], text)
    before = _SCALE_BEFORE.match(plain)
    if before:
        return _scaled(before[1], "x", plain[before.end() :], text)
    behind = _SCALE_BEHIND.fullmatch(plain)
    if behind:
        return _scaled(behind[3], behind[2], behind[1], text)
    raise UnknownUnit(_unknown(text))


def short_units(text: str) -> str:
    """A text in which units of several words are single ones.

    >>> short_units("1.5 cubic metres per hour")
    '1.5 m3/hour'
    """
    for pattern, instead in _IN_SENTENCES:
        text = pattern.sub(instead, text)
    return text


def is_unit_text(text: str) -> bool:
    """Whether a text stands for a unit."""
    try:
        return read_unit(text) is not None
    except UnknownUnit:
        return False


def _plain(text: str) -> str:
    """A text without what stands around a unit: brackets, full stops, qualifiers, the word unit."""
    plain = unicodedata.normalize("NFKC", text.translate(_SUPERSCRIPTS)).replace("μ", "µ").replace("−", "-")
    plain = re.sub(r"(?<=[A-Za-z])\(s\)", "s", " ".join(plain.split()))
    plain = _IN_PARENTHESES.sub("", plain)
    while len(plain) > 1 and plain[0] + plain[-1] in ("()", "[]", "<>", '""', "''"):
        plain = plain[1:-1].strip()
    plain = _BEFORE.sub("", plain, count=1) if _BEFORE.match(plain) else plain
    plain = _BEHIND.sub("", plain)
    return plain.strip(" .,:;")


def _name(plain: str) -> str | None:
    """The unit of a text without a scale, as the table has it; None where there is none. UnknownUnit for several."""
    written = plain
    for pattern, instead in _PHRASES:
        written = pattern.sub(instead, written)
    exact_names, by_folded = _names()
    if written in ("m", "M"):
        raise UnknownUnit(f"'{written}' may be metres or minutes: write metre or min")
    if written in exact_names:
        return exact_names[written]
    found = by_folded.get(written.casefold(), frozenset())
    if len(found) == 1:
        return next(iter(found))
    if found:
        return _of_several(written, found)
    above, slash, below = written.rpartition("/")
    if slash and above and below and not below[0].isdigit():
        over, under = _name(above.strip(" .")), _name(below.strip(" ."))
        return _quotient(over, under) if over and under else None
    return None


def _of_several(written: str, found: frozenset[str]) -> str:
    """Of ``mW`` and ``MW`` the one whose prefix is written as it is, where the rest shows that case was minded."""
    meant = [name for name in found if name[0] == written[0]]
    if len(meant) == 1 and not written.islower() and not written.isupper():
        return meant[0]
    raise UnknownUnit(f"'{written}' may be {' or '.join(sorted(found))}")


def _quotient(over: str, under: str) -> str | None:
    """The unit of so much over so much, where its base is one of the table: ``l/min`` is 0.06 m3/h."""
    (above, size), (below, by) = base_unit(over), base_unit(under)
    for step in ("h", "d", "s") if below == "s" else (below, "kWh", "m3"):
        if not is_unit(f"{above}/{step}") or base_unit(step)[0] != below:
            continue
        base, whole = base_unit(f"{above}/{step}")
        factor = tidy(quotient(size, by) * base_unit(step)[1] * whole)
        name = f"{over}/{under}"
        return name if is_unit(name) else base if factor == 1 else f"{decimal_text(factor)} {base}"
    return None


def _scaled(number: str, sign: str, rest: str, text: str) -> str:
    """So many of a unit, or a part of it. UnknownUnit where the rest is no unit."""
    name = _name(_plain(rest))
    if name is None:
        raise UnknownUnit(_unknown(text))
    power = re.fullmatch(r"10(?:\^|(?=[-+]))([-+]?[0-9]+)", number)
    exponent = int(power[1]) if power else 0
    size = exact(number) if power is None else exact(10**exponent) if exponent >= 0 else quotient(1, 10**-exponent)
    if not size:
        raise UnknownUnit(f"'{text}' is no unit: nothing of it")
    size = quotient(1, size) if sign == "/" else size
    return name if size == 1 else f"{decimal_text(size)} {name}"


def _unknown(text: str) -> str:
    shown = text if len(text) <= 40 else f"{text[:37]}..."
    return f"'{shown}' is no unit that is known"


@cache
def _names() -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """The units by what is written for them, and by that without regard to case."""
    exact_names: dict[str, str] = {}
    by_folded: dict[str, frozenset[str]] = {}
    for written, name in all_unit_names():
        exact_names.setdefault(written, name)
        by_folded[written.casefold()] = by_folded.get(written.casefold(), frozenset()) | {name}
    return exact_names, by_folded
