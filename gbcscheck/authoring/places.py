"""Cells of sheets and tables by their addresses."""

from __future__ import annotations

import re

from gbcscheck.model import Place

_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")


def position(cell: str) -> tuple[int, int]:
    """Row and column of an address, both from 1: ``(7, 4)`` for ``D7``."""
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(cell[len(letters) :]), column


def cell_of(place: Place, where: str) -> tuple[str, str] | None:
    """Sheet and address of a place in a file, the first of several cells; None for what is no cell of it."""
    if place.path != where or place.sheet is None or place.cell is None:
        return None
    first = place.cell.partition(":")[0].replace("$", "")
    return (place.sheet, first) if _ADDRESS.fullmatch(first) else None
