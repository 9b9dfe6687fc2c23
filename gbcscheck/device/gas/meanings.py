"""What the values of a component mean, worked out once all of them are read: names of attributes, numbers and bits,
trailing digits, multipliers and divisors. It is told beside the values, and none is judged by it.

A trailing digit has how many digits stand behind the decimal point in its upper four bits (Smart Energy 1.4, the masks
of ``ConversionFactorTrailingDigit`` and the like); for a conversion factor of 0x50 and a calorific value of 0x10 that
is what DUIS and MMC convert by (DUIS 6.6).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

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
TRAILING = " Trailing Digit"
EVENT = "event ID"
CURRENCY = "Currency"
CURRENCIES: Mapping[int, str] = {826: "GBP", 978: "EUR"}
"""Currencies of DUIS by their numbers (ISO 4217)."""
FROM_SERVER = 0x08
"""The bit of a frame control that says that the server of a cluster sends it (ZCL 2.4.1.1.3)."""
_UNITS: Mapping[str, str] = {plain("Uncontrolled Flow Threshold"): "m3/h"}
"""Units of numbers that have a multiplier and a divisor beside them (DUIS 6.7; SMETS2 4.6.4.33)."""
_SCALED_BY: Mapping[str, str] = {"Price Trailing Digit": "Standing Charge"}
"""What a trailing digit is of where it is not called so (Smart Energy 1.4, PublishTariffInformation)."""


def with_meanings(entries: Sequence[Entry], catalogue: Catalogue) -> list[Entry]:
    """The entries of one component, their values with their meanings; ``catalogue`` has the witnesses."""
    named = _named(entries, catalogue)
    numbers = {
        name: int(entry.value) for name, entry in zip(named, entries, strict=True) if isinstance(entry.value, int)
    }
    entries = [_event(entry, catalogue) for entry in entries]
    return [_meant(entry, name, numbers) for name, entry in zip(named, entries, strict=True)]


def _event(entry: Entry, catalogue: Catalogue) -> Entry:
    """The identifier of an event in a log with its name, where the list of event and alert codes has it."""
    if entry.label != EVENT or not isinstance(entry.value, int):
        return entry
    name = catalogue.first(f"0x{entry.value:04X}", "name")
    return entry if name is None else entry._replace(value=Meant(entry.value, str(name.value)))


def _named(entries: Sequence[Entry], catalogue: Catalogue) -> list[str]:
    """What each value is called: its element, or the attribute whose identifier stands before it."""
    found: list[str] = []
    cluster = control = 0
    attribute = ""
    for entry in entries:
        number = int(entry.value) if isinstance(entry.value, int) else 0
        if entry.label == CLUSTER:
            cluster = number
        elif entry.label == FRAME_CONTROL:
            control = number
        elif entry.label == ATTRIBUTE:
            side = "server" if control & FROM_SERVER else "client"
            known = catalogue.once(Clusters).attribute(cluster, side, number)
            attribute = str(known.value) if known is not None else ""
        found.append(attribute if entry.label in (VALUE, ATTRIBUTE) and attribute else entry.label)
    return found


def _meant(entry: Entry, name: str, numbers: Mapping[str, int]) -> Entry:
    value = entry.value
    if entry.verdict == BRANCH or not isinstance(value, int) or isinstance(value, bool):
        return entry
    if entry.label == ATTRIBUTE:
        return entry._replace(value=Meant(value, name)) if name != ATTRIBUTE else entry
    if entry.label == CURRENCY and value in CURRENCIES:
        return entry._replace(value=Named(value, CURRENCIES[value]))
    key = _known(name)
    meaning = NUMBERS.get(key, {}).get(value, "") or bits_in_words(value, BITS.get(key, {}))
    if meaning:
        return entry._replace(value=Meant(value, meaning))
    digits = _digits(name, numbers)
    if digits is not None:
        return entry._replace(value=Scaled(value, str(Decimal(value).scaleb(-digits)), _unit(name, numbers)))
    scale = _scale(name, numbers)
    if scale is not None:
        return entry._replace(value=Scaled(value, f"{value * scale:f}", _UNITS[plain(name)]))
    if plain(name).endswith(plain(TRAILING)):
        return entry._replace(value=Meant(value, f"{plural(value >> 4, 'digit')} behind the point"))
    return entry


def _known(name: str) -> str:
    """The element of the tables of names that is called so, however it is written."""
    wanted = plain(name)
    return next((one for table in (NUMBERS, BITS) for one in table if plain(one) == wanted), "")


def _digits(name: str, numbers: Mapping[str, int]) -> int | None:
    """How many digits stand behind the point of a number; None where nothing says so."""
    wanted = plain(name + TRAILING)
    for other, value in numbers.items():
        if plain(other) == wanted or _SCALED_BY.get(other) == name:
            return value >> 4
    return None


def _scale(name: str, numbers: Mapping[str, int]) -> Decimal | None:
    """What a number is multiplied by, as the multiplier and the divisor beside it say; None where there are none."""
    if plain(name) not in _UNITS:
        return None
    by_name = {plain(one).removeprefix(plain(name)): value for one, value in numbers.items()}
    multiplier, divisor = by_name.get("multiplier"), by_name.get("divisor")
    return Decimal(multiplier) / divisor if multiplier and divisor else None


def _unit(name: str, numbers: Mapping[str, int]) -> str:
    """The unit of a number, by the field beside it that is called so; of money the currency."""
    if name in _SCALED_BY.values():
        return CURRENCIES.get(numbers.get(CURRENCY, 0), "")
    wanted = plain(f"{name} Unit")
    for other, value in numbers.items():
        if plain(other) == wanted:
            return NUMBERS[_known(other)].get(value, "") if _known(other) else ""
    return ""


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
