"""Lengths and counts as A-XDR writes them (IEC 61334-6): one octet below 0x80, else how many octets follow them."""

from __future__ import annotations

from gbcscheck.cosem.errors import OctetsError

LONGEST = 4
"""Most octets of a length behind its first: four gigabytes, more than any message holds."""


def read_length(octets: bytes, at: int, end: int) -> tuple[int, int]:
    """A length or count at ``at``, and the offset behind it; OctetsError where it ends early or is too long."""
    if at >= end:
        raise OctetsError("the octets end where a length was expected", at)
    first = octets[at]
    at += 1
    if first < 0x80:
        return first, at
    size = first & 0x7F
    if not 1 <= size <= LONGEST:
        raise OctetsError(f"0x{first:02X} begins no length: 1 to {LONGEST} further octets are expected", at - 1)
    if end - at < size:
        raise OctetsError(f"a length of {size} octets was expected, {end - at} are left", at)
    return int.from_bytes(octets[at : at + size], "big"), at + size


def write_length(length: int) -> bytes:
    """A length or count in as few octets as it takes."""
    if length < 0x80:
        return bytes((length,))
    size = (length.bit_length() + 7) // 8
    return bytes((0x80 | size,)) + length.to_bytes(size, "big")


def read_string(octets: bytes, at: int, end: int, what: str) -> tuple[bytes, int]:
    """Octets behind their own length, and the offset behind them; OctetsError names ``what`` they would have been."""
    length, start = read_length(octets, at, end)
    if end - start < length:
        raise OctetsError(f"{what} of {length:,} octets was expected, {end - start:,} are left", at)
    return octets[start : start + length], start + length
