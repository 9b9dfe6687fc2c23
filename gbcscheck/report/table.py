"""Tables for people: columns side by side where they fit, one record under the other where they do not."""

from __future__ import annotations

from collections.abc import Sequence

from gbcscheck.report.layout import Layout, Line, Span, columns, paragraph, wrap

GAP = 2
LEAST = 10
"""A column is not made narrower than this; a table that would need it is set as records."""


def table(headings: Sequence[str], rows: Sequence[Sequence[Span]], layout: Layout | None) -> list[Line]:
    """A table with a line of headings; every row has a cell for each. Without a layout nothing is wrapped."""
    cells = [[(heading, "strong") for heading in headings], *rows]
    widths = [max(_width(row[index][0]) for row in cells) for index in range(len(headings))]
    if layout is not None:
        least = [
            min(width, LEAST if layout.break_words else max(LEAST, *(_longest_word(row[index][0]) for row in cells)))
            for index, width in enumerate(widths)
        ]
        fitted = _fitted(widths, least, layout.width)
        if fitted is None:
            return _records(headings, rows, layout)
        widths = fitted
    breaking = layout is not None and layout.break_words
    return [line for row in cells for line in _row(row, widths, breaking)]


def _width(text: str) -> int:
    return max(columns(line) for line in text.split("\n"))


def _longest_word(text: str) -> int:
    return max((columns(word) for word in text.split()), default=0)


def _fitted(widths: list[int], least: list[int], width: int) -> list[int] | None:
    """The widths, the widest made narrower until the table fits; None where it cannot."""
    found = list(widths)
    excess = sum(found) + GAP * (len(found) - 1) - width
    if excess > sum(found) - sum(least):
        return None
    for _ in range(excess):
        widest = max(range(len(found)), key=lambda index: (found[index] > least[index], found[index]))
        found[widest] -= 1
    return found


def _row(row: Sequence[Span], widths: Sequence[int], breaking: bool) -> list[Line]:
    texts = [wrap(text, Layout(width, breaking)) for (text, _), width in zip(row, widths, strict=True)]
    lines: list[Line] = []
    for number in range(max(len(text) for text in texts)):
        spans: list[Span] = []
        for text, (_, style), width in zip(texts, row, widths, strict=True):
            part = text[number] if number < len(text) else ""
            spans.append((part, style))
            spans.append((" " * max(width - columns(part) + GAP, 1), ""))
        lines.append(tuple(spans[:-1]))
    return lines


def _records(headings: Sequence[str], rows: Sequence[Sequence[Span]], layout: Layout) -> list[Line]:
    """Each row as a block: its first cell, then the others with their headings, beside them or above."""
    taken = max((columns(heading) for heading in headings[1:]), default=0) + GAP
    beside = taken <= layout.width // 2
    lines: list[Line] = []
    for row in rows:
        lines.extend(paragraph(("", ""), row[0][0], layout, style=row[0][1] or "strong"))
        for heading, (text, style) in zip(headings[1:], row[1:], strict=True):
            if text and beside:
                lines.extend(paragraph((heading.ljust(taken), "faint"), text, layout, indent=2, style=style))
            elif text:
                lines.extend(paragraph(("", ""), heading, layout, indent=2, style="faint"))
                lines.extend(paragraph(("", ""), text, layout, indent=4, style=style))
    return lines
