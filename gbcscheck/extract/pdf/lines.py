"""The lines of text of one cell, made of its glyphs by where they stand; what is not certain of them is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gbcscheck.extract.cell_text import lowered, raised
from gbcscheck.extract.pdf.glyphs import Glyph
from gbcscheck.frozen import frozen

_SMALL = 0.85
"""A glyph below this share of the usual size may be raised or lowered."""
_APART = 0.22
_TOGETHER = 0.12
"""Gaps between glyphs, in sizes: one that is wider than the first is a blank, one that is narrower than the second
none; of others it is not certain."""
_OVER = 0.6
"""Glyphs of which this share lies over each other are drawn over each other."""

GAP = "a gap between glyphs of which it cannot be told whether it is a blank"
OVERPRINTED = "texts drawn over each other"
HEIGHTS = "glyphs between two lines"


@frozen
class Line:
    """A line of text: whether a blank is drawn at its end, its ends, how wide its first glyph is and its first piece
    that nothing breaks, and a blank of it (0 where it has none); what of it is struck out, and why it is not certain
    or not read. A line that is struck out as a whole is blank."""

    text: str
    ends_blank: bool
    x0: float
    x1: float
    head: float
    piece: float
    base: float
    size: float
    blank: float = 0.0
    struck: str = ""
    redlined: bool = False
    uncertain: str = ""
    unread: str = ""


def lines_of(glyphs: Sequence[Glyph]) -> tuple[Line, ...]:
    """The lines of glyphs that stand in one cell, from the top."""
    if not glyphs:
        return ()
    size = _usual_size(glyphs)
    plain = sorted((one for one in glyphs if one.size >= _SMALL * size), key=lambda one: one.base)
    rows: list[list[Glyph]] = []
    for glyph in plain:
        if rows and glyph.base - rows[-1][0].base <= 0.25 * size:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    small = sorted((one for one in glyphs if one.size < _SMALL * size), key=lambda one: one.base)
    alone: list[list[Glyph]] = []
    unsure: set[int] = set()
    for glyph in small:
        near = [index for index, row in enumerate(rows) if -0.35 * size < row[0].base - glyph.base < 0.75 * size]
        near = [index for index in near if _is_beside(glyph, rows[index], size)] or near[:0]
        if len(near) == 1:
            rows[near[0]].append(glyph)
        elif near:
            index = min(near, key=lambda one: abs(rows[one][0].base - 0.35 * size - glyph.base))
            rows[index].append(glyph)
            unsure.add(index)
        elif alone and abs(glyph.base - alone[-1][0].base) <= 0.25 * glyph.size:
            alone[-1].append(glyph)
        else:
            alone.append([glyph])
    made = [_line(row, HEIGHTS if index in unsure else "") for index, row in enumerate(rows)]
    made += [_line(row, "") for row in alone]
    found = [line for line in made if line is not None]
    found.sort(key=lambda line: line.base)
    return tuple(found)


def _usual_size(glyphs: Iterable[Glyph]) -> float:
    counts: dict[float, int] = {}
    for glyph in glyphs:
        if not glyph.is_blank:
            key = round(glyph.size, 1)
            counts[key] = counts.get(key, 0) + 1
    return max(counts, key=lambda one: (counts[one], one), default=10.0)


def _is_beside(glyph: Glyph, row: Sequence[Glyph], size: float) -> bool:
    """Whether a small glyph stands next to others of a row, or next to what stands next to them."""
    return any(
        -0.6 * size < glyph.x0 - one.x1 < 0.6 * size or -0.3 * size < one.x0 - glyph.x1 < 0.3 * size for one in row
    )


def _line(row: list[Glyph], uncertain: str) -> Line | None:
    """The line that some glyphs make; None where they are all blank."""
    row = sorted(row, key=lambda one: (one.x0, one.order))
    drawn = [one for one in row if not one.is_blank]
    if not drawn:
        return None
    row, problem = _without_doubles(row)
    drawn = [one for one in row if not one.is_blank]
    uncertain = uncertain or problem
    size = _usual_size(drawn)
    base = _base(drawn, size)
    unread = next((one.problem for one in drawn if one.problem), "")
    text, gap = _text(row, base, size)
    uncertain = uncertain or gap
    struck = "".join(one.text for one in row if one.struck)
    redlined = any(one.struck and one.coloured for one in drawn)
    kept = [one for one in drawn if not one.struck] or drawn
    ends = [one for one in row if one.x0 >= kept[-1].x1 - 0.1 and one.is_blank]
    return Line(
        " ".join(text.split()),
        bool(ends) or text.endswith(" "),
        kept[0].x0,
        kept[-1].x1,
        kept[0].x1 - kept[0].x0,
        _first_piece(row, kept[0]),
        base,
        size,
        max((one.x1 - one.x0 for one in row if one.is_blank), default=0.0),
        struck,
        redlined,
        uncertain,
        unread,
    )


def _first_piece(row: Sequence[Glyph], first: Glyph) -> float:
    """How wide the first piece of a line is that has no blank in it and no sign after which lines break."""
    end = first.x1
    for glyph in row:
        if glyph.x0 < first.x0 or glyph.struck:
            continue
        if glyph.is_blank:
            break
        end = glyph.x1
        if glyph.text in ("-", "/", "–", "—"):
            break
    return end - first.x0


def _base(drawn: Sequence[Glyph], size: float) -> float:
    bases = sorted(one.base for one in drawn if one.size >= _SMALL * size)
    return bases[len(bases) // 2]


def _text(row: Sequence[Glyph], base: float, size: float) -> tuple[str, str]:
    """The text of a line, without what is struck out of it; and what is not certain of its blanks."""
    text = ""
    run = ""
    state = 0
    last: Glyph | None = None
    uncertain = ""
    for glyph in row:
        if glyph.is_blank:
            text, run = text + _set(run, text, state), ""
            text += "" if text.endswith(" ") else " "
            continue
        height = _height(glyph, base, size)
        gap = (glyph.x0 - last.x1) / max(min(glyph.size, last.size), 1) if last is not None else 0.0
        is_apart = gap > _APART and (run or not text.endswith(" "))
        if (run or not text.endswith(" ")) and _TOGETHER < gap <= _APART and not glyph.struck:
            uncertain = GAP
        if is_apart or height != state:
            text, run = text + _set(run, text, state), ""
            text += " " if is_apart else ""
        last, state = glyph, height
        if not glyph.struck:
            run += glyph.text
    return text + _set(run, text, state), uncertain


def _height(glyph: Glyph, base: float, size: float) -> int:
    """1 for a glyph that stands high, -1 for one that stands low, 0 for others. One of the usual size counts where it
    is moved far: not every font is made smaller for it."""
    height = base - glyph.base
    if glyph.size >= _SMALL * size:
        return 1 if height > 0.22 * size else 0
    if height > 0.15 * size or glyph.bottom - glyph.base < -0.15 * size:
        return 1
    return -1 if height < -0.06 * size else 0


def _set(run: str, before: str, state: int) -> str:
    """A run of glyphs of one height as text."""
    return raised(run, before) if state > 0 else lowered(run) if state < 0 else run


def _without_doubles(row: Sequence[Glyph]) -> tuple[list[Glyph], str]:
    """Glyphs of a line without those that are drawn twice in one place, as for bold; and what is not certain where
    others are drawn over each other."""
    found: list[Glyph] = []
    problem = ""
    for glyph in row:
        if glyph.is_blank:
            found.append(glyph)
            continue
        double = False
        for other in reversed(found[-6:]):
            if other.is_blank:
                continue
            common = min(other.x1, glyph.x1) - max(other.x0, glyph.x0)
            narrow = min(other.x1 - other.x0, glyph.x1 - glyph.x0)
            if common <= _OVER * max(narrow, 0.1):
                continue
            if other.text == glyph.text and abs(other.x0 - glyph.x0) < 0.15 * glyph.size:
                double = True
            elif abs(other.base - glyph.base) < 0.2 * glyph.size:
                problem = OVERPRINTED
        if not double:
            found.append(glyph)
    return found, problem
