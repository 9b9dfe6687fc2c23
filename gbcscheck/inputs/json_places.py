"""Lines of a JSON text: where the value of a JSON pointer begins."""

from __future__ import annotations

import json


def line_of_pointer(text: str, pointer: str) -> int:
    """Line (from 1) on which the value at ``pointer`` begins; the nearest parent's line where the pointer goes astray.

    ``text`` is valid JSON; ``pointer`` is as in RFC 6901, the empty one means the whole document.
    """
    offset = _skip_blank(text, 0)
    for token in _tokens(pointer):
        found = _child(text, offset, token)
        if found is None:
            break
        offset = found
    return text.count("\n", 0, offset) + 1


def escape_token(token: str) -> str:
    """One reference token of a JSON pointer, escaped."""
    return token.replace("~", "~0").replace("/", "~1")


def _tokens(pointer: str) -> list[str]:
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]] if pointer else []


def _skip_blank(text: str, offset: int) -> int:
    while offset < len(text) and text[offset] in " \t\r\n\ufeff":
        offset += 1
    return offset


def _child(text: str, offset: int, token: str) -> int | None:
    """Offset of a member's or element's value inside the object or array that begins at ``offset``."""
    decoder = json.JSONDecoder()
    opening = text[offset]
    if opening not in "[{":
        return None
    offset = _skip_blank(text, offset + 1)
    index = 0
    while offset < len(text) and text[offset] not in "]}":
        if opening == "{":
            key, offset = decoder.raw_decode(text, offset)
            offset = _skip_blank(text, _skip_blank(text, offset) + 1)
            if key == token:
                return offset
        elif str(index) == token:
            return offset
        _, offset = decoder.raw_decode(text, offset)
        offset = _skip_blank(text, offset)
        if offset < len(text) and text[offset] == ",":
            offset = _skip_blank(text, offset + 1)
        index += 1
    return None


def lines_of_elements(text: str, member: str) -> tuple[int, ...]:
    """Line (from 1) on which each element of the array ``member`` of the document begins; nothing where there is no
    such array. ``text`` is valid JSON."""
    offset = _child(text, _skip_blank(text, 0), member) if text.strip() else None
    if offset is None or text[offset] != "[":
        return ()
    decoder = json.JSONDecoder()
    lines: list[int] = []
    line, counted = 1, 0
    offset = _skip_blank(text, offset + 1)
    while offset < len(text) and text[offset] != "]":
        line += text.count("\n", counted, offset)
        counted = offset
        lines.append(line)
        _, offset = decoder.raw_decode(text, offset)
        offset = _skip_blank(text, offset)
        if offset < len(text) and text[offset] == ",":
            offset = _skip_blank(text, offset + 1)
    return tuple(lines)
