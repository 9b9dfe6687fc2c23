"""Units of measure: the names that the specifications use, each with its base unit and its size in it.

Names and symbols are those of COSEM class 3 (Blue Book 4.3.2, the enumeration ``unit``) and of the SI brochure; pence
are the unit of GBCS prices. The spelt-out names are what people write in tables.
"""

from __future__ import annotations

from fractions import Fraction

from gbcscheck.domains.rational import Rational, tidy

_TABLE: dict[str, tuple[str, str]] = {
    # name: (base unit, how many of it), written as a fraction
    "s": ("s", "1"),
    "ms": ("s", "1/1000"),
    "min": ("s", "60"),
    "h": ("s", "3600"),
    "d": ("s", "86400"),
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
    "m3": ("m3", "1"),
    "m3/h": ("m3/h", "1"),
    "J": ("J", "1"),
    "kJ": ("J", "1000"),
    "MJ": ("J", "1000000"),
    "J/m3": ("J/m3", "1"),
    "MJ/m3": ("J/m3", "1000000"),
    "Pa": ("Pa", "1"),
    "bar": ("Pa", "100000"),
    "mbar": ("Pa", "100"),
    "m": ("m", "1"),
    "kg": ("kg", "1"),
    "°C": ("°C", "1"),
    "°": ("°", "1"),
    "%": ("%", "1"),
    "bit/s": ("bit/s", "1"),
    "kbit/s": ("bit/s", "1000"),
    "octets": ("octets", "1"),
    "pence": ("pence", "1"),
    "GBP": ("pence", "100"),
    "pence/kWh": ("pence/kWh", "1"),
    "GBP/kWh": ("pence/kWh", "100"),
    "pence/d": ("pence/d", "1"),
    "pence/h": ("pence/h", "1"),
}

_OTHER_NAMES: dict[str, str] = {
    "sec": "s",
    "secs": "s",
    "second": "s",
    "seconds": "s",
    "millisecond": "ms",
    "milliseconds": "ms",
    "mins": "min",
    "minute": "min",
    "minutes": "min",
    "hr": "h",
    "hrs": "h",
    "hour": "h",
    "hours": "h",
    "day": "d",
    "days": "d",
    "v": "V",
    "volt": "V",
    "volts": "V",
    "kilovolt": "kV",
    "kilovolts": "kV",
    "amp": "A",
    "amps": "A",
    "ampere": "A",
    "amperes": "A",
    "w": "W",
    "watt": "W",
    "watts": "W",
    "kw": "kW",
    "kilowatt": "kW",
    "kilowatts": "kW",
    "kwh": "kWh",
    "hertz": "Hz",
    "m³": "m3",
    "m³/h": "m3/h",
    "m3h-1": "m3/h",
    "m3/hour": "m3/h",
    "joule": "J",
    "joules": "J",
    "MJ/m³": "MJ/m3",
    "pascal": "Pa",
    "percent": "%",
    "per cent": "%",
    "p": "pence",
    "penny": "pence",
    "£": "GBP",
    "pounds": "GBP",
    "p/kWh": "pence/kWh",
    "£/kWh": "GBP/kWh",
    "byte": "octets",
    "bytes": "octets",
    "octet": "octets",
}


def base_unit(name: str) -> tuple[str, Rational]:
    """The base unit of a unit, and how many of it one is. Raises KeyError for a name that is not in the table.

    >>> base_unit("kV"), base_unit("minutes")
    (('V', 1000), ('s', 60))
    """
    base, size = _TABLE[_OTHER_NAMES.get(name, name)]
    return base, tidy(Fraction(size)) if "/" in size else int(size)


def is_unit(name: str) -> bool:
    """Whether a name is a unit of the table, in any of its spellings."""
    return name in _TABLE or name in _OTHER_NAMES


def unit_names() -> tuple[str, ...]:
    """The names of all units, in the order of the table."""
    return tuple(_TABLE)
