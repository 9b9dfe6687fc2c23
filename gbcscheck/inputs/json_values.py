"""JSON read with the guards that a file of anybody needs."""

from __future__ import annotations

import json
import math
import re
from itertools import chain
from pathlib import Path
from typing import Any

from gbcscheck.errors import UnreadableSource, too_deep
from gbcscheck.inputs.files import read_octets
from gbcscheck.limits import NESTING

_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{}]', re.DOTALL)
"""A bracket of JSON, or a text, whose brackets are none."""


def load_json(path: Path, *, where: str | None = None) -> Any:
    """The JSON value of a file.

    Raises UnreadableSource with line and column for what is not JSON, with the line for a name that an object has
    twice, and for a missing, empty, oversized, too deeply nested or not UTF-8 encoded file.
    """
    return decode_json(read_octets(path, where=where), where=where or str(path))


def decode_json(content: bytes, *, where: str, trusted: bool = False, repeats: bool = False) -> Any:
    """JSON value of some octets, with the guards of ``load_json``; ``trusted`` content is known to nest no deeper and
    to name nothing twice. ``repeats``: an object may have a name twice, of which the last counts."""
    if content.startswith(b"PK"):
        from gbcscheck.inputs.kinds import looks_like

        raise UnreadableSource(f"{looks_like(content)}; a JSON file was expected", where=where)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableSource(
            f"not UTF-8: octet 0x{content[error.start]:02X} at offset {error.start}", where=f"{where}:{line}"
        ) from None
    try:
        once = None if trusted or repeats else _named_once
        document = json.loads(text, parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=once)
        if "\\ud" in text.casefold():
            json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise UnreadableSource("half a character (a lone surrogate) in a text", where=where) from None
    except RecursionError:
        if _brackets(text) > NESTING.most:
            raise NESTING.exceeded(where=where) from None
        raise UnreadableSource(too_deep("nested"), where=where) from None
    except json.JSONDecodeError as error:
        raise UnreadableSource(
            f"not valid JSON: {error.msg.lower()}", where=f"{where}:{error.lineno}:{error.colno}"
        ) from None
    except _Repeated:
        from gbcscheck.inputs.json_pointers import repeated_name

        name, line, first = repeated_name(text)
        raise UnreadableSource(
            f'"{name[:100]}" stands twice in one object, first in line {first}; a name has one value',
            where=f"{where}:{line}",
        ) from None
    except _TooLarge as error:
        raise UnreadableSource(str(error), where=where) from None
    except ValueError as error:
        problem = "a number with too many digits" if "int_max_str_digits" in str(error) else str(error)
        raise UnreadableSource(f"not valid JSON: {problem}", where=where) from None
    if not trusted:
        NESTING.hold(_depth(document), where=where)
    return document


def _brackets(text: str) -> int:
    """How deep brackets nest in a text that is too deep to be parsed."""
    depth = deepest = 0
    for mark in _BRACKET.finditer(text):
        sign = mark.group()
        depth += 1 if sign in "[{" else -1 if sign in "]}" else 0
        deepest = max(deepest, depth)
    return deepest


def _depth(document: Any) -> int:
    """How deep lists and objects nest in a JSON value."""
    depth, level = 0, [document]
    while level:
        within = (node.values() if node.__class__ is dict else node for node in level if node.__class__ in _NESTING)
        level = [one for one in chain.from_iterable(within) if one.__class__ in _NESTING]
        depth += 1
    return depth


_NESTING = (dict, list)


class _Repeated(ValueError):
    """An object of JSON that has a name twice."""


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Repeated
    return found


class _TooLarge(ValueError):
    """A number of JSON that is beyond what can be held."""


def _finite(text: str) -> float:
    """A number with a point or an exponent; ``1e999`` is one of JSON and none that can be held or written again."""
    number = float(text)
    if math.isinf(number):
        raise _TooLarge(f"{text[:40]} is too large a number to be read")
    return number


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")
