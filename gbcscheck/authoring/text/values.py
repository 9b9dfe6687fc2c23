"""The values of text files where they stand: fields of CSV, texts of JSON, attributes and contents of XML."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from xml.sax.saxutils import escape, unescape

from gbcscheck.authoring.spans import NotMade
from gbcscheck.frozen import frozen
from gbcscheck.inputs.json_places import escape_token

_JSON = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,\n]|[^\s{}\[\]:,"]+')
_JSON_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
_OUTSIDE = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
"""What is no element of XML, whatever stands in it."""
_START_TAG = re.compile(r"""<(?![!?/])[^\s<>/]+((?:\s+[^\s=<>/]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(/?)>""")
_ATTRIBUTE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)')""")
_CONTENT = re.compile(r"([^<]*)</")
_QUOTES = {"&quot;": '"', "&apos;": "'"}
_NUMBERED = re.compile(r"&#(?:x([0-9A-Fa-f]+)|([0-9]+));")


@frozen
class Value:
    """A value as a file holds it: its characters from ``start`` to before ``end``, the text that they stand for, how
    another text is written in their place, and the name of the member of JSON that it is."""

    start: int
    end: int
    text: str
    write: Callable[[str], str]
    name: str = ""


# --- CSV -------------------------------------------------------------------------------------------------------------


def field_at(text: str, delimiter: str, row: int, column: int) -> Value:
    """The field of a row (from 1) and a column (from 0). NotMade where there is none."""
    for number, fields in enumerate(_rows(text, delimiter), start=1):
        if number == row:
            if column < len(fields):
                return fields[column]
            break
    raise NotMade("the file has no such cell")


def _rows(text: str, delimiter: str) -> Iterator[list[Value]]:
    """The fields of each row with their places; the quotes around a field belong to it."""
    start = 0
    while start < len(text):
        fields: list[Value] = []
        while True:
            end = _end_of_field(text, start, delimiter)
            fields.append(_field(text, start, end, delimiter))
            if not text.startswith(delimiter, end):
                break
            start = end + len(delimiter)
        start = end + (2 if text.startswith("\r\n", end) else 1)
        yield fields


def _end_of_field(text: str, start: int, delimiter: str) -> int:
    at = start
    if text.startswith('"', start):
        at = start + 1
        while at < len(text):
            if text[at] == '"':
                at += 1
                if not text.startswith('"', at):
                    break
            at += 1
    while at < len(text) and text[at] not in (delimiter, "\r", "\n"):
        at += 1
    return at


def _field(text: str, start: int, end: int, delimiter: str) -> Value:
    raw = text[start:end]
    if raw.startswith('"'):
        return Value(start, end, raw[1:].rpartition('"')[0].replace('""', '"'), _quoted)
    return Value(start, end, raw, lambda new: _plain_field(new, delimiter))


def _quoted(new: str) -> str:
    return '"' + new.replace('"', '""') + '"'


def _plain_field(new: str, delimiter: str) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator="\r\n").writerow([new, ""])
    return written.getvalue().removesuffix(f"{delimiter}\r\n")


# --- JSON ------------------------------------------------------------------------------------------------------------


def json_values_at(text: str, *, pointer: str | None = None, line: int | None = None) -> list[Value]:
    """The plain values at a JSON pointer or below it, or those of what begins on a line (from 1). ``text`` is valid
    JSON."""
    found: list[Value] = []
    open_: list[_Open] = []
    number, key = 1, ""
    expects_key = False
    for match in _JSON.finditer(text):
        token = match[0]
        if token == "\n":
            number += 1
        elif token in "}]":
            open_.pop()
            expects_key = False
        elif token == ",":
            open_[-1].count += 1
            expects_key = open_[-1].is_object
        elif token == ":":
            continue
        elif expects_key:
            key = json.loads(token)
            expects_key = False
        else:
            at = open_[-1].child(key) if open_ else ""
            meant = _is_at(at, pointer) if pointer is not None else line in (number, *(one.line for one in open_))
            if token in "{[":
                open_.append(_Open(at, token == "{", number))
                expects_key = token == "{"
            elif meant:
                found.append(_json_value(match, at.rpartition("/")[2]))
    return found


@dataclass(slots=True)
class _Open:
    """An object or a list that is not closed yet: its pointer, the line on which it begins, its members so far."""

    pointer: str
    is_object: bool
    line: int
    count: int = 0

    def child(self, key: str) -> str:
        return f"{self.pointer}/{escape_token(key) if self.is_object else self.count}"


def _is_at(pointer: str, wanted: str) -> bool:
    return pointer == wanted or pointer.startswith(f"{wanted}/")


def _json_value(match: re.Match[str], name: str) -> Value:
    token = match[0]
    is_text = token.startswith('"')
    is_escaped = is_text and "\\u" in token

    def write(new: str) -> str:
        bare = not is_text and bool(_JSON_NUMBER.fullmatch(new) or new in ("true", "false"))
        return new if bare else json.dumps(new, ensure_ascii=is_escaped)

    return Value(*match.span(), json.loads(token) if is_text else token, write, name)


# --- XML -------------------------------------------------------------------------------------------------------------


def xml_values_at(text: str, line: int) -> list[Value]:
    """The values of the attributes of each element whose start tag begins on a line (from 1), and the text of one that
    holds nothing but text. ``text`` is well-formed."""
    found: list[Value] = []
    for tag in _START_TAG.finditer(_OUTSIDE.sub(lambda match: " " * len(match[0]), text)):
        if text.count("\n", 0, tag.start()) + 1 == line:
            found.extend(_attributes(text, tag))
            content = _CONTENT.match(text, tag.end())
            if content and content[1].strip() and not tag[2]:
                found.append(Value(*content.span(1), _unescaped(content[1]), escape))
    return found


def _attributes(text: str, tag: re.Match[str]) -> Iterator[Value]:
    for match in _ATTRIBUTE.finditer(text, *tag.span(1)):
        group = 1 if match[1] is not None else 2
        quote = {'"': "&quot;"} if group == 1 else {"'": "&apos;"}
        yield Value(*match.span(group), _unescaped(match[group]), partial(escape, entities=quote))


def _unescaped(raw: str) -> str:
    numbered = _NUMBERED.sub(lambda found: chr(int(found[1], 16) if found[1] else int(found[2])), raw)
    return unescape(numbered, _QUOTES)
