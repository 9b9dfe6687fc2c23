"""The shapes of tables of settings: one data item a row, one device a row or a column, or a list without titles."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from gbcscheck.device.configuration.cells import is_number
from gbcscheck.device.configuration.finding import says_unit
from gbcscheck.device.configuration.number_text import is_duration
from gbcscheck.device.configuration.objects import read_object_name
from gbcscheck.device.configuration.records import (
    ATTRIBUTES,
    CLASSES,
    OBJECTS,
    object_names,
    role_of,
    without_bare_objects,
)
from gbcscheck.domains.unit_words import is_unit_text
from gbcscheck.extract.sheets import HEADER_WITHIN, Cell, Row, Sheet, plain_title
from gbcscheck.extract.table_beside import is_scale, unchanged_by
from gbcscheck.extract.table_mapping import Column, TableMapping
from gbcscheck.extract.table_titles import Titles
from gbcscheck.frozen import frozen

if TYPE_CHECKING:
    from gbcscheck.extract.table_layout import Table


@frozen
class DeviceColumns:
    """A table with one device a row: the columns (from 0) of data items with their names and units, and the column of
    units beside that of an item."""

    header: Row
    items: Mapping[int, tuple[str, str]]
    units: Mapping[int, int]

    def strangers(self) -> Iterator[Cell]:
        """Cells of the header that name no data item."""
        for place, cell in enumerate(self.header.cells):
            if place not in self.items and place not in self.units.values() and not cell.is_blank:
                yield cell

    def is_of_units(self, row: Row) -> bool:
        """Whether a row says nothing of data items but their units."""
        texts = [row.at(place).text for place in self.items if not row.at(place).is_blank]
        return bool(texts) and all(is_unit_text(text) and not is_value(text) for text in texts)


_UNIT = re.compile(r"(.+?)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*", re.DOTALL)
_OF_UNIT = re.compile(r"(.+?)[ _-]+units?|units?(?: of| for)? (.+)", re.IGNORECASE | re.DOTALL)
_OF_DEVICES = re.compile(
    r"(?:smart )?(?:meter|device|esme|gsme|asset|comms hub|hub|site)s?(?: (?:id|name|no\.?|number|serial.{0,7}))?"
    r"|serial(?: (?:no\.?|number))?|mpan|mprn|mpxn|eui(?:[- ]?64)?|guid",
    re.IGNORECASE,
)
OF_OBJECTS = (OBJECTS, CLASSES, ATTRIBUTES)
MOST_BEFORE_NAMES = 6
"""Columns in which the names of data items are looked for."""
_POWER_OF_TEN = re.compile(r"(?:10*|0[.,]0*1)\s*[^\W\d]")


def item_tables(sheet: Sheet, titles: TableMapping) -> list[Table]:
    """The tables of a sheet that have a column of values."""
    from gbcscheck.extract.table_layout import tables_on

    return [table for table in tables_on(sheet, titles, sheet.name) if table.of("value") is not None]


def is_of_devices(title: str) -> bool:
    """Whether a title is that of a column which says of which device each row is."""
    return _OF_DEVICES.fullmatch(title.strip()) is not None


def device_places(table: Table) -> list[int]:
    """The columns (from 0) of a table, otherwise not read, that say of which device each row is."""
    read = {place for place, _ in table.columns}
    return [place for place, title in table.titles.items() if place not in read and is_of_devices(title)]


def device_table(sheet: Sheet, name_of: Callable[[str], str]) -> DeviceColumns | None:
    """The first of the top rows of which two titles, or all its cells, are names of data items, maybe with a unit
    behind; or of which one is, over values."""
    for row in sheet.rows:
        if row.number > HEADER_WITHIN:
            return None
        if (found := device_columns(sheet, row, name_of)) is not None:
            return found
    return None


def device_columns(sheet: Sheet, row: Row, name_of: Callable[[str], str]) -> DeviceColumns | None:
    """The columns under a row of titles of a table with one device a row; None for any other row."""
    items: dict[int, tuple[str, str]] = {}
    titles = [place for place, cell in enumerate(row.cells) if not cell.is_blank and isinstance(cell.value, str)]
    for place in titles:
        text = row.at(place).text
        behind = _UNIT.fullmatch(text)
        if behind and says_unit(behind[2]) and (name := name_of(behind[1])):
            items[place] = (name, behind[2])
        elif name := name_of(text):
            items[place] = (name, "")
    filled = sum(not cell.is_blank for cell in row.cells)
    others = [row.at(place) for place in range(len(row.cells)) if place not in items]
    only = next(iter(items)) if len(items) == 1 and not any(map(_holds_value, others)) else None
    alone = only is not None and _is_over_values(sheet, row, only)
    if len(items) > 1 or (items and len(items) == filled) or alone:
        return DeviceColumns(row, items, _units_beside(row, items, name_of))
    return None


def _units_beside(row: Row, items: Mapping[int, tuple[str, str]], name_of: Callable[[str], str]) -> dict[int, int]:
    """The columns of units by the columns of items: one whose title says of which item it has the unit, or one that is
    called so and stands behind an item, or else before one."""
    found: dict[int, int] = {}
    for place, cell in enumerate(row.cells):
        if place in items or cell.is_blank:
            continue
        if role_of(cell.text) == "unit":
            besides = (near for near in (place - 1, place + 1) if near in items and near not in found)
            found.update({near: place for near in besides if place not in found.values()})
        elif (named := _OF_UNIT.fullmatch(cell.text)) and (name := name_of(named[1] or named[2])):
            found.update({near: place for near, (known, _) in items.items() if known == name})
    return found


def _is_over_values(sheet: Sheet, header: Row, place: int) -> bool:
    """Whether values stand under a cell, at least in half of the rows."""
    below = [row.at(place) for row in sheet.rows if row.number > header.number and not row.is_blank]
    return 2 * sum(map(_holds_value, below)) >= len(below) > 0


def _holds_value(cell: Cell) -> bool:
    """Whether a cell holds a value, and no name of an object, which begins with a digit too."""
    return is_number(cell) or (is_value(cell.text) and read_object_name(cell.text) is None)


class ObjectColumns(NamedTuple):
    """The columns (from 0) that name attributes of objects and data items; -1 for one that is not there."""

    object: int = -1
    class_id: int = -1
    attribute: int = -1
    names: tuple[int, ...] = ()

    def names_of(self, row: Row) -> Iterator[str]:
        """What the data item of a row may be called by these columns."""
        texts = [row.at(place).text if place >= 0 else "" for place in (self.object, self.class_id, self.attribute)]
        yield from object_names(*texts)
        for place in self.names:
            text = row.at(place).text
            if text:
                qualified = tuple(object_names(text, *texts[1:]))
                yield from qualified
                yield from without_bare_objects((text,), qualified)


def object_columns(titles: Mapping[int, str], mapping: TableMapping) -> ObjectColumns:
    """The columns of a table that name objects, by its titles; none where no title is that of an object."""
    plain = {place: plain_title(title) for place, title in titles.items()}
    found = tuple(next((p for p, title in plain.items() if title in known), -1) for known in OF_OBJECTS)
    if found[0] < 0:
        return ObjectColumns()
    names = tuple(place for place, title in titles.items() if place not in found and mapping.subject_place(title) == 0)
    return ObjectColumns(found[0], found[1], found[2], names)


def with_objects(sheet: Sheet, mapping: TableMapping) -> TableMapping:
    """A mapping by which the columns of objects are read too, where a sheet has a title of them."""
    rows = (row for row in sheet.rows if row.number <= HEADER_WITHIN)
    if not any(isinstance(cell.value, str) and plain_title(cell.text) in OBJECTS for row in rows for cell in row.cells):
        return mapping
    beside = dict.fromkeys((*OBJECTS, *CLASSES, *ATTRIBUTES, *mapping.subject[0]), Column("ignore"))
    subject = ((*mapping.subject[0], *sorted(OBJECTS)), *mapping.subject[1:])
    return replace(mapping, subject=subject, columns={**beside, **mapping.columns})


class Listed(NamedTuple):
    """A list of data items: its row of titles, if it has one, the rows below; the columns (from 0) of the names, of
    values, each with that of its units, and of what scales them; the columns that name objects."""

    header: Row | None
    body: Sequence[Row]
    name: int
    values: Mapping[int, int | None]
    scales: tuple[int, ...]
    objects: ObjectColumns

    def why_scaled(self, row: Row, place: int) -> str:
        """Why a number of a row cannot be taken as it stands; empty where it can."""
        titles = self.header.at if self.header is not None else (lambda _: Cell("", ""))
        behind = _UNIT.fullmatch(titles(place).text)
        if behind is not None and is_scale(behind[2]):
            return f'the title says "{behind[2]}"'
        for scale in self.scales:
            cell = row.at(scale)
            if not cell.is_blank and cell.text != unchanged_by(titles(scale).text):
                return f'"{cell.text}" under {titles(scale).text}: scaled or not?'
        return ""


def lists_on(sheet: Sheet, is_item: Callable[[str], bool], mapping: TableMapping) -> list[Listed]:
    """The lists of data items on a sheet, one below the other: a column with their names, values behind it, maybe one
    column a device. At least half of the rows name one, or a title says what they are."""
    rows = [row for row in sheet.rows if not row.is_blank]
    counts = [sum(is_item(row.at(place).text) for row in rows) for place in range(MOST_BEFORE_NAMES)]
    if not any(counts):
        return []
    name = counts.index(max(counts))
    first = next(number for number, row in enumerate(rows) if is_item(row.at(name).text))
    above = [
        (number, row) for number, row in enumerate(rows[:first]) if sum(not cell.is_blank for cell in row.cells) > 1
    ]
    titled = [one for one in above if mapping.subject_place(one[1].at(name).text) == 0]
    number, header = next(iter(titled or above), (first - 1 if first else -1, rows[0] if first else None))
    body = rows[number + 1 :]
    if not titled and 2 * max(counts) < len(body):
        return []
    starts = [place for place, row in enumerate(body) if titled and mapping.subject_place(row.at(name).text) == 0]
    ends = [*starts, len(body)]
    parts = [(header, body[: ends[0]]), *((body[s], body[s + 1 : e]) for s, e in zip(starts, ends[1:], strict=True))]
    return [_listed(top, part, name, mapping) for top, part in parts]


def _listed(header: Row | None, body: Sequence[Row], name: int, mapping: TableMapping) -> Listed:
    titles = {place: header.at(place).text for place in range(len(header.cells))} if header is not None else {}
    objects = object_columns(titles, mapping)
    scales = tuple(place for place, title in titles.items() if unchanged_by(title))
    used = {name, *objects[:3], *objects.names}
    return Listed(header, body, name, _list_columns(header, body, mapping, used, scales), scales, objects)


def _list_columns(
    header: Row | None, body: Sequence[Row], mapping: TableMapping, used: Collection[int], scales: Collection[int]
) -> dict[int, int | None]:
    """The columns of values of a list of data items, with those of units. Under a row of names every column is of
    values that has no other title and holds some at least in half of its cells; else the first is, and units are the
    second where it holds no values."""
    cells = {
        place: [row.at(place) for row in body if not row.at(place).is_blank]
        for place in range(max((len(row.cells) for row in body), default=0))
        if place not in used and place not in scales
    }
    first = max((place for place in used), default=0) + 1
    if header is None:
        holds_values = any(is_value(cell.text) for cell in cells.get(first + 1, ()))
        return {first: None if holds_values else first + 1}
    titles = Titles(mapping)
    said = {place: titles.column(header.at(place)) for place in cells}
    units = [
        place
        for place, found in cells.items()
        if ((column := said[place]) is not None and column.attribute == "unit")
        or (found and all(is_unit_text(cell.text) and not is_value(cell.text) for cell in found))
    ]
    values = [
        place
        for place, found in cells.items()
        if place not in units
        and said[place] is None
        and not header.at(place).is_blank
        and 2 * sum(is_number(cell) or is_value(cell.text) for cell in found) >= len(found) > 0
    ]
    return _with_units(values or [first], units)


def _with_units(values: Sequence[int], units: Sequence[int]) -> dict[int, int | None]:
    """Columns of values with the column of units of each: the only one, or the one that stands behind it before the
    next, or before it where the first stands so."""
    if len(units) < 2:
        return dict.fromkeys(values, next(iter(units), None))
    before = units[0] < values[0]
    ends = [*values[1:], max((*units, *values)) + 1]
    starts = [-1, *values[:-1]]
    spans = zip(starts, values, strict=True) if before else zip(values, ends, strict=True)
    return {
        value: next((unit for unit in units if low < unit < high), None)
        for value, (low, high) in zip(values, spans, strict=True)
    }


def is_value(text: str) -> bool:
    """Whether a text is a value rather than a word or a unit, which may be ten of something or a tenth (``0.1 V``)."""
    from gbcscheck.notation.errors import NotationError
    from gbcscheck.notation.setting import TEXT, Setting
    from gbcscheck.notation.table_value import read_setting

    if text[:1].isdigit():
        return _POWER_OF_TEN.match(text) is None
    if is_duration(text):
        return True
    try:
        setting = read_setting(text) if text else None
    except NotationError:
        return False
    return isinstance(setting, Setting) and setting.reading != TEXT
