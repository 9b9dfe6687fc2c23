"""Lengths and counts as A-XDR writes them (IEC 61334-6): one octet below 0x80, else how many octets follow them."""

from __future__ import annotations

from gbcscheck.cosem.errors import OctetsError, left, plural

LONGEST = 4
"""Most octets of a length behind its first: four gigabytes, more than any message holds."""


def read_length(octets: bytes, at: int, end: int, tag: int | None = None) -> tuple[int, int]:
    """A length or count at ``at``, and the offset behind it; OctetsError where it ends early or is too long. ``tag`` is
    the type whose length it is, where it is one."""
    if at >= end:
        raise OctetsError("the octets end where a length was expected", at, tag=tag)
    first = octets[at]
    if first < 0x80:
        return first, at + 1
    size = first & 0x7F
    if not 1 <= size <= LONGEST:
        wanted = f"0x00 to 0x7F or 0x81 to 0x{0x80 + LONGEST:02X} was expected"
        raise OctetsError(f"0x{first:02X} begins no length; {wanted}", at, tag=tag)
    start = at + 1
    if end - start < size:
        raise OctetsError(f"a length of {plural(size, 'octet')} was expected, {left(end - start)}", at, tag=tag)
    return int.from_bytes(octets[start : start + size], "big"), start + size


def read_string(octets: bytes, at: int, end: int, what: str, lengths: tuple[int, ...] = ()) -> tuple[bytes, int]:
    """Octets behind their own length, and the offset behind them; OctetsError names ``what`` they would have been.
    ``lengths`` are those that it may have, any where there are none."""
    length, start = read_length(octets, at, end)
    if lengths and length not in lengths:
        wanted = " or ".join(str(one) for one in lengths)
        raise OctetsError(f"{what} has {plural(length, 'octet')}; {wanted} were expected", at)
    if end - start < length:
        raise OctetsError(f"{what} of {plural(length, 'octet')} was expected, {left(end - start)}", at)
    return octets[start : start + length], start + length
