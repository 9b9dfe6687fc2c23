"""What the titles of a table's columns say: of one row or of several, known as they are or with what they are for."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from gbcscheck.extract.sheets import Cell, Row, plain_title
from gbcscheck.extract.table_mapping import BOUNDS, ROW_FACTS, USUAL, Column, TableMapping
from gbcscheck.extract.transcript import one_line
from gbcscheck.frozen import frozen

_LONGEST = 200
"""Characters of a title; a longer text is none."""
GENERIC = ("value", "values", "setting", "settings")
"""Titles that say nothing of their own under another one: ``Permitted`` over ``Values``."""
_DESCRIPTION = "description"
_ENDS = {
    **dict.fromkeys(("min", "min.", "minimum", "from", "low", "lower", "lowest", "atleast"), "minimum"),
    **dict.fromkeys(("max", "max.", "maximum", "to", "high", "upper", "highest", "atmost"), "maximum"),
}
"""The ends of a range under a title that says what is permitted."""
_VARIANT = (
    r"(?:(?:single|one|1|poly|three|3)[- ]?phase|twin[- ]?element|current|proposed|existing|new|old|previous|revised"
    r"|amended|original|before|after|as[- ]is|to[- ]be|electricity|gas|esme|gsme|smets ?[12])"
    r"(?:[- ](?:meters?|devices?|version|change))?"
)
_IS_VARIANT = re.compile(_VARIANT, re.IGNORECASE)
_WITH_VARIANT = re.compile(
    rf"(?P<first>{_VARIANT})[\s:/–-]+(?P<rest>.+)|(?P<title>.+?)[\s:/–-]+(?P<last>{_VARIANT})", re.I
)
_UNIT_BEHIND = re.compile(r"(.+?)\s*(?:,(?:\s*in\b)?|[-–—/:]|\bin\b)\s*(.+)", re.IGNORECASE)
"""A title with a unit behind it and no parentheses: ``Default, in volts``."""
_BEHIND = re.compile(r"(.+?)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]", re.DOTALL)


@frozen
class Columns:
    """What the columns of a table say: the places (from 0) of each of the subject's, what the others say, and the title
    of each, its rows joined."""

    subject: tuple[tuple[int, ...], ...]
    columns: tuple[tuple[int, Column], ...]
    titles: dict[int, str]

    @property
    def is_table(self) -> bool:
        """Whether there are a column of data items and one that says something of them."""
        return bool(self.subject) and any(column.attribute not in ROW_FACTS for _, column in self.columns)


class Titles:
    """The titles that a mapping knows; ``wanted`` is one that a person named besides, for the default."""

    def __init__(self, mapping: TableMapping, wanted: str = "") -> None:
        self.mapping = mapping
        self._wanted = plain_title(wanted)
        self._subjects: dict[str, int | None] = {}
        self._columns: dict[str, Column | None] = {}

    def subject(self, cell: Cell) -> int | None:
        """Which of the subject's columns a cell heads, see ``TableMapping.subject_place``."""
        if not isinstance(cell.value, str) or len(cell.value) > _LONGEST:
            return None
        if cell.text not in self._subjects:
            self._subjects[cell.text] = self.mapping.subject_place(cell.text)
        return self._subjects[cell.text]

    def column(self, cell: Cell) -> Column | None:
        """What the column under a cell says, taken by itself."""
        if not isinstance(cell.value, str) or len(cell.value) > _LONGEST:
            return None
        if cell.text not in self._columns:
            self._columns[cell.text] = self._meaning(cell.text)
        return self._columns[cell.text]

    def _meaning(self, text: str) -> Column | None:
        known = self.mapping.column(text)
        if known is not None:
            column, behind = known
            return (
                replace(column, variant=behind) if is_variant(behind) else replace(column, unit=behind or column.unit)
            )
        if with_unit := _UNIT_BEHIND.fullmatch(one_line(text)):
            known = self.mapping.column(with_unit[1])
            if known is not None and self.is_value(known[0]) and plain_unit(with_unit[2]):
                return replace(known[0], unit=with_unit[2])
        parted = _WITH_VARIANT.fullmatch(one_line(text)) if self.mapping is USUAL else None
        if parted is None:
            return None
        known = self.mapping.column(parted["rest"] or parted["title"])
        if known is None or not self.is_value(known[0]):
            return None
        return replace(known[0], unit=known[1] or known[0].unit, variant=parted["first"] or parted["last"])

    def is_value(self, column: Column | None) -> bool:
        """Whether a column holds values: a set, or an end of one."""
        return column is not None and (column.attribute in BOUNDS or self.mapping.cell(column.attribute) == "set")

    def is_wanted(self, *titles: str) -> bool:
        """Whether one of some titles is the one that was named."""
        return bool(self._wanted) and any(plain_title(title) == self._wanted for title in titles)

    # --- the titles of a table ---------------------------------------------------------------------------------------

    def read(self, rows: Sequence[Row], left: int, right: int, numbers: Collection[int] = ()) -> Columns:
        """What the columns from ``left`` to ``right`` say under some rows of titles, one or more; those of ``numbers``
        only number the rows. Where no other column names the data item, that of its description does."""
        subject: dict[int, list[int]] = {}
        columns: list[tuple[int, Column]] = []
        titles: dict[int, str] = {}
        unknown: list[int] = []
        for place in range(left, right + 1):
            levels = _levels(rows, place)
            if not levels:
                continue
            titles[place] = " / ".join(one_line(cell.text) for cell in levels)
            if place in numbers:
                columns.append((place, Column("ignore")))
                continue
            which = self._heads(levels)
            same = which is not None and which in subject and _is_merged(rows, place, subject[which][0])
            if which is not None and (which not in subject or same):
                subject.setdefault(which, []).append(place)
            elif (column := self._of_levels(levels)) is not None:
                columns.append((place, column))
            else:
                unknown.append(place)
        columns.extend(self._by_variant(unknown, titles))
        if 0 not in subject and numbers:
            described = next((one for one in columns if plain_title(titles[one[0]]) == _DESCRIPTION), None)
            if described is not None:
                subject[0] = [described[0]]
                columns.remove(described)
        places = tuple(tuple(subject[which]) for which in sorted(subject)) if 0 in subject else ()
        return Columns(places, tuple(sorted(columns, key=lambda one: one[0])), titles)

    def _heads(self, levels: Sequence[Cell]) -> int | None:
        """Which of the subject's columns some titles head: the inner ones say it first."""
        for cell in reversed(levels):
            which = self.subject(cell)
            if which is not None or not (self.column(cell) is None or self._is_label(cell)):
                return which
        return None

    def _is_label(self, cell: Cell) -> bool:
        """Whether a cell says that units stand in its row."""
        column = self.column(cell)
        return column is not None and column.attribute == "unit"

    def _by_variant(self, unknown: list[int], titles: dict[int, str]) -> list[tuple[int, Column]]:
        """Columns that say only what they are for, where there are several of them, and the one that was named: they
        hold the default."""
        bare = {place: title_without_unit(titles[place]) for place in unknown}
        variants = [place for place in unknown if is_variant(bare[place][0])] if self.mapping is USUAL else []
        named = [place for place in unknown if self.is_wanted(titles[place], bare[place][0])]
        taken = sorted({*(variants if len(variants) > 1 else ()), *named})
        return [(place, Column("default", unit=bare[place][1], variant=bare[place][0])) for place in taken]

    def _of_levels(self, levels: Sequence[Cell]) -> Column | None:
        """What a column says under several titles, the outer ones first."""
        known = self.column(levels[0])
        for above, cell in pairwise(levels):
            known = self._under(above, known, cell)
        return known

    def _under(self, above: Cell, outer: Column | None, cell: Cell) -> Column | None:
        """What a column says whose title stands under another one, which says ``outer``."""
        inner, plain = self.column(cell), plain_title(cell.text)
        if outer is None or not self.is_value(outer):
            if inner is not None and outer is None and not inner.variant:
                return replace(inner, variant=one_line(above.text))
            return inner or outer
        if plain in _ENDS:
            return Column(_ENDS[plain], outer.unit, outer.variant) if outer.attribute == "permitted" else None
        if plain in GENERIC:
            return outer
        if inner is not None:
            return inner
        unit = plain_unit(cell.text)
        return replace(outer, unit=unit) if unit else replace(outer, variant=one_line(cell.text))

    def is_inner(self, cell: Cell) -> bool:
        """Whether a cell may be a title under another one."""
        plain = plain_title(cell.text)
        known = self.column(cell) is not None or self.subject(cell) == 1 or plain in (*_ENDS, *GENERIC)
        return isinstance(cell.value, str) and (known or is_variant(cell.text) or self.is_wanted(cell.text))

    def is_below(self, header: Row, row: Row, left: int, right: int) -> bool:
        """Whether the row under a header holds more titles: texts alone, each known by itself or under the title above
        it, and none for the data item."""
        found = 0
        for place in range(left, min(right + 1, len(row.cells))):
            cell, above = row.at(place), header.at(place)
            if cell.is_blank or cell.address == above.address:
                continue
            if self.subject(above) == 0 and self.subject(cell) is None and not self._is_label(cell):
                return False
            if not isinstance(cell.value, str) or cell.problem:
                return False
            if not (self.is_inner(cell) or self.subject(cell) == 0 or plain_unit(cell.text)):
                return False
            found += 1
        return found > 0


def is_variant(title: str) -> bool:
    """Whether a title only says what a column is for: ``Polyphase``, ``Proposed``."""
    return _IS_VARIANT.fullmatch(one_line(title)) is not None


def title_without_unit(title: str) -> tuple[str, str]:
    """A title without the unit in brackets behind it, and that unit; empty where there is none."""
    behind = _BEHIND.fullmatch(title)
    return (behind[1], behind[2]) if behind and plain_unit(behind[2]) else (title, "")


def plain_unit(text: str) -> str:
    """The unit that a cell under a title is, with or without brackets around it; else empty."""
    from gbcscheck.domains.unit_words import is_unit_text
    from gbcscheck.domains.units import is_unit

    bare = one_line(text).strip("()[] ")
    is_written = len(bare) > 1 and bare.casefold() not in ("min", "max") and is_unit_text(bare)
    return bare if bare and (is_unit(bare) or is_written) else ""  # a letter, and Min, are units as they are written


def _levels(rows: Sequence[Row], place: int) -> list[Cell]:
    """The titles over a column, the outer ones first, each merged one once. An outer one without a cell merged over its
    columns holds for those to its right that have none."""
    levels: list[Cell] = []
    for number, row in enumerate(rows):
        cell = row.at(place)
        if cell.is_blank and number + 1 < len(rows):
            cell = _outer(row, rows[number + 1], place)
        if not cell.is_blank and cell.address not in {one.address for one in levels}:
            levels.append(cell)
    return levels


def _outer(row: Row, below: Row, place: int) -> Cell:
    for left in range(place, -1, -1):
        if below.at(left).is_blank or below.at(left).address == row.at(left).address:
            break
        if not row.at(left).is_blank:
            return row.at(left)
    return row.at(place)


def _is_merged(rows: Sequence[Row], place: int, first: int) -> bool:
    """Whether a column stands under the same cell as another one, in some row of titles."""
    return any(not row.at(place).is_blank and row.at(place).address == row.at(first).address for row in rows)
