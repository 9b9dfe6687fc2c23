"""Tracked changes, counted: how many stand in a table, and how many in text that nobody looks at.

ECMA-376 part 1, 17.13.5. Each mark of a change counts as one, as Word counts them; their authors and dates are not
looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gbcscheck.extract.word.names import STRICT, TRANSITIONAL

if TYPE_CHECKING:
    from lxml.etree import _Element

KINDS = (
    *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"),
    *("rPrChange", "pPrChange", "tcPrChange", "trPrChange", "tblPrChange", "tblGridChange", "tblPrExChange"),
    *("sectPrChange", "numberingChange"),
)
"""The elements that mark a change."""
_TAGS = tuple(f"{{{namespace}}}{kind}" for namespace in (TRANSITIONAL, STRICT) for kind in KINDS)


def count_changes(element: _Element) -> int:
    """How many changes are marked in an element, itself included."""
    return sum(1 for _ in element.iter(*_TAGS))
