"""The canonical notation of domains: one text for every set of values, read and written.

``0..255``, ``0..6.5535 step 0.0001``, ``0..1799 s``, ``"A" | "B"``, ``text(1..20) matching "[0-9]+"``, ``0b1111111``,
``bits(7)``, ``0x000001FFFF``, ``octets(0..12)``, ``list(0..255, 1..2)``, ``{a: 0..1, b: text}``,
``time(hour 0..23, hundredths 255)``, ``xs:time(zone 0)``, ``any``, ``none``. The grammar is in ``canonical.lark``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.domains import Domain
from gbcscheck.domains.printing import print_domain
from gbcscheck.domains.value_text import print_value
from gbcscheck.limits import BRACKETS, DOMAIN
from gbcscheck.notation.canonical_builder import Refused
from gbcscheck.notation.canonical_plain import plain
from gbcscheck.notation.errors import NotationError

if TYPE_CHECKING:
    from lark import Lark
    from lark.exceptions import UnexpectedInput

__all__ = ["NotationError", "parse_by_grammar", "parse_domain", "print_domain", "print_value"]


@lru_cache(maxsize=16384)
def parse_domain(text: str) -> Domain:
    """The domain that a text in the canonical notation stands for.

    Raises NotationError, which shows the place. ``parse_domain(print_domain(d)) == d`` for every domain.

    >>> parse_domain("0..10 | 20").contains(20)
    True
    """
    _hold_length(text)
    domain = plain(text)
    return parse_by_grammar(text) if domain is None else domain


# --- the grammar -----------------------------------------------------------------------------------------------------


def parse_by_grammar(text: str) -> Domain:
    """What ``parse_domain`` does, always by the grammar and without a memory."""
    _check_size(text)
    from lark.exceptions import UnexpectedInput

    try:
        domain = _parser().parse(text)
    except UnexpectedInput as error:
        raise _unexpected(text, error) from None
    except Refused as refused:
        raise NotationError(
            refused.problem, text, start=refused.start, end=refused.end, expected=refused.expected
        ) from None
    assert isinstance(domain, Domain)
    return domain


@cache
def _parser() -> Lark:
    from lark import Lark

    from gbcscheck.notation.canonical_builder import Builder

    grammar = Path(__file__).with_name("canonical.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer="contextual", transformer=Builder())


_BRACKETS = r'"(?:[^"\\]|\\.)*"|[(){}]'


def _hold_length(text: str) -> None:
    if len(text) > DOMAIN.most:
        raise NotationError(DOMAIN.problem(len(text)), text, end=1)


def _check_size(text: str) -> None:
    _hold_length(text)
    depth = 0
    for match in re.finditer(_BRACKETS, text, re.DOTALL):
        token = match.group()
        depth += (token in "({") - (token in ")}")
        if depth > BRACKETS.most:
            raise NotationError(BRACKETS.problem(depth), text, start=match.start(), end=match.end())


# --- errors ----------------------------------------------------------------------------------------------------------

_START = 'a set of values (0..255, 1 | 2, "A", 0x0E, 0b01, text(1..20), any, ...)'
_TERMINALS = {
    "NUMBER": "a number",
    "DOTS": '".."',
    "TEXT": "a text in quotation marks",
    "OCTETS": "octets, as 0x0E",
    "BITS": "bits, as 0b01",
    "UNIT": "a unit",
    "NAME": "the name of a field",
    "STEP": '"step"',
    "MATCHING": '"matching"',
    "ANY": '"any"',
    "VBAR": '"|"',
    "LPAR": '"("',
    "RPAR": '")"',
    "LBRACE": '"{"',
    "RBRACE": '"}"',
    "COMMA": '","',
    "COLON": '":"',
    "$END": "the end",
}
_STARTING = frozenset({"NUMBER", "OCTETS", "BITS", "TEXT", "PRODUCT"})


def _expected(terminals: set[str]) -> tuple[str, ...]:
    """What could stand at a place, in plain words and a stable order."""
    words = []
    if terminals >= _STARTING:
        words.append(_START)
        terminals = terminals & {"RPAR", "RBRACE", "VBAR", "COMMA", "$END"}
    words.extend(words_ for name, words_ in _TERMINALS.items() if name in terminals)
    return tuple(words)


def _unexpected(text: str, error: UnexpectedInput) -> NotationError:
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken

    start = end = len(text)
    terminals: set[str] = set()
    if isinstance(error, UnexpectedToken):
        terminals = set(error.accepts or error.expected)
        if error.token.type != "$END" and error.token.start_pos is not None:
            start = error.token.start_pos
            end = start + len(error.token)
    elif isinstance(error, UnexpectedCharacters):
        terminals = set(error.allowed or ())
        start = error.pos_in_stream or 0
        end = start + 1
    if not text.strip():
        problem = "there is nothing here"
    elif start >= len(text):
        problem = "something is missing at the end"
    elif text[start] == '"' and end == start + 1:
        problem = "this quotation mark is never closed, or what follows has an unknown escape"
    else:
        problem = f"{text[start:end]!r} cannot stand here"
    return NotationError(problem, text, start=start, end=end, expected=_expected(terminals))
