"""Units of measure: the names that the specifications use, each with its base unit and its size in it.

Names and symbols are those of COSEM class 3 (Blue Book 4.3.2, the enumeration ``unit``) and of the SI brochure (the
prefixes: table 7); pence are the unit of GBCS prices. What people write for them is read by ``unit_words``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from gbcscheck.domains.rational import Rational, exact, tidy

_TABLE: dict[str, tuple[str, str]] = {
    # name: (base unit, how many of it), written as a fraction
    "s": ("s", "1"),
    "ms": ("s", "1/1000"),
    "µs": ("s", "1/1000000"),
    "min": ("s", "60"),
    "h": ("s", "3600"),
    "d": ("s", "86400"),
    "week": ("s", "604800"),
    "V": ("V", "1"),
    "mV": ("V", "1/1000"),
    "kV": ("V", "1000"),
    "A": ("A", "1"),
    "mA": ("A", "1/1000"),
    "kA": ("A", "1000"),
    "W": ("W", "1"),
    "mW": ("W", "1/1000"),
    "kW": ("W", "1000"),
    "MW": ("W", "1000000"),
    "VA": ("VA", "1"),
    "kVA": ("VA", "1000"),
    "var": ("var", "1"),
    "kvar": ("var", "1000"),
    "Wh": ("Wh", "1"),
    "kWh": ("Wh", "1000"),
    "MWh": ("Wh", "1000000"),
    "VAh": ("VAh", "1"),
    "kVAh": ("VAh", "1000"),
    "varh": ("varh", "1"),
    "kvarh": ("varh", "1000"),
    "Hz": ("Hz", "1"),
    "kHz": ("Hz", "1000"),
    "m3": ("m3", "1"),
    "m3/h": ("m3/h", "1"),
    "l": ("m3", "1/1000"),
    "J": ("J", "1"),
    "kJ": ("J", "1000"),
    "MJ": ("J", "1000000"),
    "J/m3": ("J/m3", "1"),
    "MJ/m3": ("J/m3", "1000000"),
    "Pa": ("Pa", "1"),
    "kPa": ("Pa", "1000"),
    "bar": ("Pa", "100000"),
    "mbar": ("Pa", "100"),
    "m": ("m", "1"),
    "km": ("m", "1000"),
    "kg": ("kg", "1"),
    "g": ("kg", "1/1000"),
    "°C": ("°C", "1"),
    "°": ("°", "1"),
    "%": ("%", "1"),
    "bit/s": ("bit/s", "1"),
    "kbit/s": ("bit/s", "1000"),
    "Mbit/s": ("bit/s", "1000000"),
    "octets": ("octets", "1"),
    "pence": ("pence", "1"),
    "GBP": ("pence", "100"),
    "pence/kWh": ("pence/kWh", "1"),
    "GBP/kWh": ("pence/kWh", "100"),
    "pence/d": ("pence/d", "1"),
    "pence/h": ("pence/h", "1"),
}

_PREFIXES = {"T": 12, "G": 9, "M": 6, "k": 3, "h": 2, "d": -1, "c": -2, "m": -3, "µ": -6, "n": -9}
_PREFIXED = {
    "s": "dcmµn",
    **dict.fromkeys(("V", "A", "W", "VA", "var", "Wh", "VAh", "varh", "Hz", "J"), "TGMkdcmµn"),
    **dict.fromkeys(("Pa", "bar"), "MkhdcmµG"),
    "m": "kdcmµn",
    "g": "kmµ",
    "l": "dcm",
    "bit/s": "TGMk",
    "J/m3": "TGMk",
}
"""The SI prefixes that a unit is written with."""


def _with_prefixes() -> dict[str, tuple[str, str]]:
    """Every unit that is written with a prefix, with those that stand for themselves before them."""
    found = dict(_TABLE)
    for name, prefixes in _PREFIXED.items():
        base, size = _TABLE[name]
        for prefix in prefixes:
            whole = tidy(Fraction(size) * Fraction(10) ** _PREFIXES[prefix])
            found.setdefault(prefix + name, (base, str(whole)))
    return found


_OTHER_NAMES: dict[str, str] = {
    other: name
    for name, others in {
        "s": "sec secs second seconds",
        "ms": "msec msecs millisecond milliseconds",
        "µs": "microsecond microseconds",
        "min": "mins minute minutes",
        "h": "hr hrs hour hours",
        "d": "day days",
        "week": "weeks wk wks",
        "V": "v volt volts",
        "mV": "millivolt millivolts",
        "kV": "kilovolt kilovolts",
        "A": "amp amps ampere amperes",
        "mA": "milliamp milliamps milliampere milliamperes",
        "kA": "kiloamp kiloamps",
        "W": "w watt watts",
        "mW": "milliwatt milliwatts",
        "kW": "kw kilowatt kilowatts",
        "MW": "megawatt megawatts",
        "VA": "voltampere voltamperes voltamp voltamps",
        "kVA": "kilovoltampere kilovoltamperes kilovoltamp kilovoltamps",
        "var": "vars",
        "kvar": "kvars kilovar kilovars",
        "Wh": "watthour watthours",
        "kWh": "kwh kwhr kwhrs kilowatthour kilowatthours",
        "MWh": "megawatthour megawatthours",
        "Hz": "hertz",
        "kHz": "kilohertz",
        "m3": "m³ cum",
        "m3/h": "m³/h m3h-1 m3/hour",
        "l": "litre litres liter liters ltr ltrs",
        "J": "joule joules",
        "kJ": "kilojoule kilojoules",
        "MJ": "megajoule megajoules",
        "MJ/m3": "MJ/m³",
        "Pa": "pascal pascals",
        "kPa": "kilopascal kilopascals",
        "mbar": "millibar millibars",
        "bar": "bars",
        "m": "metre metres meter meters",
        "km": "kilometre kilometres",
        "kg": "kilogram kilograms kilogramme kilogrammes",
        "g": "gram grams gramme grammes",
        "°C": "degC celsius centigrade",
        "°": "deg degs degree degrees",
        "%": "percent pct percentage",
        "bit/s": "bps",
        "kbit/s": "kbps",
        "Mbit/s": "Mbps",
        "octets": "byte bytes octet",
        "pence": "p penny",
        "GBP": "£ pound pounds",
        "pence/kWh": "p/kWh",
        "GBP/kWh": "£/kWh",
    }.items()
    for other in (*others.split(), *(("per cent",) if name == "%" else ()))
}
"""What people write for the units, but for capital letters."""


_ALL = _with_prefixes()
SIZE = r"[0-9]{1,30}(?:\.[0-9]{1,30}|/0*[1-9][0-9]{0,29})?"
"""How a number of units is written; a longer one is none, and so is a part by nothing."""
_SCALED = re.compile(rf"({SIZE}) (\S+)")


def base_unit(name: str) -> tuple[str, Rational]:
    """The base unit of a unit, and how many of it one is; a unit may be so many of another. Raises KeyError for a name
    that is not in the table.

    >>> base_unit("kV"), base_unit("min"), base_unit("10 s")
    (('V', 1000), ('s', 60), ('s', 10))
    """
    scaled = _SCALED.fullmatch(name)
    if scaled:
        base, size = base_unit(scaled[2])
        return base, tidy(exact(scaled[1]) * size)
    base, written = _ALL[_OTHER_NAMES.get(name, name)]
    return base, tidy(Fraction(written)) if "/" in written else int(written)


def is_unit(name: str) -> bool:
    """Whether a name is a unit of the table, in any of its spellings."""
    return name in _ALL or name in _OTHER_NAMES


def has_base(name: str) -> bool:
    """Whether ``base_unit`` knows a name: a unit of the table, or so many of one (``0.1 V``)."""
    scaled = _SCALED.fullmatch(name)
    return is_unit(scaled[2] if scaled else name)


def unit_names() -> tuple[str, ...]:
    """The names of all units without those that a prefix makes, in the order of the table."""
    return tuple(_TABLE)


def all_unit_names() -> Iterator[tuple[str, str]]:
    """Everything that is written for a unit, with the unit's name in the table."""
    yield from ((name, name) for name in _ALL)
    yield from _OTHER_NAMES.items()
