"""Rows that a page cuts off: some programs rule no line under a row that goes on over the page, nor over its rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pdfplumber.page import Page

_NEAR = 3.0
"""A ruling this near to the end of another one, in points, closes it."""
_LEAST = 4.0


def closing_lines(page: Page) -> list[dict[str, Any]]:
    """Lines that close tables whose rulings down the page end, or begin, together with none across there."""
    edges: Sequence[dict[str, Any]] = page.edges
    down = [edge for edge in edges if edge["orientation"] == "v" and edge["height"] >= _LEAST]
    across = [edge for edge in edges if edge["orientation"] == "h"]
    return [
        {"object_type": "line", "x0": x0, "x1": x1, "top": y, "bottom": y, "width": x1 - x0, "height": 0}
        for end in ("top", "bottom")
        for y, x0, x1 in _ends(down, end)
        if not any(abs(one["top"] - y) <= _NEAR and one["x0"] <= x1 and one["x1"] >= x0 for one in across)
    ]


def _ends(down: Sequence[dict[str, Any]], end: str) -> Iterator[tuple[float, float, float]]:
    """Where at least two rulings down the page end together: at which height, from where to where."""
    group: list[dict[str, Any]] = []
    for edge in [*sorted(down, key=lambda one: one[end]), None]:
        if group and (edge is None or edge[end] - group[0][end] > 1):
            x0, x1 = min(one["x0"] for one in group), max(one["x1"] for one in group)
            if x1 - x0 > 2 * _NEAR:
                yield group[0][end], x0, x1
            group = []
        if edge is not None:
            group.append(edge)
