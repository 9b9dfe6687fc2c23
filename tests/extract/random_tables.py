"""Tables laid out at random below and beside each other, with what each of their cells says."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl

from gbcscheck.extract.sheets import address_of

TITLES = {
    "item": ("Data item", "Parameter", "Item"),
    "element": ("Element",),
    "default": ("Default", "Default value", "DEFAULT VALUE", "Value"),
    "unit": ("Unit", "Units", "Units of measure"),
    "min": ("Min", "Min value", "Minimum"),
    "max": ("Max", "Max value", "Maximum"),
    "notes": ("Notes",),
    "strange": ("Colour",),
    "no": ("No.", "Ref", "#"),
}
Said = tuple[str, str, str]


@dataclass
class Block:
    """One table: its rows, and what is said by row and column (from 0)."""

    rows: list[list[Any]]
    says: dict[tuple[int, int], Said] = field(default_factory=dict)


@dataclass
class Layout:
    """A sheet: its cells by row and column (from 0), and what they say by their addresses."""

    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    says: dict[str, Said] = field(default_factory=dict)

    def put(self, block: Block, top: int, left: int) -> None:
        """Lay a table on the sheet."""
        for down, row in enumerate(block.rows):
            for right, value in enumerate(row):
                if value is not None:
                    self.cells[top + down, left + right] = value
        for (down, right), said in block.says.items():
            self.says[address_of(top + down + 1, left + right)] = said

    def as_rows(self) -> list[list[Any]]:
        """The sheet as rows of one length."""
        height, width = (max(place[axis] for place in self.cells) + 1 for axis in (0, 1))
        return [[self.cells.get((row, column)) for column in range(width)] for row in range(height)]

    def as_workbook(self, path: Path) -> Path:
        """Write the sheet as a workbook."""
        book = openpyxl.Workbook()
        assert book.active is not None
        for row in self.as_rows():
            book.active.append(row)
        book.save(path)
        return path

    def as_csv(self, path: Path) -> Path:
        """Write the sheet as a CSV file."""
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(self.as_rows())
        return path


def random_layout(seed: int) -> Layout:
    """A sheet of one to six tables; the same for the same seed."""
    chance, names, layout = random.Random(seed), count(1), Layout()
    row = chance.randint(0, 3)
    if chance.random() < 0.6:
        layout.cells[row, 0] = "GBCS 4.0 Table 1"
        row += 1 + chance.randint(0, 1)
    for band in range(chance.randint(1, 3)):
        left, height = chance.choice([0, 0, 1]), 0
        for beside in range(chance.randint(1, 2)):
            block = _block(chance, names)
            down = chance.choice([0, 0, 0, 1]) if beside else 0
            if chance.random() < 0.3:
                layout.cells[row + down, left] = f"Table {band + 2}{'ab'[beside]}"
                down += 1
            layout.put(block, row + down, left)
            height = max(height, down + len(block.rows))
            left += len(block.rows[0]) + chance.choice([1, 1, 2])
        row += height + chance.choice([0, 1, 2])
    return layout


def _block(chance: random.Random, names: Iterator[int]) -> Block:
    columns = _columns(chance)
    titles = {name: chance.choice(known) for name, known in TITLES.items()}
    if "min" in columns and chance.random() < 0.4:
        outer = titles | {"min": "Permitted values"}
        block = Block(
            [
                [None if name == "max" else outer[name] for name in columns],
                [{"min": "Min", "max": "Max"}.get(name) for name in columns],
            ]
        )
    else:
        block = Block([[titles[name] for name in columns]])
    above = ""
    for number in range(1, chance.randint(1, 6) + 1):
        drawn = chance.random()
        if drawn < 0.1 and len(block.rows) > 2 and "element" in columns and columns[0] in ("item", "no"):
            block.rows.append([f"Heading {next(names)}" if name == "item" else None for name in columns])
            above = ""
        elif drawn < 0.15:
            if above:
                block.rows.append([None] * len(columns))
            above = ""
        else:
            above = _add_row(block, columns, chance, names, number, above)
    return block


def _columns(chance: random.Random) -> list[str]:
    """The columns of a table in some order; those of one range stay together."""
    columns = ["item", *(["element"] if chance.random() < 0.4 else []), "default"]
    columns += ["unit"] if chance.random() < 0.6 else []
    ends = ["min", "max"] if chance.random() < 0.4 else []
    rest = [name for name in ("notes", "strange") if chance.random() < 0.35]
    numbers = ["no"] if chance.random() < 0.3 else []
    if chance.random() < 0.2:
        columns = [*numbers, *columns, *rest]
        chance.shuffle(columns)
        return [*columns, *ends]
    return [*numbers, *columns, *ends, *rest]


def _add_row(
    block: Block, columns: Sequence[str], chance: random.Random, names: Iterator[int], number: int, above: str
) -> str:
    """Add a row of a data item, or one that goes on with that above it; the item's name."""
    goes_on = bool(above) and "element" in columns and chance.random() < 0.4
    item = above if goes_on else f"Item {next(names)}"
    element = f"el{next(names)}" if "element" in columns and (goes_on or chance.random() < 0.7) else None
    low, high = chance.randint(0, 9), chance.randint(11, 99)
    cells = {
        "item": None if goes_on else item,
        "element": element,
        "default": chance.choice([chance.randint(0, 999), None, "NA"]),
        "unit": chance.choice(["V", "s", "A"]),
        "min": low,
        "max": high,
        "notes": chance.choice([None, "some words"]),
        "strange": chance.choice([None, "red"]),
        "no": number,
    }
    down = len(block.rows)
    block.rows.append([cells[name] for name in columns])
    subject, unit = f"{item}.{element}" if element else item, f" {cells['unit']}" if "unit" in columns else ""
    if isinstance(cells["default"], int):
        block.says[down, columns.index("default")] = (subject, "default", f"{cells['default']}{unit}")
    if unit:
        block.says[down, columns.index("unit")] = (subject, "unit", unit.strip())
    if "min" in columns:
        block.says[down, columns.index("min")] = (subject, "permitted", f"{low}..{high}{unit}")
    return item
