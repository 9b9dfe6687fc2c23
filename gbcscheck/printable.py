"""Text of documents made safe to print: no control character of it reaches a terminal, a log or a report as it is.

Documents, file names and configurations may hold escape sequences that move the cursor, characters that turn the
direction of writing, line separators, and halves of characters (a file name that is not UTF-8). In a report they stand
as escapes; in JSON as the escapes of JSON, so that values stay what they are.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

IN_JSON = re.compile(
    "[\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff0-\uffff\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Characters that JSON lets stand in a text and a terminal does not show: controls, format characters, separators of
lines and halves of characters (general categories Cc, Cf, Zl, Zp and Cs)."""

_COMMAND = re.compile(r"^(\s*):(?=:)|#(?=#\w*\[)", re.MULTILINE)
"""What the log of a build server takes for a command: a line that begins with ``::`` (GitHub's runner), and ``##[`` and
``##vso[`` (the same, and the agent of Azure)."""
_COMMAND_IN_JSON = re.compile(r"##(?=\w*\[)")


def clean(text: str) -> str:
    """A text that is safe to print: line breaks kept, other control and format characters written as escapes, any
    other space as a plain one."""
    if text.isprintable():
        return text
    return "".join(map(_clean_character, text.replace("\r\n", "\n").replace("\r", "\n")))


def escaped(text: str) -> str:
    """A text that is safe to print in one line: as ``clean``, and line breaks are written as escapes too."""
    return text if text.isprintable() else clean(text).replace("\n", "\\n")


def one_line(text: str) -> str:
    """A text that is safe to print, in one line: as ``clean``, and every run of blanks and line breaks is one blank."""
    return " ".join(clean(text).split())


def _clean_character(character: str) -> str:
    if character == "\n" or character.isprintable():
        return character
    if character == "\t" or unicodedata.category(character) == "Zs":
        return " "
    return character.encode("unicode_escape").decode("ascii")


def without_commands(text: str, *, markup: bool = False) -> str:
    """Lines for a log in which nothing is taken for a command of the build server that keeps it: escapes in plain text,
    in XML and HTML references to the characters, which change nothing."""
    if "::" not in text and "##" not in text:
        return text
    colon, sign = ("&#58;", "&#35;") if markup else ("\\x3a", "\\x23")
    return _COMMAND.sub(lambda found: f"{found[1]}{colon}" if found[1] is not None else sign, text)


def json_text(value: Any, *, indent: int | None = None) -> str:
    """A value as JSON in which every character is printable or a line feed of the layout; it decodes to the value."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=indent)
    text = IN_JSON.sub(_json_escape, text)
    return _COMMAND_IN_JSON.sub(r"#\\u0023", text) if "##" in text else text


def _json_escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
