"""The lines of a cell joined to its text: where a line ends, is there a blank, nothing, or a break that somebody put?

A PDF says nothing of that. Most programs draw the blank at which a line was broken, at its end, where it fits; where a
document shows that it does, a line with room for a blank and without one was broken within a word, after a sign as
``-`` or ``/``, or where its author put a break. A line is broken within a word only where the word began the line and
not one glyph more would fit. What cannot be told by this, and by the words that the document has elsewhere, is not
certain.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gbcscheck.extract.pdf.lines import Line
from gbcscheck.frozen import frozen

_AFTER = "-/|!?}–—‐"
"""Signs after which a line may be broken where there is no blank (UAX #14, LB21 and the classes HY, BA, SY, EX)."""
_HEX = re.compile(r"(?:.*[^0-9A-Za-z])?0x[0-9A-Fa-f]*")
_HEX_REST = re.compile(r"[0-9A-Fa-f]+[^0-9A-Za-z]*")
_BITS = re.compile(r"(?:.*[^0-9A-Za-z])?0b[01]*")
_BITS_REST = re.compile(r"[01]+[^0-9A-Za-z]*")
_NEW_VALUE = re.compile(r"0[xb][0-9A-Fa-f]")
_LONG_NUMBER = re.compile(r"[0-9.,]{6,}")
_WORD = re.compile(r"[A-Za-z]{8,}")
_ENOUGH = 3
_SLACK = 0.5
"""Points by which widths are not exact."""
_BLANK = 0.36
"""How wide a blank is at least taken to be, in sizes."""
_CLOSES = re.compile(r"[_.,;:)\]}]")
_IDENTIFIER = re.compile(r".*(?:[a-z][A-Z]|[A-Z]{2}[a-z]|[_.\[\]0-9(]).*", re.DOTALL)
_OPENS = re.compile(r".*[_(\[{]")

BROKEN = "a line ends where it cannot be told whether a word goes on"
HYPHEN = "a hyphen at the end of a line, of which it cannot be told whether it stays"
BETWEEN = "a line ends with a sign after which there may be a blank or none"


_OBIS = re.compile(r"[0-9]+-[0-9]+:[0-9]+(?:\.[0-9]+){3}")
_OF_OBIS = re.compile(r"[0-9]+-[0-9]+:(?:[0-9]+\.){0,3}[0-9]*")
_INDEX = re.compile(r".*\[[^\]\s]*")
_PATH = re.compile(r"[A-Za-z0-9\])][_\[][A-Za-z0-9]|[A-Za-z\]][.:][A-Za-z]")
_SEEN = 4
"""Words of a kind that a column has at least, for it to show anything of them."""
_CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")
_ROWS_TO_TELL = 8
"""Cells of several lines that a column has at least, for what it shows to be of use."""


@frozen
class ColumnHabits:
    """What the cells of a column show: whether somebody put breaks into some, and after which kinds of words no
    blank ever stands."""

    breaks: bool = False
    never_before_blank: frozenset[str] = frozenset()

    def never_after(self, word: str) -> bool:
        """Whether no blank stands after a word of that kind in the column."""
        return _kind(word) in self.never_before_blank


def _is_open(word: str) -> bool:
    return word.count("(") > word.count(")")


def _kind(word: str) -> str:
    """What kind of word it is: by its last sign, and whether it is a name such as ``meterBalance``, or a path such as
    ``entries[1].begin_date``."""
    sign = word[-1]
    if not sign.isalnum():
        return sign
    if _PATH.search(word):
        return "path"
    if not sign.isalpha():
        return "digit"
    return "name" if _CAMEL.search(word) else "word"


def habits_of_column(cells: Sequence[Sequence[Line]], *, breaks: bool) -> ColumnHabits:
    """What the cells of a column show, each by its lines."""
    filled = [lines for lines in cells if lines]
    if sum(len(lines) > 1 for lines in filled) < _ROWS_TO_TELL:
        return ColumnHabits(breaks)
    seen: Counter[str] = Counter()
    before: set[str] = set()
    for lines in filled:
        *followed, last = "".join(f"{line.text} " if line.ends_blank else line.text for line in lines).split() or [""]
        before.update(_kind(word) for word in followed)
        seen.update(_kind(word) for word in (*followed, last) if word)
    return ColumnHabits(
        breaks, frozenset(kind for kind, count in seen.items() if count >= _SEEN and kind not in before)
    )


@frozen
class Text:
    """The text of a cell, why it is not certain, or not read; what of it is struck out, and whether in a colour."""

    text: str
    uncertain: str = ""
    unread: str = ""
    struck: str = ""
    redlined: bool = False


@dataclass
class Habits:
    """What a document shows of how its lines are broken: whether blanks are drawn at the ends of lines, whether words
    are hyphenated, and the words that stand within lines."""

    blanks: int = 0
    none: int = 0
    long_words: int = 0
    words: set[str] = field(default_factory=set)
    blank: float = _BLANK

    @property
    def draws_blanks(self) -> bool:
        """Whether a line that is broken at a blank ends with it."""
        return self.blanks >= _ENOUGH and self.blanks >= self.none

    @property
    def hyphenates(self) -> bool:
        """Whether words may be hyphenated: not where long ones go to the next line though a part would fit."""
        return self.long_words < _ENOUGH

    def tells(self, room: float, size: float) -> bool:
        """Whether a line with that room at its end would show the blank at which it was broken."""
        return self.draws_blanks and room >= self.blank * size

    def learn(self, lines: Sequence[Line], *, is_cut: bool) -> None:
        """Learn the words of one cell that a line does not end within; ``is_cut``: nor may its first or last one be
        whole, since its row may go on over the page."""
        for index, line in enumerate(lines):
            self.blank = max(self.blank, min(line.blank / line.size, 0.7))
            words = line.text.split()
            begins = not is_cut if index == 0 else lines[index - 1].ends_blank
            ends = line.ends_blank or (index == len(lines) - 1 and not is_cut)
            self.words.update(plain_word(word) for word in words[0 if begins else 1 : None if ends else -1])

    def take(self, lines: Sequence[Line], width: float, limit: float) -> None:
        """Learn from the lines of one cell, which has room for a line of that width, up to that limit."""
        for upper, lower in pairwise(lines):
            if not upper.text or not lower.text:
                continue
            room = _room(lines, upper, width, limit)
            if upper.ends_blank:
                self.blanks += 1
                first_word = lower.text.split()[0]
                if _WORD.fullmatch(first_word) and room > 0.55 * lower.piece:
                    self.long_words += 1
            elif " " in upper.text and upper.text[-1].isalnum() and self.blank * upper.size < room < lower.piece:
                self.none += 1


def plain_word(word: str) -> str:
    """A word without the signs around it, for comparing."""
    return word.strip(".,;:()[]\"'“”‘’").casefold()


def _room(lines: Sequence[Line], upper: Line, width: float, limit: float) -> float:
    """How much room a line leaves at its end. Where lines are centred, or end together, it is what its width leaves."""
    plain = width - (upper.x1 - upper.x0)
    starts, ends = [one.x0 for one in lines], [one.x1 for one in lines]
    together = max(starts) - min(starts) < 1
    centres = [(one.x0 + one.x1) / 2 for one in lines]
    if not together and (max(centres) - min(centres) < 1 or max(ends) - min(ends) < 1):
        return plain
    return min(plain, limit - upper.x1)


def has_breaks(lines: Sequence[Line], habits: Habits, width: float, limit: float) -> bool:
    """Whether somebody put a break into a cell for certain: after a line without a blank at its end, which has room for
    more."""
    return habits.draws_blanks and any(
        not upper.ends_blank
        and upper.text[-1:].isalnum()
        and lower.text[:1].isalnum()
        and _room(lines, upper, width, limit) > lower.head + 2
        for upper, lower in pairwise(lines)
    )


def joined(lines: Iterable[Line], habits: Habits, width: float, limit: float, column: ColumnHabits) -> Text:
    """The text of the lines of one cell; ``width`` and ``limit`` as ``Habits.take`` has them."""
    lines = tuple(lines)
    text = ""
    uncertain = ""
    last: Line | None = None
    for line in lines:
        if not line.text:
            continue
        if last is not None:
            between, doubt = _between(text, last, line, habits, _room(lines, last, width, limit), column)
            if between is None:
                text = text[:-1]
            text += between or ""
            uncertain = uncertain or doubt
        text += line.text
        last = line
    uncertain = next((line.uncertain for line in lines if line.uncertain), "") or uncertain
    unread = next((line.unread for line in lines if line.unread), "")
    struck = "".join(f"{line.struck} " if line.ends_blank else line.struck for line in lines if line.struck).strip()
    return Text(
        text.replace("\xad", ""), uncertain, unread, struck, any(line.redlined for line in lines if line.struck)
    )


def _between(
    text: str, upper: Line, lower: Line, habits: Habits, room: float, column: ColumnHabits
) -> tuple[str | None, str]:
    """What stands between two lines, None where the hyphen at the end of the first goes; and what is not certain."""
    if upper.text.endswith("\xad"):
        return None, ""
    fits = room > lower.piece + habits.blank * upper.size + _SLACK
    if upper.ends_blank:
        return ("\n" if fits else " "), ""
    if fits:
        return "\n", ""
    told = habits.tells(room, upper.size)
    word, rest = text.split()[-1], lower.text.split()[0]
    if upper.text[-1] in _AFTER or (upper.text[-1] in ")]}" and rest[0] in "([{"):
        return _after_sign(word, rest, habits, column, told=told)
    starts_line = " " not in upper.text
    is_full = room < lower.head + _SLACK
    if not starts_line or not is_full:
        return ("\n" if habits.draws_blanks else " "), ""
    return _within_word(word, rest, habits, column, told=told)


def _after_sign(word: str, rest: str, habits: Habits, column: ColumnHabits, *, told: bool) -> tuple[str | None, str]:
    """Between a line that ends with a hyphen or another sign and the next, whose first word does not fit. ``told``: no
    blank stands there."""
    with_it = plain_word(word + rest) in habits.words
    if word[-1] in "-‐" and word[-2:-1].isalpha() and rest[:1].islower():
        without = plain_word(word[:-1] + rest) in habits.words
        if with_it != without:
            return ("" if with_it else None), ""
        return "", ("" if not habits.hyphenates and told and not without else HYPHEN)
    if with_it and len(word) > 1:
        return "", ""
    if word[-1] in ")]}":
        return "", ("" if told and not column.breaks else BETWEEN)
    if told or (not column.breaks and column.never_after(word)):
        return "", ""
    if word in ("/", "|", "–", "—"):
        return " ", ""
    return "", BETWEEN


def _within_word(word: str, rest: str, habits: Habits, column: ColumnHabits, *, told: bool) -> tuple[str, str]:
    """Between a line that is one word and full, and the next; ``told`` as above."""
    if _NEW_VALUE.match(rest) and not word.endswith(("(", "[", ":")):
        return "\n", ("" if _HEX.fullmatch(word) or _BITS.fullmatch(word) else BROKEN)
    if _HEX.fullmatch(word) and _HEX_REST.fullmatch(rest):
        return "", ""
    if _BITS.fullmatch(word) and _BITS_REST.fullmatch(rest):
        return "", ""
    whole, first, second = plain_word(word + rest), plain_word(word), plain_word(rest)
    if whole in habits.words and not {first, second} <= habits.words:
        return "", ""
    if not column.breaks and (told or (rest[0] != "(" and not _is_open(word) and column.never_after(word))):
        return "", ""
    inner = word.rpartition("(")[2]
    if inner and not column.breaks and rest[0].islower() and second not in habits.words and column.never_after(inner):
        return "", ""
    if (_OF_OBIS.fullmatch(word) and _OBIS.fullmatch(word + rest)) or _INDEX.fullmatch(word):
        return "", ""
    if (
        len(rest) == 1
        and rest.islower()
        and rest != "a"
        and len(word) > 5
        and word.isalpha()
        and first not in habits.words
    ):
        return "", ""
    if _LONG_NUMBER.fullmatch(word) and rest[:1].isdigit():
        return "", ""
    if _CLOSES.match(rest) or (_OPENS.fullmatch(word) and rest[:1].isalnum()):
        return "", ""
    if word.endswith(".") and rest[:1].islower() and _IDENTIFIER.fullmatch(rest + word[:-1]):
        return "", ""
    if not {first, second} & habits.words and rest[:1].islower() and word[-1].isalpha() and _IDENTIFIER.fullmatch(rest):
        return "", ""
    return "", BROKEN
