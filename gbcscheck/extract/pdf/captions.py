"""The captions of tables: which line of text names a table, and which table it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gbcscheck.extract.pdf.lines import Line
from gbcscheck.extract.pdf.page_content import PageContent
from gbcscheck.extract.pdf.running_lines import own_lines
from gbcscheck.frozen import frozen

_CAPTION = re.compile(
    r"(?P<number>Table\s+(?:[A-Z]{0,2}[0-9]+[A-Za-z]?|[A-Z])(?:[.\-–][0-9A-Za-z]+)*)"
    r"(?P<rest>$|[:.]|\s*[–—:(\-]|\s+(?=[A-Z(\[0-9]).*|\s+(?:continued|cont).*)(?P<title>.*)",
    re.IGNORECASE | re.DOTALL,
)
_OF_SENTENCE = re.compile(r"Table\s+\S+\s+[a-z]")
_CONTINUED = re.compile(r"\bcont(?:inued|d|['’]d|\.)?\b", re.IGNORECASE)
NEAR = 60.0
"""A caption is at most this far from its table, in points."""
_MOST_BETWEEN = 2
"""Lines of other text that stand between them at most."""


@frozen
class Caption:
    """A caption: its number (``Table 28d``), its words, whether it says that a table goes on, and the line in which its
    number stands."""

    number: str
    text: str
    is_continued: bool
    line: Line | None = None


def caption_of(text: str) -> Caption | None:
    """What a line of text names; None where it names no table.

    >>> caption_of("Table 28d (continued)").is_continued, caption_of("Table 28d lists the defaults.")
    (True, None)
    """
    text = " ".join(text.split())
    found = _CAPTION.fullmatch(text)
    if found is None or len(text) > 250:
        return None
    is_continued = _CONTINUED.search(text[len(found["number"]) :]) is not None
    if _OF_SENTENCE.match(text) and not is_continued:
        return None
    return Caption(f"Table {found['number'].split()[1]}", text, is_continued)


def captions_of(page: PageContent, *, below: bool) -> list[Caption | None]:
    """The caption of each table of a page: the nearest line that is one above it, or ``below`` it."""
    found = (_nearest(page, index, below=below) for index in range(len(page.tables)))
    return [None if one is None else one[0] for one in found]


def caption_at_end(page: PageContent, running: set[str]) -> Caption | None:
    """The caption that a page ends with, but for what pages repeat: its table begins on the next page."""
    *_, last = (None, *own_lines(page, running))
    lowest = max((table.grid.box[3] for table in page.tables), default=0.0)
    if last is None or (page.tables and last.base <= lowest):
        return None
    found = caption_of(last.text)
    return None if found is None or found.is_continued else replace(found, line=last)


def caption_at_start(page: PageContent, running: set[str]) -> Caption | None:
    """The caption that a page begins with, but for what pages repeat: its table ends the page before, where captions
    stand below tables."""
    first = next(own_lines(page, running), None)
    highest = min((table.grid.box[1] for table in page.tables), default=page.height)
    if first is None or (page.tables and first.base > highest):
        return None
    found = caption_of(first.text)
    return None if found is None or found.is_continued else replace(found, line=first)


def stands_below(pages: Sequence[PageContent]) -> bool:
    """Whether a document has its captions below its tables: where more tables have one nearer below than above, with
    fewer lines of text between, and, if that says nothing, where more tables have one below at all."""
    above = under = 0
    any_above = any_under = 0
    for page in pages:
        for index in range(len(page.tables)):
            over, beneath = (_nearest(page, index, below=below) for below in (False, True))
            any_above += over is not None
            any_under += beneath is not None
            far = _MOST_BETWEEN
            over_by, beneath_by = (far if one is None else one[1] for one in (over, beneath))
            above += over_by < beneath_by
            under += beneath_by < over_by
    return under > above if under != above else any_under > any_above


def _nearest(page: PageContent, index: int, *, below: bool) -> tuple[Caption, int] | None:
    """The caption next to a table with no other table between: the nearest line that is one, and how many lines of
    other text stand between them, at most two."""
    x0, top, x1, bottom = page.tables[index].grid.box
    beside = [one.grid.box for place, one in enumerate(page.tables) if place != index]
    lines = [line for line in page.around if line.x0 < x1 and line.x1 > x0]
    if below:
        lines = [line for line in lines if bottom - 2 <= line.base - 0.5 * line.size < bottom + NEAR]
    else:
        lines = [line for line in reversed(lines) if top - NEAR < line.base <= top + 2]
    for passed, line in enumerate(lines):
        low, high = sorted((line.base, bottom if below else top))
        if any(low < (box[1] + box[3]) / 2 < high and box[0] < x1 and box[2] > x0 for box in beside):
            return None
        if passed > _MOST_BETWEEN:
            return None
        found = caption_of(_whole(line, lines, passed, below=below))
        if found is not None:
            return replace(found, line=line), passed
    return None


def _whole(line: Line, lines: Sequence[Line], place: int, *, below: bool) -> str:
    """A line with the one that goes on with it, where it is that near: a caption may have two."""
    following = (
        lines[place + 1] if below and place + 1 < len(lines) else lines[place - 1] if place and not below else None
    )
    if following is None or caption_of(line.text) is None or following.base - line.base > 1.4 * line.size:
        return line.text
    return f"{line.text} {following.text}" if abs(following.size - line.size) < 0.2 else line.text
