"""What stands beside the values of a table and bears on them: columns that scale them, columns that say which attribute
a row is of, and words by which rows are set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from typing import TYPE_CHECKING

from gbcscheck.extract.sheets import Cell, Row, plain_title
from gbcscheck.extract.table_cells import NO_UNIT, RowUnit, UnreadCell, unit_of_all
from gbcscheck.extract.table_layout import Table
from gbcscheck.extract.table_mapping import Column
from gbcscheck.extract.table_titles import GENERIC, Titles, plain_unit
from gbcscheck.extract.transcript import one_line
from gbcscheck.frozen import frozen

if TYPE_CHECKING:
    from gbcscheck.notation.setting import Blank, Setting

_FACTORS = frozenset(
    map(plain_title, ("Scale", "Scale factor", "Scaling", "Scaling factor", "Multiplier", "Factor", "Divisor"))
)
_POWERS = frozenset(map(plain_title, ("Scaler", "Exponent", "Power", "Power of ten")))
"""Titles of columns with what a number is to be multiplied by, and with the power of ten of it."""
_SCALE = re.compile(
    r"[x×*/÷]\s*\d.*|10\s*(?:\^|\*\*).*|(?:times|multiplied by|divided by)\b.*"
    r"|(?:in )?(?:hex|hexadecimal|binary|bin|octal|bcd)|base \d+"
    r"|(?:%|percent|per cent|percentage|fraction|proportion|ratio) of\b.*|p\.?\s?u\.?|per unit|relative\b.*",
    re.IGNORECASE,
)
"""What stands in parentheses behind a title whose numbers are to be multiplied or divided, are shares of something, or
are not decimal."""
_VALUE = ("default", "value")
"""The attribute of a column of values, as a specification and as a configuration read it."""
_SAYS_WHICH = frozenset(
    map(plain_title, ("Attribute", "Attribute name", "Property", "Aspect", "Facet", "Characteristic", "Kind"))
)
"""Titles of columns that may say what the value of a row is: its default, its unit."""
_ASIDE = r"deleted|withdrawn|rejected|removed|obsolete|superseded|retired|cancell?ed|no longer used|not used|struck out"
_IS_ASIDE = re.compile(rf"(?:{_ASIDE})\.?", re.IGNORECASE)
_HEADS_ASIDE = re.compile(
    rf"(?:{_ASIDE}|(?:for )?examples?)(?: (?:data )?(?:items?|rows?|settings?|values?|defaults?|parameters?|entries))?"
    r"\s*[.:]?",
    re.IGNORECASE,
)


_HEADING_IN = re.compile(r".+?(?:\s*[(\[]\s*(?:in\s+)?([^()\[\]]+?)\s*[)\]]|\s+in\s+(.+?))\s*[.:]?", re.IGNORECASE)


@frozen
class Beside:
    """``of_all`` is the unit that a note gives to a whole table. Columns, from 0: ``scales`` say what numbers are to be
    multiplied by, ``says_which`` which attribute the value of a row is (with ``has_units`` rows of it say units),
    ``words`` hold words on their rows, ``together`` are those under one title, each with the others."""

    of_all: RowUnit = NO_UNIT
    scales: tuple[int, ...] = ()
    says_which: int | None = None
    has_units: bool = False
    words: tuple[int, ...] = ()
    together: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    def columns(self, table: Table, row: Row) -> tuple[tuple[int, Column], ...]:
        """What the columns of a row say; its value what the row says that it is."""
        if self.says_which is None or not (text := row.at(self.says_which).text):
            return table.columns
        meant = _attribute(table, text)
        if meant is None:
            return table.columns
        return tuple(
            (place, replace(column, attribute=meant) if column.attribute in _VALUE else column)
            for place, column in table.columns
        )

    def why_aside(self, table: Table, row: Row) -> str:
        """Why a row is not taken; empty where it is."""
        for place in self.words:
            cell = row.at(place)
            if is_aside(cell.text):
                return f'"{cell.text}" in {table.sheet.words(cell)}'
        if self.says_which is not None:
            cell = row.at(self.says_which)
            if cell.text and _attribute(table, cell.text) is None:
                return f'"{one_line(cell.text)}" in {table.sheet.words(cell)} is no attribute that is known'
        return ""

    def refuse(self, table: Table, row: Row, place: int, column: Column, text: str, setting: Setting | Blank) -> None:
        """Raise UnreadCell for a value that goes on in another cell under its title, and for a number without a unit of
        its own that something beside it scales."""
        from gbcscheck.domains import Numbers
        from gbcscheck.notation.setting import Setting

        other = next(
            (cell for cell in map(row.at, self.together.get(place, ())) if _is_part(row.at(place), cell)), None
        )
        if other is not None:
            raise UnreadCell(f"under its title stands {table.sheet.words(other)} too: one value, or two?")
        is_number = isinstance(setting, Setting) and isinstance(setting.domain, Numbers)
        if is_number and (why := self.why_scaled(table, row, column, text)):
            raise UnreadCell(why)

    def why_scaled(self, table: Table, row: Row, column: Column, text: str) -> str:
        """Why a number without a unit of its own cannot be taken as it stands; empty where it can, or has one."""
        if any(sign.isalpha() or sign in "%°£" for sign in text):
            return ""
        if is_scale(column.unit):
            return f'the title says "{column.unit}": is it {text}, or what comes of that?'
        for place in self.scales:
            cell = row.at(place)
            if not cell.is_blank and cell.text != unchanged_by(table.title(place)):
                return f'{table.sheet.words(cell)} says "{cell.text}" under {table.title(place)}: scaled or not?'
        return "its unit stands in a row of its own: write it beside the number" if self.has_units else ""


NOTHING = Beside()


def beside(table: Table) -> Beside:
    """What stands beside the values of a table."""
    others = sorted(_unknown(table))
    words = sorted({*others, *(place for place, column in table.columns if column.attribute == "ignore")})
    scales = tuple(place for place in others if unchanged_by(table.title(place)))
    notes = (cell for row in table.rows() for cell in _only(row))
    found = next((place for place in others if _says_which(table, place)), None)
    texts = [row.at(found).text for row in table.rows()] if found is not None else []
    has_units = any(_attribute(table, text) == "unit" for text in texts)
    return Beside(unit_of_all((*table.above, *notes)), scales, found, has_units, tuple(words), _together(table))


def unchanged_by(title: str) -> str:
    """What a column that scales numbers says of one that stays as it is; empty for any other column."""
    plain = plain_title(title)
    return "0" if plain in _POWERS else "1" if plain in _FACTORS else ""


def is_aside(text: str) -> bool:
    """Whether a word says that something is not in force: ``withdrawn``."""
    return _IS_ASIDE.fullmatch(text) is not None


def is_scale(text: str) -> bool:
    """Whether what stands behind a title says that its numbers are scaled, shares or not decimal: ``hex``, ``% of``."""
    return _SCALE.fullmatch(text) is not None


def heads_aside(text: str) -> bool:
    """Whether a heading says that the rows below it are not in force: ``Withdrawn items``, ``Example``."""
    return _HEADS_ASIDE.fullmatch(one_line(text)) is not None


def unit_of_heading(text: str) -> str:
    """The unit that a heading gives to the rows below it (``Voltages (V)``, ``Times in minutes``); empty for none."""
    found = _HEADING_IN.fullmatch(one_line(text))
    return plain_unit(found[1] or found[2]) if found else ""


def _together(table: Table) -> dict[int, tuple[int, ...]]:
    """The columns that stand under the very title of another and say the same, each with the others."""
    under: dict[tuple[str, Column], list[int]] = {}
    for place, column in table.columns:
        under.setdefault((table.title_cell(place).address, column), []).append(place)
    return {
        place: tuple(other for other in places if other != place)
        for places in under.values()
        for place in places
        if len(places) > 1
    }


def _is_part(cell: Cell, other: Cell) -> bool:
    """Whether another cell holds a text that is no value by itself."""
    from gbcscheck.notation.errors import NotationError
    from gbcscheck.notation.table_value import read_setting

    if not isinstance(other.value, str) or other.is_blank or other.address == cell.address:
        return False
    try:
        read_setting(other.text)
    except NotationError:
        return True
    return False


def _says_which(table: Table, place: int) -> bool:
    """Whether a column says what the value of each row is: it is called so, and most of its words are titles;
    ``value`` is the name of an attribute of COSEM objects, too, and tells nothing."""
    if plain_title(table.title(place)) not in _SAYS_WHICH or all(table.of(name) is None for name in _VALUE):
        return False
    texts = [text for row in table.rows() if (text := row.at(place).text) and plain_title(text) not in GENERIC]
    return 2 * sum(_attribute(table, text) is not None for text in texts) >= len(texts) > 0


def _attribute(table: Table, text: str) -> str | None:
    """The attribute of a title; None where it is none."""
    known = Titles(table.mapping).column(Cell("", text))
    return None if known is None or known.attribute in ("ignore", "clause", "provenance") else known.attribute


def _unknown(table: Table) -> frozenset[int]:
    """The columns that are not read."""
    used = {*(place for places in table.subject for place in places), *(place for place, _ in table.columns)}
    return frozenset(table.titles) - used - set(table.left_out)


def _only(row: Row) -> Iterator[Cell]:
    """The cell of a row that holds nothing else."""
    cells = {cell.address: cell for cell in row.cells if not cell.is_blank}
    if len(cells) == 1:
        yield from cells.values()
