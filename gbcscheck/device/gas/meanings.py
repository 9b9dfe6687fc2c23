"""What the values of a component mean, worked out once all of them are read: names of attributes, numbers and bits,
trailing digits, multipliers and divisors. It is told beside the values, and none is judged by it.

A trailing digit has how many digits stand behind the decimal point in its upper four bits (Smart Energy 1.4, the masks
of ``ConversionFactorTrailingDigit`` and the like); for a conversion factor of 0x50 and a calorific value of 0x10 that
is what DUIS and MMC convert by (DUIS 6.6).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache

from gbcscheck.cosem.errors import plural
from gbcscheck.device.gas.value_names import BITS, NUMBERS
from gbcscheck.device.gas.values import Meant
from gbcscheck.device.named import Named, Scaled
from gbcscheck.evidence.clusters import Clusters
from gbcscheck.model.device_files import BRANCH, Entry
from gbcscheck.near_names import plain
from gbcscheck.release.catalogue import Catalogue

CLUSTER, FRAME_CONTROL = "Extended Header Cluster ID", "Frame control"
ATTRIBUTE, VALUE = "Attribute Identifier", "Attribute Value"
TRAILING = "trailingdigit"
"""How the plain name of a trailing digit ends."""
EVENT = "event ID"
CURRENCY = "Currency"
CURRENCIES: Mapping[int, str] = {826: "GBP", 978: "EUR"}
"""Currencies of DUIS by their numbers (ISO 4217)."""
FROM_SERVER = 0x08
"""The bit of a frame control that says that the server of a cluster sends it (ZCL 2.4.1.1.3)."""
_UNITS: Mapping[str, str] = {"uncontrolledflowthreshold": "m3/h"}
"""Units of numbers that have a multiplier and a divisor beside them (DUIS 6.7; SMETS2 4.6.4.33)."""
_SCALED_BY: Mapping[str, str] = {"standingcharge": "pricetrailingdigit"}
"""The trailing digit of a number where it is not called so (Smart Energy 1.4, PublishTariffInformation)."""
_NUMBERS, _BITS = ({plain(name): names for name, names in table.items()} for table in (NUMBERS, BITS))


def with_meanings(entries: Sequence[Entry], catalogue: Catalogue) -> list[Entry]:
    """The entries of one component, their values with their meanings; ``catalogue`` has the witnesses."""
    named = _named(entries, catalogue)
    numbers = {name: int(entry.value) for name, entry in named if isinstance(entry.value, int)}
    return [_meant(entry, name, numbers) for name, entry in named]


@cache
def _plainly(name: str) -> str:
    """A name without blanks and case: elements and attributes are written in more ways than one."""
    return plain(name)


def _named(entries: Sequence[Entry], catalogue: Catalogue) -> list[tuple[str, Entry]]:
    """Each value with what it is called, plainly: its element, or the attribute whose identifier stands before it. The
    identifiers of attributes and of events have their names then."""
    found: list[tuple[str, Entry]] = []
    cluster = control = 0
    attribute = ""
    for entry in entries:
        value, label = entry.value, entry.label
        if not isinstance(value, int):
            found.append((label, entry))
            continue
        if label == CLUSTER:
            cluster = value
        elif label == FRAME_CONTROL:
            control = value
        elif label == ATTRIBUTE:
            side = "server" if control & FROM_SERVER else "client"
            known = catalogue.once(Clusters).attribute(cluster, side, value)
            attribute = str(known.value) if known is not None else ""
            entry = entry._replace(value=Meant(value, attribute)) if attribute else entry
        elif label == EVENT:
            name = catalogue.first(f"0x{value:04X}", "name")
            entry = entry._replace(value=Meant(value, str(name.value))) if name is not None else entry
        found.append((_plainly(attribute if label == VALUE and attribute else label), entry))
    return found


def _meant(entry: Entry, name: str, numbers: Mapping[str, int]) -> Entry:
    value = entry.value
    if entry.verdict == BRANCH or not isinstance(value, int) or isinstance(value, bool | Named):
        return entry
    if entry.label == CURRENCY and value in CURRENCIES:
        return entry._replace(value=Named(value, CURRENCIES[value]))
    meaning = _NUMBERS.get(name, {}).get(value, "") or bits_in_words(value, _BITS.get(name, {}))
    if meaning:
        return entry._replace(value=Meant(value, meaning))
    digits = numbers.get(_SCALED_BY.get(name, name + TRAILING))
    if digits is not None:
        return entry._replace(value=Scaled(value, str(Decimal(value).scaleb(-(digits >> 4))), _unit(name, numbers)))
    scale = _scale(name, numbers)
    if scale is not None:
        return entry._replace(value=Scaled(value, f"{value * scale:f}", _UNITS[name]))
    if name.endswith(TRAILING):
        return entry._replace(value=Meant(value, f"{plural(value >> 4, 'digit')} behind the point"))
    return entry


def _scale(name: str, numbers: Mapping[str, int]) -> Decimal | None:
    """What a number is multiplied by, as the multiplier and the divisor beside it say; None where there are none."""
    if name not in _UNITS:
        return None
    multiplier, divisor = (numbers.get(name + part, numbers.get(part)) for part in ("multiplier", "divisor"))
    return Decimal(multiplier) / divisor if multiplier and divisor else None


def _unit(name: str, numbers: Mapping[str, int]) -> str:
    """The unit of a number, by the field beside it that is called so; of money the currency."""
    if name in _SCALED_BY:
        return CURRENCIES.get(numbers.get(_plainly(CURRENCY), 0), "")
    beside = name + "unit"
    return _NUMBERS.get(beside, {}).get(numbers.get(beside, -1), "")


def bits_in_words(number: int, masks: Mapping[int, str]) -> str:
    """The names of the bits that are set; empty where one that is set has none.

    >>> bits_in_words(0x0A, {0x07: "log action", 0x08: "push event to WAN"})
    'log action 2, push event to WAN'
    """
    found = []
    for mask, name in masks.items():
        part = number & mask
        if part:
            shift = (mask & -mask).bit_length() - 1
            found.append(name if mask & mask - 1 == 0 else f"{name} {part >> shift}")
        number &= ~mask
    return ", ".join(found) if not number else ""
