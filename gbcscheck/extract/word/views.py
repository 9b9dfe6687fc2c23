"""A document as it was before its tracked changes (``original``), and as it is once all are accepted (``final``).

ECMA-376 part 1, 17.13.5. Who made a change and when is never looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gbcscheck.extract.table_choice import VIEWS as VIEWS
from gbcscheck.extract.table_choice import View as View
from gbcscheck.extract.word.names import child, local

if TYPE_CHECKING:
    from lxml.etree import _Element

BLOCKS = ("p", "tbl", "altChunk")
"""What a body or a cell is made of: paragraphs, tables, embedded documents."""
_ONLY: dict[str, View] = {"ins": "final", "moveTo": "final", "del": "original", "moveFrom": "original"}
"""In which view alone the content of such an element stands, and what such a mark is on."""
_CELLS: dict[str, View] = {"cellIns": "final", "cellDel": "original"}
_DESCENDED = ("sdt", "sdtContent", "customXml", "smartTag", "mc:AlternateContent", "ins", "del", "moveFrom", "moveTo")
"""What stands around blocks, rows and cells and is none itself."""


def stands_in(element: _Element, view: View) -> bool:
    """Whether the content of an element stands in a view: that of an insertion in the final one alone."""
    return _ONLY.get(local(element), view) == view


def is_marked(properties: _Element | None, view: View) -> bool:
    """Whether the properties of a row or a paragraph mark say that it stands in a view."""
    return properties is None or all(_ONLY.get(local(one), view) == view for one in properties)


def in_view(properties: _Element | None, change: str, view: View) -> _Element | None:
    """Properties as they are in a view: where a change of them is tracked (``rPrChange``), the original ones are all
    that stands in it."""
    changed = child(properties, change) if view == "original" else None
    if changed is None:
        return properties
    return child(changed, change.removesuffix("Change"))


def has_row(row: _Element, view: View) -> bool:
    """Whether a row of a table stands in a view."""
    return is_marked(child(row, "trPr"), view)


def has_cell(cell: _Element, view: View) -> bool:
    """Whether a cell of a row stands in a view."""
    properties = child(cell, "tcPr")
    return properties is None or all(_CELLS.get(local(one), view) == view for one in properties)


def has_paragraph_mark(paragraph: _Element, view: View) -> bool:
    """Whether a paragraph ends in a view; where its mark does not stand in it, it goes on with the next one."""
    return is_marked(child(child(paragraph, "pPr"), "rPr"), view)


def contained(element: _Element, wanted: tuple[str, ...], view: View | None) -> Iterator[_Element]:
    """The elements of some names (``tr``; ``p`` and ``tbl``) in an element or in what stands around them in it: content
    controls, custom XML, smart tags. Alternatives are read once. ``view`` leaves out what does not stand in it; None
    gives all."""
    for one in element:
        name = local(one)
        if name in wanted:
            yield one
        elif name == "mc:AlternateContent":
            chosen = alternative(one)
            if chosen is not None:
                yield from contained(chosen, wanted, view)
        elif name in _DESCENDED and (view is None or stands_in(one, view)):
            yield from contained(one, wanted, view)


def alternative(element: _Element) -> _Element | None:
    """Which of several forms of the same content is read (ECMA-376 part 3, 7.6): the one for programs that know no
    extension, else the first."""
    fallback = next((one for one in element if local(one) == "mc:Fallback"), None)
    if fallback is not None and len(fallback):
        return fallback
    return next((one for one in element if local(one) == "mc:Choice"), fallback)


def blocks(container: _Element) -> Iterator[_Element]:
    """The paragraphs (``w:p``), tables (``w:tbl``) and embedded documents (``w:altChunk``) of a body or a cell, in
    their order, those in content controls too, in whatever view."""
    return contained(container, BLOCKS, None)


def paragraphs(container: _Element, view: View) -> Iterator[tuple[_Element, ...]]:
    """The paragraphs of a body or a cell in a view, each as the ``w:p`` of which it is made: more than one where the
    marks between them are deleted (``final``) or were not there yet (``original``). A table ends a paragraph."""
    group: list[_Element] = []
    for one in contained(container, BLOCKS, view):
        if local(one) == "p":
            group.append(one)
            if not has_paragraph_mark(one, view):
                continue
        if group:
            yield tuple(group)
            group = []
    if group:
        yield tuple(group)
