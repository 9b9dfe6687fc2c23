"""TOML texts that anybody may have written: looked through before they are parsed, and where their statements end.

The library that reads TOML goes down into brackets by calling itself, and takes a time and a memory that grow with the
square of the parts of a key; neither is asked of it beyond what is of use.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from gbcscheck.errors import UnreadableSource, too_deep
from gbcscheck.inputs.files import read_octets
from gbcscheck.limits import KEY_PARTS, NESTING, TOML_OCTETS

_TOKEN = re.compile(r"\"\"\"|'''|[\"']|#[^\n]*|[\[\]{}.=,\n]")
_CLOSING = {
    '"""': re.compile(r'(?:[^"\\]++|\\.|"(?!""))*+"{3,5}', re.DOTALL),
    "'''": re.compile(r"(?:[^']++|'(?!''))*+'{3,5}"),
    '"': re.compile(r'(?:[^"\\\n]++|\\.)*+"'),
    "'": re.compile(r"[^'\n]*+'"),
}
"""What is left of a string, from behind its opening quotes to its end."""
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


class NotToml(UnreadableSource):
    """A text is not valid TOML."""


def read_toml(path: Path) -> str:
    """The text of a TOML file, with its line ends as they are.

    Raises UnreadableSource where it cannot be read, is too large or not UTF-8; an empty file is a TOML file.
    """
    where = str(path)
    content = b"" if _is_empty(path) else read_octets(path, where=where, limit=TOML_OCTETS)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableSource(f"not UTF-8 at offset {error.start}", where=f"{where}:{line}") from None


def _is_empty(path: Path) -> bool:
    try:
        return path.is_file() and path.stat().st_size == 0
    except (OSError, ValueError):
        return False


def parse_toml(text: str, *, where: str) -> dict[str, Any]:
    """The document of a TOML text.

    Raises NotToml with the line of the fault, and OverLimit where brackets nest too deeply or a key has too many parts.
    """
    if text.startswith("\ufeff"):
        problem = "it begins with a byte order mark; UTF-8 without one was expected"
        raise NotToml(f"not valid TOML: {problem}", where=f"{where}:1")
    statement_ends(text, where=where)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = _PLACE.search(message)
        line = text.count("\n") + 1 if place is None or place[1] is None else int(place[1])
        reason = message[: place.start()] if place else message
        raise NotToml(f"not valid TOML: {reason}", where=f"{where}:{line}") from None
    except ValueError as error:
        line, problem = _faulty_line(text), str(error)
        if "int_max_str_digits" in problem:
            problem = "a number with too many digits"
        raise NotToml(f"not valid TOML: {problem}", where=f"{where}:{line}" if line else where) from None
    except RecursionError:  # where the limit was raised
        raise NotToml(too_deep("nested"), where=where) from None


def statement_ends(text: str, *, where: str) -> list[int]:
    """How many lines there are up to the end of each statement, blank line and comment: a line ends none where a
    bracket or a string is open. Of a string that never closes, the rest of the text is.

    Raises OverLimit as ``parse_toml`` does.
    """
    last_lines: list[int] = []
    line, depth, dots, position = 1, 0, 0, 0
    while mark := _TOKEN.search(text, position):
        token, position = mark.group(), mark.end()
        if token in _CLOSING:
            closed = _CLOSING[token].match(text, position)
            if closed is None:
                break
            line += text.count("\n", position, closed.end())
            position = closed.end()
        elif token == "\n":
            if depth <= 0:
                last_lines.append(line)
            line, dots = line + 1, 0
        elif token in "[{":
            depth, dots = depth + 1, 0
            NESTING.hold(depth, where=f"{where}:{line}")
        elif token in "]}":
            depth -= 1
        elif token == ".":
            dots += 1
            KEY_PARTS.hold(dots + 1, where=f"{where}:{line}")
        else:  # a comma, an equals sign or a comment: what follows is another key or a value
            dots = 0
    last_lines.append(text.count("\n") + 1)
    return last_lines


def _faulty_line(text: str) -> int:
    """The line of the statement that Python refuses; 0 where no single one is to blame."""
    lines, first = text.split("\n"), 0
    for last in statement_ends(text, where=""):
        try:
            tomllib.loads("\n".join(lines[first:last]))
        except tomllib.TOMLDecodeError:
            pass
        except ValueError:
            return first + 1
        first = last
    return 0
