"""Lark parsers of the cells of the specifications, built when a cell of their kind is first read.

Every kind of cell has a grammar (``<kind>.lark``) and a module that turns its tree into values. A text that the grammar
does not read is refused with the place and with what was expected there, in plain words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from gbcscheck.notation.errors import NotationError

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

Builders = Mapping[str, Callable[..., Any]]
"""What each rule of a grammar stands for: a function of the rule's children (tokens and built values)."""


NOUNS = {
    "attribute_path": "an attribute path",
    "clause": "a sentence of a form that is read",
    "dlms_constant": "a constant value",
    "dlms_type": "a DLMS data type",
    "gbz_component": "a GBZ component",
    "gbz_element": "a GBZ element",
    "gbz_octets": "a number of octets",
    "gbz_value": "a GBZ value",
    "object_type": "a data type of the Objects sheet",
    "table_value": "a setting",
    "use_case": "a cell of the use case table",
    "zcl_identifier": "a name and its identifier",
    "zcl_parameter": "a ZCL parameter",
    "zcl_type": "a ZCL data type",
}
"""What a text of each grammar is, for people."""


LONGEST = 2000
"""A longer text is refused unread; the longest of these cells in the published tables has 248 characters."""


class Refusal(Exception):
    """What a builder raises of a token that the grammar reads and that cannot be meant; becomes a NotationError."""

    def __init__(self, token: str, problem: str) -> None:
        super().__init__(problem)
        self.start: int = getattr(token, "start_pos", 0) or 0
        self.end = self.start + len(token)
        self.problem = problem


@cache
def parser(kind: str, start: str = "start") -> Lark:
    """The LALR parser of ``<kind>.lark`` from the rule ``start``."""
    from lark import Lark

    return Lark.open_from_package(
        "gbcscheck.notation", f"{kind}.lark", parser="lalr", lexer="contextual", maybe_placeholders=False, start=start
    )


def read(kind: str, text: str, builders: Builders, words: Mapping[str, str], start: str = "start") -> Any:
    """Parse ``text`` by ``<kind>.lark`` and build its value.

    ``words`` names the grammar's terminals for people. Raises NotationError with the place in the text.
    """
    from lark import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

    if len(text) > LONGEST:
        raise NotationError(f"{len(text)} characters are too many for {NOUNS[kind]}", text, end=LONGEST)
    try:
        return build(parser(kind, start).parse(text), builders)
    except Refusal as refusal:
        raise NotationError(refusal.problem, text, start=refusal.start, end=refusal.end) from None
    except UnexpectedCharacters as error:
        place, terminals = error.pos_in_stream or 0, set(error.allowed or ())
    except UnexpectedToken as error:
        place = len(text) if error.token.type == "$END" else error.pos_in_stream or 0
        terminals = set(error.accepts or error.expected)
    except UnexpectedInput as error:
        place, terminals = error.pos_in_stream or 0, set()
    problem = "the text ends too early" if place >= len(text) else f"not {NOUNS[kind]}"
    expected = plain_words(parser(kind, start), terminals, words)
    raise NotationError(problem, text, start=place, end=_word_end(text, place), expected=expected)


def build(tree: Tree[Token], builders: Builders) -> Any:
    """Fold a parse tree from its leaves: each rule's function gets what its children were built into."""
    children = [child if isinstance(child, str) else build(child, builders) for child in tree.children]
    return builders[tree.data](*children)


def methods(reader: object) -> Builders:
    """The public methods of an object as builders, each of the rule of its name."""
    return {name: getattr(reader, name) for name in dir(reader) if not name.startswith("_")}


def plain_words(lark: Lark, terminals: set[str], words: Mapping[str, str]) -> tuple[str, ...]:
    """Terminals in plain words (a number, '|', the end of the text), always in the same order."""
    patterns = {terminal.name: terminal.pattern.value.replace("\\", "") for terminal in lark.terminals}
    named = [words[name] for name in words if name in terminals]
    literal = sorted(f"'{patterns.get(name, name)}'" for name in terminals - set(words) - {"BLANKS", "$END"})
    end = ["the end of the text"] if "$END" in terminals else []
    return tuple(dict.fromkeys([*named, *literal, *end]))


def _word_end(text: str, start: int) -> int:
    """Where the word that begins at ``start`` ends."""
    end = start
    while end < len(text) and not text[end].isspace():
        end += 1
    return max(end, start + 1)


def whole_number(token: str) -> int:
    """The number of a NUMBER: decimal, ``0x`` or ``0b``, in either case, with or without a sign."""
    digits = token.lstrip("+-").lower()
    base = {"0x": 16, "0b": 2}.get(digits[:2], 10)
    value = int(digits, base)
    return -value if token.startswith("-") else value


def note_text(token: str) -> str:
    """What stands in a pair of parentheses."""
    return token[1:-1].strip()
