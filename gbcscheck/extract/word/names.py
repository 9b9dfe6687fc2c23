"""The names of WordprocessingML (ECMA-376 part 1, 17), in the namespace of the transitional and of the strict form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_MATHS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"

_OFF = ("0", "false", "off", "none")
"""What a property that is on or off holds where it is off (22.9.2.7, ST_OnOff)."""


def local(element: _Element) -> str:
    """The name of an element without its namespace where it is one of WordprocessingML, ``m:NAME`` for an equation's,
    ``mc:NAME`` for markup compatibility; empty for any other, for a comment and an instruction."""
    tag = element.tag
    if tag.__class__ is not str:
        return ""
    namespace, _, name = tag[1:].partition("}")
    if namespace in (TRANSITIONAL, STRICT):
        return name
    if namespace in _MATHS:
        return f"m:{name}"
    return f"mc:{name}" if namespace == _COMPATIBILITY else ""


@cache
def tags(name: str) -> tuple[str, str]:
    """A name with either namespace of WordprocessingML."""
    return f"{{{TRANSITIONAL}}}{name}", f"{{{STRICT}}}{name}"


def child(element: _Element | None, name: str) -> _Element | None:
    """The first child of a name of WordprocessingML; None where there is none."""
    if element is None or not len(element):
        return None
    return next(element.iterchildren(*tags(name)), None)


def children(element: _Element, name: str) -> Iterator[_Element]:
    """The children of a name of WordprocessingML."""
    return (one for one in element if local(one) == name)


def attribute(element: _Element | None, name: str, default: str = "") -> str:
    """An attribute of an element, ``val`` for ``w:val``; a default where it is absent."""
    if element is None:
        return default
    found = element.get(f"{{{TRANSITIONAL}}}{name}")
    if found is None:
        found = element.get(f"{{{STRICT}}}{name}")
    return default if found is None else found


def is_on(element: _Element | None) -> bool:
    """Whether a property that is on or off is on: it is there, and says nothing else."""
    return element is not None and attribute(element, "val", "1").lower() not in _OFF


def number(element: _Element | None, name: str = "val", default: int = 0) -> int:
    """An attribute that is a whole number of at most nine digits; a default for any other."""
    text = attribute(element, name).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default
