"""Units as people write them in tables: which unit a text stands for, and why another stands for none."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.domains.unit_words import UnknownUnit, read_unit
from gbcscheck.domains.units import base_unit, is_unit, unit_names

WRITTEN = {
    "V": "V|v|Volts|VOLTS|volt|V.|V (rms)|Vrms|V rms|VAC|V ac|volts AC|V, rms|[V]|(V)|in V|Unit: V|V per phase",
    "kV": "kV|KV|kv|kilovolts",
    "mV": "mV|mV (rms)|Millivolts",
    "MV": "MV",
    "dV": "dV",
    "A": "A|a|amps|Ampere(s)",
    "kW": "kW|KW|kw|Kilowatts|kW.",
    "MW": "MW",
    "kWh": "kWh|KWH|Kwh|kwh|kW h|kW·h|kWhr|kilowatt-hours|kilowatt hours",
    "MWh": "MWh|Mwh|megawatt hours",
    "kvar": "kvar|kVAr|KVAR",
    "kvarh": "kvarh|kVARh",
    "VA": "VA|volt amperes|va",
    "Hz": "Hz|HZ|hz|hertz",
    "s": "s|S|sec|secs|sec.|seconds|Second(s)|SECONDS|in seconds",
    "ms": "ms|milliseconds",
    "µs": "µs|μs",
    "min": "min|mins|mins.|Minutes (max)|Min|MIN|minute",
    "h": "h|H|hr|hrs.|hours|Hours",
    "d": "d|days|Days",
    "m3": "m3|m³|M3|m^3|cubic metres|m\u00b3",
    "m3/h": "m3/h|m³/h|m³ / h|m3 per hour|cubic metres per hour|m3.h-1|m³·h⁻¹|m3h-1",
    "0.001 m3/h": "l/h|litres per hour",
    "MJ/m3": "MJ/m3|MJ/m³|MJ per m3|MJ/m^3|Megajoules per cubic metre",
    "pence": "p|P|pence|Penny",
    "GBP": "£|GBP|pounds",
    "pence/kWh": "p/kWh|pence per kWh|p per kWh",
    "GBP/kWh": "£/kWh|£ per kWh",
    "pence/d": "p/day|pence/day|p per day",
    "%": "%|percent|per cent|Percentage|pct",
    "°C": "°C|deg C|degrees Celsius|℃|degC|° C",
    "0.1 V": "0.1 V|x 0.1 V|V x 0.1|V/10|10^-1 V|10⁻¹ V|units of 0.1 V|tenths of a volt|0.1V|1/10 V|0.1 volts",
    "10 s": "10 s|×10 s|10 seconds|10s",
    "0.1 s": "tenths of a second|0.1 s",
    "octets": "octets|bytes|Byte(s)",
    "kbit/s": "kbit/s|kbps",
}
NO_UNITS = "furlong|V/s|months|C|K|bits|hh:mm|ENUM|text|0 V|per phase|x|J/kg/h|V²|half-hours|see note"
SEVERAL = {"mv": "MV or mV", "mw": "MW or mW", "MWH": "MWh or mWh", "m": "metres or minutes", "M": "metres or minutes"}


@pytest.mark.parametrize(("written", "name"), [(one, name) for name in WRITTEN for one in WRITTEN[name].split("|")])
def test_a_text_stands_for_a_unit(written: str, name: str) -> None:
    assert read_unit(written) == name


@pytest.mark.parametrize("written", NO_UNITS.split("|"))
def test_a_text_that_is_no_unit_is_named(written: str) -> None:
    with pytest.raises(UnknownUnit) as caught:
        read_unit(written)
    assert f"'{written}' is no unit" in str(caught.value)


@pytest.mark.parametrize(("written", "meant"), SEVERAL.items())
def test_a_text_that_may_be_two_units_is_refused_with_both(written: str, meant: str) -> None:
    with pytest.raises(UnknownUnit, match=meant):
        read_unit(written)


@pytest.mark.parametrize("written", ["none", "No unit", "dimensionless", "number"])
def test_a_column_may_say_that_there_is_no_unit(written: str) -> None:
    assert read_unit(written) is None


@pytest.mark.parametrize(
    ("name", "base"),
    [("0.1 V", ("V", Fraction(1, 10))), ("10 s", ("s", 10)), ("µs", ("s", Fraction(1, 10**6))), ("hPa", ("Pa", 100))],
)
def test_scaled_units_and_prefixes_have_their_size(name: str, base: tuple[str, Fraction]) -> None:
    assert base_unit(name) == base


@pytest.mark.parametrize("name", [one for one in unit_names() if one != "m"])
def test_every_unit_of_the_table_is_read_as_itself(name: str) -> None:
    assert read_unit(name) == name


@given(st.text(max_size=12))
def test_what_is_read_has_a_size(text: str) -> None:
    try:
        name = read_unit(text)
    except UnknownUnit:
        return
    assert name is None or base_unit(name)[1] > 0
    assert name is None or is_unit(name.rpartition(" ")[2])


@pytest.mark.parametrize("written", ["1/0 V", "V/0", "1.5/2 V", "9" * 5000 + " V", "1/" + "9" * 5000 + " V"])
def test_a_size_that_is_no_number_is_no_unit(written: str) -> None:
    with pytest.raises(UnknownUnit, match="is no unit"):
        read_unit(written)


@pytest.mark.parametrize("written", ["1/0 s", "9" * 5000 + " s", "1.5/2 s"])
def test_no_unit_of_the_table_has_such_a_size(written: str) -> None:
    with pytest.raises(KeyError):
        base_unit(written)
