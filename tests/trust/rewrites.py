"""Other ways to write what stands in a document, which leave its meaning as it is: of one cell, of one line of a
schema, of one row of a list. Each gives the new text, or None where there is nothing to write otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

_HEX = re.compile(r"0x[0-9A-Fa-f]+")


def _hex(change: Callable[[str], str]) -> Callable[[str], str | None]:
    def rewrite(text: str) -> str | None:
        new = _HEX.sub(lambda match: f"0x{change(match.group()[2:])}", text)
        return new if new != text else None

    return rewrite


def _once(pattern: str, new: str) -> Callable[[str], str | None]:
    def rewrite(text: str) -> str | None:
        found = re.sub(pattern, new, text, count=1)
        return found if found != text else None

    return rewrite


def _around(before: str, behind: str) -> Callable[[str], str | None]:
    return lambda text: f"{before}{text}{behind}" if text else None


def _reversed_by(sign: str) -> Callable[[str], str | None]:
    def rewrite(text: str) -> str | None:
        parts = text.split(sign)
        return sign.join(parts[::-1]) if len(set(parts)) > 1 else None

    return rewrite


REFERENCES, ROLES = ("Objects/ref.", "DLMS/ref.", "ZCL/ref."), ("Use cases/remote party roles",)
ANY = ()
CELLS: Mapping[str, tuple[tuple[str, ...], Callable[[str], str | None]]] = {
    "a blank before": (ANY, _around(" ", "")),
    "a blank behind": (ANY, _around("", "  ")),
    "a line break behind": (ANY, _around("", "\n")),
    "a no-break space behind": (ANY, _around("", "\u00a0")),
    "ends of lines": (ANY, _once(r"\n", "\r\n")),
    "hexadecimal in small letters": (("DLMS/constant value", "GBZ/value", "ZCL/command: ID"), _hex(str.lower)),
    "blanks in parentheses": (("DLMS/DLMS COSEM data types",), _once(r"\((\d+)\)", r"( \1 )")),
    "a blank before an optional": (("DLMS/DLMS COSEM data types",), _once(r"(?<! )\[\[OPTIONAL", " [[OPTIONAL")),
    "a dash for a hyphen": (
        ("ZCL/attribute/value/parameter", "GBZ/value"),
        _once(r"(?<=[\dA-F]) ?- ?(?=\+?\d)", " – "),
    ),
    "references in another order": (REFERENCES, _reversed_by(" / ")),
    "roles in another order": (ROLES, _reversed_by("\n")),
    "a remark's words": (("DLMS/notes", "Objects/notes"), _around("Note: ", ".")),
    "use cases of a page in another order": (("Objects/use cases",), _reversed_by("\n")),
    "a blank behind a colon": (("ZCL/cluster: ID",), _once(r": ?0x", ":  0x")),
    "choices in another order": (("GBZ/value",), _reversed_by(" | ")),
}
"""Rewrites of a cell by name, each with the columns in which it leaves the meaning as it is; none named: in all."""

_ELEMENT = r'<xs:element name="(\w+)" type="([\w:]+)"'
LINES: Mapping[str, Callable[[str], str | None]] = {
    "blanks at the end": _once(r"(\r?\n)$", r"   \1"),
    "blanks in a tag": _once(r'(<xs:\w+) (\w+=")', r"\1   \2"),
    "a blank before the end of a tag": _once(r'"/>', '"  />'),
    "attributes in another order": _once(_ELEMENT, r'<xs:element type="\2" name="\1"'),
    "an empty element in two tags": _once(
        r"<xs:(enumeration|maxInclusive|minInclusive)([^>]*)/>", r"<xs:\1\2></xs:\1>"
    ),
    "a remark": _once(r"(<xs:sequence>)", r"\1<!-- in this order -->"),
    "single quotes": _once(r'name="(\w+)"', r"name='\1'"),
    "a character by its number": _once(r'(<xs:enumeration value=")E', r"\1&#69;"),
    "one occurrence spelt out": _once(
        _ELEMENT + r"/>", r'<xs:element name="\1" type="\2" minOccurs="1" maxOccurs="1"/>'
    ),
    "a leading zero": _once(r'(<xs:m(?:ax|in)Inclusive value=")(\d+")', r"\g<1>0\2"),
    "a documentation": _once(
        _ELEMENT + r"/>",
        r'<xs:element name="\1" type="\2"><xs:annotation><xs:documentation>x</xs:documentation></xs:annotation>'
        r"</xs:element>",
    ),
    "a facet that is not fixed": _once(r"<xs:(maxLength|maxInclusive) value", r'<xs:\1 fixed="false" value'),
}
"""Rewrites of one line of a schema by name."""

Row = Mapping[str, Any]


def _each(change: Callable[[str], str | None]) -> Callable[[Row, Random], Row | None]:
    """One of the texts of a row is written otherwise, if any can be."""

    def rewrite(row: Row, rng: Random) -> Row | None:
        new = {key: change(text) for key, text in row.items() if isinstance(text, str)}
        chosen = [key for key, text in new.items() if text is not None and key in _WRITTEN]
        key = rng.choice(chosen) if chosen else None
        return {**row, key: new[key]} if key else None

    return rewrite


_WRITTEN = ("domain", "Service Request Name", "Use Case Name", "name")


def _roles(change: Callable[[list[str]], Any]) -> Callable[[Row, Random], Row | None]:
    def rewrite(row: Row, rng: Random) -> Row | None:
        roles = row.get("Eligible User Roles")
        return {**row, "Eligible User Roles": change(roles)} if isinstance(roles, list) and len(roles) > 1 else None

    return rewrite


ROWS: Mapping[str, Callable[[Row, Random], Row | None]] = {
    "members in another order": lambda row, rng: dict(reversed(list(row.items()))),
    "roles in another order": _roles(lambda roles: roles[::-1]),
    "roles in one text": _roles(", ".join),
    "roles in one text with blanks": _roles(lambda roles: " , ".join(roles)),
    "blanks around": _each(lambda text: f" {text} " if not text.startswith(("0", '"')) else None),
    "hexadecimal in small letters": _each(_hex(str.lower)),
}
"""Rewrites of one row of a list or table by name."""
