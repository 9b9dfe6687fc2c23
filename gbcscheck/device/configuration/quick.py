"""Values of JSON that are known to be fine without being read: checks made once of the sets that an item has to fit.

A check says that a value stands for one of the item's own type which every specification permits. Where it does not
say so nothing is said at all: the value is then read, and held against each statement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from gbcscheck.device.configuration.form import Form

if TYPE_CHECKING:
    from gbcscheck.domains import Bits, Domain, Numbers

Check = Callable[[Any], bool]
_OCTETS = re.compile(r"0x(?:[0-9A-Fa-f]{2})+")


def checks_of(form: Form, permitted: Domain) -> Mapping[type, Check]:
    """A check for each type of JSON value (int, Decimal, str) for which there is one. ``permitted`` are the values of
    the item against which no specification has anything to say."""
    from gbcscheck.domains import ANY, NONE, Bits, Numbers, Octets, Texts

    if not form.kinds:
        return {}
    kind = form.kinds[0]  # the first type that holds a value is the one as which it is read
    both = kind if permitted is ANY else kind.meet(permitted) if type(kind) is type(permitted) else NONE
    if isinstance(kind, Numbers) and isinstance(both, Numbers):
        return _of_numbers(both) if _is_of_plain_numbers(kind, permitted, form.unit) else {}
    if isinstance(both, Texts):
        return {str: lambda text: '"' not in text and both.contains(text)}
    if isinstance(both, Octets):
        return {str: lambda text: _OCTETS.fullmatch(text) is not None and both.contains(bytes.fromhex(text[2:]))}
    if isinstance(both, Bits):
        return {str: _of_bits(both)}
    return {}


def _of_bits(bits: Bits) -> Check:
    """Whether a text is a bit string of a set, written as ``0b1111100``."""
    if bits.lengths is not None:
        low, high = bits.lengths
        matches = re.compile(f"0b(?=[01])[01]{{{low},{'' if high is None else high}}}").fullmatch
    elif bits.mask is not None:
        matches = re.compile(f"0b{bits.mask.replace('x', '[01]')}").fullmatch
    else:
        return frozenset(f"0b{one}" for one in bits.listed).__contains__
    return lambda text: matches(text) is not None


def _is_of_plain_numbers(kind: Numbers, permitted: Domain, unit: str) -> bool:
    """Whether a number of JSON belongs to both sets where its digits do: what it counts is what they count."""
    from gbcscheck.domains.units import base_unit

    base, size = base_unit(unit) if unit else ("", 0)
    counted = (None, base) if size == 1 else (None,)
    return kind.unit in counted and getattr(permitted, "unit", None) in counted


def _of_numbers(numbers: Numbers) -> Mapping[type, Check]:
    from gbcscheck.domains.rational import exact

    return {int: _of_whole_numbers(numbers), Decimal: lambda number: numbers.holds(exact(number))}


def _of_whole_numbers(numbers: Numbers) -> Check:
    """Whether a whole number is in a set, with as little as can be done."""
    from gbcscheck.domains.spans import snap

    spans = [one for one in (snap(span, 1) for span in numbers.spans) if one is not None]
    bounds = [
        (float("-inf") if low is None else low, float("inf") if high is None else high) for low, high, _, _ in spans
    ]
    if numbers.step is not None and 1 % numbers.step:
        return numbers.holds
    if len(bounds) == 1:
        ((least, most),) = bounds
        return lambda number: least <= number <= most
    listed = numbers.numbers()
    return frozenset(listed).__contains__ if listed is not None else numbers.holds
