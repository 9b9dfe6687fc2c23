"""A cell in its own words, with a marker under the part that counts and its meaning beside the marker."""

from __future__ import annotations

import re

from gbcscheck.frozen import frozen
from gbcscheck.model import Statement
from gbcscheck.printable import clean
from gbcscheck.report.layout import Layout, Line, breaks, columns, paragraph, wrap

LONGEST = 600
"""A longer text is cut for the eye; the JSON report holds all of it."""
MOST_LINES = 8
"""More lines than this of a text with line breaks of its own are not shown."""
MOST_WRAPPED = 4
"""A text without line breaks that takes more lines than this is cut to SHOWN_LINES of them."""
SHOWN_LINES = 3


def own_words(statement: Statement) -> str:
    """What the source says, safe to print; quoted where its blanks would not be seen."""
    words = statement.written if statement.value is None or statement.text is not None else plain_value(statement.value)
    words = clean(words)
    return f'"{words}"' if words != words.strip() or not words else words


def plain_value(value: str | int | float | bool) -> str:
    """A JSON value as it is written in JSON, a text without its quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def value_span(text: str) -> tuple[int, int]:
    """Offsets of the part of a cell that is its value.

    In GBCS tables a fixed value stands behind ``||``, after the name of an instance if it has one, and before a
    remark in parentheses: ``||0b11111110 (bit padding is on the least significant bit)``.
    """
    start = text.rfind("||") + 2 if "||" in text else 0
    remark = re.search(r"\s+\([^()]*\)\s*$", text[start:])
    end = start + remark.start() if remark and "(" not in text[start : start + remark.start()] else len(text)
    return (start, end) if text[start:end].strip() else (0, len(text))


def quotation(text: str, note: str, layout: Layout, *, style: str, witness: str = "") -> list[Line]:
    """The lines of a cell's text and, under it, ``note``: beside carets where the value stands in one line, at the
    foot of a bar where it takes several.

    Of a text that takes too many lines a few are shown: those around ``witness`` where it is a member of the text,
    with carets under it, else those around the value, else the first.
    """
    span, lines = value_span(text), breaks(text[:LONGEST], layout.narrowed(2))
    if len(text) <= LONGEST and len(lines) <= (MOST_LINES if "\n" in text else MOST_WRAPPED):
        marked = [index for index, (a, b) in enumerate(lines) if a < span[1] and span[0] < b]
        if len(marked) != 1:
            return _with_bar([text[a:b] for a, b in lines], "", note, layout, style)
        return _with_carets(_Excerpt(text, lines, marked[0], span), note, layout, style)
    for part in (member_span(text, witness), span):
        excerpt = _around(text, part, layout) if part else None
        if excerpt:
            return _with_carets(excerpt, note, layout, style)
    if "\n" in text[:LONGEST]:
        shown_lines = lines[: MOST_LINES - 1]
        rest = len(lines) - len(shown_lines) if len(text) <= LONGEST else 0
        more = f"… {rest} more lines" if rest else f"… ({len(text):,} characters)"
    else:
        shown_lines, more = lines[:SHOWN_LINES], f"… ({len(text):,} characters)"
    return _with_bar([text[a:b] for a, b in shown_lines], more, note, layout, style)


def member_span(text: str, member: str) -> tuple[int, int] | None:
    """Offsets of a member of the list that a text is, with its quotes or without; None where it is not found."""
    bare = member.strip('"')
    for word in (f'"{bare}"', bare) if bare else ():
        found = re.search(rf"(?<![^\s|,;(]){re.escape(word)}(?![^\s|,;)])", text)
        if found:
            return found.span()
    return None


@frozen
class _Excerpt:
    """Lines of a text by their offsets, which of them is marked, and the offsets of the mark; whether text before
    and after them is left out."""

    text: str
    lines: list[tuple[int, int]]
    marked: int
    span: tuple[int, int]
    before: bool = False
    after: bool = False


def _around(text: str, span: tuple[int, int], layout: Layout) -> _Excerpt | None:
    """A few lines of a long text with the one that holds ``span`` among them; None where it takes several lines."""
    first, last = max(0, span[0] - LONGEST), min(len(text), span[1] + LONGEST)
    if first:
        first = max(text.find(" ", first, span[0]), text.find("\n", first, span[0]), first - 1) + 1
    lines = [(first + a, first + b) for a, b in breaks(text[first:last], layout.narrowed(4))]
    marked = [index for index, (a, b) in enumerate(lines) if a < span[1] and span[0] < b]
    if len(marked) != 1 or columns(text[slice(*lines[marked[0]])]) > 2 * layout.width:
        return None
    start = max(0, min(marked[0] - 1, len(lines) - SHOWN_LINES))
    shown_lines = lines[start : start + SHOWN_LINES]
    return _Excerpt(text, shown_lines, marked[0] - start, span, shown_lines[0][0] > 0, shown_lines[-1][1] < len(text))


def _with_carets(excerpt: _Excerpt, note: str, layout: Layout, style: str) -> list[Line]:
    shown = [excerpt.text[a:b] for a, b in excerpt.lines]
    line, (start, end) = excerpt.lines[excerpt.marked], excerpt.span
    before = " " * columns(excerpt.text[line[0] : max(line[0], start)])
    carets = "^" * max(columns(excerpt.text[max(line[0], start) : min(line[1], end)]), 1)
    if excerpt.before:
        shown[0] = f"… {shown[0]}"
        before = before if excerpt.marked else f"  {before}"
    if excerpt.after:
        shown[-1] = f"{shown[-1]} …"
    found: list[Line] = [((text, ""),) for text in shown]
    if excerpt.marked + 1 == len(found):
        return found + _noted(before, carets, note, layout, style)
    found.insert(excerpt.marked + 1, ((before, ""), (carets, style)))
    return found + _at_foot("= ", note, layout, style)


def _noted(before: str, carets: str, note: str, layout: Layout, style: str) -> list[Line]:
    """The carets, with the note beside them where it fits and else under them."""
    taken = len(before) + len(carets) + 1
    if not note:
        return [((before, ""), (carets, style))]
    if taken + columns(note) <= layout.width or (taken <= layout.width // 2 and layout.width >= 60):
        first, *rest = wrap(note, layout.narrowed(taken))
        return [
            ((before, ""), (carets, style), (" ", ""), (first, "")),
            *(((" " * taken, ""), (line, "")) for line in rest),
        ]
    under = before if len(before) + 24 <= layout.width else ""
    below = wrap(note, layout.narrowed(len(under)))
    return [((before, ""), (carets, style)), *(((under, ""), (line, "")) for line in below)]


def _with_bar(lines: list[str], more: str, note: str, layout: Layout, style: str) -> list[Line]:
    found: list[Line] = [(("| ", style), (line, "")) for line in lines]
    if more:
        found.append((("| ", style), (more, "faint")))
    return found + _at_foot("^ ", note, layout, style)


def _at_foot(mark: str, note: str, layout: Layout, style: str) -> list[Line]:
    return paragraph((mark, style), note, layout) if note else []
