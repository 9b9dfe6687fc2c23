"""What numbers of COSEM objects mean: enumerations of classes by name, and values with their scaler and unit.

The enumerations are those of the classes (Blue Book: units 4.3.2 table 4, clock_base 4.5.1, control_state and
control_mode 4.5.8, account 4.6.2); a number that is in none of them keeps its digits alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from gbcscheck.cosem.axdr import NUMBERS, Data
from gbcscheck.model.device_files import Entry

UNITS: Mapping[int, str] = {
    1: "a", 2: "mo", 3: "wk", 4: "d", 5: "h", 6: "min", 7: "s", 8: "°", 9: "°C", 10: "currency", 11: "m", 12: "m/s",
    13: "m3", 14: "m3 (corrected)", 15: "m3/h", 16: "m3/h (corrected)", 17: "m3/d", 18: "m3/d (corrected)", 19: "l",
    20: "kg", 21: "N", 22: "Nm", 23: "Pa", 24: "bar", 25: "J", 26: "J/h", 27: "W", 28: "VA", 29: "var", 30: "Wh",
    31: "VAh", 32: "varh", 33: "A", 34: "C", 35: "V", 36: "V/m", 37: "F", 38: "ohm", 39: "ohm m2/m", 40: "Wb", 41: "T",
    42: "A/m", 43: "H", 44: "Hz", 45: "1/Wh", 46: "1/varh", 47: "1/VAh", 48: "V2h", 49: "A2h", 50: "kg/s", 51: "S",
    52: "K", 53: "1/V2h", 54: "1/A2h", 55: "1/m3", 56: "%", 57: "Ah", 60: "Wh/m3", 61: "J/m3", 62: "mol %", 63: "g/m3",
    64: "Pa s", 65: "J/kg", 66: "g/cm2", 67: "atm", 70: "dBm", 71: "dBµV", 72: "dB",
}  # fmt: skip
ENUM = 22
COUNT, OTHER = 255, 254
"""Units of a number that has none, and of one that has another than those of the table."""
_UNIT_NAMES = {**UNITS, OTHER: "another unit", COUNT: "no unit"}
ENUMERATIONS: Mapping[tuple[str, str], Mapping[int, str]] = {
    ("8", "clock_base"): {
        0: "not defined", 1: "internal crystal", 2: "mains 50 Hz", 3: "mains 60 Hz", 4: "GPS", 5: "radio controlled",
    },
    ("70", "control_state"): {0: "disconnected", 1: "connected", 2: "ready for reconnection"},
    ("111", "payment_mode"): {1: "credit", 2: "prepayment"},
    ("111", "account_status"): {1: "new, inactive", 2: "active", 3: "closed"},
}  # fmt: skip
"""Names by class and field."""
_SCALER, _UNIT, _PRICE, _COMMODITY = "scaler", "unit", "price_scale", "commodity_scale"


def enumerated(data: Data, label: str, cosem_class: str) -> str:
    """The name of a value of an enumeration; empty where none is known."""
    if data.tag != ENUM or not isinstance(data.value, int):
        return ""
    names = _UNIT_NAMES if label.endswith(_UNIT) else ENUMERATIONS.get((cosem_class, label), {})
    return names.get(data.value, "")


def scaled(entries: Sequence[Entry]) -> dict[int, str]:
    """What numbers are with their scaler and unit, by the place of their entry: of a register whose scaler and unit
    stand in the same file (class 3 and 4), of a value before its scaler and unit in a structure, and of a price (class
    113).

    Where an object stands there with two scalers, it is not told which one counts.
    """
    registers: dict[str, set[tuple[int, int]]] = {}
    prices: dict[str, tuple[int | None, int | None]] = {}
    found: dict[int, str] = {}
    for place, scaler, unit in _pairs(entries):
        entry = entries[place]
        if ".scaler_unit." in entry.subject:
            registers.setdefault(entry.subject.partition(".scaler_unit.")[0], set()).add((scaler, unit))
        elif place >= 2 and (number := _number(entries[place - 2])) is not None:
            found[place - 2] = _with_unit(number, scaler, unit)
    for entry in entries:
        if entry.label in (_PRICE, _COMMODITY) and (power := _number(entry)) is not None:
            price, commodity = prices.get(_charge(entry), (None, None))
            prices[_charge(entry)] = (power, commodity) if entry.label == _PRICE else (price, power)
    for place, entry in enumerate(entries):
        number = _number(entry)
        if number is None:
            continue
        item, _, field = entry.subject.partition(".")
        if field == "value" and len(known := registers.get(item, set())) == 1:
            found[place] = _with_unit(number, *next(iter(known)))
        elif entry.label == "charge_per_unit" and _charge(entry) in prices:
            found[place] = _price(number, *prices[_charge(entry)])
    return found


def _charge(entry: Entry) -> str:
    """The charge to which a field belongs, its active or its passive values."""
    return ".".join(entry.subject.split(".")[:2])


def _pairs(entries: Sequence[Entry]) -> Iterator[tuple[int, int, int]]:
    """Each scaler that stands before a unit: its place, and both."""
    for place, (one, other) in enumerate(pairwise(entries)):
        if one.label.endswith(_SCALER) and other.label.endswith(_UNIT):
            scaler, unit = _number(one), _number(other)
            if scaler is not None and unit is not None:
                yield place, scaler, unit


def _number(entry: Entry) -> int | None:
    data = entry.value
    if isinstance(data, Data) and data.tag in NUMBERS and isinstance(data.value, int):
        return data.value
    return None


def _with_unit(number: int, scaler: int, unit: int) -> str:
    name = UNITS.get(unit, "") if unit != COUNT else ""
    if not name and scaler == 0:
        return ""
    return f"{shifted(number, scaler)} {name}".rstrip()


def _price(number: int, scale: int | None, commodity: int | None) -> str:
    if scale is None or number == 0:
        return ""
    return shifted(number, scale) + (f" per 10^{commodity} of the commodity" if commodity else "")


def shifted(number: int, scaler: int) -> str:
    """A number times a power of ten, exactly.

    >>> shifted(5000, -5), shifted(25, 3), shifted(-7, 0)
    ('0.05', '25000', '-7')
    """
    found = Decimal(number).scaleb(scaler)
    return f"{found.normalize():f}"
