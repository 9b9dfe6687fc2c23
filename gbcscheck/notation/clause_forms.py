"""The forms of sentences of clauses that are read: each with a sentence of it, which is made up, and what it gives.

The page on clauses and the tests are made from this table; a form that is not here is not read.
"""

from __future__ import annotations

from gbcscheck.frozen import frozen


@frozen
class ClauseForm:
    """A form: its name, how it is written (``A``, ``B``: numbers, with a unit behind them where they have one), and a
    sentence of it with the ``items`` of the list below it; ``gives`` is what it says, attribute by attribute. An
    ``item`` is the data item that the sentence names itself."""

    name: str
    written: str
    example: str
    gives: tuple[tuple[str, str], ...]
    items: tuple[str, ...] = ()
    item: str = ""


def _form(
    name: str, written: str, example: str, gives: str, *, items: tuple[str, ...] = (), item: str = ""
) -> ClauseForm:
    """A form whose ``gives`` is written ``attribute: what; attribute: what``."""
    pairs = [one.partition(": ") for one in gives.split("; ")]
    return ClauseForm(name, written, example, tuple((key, what) for key, _, what in pairs), items, item)


FORMS = (
    # what kind of value it is
    _form("value", "a value in UNIT", "A value in degrees Celsius.", "unit: °C"),
    _form("integer", "an integer", "An unsigned integer.", "permitted: 0.."),
    _form(
        "sized integer",
        "an N bit signed integer, an N bit unsigned integer",
        "A 16 bit unsigned integer.",
        "type: 0..65535",
    ),
    _form(
        "bit string", "an N bit bit string, a bit string of N bits", "A bit string of 12 bits.", "permitted: bits(12)"
    ),
    _form("octet string", "an octet string of N octets", "An octet string of 8 octets.", "permitted: octets(8)"),
    _form(
        "text",
        "a string of N characters, of up to N, of M to N",
        "A text string of up to 25 characters.",
        "permitted: text(0..25)",
    ),
    _form("entries", "a list comprising N entries", "A table comprising 16 entries.", "x-entries: 16"),
    _form(
        "time of day",
        "a time of day, with a resolution of A",
        "A time of day with a resolution of 30 minutes.",
        "permitted: time(hour 0..23, minute 0 | 30, second 0, hundredths 0 | 255)",
    ),
    # which values
    _form(
        "range",
        "in the range A to B",
        "A value in seconds in the range 10 to 900.",
        "unit: s; permitted: 10..900 s",
    ),
    _form(
        "range with its ends",
        "between A and B inclusive",
        "A value in Volts between 180 and 260 inclusive.",
        "unit: V; permitted: 180..260 V",
    ),
    _form(
        "range without its ends",
        "between A and B exclusive",
        "A value in Volts between 180 and 260 exclusive.",
        "unit: V; permitted: 181..259 V",
    ),
    _form(
        "bounds",
        "not less than A, at least A, greater than or equal to A, greater than A; not greater than B, at most B, up to "
        "and including B, less than or equal to B, less than B",
        "A value in minutes greater than 0 and not greater than 60.",
        "unit: min; permitted: 60..3600 step 60 s",
    ),
    _form(
        "hexadecimal and binary ends",
        "0x00, 0b0000",
        "An integer in the range 0x00 to 0x7F.",
        "permitted: 0..127",
    ),
    _form(
        "resolution",
        "with a resolution of A, in steps of A, in increments of A",
        "A value in kWh in the range 0 to 50, with a resolution of 0.5.",
        "unit: kWh; permitted: 0..50000 step 500 Wh",
    ),
    _form(
        "resolution alone",
        "X shall have a resolution of A",
        "The Sample Limit shall have a resolution of 0.1 kW.",
        "permitted: decimal step 100 W",
        item="Sample Limit",
    ),
    _form(
        "single values",
        "one of A, B or C",
        "The value shall be one of 15, 30 or 60 minutes.",
        "permitted: 900 s | 1800 s | 3600 s",
    ),
    # states
    _form(
        "states",
        "set to P, Q or R; one of P, Q or R",
        "The Sample State shall be set to Armed, Locked or Unlocked.",
        'states: "Armed" | "Locked" | "Unlocked"',
        item="Sample State",
    ),
    _form(
        "states in a list",
        "one of the following:, with a list of names or numbers below it",
        "The Sample State shall be one of the following:",
        'states: "Armed" | "Locked" | "Not Fitted"',
        items=("Armed;", "Locked; or", "Not Fitted."),
        item="Sample State",
    ),
    # defaults
    _form("default", "the default value shall be A", "The default value shall be 600 seconds.", "default: 600 s"),
    _form(
        "default of a named item",
        "the default value of X shall be A",
        "The default value of the Sample Limit shall be 230 V.",
        "default: 230 V",
        item="Sample Limit",
    ),
    _form(
        "default beside a range",
        "with a default of A",
        "A value in seconds in the range 0 to 900, with a default of 600.",
        "unit: s; permitted: 0..900 s; default: 600 s",
    ),
    _form(
        "default time of day",
        "16:00, 16:00:30",
        "The default value shall be 16:30.",
        "default: time(hour 16, minute 30, second 0, hundredths 0 | 255)",
    ),
    _form(
        "default date",
        "1 March 2030, 2030-03-01",
        "The default value shall be 1 March 2030.",
        "default: date(year 2030, month 3, day 1)",
    ),
    _form("default octets and bits", "0x0A, 0b1010", "The default value shall be 0x00FF.", "default: 0x00FF"),
    _form("default truth value", "true, false", "The default value shall be false.", "default: false"),
    _form("default text", '"P"', 'The default value shall be "Armed".', 'default: "Armed"'),
    # units
    _form("unit", "the unit of measure shall be UNIT", "The unit of measure shall be seconds.", "unit: s"),
    _form(
        "unit of a named item",
        "X shall be measured in UNIT, expressed in UNIT, recorded in UNIT",
        "The Sample Limit shall be measured in cubic metres per hour.",
        "unit: m3/h",
        item="Sample Limit",
    ),
    # who may set and read it
    _form(
        "configurable by",
        "X shall be capable of being configured by P, configurable by P and Q",
        "The Sample Limit shall be capable of being configured by the Import Supplier.",
        "settable-by: Import Supplier",
        item="Sample Limit",
    ),
    _form(
        "configurable",
        "X shall be capable of being configured, configurable",
        "The Sample Limit shall be configurable.",
        "settable-by: somebody",
        item="Sample Limit",
    ),
    _form(
        "not configurable",
        "X shall not be configurable, capable of being configured",
        "The Sample Limit shall not be configurable.",
        "settable-by: none",
        item="Sample Limit",
    ),
    _form(
        "readable by",
        "X shall be capable of being read by P, readable by P",
        "The Sample Limit shall be capable of being read by the Import Supplier and the Network Operator.",
        "readable-by: Import Supplier, Network Operator",
        item="Sample Limit",
    ),
    # several of them in one sentence
    _form(
        "definition",
        "X: ...",
        "Sample Limit [INFO]: A value in Volts in the range 0 to 300.",
        "unit: V; permitted: 0..300 V",
        item="Sample Limit",
    ),
    _form(
        "several at once",
        "X shall be ... and shall be ...",
        "The Sample Limit shall be a value in seconds in the range 0 to 900 and shall be configurable by the Supplier.",
        "unit: s; permitted: 0..900 s; settable-by: Supplier",
        item="Sample Limit",
    ),
)
"""Every form that is read."""
