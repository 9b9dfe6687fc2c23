"""JSON and YAML without loss: decimals exact, names that an object has twice kept in mind, nothing without bounds."""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from gbcscheck.errors import UnreadableSource

if TYPE_CHECKING:
    from gbcscheck.inputs.yaml_values import YamlText

DEEPEST = 24
"""Brackets within brackets; configurations need six."""
LONGEST_EXPONENT = 100
_ONE_VALUE = re.compile(rb"[-+.0-9eE]+|true|false|null")


class Repeated(dict[str, Any]):
    """An object of which a JSON text gives some name twice."""

    twice: tuple[str, ...] = ()


def read_json(text: str, *, where: str) -> Any:
    """The JSON value of a text; numbers with a point are Decimal, objects with repeated names Repeated.

    UnreadableSource, with the place behind ``where``, for what is no JSON, and for what is nested too deeply.
    """
    try:
        document = _DECODER.decode(text)
        if "\\ud" in text.casefold():
            json.dumps(document, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        raise UnreadableSource("half a character (a lone surrogate) in a text", where=where) from None
    except json.JSONDecodeError as error:
        place = f"{where}:{error.colno}" if text.count("\n") < 2 else f"{where}:{error.lineno}:{error.colno}"
        raise UnreadableSource(f"not valid JSON: {error.msg.lower()}", where=place) from None
    except RecursionError:
        raise UnreadableSource(f"nested more than {DEEPEST} deep", where=where) from None
    except ValueError as error:
        problem = "a number with too many digits" if "int_max_str_digits" in str(error) else str(error)
        raise UnreadableSource(f"not valid JSON: {problem}", where=where) from None
    if text.count("[") + text.count("{") > DEEPEST and _deeper(document, DEEPEST):
        raise UnreadableSource(f"nested more than {DEEPEST} deep", where=where)
    return document


def is_yaml(octets: bytes) -> bool:
    """Whether some octets are to be read as YAML and not as JSON, which begins with a bracket or is a single value."""
    start = octets.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return start not in (b"{", b"[", b'"', b"") and not _ONE_VALUE.fullmatch(octets.strip())


def read_yaml_documents(text: str, *, where: str) -> YamlText:
    """The documents of a YAML text, with numbers and objects as ``read_json`` has them; errors as there."""
    from gbcscheck.inputs.yaml_values import read_yaml

    return read_yaml(text, where=where, number=_decimal, pairs=_object, deepest=DEEPEST)


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text[:40]} is no number that can be kept") from None
    if abs(number.adjusted()) > LONGEST_EXPONENT and number:
        raise ValueError(f"the number {text[:40]} is beyond 10^{LONGEST_EXPONENT}")
    return number


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    repeated = Repeated(found)
    repeated.twice = tuple(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
    return repeated


_DECODER = json.JSONDecoder(parse_float=_decimal, parse_constant=_no_constant, object_pairs_hook=_object)


def _deeper(document: Any, most: int) -> bool:
    """Whether a value has more than ``most`` levels of brackets."""
    if not isinstance(document, dict | list):
        return False
    inner = document.values() if isinstance(document, dict) else document
    return most == 0 or any(_deeper(one, most - 1) for one in inner)
