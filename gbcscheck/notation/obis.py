"""Logical names of COSEM objects: ``0-0:12.0.0.255`` and its six octets (IEC 62056-6-1, OBIS)."""

from __future__ import annotations

import re

from gbcscheck.notation.errors import NotationError

_FIELDS = re.compile(r"\s*([0-9]{1,9})-([0-9]{1,9}):([0-9]{1,9})\.([0-9]{1,9})\.([0-9]{1,9})\.([0-9]{1,9})\s*")


def logical_name(text: str) -> bytes:
    """The six octets of ``A-B:C.D.E.F``. Raises NotationError where a field is missing or above 255."""
    match = _FIELDS.fullmatch(text)
    if match is None:
        raise NotationError("not a logical name", text, expected=("six fields as in 0-0:12.0.0.255",))
    fields = [int(field) for field in match.groups()]
    for place, field in enumerate(fields, start=1):
        if field > 255:
            start, end = match.span(place)
            raise NotationError("a field of a logical name is at most 255", text, start=start, end=end)
    return bytes(fields)


def object_name(octets: bytes) -> str:
    """``A-B:C.D.E.F`` of six octets. Raises ValueError for any other number of octets."""
    if len(octets) != 6:
        raise ValueError(f"a logical name has 6 octets, not {len(octets)}")
    a, b, c, d, e, f = octets
    return f"{a}-{b}:{c}.{d}.{e}.{f}"
