"""Patterns of XML Schema: matching, the lengths that they allow, the few texts of a plain one, and examples.

A pattern always matches a whole text (XML Schema Part 2, 4.3.4). Where it means the same in Python it is used as it
is; otherwise elementpath translates it, after the classes of characters that elementpath (5.1.4) reads as Python does
are spelt out: ``\\s`` is four characters, and ``\\w`` all but punctuation, separators and controls (appendix F.1.1).
"""

from __future__ import annotations

import importlib
import itertools
import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from gbcscheck.domains.regular import Walked, bounded
from gbcscheck.limits import PATTERN

EXAMPLES = 64
"""Number of candidates that are tried for an example of a pattern."""

_QUANTIFIER = r"(?:[?*+]|\{\d+(?:,\d*)?\})?"
_CLASS = r"\[\^?(?:[^\\\[\]^]|\\[-\\\[\]^.nrt])+\]"
_SAME_IN_PYTHON = (
    rf"(?!.*(?:--|&&|~~|\|\|))(?:(?:[^\\^$.\[\](){{}}?*+|]|\\[-\\|.?*+(){{}}\[\]^nrt]|{_CLASS}|\)){_QUANTIFIER}|\(|\|)*"
)
_PLAIN = r"[^\\^$.\[\](){}?*+]+"
LONGEST_COUNT = 1000
"""The greatest count of repetitions that every engine takes; RE2 takes no greater one."""
_LONGEST_REPEAT = 4096
_LONGEST_EXAMPLE = 1 << 16
_FILLERS = "A0 a-~é\n\u0100"


_WORD, _NO_WORD = r"\p{L}\p{M}\p{N}\p{S}", r"\p{P}\p{Z}\p{C}"
"""The classes of characters of a word, and the others: together all there are."""
_NO_BLANK = "\x01-\x08\x0b\x0c\x0e-\x1f!-\U0010ffff"
_INSIDE = {"d": r"\p{Nd}", "D": r"\P{Nd}", "s": " \\t\\n\\r", "S": _NO_BLANK, "w": _WORD, "W": _NO_WORD}
"""What an escape of several characters stands for within brackets."""


class BadPattern(ValueError):
    """Not a regular expression of XML Schema."""


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str] | Walked:
    """The pattern for ``fullmatch``, which takes a bounded time whatever the text is. Raises BadPattern.

    >>> bool(compiled("[0-9]{2}").fullmatch("12")), bool(compiled("a^b").fullmatch("a^b"))
    (True, True)
    """
    if len(pattern) > PATTERN.most:
        raise BadPattern(PATTERN.problem(len(pattern)))
    try:
        if re.fullmatch(_SAME_IN_PYTHON, pattern, re.DOTALL):
            return bounded(re.compile(pattern))
        from elementpath.regex import RegexError, translate_pattern

        try:
            translated = translate_pattern(
                _spelt_out(pattern), back_references=False, lazy_quantifiers=False, anchors=False
            )
        except RegexError as error:
            raise BadPattern(str(error)) from None
        return bounded(re.compile(translated))
    except (re.error, OverflowError, RecursionError) as error:
        raise BadPattern(f"not a pattern of XML Schema: {error}") from None


def is_same_in_ascii(pattern: str) -> bool:
    """Whether a pattern means the same to every engine of regular expressions, of texts of printable ASCII characters:
    it names such characters alone, in classes and groups, and repeats nothing more than 1,000 times by count.

    >>> is_same_in_ascii("[ -~]{1,22}|A"), is_same_in_ascii("[0-9]{1,1001}"), is_same_in_ascii("\\\\d")
    (True, False, False)
    """
    if not (pattern.isascii() and pattern.isprintable() and re.fullmatch(_SAME_IN_PYTHON, pattern)):
        return False
    counts = [int(count) for count in re.findall(r"[{,]([0-9]+)(?=[,}])", pattern)]
    of_groups = [int(count) for count in re.findall(r"\)\{(?:[0-9]+,)?([0-9]+)", pattern)]
    return math.prod(of_groups) * max(counts, default=1) <= LONGEST_COUNT  # within each other they multiply


def _spelt_out(pattern: str) -> str:
    """A pattern with what its escapes for blanks and words stand for.

    >>> _spelt_out(r"\\w[\\s-]")
    '[\\\\p{L}\\\\p{M}\\\\p{N}\\\\p{S}][ \\\\t\\\\n\\\\r-]'
    """
    depth = 0
    pieces = []
    for piece in re.findall(r"\\.|[^\\]|\\$", pattern, re.DOTALL):
        depth += (piece == "[") - (piece == "]")
        known = _INSIDE.get(piece[1:]) if piece[0] == "\\" else None
        pieces.append(piece if known is None else known if depth > 0 else f"[{known}]")
    return "".join(pieces)


def listed_by(pattern: str) -> tuple[str, ...] | None:
    """The texts that a pattern without any wildcard lists; None for every other pattern.

    >>> listed_by("plain|encrypted")
    ('plain', 'encrypted')
    """
    branches = pattern.split("|")
    return tuple(branches) if all(re.fullmatch(_PLAIN, branch) or not branch for branch in branches) else None


def widths(pattern: str) -> tuple[int, int | None]:
    """The least and the greatest length of a text that a pattern can match; no text outside of them matches."""
    low, high = tree(pattern).getwidth()
    return low, None if high >= 1 << 30 else high


@lru_cache(maxsize=512)
def tree(pattern: str) -> Any:
    """The parse tree of a pattern as Python reads its translation."""
    parser: Any = importlib.import_module("re._parser")
    return parser.parse(compiled(pattern).pattern)


@lru_cache(maxsize=512)
def examples(pattern: str, length: int) -> tuple[str, ...]:
    """A few texts that match, at least one of about ``length`` characters where repetition allows; maybe none."""
    match = compiled(pattern).fullmatch
    candidates = itertools.islice(_sequence(list(tree(pattern)), length), EXAMPLES)
    try:
        return tuple(dict.fromkeys(text for text in candidates if match(text)))
    except RecursionError:  # a row of a thousand nodes
        return ()


def _sequence(nodes: list[Any], length: int) -> Iterator[str]:
    """Candidates for nodes in a row; the first repetition that can grow takes up what is missing to ``length``."""
    if not nodes:
        yield ""
        return
    head, rest = nodes[0], nodes[1:]
    for start in _node(head, length):
        for end in itertools.islice(_sequence(rest, max(0, length - len(start))), 4):
            yield start + end


def _node(node: Any, length: int) -> Iterator[str]:
    operator, argument = str(node[0]), node[1]
    if operator == "LITERAL":
        yield chr(argument)
    elif operator == "IN":
        yield from _characters(argument)
    elif operator in ("ANY", "NOT_LITERAL"):
        yield from (c for c in _FILLERS if c != "\n" and (operator == "ANY" or ord(c) != argument))
    elif operator == "BRANCH":
        for branch in argument[1]:
            yield from itertools.islice(_sequence(list(branch), length), 8)
    elif operator == "SUBPATTERN":
        yield from _sequence(list(argument[-1]), length)
    elif operator.endswith("REPEAT"):
        yield from _repeat(argument, length)
    elif operator == "AT":
        yield ""


def _repeat(argument: Any, length: int) -> Iterator[str]:
    low, high, body = argument
    items = list(itertools.islice(_sequence(list(body), 0), 3))
    if low > _LONGEST_REPEAT or not items:
        return
    wanted = length // max(1, len(items[0]))
    counts = dict.fromkeys((max(low, min(wanted, int(high), _LONGEST_REPEAT)), low, min(low + 1, int(high))))
    for count in counts:
        yield from (item * count for item in items if count * len(item) <= _LONGEST_EXAMPLE)


def _characters(parts: list[Any]) -> Iterator[str]:
    """A few characters of a class."""
    if str(parts[0][0]) == "NEGATE":
        yield from _FILLERS
        return
    for operator, argument in parts:
        if str(operator) == "LITERAL":
            yield chr(argument)
        elif str(operator) == "RANGE":
            low, high = argument
            yield from (chr(c) for c in dict.fromkeys((low, high)))
        else:
            yield from _FILLERS
