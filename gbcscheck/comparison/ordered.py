"""Restrictions of ordered types that have no set of values here, held against each other by value.

``xs:float``, ``xs:double``, ``xs:duration``, ``xs:gYear`` and the other parts of dates are stated as text: the built-in
type and its facets. Values are compared as XML Schema Part 2 orders them, partly (3.2.6.2, 3.2.7.3): ``P12M`` is
``P1Y``, and ``P1M`` is neither below nor above ``P30D``. A loss or a gain is shown by a literal; that there is none
follows from the facets of the two sides.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from gbcscheck.comparison.valuesets import Difference
from gbcscheck.frozen import frozen
from gbcscheck.model import Statement

if TYPE_CHECKING:
    from elementpath.datatypes import Duration

    from gbcscheck.domains import Domain, XsDateValue

Ordered: TypeAlias = "float | Duration | XsDateValue"

FLOATS = ("xs:float", "xs:double")
_DATES = {"xs:gYear": "{}-01-01", "xs:gYearMonth": "{}-01", "xs:gMonthDay": "2000{}", "xs:gMonth": "2000{}-01"}
_DAYS = {**_DATES, "xs:gDay": "2000-01{}"}
"""A part of a date as the first day that it is about; of a year or month that it does not say, of some one."""
_CUT = {"xs:gMonthDay": 1, "xs:gMonth": 1, "xs:gDay": 2}
"""Signs at the beginning of a literal that stand for what it does not say."""
_FACETS = re.compile(r", (minInclusive|minExclusive|maxInclusive|maxExclusive|enumeration|whiteSpace) ([^\s,]+)")
_PATTERNS = re.compile(r", pattern .*?(?=, [a-z]+[A-Z][a-z]+ |, enumeration |, pattern |$)", re.DOTALL)
_ZONE = re.compile(r"(Z|[-+]\d\d:\d\d)?$")
_ZONES = ("", "Z", "+14:00", "-14:00")
_FOURTEEN_HOURS = 14 * 3600


class _Bound(NamedTuple):
    value: Ordered
    is_upper: bool
    is_open: bool


@frozen
class _Restriction:
    """A built-in type with its facets; ``listed`` is None where nothing is enumerated."""

    base: str
    bounds: tuple[_Bound, ...]
    listed: tuple[Ordered, ...] | None
    literals: tuple[str, ...]
    """The values of the facets as they are written."""

    def has(self, value: Ordered) -> bool:
        """Whether the facets leave a value."""
        return all(_within(value, bound) for bound in self.bounds) and (
            self.listed is None or any(_order(value, one) == 0 for one in self.listed)
        )

    def is_within(self, other: _Restriction) -> bool:
        """Whether its facets leave nothing, for certain, that those of another do not."""
        if self.listed is not None:
            return all(other.has(value) for value in self.listed if self.has(value))
        return other.listed is None and all(any(_implies(one, bound) for one in self.bounds) for bound in other.bounds)


def ordered_difference(
    old: Sequence[Statement], new: Sequence[Statement], written: tuple[Domain | None, Domain | None]
) -> Difference | None:
    """What became of the values that the words of a type permit; ``written`` are the literals that the patterns of
    each side leave (None: all). None for types that are not ordered so, or not one of a kind."""
    one, other = _read(old), _read(new)
    if one is None or other is None:
        return None
    if one.base != other.base:
        if not {one.base, other.base} <= set(FLOATS):
            return None
        if not one.literals and not other.literals:
            return Difference(False, False)  # the same literals, however many digits of them count
    same_type = one.base == other.base
    lost = gained = ""
    for literal in dict.fromkeys(_candidates(one, other)):
        before, after = _leaves(one, literal), _leaves(other, literal)
        if before and not after and not lost and _is_written(literal, written[0]):
            lost = literal
        if after and not before and not gained and _is_written(literal, written[1]):
            gained = literal
    return Difference(
        True if lost else False if same_type and one.is_within(other) else None,
        True if gained else False if same_type and other.is_within(one) else None,
        witness=lost or gained,
        lost_words=lost,
        gained_words=gained,
    )


def ordered_values(base: str, old: str, new: str) -> Difference | None:
    """What became of a single value (a fixed value, a default) of a built-in type by its literals, before and after;
    None where that is no type that is ordered so, or a literal is none of it."""
    if base not in _DAYS and base not in (*FLOATS, "xs:duration"):
        return None
    one, other = (_value(base, " ".join(literal.split())) for literal in (old, new))
    if one is None or other is None:
        return None
    if _order(one, other) == 0:
        return Difference(False, False)
    return Difference(True, True, witness=old, lost_words=old, gained_words=new)


def _is_written(literal: str, written: Domain | None) -> bool:
    return written is None or written.contains(literal)


def _read(statements: Sequence[Statement]) -> _Restriction | None:
    """The restriction that one statement is about; None where its words are of another kind, or say of two steps what
    they enumerate, so that nobody can tell the last one's."""
    if len(statements) != 1 or statements[0].domain is not None or statements[0].text is None:
        return None
    text = _PATTERNS.sub("", statements[0].text)
    base = text.partition(",")[0]
    if base not in _DAYS and base not in (*FLOATS, "xs:duration"):
        return None
    if _FACETS.sub("", text) != base:
        return None
    bounds: list[_Bound] = []
    listed: list[Ordered] = []
    literals: list[str] = []
    for facet, literal in _FACETS.findall(text):
        if facet == "whiteSpace":
            continue
        value = _value(base, literal)
        if value is None:
            return None
        literals.append(literal)
        if facet == "enumeration":
            if any(_order(value, known) == 0 for known in listed):
                return None
            listed.append(value)
        else:
            bounds.append(_Bound(value, facet.startswith("max"), facet.endswith("Exclusive")))
    return _Restriction(base, tuple(bounds), tuple(listed) or None, tuple(literals))


# --- values ----------------------------------------------------------------------------------------------------------


def _value(base: str, literal: str) -> Ordered | None:
    """The value that a literal means; None where it is no literal of the type."""
    from gbcscheck.domains import XsDateValue
    from gbcscheck.domains.literals import LEXICAL

    if re.fullmatch(LEXICAL[base][0], literal) is None:
        return None
    if base in FLOATS:
        number = float(literal)
        return _single(number) if base == "xs:float" else number
    try:
        if base == "xs:duration":
            from elementpath.datatypes import Duration

            return Duration.fromstring(literal)
        zone = _ZONE.search(literal[1:])
        written = zone.group() if zone is not None else ""
        bare = literal.removesuffix(written)[_CUT.get(base, 0) :]
        return XsDateValue.parse(_DAYS[base].format(bare) + written)
    except (ValueError, OverflowError):
        return None


def _single(number: float) -> float:
    """A number of single precision (3.2.4); infinite beyond it."""
    try:
        return float(struct.unpack("f", struct.pack("f", number))[0])
    except OverflowError:
        return math.copysign(math.inf, number)


def _order(one: Ordered, other: Ordered) -> int | None:
    """-1, 0 or 1; None for two values of which neither is below the other and that are not equal."""
    from gbcscheck.domains import XsDateValue

    if isinstance(one, XsDateValue) and isinstance(other, XsDateValue):
        apart = Fraction(one.place) - Fraction(other.place)
        if (one.zone is None) == (other.zone is None):
            return (apart > 0) - (apart < 0)
        return None if abs(apart) <= _FOURTEEN_HOURS else (apart > 0) - (apart < 0)
    if isinstance(one, float) and isinstance(other, float):
        if math.isnan(one) or math.isnan(other):
            return 0 if math.isnan(one) and math.isnan(other) else None
        return (one > other) - (one < other)
    assert not isinstance(one, float | XsDateValue)
    assert not isinstance(other, float | XsDateValue)
    return 0 if one == other else -1 if one < other else 1 if one > other else None


def _within(value: Ordered, bound: _Bound) -> bool:
    order = _order(value, bound.value)
    return order == (-1 if bound.is_upper else 1) or (order == 0 and not bound.is_open)


def _implies(one: _Bound, other: _Bound) -> bool:
    """Whether what keeps one bound keeps another."""
    if one.is_upper != other.is_upper:
        return False
    order = _order(one.value, other.value)
    return order == (-1 if one.is_upper else 1) or (order == 0 and (one.is_open or not other.is_open))


def _leaves(side: _Restriction, literal: str) -> bool:
    value = _value(side.base, literal)
    return value is not None and side.has(value)


# --- literals that are tried -----------------------------------------------------------------------------------------


def _candidates(one: _Restriction, other: _Restriction) -> Iterator[str]:
    """Literals of both sides, and of the values beside them; some of every type."""
    written = (*one.literals, *other.literals)
    yield from written
    for literal in written:
        yield from _beside(one.base, literal)
    if one.base in FLOATS:
        yield from ("0", "1", "-1", "INF", "-INF")
    elif one.base == "xs:duration":
        yield from ("PT0S", "P1D", "-P1D", "P9999Y", "-P9999Y")
    else:
        plain = {
            "xs:gYear": ["0001", "2000", "9999"],
            "xs:gYearMonth": ["0001-01", "2000-01", "9999-12"],
            "xs:gMonth": [f"--{month:02}" for month in range(1, 13)],
            "xs:gDay": [f"---{day:02}" for day in range(1, 32)],
            "xs:gMonthDay": [f"--{month:02}-{day:02}" for month in range(1, 13) for day in (1, 15, 28)],
        }[one.base]
        yield from (f"{literal}{zone}" for zone in _ZONES for literal in plain)


def _beside(base: str, literal: str) -> Iterator[str]:
    value = _value(base, literal)
    if value is None:
        return
    if isinstance(value, float):
        if math.isfinite(value):
            for number in (value + 1, value - 1, value * 1.001, value * 0.999, value + 0.001, value - 0.001):
                yield f"{number:.7g}"
        return
    if base == "xs:duration":
        yield from _durations_beside(value)
        return
    zone = _ZONE.search(literal[1:])
    written = zone.group() if zone is not None else ""
    bare = literal.removesuffix(written)
    if base in ("xs:gYear", "xs:gYearMonth"):
        year, _, month = bare.rpartition("-") if base == "xs:gYearMonth" else (bare, "", "01")
        months = int(year) * 12 + int(month) - 1
        for step in (12, -12) if base == "xs:gYear" else (1, -1):
            new_year, new_month = divmod(months + step, 12)
            if new_year > 0:
                tail = "" if base == "xs:gYear" else f"-{new_month + 1:02}"
                yield from (f"{new_year:04}{tail}{other}" for other in dict.fromkeys((written, *_ZONES)))
    yield from (bare + other for other in _ZONES)


def _durations_beside(value: object) -> Iterator[str]:
    from elementpath.datatypes import Duration

    assert isinstance(value, Duration)
    months, seconds = int(value.months), int(value.seconds)
    for more, longer in ((0, 1), (0, -1), (0, 86400), (0, -86400), (1, 0), (-1, 0)):
        total, rest = months + more, seconds + longer
        if total >= 0 and rest >= 0:
            yield f"P{total}MT{rest}S"
        elif total <= 0 and rest <= 0:
            yield f"-P{-total}MT{-rest}S"
