"""Cells of tables of settings as values of configurations, and the titles that such tables have."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from decimal import Decimal

from gbcscheck.device.configuration.json import read_json
from gbcscheck.device.configuration.number_text import in_unit
from gbcscheck.domains.unit_words import UnknownUnit
from gbcscheck.errors import GbcscheckError, UnreadableSource
from gbcscheck.extract.sheets import Cell
from gbcscheck.extract.table_mapping import USUAL, Column, TableMapping

VALUES = (
    *("Value", "Values", "Configured value", "Configuration", "Set value", "Current value", "Actual value", "Setting"),
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


def titles_with(own: TableMapping) -> TableMapping:
    """The titles and names of a mapping of one's own beside the usual ones: its column of defaults is what a device is
    configured to."""
    columns = {
        title: replace(column, attribute="value") if column.attribute == "default" else column
        for title, column in own.columns.items()
    }
    return replace(own, columns={**TITLES.columns, **columns})


_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")


class NoValue(GbcscheckError):
    """Why a cell holds no value that could be judged."""


def cell_value(cell: Cell, unit: str) -> object:
    """What a person sees in a cell, as JSON would hold it: a number without a unit of its own in ``unit``, that of its
    row or column as it is written there; dates and times in ISO form, lists and objects where a text is JSON.

    Raises NoValue for a number in a unit that is not known, and where the cell holds something else than it shows.
    """
    from gbcscheck.extract.number_format import NotShown
    from gbcscheck.extract.shown import shown

    if isinstance(cell.value, bool):
        return cell.value
    try:
        seen = shown(cell)
    except NotShown as error:
        raise NoValue(str(error)) from None
    if seen.kind == "elapsed":
        return f"{seen.seconds} s"
    if isinstance(cell.value, datetime.datetime) and " " in seen.text and seen.text[:4].isdecimal():
        return seen.text.replace(" ", "T")
    if unit and _NUMBER.fullmatch(seen.text):
        try:
            return in_unit(seen.text, unit)
        except UnknownUnit as error:
            raise NoValue(str(error)) from None
    if seen.kind == "number" and _NUMBER.fullmatch(seen.text):
        number = Decimal(seen.text)
        return int(number) if number == number.to_integral_value() else number
    return _json(seen.text, cell) if seen.text[:1] in ("[", "{") else seen.text


def is_number(cell: Cell) -> bool:
    """Whether a cell holds a number, and no unit."""
    is_text = isinstance(cell.value, str) and _NUMBER.fullmatch(cell.text) is not None
    return is_text or (isinstance(cell.value, int | float) and not isinstance(cell.value, bool))


def _json(text: str, cell: Cell) -> object:
    try:
        return read_json(text, where=cell.address)
    except UnreadableSource:
        return text
