"""Captions at which no table with rulings stands: what they name is not read, and is told.

A mention of a table in prose is none: a line of a paragraph, a sentence, or an entry of a list of tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gbcscheck.extract.pdf.captions import NEAR, Caption, caption_of
from gbcscheck.extract.pdf.lines import Line
from gbcscheck.extract.pdf.page_content import PageContent
from gbcscheck.extract.pdf.running_lines import own_lines

_SPACED = 1.55
"""Lines of a paragraph are at most this far from each other, in sizes."""
_LISTED = 3.0
"""Entries of a list of tables are at most this far from each other, in sizes."""
_FULL = 0.8
"""All lines of a paragraph but its last are at least this wide, as shares of the widest."""
_LEADERS = re.compile(r"(?:\.\s?){3,}|…|_{3,}")
_PAGE_NUMBER = re.compile(r"[0-9]{1,4}|[ivxl]{1,6}", re.IGNORECASE)
_SENTENCE = re.compile(
    r"\b(?:is|are|was|were|be|has|have|shall|may|must|can|applies|apply|lists?|shows?|gives?|contains?|defines?|"
    r"specif(?:y|ies)|describes?|sets? out|refers?)\b"
)
_CLAUSE = re.compile(r"Table\s+\S+\s+\([^)]*\),?\s+[a-z]")


def lone_captions(
    pages: Sequence[PageContent], named: Sequence[Caption], running: set[str]
) -> Iterator[tuple[int, Caption]]:
    """The captions of some pages, each with its page, that are not those of tables (``named``), and of whose number no
    table is read."""
    taken = {id(caption.line) for caption in named}
    known = {caption.number.casefold() for caption in named}
    for page in pages:
        lines = list(own_lines(page, running))
        for place, line in enumerate(lines):
            found = caption_of(line.text)
            if found is None or id(line) in taken:
                continue
            if found.is_continued and _is_at_table(page, line):
                continue
            if found.number.casefold() in known and not found.is_continued:
                continue
            if not _is_listed(line, lines) and not _is_prose(place, lines):
                yield page.number, replace(found, line=line)


def _is_at_table(page: PageContent, line: Line) -> bool:
    """Whether a table stands closely below or above a line."""
    boxes = (table.grid.box for table in page.tables)
    return any(
        line.x0 < x1 and line.x1 > x0 and (top - NEAR < line.base <= top + 2 or bottom - 2 <= line.base < bottom + NEAR)
        for x0, top, x1, bottom in boxes
    )


def _is_listed(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line is an entry of a list of tables, or a number in a table without rulings."""
    if _LEADERS.search(line.text):
        return True
    is_bare = len(line.text.split()) == 2
    for other in lines:
        if other is line:
            continue
        apart = abs(other.base - line.base)
        if apart < 2 and (is_bare or _PAGE_NUMBER.fullmatch(other.text)):
            return True
        if 2 <= apart < _LISTED * line.size and _over(line, other) and caption_of(other.text) is not None:
            return True
    return False


def _is_prose(place: int, lines: Sequence[Line]) -> bool:
    """Whether a line is one of a paragraph, or a sentence."""
    line = lines[place]
    above = next((one for one in reversed(lines[:place]) if _over(line, one)), None)
    if above is not None and _goes_on(above, line) and not above.text.endswith((".", ":", ";", "!", "?")):
        return True
    block = _paragraph(line, [one for one in lines[place + 1 :] if _over(line, one)])
    text = " ".join(one.text for one in block)
    if _CLAUSE.match(text) or (_SENTENCE.search(text) and text.endswith((".", ";", ","))):
        return True
    widths = [one.x1 - one.x0 for one in block]
    return len(block) > 2 and min(widths[:-1]) >= _FULL * max(widths)


def _paragraph(line: Line, below: Sequence[Line]) -> list[Line]:
    """A line with those that stand closely below it, in its size."""
    block = [line]
    for one in below:
        if not _goes_on(block[-1], one):
            break
        block.append(one)
    return block


def _goes_on(upper: Line, lower: Line) -> bool:
    """Whether two lines stand as those of one paragraph do."""
    return lower.base - upper.base <= _SPACED * upper.size and abs(upper.size - lower.size) < 0.3


def _over(line: Line, other: Line) -> bool:
    return line.x0 < other.x1 and line.x1 > other.x0
