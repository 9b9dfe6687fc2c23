"""Regular expressions held against a text without ever going back in it.

Python's own engine tries one way after the other: nested repetition, as in ``(a+)+b``, makes it try a number of ways
that doubles with every character. Patterns of XML Schema are regular, so all ways can be followed at once: what is kept
is the set of places that have been reached. That is slower for most patterns, and is done for those only that could
cost much otherwise.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Sequence
from typing import Any

from gbcscheck.limits import PATTERN_STEPS, OverLimit

_CHEAP = 1_000_000
"""Ways through a pattern up to which Python's engine is left to try them."""
_ENDLESS = 10_000
"""What a repetition without an end counts for."""
_CATEGORIES = {
    f"CATEGORY_{'NOT_' if negated else ''}{name}": re.compile(sign.upper() if negated else sign)
    for name, sign in (("DIGIT", r"\d"), ("SPACE", r"\s"), ("WORD", r"\w"))
    for negated in (False, True)
}
_SINGLE = frozenset(("LITERAL", "NOT_LITERAL", "ANY", "IN"))
_KNOWN = _SINGLE | {"BRANCH", "SUBPATTERN", "MAX_REPEAT", "AT", "ASSERT", "ASSERT_NOT"}

Nodes = Sequence[tuple[Any, Any]]


def bounded(expression: re.Pattern[str]) -> re.Pattern[str] | Walked:
    """The expression itself where Python's engine is quick with it on every text, else one that takes no step back."""
    parser: Any = importlib.import_module("re._parser")
    nodes = list(parser.parse(expression.pattern, expression.flags))
    if ways(nodes) <= _CHEAP or not _is_known(nodes):
        return expression
    return Walked(expression.pattern, nodes)


def ways(nodes: Nodes) -> int:
    """At most how many ways through a pattern there are for one text; beyond what is cheap, any number that is too."""
    product = 1
    for operator, argument in nodes:
        product = min(product * _ways(str(operator), argument), _CHEAP + 1)
    return product


def _ways(operator: str, argument: Any) -> int:
    if operator == "BRANCH":
        return sum(ways(list(branch)) for branch in argument[1])
    if operator == "SUBPATTERN":
        return ways(list(argument[-1]))
    if operator.startswith("ASSERT"):
        return ways(list(argument[1]))
    if operator.endswith("REPEAT"):
        low, high, body = argument
        most = min(int(high), _ENDLESS)
        inside = ways(list(body))
        return (most - min(int(low), most) + 1) * (inside ** min(most, 40) if inside > 1 else 1)
    return 1


def _is_known(nodes: Nodes) -> bool:
    return all(
        str(operator) in _KNOWN and all(_is_known(inner) for inner in _inside(str(operator), argument))
        for operator, argument in nodes
    )


def _inside(operator: str, argument: Any) -> list[Nodes]:
    if operator == "BRANCH":
        return [list(branch) for branch in argument[1]]
    if operator in ("SUBPATTERN", "MAX_REPEAT"):
        return [list(argument[-1])]
    return [list(argument[1])] if operator.startswith("ASSERT") else []


class Walked:
    """A regular expression whose matching takes a number of steps that the text and the expression bound.

    >>> bool(Walked.of("(a+)+b").fullmatch("a" * 60)), bool(Walked.of("(a+)+b").fullmatch("a" * 60 + "b"))
    (False, True)
    """

    __slots__ = ("_nodes", "pattern")

    def __init__(self, pattern: str, nodes: Nodes) -> None:
        self.pattern = pattern
        self._nodes = nodes

    @classmethod
    def of(cls, pattern: str) -> Walked:
        """A pattern as Python writes it."""
        parser: Any = importlib.import_module("re._parser")
        return cls(pattern, list(parser.parse(pattern)))

    def fullmatch(self, text: str) -> bool | None:
        """True where the whole text matches, else None; OverLimit where that is too much to find out."""
        return len(text) in _Walk(text).match_ends(self._nodes, {0}) or None

    def match(self, text: str) -> bool | None:
        """True where the beginning of the text matches, else None."""
        return bool(_Walk(text).match_ends(self._nodes, {0})) or None


class _Walk:
    """One text, and how many steps have been taken in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._steps = 0
        self._most = PATTERN_STEPS.most

    def match_ends(self, nodes: Nodes, starts: set[int]) -> set[int]:
        """Where nodes in a row may end, begun at any of some places."""
        for operator, argument in nodes:
            if not starts:
                break
            self._steps += len(starts)
            if self._steps > self._most:
                raise OverLimit(PATTERN_STEPS.problem(self._most, more=True))
            starts = self._after(str(operator), argument, starts)
        return starts

    def _after(self, operator: str, argument: Any, starts: set[int]) -> set[int]:
        if operator in _SINGLE:
            text = self._text
            return {at + 1 for at in starts if at < len(text) and _holds(operator, argument, text[at])}
        if operator == "BRANCH":
            return set().union(*(self.match_ends(list(branch), starts) for branch in argument[1]))
        if operator == "SUBPATTERN":
            return self.match_ends(list(argument[-1]), starts)
        if operator == "MAX_REPEAT":
            low, high, body = argument
            return self._repeated(int(low), int(high), list(body), starts)
        if operator == "AT":
            return {at for at in starts if self._is_at(str(argument), at)}
        wanted = operator == "ASSERT"
        return {at for at in starts if bool(self.match_ends(list(argument[1]), {at})) is wanted}

    def _repeated(self, low: int, high: int, nodes: Nodes, starts: set[int]) -> set[int]:
        for _ in range(low):
            before, starts = starts, self.match_ends(nodes, starts)
            if starts == before:
                break
        found, newest, count = set(starts), starts, low
        while newest and count < high:
            newest = self.match_ends(nodes, newest) - found
            found |= newest
            count += 1
        return found

    def _is_at(self, where: str, at: int) -> bool:
        if where in ("AT_BEGINNING", "AT_BEGINNING_STRING"):
            return at == 0
        rest = self._text[at : at + 2]
        return not rest or (where == "AT_END" and rest == "\n")


def _holds(operator: str, argument: Any, character: str) -> bool:
    """Whether a node that stands for one character stands for this one."""
    if operator == "LITERAL":
        return ord(character) == int(argument)
    if operator == "NOT_LITERAL":
        return ord(character) != int(argument)
    if operator == "ANY":
        return character != "\n"
    negated = str(argument[0][0]) == "NEGATE"
    return any(_is_of(str(kind), value, character) for kind, value in argument[negated:]) is not negated


def _is_of(kind: str, value: Any, character: str) -> bool:
    if kind == "LITERAL":
        return ord(character) == int(value)
    if kind == "RANGE":
        return bool(value[0] <= ord(character) <= value[1])
    return _CATEGORIES[str(value)].match(character) is not None
