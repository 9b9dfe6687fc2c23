"""Lines of text for people: measuring, wrapping and painting. Nothing here knows a finding.

A line is a tuple of spans, each a text and the name of a style. Offsets count characters, widths count the columns of
a terminal, in which some characters take two.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from gbcscheck.frozen import frozen
from gbcscheck.printable import escaped, without_commands

Span = tuple[str, str]
Line = tuple[Span, ...]

STYLES = {
    "": "",
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "good": "1;32",
    "strong": "1",
    "faint": "2",
    "place": "36",
    "derived": "33",
    "synthetic": "35",
    "house rule": "33",
}
"""Styles by name and their SGR parameters (ECMA-48, 8.3.117)."""

SOFT_BREAKS = "/.,;:|_-]"
"""A word that is wider than its line may be broken after these: element paths and names are long."""


@frozen
class Layout:
    """How a text is laid out: ``width`` in columns, whether words wider than a line are broken, whether to colour."""

    width: int = 100
    break_words: bool = False
    colour: bool = False

    def narrowed(self, columns_taken: int) -> Layout:
        """The layout of what stands beside an indent or a label; at least eight columns are left."""
        return Layout(max(8, self.width - columns_taken), self.break_words, self.colour)


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(_character_columns(character) for character in text)


def _character_columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def breaks(text: str, layout: Layout) -> list[tuple[int, int]]:
    """Start and end offsets of the lines that a text takes: at its own line breaks, and where it has to be wrapped."""
    found: list[tuple[int, int]] = []
    start = 0
    for part in text.split("\n"):
        found.extend((start + a, start + b) for a, b in _breaks_of_line(part, layout))
        start += len(part) + 1
    return found


def _breaks_of_line(text: str, layout: Layout) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = 0
    while columns(text[start:]) > layout.width:
        end = _fitting(text, start, layout.width)
        space = text.rfind(" ", start + 1, end + 1)
        if space > 0 and text[start:space].strip():
            end = space
        elif layout.break_words:
            soft = max(text.rfind(mark, start + 3, end) for mark in SOFT_BREAKS)
            end = soft + 1 if soft >= 0 else end
        else:
            space = text.find(" ", end)
            if space < 0:
                break
            end = space
        found.append((start, end))
        start = end
        while start < len(text) and text[start] == " ":
            start += 1
    if start < len(text) or not found:
        found.append((start, len(text)))
    return found


def _fitting(text: str, start: int, width: int) -> int:
    """Offset after the last character that still fits; at least one does."""
    end, taken = start, 0
    while end < len(text):
        taken += _character_columns(text[end])
        if taken > width:
            break
        end += 1
    return max(end, start + 1)


def wrap(text: str, layout: Layout) -> list[str]:
    """The lines that a text takes."""
    return [text[start:end] for start, end in breaks(text, layout)]


def paragraph(label: Span, text: str, layout: Layout, *, indent: int = 0, style: str = "") -> list[Line]:
    """A wrapped text beside a label; its further lines stand under its first."""
    taken = indent + columns(label[0])
    first, *rest = wrap(text, layout.narrowed(taken))
    lines: list[Line] = [((" " * indent, ""), label, (first, style))]
    lines.extend(((" " * taken, ""), (line, style)) for line in rest)
    return lines


def heading(label: Span, text: str, layout: Layout, *, hang: int = 2, style: str = "") -> list[Line]:
    """A wrapped text behind a label; its further lines are indented by ``hang`` columns."""
    first, *rest = wrap(label[0] + text, layout.narrowed(hang))
    lines: list[Line] = [((first[: len(label[0])], label[1]), (first[len(label[0]) :], style))]
    lines.extend(((" " * hang, ""), (line, style)) for line in rest)
    return lines


def joined(parts: Sequence[Span], separator: str, layout: Layout, *, indent: int) -> list[Line]:
    """Spans in one line where they fit, broken after a separator where not, further lines indented by two more."""
    lines: list[list[Span]] = [[(" " * indent, "")]]
    taken = 0
    for index, (text, style) in enumerate(parts):
        tail = separator.rstrip() if index + 1 < len(parts) else ""
        if (
            taken
            and indent + taken + columns(separator) - columns(separator.rstrip()) + columns(text + tail) > layout.width
        ):
            lines.append([(" " * (indent + 2), "")])
            taken = 2
        elif taken:
            lines[-1].append((" ", ""))
            taken += 1
        pieces = wrap(text, layout.narrowed(indent + 2 + columns(tail)))
        for number, piece in enumerate(pieces):
            if number:
                lines.append([(" " * (indent + 2), "")])
                taken = 2
            lines[-1].append((piece, style))
            taken += columns(piece)
        if tail:
            lines[-1].append((tail, "faint"))
            taken += columns(tail)
    return [tuple(line) for line in lines]


def indented(lines: Iterable[Line], indent: int) -> list[Line]:
    """The lines moved to the right."""
    return [((" " * indent, ""), *line) if line else line for line in lines]


def paint(lines: Iterable[Line], *, colour: bool) -> str:
    """The text of some lines, each ended by a line feed and without blanks before it.

    Whatever the spans hold, no control character of theirs is in it, and no line that a build server takes for a
    command where there is no colour, and so perhaps no terminal.
    """
    return "".join(_paint_line(line, colour) + "\n" for line in lines)


def _paint_line(line: Line, colour: bool) -> str:
    plain = escaped("".join(text for text, _ in line))
    if not colour:
        return without_commands(plain.rstrip())
    return "".join(_paint_span(escaped(text), STYLES[style]) for text, style in line) if plain.strip() else ""


def _paint_span(text: str, parameters: str) -> str:
    return f"\x1b[{parameters}m{text}\x1b[0m" if parameters and text else text
