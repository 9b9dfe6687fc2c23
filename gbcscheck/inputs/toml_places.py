"""Lines of a TOML text: where a table begins and where a key stands. The library that reads TOML does not tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from typing import Any

from gbcscheck.inputs.toml_text import statement_ends

Path = tuple[str | int, ...]
"""Keys from the root, and the number (from 0) of an entry in an array of tables."""

QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
HEADER = re.compile(r"\s*(\[\[?)")


def lines_of(text: str) -> dict[Path, int]:
    """The line (from 1) of every table's header and of every key that stands outside arrays and inline tables.

    ``text`` is valid TOML.
    """
    found: dict[Path, int] = {}
    entries: dict[Path, int] = {}
    table: Path = ()
    text = text.replace("\r\n", "\n")
    lines = text.split("\n")
    first = after = 0
    for end in statement_ends(text, where=""):
        first, after = after, end
        header = HEADER.match(lines[first])
        keys = _keys(tomllib.loads("\n".join(lines[first:after])))
        if header:
            table = _table(keys, entries, is_entry=header[1] == "[[")
            found.setdefault(table, first + 1)
        else:
            for length in range(1, len(keys) + 1):
                found.setdefault((*table, *keys[:length]), first + 1)
    return found


def line_of(lines: dict[Path, int], path: Path) -> int:
    """The line of a place, or of the nearest one around it that has a line; 1 where there is none."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return 1


def places_of_texts(text: str, wanted: Iterable[str], *, where: str) -> dict[str, str]:
    """The place of each of some texts in a TOML file, ``where:line``: the first line on which it stands in quotes as it
    is; the file alone where it is written otherwise."""
    found = dict.fromkeys(wanted, where)
    for number, line in enumerate(text.splitlines(), 1):
        for double, single in QUOTED.findall(line):
            if found.get(double or single) == where:
                found[double or single] = f"{where}:{number}"
    return found


def _table(keys: tuple[str, ...], entries: dict[Path, int], *, is_entry: bool) -> Path:
    """The path of the table that a header opens, with the numbers of the entries around it."""
    table: Path = ()
    for key in keys[:-1]:
        table = (*table, key)
        if table in entries:
            table = (*table, entries[table])
    table = (*table, *keys[-1:])
    if is_entry:
        entries[table] = entries.get(table, -1) + 1
        table = (*table, entries[table])
    return table


def _keys(document: Any) -> tuple[str, ...]:
    """The keys of a document of one statement; those inside its value may be among them."""
    keys: list[str] = []
    while isinstance(document, dict) and len(document) == 1:
        key, document = next(iter(document.items()))
        keys.append(key)
        if isinstance(document, list) and document and isinstance(document[0], dict):
            document = document[0]
    return tuple(keys)
