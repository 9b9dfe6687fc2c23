"""The glyphs of a page: what each stands for, where it stands, and which way it is turned."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points; tops count from the top of the page."""

AHEAD, UP, DOWN, ROUND = 0, 90, 270, 180
"""The ways in which text runs: as it is read, from below, from above, upside down (degrees against the clock)."""
_LEAST = 0.1
"""No glyph that somebody could see is smaller, in points."""
_LIGATURES = range(0xFB00, 0xFB07)
_BLANK = ("Zs", "Zl", "Zp")
"""Categories of characters that are blanks."""


class Glyph(NamedTuple):
    """A glyph as one reads it, with the page turned so that its text runs from left to right: its characters, ends, the
    line on which it stands (``base``), its lower end, its size, its font, whether it is coloured, and why it cannot be
    read. ``order`` is its place among those that the page draws."""

    text: str
    x0: float
    x1: float
    base: float
    bottom: float
    size: float
    coloured: bool
    problem: str
    order: int
    struck: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing is drawn."""
        return not self.text.strip() and not self.problem

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of what is drawn."""
        return (self.x0 + self.x1) / 2, self.base - 0.3 * self.size


def direction_of(char: Mapping[str, Any]) -> int | None:
    """The way in which a character of pdfplumber is turned; None where it is none of four."""
    a, b, c, d = char["matrix"][:4]
    along, across = abs(a) + abs(d), abs(b) + abs(c)
    if abs(b) <= 0.01 * along:
        return AHEAD if a > 0 else ROUND
    if abs(a) <= 0.01 * across:
        return UP if b > 0 else DOWN
    return None


def turned(box: Box, way: int) -> Box:
    """A box of a page that is turned so that text of that way runs from left to right."""
    x0, top, x1, bottom = box
    if way == UP:
        return -bottom, x0, -top, x1
    if way == DOWN:
        return top, -x1, bottom, -x0
    if way == ROUND:
        return -x1, -bottom, -x0, -top
    return box


def glyph_of(char: Mapping[str, Any], way: int, order: int) -> Glyph:
    """A character of pdfplumber that is turned by ``way``."""
    e, f = char["matrix"][4:]
    box = (char["x0"], char["top"], char["x1"], char["bottom"])
    x0, top, x1, bottom = box if way == AHEAD else turned(box, way)
    if way in (AHEAD, ROUND):
        at = char["bottom"] + char["y0"] - f
        base = at if way == AHEAD else -at
    else:
        base = e if way == UP else -e
    text, problem = read_character(char["text"])
    size = bottom - top
    if size < _LEAST and text.strip():
        problem = problem or "text without a size, which nobody sees"
    return Glyph(text, x0, x1, base, bottom, max(size, _LEAST), _is_coloured(char), problem, order)


def read_character(text: str) -> tuple[str, str]:
    """What a character of a PDF stands for, and why that cannot be told; ligatures as their letters.

    >>> read_character("\\ufb01"), read_character("(cid:12)")
    (('fi', ''), ('', 'a glyph without a character: its font says of (cid:12) nothing'))
    """
    if len(text) == 1 and (text.isascii() and text.isprintable()):
        return text, ""
    if text.startswith("(cid:"):
        return "", f"a glyph without a character: its font says of {text} nothing"
    if any(ord(sign) in _LIGATURES for sign in text):
        text = unicodedata.normalize("NFKC", text)
    if text and all(sign == "\t" or unicodedata.category(sign) in _BLANK for sign in text):
        return " ", ""
    if not text:
        return "", "a glyph without a character"
    for sign in text:
        kind = unicodedata.category(sign)
        if sign == "\ufffd" or kind in ("Co", "Cn", "Cs", "Cc"):
            return "", f"a glyph without a character: its font gives U+{ord(sign):04X}"
        if unicodedata.bidirectional(sign) in ("R", "AL"):
            return "", f"text from right to left is not read (U+{ord(sign):04X})"
    return text, ""


def _is_coloured(char: Mapping[str, Any]) -> bool:
    """Whether a character is drawn in a colour, neither black nor grey nor white."""
    colour = char.get("non_stroking_color")
    if (
        not isinstance(colour, tuple | list)
        or len(colour) < 3
        or not all(isinstance(one, int | float) for one in colour)
    ):
        return False
    parts = colour[:3]
    return bool(max(parts) - min(parts) > 0.2)


def main_direction(chars: Iterable[Mapping[str, Any]]) -> int:
    """The way in which most of the text of a page runs."""
    found = Counter(direction_of(char) for char in chars if not char["text"].isspace())
    found.pop(None, None)
    way = max(found, key=lambda one: (found[one], one == AHEAD), default=AHEAD)
    return way or AHEAD
