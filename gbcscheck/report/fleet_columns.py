"""Columns that stand side by side, as SVG made without a library.

Positions across are shares of the width, and those down are pixels, so that a text keeps its size on a phone. What
matters is told by its colour, its pattern and a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gbcscheck.frozen import frozen
from gbcscheck.report.html_parts import html_text

ROOM = 18
"""Pixels above a plot for what is written over its columns."""
APART = 24.0
"""How far texts below or above columns have to stand from one another, in per cent of the width."""
LONGEST = 12
"""Characters of a text at a column; its title and the table have all of it."""


@frozen
class Column:
    """A column of a plot, as heights from 0 to 1: all of it, and the part that is marked. ``text`` is written above it
    where there is room; ``title`` is told of it."""

    height: float
    marked: float
    title: str
    text: str = ""


def _chosen(labels: Sequence[tuple[int, str]], number: int) -> dict[int, str]:
    """Of texts by the place of their column, the most telling first, those that stand far enough apart."""
    found: dict[int, str] = {}
    for place, text in labels:
        if text and all(abs(_middle(place, number) - _middle(other, number)) >= APART for other in found):
            found[place] = text
    return found


def _middle(place: int, number: int) -> float:
    return 100 * (place + 0.5) / number


def plot(
    columns: Sequence[Column],
    numbers: Sequence[tuple[float, str]],
    height: int,
    said: str,
    labels: Sequence[tuple[int, str]],
    permitted: Sequence[tuple[int, int]] = (),
    kind: str = "",
) -> str:
    """Columns with an axis: ``numbers`` stand beside heights from 0 to 1, ``labels`` below columns; ``said`` tells the
    plot in words, empty where another one does."""
    whole = ROOM + height + (24 if labels else 4)
    sides = "".join(
        f'<text class="tick" x="100%" dx="-8" y="{_down(at, height) + 4:g}" text-anchor="end">{html_text(text)}</text>'
        for at, text in numbers
    )
    lines = "".join(
        f'<line class="{"grid-line" if at else "base-line"}" x1="0" x2="100%" y1="{_down(at, height):g}" '
        f'y2="{_down(at, height):g}"/>'
        for at, _ in numbers
    )
    role = f'role="img" aria-label="{html_text(said)}"' if said else 'aria-hidden="true"'
    return (
        f'<div class="across{kind}"><svg width="100%" height="{whole}" aria-hidden="true">{sides}</svg>'
        f'<svg width="100%" height="{whole}" {role}>{lines}{"".join(_columns(columns, height))}'
        f"{''.join(_bands(permitted, len(columns), height))}{''.join(_texts(columns, labels, height))}</svg></div>"
    )


def _down(at: float, height: int) -> float:
    """How far down a height from 0 to 1 is."""
    return ROOM + height * (1 - at)


def _columns(columns: Sequence[Column], height: int) -> Iterator[str]:
    step = 100 / len(columns)
    for place, one in enumerate(columns):
        parts = (("usual", one.height), ("wrong-bar", one.marked))
        drawn = "".join(
            f'<rect class="{kind}" x="{place * step + step * 0.1:.3f}%" y="{ROOM + height - tall:.1f}" '
            f'width="{step * 0.8:.3f}%" height="{tall:.1f}"/>'
            for kind, part in parts
            if part and (kind != "usual" or one.marked < one.height)
            for tall in (max(2.0, part * height),)
        )
        if drawn:
            yield f"<g><title>{html_text(one.title)}</title>{drawn}</g>"


def _bands(permitted: Sequence[tuple[int, int]], number: int, height: int) -> Iterator[str]:
    for first, last in permitted:
        yield (
            f'<rect class="permitted-line" x="{100 * first / number:.3f}%" y="{ROOM + height + 1}" '
            f'width="{100 * (last + 1 - first) / number:.3f}%" height="4"/>'
        )


def _texts(columns: Sequence[Column], labels: Sequence[tuple[int, str]], height: int) -> Iterator[str]:
    number = len(columns)
    above = sorted(((n, one.text) for n, one in enumerate(columns) if one.text), key=lambda p: -columns[p[0]].marked)
    for place, text in _chosen(above, number).items():
        yield _text("mark-text", place, number, ROOM - 5, text)
    for place, text in _chosen(labels, number).items():
        yield _text("tick", place, number, ROOM + height + 19, text)


def _text(kind: str, place: int, number: int, y: float, text: str) -> str:
    """A text at a column; near an end it begins or ends there, so that it stays within the plot."""
    at = _middle(place, number)
    anchor, x = ("start", 0.0) if at < APART / 2 else ("end", 100.0) if at > 100 - APART / 2 else ("middle", at)
    short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}\u2026"
    return f'<text class="{kind}" x="{x:.2f}%" y="{y:.1f}" text-anchor="{anchor}">{html_text(short)}</text>'
