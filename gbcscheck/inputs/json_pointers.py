"""The lines of a JSON text, found in one pass over it: where every value begins, and where a name stands again."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from gbcscheck.inputs.json_places import escape_token

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,\n]|[^\s{}\[\]:,"]+')


def lines_by_pointer(text: str) -> Mapping[str, int]:
    """Lines (from 1) by JSON pointer; of a name that is given twice the last counts, as for a JSON reader.

    ``text`` is valid JSON.

    >>> lines_by_pointer('{"a":\\n [1,\\n 2]}')
    {'': 1, '/a': 2, '/a/0': 2, '/a/1': 3}
    """
    found: dict[str, int] = {}
    open_: list[tuple[str, bool]] = []  # pointer and whether it is an object
    counts: list[int] = []
    line, key, pointer = 1, "", ""
    expects_key = False
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token == "\n":
            line += 1
            continue
        if token in "}]":
            open_.pop()
            counts.pop()
            expects_key = False
            continue
        if token == ",":
            counts[-1] += 1
            expects_key = open_[-1][1]
            continue
        if token == ":":
            continue
        if expects_key:
            key = json.loads(token)
            expects_key = False
            continue
        if open_:
            parent, is_object = open_[-1]
            pointer = f"{parent}/{escape_token(key)}" if is_object else f"{parent}/{counts[-1]}"
        found[pointer] = line
        if token in "{[":
            open_.append((pointer, token == "{"))
            counts.append(0)
            expects_key = token == "{"
    return found


def repeated_name(text: str) -> tuple[str, int, int]:
    """The first name that stands twice in one object of a JSON text, with its line (from 1) and that of its first
    place; an empty one, and the lines 0, where each stands once. ``text`` need not be valid behind that name.

    >>> repeated_name('{"a": 1,\\n "b": {"a": 2},\\n "a": 3}')
    ('a', 3, 1)
    """
    open_: list[dict[str, int] | None] = []  # the lines of the names of an object so far; None for a list
    line, expects_name = 1, False
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token == "\n":
            line += 1
        elif token in "{[":
            open_.append({} if token == "{" else None)
            expects_name = token == "{"
        elif token in "}]":
            open_.pop()
            expects_name = False
        elif token == ",":
            expects_name = open_[-1] is not None
        elif expects_name and token != ":":
            name = json.loads(token)
            names = open_[-1]
            assert names is not None
            if name in names:
                return name, line, names[name]
            names[name] = line
            expects_name = False
    return "", 0, 0
