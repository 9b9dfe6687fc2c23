"""The octets of a message around a value: a few rows of them, with a marker under those that count."""

from __future__ import annotations

from gbcscheck.report.layout import Layout, Line, columns, paragraph, wrap

ROW, NARROW_ROW, NARROWEST_ROW = 24, 16, 8
"""Octets in a row, as the width allows."""
GROUP = 8
"""A wider gap stands behind so many octets."""
MOST_ROWS = 3
"""Rows that a long value takes at most; how many octets are left out is said."""


def octet_lines(octets: bytes, offset: int, length: int, note: str, layout: Layout, style: str) -> list[Line]:
    """The rows that hold ``length`` octets at ``offset``, each with its own offset before it, carets under the octets,
    and ``note`` beside the last carets or below them.

    Where ``length`` is 0 the caret stands where something is missing.
    """
    digits = len(str(len(octets)))
    size = _row_size(layout.width - digits - 2)
    start = _window_start(len(octets), offset, length, size)
    stop = min(len(octets), max(offset + length, start + size))
    rows = [(at, min(at + size, stop)) for at in range(start, stop, size)] or [(start, start)]
    left_out = max(0, offset + length - rows[min(len(rows), MOST_ROWS) - 1][1])
    rows = rows[:MOST_ROWS]
    found: list[Line] = []
    for number, (first, last) in enumerate(rows):
        label = f"{first:>{digits}}  "
        found.append(((label, "faint"), (_digits(octets[first:last]), "")))
        marked = _carets(first, last, offset, length)
        if marked is None:
            continue
        before, carets = marked
        is_last = number == len(rows) - 1 or offset + length <= last
        beside = note if is_last and not left_out else ""
        found.extend(_marked(" " * (len(label) + before), carets, beside, layout, style))
    if left_out:
        found.extend(paragraph((" " * (digits + 2), ""), f"... {left_out:,} more octets", layout, style="faint"))
        found.extend(paragraph((" " * (digits + 2), ""), note, layout) if note else [])
    return found


def _row_size(width: int) -> int:
    for size in (ROW, NARROW_ROW):
        if columns(_digits(bytes(size))) <= width:
            return size
    return NARROWEST_ROW


def _window_start(total: int, offset: int, length: int, size: int) -> int:
    """Where the first row begins: the value stands in its middle where it is short, else at its start."""
    if length >= size:
        return offset
    before = max(0, offset - min((size - length) // 2, GROUP))
    return max(0, min(before, total - size))


def _digits(octets: bytes) -> str:
    groups = (octets[at : at + GROUP] for at in range(0, len(octets), GROUP))
    return "  ".join(group.hex(" ").upper() for group in groups)


def _column(index: int) -> int:
    """Column of an octet in its row."""
    return index * 3 + index // GROUP


def _carets(first: int, last: int, offset: int, length: int) -> tuple[int, str] | None:
    """Column and text of the carets under one row; None where none of its octets is marked."""
    begin, end = max(first, offset), min(last, offset + length)
    if not length and first <= offset <= last:
        return _column(offset - first), "^"
    if begin >= end:
        return None
    before = _column(begin - first)
    return before, "^" * (_column(end - 1 - first) + 2 - before)


def _marked(before: str, carets: str, note: str, layout: Layout, style: str) -> list[Line]:
    """The carets, with the note beside them where it fits, else under them."""
    if not note:
        return [((before, ""), (carets, style))]
    taken = len(before) + len(carets) + 1
    if taken + columns(note) <= layout.width:
        return [((before, ""), (carets, style), (" ", ""), (note, ""))]
    under = before if columns(note) + len(before) <= layout.width or len(before) * 2 <= layout.width else "  "
    return [
        ((before, ""), (carets, style)),
        *(((under, ""), (line, "")) for line in wrap(note, layout.narrowed(len(under)))),
    ]
