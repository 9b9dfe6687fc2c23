"""Cells of tables of settings as values of configurations, and the titles that such tables have."""

from __future__ import annotations

import datetime
from decimal import Decimal

from gbcscheck.device.configuration.json import read_json
from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.sheets import Cell
from gbcscheck.extract.table_mapping import USUAL, Column, TableMapping

VALUES = (
    *("Value", "Configured value", "Configuration", "Set value", "Current value", "Actual value", "Setting"),
    *("Initial value", "Device value", "Default", "Default value", "Default setting"),
)
"""Titles of the column that holds what a device is configured to."""

TITLES = TableMapping(
    subject=USUAL.subject,
    columns={
        **{title: column for title, column in USUAL.columns.items() if title not in VALUES},
        **dict.fromkeys(VALUES, Column("value")),
    },
)
"""The usual titles of tables of settings, read as those of a configuration."""


def known_unit(text: str) -> str:
    """The unit that a column or row names, if it is one that is known; else empty."""
    from gbcscheck.domains.units import is_unit

    return text if text and is_unit(text) else ""


def cell_value(cell: Cell, unit: str) -> object:
    """What a cell holds, as JSON would: a number without a unit of its own in that of its row or column, dates and
    times in ISO form, lists and objects where a text is JSON."""
    value = cell.value
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return f"{value} {unit}" if unit else value
    if isinstance(value, float):
        number = Decimal(int(value)) if value.is_integer() else Decimal(repr(value))
        return f"{number} {unit}" if unit else int(number) if value.is_integer() else number
    if isinstance(value, datetime.timedelta):
        return f"{Decimal(value // datetime.timedelta(milliseconds=1)) / 1000} s"
    if isinstance(value, datetime.datetime) and value.time() != datetime.time():
        return value.isoformat()
    if isinstance(value, datetime.time):
        return _time(value)
    text = cell.text
    if text[:1] in ("[", "{"):
        try:
            return read_json(text, where=cell.address)
        except UnreadableSource:
            return text
    if unit and text.replace(".", "", 1).lstrip("+-").isdecimal():
        return f"{text} {unit}"
    return text


def _time(value: datetime.time) -> str:
    hundredths = value.microsecond // 10_000
    return f"{value:%H:%M:%S}" + (f".{hundredths:02}" if hundredths else "")
