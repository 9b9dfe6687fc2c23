"""Whole numbers written with a fixed count of digits, as regular expressions that every engine reads alike."""

from __future__ import annotations

from gbcscheck.domains import Domain, Numbers, integers

DIGITS = "0123456789ABCDEF"
MOST_SPANS = 64
"""Ranges of one field that are put into an expression."""


def field_pattern(values: Domain, width: int, base: int, *, signed: bool = False) -> str | None:
    """A pattern of the members of a set that have ``width`` digits of a base (in capital letters), negative ones as
    their complement where the field has a sign. Empty for none; None where there are too many ranges.

    >>> field_pattern(integers(0, 23), 2, 16)
    '(?:0[0-9A-F]|1[0-7])'
    """
    size = base**width
    least = -(size // 2) if signed else 0
    within = values.meet(integers(least, least + size - 1))
    if not isinstance(within, Numbers):
        return ""
    spans = [(int(span.low or 0), int(span.high or 0)) for span in within.spans]
    if within.step not in (None, 1):
        listed = within.numbers(MOST_SPANS)
        spans = [(int(one), int(one)) for one in listed or ()]
    if not spans or len(spans) > MOST_SPANS:
        return None
    unsigned = [
        (low % size, high % size) for span in spans for low, high in ([span] if not signed else _by_sign(*span))
    ]
    return _either([one for low, high in sorted(unsigned) for one in _span(low, high, width, base)])


def _by_sign(low: int, high: int) -> list[tuple[int, int]]:
    return [(low, min(high, -1))] * (low < 0) + [(max(low, 0), high)] * (high >= 0)


def _either(branches: list[str]) -> str:
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _span(low: int, high: int, width: int, base: int) -> list[str]:
    """Branches that together match the numbers from ``low`` to ``high``, leading zeros included."""
    if width == 0:
        return [""]
    below = base ** (width - 1)
    first, last = low // below, high // below
    if first == last:
        return [DIGITS[first] + _either(_span(low % below, high % below, width - 1, base))]
    found: list[str] = []
    if low % below:
        found.append(DIGITS[first] + _either(_span(low % below, below - 1, width - 1, base)))
        first += 1
    end: list[str] = []
    if high % below != below - 1:
        end.append(DIGITS[last] + _either(_span(0, high % below, width - 1, base)))
        last -= 1
    if first <= last:
        any_digit = _digits(0, base - 1)
        rest = "" if width == 1 else any_digit if width == 2 else f"{any_digit}{{{width - 1}}}"
        found.append(_digits(first, last) + rest)
    return [*found, *end]


def _digits(first: int, last: int) -> str:
    """A class of digits."""
    if first == last:
        return DIGITS[first]
    parts = []
    for low, high in ((first, min(last, 9)), (max(first, 10), last)):
        if low <= high:
            parts.append(DIGITS[low] if low == high else f"{DIGITS[low]}-{DIGITS[high]}")
    return f"[{''.join(parts)}]"
