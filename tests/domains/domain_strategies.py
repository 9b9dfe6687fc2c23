"""Hypothesis strategies for sets of values of every kind, over few values, so that two of them often have to do with
each other."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from gbcscheck.domains import (
    ANY,
    NONE,
    Domain,
    NotExact,
    XsDateTimeValue,
    XsDateValue,
    XsTimeValue,
    bits,
    bits_pattern,
    bits_set,
    boolean,
    booleans,
    cosem_date,
    cosem_date_time,
    cosem_time,
    list_of,
    moments_equal_to,
    moments_within,
    null,
    numbers,
    octets,
    octets_set,
    points,
    record,
    text_set,
    texts,
    union,
    xs_date,
    xs_date_time,
    xs_time,
)

UNITS = st.sampled_from([None, None, None, "V", "s", "min"])
STEPS = st.sampled_from([None, 1, 1, 1, 2, 3, 5, Fraction(1, 2), Fraction(1, 10), Fraction(2, 3)])
SMALL = st.integers(-6, 12)
FRACTIONS = st.one_of(SMALL, st.sampled_from([Fraction(1, 2), Fraction(5, 2), Fraction(-1, 3), Fraction(7, 10)]))


def _union_or_first(parts: list[Domain]) -> Domain:
    try:
        return union(*parts)
    except NotExact:
        return parts[0]


@st.composite
def spans(draw: st.DrawFn, unit: str | None) -> Domain:
    """One interval of numbers."""
    low = draw(st.none() | FRACTIONS)
    high = draw(st.none() | FRACTIONS)
    return numbers(
        low,
        high,
        low_open=draw(st.booleans()),
        high_open=draw(st.booleans()),
        step=draw(STEPS),
        unit=unit,
    )


@st.composite
def number_sets(draw: st.DrawFn) -> Domain:
    """Sets of numbers: intervals, points, unions."""
    unit = draw(UNITS)
    parts = draw(
        st.lists(
            st.one_of(spans(unit), st.lists(FRACTIONS, max_size=4).map(lambda n: points(n, unit))),
            min_size=1,
            max_size=3,
        )
    )
    return _union_or_first(parts)


COUNTS = st.tuples(st.integers(0, 3), st.none() | st.integers(0, 4))
FEW_TEXTS = st.lists(st.text("A0é", max_size=3), max_size=4).map(text_set)
OPEN_TEXTS = COUNTS.map(lambda c: texts(*c))
PATTERNS = st.sampled_from(
    ["[0-9]+", "[0-9]{2}", "A|B|00", "[A-Z]*", "(A0)+", r"\d{1,3}", "[^A]+", "a.c", "[a-z-[b]]+"]
)
PATTERN_TEXTS = st.tuples(COUNTS, st.lists(PATTERNS, min_size=1, max_size=2)).map(lambda c: texts(*c[0], c[1]))
TEXT_SETS = st.one_of(FEW_TEXTS, OPEN_TEXTS)

BIT_SETS = st.one_of(
    COUNTS.map(lambda c: bits(*c)),
    st.text("01x", max_size=4).map(bits_pattern),
    st.lists(st.text("01", max_size=3), max_size=5).map(bits_set),
    st.sampled_from([7, 8]).map(lambda n: bits(n, n)),
)
OCTET_SETS = st.one_of(
    COUNTS.map(lambda c: octets(*c)),
    st.lists(st.binary(max_size=2), max_size=4).map(octets_set),
    st.just(octets_set(bytes([n]) for n in range(256))),
)
BOOLEAN_SETS = st.one_of(st.just(booleans()), st.booleans().map(boolean))


def _field(*choices: Domain) -> st.SearchStrategy[Domain]:
    return st.sampled_from(choices)


@st.composite
def cosem_sets(draw: st.DrawFn) -> Domain:
    """COSEM dates, times and date-times with some fields restricted."""
    fields = {
        "year": _field(numbers(0, 65535, step=1), points([65535]), numbers(2000, 2030, step=1), points([0])),
        "month": _field(numbers(1, 12, step=1), points([1]), points([255]), points([1, 255, 254])),
        "day": _field(numbers(1, 31, step=1), points([255]), points([254, 1])),
        "weekday": _field(points([255]), numbers(1, 7, step=1)),
        "hour": _field(numbers(0, 23, step=1), points([17, 255])),
        "minute": _field(points([0]), points([0, 30])),
        "second": _field(points([0]), numbers(0, 59, step=1)),
        "hundredths": _field(points([255]), points([0, 255]), numbers(0, 99, step=1)),
        "deviation": _field(points([-32768]), numbers(-720, 720, step=1)),
        "status": _field(points([255]), numbers(0, 255, step=1)),
    }
    kind, names = draw(
        st.sampled_from(
            [
                (cosem_date, ("year", "month", "day", "weekday")),
                (cosem_time, ("hour", "minute", "second", "hundredths")),
                (cosem_date_time, tuple(fields)),
            ]
        )
    )
    chosen = draw(st.lists(st.sampled_from(names), max_size=3, unique=True))
    return kind(**{name: draw(fields[name]) for name in chosen})


@st.composite
def xs_sets(draw: st.DrawFn) -> Domain:
    """xs:time, xs:date and xs:dateTime with some fields restricted."""
    fields = {
        "year": _field(numbers(2000, 2030, step=1), numbers(0, step=1), points([1999, 2000])),
        "month": _field(points([1]), numbers(1, 6, step=1)),
        "day": _field(points([1, 31]), numbers(1, 28, step=1)),
        "seconds": _field(
            numbers(0, "86399.99", step="0.01"),
            numbers(0, 86400, high_open=True),
            points([0, 86400]),
            points([61200]),
            numbers(0, 86400, step=1800),
        ),
        "zone": _field(points([0]), null(), union(points([0]), null()), points([60, 0]), numbers(-840, 840, step=1)),
    }
    kind, names = draw(
        st.sampled_from(
            [
                (xs_time, ("seconds", "zone")),
                (xs_date, ("year", "month", "day", "zone")),
                (xs_date_time, ("year", "month", "day", "seconds", "zone")),
            ]
        )
    )
    chosen = draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
    return kind(**{name: draw(fields[name]) for name in chosen})


MOMENTS: dict[type[XsTimeValue | XsDateValue | XsDateTimeValue], tuple[str, ...]] = {
    XsTimeValue: ("00:00:00", "24:00:00", "12:00:00Z", "13:00:00+01:00", "00:30:00+14:00", "23:00:00-14:00"),
    XsDateValue: ("2025-01-01", "2025-01-02Z", "2025-01-03+14:00", "2025-01-02-10:00", "2024-02-29"),
    XsDateTimeValue: (
        "2024-12-31T24:00:00",
        "2025-01-01T00:00:00Z",
        "2025-01-01T01:00:00+01:00",
        "2025-01-01T00:00:00.001-14:00",
        "2025-01-01T14:00:00",
    ),
}


@st.composite
def moment_sets(draw: st.DrawFn) -> Domain:
    """Enumerations and bounds of dates and times, some of them on some fields only."""
    kind, literals = draw(st.sampled_from(sorted(MOMENTS.items(), key=lambda item: item[0].__name__)))
    maker: dict[object, Domain] = {XsTimeValue: xs_time(), XsDateValue: xs_date(), XsDateTimeValue: xs_date_time()}
    whole = maker[kind]
    values = [kind.parse(text) for text in draw(st.lists(st.sampled_from(literals), max_size=3))]
    if draw(st.booleans()):
        found = _union_or_first([moments_equal_to(value) for value in values] or [whole])
    else:
        facets = ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive")
        found = whole
        for value in values[:2]:
            found = found.meet(moments_within(value, draw(st.sampled_from(facets))))
    return found.meet(draw(xs_sets())) if draw(st.booleans()) else found


LEAVES = st.one_of(number_sets(), TEXT_SETS, BIT_SETS, OCTET_SETS, BOOLEAN_SETS, st.just(null()))


def _lists(items: st.SearchStrategy[Domain]) -> st.SearchStrategy[Domain]:
    return st.tuples(items, COUNTS).map(lambda pair: list_of(pair[0], *pair[1]))


def _records(items: st.SearchStrategy[Domain]) -> st.SearchStrategy[Domain]:
    return st.dictionaries(st.sampled_from(["a", "b", "time of day"]), items, max_size=2).map(record)


LIST_SETS = _lists(st.one_of(number_sets(), TEXT_SETS))
RECORD_SETS = _records(st.one_of(number_sets(), TEXT_SETS, LIST_SETS))
CHOICES = st.lists(st.one_of(LEAVES, cosem_sets(), xs_sets(), LIST_SETS, RECORD_SETS), min_size=2, max_size=3).map(
    _union_or_first
)

BY_KIND: dict[str, st.SearchStrategy[Domain]] = {
    "numbers": number_sets(),
    "texts": TEXT_SETS,
    "bits": BIT_SETS,
    "octets": OCTET_SETS,
    "booleans": BOOLEAN_SETS,
    "COSEM dates and times": cosem_sets(),
    "XML dates and times": xs_sets(),
    "lists": LIST_SETS,
    "records": RECORD_SETS,
    "choices": CHOICES,
}
"""Every kind of set about which every question can be decided."""

EXACT = st.one_of(*BY_KIND.values(), st.sampled_from([ANY, NONE]))
"""Sets of any kind about which every question can be decided."""

UNDECIDED = st.one_of(
    moment_sets(),
    PATTERN_TEXTS,
    _lists(PATTERN_TEXTS),
    _records(PATTERN_TEXTS),
    st.lists(st.one_of(PATTERN_TEXTS, number_sets()), min_size=2, max_size=2).map(_union_or_first),
)
"""Sets with patterns in them, of which some questions stay open."""

DOMAINS = st.one_of(EXACT, UNDECIDED)
